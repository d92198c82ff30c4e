import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { notifierContract } from "#server/ports/notifier.contract.ts";
import type { Message } from "#server/ports/notifier.ts";
import { memorySentBox } from "../pretend/sent-box.ts";
import { type WechatStandIn, wechatStandIn } from "../stand-ins/wechat.ts";
import { wechatDeliveries } from "./delivery-events.ts";
import { wechatIdentity } from "./identity.ts";
import { type WechatSettings, wechatServiceMessage } from "./service-message.ts";

const account = { appId: "wx0123456789", appSecret: "a-secret-that-must-not-show" };
let now = "2026-03-01T03:07:30.123Z";
const message: Message = {
	company: "acme",
	to: { kind: "wechat", address: "openid-li" },
	wording: "offer-made",
	language: "zh-CN",
	title: "快达 260118-7K4Q2",
	text: "处理方案：75.00 元",
	blanks: {
		number: "260118-7K4Q2",
		amount: "75.00",
		reason: "一个远远长过二十个字的原因说明文字在这里要被截短",
	},
	link: "https://redress.test/c/abc",
	idempotencyKey: "case-1:3:0",
};
const settingsFor = (endpoint: string): WechatSettings => ({
	...account,
	endpoint,
	timeoutMs: 2_000,
	clock: () => now,
	templates: {
		"zh-CN": {
			"offer-made": {
				id: "tpl-1",
				kind: "template",
				fields: { character_string1: "number", thing2: "reason", amount3: "amount" },
			},
			"case-closed": { id: "tpl-2", kind: "subscribed", fields: { thing1: "text" } },
			broken: { id: "tpl-3", kind: "template", fields: { thing1: "nothing" } },
		},
	},
});

notifierContract("WeChat", async () => {
	const server = await wechatStandIn(account);
	const box = memorySentBox();
	return {
		notifier: wechatServiceMessage(settingsFor(server.url), box),
		message,
		sent: box.all,
		wentOut: () => server.taken.length,
		close: server.close,
	};
});

describe("WeChat service messages", () => {
	let server: WechatStandIn;
	beforeEach(async () => {
		now = "2026-03-01T03:07:30.123Z";
		server = await wechatStandIn(account);
	});
	afterEach(() => server.close());
	const open = (change: Partial<WechatSettings> = {}) =>
		wechatServiceMessage({ ...settingsFor(server.url), ...change }, memorySentBox());

	test("the approved template is filled, each field no longer than its kind allows, and leads to the case", async () => {
		expect(await open().send(message)).toMatchObject({
			ok: true,
			receipt: expect.stringMatching(/^wechat-\d+$/),
		});
		expect(server.taken).toEqual([
			{
				path: "/cgi-bin/message/template/send",
				touser: "openid-li",
				template_id: "tpl-1",
				url: "https://redress.test/c/abc",
				client_msg_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				data: {
					character_string1: { value: "260118-7K4Q2" },
					thing2: { value: "一个远远长过二十个字的原因说明文字在这…" },
					amount3: { value: "75.00" },
				},
			},
		]);
	});

	test("a message that was subscribed to goes by its own way", async () => {
		expect(await open().send({ ...message, wording: "case-closed" })).toMatchObject({ ok: true });
		expect(server.taken[0]).toMatchObject({
			path: "/cgi-bin/message/subscribe/bizsend",
			page: "https://redress.test/c/abc",
		});
	});

	test("many messages ask for one token, which is kept until shortly before its end", async () => {
		const notifier = open();
		const send = (key: string) => notifier.send({ ...message, idempotencyKey: key });
		await Promise.all(["1", "2", "3", "4"].map(send));
		expect(server.tokens).toBe(1);
		now = "2026-03-01T05:01:00.000Z";
		await send("5");
		expect(server.tokens).toBe(1);
		now = "2026-03-01T05:03:00.000Z";
		await send("6");
		expect(server.tokens).toBe(2);
		expect(server.taken).toHaveLength(6);
	});

	test("a token that became stale is renewed once, and the message sent", async () => {
		const notifier = open();
		await notifier.send({ ...message, idempotencyKey: "1" });
		server.expireToken();
		expect(await notifier.send({ ...message, idempotencyKey: "2" })).toMatchObject({ ok: true });
		expect(server.tokens).toBe(2);
	});

	test("sent again after a crash, WeChat sends it once", async () => {
		const [first, second] = [await open().send(message), await open().send(message)];
		expect(second).toEqual(first);
		expect(server.taken).toHaveLength(1);
	});

	test.each([
		[43004, "not-found", false],
		[40003, "not-found", false],
		[43101, "refused", false],
		[40037, "misconfigured", false],
		[47003, "misconfigured", false],
		[48001, "misconfigured", false],
		[45009, "throttled", true],
		[-1, "unreachable", true],
		[99999, "refused", false],
	])("%i is told as such", async (code, reason, retry) => {
		server.trouble = code;
		const result = await open().send(message);
		expect(result).toMatchObject({ ok: false, reason, retry, detail: `WeChat send: ${code}` });
	});

	test("a wrong secret, an outage and a wording without template are faults that give nothing away", async () => {
		const wrong = await open({ appSecret: "another-secret" }).send(message);
		expect(wrong).toMatchObject({ ok: false, reason: "misconfigured" });
		const away = await open({ endpoint: "http://127.0.0.1:9" }).send(message);
		expect(away).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		expect(await open().send({ ...message, wording: "praise" })).toMatchObject({ reason: "unsupported" });
		expect(await open().send({ ...message, wording: "broken" })).toMatchObject({ reason: "misconfigured" });
		expect(await open().send({ ...message, to: { kind: "wechat", address: "x y" } })).toMatchObject({
			reason: "refused",
		});
		expect(JSON.stringify([wrong, away])).not.toMatch(/secret|openid/);
	});

	test("the code of a browser leads to its openid, once", async () => {
		const identity = wechatIdentity(settingsFor(server.url));
		const code = `good-${server.url.slice(-5)}`;
		expect(await identity.openidOf(code)).toEqual({ ok: true, openid: `openid-${code}` });
		expect(await identity.openidOf(code)).toMatchObject({ ok: false, reason: "refused" });
		expect(await identity.openidOf("bad")).toMatchObject({ ok: false, reason: "refused" });
		const wrong = wechatIdentity({ ...settingsFor(server.url), appSecret: "another" });
		expect(await wrong.openidOf("good-2")).toMatchObject({ ok: false, reason: "misconfigured" });
	});
});

