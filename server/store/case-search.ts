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
const COMMON = 5_000;

/** Beside a case of the page (`id` null: there is none): how many match at all, and within the scope. */
export interface Counted {
	matched: number;
	count: number;
}

/**
 * Cases found, the last changed first, one more than asked for so that a next page shows; at least one row, for the
 * counts. With `person` also `keep` and `mask` of who was found. Words found by their tokens are still to be compared:
 * see `wordsHolding`. Of a common word no case is answered, only that it is one: see `isCommon`.
 *
 * What matches is gathered through its own index first: left to itself the planner, which can't know how rare a word or
 * number is, would rather walk through all cases by date.
 */
export function findCases(actor: Actor, sought: Sought, after: After | null, most: number): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const rows = rowsIn(company, scopeFor(actor, sought, put));
	const person = sought.by === "person";
	const few = sought.by === "words" ? `(select count(*) from found) <= ${COMMON}` : "true";
	return {
		sql: `with found as materialized (${foundBy(company, sought, put)}),
seen as materialized (select r.*${person ? ", f.keep, f.mask" : ""} from found as f join ${rows} on r.id = f.id where ${few})
select (select count(*)::int from found) as matched, (select count(*)::int from seen) as count, p.* from (select) as one
left join lateral (
  select ${columns(actor, put)}${person ? ", r.keep, r.mask" : ""} from seen as r where true${tailOf(after, most, put)}
) as p on true order by p."changedAt" desc, p.id desc`,
		parameters,
	};
}

/** Whether words were found in so many cases that `findAlongDates` is to look for them. */
export function isCommon({ matched }: Counted): boolean {
	return matched > COMMON;
}

/** How many cases the planner expects to hold words, and to be there at all: two plans, which cost nothing. */
export function estimates(company: string, { query }: { query: string }): Statement[] {
	const plan = "explain (format json) select 1 from case_search where company = $1";
	return [
		{ sql: `${plan} and v @@ $2::tsquery`, parameters: [company, query] },
		{ sql: plan, parameters: [company] },
	];
}

/**
 * Whether the answers to `estimates` leave no doubt that words are common. Of words that it knows nothing of the
 * planner expects a fraction of one in a hundred; of words side by side it expects too few.
 */
export function isSurelyCommon(answers: readonly unknown[][]): boolean {
	const [matching = 0, all = 0] = answers.map((rows) => {
		const [row] = rows as { "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }[];
		return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"];
	});
	return matching > COMMON && matching > all / 100;
}

/** As `findCases`, without counts, for common words: through the cases by date until enough hold them. */
export function findAlongDates(
	actor: Actor,
	{ query }: { query: string },
	after: After | null,
	most: number,
): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const rows = rowsIn(put(actor.company), scopeFor(actor, { by: "words", query }, put));
	const holds = `(select s.v @@ ${put(query)}::tsquery from case_search as s where s.company = r.company and s.id = r.id)`;
	return {
		sql: `select ${columns(actor, put)} from ${rows} where ${holds}${tailOf(after, most, put)}`,
		parameters,
	};
}

function tailOf(after: After | null, most: number, put: (value: unknown) => string): string {
	const beyond = after
		? ` and (r.changed_at, r.id) < (${put(after.changedAt)}::timestamptz, ${put(after.id)})`
		: "";
	return `${beyond} order by r.changed_at desc, r.id desc limit ${put(most + 1)}`;
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
