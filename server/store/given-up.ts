import type { Statement } from "./database/session.ts";
import type { DueRow } from "./due.ts";

/** Work in the background that was given up after many tries: it stays, to be seen and tried again. */
export interface GivenUp {
	id: string;
	kind: DueRow["kind"];
	/** What an effect does: notify, pay …; null for other kinds. */
	does: string | null;
	case: string | null;
	number: string | null;
	attempts: number;
	error: string | null;
	failedAt: string;
}

/** The company's, the latest first; answers GivenUp rows. */
export function readGivenUp(
	company: string,
	after: { failedAt: string; id: string } | null,
	most: number,
): Statement {
	const beyond = after ? " and (d.failed_at, d.id) < ($3::timestamptz, $4)" : "";
	return {
		sql: `select d.id, d.kind, d.payload->>'do' as does, c.id as case, c.number, d.attempts, d.last_error as error, d.failed_at as "failedAt"
from due d left join case_row c on c.company = d.company and c.id = d.stream
where d.company = $1 and d.failed_at is not null${beyond} order by d.failed_at desc, d.id desc limit $2`,
		parameters: [company, most, ...(after ? [after.failedAt, after.id] : [])],
	};
}

/** Takes one up again, at once and with all its tries; answers its id, or nothing when it has not been given up. */
export function takeUpAgain(company: string, id: string, now: string): Statement {
	return {
		name: "take-up-again",
		sql: `update due set failed_at = null, claimed_until = null, attempts = 0, at = case when kind = 'timer' then at else $3::timestamptz end
where company = $1 and id = $2 and failed_at is not null returning id`,
		parameters: [company, id, now],
	};
}
