import { z } from "zod";
import type { Case } from "./case.ts";
import { factsOf } from "./case-facts.ts";
import { accept, type Reason, type Refused, refuse } from "./decision.ts";
import { type Kept, Remark } from "./kept.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { ClockRule, Moment } from "./packs/schema.ts";
import { evaluateTable } from "./rules/evaluate.ts";
import type { Event } from "./steps/event.ts";
import { type Context, command, type Effect, type Step, type Timer } from "./steps/step.ts";
import { type DayTable, type Duration, due as dueOf } from "./time/calendar.ts";
import {
	type Clock,
	type ClockProblem,
	extendClock,
	pauseClock,
	regradeClock,
	resumeClock,
	startClock,
	startClockUntil,
	stopClock,
	thresholdsOf,
} from "./time/clock.ts";
import { dayOf, Instant } from "./time/instant.ts";

/**
 * Clocks stand beside the tracks: they start and stop at moments of the case, as the pack says. A due time is
 * computed once per start, end of pause, regrading or extension, written into the event, and never moves because a
 * rule was edited.
 */

export type ClockEvent =
	| Event<"ClockStarted", { clock: Clock }>
	| Event<"ClockUndetermined", { name: string; needs: string[] }>
	| Event<"ClockStopped", { clock: string; at: Instant; why: string }>
	| Event<"ClockPaused", { clock: string; at: Instant; reason: Kept }>
	| Event<"ClockResumed", { clock: Clock }>
	| Event<"ClockRegraded", { clock: Clock }>
	| Event<"PromiseExtended", { clock: Clock; why: Kept }>
	| Event<"ClockWarned", { clock: string; percent: number }>
	| Event<"ClockBreached", { clock: string; ladder: { to: string; at: Instant }[] }>
	| Event<"ClockEscalated", { clock: string; to: string; rung: number }>;

const PauseClock = z.strictObject({ clock: z.string(), reason: Remark });
const ResumeClock = z.strictObject({ clock: z.string() });
const ExtendPromise = z.strictObject({ clock: z.string(), due: Instant, why: Remark });
const NoticeClock = z.strictObject({ clock: z.string(), percent: z.int().min(1).max(100) });
const ClimbLadder = z.strictObject({ clock: z.string(), rung: z.int().min(0) });

