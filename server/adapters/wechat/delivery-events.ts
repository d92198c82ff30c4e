import { createHash } from "node:crypto";
import { z } from "zod";
import { fault } from "#server/ports/fault.ts";
import type { Delivery, Teller, Thanks, Told } from "#server/ports/receipts.ts";
import { sameSecret } from "../same-secret.ts";

/** `wechat.events` of PORTS_FILE: the token of the account's server settings 服务器配置. */
export const WechatEvents = z.strictObject({ token: z.string().min(3).max(32) });

/**
 * What became of template messages: the event TEMPLATESENDJOBFINISH, which WeChat pushes as XML to the address in the
 * account's server settings, in plain mode 明文模式. Every request is signed: sha1 over token, timestamp and nonce.
 */
export function wechatDeliveries({ token }: z.output<typeof WechatEvents>): Teller<Delivery> {
	const isWechat = (query: Told["query"]) => {
		const { signature, timestamp, nonce } = query;
		if (typeof timestamp !== "string" || typeof nonce !== "string") return false;
		const signed = createHash("sha1").update([token, timestamp, nonce].sort().join("")).digest("hex");
		return sameSecret(signature, signed);
	};
	return {
		greet({ query }) {
			const { echostr } = query;
			return isWechat(query) && typeof echostr === "string" ? { type: "text/plain", body: echostr } : null;
		},
		read({ query, body }) {
			if (!isWechat(query)) return fault("misconfigured", "not signed by WeChat");
			if (typeof body !== "string") return fault("unreadable", "WeChat tells in XML");
			return { ok: true, told: deliveriesIn(body), thanks };
		},
	};
}

const thanks: Thanks = { type: "text/plain", body: "success" };

/** Other events (somebody follows, writes, taps) are thanked for and left alone. */
function deliveriesIn(xml: string): Delivery[] {
	const field = (name: string) =>
		new RegExp(`<${name}>(?:<!\\[CDATA\\[([^\\]<]{0,200})\\]\\]>|([^<]{0,200}))</${name}>`).exec(xml);
	const text = (name: string) => {
		const found = field(name);
		return found?.[1] ?? found?.[2] ?? null;
	};
	const msgid = text("MsgID");
	if (text("Event") !== "TEMPLATESENDJOBFINISH" || msgid === null) return [];
	const status = text("Status") ?? "";
	const seconds = Number(text("CreateTime"));
	return [
		{
			receipt: `wechat-${msgid}`,
			delivered: status === "success",
			why: status === "success" ? null : status.slice(0, 60),
			at: Number.isSafeInteger(seconds) && seconds > 0 ? new Date(seconds * 1000).toISOString() : null,
		},
	];
}
