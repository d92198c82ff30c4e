import type { Actor } from "#engine/actor.ts";
import type { Case, Finding } from "#engine/case.ts";
import { scopeOf } from "./case-list.ts";
import type { rowOf } from "./case-rows.ts";
import type { Statement } from "./database/session.ts";

/** Cases like one: of the same order or people, or of the same category with many of the same words. */

/** Why a case is like another; the weightiest first. */
export const ALIKE = ["order", "respondent", "complainant", "category", "words"] as const;

export interface SimilarRow {
	id: string;
	number: string;
	pack: string;
	step: string;
	severity: string | null;
	categories: string[];
	outcome: string | null;
	receivedAt: string;
	closedAt: string | null;
	amount: number;
	order: boolean;
	respondent: boolean;
	complainant: boolean;
	category: boolean;
	words: boolean;
	findings: Finding[] | null;
}

/** How many cases of each kind are compared. */
const OF_ORDER = 50;
const OF_PEOPLE = 50;
const OF_CATEGORY = 100;
/** With this part of the words in common two cases are said to be alike in words. */
const WORDS_ALIKE = 0.3;

/**
 * The cases most like this one that the actor may see, the likest first. However many cases there are, no more than
 * two hundred are compared, each kind gathered through an index of its own.
 * @param tokens of this case's words (store/tokens.ts)
 */
export function similarCases(
	actor: Actor,
	kase: Case,
	row: Pick<ReturnType<typeof rowOf>, "categories" | "orders" | "respondents" | "people">,
	tokens: readonly string[],
	most: number,
): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const list = (values: readonly string[]) => `${put(values)}::text[]`;
	const orders = list(row.orders);
	const respondents = list(row.respondents);
	const persons = kase.parties.flatMap((one) => one.person ?? []);
	const others = list(persons.filter((one) => !row.respondents.includes(one)));
	const people = list(persons);
	const category = put(row.categories[0] ?? "");
	const pack = put(kase.pack.name);
	const words = list(tokens);
	const scope = [`id <> ${put(kase.id)}`, ...scopeOf(actor, put)].join(" and ");
	return {
		sql: `with found as materialized (
  (select id from case_row where company = ${company} and orders && ${orders} limit ${OF_ORDER})
  union (select id from case_row where company = ${company} and people && ${people} order by received_at desc limit ${OF_PEOPLE})
  union (select id from case_row where company = ${company} and pack = ${pack} and categories[1] = ${category} order by received_at desc, id desc limit ${OF_CATEGORY})
), compared as (
  select r.*, r.orders && ${orders} as same_order, r.respondents && ${respondents} as same_respondent,
    r.people && ${others} as same_complainant, r.pack = ${pack} and ${category} = any(r.categories) as same_category,
    (select count(*) from unnest(tsvector_to_array(s.v)) as token where token = any(${words}))::float / greatest(1, cardinality(${words})) as shared
  from (select * from case_row where company = ${company} and id in (select id from found) and ${scope}) as r
  left join case_search as s on s.company = ${company} and s.id = r.id
), likest as (
  select *, (case when same_order then 100 else 0 end) + (case when same_respondent then 40 else 0 end)
    + (case when same_complainant then 30 else 0 end) + (case when same_category then 20 else 0 end) + 30 * shared as weight
  from compared order by weight desc, received_at desc, id desc limit ${put(most)}
)
select l.id, l.number, l.pack, l.step, l.severity, l.categories, l.outcome, l.received_at as "receivedAt", l.closed_at as "closedAt",
  l.amount, l.same_order as order, l.same_respondent as respondent, l.same_complainant as complainant, l.same_category as category,
  l.shared >= ${WORDS_ALIKE} as words, n.state -> 'findings' as findings
from likest as l left join snapshot as n on n.company = ${company} and n.stream = l.id and n.kind = 'case'
order by l.weight desc, l.received_at desc, l.id desc`,
		parameters,
	};
}
