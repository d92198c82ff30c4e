import { expect, test } from "vitest";
import { payerContract } from "#server/ports/payer.contract.ts";
import type { Payment } from "#server/ports/payer.ts";
import { memoryLedger, pretendPayer } from "./payer.ts";

const payment: Payment = {
	company: "acme",
	item: "item-1",
	amount: 18_000,
	currency: "CNY",
	payee: { kind: "wechat", account: "openid-1" },
	reference: "20260301-7F3K-2",
	idempotencyKey: "acme:case-1:9:0",
};

payerContract("pretend", async () => {
	const ledger = memoryLedger();
	const done = () => ledger.all().filter(({ result }) => result.state === "done");
	return {
		payer: pretendPayer(ledger),
		payment,
		failsOnce: { kind: "wechat", account: "openid-fail-once" },
		moved: () => done().reduce((sum, { amount }) => sum + amount, 0),
		close: async () => {},
	};
});

test("the pretend payer can be slow, and can fail for good", async () => {
	const payer = pretendPayer(memoryLedger());
	expect(await payer.pay({ ...payment, payee: { kind: "bank", account: "slow-1" } })).toMatchObject({
		state: "pending",
	});
	expect(await payer.query(payment.idempotencyKey)).toMatchObject({ state: "done" });
	const hopeless = {
		...payment,
		idempotencyKey: "k2",
		payee: { kind: "bank", account: "fail-always" },
	} as const;
	expect(await payer.pay(hopeless)).toMatchObject({
		state: "failed",
		reason: "payee-unavailable",
		retry: false,
	});
	expect(await payer.pay(hopeless)).toMatchObject({ state: "failed", retry: false });
});

test("a new pretend payer over the same ledger remembers what was paid", async () => {
	const ledger = memoryLedger();
	const first = await pretendPayer(ledger).pay(payment);
	expect(await pretendPayer(ledger).pay(payment)).toEqual(first);
	expect(ledger.all()).toHaveLength(1);
});
