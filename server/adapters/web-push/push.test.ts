import { afterEach, beforeEach, describe, expect, test } from "vitest";
import webpush from "web-push";
import { notifierContract } from "#server/ports/notifier.contract.ts";
import type { Message } from "#server/ports/notifier.ts";
import { memorySentBox } from "../pretend/sent-box.ts";
import { type PushServiceStandIn, pushServiceStandIn } from "../stand-ins/push-service.ts";
import { type PushSettings, pushAddress, WebPushChannel, webPush } from "./push.ts";

const vapid = webpush.generateVAPIDKeys();
const settings: PushSettings = {
	subject: "mailto:service@kuaida.example",
	...vapid,
	timeoutMs: 2_000,
	keptSeconds: 3_600,
	clock: () => "2026-03-01T03:07:30.123Z",
	privateAllowed: true,
};
const message = {
	company: "acme",
	wording: "complaint-filed-against-you",
	language: "zh-CN",
	title: "快达 260118-7K4Q2",
	text: "运单有客户反映破损，请在今天 14:00 前说明",
	link: "https://redress.test/cases/1",
	idempotencyKey: "case-1:3:0",
} satisfies Omit<Message, "to">;

notifierContract("web push", async () => {
	const server = await pushServiceStandIn(vapid.publicKey);
	const box = memorySentBox();
	return {
		notifier: webPush(settings, box),
		message: { ...message, to: { kind: "push", address: pushAddress([server.browser().subscription]) } },
		sent: box.all,
		wentOut: () => server.taken.length,
		close: server.close,
	};
});

describe("web push", () => {
	let server: PushServiceStandIn;
	beforeEach(async () => {
		server = await pushServiceStandIn(vapid.publicKey);
	});
	afterEach(() => server.close());
	const send = (address: string, change: Partial<Message> = {}, by: Partial<PushSettings> = {}) =>
		webPush({ ...settings, ...by }, memorySentBox()).send({
			...message,
			to: { kind: "push", address },
			...change,
		});

	test("every device of somebody is rung, and reads what only it can", async () => {
		const devices = [server.browser(), server.browser()].map((one) => one.subscription);
		expect(await send(pushAddress(devices))).toMatchObject({ ok: true });
		expect(server.taken.map((one) => one.payload)).toEqual([
			{ title: message.title, text: message.text, link: message.link },
			{ title: message.title, text: message.text, link: message.link },
		]);
		expect(server.taken[0]?.headers).toMatchObject({ ttl: "3600", urgency: "high" });
		expect(server.taken[0]?.headers.topic).toMatch(/^[\w-]{32}$/);
	});

	test("a device that has unsubscribed is told of, while another one takes the message", async () => {
		const [gone, there] = [server.browser().subscription, server.browser().subscription];
		server.trouble.set(gone.endpoint, 410);
		expect(await send(pushAddress([gone, there]))).toMatchObject({ ok: true, gone: [gone.endpoint] });
		server.trouble.set(there.endpoint, 404);
		expect(await send(pushAddress([gone, there]))).toMatchObject({
			ok: false,
			reason: "not-found",
			retry: false,
			gone: [gone.endpoint, there.endpoint],
		});
	});

	test.each([
		[429, "throttled", true],
		[500, "unreachable", true],
		[403, "misconfigured", false],
		[413, "refused", false],
	])("%i is told as such, and the device is kept", async (status, reason, retry) => {
		const { subscription } = server.browser();
		server.trouble.set(subscription.endpoint, status);
		const result = await send(pushAddress([subscription]));
		expect(result).toMatchObject({ ok: false, reason, retry });
		expect(result.gone).toBeUndefined();
	});

	test("a long text is cut to what push services take", async () => {
		const { subscription } = server.browser();
		expect(await send(pushAddress([subscription]), { text: "长".repeat(5_000) })).toMatchObject({ ok: true });
		expect(server.taken[0]?.payload).toMatchObject({ text: "长".repeat(600) });
	});

	test("addresses of this machine and of private networks are not rung, unless that is wanted", async () => {
		const { subscription } = server.browser();
		expect(await send(pushAddress([subscription]), {}, { privateAllowed: false })).toMatchObject({
			ok: false,
			reason: "not-found",
		});
		expect(server.taken).toEqual([]);
	});

	test("what is no address is refused, keys that are none count as gone", async () => {
		for (const address of ["", "[]", "{}", '[{"endpoint":"ftp://x"}]'])
			expect(await send(address)).toMatchObject({ ok: false, reason: "refused" });
		const { subscription } = server.browser();
		const keys = { ...subscription.keys, p256dh: "A".repeat(87) };
		expect(await send(pushAddress([{ ...subscription, keys }]))).toMatchObject({ reason: "not-found" });
		expect(await send("x", { to: { kind: "sms", address: "1" } })).toMatchObject({ reason: "unsupported" });
	});
});

test("settings whose keys don't belong together are refused at the start", () => {
	const given = { kind: "web-push", subject: "mailto:a@b.cn", ...vapid };
	expect(WebPushChannel.safeParse(given).success).toBe(true);
	expect(WebPushChannel.safeParse({ ...given, privateKey: "x" }).success).toBe(false);
	expect(WebPushChannel.safeParse({ ...given, subject: "somebody" }).success).toBe(false);
});
