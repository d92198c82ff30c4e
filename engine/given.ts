import { type Actor, type Capability, ROLES, systemOf } from "./actor.ts";
import { type Case, emptyCase } from "./case.ts";
import { type ConductFile, emptyConduct, evolveConduct } from "./conduct.ts";
import type { Refusal } from "./decision.ts";
import { COMMANDS, decide, evolve, timersOf } from "./journey.ts";
import type { Kept, Unkept } from "./kept.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { Event, Meta } from "./steps/event.ts";
import type { Context, Effect, Timer } from "./steps/step.ts";
import { DayTable } from "./time/calendar.ts";
import { type Instant, instantPlus } from "./time/instant.ts";

/**
 * The test kit: a complaint in a few lines. `given(…).when(…)` plays commands on a pack with a clock that tests move,
 * words in plain text, a lasting cast, conduct files kept, and timers rung as time passes. For tests alone.
 */

export const COMPANY = "acme";
export const CASE = "case-1";
/** A Monday, ten in the morning in Shanghai. */
export const MONDAY = "2026-03-02T02:00:00.000Z";

/** 2026 as the State Council published it, which is what chinese-days says too. */
export const DAYS_2026 = DayTable.parse({
	version: "2026",
	from: "2026-01-01",
	to: "2026-12-31",
	off: [
		...daysOf("2026-01", 1, 3),
		...daysOf("2026-02", 15, 23),
		...daysOf("2026-04", 4, 6),
		...daysOf("2026-05", 1, 5),
		...daysOf("2026-06", 19, 21),
		...daysOf("2026-09", 25, 27),
		...daysOf("2026-10", 1, 7),
	],
	work: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
});

function daysOf(month: string, first: number, last: number): string[] {
	return Array.from({ length: last - first + 1 }, (_, n) => `${month}-${String(first + n).padStart(2, "0")}`);
}

function person(id: string, role: string, belongsTo: string[] = ["desk"]): Actor {
	return {
		id,
		kind: role === "worker" ? "respondent" : "person",
		company: COMPANY,
		capabilities: ROLES[role] ?? [],
		organisations: "all",
		trades: "all",
		belongsTo,
	};
}

/** A complainant by a signed link to their seat in the case. */
export function linkTo(party: string): Actor {
	return {
		id: `link-${party}`,
		kind: "complainant",
		company: COMPANY,
		capabilities: ["complain"],
		organisations: [],
		trades: [],
		belongsTo: [],
		link: { case: CASE, party },
	};
}

/** Everybody, always the same. The courier belongs to outlet-7 of branch-3, the insider to the same line. */
export const cast = {
	agent: person("agent", "agent"),
	handler: person("handler", "handler"),
	second: person("second", "handler"),
	officer: person("officer", "officer", ["dispatch"]),
	approver: person("approver", "approver"),
	duty: person("duty", "duty-manager"),
	manager: person("manager", "manager", ["head-office"]),
	reviewer: person("reviewer", "reviewer", ["head-office"]),
	reviewer2: person("reviewer2", "reviewer", ["head-office"]),
	safety: person("safety", "safety"),
	safety2: person("safety2", "safety"),
	finance: person("finance", "finance"),
	legal: person("legal", "legal"),
	liaison: person("liaison", "regulator-liaison"),
	quality: person("quality", "quality"),
	quality2: person("quality2", "quality"),
	admin: person("admin", "admin"),
	courier: person("courier-1", "worker", ["outlet-7"]),
	stranger: person("courier-9", "worker", ["outlet-9"]),
	outlet: person("outlet-officer", "officer", ["outlet-7"]),
	insider: {
		...person("insider", "handler", ["branch-3"]),
		capabilities: ["handle", "triage", "approve", "duty", "review", "pay", "quality", "manage", "settle"],
	} as Actor,
	complainant: linkTo("p1"),
	system: systemOf(COMPANY),
} satisfies Record<string, Actor>;

