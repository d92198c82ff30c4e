import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { AlibabaAccountFields } from "./adapters/alibaba/call.ts";
import { alibabaCallReports } from "./adapters/alibaba/call-reports.ts";
import { alibabaMaskedLine } from "./adapters/alibaba/masked-line.ts";
import { AlibabaSmsChannel } from "./adapters/alibaba/sms.ts";
import { alibabaSmsReports } from "./adapters/alibaba/sms-reports.ts";
import { ToldKey } from "./adapters/alibaba/told.ts";
import { byChannel } from "./adapters/channels.ts";
import { httpOrders } from "./adapters/orders/http.ts";
import { SmtpChannel } from "./adapters/smtp/email.ts";
import { WebPushChannel } from "./adapters/web-push/push.ts";
import { WechatEvents, wechatDeliveries } from "./adapters/wechat/delivery-events.ts";
import { wechatIdentity } from "./adapters/wechat/identity.ts";
import { WechatChannel } from "./adapters/wechat/service-message.ts";
import { wechatRefund } from "./adapters/wechat-pay/refund.ts";
import type { Ports } from "./jobs/ports.ts";
import type { Clock } from "./ports/clock.ts";
import { CHANNEL_KINDS, type ChannelKind, type Notifier, type SentBox } from "./ports/notifier.ts";
import { AdviceError } from "./store/database/advice.ts";

/** The ways of sending: one line each, which brings its settings and opens its notifier. */
const SmsChannel = z.discriminatedUnion("kind", [AlibabaSmsChannel]);
const EmailChannel = z.discriminatedUnion("kind", [SmtpChannel]);
const WechatAccounts = z.discriminatedUnion("kind", [WechatChannel]);
const PushChannel = z.discriminatedUnion("kind", [WebPushChannel]);

/**
 * PORTS_FILE: which real services stand behind the ports; what it leaves out stays pretended. `${NAME}` in a text is
 * taken from the environment, so that no secret need stand in the file.
 */
export const PortsFile = z.strictObject({
	sms: SmsChannel.optional(),
	email: EmailChannel.optional(),
	wechat: WechatAccounts.optional(),
	push: PushChannel.optional(),
	/** Who may tell what became of messages and calls, and how each is known. */
	told: z
		.strictObject({
			sms: z.strictObject({ kind: z.literal("alibaba"), key: ToldKey }).optional(),
			wechat: WechatEvents.optional(),
			calls: z.strictObject({ kind: z.literal("alibaba"), key: ToldKey }).optional(),
		})
		.default({}),
	payer: z
		.strictObject({
			kind: z.literal("wechat-refund"),
			endpoint: z.url().default("https://api.mch.weixin.qq.com"),
			mchid: z.string().min(1),
			serial: z.string().min(1),
			privateKeyPem: z.string().min(1),
			platformKeysPem: z.record(z.string(), z.string()),
			timeoutMs: z.int().min(100).default(15_000),
		})
		.optional(),
	caller: z
		.strictObject({
			...AlibabaAccountFields,
			kind: z.literal("alibaba"),
			poolKey: z.string().min(1),
			recorded: z.boolean(),
		})
		.optional(),
	orders: z
		.strictObject({
			kind: z.literal("http"),
			url: z.string().min(1),
			phoneUrl: z.string().min(1).optional(),
			credential: z.discriminatedUnion("kind", [
				z.strictObject({ kind: z.literal("bearer"), token: z.string().min(1) }),
				z.strictObject({ kind: z.literal("hmac"), keyId: z.string().min(1), secret: z.string().min(1) }),
			]),
			timeoutMs: z.int().min(100).default(5_000),
		})
		.optional(),
});
export type PortsFile = z.output<typeof PortsFile>;

/** @throws AdviceError saying which line of the file, or which variable, is wrong. */
export async function readPortsFile(path: string, env: NodeJS.ProcessEnv): Promise<PortsFile> {
	const text = await readFile(path, "utf8").catch((error: Error) => {
		throw new AdviceError(
			`PORTS_FILE is "${path}", which can't be read (${error.message}): set the path of a file.`,
		);
	});
	const filled = text.replaceAll(/\$\{([A-Z0-9_]+)\}/g, (_, name: string) => {
		const value = env[name];
		if (value === undefined)
			throw new AdviceError(`PORTS_FILE names \${${name}}: set ${name} in the environment.`);
		// as YAML text, so that a key of several lines stays whole
		return JSON.stringify(value).slice(1, -1);
	});
	const parsed = PortsFile.safeParse(parse(filled) ?? {});
	if (parsed.success) return parsed.data;
	const problems = parsed.error.issues.map((one) => `  ${one.path.join(".")}: ${one.message}`);
	throw new AdviceError(`PORTS_FILE is not in order:\n${problems.join("\n")}`);
}

/** The real services that the file names in place of the pretended ones. */
export function portsFrom(file: PortsFile, pretend: Ports, clock: Clock, box: SentBox): Ports {
	const notifiers: Partial<Record<ChannelKind, Notifier>> = {
		...(file.sms ? { sms: file.sms(clock, box) } : {}),
		...(file.wechat ? { wechat: file.wechat.open(clock, box) } : {}),
		...(file.email ? { email: file.email(clock, box) } : {}),
		...(file.push ? { push: file.push.open(clock, box) } : {}),
	};
	const channels = CHANNEL_KINDS.filter((one) => notifiers[one]);
	return {
		...pretend,
		// with one real way the others are none: nobody is to believe that they were told
		...(channels.length > 0 ? { notifier: byChannel(notifiers), channels, pushKey: null } : {}),
		...(file.push ? { pushKey: file.push.publicKey } : {}),
		...(file.wechat ? { wechat: wechatIdentity({ ...file.wechat.account, clock }) } : {}),
		...(file.payer ? { payer: wechatRefund({ ...file.payer, clock }) } : {}),
		...(file.caller ? { caller: alibabaMaskedLine({ ...file.caller, clock }) } : {}),
		...(file.orders ? { orders: httpOrders({ ...file.orders, clock }) } : {}),
		tellers: tellersFrom(file),
	};
}

/** @throws AdviceError where calls are told of over lines that nobody lends. */
function tellersFrom({ told, caller }: PortsFile): Ports["tellers"] {
	if (told.calls && !caller)
		throw new AdviceError("PORTS_FILE: told.calls needs caller, whose pool of numbers it is about.");
	return {
		...(told.sms ? { sms: alibabaSmsReports(told.sms.key) } : {}),
		...(told.wechat ? { wechat: wechatDeliveries(told.wechat) } : {}),
		...(told.calls && caller
			? { calls: alibabaCallReports({ key: told.calls.key, poolKey: caller.poolKey }) }
			: {}),
	};
}
