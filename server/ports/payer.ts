import type { Fault, FaultReason } from "./fault.ts";

export type PayeeKind = "original-order" | "wechat" | "alipay" | "bank" | "voucher" | "cash";

/** One money leg of a remedy item. */
export type Payment = {
	company: string;
	/** The remedy item's id. */
	item: string;
	/** Integer, in the currency's smallest unit, above zero. */
	amount: number;
	/** ISO 4217, e.g. `CNY`. */
	currency: string;
	/** With `original-order`, `account` is the merchant's own number of the order that was paid. */
	payee: { kind: PayeeKind; account: string };
	/** What the payee reads beside the money, e.g. the case number. */
	reference: string;
	/** Unique across all companies. The same key pays once. */
	idempotencyKey: string;
};

/**
 * done: the money has moved. pending: it may have; ask `query`, or `pay` again with the same key.
 * failed: it has not moved under this key; with `retry`, paying again with the same key may succeed.
 */
export type PaymentResult =
	| { state: "done"; receipt: string; retry: false }
	| { state: "pending"; receipt?: string; reason?: FaultReason; detail?: string; retry: true }
	| { state: "failed"; reason: FaultReason; detail: string; retry: boolean };

/** Moves money out. Whatever crashes, the same `idempotencyKey` moves it once. */
export interface Payer {
	/** A key used before with another amount, currency or payee is failed and not retried. */
	pay(payment: Payment): Promise<PaymentResult>;
	/** What became of a key. One never paid is `failed` with reason `not-found` and may be paid. */
	query(idempotencyKey: string): Promise<PaymentResult>;
}

/** What no payer would take: an amount that isn't a whole number above zero, a currency that is none. Null when fine. */
export function paymentProblem({ amount, currency, idempotencyKey, payee }: Payment): string | null {
	if (!Number.isSafeInteger(amount) || amount <= 0)
		return "amount: give a whole number above zero, in the smallest unit";
	if (!/^[A-Z]{3}$/.test(currency)) return "currency: give three capital letters, such as CNY";
	if (payee.account === "") return "payee.account: it is empty";
	if (idempotencyKey === "") return "idempotencyKey: it is empty";
	return null;
}

/** What `query` answers for a key under which nothing was ever paid: it may be paid. */
export function neverPaid(detail: string): PaymentResult {
	return { state: "failed", reason: "not-found", detail, retry: true };
}

/** A fault as the outcome of a payment that certainly has not moved. */
export function failed(fault: Fault): PaymentResult {
	return { state: "failed", reason: fault.reason, detail: fault.detail, retry: fault.retry };
}

/** A fault after which nobody knows yet whether the money moved. */
export function unknown(fault: Fault): PaymentResult {
	return { state: "pending", reason: fault.reason, detail: fault.detail, retry: true };
}
