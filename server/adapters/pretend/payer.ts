import { createHash } from "node:crypto";
import { fault } from "#server/ports/fault.ts";
import {
	failed,
	neverPaid,
	type Payer,
	type Payment,
	type PaymentResult,
	paymentProblem,
} from "#server/ports/payer.ts";

/** A payment as the pretend bank remembers it; `result` is what it answers now. */
export type Remembered = Payment & { result: PaymentResult };

/** The pretend bank's memory: what would have been paid, for the interface to show. */
export interface PretendLedger {
	find(idempotencyKey: string): Promise<Remembered | null>;
	/** Puts the payment in place of an earlier one with the same key. */
	put(remembered: Remembered): Promise<void>;
}

/**
 * Moves no money and answers as a bank would, always the same. Words in the payee's account make trouble:
 * `fail-once` fails the first time and then passes, `fail-always` never passes, `slow` is pending until queried.
 */
export function pretendPayer(ledger: PretendLedger): Payer {
	const underWay = new Map<string, Promise<PaymentResult>>();
	return {
		pay(payment) {
			const key = payment.idempotencyKey;
			const payNow = () => pay(ledger, payment);
			const turn = (underWay.get(key) ?? Promise.resolve()).then(payNow, payNow);
			underWay.set(key, turn);
			return turn.finally(() => {
				if (underWay.get(key) === turn) underWay.delete(key);
			});
		},
		query: (idempotencyKey) => query(ledger, idempotencyKey),
	};
}

async function pay(ledger: PretendLedger, payment: Payment): Promise<PaymentResult> {
	const problem = paymentProblem(payment);
	if (problem !== null) return failed(fault("refused", problem));
	const before = await ledger.find(payment.idempotencyKey);
	if (before !== null && !samePayment(before, payment)) {
		return failed(fault("conflict", "this key was used for another amount, currency or payee"));
	}
	if (before !== null && !(before.result.state === "failed" && before.result.retry)) return before.result;
	const result = answer(payment, before === null);
	await ledger.put({ ...payment, result });
	return result;
}

async function query(ledger: PretendLedger, idempotencyKey: string): Promise<PaymentResult> {
	const before = await ledger.find(idempotencyKey);
	if (before === null) return neverPaid("nothing was paid under this key");
	if (before.result.state !== "pending") return before.result;
	const result: PaymentResult = { state: "done", receipt: receiptOf(before), retry: false };
	await ledger.put({ ...before, result });
	return result;
}

function answer(payment: Payment, first: boolean): PaymentResult {
	const { account } = payment.payee;
	if (account.includes("fail-always"))
		return failed(fault("payee-unavailable", "the pretend payee never receives"));
	if (account.includes("fail-once") && first)
		return failed(fault("out-of-funds", "the pretend bank fails once"));
	if (account.includes("slow")) return { state: "pending", receipt: receiptOf(payment), retry: true };
	return { state: "done", receipt: receiptOf(payment), retry: false };
}

function receiptOf({ idempotencyKey }: Payment): string {
	return `pretend-${createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 16)}`;
}

function samePayment(one: Payment, other: Payment): boolean {
	const parts = ({ company, amount, currency, payee }: Payment) =>
		JSON.stringify([company, amount, currency, payee.kind, payee.account]);
	return parts(one) === parts(other);
}

/** A ledger in memory, with `all` to look into. */
export function memoryLedger(): PretendLedger & { all(): Remembered[] } {
	const kept = new Map<string, Remembered>();
	return {
		find: async (idempotencyKey) => kept.get(idempotencyKey) ?? null,
		async put(remembered) {
			kept.set(remembered.idempotencyKey, remembered);
		},
		all: () => [...kept.values()],
	};
}
