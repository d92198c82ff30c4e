import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { AlibabaAccountFields } from "./adapters/alibaba/call.ts";
import { alibabaMaskedLine } from "./adapters/alibaba/masked-line.ts";
import { AlibabaSmsChannel } from "./adapters/alibaba/sms.ts";
import { byChannel } from "./adapters/channels.ts";
import { httpOrders } from "./adapters/orders/http.ts";
import { wechatRefund } from "./adapters/wechat-pay/refund.ts";
import type { Ports } from "./jobs/ports.ts";
import type { Clock } from "./ports/clock.ts";
import type { SentBox } from "./ports/notifier.ts";
import { AdviceError } from "./store/database/advice.ts";

/** The ways of sending a text message: one line each, which brings its settings and opens its notifier. */
const SmsChannel = z.discriminatedUnion("kind", [AlibabaSmsChannel]);

/**
 * PORTS_FILE: which real services stand behind the ports; what it leaves out stays pretended. `${NAME}` in a text is
 * taken from the environment, so that no secret need stand in the file.
 */
export const PortsFile = z.strictObject({
	sms: SmsChannel.optional(),
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
	return {
		...pretend,
		...(file.sms ? { notifier: byChannel({ sms: file.sms(clock, box) }) } : {}),
		...(file.payer ? { payer: wechatRefund({ ...file.payer, clock }) } : {}),
		...(file.caller ? { caller: alibabaMaskedLine({ ...file.caller, clock }) } : {}),
		...(file.orders ? { orders: httpOrders({ ...file.orders, clock }) } : {}),
	};
}
