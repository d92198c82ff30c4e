import { describe, expect, it } from "vitest";
import { inForce, RuleRow, RuleTable } from "./table.ts";

const source = { kind: "company", ref: "service rules 3", sure: "company-default" };
const row = { id: "r", when: "true", gives: { amount: 100 }, source };
const table = { table: "remedies", hit: "first", gives: { amount: "money" }, rows: [row] };

describe("a rule table", () => {
	it("reads the bare true of YAML as the condition true", () => {
		expect(RuleTable.parse({ ...table, rows: [{ ...row, when: true }] }).rows[0]?.when).toBe("true");
	});

	it.each([
		["no rows", { ...table, rows: [] }],
		["no hit policy", { ...table, hit: undefined }],
		["an unknown hit policy", { ...table, hit: "last" }],
		["an unknown kind of result", { ...table, gives: { amount: "yuan" } }],
		["a row without a source", { ...table, rows: [{ ...row, source: undefined }] }],
		[
			"a source that isn't sure how sure it is",
			{ ...table, rows: [{ ...row, source: { ...source, sure: "maybe" } }] },
		],
		["the bare false", { ...table, rows: [{ ...row, when: false }] }],
		["a day that doesn't exist", { ...table, rows: [{ ...row, from: "2026-02-30" }] }],
		["a share above 100", { ...table, rows: [{ ...row, gives: { shares: { driver: 101 } } }] }],
		["a misspelt key", { ...table, rows: [{ ...row, wen: "true" }] }],
	])("refuses %s", (_, wrong) => {
		expect(RuleTable.safeParse(wrong).success).toBe(false);
	});
});

describe("inForce", () => {
	const dated = RuleRow.parse({ ...row, from: "2026-01-01", to: "2026-06-30" });

	it.each([
		["2025-12-31", false],
		["2026-01-01", true],
		["2026-06-30", true],
		["2026-07-01", false],
	])("counts the first and the last day: %s is %s", (day, expected) => {
		expect(inForce(dated, day)).toBe(expected);
	});

	it("is always so without dates", () => {
		expect(inForce(RuleRow.parse(row), "1970-01-01")).toBe(true);
	});
});
