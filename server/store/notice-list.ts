import type { Statement } from "./database/session.ts";

/** A notice as it is shown: what was sent, or with `pretend` would have been. `text` is null when it was erased. */
export interface NoticeRow {
	id: string;
	case: string;
	number: string | null;
	wording: string;
	/** `party:p1` or `person:…`. */
	recipient: string;
	channel: string;
	pretend: boolean;
	state: string;
	receipt: string | null;
	at: string;
	/** Until when it waits, because of quiet hours. */
	until: string | null;
	deliveredAt: string | null;
	/** Ways that were tried in vain, with the reason. */
	tried: { channel: string; why: string; at: string }[];
	text: string | null;
}

const COLUMNS = `n.id, n.stream as "case", r.number, n.wording, n.recipient, n.channel, n.pretend, n.state, n.receipt, n.at, n.until,
  n.delivered_at as "deliveredAt", n.tried, w.content as text`;
const FROM = `from notice as n left join words as w on w.company = n.company and w.ref = n.text_ref
left join case_row as r on r.company = n.company and r.id = n.stream`;

/** The last notice of the page before. */
export interface After {
	at: string;
	id: string;
}

/** Notices of a case, of one recipient or of all, the latest first, at most 500; answers NoticeRows. */
export function noticesOfCase(company: string, stream: string, recipient: string | null): Statement {
	return {
		name: "notices-of-case",
		sql: `select ${COLUMNS} ${FROM} where n.company = $1 and n.stream = $2 and ($3::text is null or n.recipient = $3)
order by n.at desc, n.id desc limit 500`,
		parameters: [company, stream, recipient],
	};
}

/** One recipient's notices in any case, the latest first; answers NoticeRows. */
export function noticesFor(
	company: string,
	recipient: string,
	stream: string | null,
	after: After | null,
	most: number,
): Statement {
	const parameters: unknown[] = [company, recipient, most];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["n.company = $1", "n.recipient = $2", "n.recipient <> ''"];
	if (stream !== null) conditions.push(`n.stream = ${put(stream)}`);
	if (after) conditions.push(`(n.at, n.id) < (${put(after.at)}::timestamptz, ${put(after.id)})`);
	return {
		sql: `select ${COLUMNS} ${FROM} where ${conditions.join(" and ")} order by n.at desc, n.id desc limit $3`,
		parameters,
	};
}
