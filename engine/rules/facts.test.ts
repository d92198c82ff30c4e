import { describe, expect, it } from "vitest";
import { FactSheet, parseFacts } from "./facts.ts";

const label = { zh: "某事", en: "something" };
const sheet = FactSheet.parse({
	category: { type: "string", values: ["damage", "delay"], label },
	"late-minutes": { type: "int", label, from: "order.lateMinutes" },
	freight: { type: "money", label, unit: "CNY" },
	distance: { type: "decimal", label, unit: "km", from: "ask" },
	insured: { type: "bool", label },
	flags: { type: "strings", values: ["injury", "minor"], label },
	words: { type: "strings", label },
});

describe("a fact sheet", () => {
	it.each([
		["a capital first", { Late: { type: "int", label } }, /no fact name/],
		["a word of the language", { in: { type: "int", label } }, /word of the rule language/],
		["one of our functions", { percent: { type: "int", label } }, /word of the rule language/],
		["a type of CEL", { string: { type: "string", label } }, /word of the rule language/],
		[
			"two names that are one in rules",
			{ "a-b": { type: "int", label }, a_b: { type: "int", label } },
			/both written a_b/,
		],
		["values of a number", { n: { type: "int", values: ["1"], label } }, /closed set of values needs/],
		["a value twice", { s: { type: "string", values: ["x", "x"], label } }, /listed twice/],
		["money in no currency", { m: { type: "money", unit: "yuan", label } }, /currency such as CNY/],
		["an origin that is neither", { n: { type: "int", label, from: "somewhere" } }, /dotted origin/],
		["no English label", { n: { type: "int", label: { zh: "数" } } }, /en/],
		["a key nobody knows", { n: { type: "int", label, labl: 1 } }, /labl/],
	])("refuses %s", (_, wrong, message) => {
		const parsed = FactSheet.safeParse(wrong);
		expect(parsed.success).toBe(false);
		expect(JSON.stringify(parsed.error?.issues)).toMatch(message);
	});
});

describe("parseFacts", () => {
	it("takes values of the declared types and leaves out what is null or undefined", () => {
		const facts = {
			category: "delay",
			"late-minutes": 45,
			freight: 2500,
			distance: 12.5,
			insured: false,
			flags: ["minor"],
			words: [],
		};
		expect(parseFacts(sheet, facts)).toEqual({ ok: true, facts });
		expect(parseFacts(sheet, { freight: null, insured: undefined })).toEqual({ ok: true, facts: {} });
	});

	it.each([
		["freight", 25.5, "must be a whole number of the smallest currency unit, not 25.5"],
		["freight", 2 ** 53, "must be a whole number of the smallest currency unit, not 9007199254740992"],
		["late-minutes", "45", 'must be a whole number, not "45"'],
		["distance", Number.NaN, "must be a number, not NaN"],
		["distance", Number.POSITIVE_INFINITY, "must be a number, not Infinity"],
		["insured", 1, "must be true or false, not 1"],
		["words", "a", 'must be a list of texts, not "a"'],
		["words", ["a", 1], "must be a list of texts, not a list with other things in it"],
		["words", {}, "must be a list of texts, not an object"],
		["category", "damge", '"damge" is not one of damage, delay, did you mean "damage"?'],
		["flags", ["injury", "fire"], '"fire" is not one of injury, minor'],
		["insurd", true, 'unknown fact, did you mean "insured"?'],
		["constructor", 1, "unknown fact"],
	])("says what is wrong with %s = %j", (fact, value, problem) => {
		expect(parseFacts(sheet, { [fact]: value })).toEqual({ ok: false, problems: [{ fact, problem }] });
	});

	it("has words for values that JSON has none for", () => {
		const problems = [{ fact: "insured", problem: "must be true or false, not 10" }];
		expect(parseFacts(sheet, { insured: 10n })).toEqual({ ok: false, problems });
	});

	it("names every problem at once", () => {
		const parsed = parseFacts(sheet, { freight: "25", insured: "yes", category: "delay" });
		expect(parsed).toMatchObject({ ok: false, problems: [{ fact: "freight" }, { fact: "insured" }] });
	});
});