export const clocks: Step<ClockEvent> = {
	name: "clocks",
	commands: {
		PauseClock: command<typeof PauseClock, ClockEvent>({
			schema: PauseClock,
			by: ["handle", "triage", "liaise"],
			decide: ({ clock: id, reason }, kase, { now }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				const { problem } = pauseClock(clock, now, reason.ref);
				if (problem) return refuseClock(problem, clock);
				return accept({ type: "ClockPaused", data: { clock: id, at: now, reason } });
			},
		}),
		ResumeClock: command<typeof ResumeClock, ClockEvent>({
			schema: ResumeClock,
			by: ["handle", "triage", "liaise"],
			decide: ({ clock: id }, kase, { now, pack, days }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				const resumed = resumeClock(clock, now, calendarOf(pack, clock.calendar), days);
				if (!resumed.clock) return refuseClock(resumed.problem, clock);
				return accept({ type: "ClockResumed", data: { clock: resumed.clock } });
			},
		}),
		ExtendPromise: command<typeof ExtendPromise, ClockEvent>({
			schema: ExtendPromise,
			by: ["handle", "triage", "manage"],
			decide: ({ clock: id, due, why }, kase, { now, pack, days }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				if (clock.kind === "statutory") return refuse("CannotPause", { clock: clock.name });
				const extension = { at: now, until: due, reason: why.ref };
				const extended = extendClock(clock, extension, calendarOf(pack, clock.calendar), days);
				if (!extended.clock) return refuseClock(extended.problem, clock);
				return accept({ type: "PromiseExtended", data: { clock: extended.clock, why } });
			},
		}),
		NoticeClock: command<typeof NoticeClock, ClockEvent>({
			schema: NoticeClock,
			by: ["system"],
			evenWhen: ["closed", "joined", "police"],
			decide: ({ clock: id, percent }, kase, { now, pack, days }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				if (clock.stopped) return refuse("ClockStopped", { clock: clock.name });
				if (percent < 100) {
					if (clock.warned.includes(percent)) return refuse("AlreadyDone");
					return accept({ type: "ClockWarned", data: { clock: id, percent } });
				}
				if (clock.breachedAt) return refuse("AlreadyDone");
				if (now < clock.due) return refuse("TooEarly", { due: clock.due });
				const calendar = calendarOf(pack, clock.calendar);
				const rungs = ruleOf(pack, clock.name)?.escalate ?? [];
				const ladder = rungs.map(({ after, to }) => ({
					to,
					at: dueOf(clock.due, after, calendar, days).due,
				}));
				return accept({ type: "ClockBreached", data: { clock: id, ladder } });
			},
		}),
		ClimbLadder: command<typeof ClimbLadder, ClockEvent>({
			schema: ClimbLadder,
			by: ["system"],
			evenWhen: ["closed", "joined", "police"],
			decide: ({ clock: id, rung }, kase) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				if (clock.stopped || !clock.breachedAt) return refuse("ClockStopped", { clock: clock.name });
				const step = clock.ladder?.[rung];
				if (!step || step.climbed) return refuse("AlreadyDone");
				return accept({ type: "ClockEscalated", data: { clock: id, to: step.to, rung } });
			},
		}),
	},
	fold: {
		ClockStarted: (kase, { clock }) => ({ ...kase, clocks: [...kase.clocks, clock] }),
		ClockUndetermined: (kase) => kase,
		ClockStopped: (kase, { clock, at, why }) =>
			change(kase, clock, (one) => stopClock(one, at, why).clock ?? { ...one, stopped: { at, why } }),
		ClockPaused: (kase, { clock, at, reason }) =>
			change(kase, clock, (one) => ({
				...one,
				pauses: [...one.pauses, { from: at, to: null, reason: reason.ref }],
			})),
		ClockResumed: (kase, { clock }) => change(kase, clock.id, () => clock),
		ClockRegraded: (kase, { clock }) => change(kase, clock.id, () => clock),
		PromiseExtended: (kase, { clock }) => change(kase, clock.id, () => clock),
		ClockWarned: (kase, { clock, percent }) =>
			change(kase, clock, (one) => ({ ...one, warned: [...one.warned, percent] })),
		ClockBreached: (kase, { clock, ladder }) =>
			change(kase, clock, (one) => ({
				...one,
				breachedAt: one.breachedAt ?? one.due,
				ladder: ladder.map((rung) => ({ ...rung, climbed: false })),
			})),
		ClockEscalated: (kase, { to, clock, rung }, { at, by }) => ({
			...change(kase, clock, (one) => ({
				...one,
				ladder: one.ladder?.map((step, n) => (n === rung ? { ...step, climbed: true } : step)),
			})),
			escalations: [...kase.escalations, { at, by, to, why: null, clock }],
		}),
	},
	react: (event, kase) => reactToClock(event, kase),
	timers: (kase, pack, days) => kase.clocks.flatMap((clock) => timersOf(clock, pack, days)),
	standing: () => "open",
};

/** A clock of a case, with the ladder that a breach set up. */
export type CaseClock = Clock & { ladder?: { to: string; at: Instant; climbed: boolean }[] };

const CLOCK_REFUSALS: Record<ClockProblem, Reason> = {
	"statutory-never-pauses": "CannotPause",
	"already-paused": "AlreadyPaused",
	"not-paused": "NotPaused",
	"already-stopped": "ClockStopped",
	"already-due": "TooLate",
	"before-last-change": "TooEarly",
	"not-later": "TooEarly",
};

function refuseClock(problem: ClockProblem, clock: Clock): Refused {
	return refuse(CLOCK_REFUSALS[problem], { clock: clock.name, due: clock.due });
}

