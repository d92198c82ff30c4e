import { z } from "zod";
import { fault } from "#server/ports/fault.ts";
import type { Message, Notifier, OpenNotifier, SendResult, SentBox } from "#server/ports/notifier.ts";
import { sendingOnce } from "../sending-once.ts";
import { type AlibabaAccount, AlibabaAccountFields, callAlibaba } from "./call.ts";

/** An approved template; `variables` maps its variables to blanks of our wording, or to `text`, the whole text. */
export type SmsTemplate = { code: string; variables: Record<string, string> };

export type SmsSettings = AlibabaAccount & {
	/** The approved signature 短信签名 that opens every message. */
	signName: string;
	/** By language, then by wording. */
	templates: Record<string, Record<string, SmsTemplate>>;
};

/** `sms: { kind: alibaba … }` of PORTS_FILE, read into what opens the notifier. */
export const AlibabaSmsChannel = z
	.strictObject({
		...AlibabaAccountFields,
		kind: z.literal("alibaba"),
		signName: z.string().min(1),
		templates: z.record(
			z.string(),
			z.record(
				z.string(),
				z.strictObject({ code: z.string().min(1), variables: z.record(z.string(), z.string()) }),
			),
		),
	})
	.transform(
		(settings): OpenNotifier =>
			(clock, box) =>
				alibabaSms({ ...settings, clock }, box),
	);

const Accepted = z.looseObject({ BizId: z.string().min(1) });

/**
 * Sends through Alibaba Cloud SMS 阿里云短信, action SendSms of 2017-05-25. The provider sends templates it has approved,
 * not free text, so each wording needs one in the settings. It offers no idempotency of its own: the box gives it.
 */
export function alibabaSms(settings: SmsSettings, box: SentBox): Notifier {
	return sendingOnce("alibaba-sms", box, settings.clock, (message) => sendSms(settings, message));
}

async function sendSms(settings: SmsSettings, message: Message): Promise<SendResult> {
	if (message.to.kind !== "sms")
		return fault("unsupported", `SMS can't reach an address of kind ${message.to.kind}`);
	const phone = message.to.address.replaceAll(/[ -]/g, "");
	if (!/^\+?\d{6,20}$/.test(phone)) return fault("refused", "the phone number isn't 6 to 20 digits");
	const template = settings.templates[message.language]?.[message.wording];
	if (template === undefined) {
		return fault("misconfigured", `no SMS template for wording ${message.wording} in ${message.language}`);
	}
	const filled = fill(template, message);
	if (typeof filled === "string") return fault("misconfigured", filled);
	const called = await callAlibaba(settings, {
		action: "SendSms",
		version: "2017-05-25",
		parameters: {
			PhoneNumbers: phone,
			SignName: settings.signName,
			TemplateCode: template.code,
			TemplateParam: JSON.stringify(filled),
			OutId: message.idempotencyKey,
		},
	});
	if (!called.ok) return fault(called.reason, called.detail);
	const accepted = Accepted.safeParse(called.answer);
	return accepted.success
		? { ok: true, receipt: accepted.data.BizId }
		: fault("unreadable", "SendSms: accepted, but without a BizId");
}

function fill(template: SmsTemplate, message: Message): Record<string, string> | string {
	const blanks: Record<string, string> = { ...message.blanks, text: message.text };
	const filled: Record<string, string> = {};
	for (const [variable, blank] of Object.entries(template.variables)) {
		const value = blanks[blank];
		if (value === undefined)
			return `template ${template.code} wants ${blank}, which ${message.wording} doesn't give`;
		filled[variable] = value;
	}
	return filled;
}
