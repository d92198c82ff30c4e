import { fault } from "#server/ports/fault.ts";
import { type OrderBook, OrderRecord, problemsOf } from "#server/ports/order-book.ts";

/** Gives the record put in for this number, or null. */
export type ReadOrder = (company: string, number: string) => Promise<unknown>;

/** The book of orders that a company puts in through our own interface; `read` takes them from the store. */
export function ownOrders(read: ReadOrder): OrderBook {
	return {
		async find(company, number) {
			const found = await read(company, number);
			if (found === null || found === undefined) return { ok: true, order: null };
			const order = OrderRecord.safeParse(found);
			if (!order.success)
				return fault("unreadable", `the stored order is malformed: ${problemsOf(order.error)}`);
			return { ok: true, order: order.data };
		},
	};
}
