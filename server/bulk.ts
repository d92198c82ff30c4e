import type { Actor } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import { COMMANDS, needsOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { dayOf } from "#engine/time/instant.ts";
import {
	type Change,
	conductEntering,
	decideChange,
	enterConduct,
	writesOf,
	writesOfConduct,
} from "./change.ts";
import type { Desk } from "./handle.ts";
import { contextPeople } from "./office.ts";
import type { Statement } from "./store/database/database.ts";
import { GENESIS } from "./store/history.ts";

/**
 * Commands folded in memory and written in bulk: for demo data and imports. Every change is decided by the engine
 * exactly as on the write path; only the writing is gathered. For streams that nobody else is writing to.
 */
export class Bulk {
	readonly #desk: Desk;
	readonly #cases = new Map<string, { state: Case; head: string }>();
	readonly #conduct = new Map<string, { state: ReturnType<typeof enterConduct>["state"]; head: string }>();
	readonly #changes = new Map<string, Change[]>();
	readonly #entered = new Map<string, ReturnType<typeof enterConduct>>();

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** The case as it stands after what has been played. */
	state(id: string): Case {
		const known = this.#cases.get(id);
		if (!known) throw new Error(`case ${id} is not of this bulk`);
		return known.state;
	}

	/**
	 * Decides one command at a time of one's own choice and keeps what it writes for the next `write`.
	 * @returns the change, or why it was refused or malformed
	 */
	async play(request: {
		actor: Actor;
		case: string | null;
		pack?: LoadedPack;
		type: string;
		fields: Record<string, unknown>;
		at: string;
		/** Effects that have long been performed are not queued again. */
		effects?: "perform" | "drop";
	}): Promise<
		| { ok: true; case: Case }
		| { ok: false; refusal: Refusal }
		| { ok: false; malformed: { at: string; problem: string }[] }
	> {
		const { actor, type, at } = request;
		const parsed = COMMANDS.get(type)?.schema.safeParse(request.fields);
		if (!parsed?.success) {
			const issues = parsed?.error.issues ?? [];
			return {
				ok: false,
				malformed: issues.map((one) => ({ at: one.path.join("."), problem: one.message })),
			};
		}
		const known = request.case ? this.#cases.get(request.case) : null;
		const pack =
			request.pack ?? (known ? this.#desk.packs.get(known.state.pack.name, known.state.pack.version) : null);
		if (!pack || (request.case && !known)) throw new Error(`case ${request.case} is not of this bulk`);
		const office = await this.#desk.offices.of(actor.company);
		const change = decideChange({
			before: known?.state ?? null,
			head: known?.head ?? GENESIS,
			pack,
			actor,
			type,
			fields: parsed.data,
			now: at,
			days: this.#desk.days.current,
			people: needsOf(type).includes("people") ? contextPeople(office, dayOf(at, office.zone)) : undefined,
			cases: needsOf(type).includes("cases") ? this.#known() : undefined,
			conduct: Object.fromEntries([...this.#conduct].map(([person, { state }]) => [person, state])),
		});
		if ("ok" in change) return change;
		this.#take(
			request.effects === "drop"
				? { ...change, effects: change.effects.filter((one) => one.do === "enter") }
				: change,
		);
		return { ok: true, case: change.next };
	}

	#known() {
		return Object.fromEntries(
			[...this.#cases].map(([id, { state }]) => [
				id,
				{
					id,
					number: state.number,
					closed: state.closure !== null,
					joined: false,
					orders: state.orders.map((one) => one.number),
				},
			]),
		);
	}

	#take(change: Change): void {
		const { id } = change.next;
		this.#cases.set(id, { state: change.next, head: change.head });
		this.#changes.set(id, [...(this.#changes.get(id) ?? []), change]);
		for (const [person, events] of conductEntering(change.effects)) {
			const entered = enterConduct(this.#conduct.get(person) ?? null, person, events, change.envelope);
			this.#conduct.set(person, entered);
			const entries = [...(this.#entered.get(person)?.entries ?? []), ...entered.entries];
			this.#entered.set(person, { ...entered, entries });
		}
	}

	/** Writes everything played since, in one transaction and one message, with `also` beside it. */
	async write(also: readonly Statement[] = []): Promise<void> {
		const { days, keys } = this.#desk;
		const cases = [...this.#changes.values()].flatMap((changes) =>
			writesOf(merged(changes), days.current, keys),
		);
		const conduct = [...this.#entered.values()].flatMap(writesOfConduct);
		this.#changes.clear();
		this.#entered.clear();
		await this.#desk.database.transaction((session) => session.commitWith([...cases, ...conduct, ...also]));
	}

	/** Lets go of cases that will not be played on. */
	forget(id: string): void {
		this.#cases.delete(id);
	}
}

/** Several changes of one case, one after another, written as one. */
function merged(changes: readonly Change[]): Change {
	const [first] = changes;
	const last = changes.at(-1);
	if (!first || !last) throw new Error("nothing to merge");
	return {
		...last,
		before: first.before,
		entries: changes.flatMap((one) => one.entries),
		kept: changes.flatMap((one) => one.kept),
		effects: changes.flatMap((one) => one.effects),
	};
}
