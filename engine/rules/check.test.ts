import { describe, expect, it } from "vitest";
import { checkTable } from "./check.ts";
import { FactSheet } from "./facts.ts";
import { RuleTable } from "./table.ts";

const label = { zh: "某", en: "some" };
const sheet = FactSheet.parse({
	freight: { type: "money", label },
	declared: { type: "money", label },
	dollars: { type: "money", unit: "USD", label },
	"late-days": { type: "int", label },
	share: { type: "decimal", label },
	insured: { type: "bool", label },
	category: { type: "string", values: ["damage", "delay"], label },
	city: { type: "string", label },
	tags: { type: "strings", values: ["fresh", "fragile"], label },
});
const source = { kind: "company", ref: "rules 1", sure: "company-default" };

type Row = Record<string, unknown>;

/** The problems of a table as `row/column: problem`. */
function problems(rows: Row[], more: Row = {}): string[] {
	const complete = rows.map((row, index) => ({
		id: `r${index + 1}`,
		when: "true",
		gives: { amount: 1 },
		source,
		...row,
	}));
	const table = RuleTable.parse({
		table: "remedies",
		hit: "first",
		gives: { amount: "money" },
		rows: complete,
		...more,
	});
	return checkTable(table, sheet, { file: "remedies.yaml" }).map(
		({ row, column, problem }) => `${row}/${column}: ${problem}`,
	);
}

const when = (text: string): string[] => problems([{ when: text }]);
const gives = (type: string, cell: unknown): string[] =>
	problems([{ gives: { x: cell } }], { gives: { x: type } });

describe("checkTable", () => {
	it("names file and table, and finds nothing wrong with a good table", () => {
		const table = { table: "remedies", hit: "first", gives: { amount: "money" } };
		const good = RuleTable.parse({
			...table,
			rows: [
				{
					id: "a",
					when: "insured && category == 'damage'",
					gives: { amount: "percent(declared, share)" },
					source,
				},
				{
					id: "b",
					when: "late_days > 3 || 'fresh' in tags",
					gives: { amount: "capped(3 * freight, yuan(300))" },
					source,
				},
				{ id: "c", when: "true", gives: { amount: 0 }, source, to: "2026-12-31" },
				{ id: "d", when: "true", gives: { amount: "late_days * 500" }, source, from: "2027-01-01" },
			],
		});
		expect(checkTable(good, sheet, { file: "x.yaml" })).toEqual([]);
		const bad = RuleTable.parse({
			...table,
			rows: [{ id: "a", when: "insurd", gives: { amount: 1 }, source }],
		});
		const problem = 'unknown fact "insurd", did you mean "insured"? at character 1';
		expect(checkTable(bad, sheet, { file: "x.yaml" })).toEqual([
			{ file: "x.yaml", table: "remedies", row: "a", column: "when", problem },
		]);
	});

	it.each([
		["insured &&", "Unexpected token: EOF at character 11"],
		["late_days", "must give bool, but gives int"],
		["share", "must give bool, but gives decimal"],
		["late_days / 0 > 1", "division by zero: late_days / 0"],
		["late_days > 6 % 0", "division by zero: 6 % 0"],
		["freight > yuan(1.234)", "yuan(1.234) is finer than one hundredth: yuan(1.234)"],
	])("condition %s", (text, problem) => {
		expect(when(text)).toEqual([`r1/when: ${problem}`]);
	});

	it.each([
		['category == "damge"', '"damge" is not among the values of category, did you mean "damage"?'],
		['"damge" != category', '"damge" is not among the values of category, did you mean "damage"?'],
		['category in ["damage", "loss"]', '"loss" is not among the values of category'],
		[
			'category == (insured ? "damage" : "dely")',
			'"dely" is not among the values of category, did you mean "delay"?',
		],
		['"frsh" in tags', '"frsh" is not among the values of tags, did you mean "fresh"?'],
		['tags.exists(t, t == "frsh")', '"frsh" is not among the values of tags, did you mean "fresh"?'],
		['tags.all(t, t in ["fresh", "cold"])', '"cold" is not among the values of tags'],
		['tags == ["cold"]', '"cold" is not among the values of tags'],
	])("a word outside the closed set: %s", (text, problem) => {
		expect(when(text)).toEqual([`r1/when: ${problem}`]);
	});

	it.each([
		'city == "anywhere"',
		'category == "delay"',
		'tags.exists(t, t == "fresh" && city == "x")',
		"insured == (freight > 1)",
		'city in ["a"] || category.startsWith("d")',
	])("nothing against %s", (text) => {
		expect(when(text)).toEqual([]);
	});

	it.each([
		["freight + late_days > 1", "CNY and a count don't go together: freight / late_days"],
		["freight > late_days", "CNY and a count don't go together: freight / late_days"],
		["freight == dollars", "CNY and USD don't go together: freight / dollars"],
		["freight * declared > 1", "money times money: freight * declared"],
		["late_days / freight > 1", "a count divided by money: late_days / freight"],
		["freight / dollars > 1", "two currencies: freight / dollars"],
		["percent(5, freight) > 1", "a percentage can't be money: percent(5, freight)"],
		["yuan(freight) > 1", "this is money already: yuan(freight)"],
		[
			"insured ? freight > 1 : size(tags) > freight",
			"a count and CNY don't go together: size(tags) / freight",
		],
	])("units: %s", (text, problem) => {
		expect(when(text)).toEqual([`r1/when: ${problem}`]);
	});

	it.each([
		["money", "percent(freight, 5)"],
		["money", "late_days * 500 + freight"],
		["money", "freight * late_days / 3"],
		["money", 500],
		["int", "freight / declared"],
		["int", "late_days + 1"],
		["bool", true],
		["bool", "insured"],
		["string", "insured ? 'a' : city"],
		["text", "not && CEL"],
		["shares", { driver: 33.3, outlet: 33.3, unknown: 33.4 }],
	])("a %s may be %j", (type, cell) => {
		expect(gives(type, cell)).toEqual([]);
	});

	it.each([
		["money", "insured", "must give int, but gives bool"],
		["money", "share", "must give int, but gives decimal"],
		["money", "late_days", "gives a count where money is due"],
		["money", 1.5, "must be a whole number of the smallest currency unit, not 1.5"],
		["money", true, "must be money, not true"],
		["money", { driver: 100 }, "must be money, not shares"],
		["int", "freight", "gives CNY: declare the result as money"],
		["int", 0.5, "must be a whole number, not 0.5"],
		["bool", 1, "must be bool, not 1"],
		["string", 5, "must be string, not 5"],
		["string", "late_days", "must give string, but gives int"],
		["string", "refund", 'unknown fact "refund" at character 1; a fixed word is written "\'refund\'"'],
		["text", 5, "must be a text, not 5"],
		["shares", "driver", "must be party: percent, not a text"],
		["shares", { driver: 70, outlet: 20 }, "the shares add up to 90, not 100"],
		["shares", { driver: 33.333, outlet: 66.667 }, "the share of driver has more than two decimals: 33.333"],
		["shares", {}, "the shares add up to 0, not 100"],
	])("a %s may not be %j", (type, cell, problem) => {
		expect(gives(type, cell)).toContain(`r1/x: ${problem}`);
	});

	it("every row gives every result of the table, and no other", () => {
		expect(problems([{ gives: { amuont: 1 } }])).toEqual([
			'r1/amuont: the table gives no "amuont", did you mean "amount"?',
			"r1/amount: missing: every row gives amount (money)",
		]);
	});

	it("row ids are not used twice", () => {
		expect(problems([{ id: "a", when: "insured" }, { id: "a" }])).toEqual(["a/null: two rows bear this id"]);
	});

	it("a row doesn't end before it begins", () => {
		expect(problems([{ from: "2026-02-01", to: "2026-01-31" }])).toEqual([
			"r1/from: begins on 2026-02-01, after its last day 2026-01-31",
		]);
		expect(problems([{ from: "2026-02-01", to: "2026-02-01" }])).toEqual([]);
	});
});

