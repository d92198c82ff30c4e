import { orderBookContract } from "#server/ports/order-book.contract.ts";
import { ownOrders } from "./own.ts";

orderBookContract("own", async () => {
	const kept = new Map<string, unknown>();
	const keyOf = (company: string, number: string) => JSON.stringify([company, number]);
	return {
		book: ownOrders({
			byNumber: async (company, number) => kept.get(keyOf(company, number)) ?? null,
			byPhone: async (company, phone) =>
				[...kept].flatMap(([key, record]) =>
					(JSON.parse(key) as string[])[0] === company && JSON.stringify(record).includes(phone)
						? [record]
						: [],
				),
		}),
		enter: (company, number, record) => void kept.set(keyOf(company, number), record),
		close: async () => {},
	};
});
