import { type KeyObject, sign, verify } from "node:crypto";
import { type Reply, type Seen, type StandIn, standIn } from "./listen.ts";

type RefundOnRecord = {
	refund_id: string;
	out_trade_no: string;
	out_refund_no: string;
	status: string;
	refund: number;
};

export type WechatPayStandIn = StandIn & {
	/** Orders paid, by the merchant's number, with their total in fen. */
	orders: Map<string, number>;
	refunds: Map<string, RefundOnRecord>;
	/** Set to have the next refund asked for answered with this code. */
	trouble: { code: string; status: number } | null;
	/** Set to have the next refund carried out, but its answer lost or tampered with. */
	nextAnswer: "as it should be" | "lost" | "unsigned" | "altered" | "old" | "other key";
	/** The status that refunds reach when they are asked about. */
	outcome: "SUCCESS" | "ABNORMAL" | "CLOSED";
	close(): Promise<void>;
};

export type WechatPayKeys = {
	mchid: string;
	merchantSerial: string;
	merchantPublicKey: KeyObject;
	platformSerial: string;
	platformPrivateKey: KeyObject;
};

/**
 * Speaks the order query, refund and refund query of WeChat Pay APIv3: checks the RSA signature of every request and
 * signs its answers. Orders whose number contains `fail-once` are refused once for lack of funds.
 */
export async function wechatPayStandIn(keys: WechatPayKeys, now: () => string): Promise<WechatPayStandIn> {
	const state: Omit<WechatPayStandIn, keyof StandIn> = {
		orders: new Map(),
		refunds: new Map(),
		trouble: null,
		nextAnswer: "as it should be",
		outcome: "SUCCESS",
	};
	const failedOnce = new Set<string>();
	const server = await standIn((seen) => {
		if (!isSigned(seen, keys)) return signed(refusal(401, "SIGN_ERROR"), keys, now(), "as it should be");
		if (seen.method === "GET")
			return signed(look(seen.url, state, keys.mchid), keys, now(), "as it should be");
		const { nextAnswer } = state;
		state.nextAnswer = "as it should be";
		const reply = refund(JSON.parse(seen.body), state, failedOnce);
		return nextAnswer === "lost" ? "never" : signed(reply, keys, now(), nextAnswer);
	});
	return Object.assign(state, server);
}

function isSigned({ method, url, headers, body }: Seen, keys: WechatPayKeys): boolean {
	const [scheme, list = ""] = (headers.authorization ?? "").split(" ");
	const parts = Object.fromEntries(
		[...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
	);
	if (scheme !== "WECHATPAY2-SHA256-RSA2048" || parts.mchid !== keys.mchid) return false;
	if (parts.serial_no !== keys.merchantSerial) return false;
	const lines = [method, url.pathname + url.search, parts.timestamp, parts.nonce_str, body, ""];
	return verify(
		"sha256",
		Buffer.from(lines.join("\n")),
		keys.merchantPublicKey,
		Buffer.from(parts.signature ?? "", "base64"),
	);
}

function refusal(status: number, code: string): Reply {
	return { status, body: JSON.stringify({ code, message: code }) };
}

function look(url: URL, state: Omit<WechatPayStandIn, keyof StandIn>, mchid: string): Reply {
	const [, kind, number = ""] =
		/^\/v3\/(pay\/transactions\/out-trade-no|refund\/domestic\/refunds)\/(.+)$/.exec(url.pathname) ?? [];
	if (kind === "pay/transactions/out-trade-no") {
		const total = state.orders.get(decodeURIComponent(number));
		if (url.searchParams.get("mchid") !== mchid) return refusal(400, "PARAM_ERROR");
		if (total === undefined) return refusal(404, "ORDER_NOT_EXIST");
		const unpaid = number.startsWith("unpaid") ? { trade_state: "NOTPAY" } : { trade_state: "SUCCESS" };
		return {
			status: 200,
			body: JSON.stringify({ out_trade_no: number, ...unpaid, amount: { total, currency: "CNY" } }),
		};
	}
	const found = state.refunds.get(number);
	if (found === undefined) return refusal(404, "RESOURCE_NOT_EXISTS");
	found.status = state.outcome;
	return { status: 200, body: show(found) };
}

function show({ refund, ...rest }: RefundOnRecord): string {
	return JSON.stringify({ ...rest, channel: "ORIGINAL", amount: { refund, total: refund, currency: "CNY" } });
}

type Asked = {
	out_trade_no: string;
	out_refund_no: string;
	reason: string;
	amount: { refund: number; total: number };
};

function refund(asked: Asked, state: Omit<WechatPayStandIn, keyof StandIn>, failedOnce: Set<string>): Reply {
	const { trouble } = state;
	state.trouble = null;
	if (trouble !== null) return refusal(trouble.status, trouble.code);
	if (!/^[\w|*@-]{1,64}$/.test(asked.out_refund_no) || Buffer.byteLength(asked.reason) > 80)
		return refusal(400, "PARAM_ERROR");
	const earlier = state.refunds.get(asked.out_refund_no);
	if (earlier !== undefined) {
		return earlier.refund === asked.amount.refund
			? { status: 200, body: show(earlier) }
			: refusal(400, "INVALID_REQUEST");
	}
	if (asked.amount.total !== state.orders.get(asked.out_trade_no)) return refusal(400, "INVALID_REQUEST");
	if (asked.out_trade_no.includes("fail-once") && !failedOnce.has(asked.out_trade_no)) {
		failedOnce.add(asked.out_trade_no);
		return refusal(403, "NOT_ENOUGH");
	}
	const record = {
		refund_id: `5030000${state.refunds.size + 1}`,
		out_trade_no: asked.out_trade_no,
		out_refund_no: asked.out_refund_no,
		status: "PROCESSING",
		refund: asked.amount.refund,
	};
	state.refunds.set(asked.out_refund_no, record);
	return { status: 200, body: show(record) };
}

function signed(reply: Reply, keys: WechatPayKeys, now: string, how: WechatPayStandIn["nextAnswer"]): Reply {
	if (how === "unsigned") return reply;
	const timestamp = Math.floor(Date.parse(now) / 1000) - (how === "old" ? 301 : 0);
	const nonce = "c5ac7061fccab6bf3e254dcf98995b8c";
	const text = Buffer.from(`${timestamp}\n${nonce}\n${reply.body}\n`);
	const headers = {
		"Wechatpay-Timestamp": String(timestamp),
		"Wechatpay-Nonce": nonce,
		"Wechatpay-Serial": how === "other key" ? "unknown" : keys.platformSerial,
		"Wechatpay-Signature": sign("sha256", text, keys.platformPrivateKey).toString("base64"),
	};
	const body = how === "altered" ? reply.body.replace("PROCESSING", "SUCCESS") : reply.body;
	return { ...reply, body, headers };
}