/** One thing that somebody does. */
export interface Act {
	by: Actor;
	type: string;
	fields: Record<string, unknown>;
	/** Seconds that pass before; without it a minute. */
	after?: number;
}
/** Time that passes; timers ring on the way unless told otherwise. */
export interface Passing {
	passes: { days?: number; hours?: number; minutes?: number };
	silently?: true;
}
/** Until an instant. */
export interface Until {
	until: Instant;
}
/** An event taken as having happened, whatever the rules say. */
export type Step = Act | Passing | Until | Event;

export function act(by: Actor, type: string, fields: Record<string, unknown> = {}): Act {
	return { by, type, fields };
}
export function passes(hours: number, minutes = 0): Passing {
	return { passes: { hours, minutes } };
}
/** Without timers: what the system would have done is left undone. */
export function silently(hours: number, minutes = 0): Passing {
	return { passes: { hours, minutes }, silently: true };
}
export interface Options {
	now?: Instant;
	/** Other cases that commands may name. */
	cases?: Context["cases"];
	people?: Context["people"];
	days?: DayTable;
}

export interface Outcome {
	ok: boolean;
	refusal: Refusal | null;
	events: Event[];
	effects: Effect[];
	/** The case afterwards; after a refusal as it was. */
	kase: Case;
}

/** A world with one case in it: plays acts, rings timers, keeps histories. */
export class Stage {
	readonly pack: LoadedPack;
	readonly days: DayTable;
	now: Instant;
	kase: Case;
	readonly history: { event: Event; meta: Meta }[] = [];
	readonly effects: Effect[] = [];
	readonly conduct: Record<string, ConductFile> = {};
	/** Every text that was kept, by its reference. */
	readonly words: Record<string, string> = {};
	readonly #cases: Context["cases"];
	readonly #people: Context["people"];

	constructor(pack: LoadedPack, options: Options = {}) {
		this.pack = pack;
		this.days = options.days ?? DAYS_2026;
		this.now = options.now ?? MONDAY;
		this.#cases = options.cases ?? {};
		this.#people = options.people ?? Object.values(cast).map(asPerson);
		this.kase = emptyCase(CASE, COMPANY, "260302-AB12C3", { name: pack.name, version: pack.version });
	}

	/** The same world, to try something in that this one does not notice. */
	fork(): Stage {
		const other = new Stage(this.pack, {
			now: this.now,
			days: this.days,
			cases: this.#cases,
			people: this.#people,
		});
		other.kase = this.kase;
		other.history.push(...this.history);
		other.effects.push(...this.effects);
		Object.assign(other.conduct, this.conduct);
		Object.assign(other.words, this.words);
		return other;
	}

