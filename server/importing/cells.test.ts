import { expect, test } from "vitest";
import { readAmount, readFact, readYesNo } from "./cells.ts";

test.each([
	["199", 19_900],
	["¥1,234.50", 123_450],
	["￥1，234.5元", 123_450],
	["人民币 300 元整", 30_000],
	["1.2万元", 1_200_000],
	["0", 0],
	["12.300", 1230],
	["RMB 88.80", 8880],
])("%s is %i fen", (text, fen) => {
	expect(readAmount(text)).toBe(fen);
});

test.each(["", "三百", "12.345", "-5", "1,23", "100-200", "9999999999999999", "1.23456789万"])(
	"%s is no amount",
	(text) => {
		expect(readAmount(text)).toBeNull();
	},
);

test("yes and no in both languages, and nothing else", () => {
	expect(["是", "有", "TRUE", "1", " y "].map(readYesNo)).toEqual([true, true, true, true, true]);
	expect(["否", "无", "False", "0"].map(readYesNo)).toEqual([false, false, false, false]);
	expect(["", "maybe", "2"].map(readYesNo)).toEqual([null, null, null]);
});

test("a fact is read as its pack declares it", () => {
	const label = { zh: "事实", en: "fact" };
	expect(readFact("12.50", { type: "money", label })).toBe(1250);
	expect(readFact("3", { type: "int", label })).toBe(3);
	expect(readFact("3.5", { type: "int", label })).toBeNull();
	expect(readFact("3.5", { type: "decimal", label })).toBe(3.5);
	expect(readFact("是", { type: "bool", label })).toBe(true);
	expect(readFact("same-city", { type: "string", values: ["same-city"], label })).toBe("same-city");
	expect(readFact("moon", { type: "string", values: ["same-city"], label })).toBeNull();
	expect(readFact("a、b", { type: "strings", label })).toEqual(["a", "b"]);
	expect(readFact("a;c", { type: "strings", values: ["a", "b"], label })).toBeNull();
});
