import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentOf } from "../money/money.ts";
import { celFor, contextOf, percentIsWhole, ROUNDINGS } from "./cel.ts";
import { readExpression } from "./expression.ts";
import { FactSheet, type FactValues } from "./facts.ts";

const label = { zh: "数", en: "number" };
const sheet = FactSheet.parse({
	a: { type: "money", label },
	b: { type: "money", label },
	c: { type: "money", label },
	p: { type: "int", label },
	d: { type: "decimal", label },
	words: { type: "strings", label },
	constructor: { type: "int", label },
});

/** What an expression comes to; the kind of breakage where it comes to nothing. */
function reckon(text: string, facts: FactValues = {}) {
	const reading = readExpression(celFor(sheet), text);
	if (!reading.ok) throw new Error(reading.problems.join("; "));
	const outcome = reading.expression.run(contextOf(sheet, facts, Object.keys(sheet)));
	return outcome.ok ? outcome.value : outcome.broke;
}

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const percent = fc.integer({ min: 0, max: 300 });

describe("percent", () => {
	it.each([
		["percent(250, 50)", 125],
		["percent(1, 50)", 1],
		["percent(-1, 50)", -1],
		["percent(1, 49)", 0],
		['percent(1, 50, "down")', 0],
		['percent(-1, 50, "down")', 0],
		['percent(1, 1, "up")', 1],
		['percent(-1, 1, "up")', -1],
		["percent(1000, 12.5)", 125],
		["percent(200, 0.25)", 1],
		["percent(100, 0.285 * 100.0)", 29],
		["percent(10000, 0.07 * 100.0)", 700],
	])("%s is %s", (text, expected) => {
		expect(reckon(text)).toBe(expected);
	});

	it("gives nothing of 0 %, everything of 100 %, and mirrors below zero", () => {
		fc.assert(
			fc.property(amount, percent, (a, p) => {
				expect(reckon("percent(a, 0)", { a })).toBe(0);
				expect(reckon("percent(a, 100)", { a })).toBe(a);
				expect(reckon("percent(-a, p)", { a, p })).toBe(0 - Number(reckon("percent(a, p)", { a, p })));
			}),
		);
	});

	it("agrees with the money of the engine, for every rounding and up to four decimals", () => {
		const decimal = fc.integer({ min: 0, max: 3_000_000 }).map((value) => value / 10_000);
		fc.assert(
			fc.property(amount, decimal, fc.constantFrom(...ROUNDINGS), (a, d, rounding) => {
				expect(reckon(`percent(a, d, "${rounding}")`, { a, d })).toBe(percentOf(a, d, rounding));
			}),
		);
	});

	it("rounds by less than one unit, and not at all where it comes out whole", () => {
		fc.assert(
			fc.property(fc.nat(1_000_000_000), percent, (a, p) => {
				const [down, up] = [
					Number(reckon('percent(a, p, "down")', { a, p })),
					Number(reckon('percent(a, p, "up")', { a, p })),
				];
				expect(up - down).toBe(percentIsWhole(a, p) ? 0 : 1);
				expect([down, up]).toContain(reckon("percent(a, p)", { a, p }));
			}),
		);
	});
});

describe("least, greatest, capped", () => {
	it("pick one of what they are given, whatever the order", () => {
		fc.assert(
			fc.property(amount, amount, amount, (a, b, c) => {
				expect(reckon("least(a, b, c)", { a, b, c })).toBe(Math.min(a, b, c));
				expect(reckon("greatest(c, b, a)", { a, b, c })).toBe(Math.max(a, b, c));
				expect(reckon("least(a, b) + greatest(a, b) == a + b", { a, b })).toBe(true);
				expect(reckon("capped(a, b) == least(b, a)", { a, b })).toBe(true);
			}),
		);
	});

	it("take up to eight", () => {
		expect(reckon("least(8, 7, 6, 5, 4, 3, 2, 1)")).toBe(1);
		expect(() => reckon("least(1)")).toThrow(/no function takes 'least\(int\)'/);
	});
});

describe("roundTo", () => {
	it("gives the nearest whole number of steps", () => {
		fc.assert(
			fc.property(amount, fc.integer({ min: 1, max: 100_000 }), (a, b) => {
				const rounded = Number(reckon("roundTo(a, b)", { a, b }));
				expect(Math.abs(rounded % b)).toBe(0);
				expect(Math.abs(rounded - a) * 2).toBeLessThanOrEqual(b);
			}),
		);
	});

	it.each([
		["roundTo(250, 100)", 300],
		["roundTo(-250, 100)", -300],
		['roundTo(299, 100, "down")', 200],
		['roundTo(201, 100, "up")', 300],
	])("%s is %s", (text, expected) => {
		expect(reckon(text)).toBe(expected);
	});

	it("has no answer without a step", () => {
		expect(reckon("roundTo(a, p)", { a: 100, p: 0 })).toBe("invalid");
	});
});

describe("yuan", () => {
	it.each([
		["yuan(75)", 7500],
		["yuan(0.29)", 29],
		["yuan(1234567890.12)", 123456789012],
		["yuan(12.345)", "invalid"],
		["yuan(p)", 300],
	])("%s is %s", (text, expected) => {
		expect(reckon(text, { p: 3 })).toBe(expected);
	});
});

describe("integers", () => {
	it("are exact up to the last that a number can hold", () => {
		const largest = Number.MAX_SAFE_INTEGER;
		expect(reckon("a - 1 + 1", { a: largest })).toBe(largest);
		expect(reckon("a * 1000 / 1000", { a: largest })).toBe(largest);
	});

	it.each([
		["a + 1", "overflow"],
		["a * a", "overflow"],
		["a * a > 0", "overflow"],
		["percent(a, 200)", "overflow"],
		["percent(a * 1000, 99999)", "overflow"],
		["least(a + 1, 5)", 5],
		["percent(5, d * d)", "overflow"],
		["a / (p - p)", "division-by-zero"],
		["a % (p - p)", "division-by-zero"],
		["-7 / 2", -3],
	])("%s is %s", (text, expected) => {
		expect(reckon(text, { a: Number.MAX_SAFE_INTEGER, p: 1, d: 1e200 })).toBe(expected);
	});
});

describe("a fact that isn't there", () => {
	it("is missing, even where every object has something of that name", () => {
		expect(reckon("constructor > 0")).toBe("missing");
		expect(reckon("constructor > 0", { constructor: 1 })).toBe(true);
	});

	it("doesn't matter to a condition that is settled without it", () => {
		expect(reckon("a > 0 && false")).toBe(false);
		expect(reckon('words.exists(w, w == "x" || a > 0)', { words: ["x"] })).toBe(true);
	});
});
