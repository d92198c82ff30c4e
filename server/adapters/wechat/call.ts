import { z } from "zod";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, type FaultReason, fault } from "#server/ports/fault.ts";
import { exchange, jsonOf } from "../exchange.ts";

export type WechatAccount = {
	/** `https://api.weixin.qq.com`. */
	endpoint: string;
	appId: string;
	appSecret: string;
	timeoutMs: number;
	clock: Clock;
};

/** The account as PORTS_FILE names it. */
export const WechatAccountFields = {
	endpoint: z.url().default("https://api.weixin.qq.com"),
	appId: z.string().min(1),
	appSecret: z.string().min(1),
	timeoutMs: z.int().min(100).default(10_000),
};

const Envelope = z.looseObject({ errcode: z.int().default(0), errmsg: z.string().optional() });
type Answer = z.output<typeof Envelope>;
const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.int().positive() });

/** A fault with WeChat's own code, for the few that are treated differently. */
type CodedFault = Fault & { code?: number };

/** Asked for anew so long before it runs out. */
const EARLY_MS = 300_000;
/** WeChat's words for a token that is no longer good. */
const STALE: readonly number[] = [40001, 40014, 42001];

/** Calls of one official account 公众号, its access token kept and renewed. */
export function wechatCalls(account: WechatAccount) {
	let kept: { token: string; until: number } | null = null;
	let asking: Promise<{ ok: true; token: string } | CodedFault> | null = null;

	async function ask(force: boolean): Promise<{ ok: true; token: string } | CodedFault> {
		const answer = await request(account, "/cgi-bin/stable_token", {
			grant_type: "client_credential",
			appid: account.appId,
			secret: account.appSecret,
			force_refresh: force,
		});
		if (!answer.ok) return answer;
		const token = Token.safeParse(answer.answer);
		if (!token.success) return fault("unreadable", "stable_token: no token in the answer");
		const { access_token, expires_in } = token.data;
		kept = { token: access_token, until: Date.parse(account.clock()) + expires_in * 1000 - EARLY_MS };
		return { ok: true, token: access_token };
	}

	/** Many messages at once ask for one token. */
	function token(force = false): Promise<{ ok: true; token: string } | CodedFault> {
		if (!force && kept && kept.until > Date.parse(account.clock()))
			return Promise.resolve({ ok: true, token: kept.token });
		asking ??= ask(force).finally(() => {
			asking = null;
		});
		return asking;
	}

	/** Posts with the token; one that has become stale is renewed once. */
	return async (path: string, body: object): Promise<{ ok: true; answer: Answer } | CodedFault> => {
		const first = await token();
		if (!first.ok) return first;
		const answer = await request(account, path, body, first.token);
		if (answer.ok || !STALE.includes(answer.code ?? 0)) return answer;
		// somebody else may have renewed it meanwhile
		const second = await token(kept?.token === first.token);
		return second.ok ? await request(account, path, body, second.token) : second;
	};
}

async function request(
	account: WechatAccount,
	path: string,
	body: object,
	token?: string,
): Promise<{ ok: true; answer: Answer } | CodedFault> {
	const url = new URL(path, account.endpoint);
	if (token !== undefined) url.searchParams.set("access_token", token);
	const reply = await exchange({
		method: "POST",
		url,
		headers: { "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify(body),
		timeoutMs: account.timeoutMs,
	});
	if (!reply.ok) return reply;
	const name = path.slice(path.lastIndexOf("/") + 1);
	const answer = Envelope.safeParse(jsonOf(reply.body));
	if (reply.status !== 200 || !answer.success)
		return fault(reply.status >= 500 ? "unreachable" : "unreadable", `${path}: status ${reply.status}`);
	const { errcode } = answer.data;
	if (errcode === 0) return { ok: true, answer: answer.data };
	// errmsg may repeat what was sent
	return { ...fault(reasons[errcode] ?? "refused", `WeChat ${name}: ${errcode}`), code: errcode };
}

/** Return codes documented for the official account's server interface 全局返回码 and for the two ways of sending. */
const reasons: Readonly<Record<number, FaultReason>> = {
	[-1]: "unreachable", // busy, try again
	40001: "misconfigured", // secret or token wrong
	40003: "not-found", // not an openid of this account
	40013: "misconfigured", // appid
	40014: "misconfigured",
	40037: "misconfigured", // template id
	40125: "misconfigured", // secret
	40164: "misconfigured", // our address isn't on the account's list
	41001: "misconfigured",
	41030: "misconfigured", // page
	42001: "misconfigured",
	43004: "not-found", // doesn't follow the account
	43101: "refused", // has not agreed to this message, or no longer does
	43107: "misconfigured", // the account may not send these messages
	43116: "misconfigured", // template was taken back
	45009: "throttled", // the day's calls are used up
	45011: "throttled",
	47003: "misconfigured", // a blank doesn't fit the template
	48001: "misconfigured", // no right to this interface
	48004: "misconfigured",
	50001: "misconfigured",
	50002: "misconfigured", // account limited
};
