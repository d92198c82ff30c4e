import { expect, test } from "vitest";
import { minorOf, typedOf } from "./money.ts";

test.each([
	["25", 2_500],
	["25.5", 2_550],
	["25.05", 2_505],
	["1,250.00", 125_000],
	["¥75", 7_500],
	["７５", 7_500],
	["0", 0],
	["25.", 2_500],
	["", null],
	["-5", null],
	["1.234", null],
	["abc", null],
])("%o is typed, %o is meant", (typed, minor) => {
	expect(minorOf(typed)).toBe(minor);
});

test("amounts come back as one would type them", () => {
	expect([0, 5, 100, 7_550, 125_000].map(typedOf)).toEqual(["0", "0.05", "1", "75.50", "1250"]);
});
