import type { Statement } from "./database/session.ts";
import { type Keys, lookupOf } from "./kept.ts";

/** A case about an order, with where in it a phone is kept, if it is. */
export interface CaseOfOrder {
	id: string;
	closed: boolean;
	/** References of the phone within the case. */
	refs: string[];
}

/** So many cases of one order are looked at. */
const MOST = 50;

/** The cases about an order, the open ones first, the latest first; joined ones left out. */
export function casesOfOrder(company: string, order: string, phone: string, keys: Keys): Statement {
	return {
		name: "cases-of-order",
		sql: `select r.id, r.closed_at is not null as closed,
  coalesce((select array_agg(p.ref) from personal p where p.company = r.company and p.stream = r.id and p.lookup = $3 and p.erased_at is null), '{}') as refs
from case_row r where r.company = $1 and r.orders && array[$2] and not r.joined
order by r.closed_at is not null, r.received_at desc limit ${MOST}`,
		parameters: [company, order, lookupOf(phone, keys)],
	};
}

/** The one company of this installation; no row where there are several. */
export const onlyCompany: Statement = {
	name: "only-company",
	sql: "select min(company) as company from company having count(*) = 1",
	parameters: [],
};

export function companyNamed(company: string): Statement {
	return {
		name: "company-named",
		sql: "select company from company where company = $1",
		parameters: [company],
	};
}

/** The case that a key led to, if it was used. */
export function caseOfKey(company: string, actor: string, key: string): Statement {
	return {
		name: "case-of-key",
		sql: `select answer->>'case' as "case" from idempotency where company = $1 and actor = $2 and key = $3`,
		parameters: [company, actor, key],
	};
}
