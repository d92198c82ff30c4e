import { createHash } from "node:crypto";
import { z } from "zod";
import { type Fault, fault } from "#server/ports/fault.ts";
import type { Message, Notifier, OpenNotifier, SentBox } from "#server/ports/notifier.ts";
import { sendingOnce } from "../sending-once.ts";
import { type WechatAccount, WechatAccountFields, wechatCalls } from "./call.ts";

/** `template`: 模板消息, to whoever follows the account; `subscribed`: 订阅通知, to whoever agreed to that message. */
export type WechatTemplate = {
	id: string;
	kind: "template" | "subscribed";
	/** The template's fields ← blanks of our wording, or `text`, `title`. */
	fields: Record<string, string>;
};

export type WechatSettings = WechatAccount & {
	/** By language, then by wording. */
	templates: Record<string, Record<string, WechatTemplate>>;
};

/** `wechat: { kind: official-account … }` of PORTS_FILE, read into what opens the notifier. */
export const WechatChannel = z
	.strictObject({
		...WechatAccountFields,
		kind: z.literal("official-account"),
		templates: z.record(
			z.string(),
			z.record(
				z.string(),
				z.strictObject({
					id: z.string().min(1),
					kind: z.enum(["template", "subscribed"]).default("template"),
					fields: z.record(z.string(), z.string()),
				}),
			),
		),
	})
	.transform(({ templates, kind: _, ...account }) => ({
		account,
		open: ((clock, box) =>
			wechatServiceMessage({ ...account, templates, clock }, box)) satisfies OpenNotifier,
	}));

/**
 * Sends service messages of a WeChat official account 公众号 to an openid. WeChat sends templates that it has approved.
 * Template messages carry our key as `client_msg_id`, under which WeChat itself sends once within ten minutes.
 */
export function wechatServiceMessage(settings: WechatSettings, box: SentBox): Notifier {
	const call = wechatCalls(settings);
	return sendingOnce("wechat", box, settings.clock, async (message) => {
		const request = requestFor(settings, message);
		if ("ok" in request) return request;
		const answer = await call(request.path, request.body);
		if (!answer.ok) return fault(answer.reason, answer.detail);
		const { msgid } = answer.answer;
		// the number outgrows what JSON's numbers hold exactly only beyond 2^53, which WeChat's don't
		return { ok: true, receipt: `wechat-${msgid === undefined ? keyOf(message) : String(msgid)}` };
	});
}

function requestFor(settings: WechatSettings, message: Message): { path: string; body: object } | Fault {
	if (message.to.kind !== "wechat")
		return fault("unsupported", `WeChat can't reach an address of kind ${message.to.kind}`);
	if (!/^[\w-]{6,64}$/.test(message.to.address)) return fault("refused", "that is no openid");
	const template = settings.templates[message.language]?.[message.wording];
	if (!template)
		return fault("unsupported", `no WeChat template for wording ${message.wording} in ${message.language}`);
	const data = fill(template, message);
	if (typeof data === "string") return fault("misconfigured", data);
	const common = { touser: message.to.address, template_id: template.id, data };
	return template.kind === "template"
		? {
				path: "/cgi-bin/message/template/send",
				body: { ...common, ...(message.link ? { url: message.link } : {}), client_msg_id: keyOf(message) },
			}
		: {
				path: "/cgi-bin/message/subscribe/bizsend",
				body: { ...common, ...(message.link ? { page: message.link } : {}) },
			};
}

/** At most 32 letters. */
function keyOf({ company, idempotencyKey }: Message): string {
	return createHash("sha256")
		.update(JSON.stringify([company, idempotencyKey]))
		.digest("hex")
		.slice(0, 32);
}

/** How long each kind of field may be; its kind is the start of its name. */
const MOST_LETTERS: Readonly<Record<string, number>> = {
	thing: 20,
	number: 32,
	letter: 32,
	symbol: 5,
	character_string: 32,
	phone_number: 17,
	car_number: 8,
	phrase: 5,
	const: 20,
};

function fill(template: WechatTemplate, message: Message): Record<string, { value: string }> | string {
	const { text, title = "" } = message;
	const blanks: Record<string, string> = { ...message.blanks, text, title };
	const filled: Record<string, { value: string }> = {};
	for (const [field, blank] of Object.entries(template.fields)) {
		const value = blanks[blank];
		if (value === undefined)
			return `template ${template.id} wants ${blank}, which ${message.wording} doesn't give`;
		filled[field] = { value: cut(value, MOST_LETTERS[field.replace(/\d+$/, "")]) };
	}
	return filled;
}

function cut(value: string, most: number | undefined): string {
	const letters = [...value.replaceAll(/\s+/g, " ")];
	return most === undefined || letters.length <= most
		? letters.join("")
		: `${letters.slice(0, most - 1).join("")}…`;
}
