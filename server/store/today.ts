import type { Actor } from "#engine/actor.ts";
import type { Instant } from "#engine/time/instant.ts";
import { beyondReachOf, reachOf } from "./case-list.ts";
import type { Statement } from "./database/session.ts";

/**
 * What a day's board counts: always of the cases within the asker's scope, and always along an index (what is to be
 * done yet, what was received, closed or opened again lately), never over the whole past. It is counted in two parts:
 * along the indexes alone what everybody of one reach sees (migrations/0014-board.sql), and the few cases that come to
 * one person beside that. Added together they are the scope, each case once.
 */
export type Part = "reach" | "own";

/** Open cases of one trade and severity; or, with `byOwner`, of one owner. */
export interface OpenCount {
	byOwner: boolean;
	pack: string | null;
	severity: string | null;
	owner: string | null;
	open: number;
	dueToday: number;
	late: number;
}

export function countOpen(actor: Actor, part: Part, endOfToday: Instant): Statement {
	const { from, put } = scoped(actor, part);
	const end = put(endOfToday);
	return from(
		`grouping(owner) = 0 as "byOwner", pack, severity, owner, count(*)::int as open,
  (count(*) filter (where next_due < ${end}::timestamptz))::int as "dueToday", (count(*) filter (where breached))::int as late`,
		"closed_at is null",
		"group by grouping sets ((pack, severity), (owner))",
	);
}

/** Whom cases wait for, as case_row says it: `can:…`, `party`; those named are one, `person`. */
export interface WaitingCount {
	who: string;
	cases: number;
}

export function countWaiting(actor: Actor, part: Part): Statement {
	const { sql, parameters } = scoped(actor, part).from(
		"awaited, count(*) as cases",
		"(closed_at is null or waiting <> '{}')",
		"group by awaited",
	);
	return {
		sql: `select who, sum(cases)::int as cases from (${sql}) as counted, unnest(awaited) as who group by who order by cases desc, who`,
		parameters,
	};
}

/** Cases received in one hour of one of the days; `day` is the day's place, `hour` counts from its beginning. */
export interface HourCount {
	day: number;
	hour: number;
	cases: number;
}

export function countReceived(
	actor: Actor,
	part: Part,
	days: readonly { from: Instant; to: Instant }[],
): Statement {
	const { from, put } = scoped(actor, part);
	const begins = put(days.map((one) => one.from));
	const ends = put(days.map((one) => one.to));
	return from(
		"(d.day - 1)::int as day, floor(extract(epoch from received_at - d.begins) / 3600)::int as hour, count(*)::int as cases",
		"received_at >= d.begins and received_at < d.ends",
		"group by 1, 2",
		`, unnest(${begins}::timestamptz[], ${ends}::timestamptz[]) with ordinality as d(begins, ends, day)`,
	);
}

/** How the first contacts of one owner's new cases went; those not due yet count in neither. */
export interface ContactCount {
	owner: string | null;
	contacted: number;
	kept: number;
}

export function countContacts(actor: Actor, part: Part, since: Instant): Statement {
	const { from, put } = scoped(actor, part);
	return from(
		"owner, count(contact_kept)::int as contacted, (count(*) filter (where contact_kept))::int as kept",
		`received_at >= ${put(since)}::timestamptz`,
		"group by owner having count(contact_kept) > 0",
	);
}

export interface ClosedCount {
	closed: number;
	onTheSpot: number;
	/** Cases of which a promise was not kept. */
	broken: number;
	/** Promises that ended, and those of them kept. */
	promises: number;
	promisesKept: number;
}

export function countClosed(actor: Actor, part: Part, since: Instant): Statement {
	const { from, put } = scoped(actor, part);
	return from(
		`count(*)::int as closed, (count(*) filter (where on_the_spot))::int as "onTheSpot",
  (count(*) filter (where promises_broken > 0))::int as broken,
  coalesce(sum(promises), 0)::int as promises, coalesce(sum(promises - promises_broken), 0)::int as "promisesKept"`,
		`closed_at >= ${put(since)}::timestamptz`,
	);
}

/** One row of `cases`: those opened again since. */
export function countReopened(actor: Actor, part: Part, since: Instant): Statement {
	const { from, put } = scoped(actor, part);
	return from("count(*)::int as cases", `reopened_at >= ${put(since)}::timestamptz`);
}

/** Cases with an appeal or a review that is open. */
export function countAppealed(actor: Actor, part: Part): Statement {
	return scoped(actor, part).from("count(*)::int as cases", "appeals_due is not null");
}

/** Statements over one part of the cases that the actor may see. */
function scoped(actor: Actor, part: Part) {
	const parameters: unknown[] = [actor.company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const within = part === "reach" ? reachOf(actor, put) : beyondReachOf(actor, put);
	const conditions = ["company = $1", ...within];
	const from = (columns: string, condition: string, end = "", joined = ""): Statement => ({
		sql: `select ${columns} from case_row${joined} where ${[...conditions, condition].join(" and ")} ${end}`,
		parameters,
	});
	return { from, put };
}
