import { fault } from "#server/ports/fault.ts";
import { type OrderBook, OrderRecord, problemsOf } from "#server/ports/order-book.ts";

/** The orders that were put in: the record of a number, or null; those of a phone. */
export interface ReadOrders {
	byNumber(company: string, number: string): Promise<unknown>;
	byPhone(company: string, phone: string, most: number): Promise<readonly unknown[]>;
}

/** The book of orders that a company puts in through our own interface; `read` takes them from the store. */
export function ownOrders(read: ReadOrders): OrderBook {
	return {
		async find(company, number) {
			const found = await read.byNumber(company, number);
			if (found === null || found === undefined) return { ok: true, order: null };
			const order = OrderRecord.safeParse(found);
			if (!order.success)
				return fault("unreadable", `the stored order is malformed: ${problemsOf(order.error)}`);
			return { ok: true, order: order.data };
		},
		async ofPhone(company, phone, most) {
			const found = await read.byPhone(company, phone, most);
			// one that can't be read is left out: the caller's other orders are still worth knowing
			const orders = found.flatMap((one) => OrderRecord.safeParse(one).data ?? []);
			return { ok: true, orders };
		},
	};
}
