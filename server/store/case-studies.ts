import type { Kept } from "#engine/kept.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "./database/session.ts";

/** A case study that was published: what is to be learnt from a case. */
export interface StudyRow {
	case: string;
	number: string;
	pack: string;
	categories: string[];
	at: Instant;
	lesson: Kept;
	text: Kept;
}

/** So many of the library are looked through. */
const MOST_STUDIES = 200;

/** The library, the latest first; nothing of restricted cases. Answers StudyRows. */
export function publishedStudies(company: string, pack: string | null): Statement {
	return {
		name: "published-studies",
		sql: `select h.stream as "case", r.number, r.pack, r.categories, h.recorded_at as at,
  s.state->'improvement'->'study'->'lesson' as lesson, s.state->'improvement'->'study'->'text' as text
from history h
join case_row r on r.company = h.company and r.id = h.stream
join snapshot s on s.company = h.company and s.stream = h.stream and s.kind = 'case'
where h.company = $1 and h.type = 'CaseStudyPublished' and not r.restricted and ($2::text is null or r.pack = $2)
order by h.recorded_at desc limit ${MOST_STUDIES}`,
		parameters: [company, pack],
	};
}
