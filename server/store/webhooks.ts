import type { Statement } from "./database/session.ts";
import type { Entry } from "./history.ts";

/**
 * One delivery per webhook that wants an event of that name, and its due row, in the command's own transaction.
 * Bodies name the case, the event and its place in the history; never words or personal data.
 */
export function deliveriesFor(
	company: string,
	stream: string,
	number: string,
	entries: readonly Entry[],
	now: string,
): Statement[] {
	return [
		{
			name: "deliveries-for",
			sql: `with wanted as (
  insert into delivery (company, id, webhook, event, stream, body, made_at)
  select $1, w.id || ':' || $2 || ':' || e.seq, w.id, e.type, $2,
    jsonb_build_object('case', $2::text, 'number', $3::text, 'seq', e.seq, 'event', e.type, 'at', $4::text), $4::timestamptz
  from webhook w, unnest($5::int[], $6::text[]) as e(seq, type)
  where w.company = $1 and w.active and (e.type = any(w.events) or '*' = any(w.events))
  returning id, stream
)
insert into due (company, id, stream, kind, key, at, payload)
select $1, id, stream, 'delivery', id, $4::timestamptz, jsonb_build_object('delivery', id) from wanted`,
			parameters: [
				company,
				stream,
				number,
				now,
				entries.map((one) => one.seq),
				entries.map((one) => one.type),
			],
		},
	];
}
