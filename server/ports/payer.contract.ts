import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Payer, Payment, PaymentResult } from "./payer.ts";

export type PayerUnderTest = {
	payer: Payer;
	/** A payment this adapter is able to make. */
	payment: Payment;
	/** A payee whose first payment fails and whose next passes. */
	failsOnce: Payment["payee"];
	/** What has moved under all keys together, as the other side counts. */
	moved(): number;
	close(): Promise<void>;
};

/** What every payer keeps to. `open` gives a fresh one with nothing paid. */
export function payerContract(name: string, open: () => Promise<PayerUnderTest>): void {
	describe(`payer: ${name}`, () => {
		let under: PayerUnderTest;
		beforeEach(async () => {
			under = await open();
		});
		afterEach(() => under.close());

		/** Pays and asks until the answer is final. */
		async function settle(payment: Payment): Promise<PaymentResult> {
			let result = await under.payer.pay(payment);
			for (let asked = 0; result.state === "pending" && asked < 5; asked += 1) {
				result = await under.payer.query(payment.idempotencyKey);
			}
			return result;
		}

		test("a payment is done, with a receipt, and is known under its key", async () => {
			const result = await settle(under.payment);
			expect(result).toEqual({ state: "done", receipt: expect.stringMatching(/./), retry: false });
			expect(await under.payer.query(under.payment.idempotencyKey)).toEqual(result);
			expect(under.moved()).toBe(under.payment.amount);
		});

		test("the same key pays once, however often and at whatever time it is asked", async () => {
			const { payer, payment } = under;
			await Promise.all([payer.pay(payment), payer.pay(payment), payer.pay(payment)]);
			const first = await settle(payment);
			const again = await settle(payment);
			expect(first.state).toBe("done");
			expect(again).toEqual(first);
			expect(under.moved()).toBe(payment.amount);
		});

		test("another key is another payment", async () => {
			await settle(under.payment);
			await settle({ ...under.payment, item: "item-2", idempotencyKey: `${under.payment.idempotencyKey}-2` });
			expect(under.moved()).toBe(2 * under.payment.amount);
		});

		test("a key used for another amount is failed for good and moves nothing", async () => {
			await settle(under.payment);
			const result = await under.payer.pay({ ...under.payment, amount: under.payment.amount + 1 });
			expect(result).toMatchObject({ state: "failed", retry: false });
			expect(under.moved()).toBe(under.payment.amount);
		});

		test("a failed payment that may be retried passes under the same key, once", async () => {
			const payment = { ...under.payment, payee: under.failsOnce };
			const first = await under.payer.pay(payment);
			expect(first).toMatchObject({
				state: "failed",
				retry: true,
				reason: expect.any(String),
				detail: expect.any(String),
			});
			expect(under.moved()).toBe(0);
			expect(await settle(payment)).toMatchObject({ state: "done" });
			expect(await settle(payment)).toMatchObject({ state: "done" });
			expect(under.moved()).toBe(payment.amount);
		});

		test("a key never paid is not found and may be paid", async () => {
			expect(await under.payer.query("never")).toMatchObject({
				state: "failed",
				reason: "not-found",
				retry: true,
			});
		});

		test("amounts that aren't whole and above zero, and what is no currency, are refused", async () => {
			for (const amount of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
				const result = await under.payer.pay({ ...under.payment, amount });
				expect(result).toMatchObject({ state: "failed", reason: "refused", retry: false });
			}
			const result = await under.payer.pay({ ...under.payment, currency: "yuan" });
			expect(result).toMatchObject({ state: "failed", reason: "refused", retry: false });
			expect(under.moved()).toBe(0);
		});
	});
}
