import type { Statement } from "./database/session.ts";
import { type DueRow, insertDue } from "./due.ts";

/** Webhooks as their administrator keeps them, and the log of what was delivered. */
export interface WebhookRow {
	id: string;
	url: string;
	events: string[];
	active: boolean;
	madeAt: string;
}

const COLUMNS = 'id, url, events, active, made_at as "madeAt"';

/** Answers WebhookRows; of one, or of all with `id` null. The secret is never read back. */
export function readWebhooks(company: string, id: string | null): Statement {
	return {
		name: "read-webhooks",
		sql: `select ${COLUMNS} from webhook where company = $1 and ($2::text is null or id = $2) order by made_at, id`,
		parameters: [company, id],
	};
}

/** @param secret what deliveries are signed with: the bytes of the text that the receiver was given */
export function insertWebhook(company: string, row: WebhookRow, secret: Buffer): Statement {
	return {
		name: "insert-webhook",
		sql: "insert into webhook (company, id, url, secret, events, active, made_at) values ($1, $2, $3, $4, $5, $6, $7)",
		parameters: [company, row.id, row.url, secret, row.events, row.active, row.madeAt],
	};
}

/** Changes what is given; answers the WebhookRow, or nothing when there is none. */
export function updateWebhook(
	company: string,
	id: string,
	change: { url?: string | undefined; events?: string[] | undefined; active?: boolean | undefined },
): Statement {
	return {
		name: "update-webhook",
		sql: `update webhook set url = coalesce($3, url), events = coalesce($4, events), active = coalesce($5, active)
where company = $1 and id = $2 returning ${COLUMNS}`,
		parameters: [company, id, change.url ?? null, change.events ?? null, change.active ?? null],
	};
}

/** A webhook and what was still to be delivered to it; the log goes with it. */
export function deleteWebhook(company: string, id: string): Statement[] {
	const parameters = [company, id];
	return [
		{
			name: "delete-webhook-due",
			sql: `delete from due using delivery d where due.company = $1 and d.company = $1 and d.webhook = $2
  and due.stream = d.stream and due.kind = 'delivery' and due.key = d.id`,
			parameters,
		},
		{
			name: "delete-deliveries",
			sql: "delete from delivery where company = $1 and webhook = $2",
			parameters,
		},
		{
			name: "delete-webhook",
			sql: "delete from webhook where company = $1 and id = $2 returning id",
			parameters,
		},
	];
}

/** One delivery in the log. */
export interface DeliveryRow {
	id: string;
	event: string;
	stream: string;
	body: Record<string, unknown>;
	madeAt: string;
	attempts: unknown[];
	deliveredAt: string | null;
	givenUpAt: string | null;
}

/** A webhook's deliveries, the latest first; answers DeliveryRows. */
export function readDeliveryLog(
	company: string,
	webhook: string,
	after: { madeAt: string; id: string } | null,
	most: number,
): Statement {
	const beyond = after ? " and (made_at, id) < ($4::timestamptz, $5)" : "";
	return {
		sql: `select id, event, stream, body, made_at as "madeAt", attempts, delivered_at as "deliveredAt", given_up_at as "givenUpAt"
from delivery where company = $1 and webhook = $2${beyond} order by made_at desc, id desc limit $3`,
		parameters: [company, webhook, most, ...(after ? [after.madeAt, after.id] : [])],
	};
}

/** Something to be delivered at once: a ping has no case. */
export function insertDelivery(
	company: string,
	delivery: { id: string; webhook: string; event: string; body: Record<string, unknown> },
	now: string,
	dueId: string,
): Statement[] {
	const { id, webhook, event, body } = delivery;
	return [
		{
			name: "insert-delivery",
			sql: "insert into delivery (company, id, webhook, event, stream, body, made_at) values ($1, $2, $3, $4, $3, $5::jsonb, $6)",
			parameters: [company, id, webhook, event, JSON.stringify(body), now],
		},
		...insertDue([dueDelivery(company, id, webhook, now, dueId)]),
	];
}

/** Opens a delivery again; answers rows of its `stream`, or nothing when there is none. */
export function reopenDelivery(company: string, webhook: string, id: string): Statement {
	return {
		name: "reopen-delivery",
		sql: `update delivery set delivered_at = null, given_up_at = null where company = $1 and webhook = $2 and id = $3 returning stream`,
		parameters: [company, webhook, id],
	};
}

export function dueDelivery(company: string, id: string, stream: string, at: string, dueId: string): DueRow {
	return { company, id: dueId, stream, kind: "delivery", key: id, at, payload: { delivery: id } };
}
