import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "../store/database/database.ts";
import type { Link } from "./links.ts";

/** What is known of the links to a case: who made them, whether they were opened, who withdrew them. */

/** A link as the office sees it; the token itself is nowhere kept. */
export interface LinkRow {
	id: string;
	party: string;
	madeAt: Instant;
	/** Who sent it; null: it came with a notice. */
	madeBy: string | null;
	expiresAt: Instant;
	confirmedAt: Instant | null;
	/** Last opened by a confirmed holder. */
	openedAt: Instant | null;
	/** Last opened by somebody who had not confirmed: it may have been passed on. */
	readAt: Instant | null;
	revokedAt: Instant | null;
	revokedBy: string | null;
}

/** More than any case has; a case that was flooded shows the latest. */
const MOST = 200;

export function linksOfCase(company: string, kase: string): Statement {
	return {
		name: "links-of-case",
		sql: `select id, party, made_at as "madeAt", made_by as "madeBy", expires_at as "expiresAt", confirmed_at as "confirmedAt",
  opened_at as "openedAt", read_at as "readAt", revoked_at as "revokedAt", revoked_by as "revokedBy"
from link where company = $1 and stream = $2 order by made_at desc, id desc limit ${MOST}`,
		parameters: [company, kase],
	};
}

/** Notes that a link was opened; not more often than every ten minutes, a page is read again and again. */
export function noteOpened(
	{ company, id, confirmed }: Pick<Link, "company" | "id" | "confirmed">,
	now: Instant,
): Statement {
	const column = confirmed ? "opened_at" : "read_at";
	return {
		name: `note-${column}`,
		sql: `update link set ${column} = $3 where company = $1 and id = $2 and (${column} is null or ${column} < $3::timestamptz - interval '10 minutes')`,
		parameters: [company, id, now],
	};
}

/** Notes that the holder showed that the phone is theirs. */
export function noteConfirmed({ company, id }: Pick<Link, "company" | "id">, now: Instant): Statement {
	return {
		name: "note-link-confirmed",
		sql: "update link set confirmed_at = coalesce(confirmed_at, $3), opened_at = $3 where company = $1 and id = $2",
		parameters: [company, id, now],
	};
}
