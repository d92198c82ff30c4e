import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "./database/session.ts";

/** Webhook deliveries: what is to be told to whom, and the log of tries. */

export interface Delivery {
	company: string;
	id: string;
	webhook: string;
	event: string;
	body: unknown;
	madeAt: Instant;
	attempts: Attempt[];
	/** Delivered or given up. */
	ended: boolean;
	/** null: the webhook is gone or switched off. */
	url: string | null;
	secret: Buffer | null;
}

/** One try: the status it was answered with, or why there was none. Never bodies, which may hold anything. */
export interface Attempt {
	at: Instant;
	status: number | null;
	ms: number;
	error: string | null;
}

/** Deliveries by company and id, with their webhooks; answers Deliveries. */
export function readDeliveries(names: readonly { company: string; delivery: string }[]): Statement {
	return {
		name: "read-deliveries",
		sql: `select d.company, d.id, d.webhook, d.event, d.body, d.made_at as "madeAt", d.attempts,
  d.delivered_at is not null or d.given_up_at is not null as ended, w.url, w.secret
from unnest($1::text[], $2::text[]) as t(company, id)
cross join lateral (select * from delivery where company = t.company and id = t.id limit 1) d
left join webhook w on w.company = d.company and w.id = d.webhook and w.active`,
		parameters: [names.map((one) => one.company), names.map((one) => one.delivery)],
	};
}

/** Notes a try, and the end of the matter if it is one. */
export function recordAttempt(
	{ company, id }: Pick<Delivery, "company" | "id">,
	attempt: Attempt,
	ends: "delivered" | "given-up" | null,
): Statement {
	return {
		name: "record-attempt",
		sql: `update delivery set attempts = attempts || $3::jsonb,
  delivered_at = case when $5 = 'delivered' then $4::timestamptz else delivered_at end,
  given_up_at = case when $5 = 'given-up' then $4::timestamptz else given_up_at end
where company = $1 and id = $2`,
		parameters: [company, id, JSON.stringify([attempt]), attempt.at, ends ?? "no"],
	};
}
