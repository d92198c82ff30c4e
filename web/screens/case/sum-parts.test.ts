import { expect, it } from "vitest";
import { cutByLabels } from "./sum-parts.ts";

const LABELS = [
	{ fact: "fee", label: "运费" },
	{ fact: "fee-paid", label: "已付运费" },
];

it("cuts a sum at the names of its facts", () => {
	expect(cutByLabels("3 × ¥25.00 运费 = ¥75.00", LABELS)).toEqual([
		{ text: "3 × ¥25.00 ", fact: null, at: 0 },
		{ text: "运费", fact: "fee", at: 11 },
		{ text: " = ¥75.00", fact: null, at: 13 },
	]);
});

it("takes the longest name, and leaves a sum without names whole", () => {
	expect(cutByLabels("¥25.00 已付运费", LABELS).map((one) => one.fact)).toEqual([null, "fee-paid"]);
	expect(cutByLabels("¥50.00", LABELS)).toEqual([{ text: "¥50.00", fact: null, at: 0 }]);
	expect(cutByLabels("", LABELS)).toEqual([]);
});
