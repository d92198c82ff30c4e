import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OrderBook, OrderRecord } from "./order-book.ts";

export type OrderBookUnderTest = {
	book: OrderBook;
	/** Puts a record where the book will look; it may be malformed. */
	enter(company: string, number: string, record: unknown): void;
	close(): Promise<void>;
};

const order: OrderRecord = {
	number: "SF1001/粤 A",
	trade: "express",
	status: "签收",
	facts: { weight: 2.5, insured: true, fee: 1800, goods: "陶瓷" },
	people: [{ role: "寄件", name: "王小明", phone: "13800138000" }, { role: "收件" }],
	organisation: "outlet-7",
	worker: "courier-12",
	plate: "粤A12345",
	amount: { amount: 1800, currency: "CNY" },
	takenAt: "2026-03-01T03:07:30.000Z",
	events: [{ at: "2026-03-01T03:07:30.000Z", what: "揽收", where: "深圳南山" }],
};

/** What every order book keeps to. `open` gives a fresh, empty one. */
export function orderBookContract(name: string, open: () => Promise<OrderBookUnderTest>): void {
	describe(`order book: ${name}`, () => {
		let under: OrderBookUnderTest;
		beforeEach(async () => {
			under = await open();
		});
		afterEach(() => under.close());

		test("an order is found whole, whatever its number is made of", async () => {
			under.enter("acme", order.number, order);
			expect(await under.book.find("acme", order.number)).toEqual({ ok: true, order });
		});

		test("a bare order is enough", async () => {
			const bare = { number: "1", trade: "express", status: "new", facts: {}, people: [], events: [] };
			under.enter("acme", "1", bare);
			expect(await under.book.find("acme", "1")).toEqual({ ok: true, order: bare });
		});

		test("an unknown number, and another company's, is no order", async () => {
			under.enter("acme", order.number, order);
			expect(await under.book.find("acme", "other")).toEqual({ ok: true, order: null });
			expect(await under.book.find("other", order.number)).toEqual({ ok: true, order: null });
		});

		test("an unknown phone is on no order", async () => {
			under.enter("acme", order.number, order);
			expect(await under.book.ofPhone("acme", "13900000000", 5)).toEqual({ ok: true, orders: [] });
		});

		test("times of any offset come out in UTC with milliseconds", async () => {
			under.enter("acme", "1", { ...order, number: "1", takenAt: "2026-03-01T11:07:30+08:00" });
			expect(await under.book.find("acme", "1")).toMatchObject({
				order: { takenAt: "2026-03-01T03:07:30.000Z" },
			});
		});

		test("a record that isn't as agreed is told by what is wrong, without its content", async () => {
			const wrong = {
				...order,
				number: "1",
				amount: { amount: 18.5, currency: "元" },
				people: [{ name: "王小明" }],
			};
			under.enter("acme", "1", wrong);
			const result = await under.book.find("acme", "1");
			expect(result).toMatchObject({ ok: false, reason: "unreadable", retry: false });
			expect(JSON.stringify(result)).toMatch(/people\.0\.role.*amount\.amount/);
			expect(JSON.stringify(result)).not.toMatch(/王小明|13800138000/);
		});
	});
}
