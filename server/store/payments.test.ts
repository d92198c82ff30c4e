import { pretendPayer } from "../adapters/pretend/payer.ts";
import { payerContract } from "../ports/payer.contract.ts";
import type { Payment } from "../ports/payer.ts";
import { testDatabase } from "./database/testing.ts";
import { keysFrom } from "./kept.ts";
import { tableLedger } from "./payments.ts";

payerContract("pretend, over the payment table", async () => {
	const database = await testDatabase();
	const ledger = tableLedger(database, keysFrom(Buffer.alloc(32, 7)), () => "2026-03-02T02:00:00.000Z");
	const kept = new Map<string, number>();
	const payment: Payment = {
		company: "acme",
		item: "x1",
		amount: 18_000,
		currency: "CNY",
		payee: { kind: "wechat", account: "openid-1" },
		reference: "260302-7F3K2C",
		idempotencyKey: "case-1:x1:1",
	};
	return {
		payer: pretendPayer({
			find: ledger.find,
			put: async (remembered) => {
				await ledger.put(remembered);
				kept.set(remembered.idempotencyKey, remembered.result.state === "done" ? remembered.amount : 0);
			},
		}),
		payment,
		failsOnce: { kind: "wechat", account: "openid-fail-once" },
		moved: () => [...kept.values()].reduce((sum, one) => sum + one, 0),
		close: () => database.close(),
	};
});
