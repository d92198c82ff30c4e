import { systemOf } from "#engine/actor.ts";
import type { Case, Item } from "#engine/case.ts";
import type { Effect } from "#engine/steps/step.ts";
import { handle } from "../handle.ts";
import type { Payment, PaymentResult } from "../ports/payer.ts";
import { phoneOf } from "../store/addresses.ts";
import type { Claim } from "../store/due-claims.ts";
import { type PaymentState, readPayment, recordPayment } from "../store/payments.ts";
import { readCaseOf } from "./cases.ts";
import { backoff, DONE, type Outcome } from "./outcome.ts";
import type { Batch } from "./units.ts";

type Pay = Extract<Effect, { do: "pay" }>;

/** Answers "not yet" to a key after which a failure is told to people, who may pay another way. */
const MOST_TRIES = 5;
const FIRST_WAIT_MS = 30_000;

/**
 * Pays an item of a case. The payer moves the money of one key once, so this may be done again after a crash at any
 * point; and nothing is paid unless the case still waits for this very key. The answer enters the case as a command.
 */
export async function pay(batch: Batch, claim: Claim, { item: id, key }: Pay): Promise<Outcome> {
	const { kase, rows } = await readCaseOf(batch.desk, claim, [readPayment(claim.company, key)]);
	const item = kase?.items.find((one) => one.id === id);
	if (!kase || item?.pending?.key !== key) return DONE;
	const payment = await paymentFor(batch, kase, item, key);
	if ("problem" in payment)
		return await tell(batch, claim, { item: id, key, result: "failed", reason: payment.problem });
	const earlier = (rows[0] as PaymentState[])[0];
	const result = await ask(batch, payment, earlier?.state === "pending");
	const tries = await record(batch, payment, result);
	if (result.state === "done")
		return await tell(batch, claim, { item: id, key, result: "done", receipt: result.receipt });
	const reason = result.reason ?? "pending";
	const again = result.state === "pending" || (result.retry && tries < MOST_TRIES);
	if (again) return { is: "later", at: backoff(batch.now, tries - 1, FIRST_WAIT_MS), why: reason };
	const why = `${reason}: ${result.detail}`.slice(0, 500);
	return await tell(batch, claim, { item: id, key, result: "failed", reason: why });
}

/** A payment that may be under way is asked after first; one that the payer never heard of is made. */
async function ask({ outside }: Batch, payment: Payment, mayBeUnderWay: boolean): Promise<PaymentResult> {
	if (!mayBeUnderWay) return await outside.payer.pay(payment);
	const found = await outside.payer.query(payment.idempotencyKey);
	return found.state === "failed" && found.reason === "not-found" ? await outside.payer.pay(payment) : found;
}

async function record({ desk, now }: Batch, payment: Payment, result: PaymentResult): Promise<number> {
	const [rows = []] = await desk.database.transaction((session) =>
		session.commitWith([recordPayment(payment, result, now)]),
	);
	return (rows as PaymentState[])[0]?.tries ?? 1;
}

const PAYEE_KIND = { wechat: "wechat", alipay: "alipay", bank: "bank", balance: "voucher" } as const;

/** What goes back for an order goes back the way it came; other money goes to the payee's own account. */
async function paymentFor(
	{ desk }: Batch,
	kase: Case,
	item: Item,
	key: string,
): Promise<Payment | { problem: string }> {
	const method = item.started?.method;
	if (!item.amount || !method || method === "cash" || method === "none")
		return { problem: "refused: the item has no amount, or is not paid by a payer" };
	const goesBack = item.item === "refund" || item.item === "fee-reduction";
	const order = goesBack ? kase.orders[0]?.number : undefined;
	const party = kase.parties.find((one) => one.id === item.payee);
	const account = order ?? (party ? await phoneOf(desk, kase.company, party) : null);
	if (!account)
		return { problem: "payee-unavailable: nothing is known to pay to; take the payee's account and retry" };
	return {
		company: kase.company,
		item: item.id,
		...item.amount,
		payee: { kind: order ? "original-order" : PAYEE_KIND[method], account },
		reference: kase.number,
		idempotencyKey: key,
	};
}

interface PaymentTold {
	item: string;
	key: string;
	result: "done" | "failed";
	receipt?: string;
	reason?: string;
}

/** A refusal means that the case knows already. */
async function tell({ desk }: Batch, { company, stream }: Claim, told: PaymentTold): Promise<Outcome> {
	const answer = await handle(desk, {
		actor: systemOf(company),
		case: stream,
		type: "RecordPaymentResult",
		fields: { ...told },
	});
	if (answer.ok || "refusal" in answer || "unknown" in answer) return DONE;
	return { is: "failed", why: "RecordPaymentResult was malformed", forGood: true };
}
