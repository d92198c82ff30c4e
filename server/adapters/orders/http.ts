import { createHmac } from "node:crypto";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
import {
	type FindOrder,
	type OrderBook,
	OrderRecord,
	type OrdersOfPhone,
	problemsOf,
} from "#server/ports/order-book.ts";
import { type Answer, exchange, jsonOf } from "../exchange.ts";

export type OrderBookSettings = {
	/** Address with `{number}` and, where one address serves several companies, `{company}`. */
	url: string;
	/** Address with `{phone}` that answers a JSON list of orders, the latest first; without it nobody is found by phone. */
	phoneUrl?: string | undefined;
	/** bearer: `Authorization: Bearer <token>`. hmac: see `hmacHeaders`. */
	credential: { kind: "bearer"; token: string } | { kind: "hmac"; keyId: string; secret: string };
	timeoutMs: number;
	clock: Clock;
};

/**
 * Asks the company's own order system: GET of an address made from a template. 200 with an order as JSON is a find,
 * 404 or 410 is none. A failure that may pass is tried once more at once. Throws when the template is no address.
 */
export function httpOrders(settings: OrderBookSettings): OrderBook {
	addressOf(settings.url, "number", "company", "number");
	if (settings.phoneUrl !== undefined) addressOf(settings.phoneUrl, "phone", "company", "1");
	return {
		async find(company, number) {
			if (climbs(company) || climbs(number)) return { ok: true, order: null };
			const url = addressOf(settings.url, "number", company, number);
			return twice(async () => {
				const answer = await ask(settings, url);
				return answer.ok ? read(answer, url, number) : answer;
			});
		},
		async ofPhone(company, phone, most) {
			if (settings.phoneUrl === undefined || climbs(company) || climbs(phone))
				return { ok: true, orders: [] };
			const url = addressOf(settings.phoneUrl, "phone", company, phone);
			return twice(async () => {
				const answer = await ask(settings, url);
				return answer.ok ? readAll(answer, url, most) : answer;
			});
		},
	};
}

/** A failure that may pass is tried once more at once. */
async function twice<T extends { ok: true }>(attempt: () => Promise<T | Fault>): Promise<T | Fault> {
	const first = await attempt();
	return first.ok || !first.retry ? first : attempt();
}

function addressOf(template: string, blank: "number" | "phone", company: string, value: string): URL {
	const filled = template
		.replaceAll("{company}", () => encodeURIComponent(company))
		.replaceAll(`{${blank}}`, () => encodeURIComponent(value));
	const url = URL.canParse(filled) ? new URL(filled) : null;
	if (
		url === null ||
		!/^https?:$/.test(url.protocol) ||
		url.username !== "" ||
		!template.includes(`{${blank}}`)
	) {
		throw new Error(`order book: the URL must be http or https, without a password, and contain {${blank}}`);
	}
	return url;
}

/** Parts of a path that climb however they are encoded (WHATWG URL, "double-dot URL path segment"). */
const climbs = (text: string) => text === "." || text === "..";

function ask(settings: OrderBookSettings, url: URL): ReturnType<typeof exchange> {
	const headers = { accept: "application/json", ...credentialHeaders(settings, url) };
	return exchange({ method: "GET", url, headers, timeoutMs: settings.timeoutMs });
}

function read({ status, body }: Answer, url: URL, number: string): FindOrder {
	if (status === 404 || status === 410) return { ok: true, order: null };
	if (status !== 200) return statusFault(status, url);
	const order = OrderRecord.safeParse(jsonOf(body));
	if (!order.success)
		return fault("unreadable", `${url.host} sent no order as agreed: ${problemsOf(order.error)}`);
	if (order.data.number !== number)
		return fault("unreadable", `${url.host} sent another order than the one asked for`);
	return { ok: true, order: order.data };
}

/** Orders that aren't as agreed are left out: the caller's others are still worth knowing. */
function readAll({ status, body }: Answer, url: URL, most: number): OrdersOfPhone {
	if (status === 404 || status === 410) return { ok: true, orders: [] };
	if (status !== 200) return statusFault(status, url);
	const list = jsonOf(body);
	if (!Array.isArray(list)) return fault("unreadable", `${url.host} sent no list of orders`);
	const orders = list.flatMap((one: unknown) => OrderRecord.safeParse(one).data ?? []);
	return { ok: true, orders: orders.slice(0, most) };
}

function statusFault(status: number, url: URL): Fault {
	const detail = `${url.host} answered ${status}`;
	if (status === 429) return fault("throttled", detail);
	if (status >= 500) return fault("unreachable", detail);
	if (status === 401 || status === 403) return fault("misconfigured", `${detail}: check the credential`);
	if (status >= 300 && status < 400) return fault("misconfigured", `${detail}: redirects are not followed`);
	return fault("refused", detail);
}

function credentialHeaders({ credential, clock }: OrderBookSettings, url: URL): Record<string, string> {
	if (credential.kind === "bearer") return { authorization: `Bearer ${credential.token}` };
	return hmacHeaders(credential, `${url.pathname}${url.search}`, clock());
}

/**
 * What an order system checks when it is asked with a shared secret: `x-redress-signature` is the lower-case hex of
 * HMAC-SHA256 over `GET`, the path with its query, and `x-redress-date`, one per line without a last line end.
 */
export function hmacHeaders(
	{ keyId, secret }: { keyId: string; secret: string },
	target: string,
	date: string,
): Record<string, string> {
	const signature = createHmac("sha256", secret).update(`GET\n${target}\n${date}`).digest("hex");
	return { "x-redress-key": keyId, "x-redress-date": date, "x-redress-signature": signature };
}