function reactToClock(event: ClockEvent, kase: Case): Effect[] {
	const owner = kase.owner ? { person: kase.owner.person } : { capability: "triage" as const };
	switch (event.type) {
		case "ClockWarned":
			return [{ do: "notify", to: owner, notice: "clock-warning", values: { percent: event.data.percent } }];
		case "ClockBreached":
			return [{ do: "notify", to: owner, notice: "clock-breached" }];
		case "ClockEscalated":
			return [{ do: "notify", to: ESCALATES_TO[event.data.to] ?? owner, notice: "escalated" }];
		case "PromiseExtended": {
			const complainant = kase.parties.find((one) => one.side === "complainant");
			return complainant
				? [
						{
							do: "notify",
							to: { party: complainant.id },
							notice: "promise-extended",
							values: { due: event.data.clock.due },
						},
					]
				: [];
		}
		default:
			return [];
	}
}

const ESCALATES_TO: Record<string, { capability: "triage" | "duty" | "manage" }> = {
	"team-lead": { capability: "triage" },
	duty: { capability: "duty" },
	manager: { capability: "manage" },
	"head-office": { capability: "manage" },
};

function change(kase: Case, id: string, how: (clock: CaseClock) => CaseClock): Case {
	return { ...kase, clocks: kase.clocks.map((one) => (one.id === id ? how(one) : one)) };
}

function ruleOf(pack: LoadedPack, name: string): ClockRule | undefined {
	return pack.data.clocks.clocks.find((one) => one.name === name);
}

/** The pack's calendar of that name; a pack without it does not load. */
export function calendarOf(pack: LoadedPack, name: string) {
	const calendar = pack.data.clocks.calendars[name];
	if (!calendar) throw new Error(`pack ${pack.name} ${pack.version} has no calendar "${name}"`);
	return calendar;
}

/** Thresholds not yet noticed, then the rungs of the ladder after a breach. */
function timersOf(clock: CaseClock, pack: LoadedPack, days: DayTable): Timer[] {
	if (clock.stopped) return [];
	if (clock.breachedAt)
		return (clock.ladder ?? []).flatMap((step, rung) =>
			step.climbed
				? []
				: [
						{
							key: `clock:${clock.id}:rung:${rung}`,
							at: step.at,
							command: { type: "ClimbLadder", clock: clock.id, rung },
						},
					],
		);
	const warn = ruleOf(pack, clock.name)?.warn ?? [];
	return thresholdsOf(clock, calendarOf(pack, clock.calendar), days, [...new Set([...warn, 100])])
		.filter(({ percent }) => !clock.warned.includes(percent))
		.map(({ percent, at }) => ({
			key: `clock:${clock.id}:${percent}`,
			at,
			command: { type: "NoticeClock", clock: clock.id, percent },
		}));
}

/** The clock events that the moments of one event bring about. `kase` is the case after that event. */
export function clockEvents(
	kase: Case,
	moments: readonly Moment[],
	event: Event,
	context: Pick<Context, "now" | "pack" | "days">,
): ClockEvent[] {
	const about = aboutOf(event);
	const started = startedAt(kase, moments, event, context);
	const begun = started.flatMap((one) => (one.type === "ClockStarted" ? [one.data.clock] : []));
	const stopped = [...kase.clocks, ...begun].flatMap((clock): ClockEvent[] => {
		if (clock.stopped) return [];
		const why = ruleOf(context.pack, clock.name)?.stops.find((one) => moments.includes(one));
		const concerns = clock.party === null || about === null || clock.party === about;
		return why && concerns ? [{ type: "ClockStopped", data: { clock: clock.id, at: context.now, why } }] : [];
	});
	return [...started, ...stopped];
}

function startedAt(
	kase: Case,
	moments: readonly Moment[],
	event: Event,
	context: Pick<Context, "now" | "pack" | "days">,
): ClockEvent[] {
	const events: ClockEvent[] = [];
	for (const rule of context.pack.data.clocks.clocks) {
		if (!moments.includes(rule.starts)) continue;
		const about = aboutFor(rule.starts, aboutOf(event));
		if (kase.clocks.some((one) => one.name === rule.name && !one.stopped && one.party === about)) continue;
		const ahead = events.filter((one) => one.type === "ClockStarted").length;
		const started = startByRule(rule, kase, event, context, ahead);
		if (started) events.push(started);
	}
	return events;
}

