import type { Instant } from "#engine/time/instant.ts";
import type { PretendLedger, Remembered } from "../adapters/pretend/payer.ts";
import type { Payment, PaymentResult } from "../ports/payer.ts";
import type { Database, Statement } from "./database/database.ts";
import { type Keys, seal, unseal } from "./kept.ts";

/** What became of each payment key, for real and for pretended payments alike. */

export interface PaymentState {
	state: PaymentResult["state"];
	/** How often it was asked about. */
	tries: number;
}

/** Notes an answer of the payer. Answers the PaymentState after it. */
export function recordPayment(payment: Payment, result: PaymentResult, at: Instant): Statement {
	return {
		name: "record-payment",
		sql: `insert into payment (company, key, state, amount, currency, receipt, reason, tries, at) values ($1, $2, $3, $4, $5, $6, $7, 1, $8)
on conflict (company, key) do update set state = excluded.state, receipt = excluded.receipt, reason = excluded.reason,
  tries = payment.tries + 1, at = excluded.at
returning state, tries`,
		parameters: [
			payment.company,
			payment.idempotencyKey,
			result.state,
			payment.amount,
			payment.currency,
			"receipt" in result ? (result.receipt ?? null) : null,
			"reason" in result ? (result.reason ?? null) : null,
			at,
		],
	};
}

export function readPayment(company: string, key: string): Statement {
	return {
		name: "read-payment",
		sql: "select state, tries from payment where company = $1 and key = $2",
		parameters: [company, key],
	};
}

/** The pretend bank's memory in the payment table, so that it survives a restart. The payee's account is sealed. */
export function tableLedger(
	database: Pick<Database<unknown>, "read" | "transaction">,
	keys: Keys,
	clock: () => Instant,
): PretendLedger {
	return {
		async find(key) {
			const [rows = []] = (await database.read([
				{
					name: "find-pretended",
					sql: "select pretend from payment where key = $1 and pretend is not null",
					parameters: [key],
				},
			])) as { pretend: Buffer }[][];
			return rows[0] ? (JSON.parse(unseal(rows[0].pretend, keys)) as Remembered) : null;
		},
		async put(remembered) {
			const sealed = seal(JSON.stringify(remembered), keys);
			await database.transaction((session) => session.commitWith([pretended(remembered, sealed, clock())]));
		},
	};
}

/** The answer itself is noted by whoever asked; here only the bank's memory of it. */
function pretended(
	{ company, idempotencyKey, amount, currency, result }: Remembered,
	sealed: Buffer,
	at: Instant,
): Statement {
	return {
		name: "put-pretended",
		sql: `insert into payment (company, key, state, amount, currency, tries, at, pretend) values ($1, $2, $3, $4, $5, 0, $6, $7)
on conflict (company, key) do update set pretend = excluded.pretend`,
		parameters: [company, idempotencyKey, result.state, amount, currency, at, sealed],
	};
}