describe("reach", () => {
	it.each<[string, Row[], string[]]>([
		[
			"after an unconditional row nothing is reached",
			[{}, { when: "insured" }],
			["r2/when: never reached: row r1 always answers before"],
		],
		[
			"the same condition twice",
			[{ when: "insured" }, { when: "(insured)" }],
			["r2/when: never reached: row r1 always answers before"],
		],
		["unconditional only until a day", [{ to: "2026-01-31" }, { when: "insured" }], []],
		[
			"within the days of the unconditional one",
			[{ to: "2026-01-31" }, { when: "insured", to: "2026-01-30" }],
			["r2/when: never reached: row r1 always answers before"],
		],
		[
			"one version after the other",
			[
				{ when: "insured", to: "2026-01-31" },
				{ when: "insured", from: "2026-02-01" },
			],
			[],
		],
		[
			"two versions on the same day",
			[
				{ when: "insured", to: "2026-02-01" },
				{ when: "insured", from: "2026-02-01" },
			],
			["r2/from: in force together with row r1, which has the same condition"],
		],
		["unconditional last", [{ when: "insured" }, {}], []],
	])("under hit first: %s", (_, rows, expected) => {
		expect(problems(rows)).toEqual(expected);
	});

	it("under hit all rows stand side by side; only a repetition is a mistake", () => {
		const all = { hit: "all" };
		expect(problems([{}, { when: "insured" }, { gives: { amount: 2 } }, { legal: "owed" }], all)).toEqual([]);
		expect(problems([{ when: "insured" }, { when: "insured" }], all)).toEqual(["r2/when: repeats row r1"]);
	});
});
