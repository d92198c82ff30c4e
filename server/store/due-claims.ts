import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "./database/session.ts";
import type { DueRow } from "./due.ts";

/** Taking rows of the due table for a while, and what becomes of them. */

/** A row that this process may work on until `until`; `attempts` counts the tries that failed. */
export interface Claim extends DueRow {
	attempts: number;
	until: Instant;
}

/**
 * Takes rows of one kind that are due at `now`, the earliest first, until `until`: nobody else takes them before.
 * Rows whose taker died come back by that. Answers Claims without their `until`, in no order.
 */
export function claimDue(kind: DueRow["kind"], now: Instant, until: Instant, most: number): Statement {
	return {
		name: "claim-due",
		sql: `with next as materialized (
  select company, id from due
  where kind = $1 and failed_at is null and at <= $2 and (claimed_until is null or claimed_until <= $2)
  order by at, id limit $4 for update skip locked
)
update due set claimed_until = $3 from next where due.company = next.company and due.id = next.id
returning due.company, due.id, due.stream, due.kind, due.key, due.at, due.payload, due.attempts`,
		parameters: [kind, now, until, most],
	};
}

/** Gives every claim back: for a database that one process has to itself, whose claims all died with the last one. */
export function releaseClaims(): Statement {
	return {
		name: "release-claims",
		sql: "update due set claimed_until = null where claimed_until is not null",
		parameters: [],
	};
}

/** What became of a claimed row. `failed` with `at` null is given up: it stays, to be seen and mended. */
export type Settled =
	| { claim: Claim; is: "done" }
	| { claim: Claim; is: "later"; at: Instant; why: string | null }
	| { claim: Claim; is: "failed"; at: Instant | null; why: string };

/**
 * Writes what became of rows. One that was written anew meanwhile (a timer that moved) is not touched: its claim is
 * gone. A timer keeps its time, which is the case's own, and is held back instead.
 */
export function settleDue(settled: readonly Settled[], now: Instant): Statement[] {
	const done = settled.filter((one) => one.is === "done").map((one) => one.claim);
	const kept = settled.filter((one) => one.is !== "done");
	const statements: Statement[] = [];
	if (done.length > 0)
		statements.push({
			name: "settle-done",
			sql: `delete from due using unnest($1::text[], $2::text[], $3::timestamptz[]) as t(company, id, until)
where due.company = t.company and due.id = t.id and due.claimed_until = t.until`,
			parameters: [...namesOf(done), done.map((one) => one.until)],
		});
	if (kept.length > 0)
		statements.push({
			name: "settle-kept",
			sql: `update due set at = case when due.kind = 'timer' then due.at else coalesce(t.at, due.at) end,
  claimed_until = case when due.kind = 'timer' then t.at end, last_error = t.why,
  attempts = due.attempts + t.failed, failed_at = case when t.at is null then $7::timestamptz end
from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[]) as t(company, id, until, at, why, failed)
where due.company = t.company and due.id = t.id and due.claimed_until = t.until`,
			parameters: [
				...namesOf(kept.map((one) => one.claim)),
				kept.map((one) => one.claim.until),
				kept.map((one) => one.at),
				kept.map((one) => one.why),
				kept.map((one) => (one.is === "failed" ? 1 : 0)),
				now,
			],
		});
	return statements;
}

function namesOf(claims: readonly Claim[]): [string[], string[]] {
	return [claims.map((one) => one.company), claims.map((one) => one.id)];
}

/** How the due table stands, by kind: for figures. `lateSeconds` is the age of the oldest row waiting. */
export interface DueFigures {
	kind: DueRow["kind"];
	waiting: number;
	failed: number;
	lateSeconds: number;
}

/** Rows that are due at `now` or have been given up, over all companies; answers DueFigures. */
export function readDueFigures(now: Instant): Statement {
	return {
		name: "due-figures",
		sql: `select kind, count(*) filter (where failed_at is null) as waiting, count(*) filter (where failed_at is not null) as failed,
  coalesce(extract(epoch from $1::timestamptz - min(at) filter (where failed_at is null)), 0)::float8 as "lateSeconds"
from due where failed_at is not null or at <= $1 group by kind order by kind`,
		parameters: [now],
	};
}
