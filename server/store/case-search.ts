import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import { scopeOf } from "./case-list.ts";
import type { Statement } from "./database/session.ts";

/** Finding cases by what somebody remembers of them. Every statement goes through an index and keeps to the actor's scope. */

/** A list row as search shows it. */
export interface FoundCase {
	id: string;
	number: string;
	pack: string;
	kind: string;
	step: string;
	urgency: string | null;
	severity: string | null;
	owner: string | null;
	outcome: string | null;
	categories: string[];
	orders: string[];
	outside: string[];
	receivedAt: string;
	changedAt: string;
	closedAt: string | null;
}

/** What a search goes by. `person`: the keyed hash of a name, phone or plate; `words`: a tsquery. */
export type Sought =
	| { by: "number"; number: string }
	| { by: "order"; numbers: readonly string[] }
	| { by: "outside"; numbers: readonly string[] }
	| { by: "person"; lookup: Buffer }
	| { by: "words"; query: string };

/** The last case of the page before. */
export interface After {
	changedAt: string;
	id: string;
}

/** Outside numbers are the office's, and not for a party of the case. */
function columns(actor: Actor, put: (value: unknown) => string): string {
	const outside = can(actor, ...STAFF) ? "r.outside" : "'{}'::text[]";
	return `${COLUMNS}, case when r.people @> array[${put(actor.id)}]::text[] then '{}' else ${outside} end as outside`;
}

const COLUMNS = `r.id, r.number, r.pack, r.kind, r.step, r.urgency, r.severity, r.owner, r.outcome, r.categories, r.orders,
  r.received_at as "receivedAt", r.changed_at as "changedAt", r.closed_at as "closedAt"`;

/** How far hits are counted. */
export const COUNTED = 1_000;
/** Found by so many cases a word is common: its latest cases are then looked for along the dates. */
export const COMMON = 3_000;

/**
 * Cases found, the last changed first, one more than asked for so that a next page shows. With `person` also `keep` and
 * `mask` of who was found. Words found by their tokens are still to be compared: see `wordsHolding`.
 *
 * What matches is gathered through its own index first: left to itself the planner, which can't know how rare a word or
 * number is, would rather walk through all cases by date. For common words just that is right: `along`.
 */
export function findCases(
	actor: Actor,
	sought: Sought,
	after: After | null,
	most: number,
	along: "index" | "dates" = "index",
): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const scope = scopeFor(actor, sought, put);
	const beyond = after
		? ` and (r.changed_at, r.id) < (${put(after.changedAt)}::timestamptz, ${put(after.id)})`
		: "";
	const tail = `${beyond} order by r.changed_at desc, r.id desc limit ${put(most + 1)}`;
	if (along === "dates" && sought.by === "words") {
		const holds = `(select s.v @@ ${put(sought.query)}::tsquery from case_search as s where s.company = r.company and s.id = r.id)`;
		return {
			sql: `select ${columns(actor, put)} from ${rowsIn(company, scope)} where ${holds}${tail}`,
			parameters,
		};
	}
	const more = sought.by === "person" ? ", f.keep, f.mask" : "";
	const found = foundBy(company, sought, put);
	return {
		sql: `with found as materialized (${found}) select ${columns(actor, put)}${more} from found as f join ${rowsIn(company, scope)} on r.id = f.id where true${tail}`,
		parameters,
	};
}

/**
 * How many there are, up to one more than `COUNTED`, among the first `COMMON` that match: one row of `count`, and of
 * `matched`, which doesn't heed the scope and tells only whether a word is common.
 */
export function countCases(actor: Actor, sought: Sought): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const rows = rowsIn(company, scopeFor(actor, sought, put));
	return {
		sql: `with found as materialized (${foundBy(company, sought, put)})
select (select count(*)::int from found) as matched,
  (select count(*)::int from (select 1 from found as f join ${rows} on r.id = f.id limit ${COUNTED + 1}) as c) as count`,
		parameters,
	};
}

function rowsIn(company: string, scope: readonly string[]): string {
	return `(select * from case_row where ${[`company = ${company}`, ...scope].join(" and ")}) as r`;
}

function scopeFor(actor: Actor, { by }: Sought, put: (value: unknown) => string): string[] {
	const scope = scopeOf(actor, put);
	// whoever is a party of a case searches only what a party sees of it
	return by === "number" || by === "order"
		? scope
		: [...scope, `not people @> array[${put(actor.id)}]::text[]`];
}

function foundBy(company: string, sought: Sought, put: (value: unknown) => string): string {
	const most = COMMON + 1;
	switch (sought.by) {
		case "number":
			return `select id from case_row where company = ${company} and number = ${put(sought.number)}`;
		case "order":
		case "outside": {
			const column = sought.by === "order" ? "orders" : "outside";
			return `select id from case_row where company = ${company} and ${column} && ${put(sought.numbers)}::text[] limit ${most}`;
		}
		case "person":
			return `select stream as id, min(keep) as keep, min(mask) as mask from personal
where company = ${company} and lookup = ${put(sought.lookup)} and erased_at is null group by stream limit ${most}`;
		case "words":
			return `select id from case_search where company = ${company} and v @@ ${put(sought.query)}::tsquery limit ${most}`;
	}
}

/** Words of a case that hold some of the terms, cut around the first. */
export interface WordsHolding {
	stream: string;
	ref: string;
	terms: string[];
	content: string;
	/** The same stretch in the form in which words are compared. */
	plain: string;
	/** Where the stretch begins and how long all is, in characters. */
	from: number;
	length: number;
	/** Both forms count the same characters, so that places in one are places in the other. */
	aligned: boolean;
}

const BEFORE = 40;
const STRETCH = 160;

/** Words of these cases that hold any of the terms (in the form of `plainOf`); answers WordsHolding. */
export function wordsHolding(company: string, ids: readonly string[], terms: readonly string[]): Statement {
	return {
		sql: `select w.stream, w.ref, m.terms, substr(w.content, m.start, ${STRETCH}) as content, substr(w.plain, m.start, ${STRETCH}) as plain,
  m.start - 1 as "from", length(w.content) as length, length(w.content) = length(w.plain) as aligned
from words as w cross join lateral (
  select array_agg(t) as terms, greatest(min(strpos(w.plain, t)) - ${BEFORE}, 1) as start from unnest($3::text[]) as t where strpos(w.plain, t) > 0
) as m
where w.company = $1 and w.stream = any($2::text[]) and w.erased_at is null and m.terms is not null
order by w.stream, w.ref limit 5000`,
		parameters: [company, ids, terms],
	};
}
