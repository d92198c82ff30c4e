import { z } from "zod";
import { fault } from "#server/ports/fault.ts";
import type { WechatIdentity } from "#server/ports/identity.ts";
import { exchange, jsonOf } from "../exchange.ts";
import type { WechatAccount } from "./call.ts";

const Answer = z.looseObject({ openid: z.string().optional(), errcode: z.int().optional() });

/** Web authorisation of an official account 网页授权: `sns/oauth2/access_token`, of which only the openid is kept. */
export function wechatIdentity(account: WechatAccount): WechatIdentity {
	return {
		appId: account.appId,
		async openidOf(code) {
			const url = new URL("/sns/oauth2/access_token", account.endpoint);
			url.search = new URLSearchParams({
				appid: account.appId,
				secret: account.appSecret,
				code,
				grant_type: "authorization_code",
			}).toString();
			const reply = await exchange({ method: "GET", url, headers: {}, timeoutMs: account.timeoutMs });
			if (!reply.ok) return reply;
			const answer = Answer.safeParse(jsonOf(reply.body));
			if (!answer.success) return fault("unreadable", `oauth2: status ${reply.status}`);
			const { openid, errcode = 0 } = answer.data;
			if (openid) return { ok: true, openid };
			// 40029 and 40163: no such code, or used before; 41008: none
			const theirs = [40029, 40163, 41008].includes(errcode);
			return fault(
				theirs ? "refused" : errcode === -1 ? "unreachable" : "misconfigured",
				`oauth2: ${errcode}`,
			);
		},
	};
}
