import { type Case, FOLD } from "#engine/case.ts";
import { isNumber } from "../ids.ts";
import type { Database, Statement } from "./database/database.ts";
import { refold } from "./refold.ts";
import { readSnapshot, type Snapshot } from "./snapshots.ts";

type Readable = Pick<Database<unknown>, "read">;

/** A case by its id, or by its number as people write it; null when there is none. Nobody's leave is asked here. */
export async function findCase(database: Readable, company: string, id: string): Promise<Case | null> {
	const number = numberOf(id);
	const [rows = []] = (await database.read([
		number === null ? readSnapshot(company, id) : readByNumber(company, number),
	])) as Snapshot<Case>[][];
	const [row] = rows;
	if (!row) return null;
	if (row.fold === FOLD) return row.state;
	return await refold(company, row, {
		run: async <R>(statement: Statement) => ((await database.read([statement]))[0] ?? []) as R[],
	});
}

/** A case number in the form in which it is kept (260118-7K4Q2M8C); null when the text is none. */
export function numberOf(text: string): string | null {
	if (text.length > 40 || !isNumber(text)) return null;
	const plain = text.toUpperCase().replaceAll(/[\s-]/g, "");
	return `${plain.slice(0, 6)}-${plain.slice(6)}`;
}

function readByNumber(company: string, number: string): Statement {
	return {
		name: "read-by-number",
		sql: `select s.stream, s.seq, s.fold, s.head, s.state from case_row r
join snapshot s on s.company = r.company and s.stream = r.id where r.company = $1 and r.number = $2`,
		parameters: [company, number],
	};
}
