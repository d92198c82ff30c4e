import type { Statement } from "./database/session.ts";

/** How the due table stands, by kind, over all companies: `late` rows are due and not done, the oldest so long. */
export interface DueStanding {
	kind: string;
	late: number;
	lateSeconds: number;
}

export function lateRows(now: string): Statement {
	return {
		name: "late-rows",
		sql: `select kind, count(*)::int as late, extract(epoch from $1::timestamptz - min(at))::float8 as "lateSeconds"
from due where failed_at is null and kind in ('timer','effect','delivery','nightly') and at <= $1 group by kind`,
		parameters: [now],
	};
}

/** Rows of `kind` and `failed`: given up, to be looked at by somebody. */
export const FAILED_ROWS: Statement = {
	name: "failed-rows",
	sql: "select kind, count(*)::int as failed from due where failed_at is not null group by kind",
	parameters: [],
};

/** How far waiting rows are counted. */
export const COUNTED = 100_000;

/** One row of `waiting`: rows not given up, counted up to `COUNTED`. */
export const WAITING_ROWS: Statement = {
	name: "waiting-rows",
	sql: `select count(*)::int as waiting from (select 1 from due where failed_at is null limit ${COUNTED}) as counted`,
	parameters: [],
};

/** The number of the last migration applied: one row of `last`. */
export const LAST_MIGRATION: Statement = {
	name: "last-migration",
	sql: "select coalesce(max(number), 0)::int as last from migration",
	parameters: [],
};
