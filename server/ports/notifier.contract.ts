import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message, Notifier, Sent } from "./notifier.ts";

export type NotifierUnderTest = {
	notifier: Notifier;
	/** A message this adapter is able to send. */
	message: Message;
	/** What reached the box. */
	sent(): Sent[];
	/** How many messages went out, as the other side counts. */
	wentOut(): number;
	close(): Promise<void>;
};

/** What every notifier keeps to. `open` gives a fresh one with nothing sent. */
export function notifierContract(name: string, open: () => Promise<NotifierUnderTest>): void {
	describe(`notifier: ${name}`, () => {
		let under: NotifierUnderTest;
		beforeEach(async () => {
			under = await open();
		});
		afterEach(() => under.close());

		test("a message is sent, with a receipt, and kept as it was worded", async () => {
			const result = await under.notifier.send(under.message);
			expect(result).toEqual({ ok: true, receipt: expect.stringMatching(/./) });
			expect(under.sent()).toEqual([
				{
					...under.message,
					receipt: result.ok && result.receipt,
					at: expect.any(String),
					through: expect.any(String),
				},
			]);
		});

		test("the same key is sent once, also when asked for twice at the same time", async () => {
			const { notifier, message } = under;
			const [first, second] = await Promise.all([notifier.send(message), notifier.send(message)]);
			const third = await notifier.send({ ...message, text: "changed" });
			expect(first.ok).toBe(true);
			expect([second, third]).toEqual([first, first]);
			expect(under.wentOut()).toBe(1);
			expect(under.sent().map((sent) => sent.text)).toEqual([message.text]);
		});

		test("another key, and the same key of another company, are other messages", async () => {
			const { notifier, message } = under;
			const results = [
				await notifier.send(message),
				await notifier.send({ ...message, idempotencyKey: "another" }),
				await notifier.send({ ...message, company: "another" }),
			];
			expect(new Set(results.map((result) => result.ok && result.receipt)).size).toBe(3);
			expect(under.wentOut()).toBe(3);
		});
	});
}
