import type { Actor } from "#engine/actor.ts";
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

const COLUMNS = `r.id, r.number, r.pack, r.kind, r.step, r.urgency, r.severity, r.owner, r.outcome, r.categories, r.orders, r.outside,
  r.received_at as "receivedAt", r.changed_at as "changedAt", r.closed_at as "closedAt"`;

/** How far hits are counted. */
export const COUNTED = 1_000;

/**
 * Cases found, the last changed first, one more than asked for so that a next page shows. With `person` also `keep` and
 * `mask` of who was found. Words found by their tokens are still to be compared: see `wordsHolding`.
 */
export function findCases(actor: Actor, sought: Sought, after: After | null, most: number): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const { from, where, more } = foundBy(actor, sought, put);
	const beyond = after
		? ` and (r.changed_at, r.id) < (${put(after.changedAt)}::timestamptz, ${put(after.id)})`
		: "";
	// unnamed: the plan must look at the words sought, for common ones are found along the dates, rare ones by their tokens
	return {
		sql: `select ${COLUMNS}${more} from ${from} where ${where}${beyond} order by r.changed_at desc, r.id desc limit ${put(most + 1)}`,
		parameters,
	};
}

/** How many there are, up to one more than `COUNTED`: answers rows of `count`. */
export function countCases(actor: Actor, sought: Sought): Statement {
	const parameters: unknown[] = [];
	const { from, where } = foundBy(actor, sought, (value) => `$${parameters.push(value)}`);
	return {
		sql: `select count(*)::int as count from (select 1 from ${from} where ${where} limit ${COUNTED + 1}) as found`,
		parameters,
	};
}

function foundBy(actor: Actor, sought: Sought, put: (value: unknown) => string) {
	const company = put(actor.company);
	// whoever is a party of a case searches only what a party sees of it
	const apart = sought.by === "number" || sought.by === "order" ? [] : [`not people @> array[${put(actor.id)}]::text[]`];
	const conditions = [`company = ${company}`, ...scopeOf(actor, put), ...apart];
	const rows = `(select * from case_row where ${conditions.join(" and ")}) as r`;
	switch (sought.by) {
		case "number":
			return { from: rows, where: `r.number = ${put(sought.number)}`, more: "" };
		case "order":
			return { from: rows, where: `r.orders && ${put(sought.numbers)}::text[]`, more: "" };
		case "outside":
			return { from: rows, where: `r.outside && ${put(sought.numbers)}::text[]`, more: "" };
		case "person":
			return {
				from: `(select stream, min(keep) as keep, min(mask) as mask from personal
  where company = ${company} and lookup = ${put(sought.lookup)} and erased_at is null group by stream) as p join ${rows} on r.id = p.stream`,
				where: "true",
				more: ", p.keep, p.mask",
			};
		case "words":
			return {
				from: `${rows} join case_search as s on s.company = r.company and s.id = r.id`,
				where: `s.v @@ ${put(sought.query)}::tsquery`,
				more: "",
			};
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
