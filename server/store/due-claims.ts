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
 * Rows whose taker died come back by that. Answers Claims without their `until`, in no order. Rows are reached by
 * their place, so that the plan is the same with and without statistics: the embedded database often has none.
 */
export function claimDue(kind: DueRow["kind"], now: Instant, until: Instant, most: number): Statement {
	return {
		name: "claim-due",
		sql: `update due set claimed_until = $3 where ctid = any(array(
  select ctid from due
  where kind = $1 and failed_at is null and at <= $2 and (claimed_until is null or claimed_until <= $2)
  order by at, id limit $4 for update skip locked
))
returning company, id, stream, kind, key, at, payload, attempts`,
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
 * Writes what became of rows that were claimed together. One that was written anew meanwhile (a timer that moved) is
 * not touched: its claim is gone. A timer that failed is held back and keeps its time, which is the case's own.
 */
export function settleDue(settled: readonly Settled[], now: Instant): Statement[] {
	const done = settled.filter((one) => one.is === "done");
	const kept = settled.filter((one) => one.is !== "done");
	const statements: Statement[] = [];
	if (done.length > 0)
		statements.push({
			name: "settle-done",
			sql: `delete from due where claimed_until = $3 and ctid = any(array(
  select d.ctid from unnest($1::text[], $2::text[]) as t(company, id)
  cross join lateral (select ctid from due where company = t.company and id = t.id limit 1) d
))`,
			parameters: claimsOf(done),
		});
	if (kept.length > 0)
		statements.push({
			name: "settle-kept",
			sql: `update due set last_error = t.why, attempts = due.attempts + t.failed,
  at = case when due.kind = 'timer' and t.failed = 1 then due.at else coalesce(t.at, due.at) end,
  claimed_until = case when due.kind = 'timer' and t.failed = 1 then t.at end,
  failed_at = case when t.at is null then $7::timestamptz end
from unnest($1::text[], $2::text[], $4::timestamptz[], $5::text[], $6::int[]) as t(company, id, at, why, failed)
where due.company = t.company and due.id = t.id and due.claimed_until = $3`,
			parameters: [
				...claimsOf(kept),
				kept.map((one) => one.at),
				kept.map((one) => one.why),
				kept.map((one) => (one.is === "failed" ? 1 : 0)),
				now,
			],
		});
	return statements;
}

function claimsOf(settled: readonly Settled[]): [string[], string[], Instant | undefined] {
	const claims = settled.map((one) => one.claim);
	return [claims.map((one) => one.company), claims.map((one) => one.id), claims[0]?.until];
}

/** How the due table stands, by kind: for figures. `lateSeconds` is the age of the oldest row waiting. */
export interface DueFigures {
	kind: DueRow["kind"];
	waiting: number;
	failed: number;
	lateSeconds: number;
}

/** Rows that are due at `now` or have been given up, over all companies; answers DueFigures of every kind. */
export function readDueFigures(now: Instant): Statement {
	return {
		name: "due-figures",
		sql: `select k.kind, w.waiting, f.failed, coalesce(extract(epoch from $1::timestamptz - w.oldest), 0)::float8 as "lateSeconds"
from unnest(array['timer', 'effect', 'delivery', 'nightly']) as k(kind)
cross join lateral (select count(*) as waiting, min(at) as oldest from due where kind = k.kind and failed_at is null and at <= $1) w
cross join lateral (select count(*) as failed from due where kind = k.kind and failed_at is not null) f`,
		parameters: [now],
	};
}
