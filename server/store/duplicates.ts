import type { Actor } from "#engine/actor.ts";
import { scopeOf } from "./case-list.ts";
import type { Statement } from "./database/session.ts";
import { type Keys, lookupOf } from "./kept.ts";

/** What a complaint that is being taken down has in common with those that are there. */
export interface Alike {
	orders: readonly string[];
	persons: readonly string[];
	/** Phones and plates as they were given; the lookups of numbers that the asker does not see. */
	numbers: readonly string[];
	lookups: readonly Buffer[];
	/** Closed cases count when they were received since then. */
	since: string;
}

/** A case that may be about the same thing, and by what. */
export interface Duplicate {
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
	receivedAt: string;
	closedAt: string | null;
	due: string | null;
	byOrder: boolean;
	byPerson: boolean;
}

/** So many cases of one number are looked at: a call centre's own number is on thousands. */
const MOST_LOOKED_AT = 500;
const MOST = 8;

/** Cases within the actor's scope, open or of late, on the same order or by the same person; the same order first. */
export function findDuplicates(actor: Actor, alike: Alike, keys: Keys): Statement {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const company = put(actor.company);
	const scope = ["company = ".concat(company), ...scopeOf(actor, put)].join(" and ");
	const lookups = put([...alike.lookups, ...alike.numbers.map((one) => lookupOf(one, keys))]);
	return {
		sql: `with alike as materialized (
  (select id, true as by_order, false as by_person from case_row where company = ${company} and orders && ${put(alike.orders)}::text[] limit ${MOST_LOOKED_AT})
  union all (select id, false, true from case_row where company = ${company} and people && ${put(alike.persons)}::text[] limit ${MOST_LOOKED_AT})
  union all (select stream, false, true from personal where company = ${company} and lookup = any(${lookups}::bytea[]) and erased_at is null limit ${MOST_LOOKED_AT})
), found as materialized (select id, bool_or(by_order) as by_order, bool_or(by_person) as by_person from alike group by id)
select r.id, r.number, r.pack, r.kind, r.step, r.urgency, r.severity, r.owner, r.outcome, r.categories, r.orders, r.received_at as "receivedAt",
  r.closed_at as "closedAt", nullif(r.next_due, 'infinity') as due, f.by_order as "byOrder", f.by_person as "byPerson"
from found as f join (select * from case_row where ${scope}) as r on r.id = f.id
where not r.joined and (r.closed_at is null or r.received_at >= ${put(alike.since)}::timestamptz)
order by f.by_order desc, r.closed_at is not null, r.received_at desc, r.id limit ${MOST}`,
		parameters,
	};
}
