import { orderBookContract } from "#server/ports/order-book.contract.ts";
import { ownOrders } from "./own.ts";

orderBookContract("own", async () => {
	const kept = new Map<string, unknown>();
	const keyOf = (company: string, number: string) => JSON.stringify([company, number]);
	return {
		book: ownOrders(async (company, number) => kept.get(keyOf(company, number)) ?? null),
		enter: (company, number, record) => void kept.set(keyOf(company, number), record),
		close: async () => {},
	};
});