/** Clocks that belong to one question, appeal or proceeding carry its id; the others are the case's own. */
const ABOUT_ONE: readonly Moment[] = [
	"question-asked",
	"explanation-asked",
	"approval-asked",
	"offer-made",
	"appeal-lodged",
	"proceeding-opened",
	"safety-measure",
];

function aboutFor(moment: Moment, about: string | null): string | null {
	return ABOUT_ONE.includes(moment) ? about : null;
}

function aboutOf(event: Event): string | null {
	const data = event.data as { about?: unknown; id?: unknown };
	if (typeof data.about === "string") return data.about;
	return typeof data.id === "string" ? data.id : null;
}

function startByRule(
	rule: ClockRule,
	kase: Case,
	event: Event,
	{ now, pack, days }: Pick<Context, "now" | "pack" | "days">,
	ahead: number,
): ClockEvent | null {
	const start = rule.starts === "received" ? (kase.intake?.receivedAt ?? now) : now;
	const lasts = lengthOf(rule, kase, pack, now);
	if (lasts === null) return null;
	if ("needs" in lasts) return { type: "ClockUndetermined", data: { name: rule.name, needs: lasts.needs } };
	const calendar = calendarOf(pack, lasts.calendar);
	const beginning = {
		id: `c${kase.clocks.length + 1 + ahead}`,
		name: rule.name,
		kind: rule.kind,
		party: aboutFor(rule.starts, aboutOf(event)),
		startedAt: start,
		at: now,
		rule: lasts.rule,
	};
	const named = (event.data as { due?: unknown }).due;
	const clock =
		typeof named === "string" && ABOUT_ONE.includes(rule.starts)
			? startClockUntil({ ...beginning, due: named }, calendar)
			: startClock({ ...beginning, duration: lasts.duration }, calendar, days);
	return { type: "ClockStarted", data: { clock } };
}

interface Length {
	duration: Duration;
	calendar: string;
	rule: Clock["rule"];
}

/** How long a clock of the pack lasts for this case; null: it does not run; or the facts that must be known first. */
export function lengthOf(
	rule: ClockRule,
	kase: Case,
	pack: LoadedPack,
	now: Instant,
): Length | { needs: string[] } | null {
	const table = pack.tables.clocks.get(rule.name);
	if (!table) throw new Error(`pack ${pack.name}: clock ${rule.name} has no compiled table`);
	const answer = evaluateTable(table, factsOf(kase, pack), dayOf(now, pack.data.head.zone));
	if (!answer.ok) return { needs: "needs" in answer ? answer.needs.map((one) => one.fact) : [] };
	const hit = answer.hits[0];
	if (!hit) return null;
	const { amount, unit, calendar } = hit.values;
	return {
		duration: { amount: Number(amount), unit: String(unit) as Duration["unit"] },
		calendar: String(calendar),
		rule: {
			table: hit.explanation.table,
			row: hit.row,
			version: pack.version,
			source: hit.explanation.source.ref,
		},
	};
}

/** After a regrading: running clocks whose length by the rules is another now. */
export function regradeEvents(
	kase: Case,
	{ now, pack, days }: Pick<Context, "now" | "pack" | "days">,
): ClockEvent[] {
	return kase.clocks.flatMap((clock): ClockEvent[] => {
		const rule = ruleOf(pack, clock.name);
		if (clock.stopped || !rule || clock.party !== null) return [];
		const lasts = lengthOf(rule, kase, pack, now);
		if (lasts === null || "needs" in lasts) return [];
		if (lasts.duration.amount === clock.duration.amount && lasts.duration.unit === clock.duration.unit)
			return [];
		const calendar = calendarOf(pack, clock.calendar);
		const regrading = {
			at: now,
			from: clock.startedAt,
			reason: "regrade",
			duration: lasts.duration,
			rule: lasts.rule,
		};
		const regraded = regradeClock(clock, regrading, calendar, days);
		return regraded.clock
			? [{ type: "ClockRegraded", data: { clock: { ...clock, ...regraded.clock } } }]
			: [];
	});
}
