import { describe, expect, it } from "vitest";
import { renderArithmetic } from "./arithmetic.ts";
import { compileTable, type Explanation, evaluateTable } from "./evaluate.ts";
import { FactSheet } from "./facts.ts";
import { RuleTable } from "./table.ts";

const sheet = FactSheet.parse({
	freight: { type: "money", label: { zh: "运费", en: "freight" } },
	declared: { type: "money", label: { zh: "声明价值", en: "declared value" } },
	dollars: { type: "money", unit: "USD", label: { zh: "关税", en: "duty" } },
	"late-days": { type: "int", label: { zh: "迟延天数", en: "days late" } },
	insured: { type: "bool", label: { zh: "已保价", en: "insured" } },
	"driver-share": { type: "int", unit: "%", label: { zh: "责任比例", en: "share" } },
	rate: { type: "decimal", label: { zh: "费率", en: "rate" } },
	tags: { type: "strings", label: { zh: "标签", en: "tags" } },
});
const facts = {
	freight: 2500,
	declared: 100_000,
	dollars: 999,
	"late-days": 3,
	insured: true,
	"driver-share": 70,
	rate: 12.5,
	tags: ["fresh", "fragile"],
};

/** The explanation of one row that gives these. */
function explained(gives: Record<string, string | number>, types: Record<string, string>): Explanation {
	const source = { kind: "company", ref: "rules 1", sure: "company-default" };
	const rows = [{ id: "r", when: "true", gives, source }];
	const table = compileTable(RuleTable.parse({ table: "t", hit: "first", gives: types, rows }), sheet);
	const answer = evaluateTable(table, facts, "2026-03-01");
	const hit = answer.ok ? answer.hits[0] : undefined;
	if (!hit) throw new Error(JSON.stringify(answer));
	return hit.explanation;
}

const money = (sum: string | number): Explanation => explained({ amount: sum }, { amount: "money" });

describe("renderArithmetic", () => {
	it.each<[string | number, string]>([
		["3 * freight", "3 × ¥25.00 运费 = ¥75.00"],
		["freight", "¥25.00 运费"],
		["yuan(75)", "¥75.00"],
		[5000, "¥50.00"],
		["2 * 2500", "2 × ¥25.00 = ¥50.00"],
		["late_days * 500", "3 迟延天数 × ¥5.00 = ¥15.00"],
		["500 * late_days", "¥5.00 × 3 迟延天数 = ¥15.00"],
		["freight * 3 + 100", "¥25.00 运费 × 3 + ¥1.00 = ¥76.00"],
		["declared - (freight - 500) * 2", "¥1,000.00 声明价值 − (¥25.00 运费 − ¥5.00) × 2 = ¥960.00"],
		["-freight", "-¥25.00 运费 = -¥25.00"],
		["least(3 * freight, yuan(300))", "取小（3 × ¥25.00 运费 = ¥75.00，¥300.00） = ¥75.00"],
		["greatest(freight, 100)", "取大（¥25.00 运费，¥1.00） = ¥25.00"],
		["capped(declared, 30000)", "取小（¥1,000.00 声明价值，上限 ¥300.00） = ¥300.00"],
		["percent(declared, 50)", "¥1,000.00 声明价值 × 50% = ¥500.00"],
		["percent(declared, driver_share)", "¥1,000.00 声明价值 × 70% 责任比例 = ¥700.00"],
		["percent(declared, rate)", "¥1,000.00 声明价值 × 12.5% 费率 = ¥125.00"],
		["percent(declared, 100 - driver_share)", "¥1,000.00 声明价值 × (100 − 70% 责任比例)% = ¥300.00"],
		["percent(freight + 5, 50)", "(¥25.00 运费 + ¥0.05) × 50%（四舍五入） = ¥12.53"],
		['percent(freight + 5, 50, "down")', "(¥25.00 运费 + ¥0.05) × 50%（舍去尾数） = ¥12.52"],
		["roundTo(freight + 60, 100)", "四舍五入到 ¥1.00（¥25.00 运费 + ¥0.60 = ¥25.60） = ¥26.00"],
		["declared / 3", "¥1,000.00 声明价值 ÷ 3（舍去余数） = ¥333.33"],
		["declared / 4", "¥1,000.00 声明价值 ÷ 4 = ¥250.00"],
		["insured ? percent(declared, 50) : 3 * freight", "¥1,000.00 声明价值 × 50% = ¥500.00"],
		["3 * (late_days > 5 ? freight : 100)", "3 × ¥1.00 = ¥3.00"],
		["size(tags) * 100", "2 × ¥1.00 = ¥2.00"],
		["2 * dollars", "2 × US$9.99 关税 = US$19.98"],
	])("%s reads %s", (sum, text) => {
		expect(renderArithmetic(money(sum), sheet, "zh")).toBe(text);
	});

	it.each([
		["3 * freight", "3 × CN¥25.00 freight = CN¥75.00"],
		["capped(3 * freight, 5000)", "least of (3 × CN¥25.00 freight = CN¥75.00, ceiling CN¥50.00) = CN¥50.00"],
		["percent(freight, 33)", "CN¥25.00 freight × 33% = CN¥8.25"],
		["percent(freight, 1) / 2", "CN¥25.00 freight × 1% ÷ 2 (remainder dropped) = CN¥0.12"],
		['roundTo(freight, 1000, "up")', "rounded up to CN¥10.00 (CN¥25.00 freight) = CN¥30.00"],
	])("%s in English reads %s", (sum, text) => {
		expect(renderArithmetic(money(sum), sheet, "en")).toBe(text);
	});

	it("takes bare amounts in the currency it is told", () => {
		expect(renderArithmetic(money(5000), sheet, "zh", "JPY")).toBe("JP¥5,000");
	});

	it("sets several sums side by side and leaves out whole numbers that were not reckoned", () => {
		const types = { amount: "money", count: "int", days: "int" };
		const explanation = explained({ amount: "3 * freight", count: 1, days: "late_days + 1" }, types);
		expect(renderArithmetic(explanation, sheet, "zh")).toBe("3 × ¥25.00 运费 = ¥75.00；3 迟延天数 + 1 = 4");
		expect(renderArithmetic(explained({ count: 2 }, { count: "int" }), sheet, "zh")).toBe("2");
	});

	it("reads a negative constant as it is", () => {
		expect(renderArithmetic(explained({ points: "-1" }, { points: "int" }), sheet, "zh")).toBe("-1");
		expect(renderArithmetic(money("-100"), sheet, "zh")).toBe("-¥1.00");
	});

	it("reads an old explanation by its own facts and labels, whatever became of the sheet", () => {
		const old: Explanation = JSON.parse(JSON.stringify(money("3 * freight")));
		const later = FactSheet.parse({ freight: { type: "money", label: { zh: "运输费", en: "carriage" } } });
		expect(renderArithmetic(old, later, "zh")).toBe("3 × ¥25.00 运费 = ¥75.00");
		expect(renderArithmetic(old, {}, "zh")).toBe("3 * freight = ¥75.00");
	});
});
