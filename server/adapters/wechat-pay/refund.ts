import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, type FaultReason, fault } from "#server/ports/fault.ts";
import {
	failed,
	neverPaid,
	type Payer,
	type Payment,
	type PaymentResult,
	paymentProblem,
	unknown,
} from "#server/ports/payer.ts";
import { type Answer, exchange, jsonOf } from "../exchange.ts";
import { answerProblem, authorizationOf, type Merchant, type PlatformKeys } from "./sign.ts";

export type WechatPaySettings = {
	/** `https://api.mch.weixin.qq.com`. */
	endpoint: string;
	mchid: string;
	/** Serial number of the merchant's API certificate, and its private key in PEM. */
	serial: string;
	privateKeyPem: string;
	/** WeChat Pay's public key by its id (`PUB_KEY_ID_…`), or its certificates by serial number, in PEM. */
	platformKeysPem: Record<string, string>;
	timeoutMs: number;
	clock: Clock;
};

type Account = { settings: WechatPaySettings; merchant: Merchant; keys: PlatformKeys };

/**
 * Pays by refunding the order that was paid with WeChat Pay (APIv3, POST /v3/refund/domestic/refunds): the money goes
 * back the way it came. The idempotency key becomes `out_refund_no`, under which WeChat Pay refunds once.
 * Throws when a key in the settings isn't PEM.
 */
export function wechatRefund(settings: WechatPaySettings): Payer {
	const { mchid, serial, privateKeyPem, platformKeysPem } = settings;
	const privateKey = pem("the merchant's private key", () => createPrivateKey(privateKeyPem));
	const keys = new Map(
		Object.entries(platformKeysPem).map(([id, text]) => [
			id,
			pem(`platform key ${id}`, () => createPublicKey(text)),
		]),
	);
	const account: Account = { settings, merchant: { mchid, serial, privateKey }, keys };
	return {
		pay: (payment) => pay(account, payment),
		query: (idempotencyKey) => query(account, idempotencyKey),
	};
}

function pem(what: string, read: () => KeyObject): KeyObject {
	try {
		return read();
	} catch {
		throw new Error(`WeChat Pay: ${what} is not a key or certificate in PEM form`);
	}
}

const Order = z.looseObject({
	trade_state: z.string(),
	amount: z.looseObject({ total: z.int(), currency: z.string() }).optional(),
});
const Refund = z.looseObject({
	refund_id: z.string().min(1),
	out_refund_no: z.string(),
	out_trade_no: z.string(),
	status: z.enum(["SUCCESS", "CLOSED", "PROCESSING", "ABNORMAL"]),
	amount: z.looseObject({ refund: z.int(), currency: z.string() }),
});
type Refund = z.output<typeof Refund>;

async function pay(account: Account, payment: Payment): Promise<PaymentResult> {
	const problem = paymentProblem(payment) ?? orderProblem(payment);
	if (problem !== null) return failed(fault("refused", problem));
	if (payment.payee.kind !== "original-order") {
		return failed(fault("unsupported", `a refund goes back to the order, not to ${payment.payee.kind}`));
	}
	// Asked first, so that a "failed" below is true of earlier attempts under this key as well.
	const earlier = await lookUp(account, payment.idempotencyKey);
	if (!earlier.ok) return unknown(earlier);
	if (earlier.refund !== null) return resultFor(earlier.refund, payment);
	const total = await orderTotal(account, payment);
	if (typeof total !== "number") return failed(total);
	const asked = await ask(account, "POST", "/v3/refund/domestic/refunds", {
		out_trade_no: payment.payee.account,
		out_refund_no: refundNumber(payment.idempotencyKey),
		reason: cut(payment.reference, 80),
		amount: { refund: payment.amount, total, currency: payment.currency },
	});
	if (!asked.ok) return asked.heard ? failed(asked) : unknown(asked);
	const refund = Refund.safeParse(asked.body);
	return refund.success ? resultFor(refund.data, payment) : unknown(undocumented);
}

async function query(account: Account, idempotencyKey: string): Promise<PaymentResult> {
	const found = await lookUp(account, idempotencyKey);
	if (!found.ok) return unknown(found);
	return found.refund === null
		? neverPaid("WeChat Pay has no refund under this key")
		: resultOf(found.refund);
}

const undocumented = fault("unreadable", "refund: the answer isn't as documented");

async function lookUp(
	account: Account,
	idempotencyKey: string,
): Promise<{ ok: true; refund: Refund | null } | Fault> {
	const asked = await ask(account, "GET", `/v3/refund/domestic/refunds/${refundNumber(idempotencyKey)}`);
	if (!asked.ok) return asked.reason === "not-found" ? { ok: true, refund: null } : asked;
	const refund = Refund.safeParse(asked.body);
	return refund.success ? { ok: true, refund: refund.data } : undocumented;
}

