import type { Statement } from "./database/session.ts";
import { type Keys, lookupOf } from "./kept.ts";

export interface Repeats {
	company: string;
	pack: string;
	categories: readonly string[];
	persons: readonly string[];
	phones: readonly string[];
	since: string;
}

/** Complaints of a trade and of any of these categories since then, by one of these persons or phones: `repeats`. */
export function countRepeats(asked: Repeats, keys: Keys): Statement {
	return {
		name: "count-repeats",
		sql: `with known as (
  select id from case_row where company = $1 and people && $4::text[]
  union select stream from personal where company = $1 and lookup = any($5::bytea[]) and keep = 'phone' and erased_at is null
)
select count(*)::int as repeats from known join case_row r on r.company = $1 and r.id = known.id
where r.pack = $2 and r.kind = 'complaint' and r.categories && $3::text[] and r.received_at >= $6`,
		parameters: [
			asked.company,
			asked.pack,
			asked.categories,
			asked.persons,
			asked.phones.map((phone) => lookupOf(phone, keys)),
			asked.since,
		],
	};
}
