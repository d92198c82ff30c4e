import { expect, test } from "vitest";
import { notifierContract } from "#server/ports/notifier.contract.ts";
import type { Message } from "#server/ports/notifier.ts";
import { byChannel } from "../channels.ts";
import { pretendNotifier } from "./notifier.ts";
import { memorySentBox } from "./sent-box.ts";

const clock = () => "2026-03-01T03:07:30.000Z";
const message: Message = {
	company: "acme",
	to: { kind: "wechat", address: "openid-1" },
	wording: "intake.filed",
	language: "zh-CN",
	text: "您的投诉已受理",
	idempotencyKey: "case-1:3:0",
};

notifierContract("pretend", async () => {
	const box = memorySentBox();
	return {
		notifier: pretendNotifier(box, clock),
		message,
		sent: box.all,
		wentOut: () => box.all().length,
		close: async () => {},
	};
});

test("each message goes through the channel of its address; without one it is refused", async () => {
	const [sms, push] = [memorySentBox(), memorySentBox()];
	const notifier = byChannel({ sms: pretendNotifier(sms, clock), push: pretendNotifier(push, clock) });
	expect(await notifier.send({ ...message, to: { kind: "push", address: "device-1" } })).toMatchObject({
		ok: true,
	});
	expect([sms.all().length, push.all().length]).toEqual([0, 1]);
	expect(await notifier.send(message)).toMatchObject({ ok: false, reason: "unsupported", retry: false });
});
