import { type Case, emptyCase } from "#engine/case.ts";
import { type ConductEvent, type ConductFile, emptyConduct, evolveConduct } from "#engine/conduct.ts";
import { evolve } from "#engine/journey.ts";
import type { Session } from "./database/database.ts";
import { type Entry, readHistory } from "./history.ts";
import type { Snapshot } from "./snapshots.ts";

/** The case that a history folds to. */
export function foldCase(id: string, company: string, entries: readonly Entry[]): Case {
	let kase = emptyCase(id, company, "", { name: "", version: "" });
	for (const { type, data, at, actor, seq } of entries)
		kase = evolve(kase, { type, data: JSON.parse(data) }, { at, by: actor, seq });
	return kase;
}

export function foldConduct(person: string, company: string, entries: readonly Entry[]): ConductFile {
	let file = emptyConduct(person, company);
	for (const { type, data, at, actor, seq } of entries)
		file = evolveConduct(file, { type, data: JSON.parse(data) } as ConductEvent, { at, by: actor, seq });
	return file;
}

/** Folds a case anew from its whole history. */
export async function refold(
	company: string,
	row: Snapshot<Case>,
	session: Pick<Session, "run">,
): Promise<Case> {
	const entries = await session.run<Entry>(readHistory(company, row.stream, 0, 1_000_000));
	return foldCase(row.stream, company, entries);
}