	context(actor: Actor): Context {
		const { now, pack, days, words, conduct } = this;
		return { now, actor, pack, days, words, conduct, cases: this.#cases, people: this.#people };
	}

	/** Parses, decides, and keeps what comes of it; a refusal leaves everything as it was. */
	try({ by, type, fields }: Act): Outcome {
		const rule = COMMANDS.get(type);
		if (!rule) throw new Error(`there is no command ${type}`);
		const parsed = rule.schema.safeParse(fields);
		if (!parsed.success) {
			const hint = parsed.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`).join("; ");
			return this.#refused({ reason: "Malformed", detail: { hint } });
		}
		const before = this.kase;
		const decided = decide({ type, fields: this.#keep(parsed.data) }, before, this.context(by));
		if (!decided.ok) return this.#refused(decided.refusal);
		for (const [n, event] of decided.events.entries())
			this.history.push({ event, meta: { at: this.now, by: by.id, seq: before.seq + n + 1 } });
		this.kase = decided.next;
		this.effects.push(...decided.effects);
		this.#enter(decided.effects, by.id);
		return { ok: true, refusal: null, events: decided.events, effects: decided.effects, kase: this.kase };
	}

	/** Whether it would be accepted, leaving everything as it is. */
	would({ by, type, fields }: Act): boolean {
		const parsed = COMMANDS.get(type)?.schema.safeParse(fields);
		if (!parsed?.success) return false;
		return decide({ type, fields: this.#keep(parsed.data) }, this.kase, this.context(by)).ok;
	}

	#refused(refusal: Refusal): Outcome {
		return { ok: false, refusal, events: [], effects: [], kase: this.kase };
	}

	#enter(effects: readonly Effect[], by: string): void {
		for (const one of effects) {
			if (one.do !== "enter") continue;
			const file = this.conduct[one.stream] ?? emptyConduct(one.stream, COMPANY);
			this.conduct[one.stream] = evolveConduct(file, one.event, { at: this.now, by, seq: file.seq + 1 });
		}
	}

	/** What the edge does with words: keeps them aside under a reference. */
	#keep(value: unknown): unknown {
		if (Array.isArray(value)) return value.map((one) => this.#keep(one));
		if (value === null || typeof value !== "object") return value;
		if (isUnkept(value)) {
			const ref = `k${Object.keys(this.words).length + 1}`;
			this.words[ref] = value.text;
			return { ref, hash: hashOf(ref) } satisfies Kept;
		}
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#keep(one)]));
	}

	/** Plays a step that must go well. */
	play(step: Step): void {
		if ("passes" in step) this.pass(instantPlus(this.now, step.passes), step.silently);
		else if ("until" in step) this.pass(step.until);
		else if ("by" in step) this.#act(step);
		else {
			const meta = { at: this.now, by: "given", seq: this.kase.seq + 1 };
			this.history.push({ event: step, meta });
			this.kase = evolve(this.kase, step, meta);
		}
	}

	#act(step: Act): void {
		this.now = instantPlus(this.now, { minutes: (step.after ?? 60) / 60 });
		const { refusal } = this.try(step);
		if (!refusal) return;
		const why = `${refusal.reason} ${JSON.stringify(refusal.detail)}`;
		throw new Error(`given: ${step.by.id} may not ${step.type}: ${why}`);
	}

	timers(): Timer[] {
		return timersOf(this.kase, this.pack, this.days).sort((a, b) => (a.at < b.at ? -1 : 1));
	}

	/**
	 * Moves the clock on, ringing every timer at its time.
	 * @throws when a timer is refused: the store would ring it for ever
	 */
	pass(until: Instant, silently = false): void {
		for (let rung = 0; !silently; rung++) {
			const next = this.timers().find((one) => one.at <= until);
			if (!next) break;
			if (rung > 1000) throw new Error(`timers never end: ${next.key}`);
			this.now = next.at > this.now ? next.at : this.now;
			const { type, ...fields } = next.command;
			const { refusal } = this.try({ by: cast.system, type, fields });
			if (refusal)
				throw new Error(`timer ${next.key} is refused: ${refusal.reason} ${JSON.stringify(refusal.detail)}`);
		}
		if (until > this.now) this.now = until;
	}
}

function asPerson({ id, capabilities, belongsTo }: Actor) {
	return { id, capabilities: capabilities as readonly Capability[], belongsTo };
}

function isUnkept(value: object): value is Unkept {
	return "keep" in value && "text" in value;
}

/** Sixty-four digits that depend on the reference alone. */
function hashOf(ref: string): string {
	const seed = [...ref].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
	return seed.toString(16).padStart(64, "0");
}

/** Given, when: on one pack. */
export function theatre(pack: LoadedPack) {
	const given = (...steps: readonly (Step | readonly Step[])[]) => on({}, ...steps);
	const on = (options: Options, ...steps: readonly (Step | readonly Step[])[]) => {
		const stage = new Stage(pack, options);
		for (const step of steps.flat() as Step[]) stage.play(step);
		return {
			stage,
			kase: stage.kase,
			/** Tries one act a minute later; as often as wanted, each from the same beginning. */
			when: (one: Act): Outcome => {
				const fork = stage.fork();
				fork.now = instantPlus(stage.now, { minutes: (one.after ?? 60) / 60 });
				return fork.try(one);
			},
		};
	};
	return { given, on, pack };
}