function resultFor(refund: Refund, { amount, payee }: Payment): PaymentResult {
	if (refund.amount.refund === amount && refund.out_trade_no === payee.account) return resultOf(refund);
	return failed(fault("conflict", "this key was used for another amount or order"));
}

function resultOf({ status, refund_id }: Refund): PaymentResult {
	if (status === "SUCCESS") return { state: "done", receipt: refund_id, retry: false };
	if (status === "PROCESSING") return { state: "pending", receipt: refund_id, retry: true };
	if (status === "CLOSED") return failed(fault("refused", `refund ${refund_id} was closed by WeChat Pay`));
	return failed(
		fault("payee-unavailable", `refund ${refund_id} could not reach the payer's account: pay another way`),
	);
}

function orderProblem({ currency, payee }: Payment): string | null {
	if (payee.kind === "original-order" && !/^[\w|*-]{6,32}$/.test(payee.account))
		return "payee.account: not a merchant's order number";
	if (currency !== "CNY") return "currency: domestic refunds are in CNY";
	return null;
}

/** A refund must name the order's total, which WeChat Pay itself knows best. */
async function orderTotal(account: Account, { payee, amount }: Payment): Promise<number | Fault> {
	const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(payee.account)}`;
	const asked = await ask(account, "GET", `${path}?mchid=${account.merchant.mchid}`);
	if (!asked.ok) return asked;
	const order = Order.safeParse(asked.body);
	if (!order.success) return fault("unreadable", "order: the answer isn't as documented");
	const { trade_state, amount: paid } = order.data;
	if (paid === undefined || (trade_state !== "SUCCESS" && trade_state !== "REFUND")) {
		return fault("refused", `the order was not paid (${trade_state})`);
	}
	if (amount > paid.total)
		return fault("refused", `the order was ${paid.total}, less than the refund of ${amount}`);
	return paid.total;
}

/** Numbers may hold digits, letters and `_-|*@`, up to 64; any other key is put into that form by its sha256. */
function refundNumber(idempotencyKey: string): string {
	if (/^[\w|*@-]{1,63}$/.test(idempotencyKey)) return idempotencyKey;
	return createHash("sha256").update(idempotencyKey).digest("hex");
}

/** Cut to so many bytes of UTF-8, between characters. */
function cut(text: string, bytes: number): string {
	let kept = "";
	for (const char of text) {
		if (Buffer.byteLength(kept + char) > bytes) break;
		kept += char;
	}
	return kept;
}

/** `heard`: WeChat Pay said no, so nothing was done; otherwise nobody knows. */
type NotAsked = Fault & { heard: boolean };

async function ask(
	{ settings, merchant, keys }: Account,
	method: "GET" | "POST",
	target: string,
	content?: object,
): Promise<{ ok: true; body: unknown } | NotAsked> {
	const seconds = () => Math.floor(Date.parse(settings.clock()) / 1000);
	const body = content === undefined ? "" : JSON.stringify(content);
	const request = { method, target, body, timestamp: seconds(), nonce: randomUUID().replaceAll("-", "") };
	const [preferredKey] = keys.keys();
	const answer = await exchange({
		method,
		url: new URL(target, settings.endpoint),
		headers: {
			accept: "application/json",
			"user-agent": "redress",
			authorization: authorizationOf(request, merchant),
			...(preferredKey === undefined ? {} : { "wechatpay-serial": preferredKey }),
			...(content === undefined ? {} : { "content-type": "application/json" }),
		},
		...(content === undefined ? {} : { body }),
		timeoutMs: settings.timeoutMs,
	});
	if (!answer.ok) return { ...answer, heard: false };
	if (answer.status >= 300) return refusalOf(answer);
	const problem = answerProblem(answer, keys, seconds());
	if (problem !== null) return { ...fault("unreadable", problem), heard: false };
	return { ok: true, body: jsonOf(answer.body) };
}

/** Codes of the refund interface (pay.weixin.qq.com/doc/v3/merchant/4012552567). */
const reasons: Readonly<Record<string, FaultReason>> = {
	USER_ACCOUNT_ABNORMAL: "payee-unavailable",
	NOT_ENOUGH: "out-of-funds",
	FREQUENCY_LIMITED: "throttled",
	RESOURCE_NOT_EXISTS: "not-found",
	ORDER_NOT_EXIST: "not-found",
	PARAM_ERROR: "refused",
	INVALID_REQUEST: "refused",
	MCH_NOT_EXISTS: "misconfigured",
	SIGN_ERROR: "misconfigured",
	NO_AUTH: "misconfigured",
};

function refusalOf({ status, body }: Answer): NotAsked {
	const code = z.looseObject({ code: z.string() }).safeParse(jsonOf(body)).data?.code ?? "without a code";
	const reason =
		status === 429 ? "throttled" : (reasons[code] ?? (status >= 500 ? "unreachable" : "refused"));
	return { ...fault(reason, `WeChat Pay answered ${status} ${code}`), heard: reason !== "unreachable" };
}
