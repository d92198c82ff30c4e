import type { Actor } from "#engine/actor.ts";
import type { Case, Party } from "#engine/case.ts";
import { scopeOf } from "./case-list.ts";
import type { Statement } from "./database/session.ts";

/** One earlier complaint of somebody, or against them. */
export interface PastRow {
	id: string;
	number: string;
	pack: string;
	severity: "A" | "B" | "C" | null;
	step: string;
	categories: string[];
	outcome: string | null;
	receivedAt: string;
	closedAt: string | null;
}

/** How far somebody's complaints are counted. */
export const COUNTED = 500;

/**
 * Other complaints of one party of a case that the actor may see, the latest first, one more than are counted: those
 * against them for a respondent, those they made for anybody else. A party is known by their person or their phone.
 */
export function pastOf(actor: Actor, kase: Case, party: Party): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const person = put(party.person ?? "");
	const phone = put(party.phone?.ref ?? "");
	const against = party.side === "respondent";
	const conditions = [
		`company = ${company}`,
		"id in (select id from known)",
		`id <> ${put(kase.id)}`,
		"kind = 'complaint'",
		...(against ? [`${person} = any(respondents)`] : [`not ${person} = any(respondents)`]),
		...scopeOf(actor, put),
	];
	return {
		sql: `with known as materialized (
  select id from case_row where company = ${company} and ${person} <> '' and people && array[${person}]::text[]
  union select p.stream from personal as p where p.company = ${company} and p.keep = 'phone' and p.erased_at is null
    and p.lookup = (select lookup from personal where company = ${company} and ref = ${phone} and erased_at is null)
)
select id, number, pack, severity, step, categories, outcome, received_at as "receivedAt", closed_at as "closedAt"
from case_row where ${conditions.join(" and ")} order by received_at desc, id desc limit ${COUNTED + 1}`,
		parameters,
	};
}
