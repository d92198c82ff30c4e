import { type Case, FOLD } from "#engine/case.ts";
import type { Database } from "./database/database.ts";
import type { Statement } from "./database/session.ts";
import { refold } from "./refold.ts";
import type { Snapshot } from "./snapshots.ts";

/** Cases in which somebody has a part: those that run first, each with its state. */

/** At most so many of each: those that run, and those that have ended. */
const MOST = { open: 40, closed: 30 };

function readOwn(company: string, person: string, closed: boolean): Statement {
	return {
		name: closed ? "own-closed-cases" : "own-open-cases",
		sql: `with found as materialized (select id, changed_at from case_row where company = $1 and people && array[$2]::text[] and closed_at is ${closed ? "not " : ""}null order by changed_at desc limit $3)
select s.stream, s.seq, s.fold, s.head, s.state from found f join snapshot s on s.company = $1 and s.stream = f.id and s.kind = 'case' order by f.changed_at desc`,
		parameters: [company, person, closed ? MOST.closed : MOST.open],
	};
}

/** The latest first, those that run before those that ended. */
export async function ownCases(
	database: Pick<Database<unknown>, "read">,
	company: string,
	person: string,
): Promise<Case[]> {
	const rows = (
		(await database.read([
			readOwn(company, person, false),
			readOwn(company, person, true),
		])) as Snapshot<Case>[][]
	).flat();
	const run = async <R>(statement: Statement) => ((await database.read([statement]))[0] ?? []) as R[];
	return await Promise.all(
		rows.map((row) => (row.fold === FOLD ? row.state : refold(company, row, { run }))),
	);
}
