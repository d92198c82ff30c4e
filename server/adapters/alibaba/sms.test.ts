import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { notifierContract } from "#server/ports/notifier.contract.ts";
import type { Message } from "#server/ports/notifier.ts";
import { memorySentBox } from "../pretend/sent-box.ts";
import { type AlibabaStandIn, alibabaStandIn } from "../stand-ins/alibaba.ts";
import { alibabaSms, type SmsSettings } from "./sms.ts";

const key = { accessKeyId: "LTAI-example", accessKeySecret: "a-secret-that-must-not-show" };
const clock = () => "2026-03-01T03:07:30.123Z";
const message: Message = {
	company: "acme",
	to: { kind: "sms", address: "+8613800138000" },
	wording: "intake.filed",
	language: "zh-CN",
	text: "您的投诉已受理，编号 20260301-7F3K-2",
	blanks: { number: "20260301-7F3K-2", due: "3月4日 18:00" },
	idempotencyKey: "case-1:3:0",
};
const settingsFor = (endpoint: string): SmsSettings => ({
	...key,
	endpoint,
	timeoutMs: 2000,
	clock,
	signName: "诉达",
	templates: { "zh-CN": { "intake.filed": { code: "SMS_15405", variables: { no: "number", by: "due" } } } },
});

notifierContract("Alibaba Cloud SMS", async () => {
	const server = await alibabaStandIn(key, clock);
	const box = memorySentBox();
	return {
		notifier: alibabaSms(settingsFor(server.url), box),
		message,
		sent: box.all,
		wentOut: () => server.accepted.length,
		close: server.close,
	};
});

describe("Alibaba Cloud SMS", () => {
	let server: AlibabaStandIn;
	beforeEach(async () => {
		server = await alibabaStandIn(key, clock);
	});
	afterEach(() => server.close());

	const send = (change: Partial<Message> = {}, settings: Partial<SmsSettings> = {}) =>
		alibabaSms({ ...settingsFor(server.url), ...settings }, memorySentBox()).send({ ...message, ...change });

	test("the template is filled from the wording's blanks and our key travels along", async () => {
		await send();
		expect(server.accepted).toEqual([
			{
				Action: "SendSms",
				PhoneNumbers: "+8613800138000",
				SignName: "诉达",
				TemplateCode: "SMS_15405",
				TemplateParam: '{"no":"20260301-7F3K-2","by":"3月4日 18:00"}',
				OutId: "case-1:3:0",
			},
		]);
	});

	test.each([
		["isv.BUSINESS_LIMIT_CONTROL", 200, "throttled", true],
		["isv.DAY_LIMIT_CONTROL", 200, "throttled", true],
		["Throttling.User", 400, "throttled", true],
		["isp.SYSTEM_ERROR", 200, "unreachable", true],
		["ServiceUnavailable", 503, "unreachable", true],
		["SomethingNew", 500, "unreachable", true],
		["isv.AMOUNT_NOT_ENOUGH", 200, "out-of-funds", true],
		["isv.MOBILE_NUMBER_ILLEGAL", 200, "refused", false],
		["isv.SMS_CONTENT_ILLEGAL", 200, "refused", false],
		["isv.SMS_TEMPLATE_ILLEGAL", 200, "misconfigured", false],
		["isp.RAM_PERMISSION_DENY", 200, "misconfigured", false],
		["Forbidden.RAM", 403, "misconfigured", false],
	])("%s is told as such, and nothing is kept as sent", async (code, status, reason, retry) => {
		const box = memorySentBox();
		server.trouble = { code, status };
		const notifier = alibabaSms(settingsFor(server.url), box);
		const result = await notifier.send(message);
		expect(result).toEqual({ ok: false, reason, retry, detail: `SendSms: ${code} (request F655A8D5-B967)` });
		expect(box.all()).toEqual([]);
		expect(await notifier.send(message)).toMatchObject({ ok: true });
	});

	test("a wrong secret, an old clock and a server without an answer are faults that give nothing away", async () => {
		const wrong = await send({}, { accessKeySecret: "another-secret" });
		expect(wrong).toMatchObject({ ok: false, reason: "misconfigured", retry: false });
		const late = await send({}, { clock: () => "2026-03-01T02:07:30.123Z" });
		expect(late).toMatchObject({ ok: false, reason: "misconfigured" });
		server.mute = true;
		const mute = await send({}, { timeoutMs: 50 });
		expect(mute).toMatchObject({ ok: false, reason: "timeout", retry: true });
		const away = await send({}, { endpoint: "http://127.0.0.1:9" });
		expect(away).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		expect(JSON.stringify([wrong, late, mute, away])).not.toMatch(/secret|LTAI|13800138000/);
	});

	test("what can't be sent is refused before anything is asked", async () => {
		expect(await send({ to: { kind: "email", address: "a@b.cn" } })).toMatchObject({ reason: "unsupported" });
		expect(await send({ to: { kind: "sms", address: "call me" } })).toMatchObject({ reason: "refused" });
		expect(await send({ wording: "closure.letter" })).toMatchObject({ reason: "misconfigured" });
		expect(await send({ blanks: { number: "1" } })).toMatchObject({
			reason: "misconfigured",
			detail: "template SMS_15405 wants due, which intake.filed doesn't give",
		});
		expect(server.accepted).toEqual([]);
	});
});