describe("what WeChat tells of messages", () => {
	const teller = wechatDeliveries({ token: "our-token" });
	const signed = (token = "our-token") => {
		const [timestamp, nonce] = ["1395658920", "n1"];
		const signature = createHash("sha1").update([token, timestamp, nonce].sort().join("")).digest("hex");
		return { signature, timestamp, nonce };
	};
	const event = (status: string) =>
		`<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[openid-li]]></FromUserName>
<CreateTime>1395658920</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>
<MsgID>200163836</MsgID><Status><![CDATA[${status}]]></Status></xml>`;
	const read = (body: unknown, query: Record<string, unknown> = signed()) =>
		teller.read({ headers: {}, query, body });

	test("arrived, or not and why", () => {
		expect(read(event("success"))).toMatchObject({
			ok: true,
			told: [{ receipt: "wechat-200163836", delivered: true, why: null, at: "2014-03-24T11:02:00.000Z" }],
			thanks: { body: "success" },
		});
		expect(read(event("failed:user block"))).toMatchObject({
			told: [{ delivered: false, why: "failed:user block" }],
		});
	});

	test("other events are thanked for and left alone; what is not signed is nobody's", () => {
		expect(read("<xml><Event><![CDATA[subscribe]]></Event></xml>")).toMatchObject({ ok: true, told: [] });
		expect(read("")).toMatchObject({ ok: true, told: [] });
		for (const query of [
			{},
			signed("another"),
			{ ...signed(), nonce: "n2" },
			{ ...signed(), signature: ["x"] },
		])
			expect(read(event("success"), query)).toMatchObject({ ok: false, reason: "misconfigured" });
		expect(read({ not: "xml" })).toMatchObject({ ok: false, reason: "unreadable" });
	});

	test("when WeChat asks whether somebody listens, it is answered in its own word", () => {
		expect(teller.greet({ query: { ...signed(), echostr: "e1" } })).toEqual({
			type: "text/plain",
			body: "e1",
		});
		expect(teller.greet({ query: { ...signed("another"), echostr: "e1" } })).toBeNull();
	});
});
