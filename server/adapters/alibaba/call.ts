import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, type FaultReason, fault } from "#server/ports/fault.ts";
import { exchange, jsonOf } from "../exchange.ts";
import { type AlibabaKey, signAlibaba } from "./sign.ts";

export type AlibabaAccount = AlibabaKey & {
	/** The product's address, e.g. `https://dysmsapi.aliyuncs.com`. */
	endpoint: string;
	timeoutMs: number;
	clock: Clock;
};

/** The account as PORTS_FILE names it. */
export const AlibabaAccountFields = {
	accessKeyId: z.string().min(1),
	accessKeySecret: z.string().min(1),
	endpoint: z.url(),
	timeoutMs: z.int().min(100).default(10_000),
};

export type AlibabaCall = { action: string; version: string; parameters: Record<string, string> };

/** Every answer carries a code; what else it carries depends on the action. */
const Envelope = z.looseObject({ Code: z.string(), RequestId: z.string().optional() });

export type AlibabaAnswer = z.output<typeof Envelope>;

/**
 * Makes one signed call and answers the body when its `Code` is `OK`.
 * Otherwise a fault that names action, code and request, never parameters: they hold phone numbers. The code is given
 * beside it for the few that a caller treats differently.
 */
export async function callAlibaba(
	account: AlibabaAccount,
	call: AlibabaCall,
): Promise<{ ok: true; answer: AlibabaAnswer } | (Fault & { code?: string })> {
	const url = new URL("/", account.endpoint);
	const date = account.clock().replace(/\.\d+Z$/, "Z");
	const { query, headers } = signAlibaba({ ...call, host: url.host, date, nonce: randomUUID() }, account);
	url.search = query;
	const { host: _, ...sent } = headers; // fetch writes the host itself
	const reply = await exchange({
		method: "POST",
		url,
		headers: { ...sent, accept: "application/json" },
		timeoutMs: account.timeoutMs,
	});
	if (!reply.ok) return reply;
	const answer = Envelope.safeParse(jsonOf(reply.body));
	if (!answer.success) {
		const reason = reply.status >= 500 ? "unreachable" : "unreadable";
		return fault(reason, `${call.action}: status ${reply.status} without a code`);
	}
	const { Code, RequestId = "none" } = answer.data;
	if (reply.status === 200 && Code === "OK") return { ok: true, answer: answer.data };
	return {
		...fault(reasonOf(Code, reply.status), `${call.action}: ${Code} (request ${RequestId})`),
		code: Code,
	};
}

/**
 * Documented codes of the gateway, of SMS (help.aliyun.com/document_detail/101346) and of number protection
 * (document_detail/109196). A code not listed is a refusal, or an outage where the status says so.
 */
const reasons: Readonly<Record<string, FaultReason>> = {
	"isv.BUSINESS_LIMIT_CONTROL": "throttled",
	"isv.DAY_LIMIT_CONTROL": "throttled",
	"isv.MONTH_LIMIT_CONTROL": "throttled",
	"isv.FLOW_LIMIT": "throttled",
	"isv.AMOUNT_NOT_ENOUGH": "out-of-funds",
	"isv.OUT_OF_SERVICE": "out-of-funds",
	"isv.ACCOUNT_ABNORMAL": "out-of-funds",
	"isp.SYSTEM_ERROR": "unreachable",
	"isp.UNKNOWN_ERR_CODE": "unreachable",
	"isp.DAO_EXCEPTION": "unreachable",
	"isp.GATEWAY_ERROR": "unreachable",
	"isp.VENDOR_UNAVAILABLE": "unreachable",
	"isv.VENDOR_BIND_FAILED": "unreachable",
	"isv.NO_AVAILABLE_NUMBER": "full",
	"isv.BIND_CONFLICT": "conflict",
	"isv.SUBS_NOT_EXIST": "not-found",
	"isp.RAM_PERMISSION_DENY": "misconfigured",
	"isv.SMS_TEMPLATE_ILLEGAL": "misconfigured",
	"isv.SMS_SIGNATURE_ILLEGAL": "misconfigured",
	"isv.SMS_SIGN_ILLEGAL": "misconfigured",
	"isv.SIGN_STATE_ILLEGAL": "misconfigured",
	"isv.SMS_SIGNATURE_SCENE_ILLEGAL": "misconfigured",
	"isv.TEMPLATE_MISSING_PARAMETERS": "misconfigured",
	"isv.PRODUCT_UN_SUBSCRIPT": "misconfigured",
	"isv.PRODUCT_UNSUBSCRIBE": "misconfigured",
	"isv.ACCOUNT_NOT_EXISTS": "misconfigured",
	"isv.POOLKEY_NOT_EXISTS": "misconfigured",
	"isv.DENY_IP_RANGE": "misconfigured",
	SignatureDoesNotMatch: "misconfigured",
	SignatureNonceUsed: "unreachable",
	InternalError: "unreachable",
	ServiceUnavailable: "unreachable",
};

const families: readonly (readonly [string, FaultReason])[] = [
	["Throttling", "throttled"],
	["InvalidAccessKeyId", "misconfigured"],
	["InvalidTimeStamp", "misconfigured"],
	["Forbidden", "misconfigured"],
];

function reasonOf(code: string, status: number): FaultReason {
	const family = families.find(([start]) => code.startsWith(start));
	return reasons[code] ?? family?.[1] ?? (status >= 500 ? "unreachable" : "refused");
}
