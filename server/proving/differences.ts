import { isDeepStrictEqual } from "node:util";
import { systemOf } from "#engine/actor.ts";
import { type Case, FOLD } from "#engine/case.ts";
import type { ConductFile } from "#engine/conduct.ts";
import { COMMANDS, decide, timersOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Timer } from "#engine/steps/step.ts";
import type { DayTable } from "#engine/time/calendar.ts";
import type { Instant } from "#engine/time/instant.ts";
import { rowOf } from "../store/case-rows.ts";

/** What is kept of a stream beside its history, set against what the history folds to. */

export interface KeptSnapshot {
	seq: number;
	fold: number;
	head: string;
	state: unknown;
}

export interface KeptTimer {
	key: string;
	at: Instant;
	payload: unknown;
}

/** As it comes back from a JSON column. */
export function throughJson<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

/** Differences of a snapshot, in words. `head`: hash of the history's last line. */
export function snapshotDifferences(
	folded: Case | ConductFile,
	head: string,
	kept: KeptSnapshot | null,
): string[] {
	if (!kept) return ["there is no snapshot"];
	if (kept.fold !== FOLD)
		return [`the snapshot was made by fold ${kept.fold}, this release folds by ${FOLD}`];
	const found: string[] = [];
	if (kept.seq !== folded.seq)
		found.push(`the snapshot stands at line ${kept.seq}, the history at ${folded.seq}`);
	if (kept.head !== head) found.push("the snapshot has another last hash");
	const names = otherKeys(throughJson(folded), kept.state);
	if (names.length > 0) found.push(`the snapshot differs in ${names.join(", ")}`);
	return found;
}

/** The keys under which two objects differ. */
function otherKeys(expected: object, actual: unknown): string[] {
	if (actual === null || typeof actual !== "object") return ["all"];
	const [left, right] = [new Map(Object.entries(expected)), new Map(Object.entries(actual))];
	const keys = new Set([...left.keys(), ...right.keys()]);
	return [...keys].filter(
		(key) => left.has(key) !== right.has(key) || !isDeepStrictEqual(left.get(key), right.get(key)),
	);
}

/** Differences of the list row. It was computed at the moment of the case's last event. */
export function rowDifferences(folded: Case, pack: LoadedPack, row: object | null): string[] {
	if (!row) return ["there is no list row"];
	const expected = throughJson(rowOf(folded, pack, folded.changedAt));
	const known = Object.fromEntries(Object.entries(row).filter(([column]) => column in expected));
	const names = otherKeys(expected, known);
	return names.length === 0 ? [] : [`the list row differs in ${names.join(", ")}`];
}

/**
 * Differences of the wake-ups. One whose time has come may have been tried and put off, or dropped where the case
 * would refuse it: neither is a difference.
 */
export function timerDifferences(
	folded: Case,
	world: { pack: LoadedPack; days: DayTable; now: Instant },
	kept: readonly KeptTimer[],
): string[] {
	const wanted = new Map(timersOf(folded, world.pack, world.days).map((one) => [one.key, one]));
	const found = kept.flatMap(({ key, at, payload }) => {
		const timer = wanted.get(key);
		wanted.delete(key);
		if (!timer) return [`the wake-up ${key} is one too many`];
		const putOff = timer.at <= world.now && at > timer.at;
		const moved = timer.at !== at && !putOff ? [`the wake-up ${key} is at ${at} instead of ${timer.at}`] : [];
		const other = isDeepStrictEqual(throughJson(timer.command), payload)
			? []
			: [`the wake-up ${key} does another thing`];
		return [...moved, ...other];
	});
	const missing = [...wanted.values()].filter(
		(one) => one.at > world.now || wouldBeAccepted(folded, one, world),
	);
	return [...found, ...missing.map(({ key, at }) => `the wake-up ${key} at ${at} is missing`)];
}

function wouldBeAccepted(
	folded: Case,
	timer: Timer,
	{ pack, days, now }: { pack: LoadedPack; days: DayTable; now: Instant },
): boolean {
	const { type, ...fields } = timer.command;
	const parsed = COMMANDS.get(type)?.schema.safeParse(fields);
	if (!parsed?.success) return true;
	const context = { now, actor: systemOf(folded.company), pack, days, words: {} };
	return decide({ type, fields: parsed.data }, folded, context).ok;
}
