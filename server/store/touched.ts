import type { Actor } from "#engine/actor.ts";
import { scopeOf } from "./case-list.ts";
import type { Statement } from "./database/session.ts";

/** What has changed since. Moments are microseconds of the database's own clock. */
export interface Touched {
	id: string;
	number: string;
	seq: number;
	at: number;
}

const MICROS = (instant: string) => `(extract(epoch from ${instant}) * 1000000)::bigint`;

/** The database's clock now: a row of `at`. */
export function databaseNow(): Statement {
	return { name: "database-now", sql: `select ${MICROS("clock_timestamp()")} as at`, parameters: [] };
}

/** Cases touched after a moment, the earliest first. */
export function touchedSince(company: string, at: number, most: number): Statement {
	return {
		name: "touched-since",
		sql: `select id, number, seq, ${MICROS("touched_at")} as at from case_row
where company = $1 and touched_at > to_timestamp($2::bigint / 1000000.0) order by touched_at limit $3`,
		parameters: [company, at, most],
	};
}

/** The same, of those that the actor may see. */
export function touchedFor(actor: Actor, at: number, most: number): Statement {
	const parameters: unknown[] = [actor.company, at];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = [
		"company = $1",
		"touched_at > to_timestamp($2::bigint / 1000000.0)",
		...scopeOf(actor, put),
	];
	return {
		sql: `select id, number, seq, ${MICROS("touched_at")} as at from case_row
where ${conditions.join(" and ")} order by touched_at limit ${put(most)}`,
		parameters,
	};
}

/** Of these cases those that the actor may see; `part`: the actor has a side or a duty in it. */
export function visibleTo(actor: Actor, ids: readonly string[]): Statement {
	const parameters: unknown[] = [actor.company, ids, actor.id];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["company = $1", "id = any($2::text[])", ...scopeOf(actor, put)];
	return {
		sql: `select id, people @> array[$3::text] as part from case_row where ${conditions.join(" and ")}`,
		parameters,
	};
}
