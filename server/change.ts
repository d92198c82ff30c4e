import type { Actor } from "#engine/actor.ts";
import { type Case, emptyCase } from "#engine/case.ts";
import type { ConductEvent, ConductFile } from "#engine/conduct.ts";
import { emptyConduct, evolveConduct } from "#engine/conduct.ts";
import type { Refused } from "#engine/decision.ts";
import { decide, timersOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Context, Effect } from "#engine/steps/step.ts";
import type { DayTable } from "#engine/time/calendar.ts";
import { dayOf } from "#engine/time/instant.ts";
import { newId, newNumber } from "./ids.ts";
import { saveCaseRow } from "./store/case-rows.ts";
import type { Statement } from "./store/database/database.ts";
import { effectRows, syncTimers } from "./store/due.ts";
import { appendHistory, chain, type Entry, type Envelope, GENESIS } from "./store/history.ts";
import { insertKept, type KeptRow, type Keys, keep } from "./store/kept.ts";
import { indexCase } from "./store/search.ts";
import { saveSnapshot } from "./store/snapshots.ts";
import { deliveriesFor } from "./store/webhooks.ts";

/** What one accepted command changes: decided in memory, not yet written. */
export interface Change {
	before: Case | null;
	next: Case;
	pack: LoadedPack;
	entries: Entry[];
	/** Hash of the last line. */
	head: string;
	kept: KeptRow[];
	effects: Effect[];
	envelope: Omit<Envelope, "kind" | "stream">;
}

export interface Deciding {
	/** Null: a new case is filed. */
	before: Case | null;
	head: string;
	pack: LoadedPack;
	actor: Actor;
	type: string;
	/** Parsed by the command's schema. */
	fields: unknown;
	now: string;
	days: DayTable;
	people?: Context["people"];
	cases?: Context["cases"];
	conduct?: Context["conduct"];
}

/** Keeps words aside, decides, and chains the events to the history. Pure but for ids and salts. */
export function decideChange(deciding: Deciding): Change | Refused {
	const { before, head, pack, actor, type, now, days, people, cases, conduct } = deciding;
	const start = before ?? freshCase(actor.company, pack, now);
	const { command, rows, words } = keep(deciding.fields, newId);
	const context = { now, actor, pack, days, words, people, cases, conduct };
	const decided = decide({ type, fields: command }, start, context);
	if (!decided.ok) return decided;
	const envelope = {
		company: actor.company,
		at: now,
		recordedAt: now,
		actor: actor.id,
		commandId: newId(),
		packVersion: pack.version,
	};
	const entries = chain(decided.events, { ...envelope, kind: "case", stream: start.id }, start.seq, head);
	return {
		before,
		next: decided.next,
		pack,
		entries,
		head: entries.at(-1)?.hash ?? head,
		kept: rows,
		effects: decided.effects,
		envelope,
	};
}

function freshCase(company: string, pack: LoadedPack, now: string): Case {
	const number = newNumber(dayOf(now, pack.data.head.zone));
	return emptyCase(newId(), company, number, { name: pack.name, version: pack.version });
}

/** Everything a change writes about its case: history, words, snapshot, list row, search, due rows, deliveries. */
export function writesOf(
	{ before, next, pack, entries, head, kept, effects, envelope }: Change,
	days: DayTable,
	keys: Keys,
): Statement[] {
	const { company, at } = envelope;
	return [
		...insertKept(company, next.id, kept, keys),
		appendHistory(entries),
		saveSnapshot(next, "case", next.id, head),
		saveCaseRow(next, pack, at),
		...indexCase(next, kept, keys, before === null),
		...syncTimers(
			company,
			next.id,
			before ? timersOf(before, pack, days) : [],
			timersOf(next, pack, days),
			newId,
			effectRows(company, next.id, next.seq, effects, at, newId),
		),
		...deliveriesFor(company, next.id, next.number, entries, at),
	];
}

/** Facts entering conduct files, by person, in one order everywhere so that two cases never wait for each other. */
export function conductEntering(effects: readonly Effect[]): [string, ConductEvent[]][] {
	const entering = new Map<string, ConductEvent[]>();
	for (const one of effects)
		if (one.do === "enter") entering.set(one.stream, [...(entering.get(one.stream) ?? []), one.event]);
	return [...entering].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Folds facts into a conduct file and chains them. */
export function enterConduct(
	file: { state: ConductFile; head: string } | null,
	person: string,
	events: readonly ConductEvent[],
	envelope: Change["envelope"],
): { state: ConductFile; head: string; entries: Entry[] } {
	let state = file?.state ?? emptyConduct(person, envelope.company);
	const entries = chain(
		events,
		{ ...envelope, kind: "conduct", stream: person },
		state.seq,
		file?.head ?? GENESIS,
	);
	for (const [n, event] of events.entries()) {
		const meta = { at: envelope.at, by: envelope.actor, seq: entries[n]?.seq ?? 0 };
		state = evolveConduct(state, event, meta);
	}
	return { state, head: entries.at(-1)?.hash ?? GENESIS, entries };
}

export function writesOfConduct({ state, head, entries }: ReturnType<typeof enterConduct>): Statement[] {
	return [appendHistory(entries), saveSnapshot(state, "conduct", state.person, head)];
}
