import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney } from "./format.ts";
import { add, capped, compare, greatest, least, Money, percentOf, splitByShares, subtract } from "./money.ts";

const yuan = (amount: number): Money => ({ amount, currency: "CNY" });
const anyAmount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const ROUNDINGS = ["half-up", "down", "up"] as const;

describe("Money", () => {
	it("is a whole number of the smallest unit of a currency that exists", () => {
		expect(Money.parse({ amount: 7500, currency: "CNY" })).toEqual(yuan(7500));
		for (const wrong of [
			{ amount: 75.5, currency: "CNY" },
			{ amount: 2 ** 53, currency: "CNY" },
			{ amount: "75", currency: "CNY" },
			{ amount: 75, currency: "cny" },
			{ amount: 75, currency: "QQQ" },
			{ amount: 75 },
			{ amount: 75, currency: "CNY", unit: "fen" },
		]) {
			expect(Money.safeParse(wrong).success).toBe(false);
		}
	});

	it("is added and subtracted exactly, one undoing the other", () => {
		fc.assert(
			fc.property(anyAmount, anyAmount, (a, b) => {
				expect(subtract(add(yuan(a), yuan(b)), yuan(b))).toEqual(yuan(a));
				expect(Math.sign(compare(yuan(a), yuan(b)))).toBe(Math.sign(a - b));
			}),
		);
	});

	it("never mixes currencies, whatever is asked", () => {
		const dollars: Money = { amount: 1, currency: "USD" };
		for (const mixed of [add, subtract, compare, least, greatest, capped]) {
			expect(() => mixed(yuan(1), dollars)).toThrow(/can't be set against each other/);
		}
	});

	it("refuses a sum that a number can't hold exactly", () => {
		expect(() => add(yuan(Number.MAX_SAFE_INTEGER), yuan(1))).toThrow(RangeError);
	});

	it("picks the least and the greatest, and caps", () => {
		expect(least(yuan(3), yuan(-2), yuan(5))).toEqual(yuan(-2));
		expect(greatest(yuan(3), yuan(-2), yuan(5))).toEqual(yuan(5));
		expect(capped(yuan(300), yuan(200))).toEqual(yuan(200));
		expect(capped(yuan(100), yuan(200))).toEqual(yuan(100));
		expect(capped(yuan(300), null)).toEqual(yuan(300));
		expect(() => least()).toThrow(RangeError);
	});
});

describe("percentOf", () => {
	it.each([
		[1005, "10", "half-up", 101],
		[1005, "10", "down", 100],
		[1004, "10", "up", 101],
		[1000, "10", "up", 100],
		[-1005, 10, "half-up", -101],
		[-1005, 10, "down", -100],
		[999, 0, "up", 0],
		[1_000_000, "0.0001", "down", 1],
		[8999, 300, "down", 26997],
		[1_000_000, 0.07, "down", 700], // in floats 1e6 * 0.07 / 100 is 700.0000000000001
		[4350, 1.1, "half-up", 48],
	] as const)("%d at %s per cent rounded %s is %d", (amount, percent, rounding, expected) => {
		expect(percentOf(amount, percent, rounding)).toBe(expected);
	});

	it("lies less than one unit from the exact value, on the side that was asked for", () => {
		fc.assert(
			fc.property(anyAmount, fc.integer({ min: 0, max: 10_000_000 }), (amount, tenThousandths) => {
				const percent = tenThousandths / 10_000;
				const exactTimes = BigInt(amount) * BigInt(tenThousandths);
				const magnitude = exactTimes < 0n ? -exactTimes : exactTimes;
				const [half, down, up] = ROUNDINGS.map(
					(rounding) => BigInt(Math.abs(percentOf(amount, percent, rounding))) * 1_000_000n,
				) as [bigint, bigint, bigint];
				expect(down <= magnitude && magnitude - down < 1_000_000n).toBe(true);
				expect(up >= magnitude && up - magnitude < 1_000_000n).toBe(true);
				expect(half).toBe(up - magnitude <= magnitude - down ? up : down);
				const text = percent.toFixed(4);
				for (const rounding of ROUNDINGS) {
					expect(percentOf(amount, text, rounding)).toBe(percentOf(amount, percent, rounding));
				}
			}),
		);
	});

	it("refuses a percentage that isn't one", () => {
		for (const wrong of [-1, "1.23456", "12%", "", " 5", Number.NaN, Number.POSITIVE_INFINITY, 1e-7, 1 / 3]) {
			expect(() => percentOf(100, wrong, "down")).toThrow(/at most 4 decimals/);
		}
		expect(() => percentOf(0.5, 10, "down")).toThrow(/whole number/);
	});
});

describe("splitByShares", () => {
	it("gives the units left over to the parts that lost most, the earlier first", () => {
		expect(splitByShares(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(splitByShares(1001, [70, 30])).toEqual([701, 300]);
		expect(splitByShares(1001, ["33.3333", "66.6667"])).toEqual([334, 667]);
		expect(splitByShares(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
		expect(splitByShares(1, [0, 0, 5])).toEqual([0, 0, 1]);
	});

	it("always adds up, keeps each part within a unit of its due, and gives nothing for nothing", () => {
		const share = fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 10_000);
		const shares = fc
			.array(share, { minLength: 1, maxLength: 8 })
			.filter((all) => all.some((one) => one > 0));
		fc.assert(
			fc.property(anyAmount, shares, (amount, all) => {
				const parts = splitByShares(amount, all);
				expect(parts.reduce((total, part) => total + part, 0)).toBe(amount);
				const weights = all.map((one) => BigInt(Math.round(one * 10_000)));
				const sum = weights.reduce((total, weight) => total + weight, 0n);
				parts.forEach((part, place) => {
					const off = BigInt(part) * sum - BigInt(amount) * (weights[place] ?? 0n);
					expect(off < sum && off > -sum).toBe(true);
					if (weights[place] === 0n) expect(part).toBe(0);
				});
			}),
		);
	});

	it("refuses shares that are negative or all nothing", () => {
		expect(() => splitByShares(100, [])).toThrow(/above 0/);
		expect(() => splitByShares(100, [0, 0])).toThrow(/above 0/);
		expect(() => splitByShares(100, [-1, 2])).toThrow(/at most 4 decimals/);
	});
});

describe("formatMoney", () => {
	it("writes an amount as the locale does, to the last unit", () => {
		expect(formatMoney(yuan(7500), "zh-CN")).toBe("¥75.00");
		expect(formatMoney(yuan(7500), "en")).toBe("CN¥75.00");
		expect(formatMoney(yuan(5), "zh-CN")).toBe("¥0.05");
		expect(formatMoney(yuan(-123456), "zh-CN")).toBe("-¥1,234.56");
		expect(formatMoney(yuan(Number.MAX_SAFE_INTEGER), "zh-CN")).toBe("¥90,071,992,547,409.91");
		expect(formatMoney({ amount: 7500, currency: "JPY" }, "en")).toBe("¥7,500");
		expect(formatMoney({ amount: 7500, currency: "KWD" }, "en")).toMatch(/7\.500$/);
	});
});
