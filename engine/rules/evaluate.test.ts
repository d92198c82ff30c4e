import { describe, expect, it } from "vitest";
import { compileTable, type Evaluation, evaluateTable } from "./evaluate.ts";
import { FactSheet, type FactValues } from "./facts.ts";
import { RuleTable } from "./table.ts";

const label = (en: string) => ({ zh: `${en}（中文）`, en });
const sheet = FactSheet.parse({
	freight: { type: "money", label: label("freight") },
	declared: { type: "money", label: label("declared value") },
	"late-days": { type: "int", label: label("days late") },
	insured: { type: "bool", label: label("insured") },
	proved: { type: "bool", label: label("loss proved") },
	category: { type: "string", values: ["damage", "delay", "loss"], label: label("category") },
	tags: { type: "strings", values: ["fragile", "fresh"], label: label("tags") },
});
const source = { kind: "contract", ref: "clause 7", sure: "weak" };
const DAY = "2026-03-01";

type Row = { id?: string; when?: string; gives?: Record<string, unknown>; [key: string]: unknown };

/** A table of rows; what a row leaves out is `true` and amount 1. */
function table(rows: Row[], more: Record<string, unknown> = {}) {
	const complete = rows.map((row, index) => ({
		id: `row-${index + 1}`,
		when: "true",
		gives: { amount: 1 },
		source,
		...row,
	}));
	const parsed = RuleTable.parse({
		table: "remedies",
		hit: "first",
		gives: { amount: "money" },
		rows: complete,
		...more,
	});
	return compileTable(parsed, sheet);
}

const rowsHit = (answer: Evaluation): string[] => (answer.ok ? answer.hits.map((hit) => hit.row) : ["none"]);
const needed = (answer: Evaluation): string[] =>
	"needs" in answer ? answer.needs.map((need) => need.fact) : [];

describe("compileTable", () => {
	it("throws on a table that the check finds wrong, and says where", () => {
		expect(() => table([{ when: "insurd" }])).toThrow(
			/table remedies is not in order\nrow-1, when: unknown fact "insurd"/,
		);
	});
});

describe("hit policies", () => {
	const rows = [
		{ when: "late_days > 3", gives: { amount: "3 * freight" } },
		{ when: "late_days > 1", gives: { amount: "freight" } },
		{ when: "true", gives: { amount: 0 } },
	];

	it.each([
		[5, 7500],
		[2, 2500],
		[1, 0],
	])("first: with %s days late the first row that holds gives %s", (days, amount) => {
		const answer = evaluateTable(table(rows), { freight: 2500, "late-days": days }, DAY);
		expect(answer).toMatchObject({ ok: true, hits: [{ values: { amount } }] });
	});

	it("all: every row that holds answers", () => {
		const answer = evaluateTable(table(rows, { hit: "all" }), { freight: 2500, "late-days": 2 }, DAY);
		expect(rowsHit(answer)).toEqual(["row-2", "row-3"]);
	});

	it("no row holds: no hits, which is an answer too", () => {
		expect(evaluateTable(table([{ when: "insured" }]), { insured: false }, DAY)).toEqual({
			ok: true,
			hits: [],
		});
	});

	it("rows are in force from their first to their last day", () => {
		const dated = table([
			{ to: "2026-02-28", gives: { amount: 1 } },
			{ from: "2026-03-01", gives: { amount: 2 } },
		]);
		expect(rowsHit(evaluateTable(dated, {}, "2026-02-28"))).toEqual(["row-1"]);
		expect(rowsHit(evaluateTable(dated, {}, "2026-03-01"))).toEqual(["row-2"]);
	});
});

describe("results", () => {
	it("may be reckoned, constant, chosen, yes or no, words, and shares", () => {
		const gives = {
			amount: "money",
			count: "int",
			owed: "bool",
			item: "string",
			clause: "text",
			shares: "shares",
		};
		const cells = {
			amount: "insured ? declared : 3 * freight",
			count: 2,
			owed: "insured",
			item: "'refund'",
			clause: "true, as it stands",
			shares: { driver: 70, outlet: 30 },
		};
		const answer = evaluateTable(
			table([{ gives: cells, legal: "owed" }], { gives }),
			{ insured: true, declared: 500, freight: 25 },
			DAY,
		);
		const values = {
			amount: 500,
			count: 2,
			owed: true,
			item: "refund",
			clause: cells.clause,
			shares: cells.shares,
		};
		expect(answer).toMatchObject({ ok: true, hits: [{ row: "row-1", legal: "owed", values }] });
	});
});

describe("a missing fact", () => {
	const first = [{ when: "insured && late_days > 1" }, { when: "category == 'damage'" }, { when: "true" }];

	it("never skips a row: the answer is what must be known, with label and choices", () => {
		const answer = evaluateTable(table(first), { insured: false }, DAY);
		expect(answer).toEqual({
			ok: false,
			row: "row-2",
			needs: [{ fact: "category", label: label("category"), values: ["damage", "delay", "loss"] }],
		});
	});

	it.each<[string, FactValues, string[]]>([
		["insured && proved", {}, ["insured", "proved"]],
		["insured && proved", { proved: true }, ["insured"]],
		["(insured || proved) && late_days > 1", { proved: true }, ["late-days"]],
		["insured ? proved : late_days > 1", {}, ["insured"]],
		["insured ? proved : late_days > 1", { insured: false }, ["late-days"]],
		["(insured ? late_days : size(tags)) > 5", { insured: true }, ["late-days"]],
		["!(insured || proved)", { insured: false }, ["proved"]],
		["tags.exists(t, t == category)", {}, ["tags", "category"]],
		["tags.exists(t, t == category)", { tags: ["fresh"] }, ["category"]],
		["category in ['damage', 'loss'] || 1 / (late_days - 1) > 1", { "late-days": 1 }, ["category"]],
		["late_days / (late_days - late_days) > 1 || insured", { "late-days": 1 }, ["insured"]],
	])("%s, knowing %j, needs %j", (when, facts, needs) => {
		expect(needed(evaluateTable(table([{ when }]), facts, DAY))).toEqual(needs);
	});

	it.each<[string, FactValues, string[]]>([
		["insured && proved", { insured: false }, []],
		["insured && proved", { proved: false }, []],
		["proved || insured", { insured: true }, ["row-1"]],
		["late_days > 1 && insured && false", {}, []],
		["insured ? proved : late_days > 1", { insured: true, proved: true }, ["row-1"]],
		["(insured ? 3 : late_days) > 2", { insured: true }, ["row-1"]],
		["!(insured && proved)", { proved: false }, ["row-1"]],
		["tags.exists(t, t == 'fresh' || insured)", { tags: ["fragile", "fresh"] }, ["row-1"]],
		["tags.all(t, t == 'fresh' && insured)", { tags: ["fragile"] }, []],
		["tags.exists(t, insured)", { tags: [] }, []],
		["(insured && false) == false", {}, ["row-1"]],
	])("%s, knowing %j, is settled all the same: %j", (when, facts, hits) => {
		expect(rowsHit(evaluateTable(table([{ when }]), facts, DAY))).toEqual(hits);
	});

	it("in a sum is needed once the row holds, together with those of the other columns", () => {
		const rows = [
			{ when: "late_days > 3", gives: { amount: "declared", count: 1 } },
			{ when: "insured", gives: { amount: "3 * freight", count: "late_days * size(tags)" } },
		];
		const answer = evaluateTable(
			table(rows, { gives: { amount: "money", count: "int" } }),
			{ insured: true, "late-days": 1 },
			DAY,
		);
		expect(answer).toMatchObject({ ok: false, row: "row-2" });
		expect(needed(answer)).toEqual(["freight", "tags"]);
	});

	it("under hit all is asked for together with what the other rows need", () => {
		const answer = evaluateTable(
			table([{ when: "insured" }, { when: "late_days == 2" }, { when: "proved" }], { hit: "all" }),
			{ "late-days": 2 },
			DAY,
		);
		expect(answer).toMatchObject({ ok: false, row: "row-1" });
		expect(needed(answer)).toEqual(["insured", "proved"]);
	});

	it("counts as missing when it is null, and an unasked one is never needed", () => {
		const facts = { insured: null, category: undefined, proved: true } as unknown as FactValues;
		expect(needed(evaluateTable(table([{ when: "insured && proved" }]), facts, DAY))).toEqual(["insured"]);
	});

	it("asked for by a row that isn't in force is not needed", () => {
		const rows = [{ when: "insured", to: "2020-01-01" }, { when: "true" }];
		expect(rowsHit(evaluateTable(table(rows), {}, DAY))).toEqual(["row-2"]);
	});
});

describe("what can't be reckoned", () => {
	const largest = Number.MAX_SAFE_INTEGER;

	it.each<[string, string, FactValues, string, string]>([
		["freight / late_days > 1", "1", { freight: 5, "late-days": 0 }, "when", "division-by-zero"],
		["true", "freight * (1 % late_days)", { freight: 5, "late-days": 0 }, "amount", "division-by-zero"],
		["true", "freight * late_days", { freight: largest, "late-days": largest }, "amount", "overflow"],
		["true", "freight + 1", { freight: largest }, "amount", "overflow"],
		["true", "(freight + 1) - 1", { freight: largest }, "amount", "overflow"],
		["true", "roundTo(freight, freight - 5)", { freight: 5 }, "amount", "invalid"],
	])("%s → %s is a problem of the row, not an exception", (when, amount, facts, column, kind) => {
		const answer = evaluateTable(table([{ when, gives: { amount } }]), facts, DAY);
		expect(answer).toMatchObject({ ok: false, problem: { table: "remedies", row: "row-1", column, kind } });
	});

	it("doesn't matter where the condition is settled without it", () => {
		const rows = [{ when: "freight / late_days > 1 && insured" }, { when: "true" }];
		expect(rowsHit(evaluateTable(table(rows), { freight: 5, "late-days": 0, insured: false }, DAY))).toEqual([
			"row-2",
		]);
	});

	it("is told at once, before anybody is asked for facts that wouldn't help", () => {
		const rows = [{ when: "insured" }, { gives: { amount: "freight / late_days" } }];
		const answer = evaluateTable(table(rows, { hit: "all" }), { freight: 5, "late-days": 0 }, DAY);
		expect(answer).toMatchObject({ ok: false, problem: { row: "row-2", kind: "division-by-zero" } });
	});

	it.each<[string, unknown, string]>([
		["freight", 25.5, "freight must be a whole number of the smallest currency unit, not 25.5"],
		["insured", "yes", 'insured must be true or false, not "yes"'],
		["insured", 10n, "insured must be true or false, not 10"],
		["tags", "fresh", 'tags must be a list of texts, not "fresh"'],
	])("a wrong %s is told, not guessed at", (fact, value, detail) => {
		const rows = [{ when: "insured && size(tags) > 0 && freight > 1" }];
		const answer = evaluateTable(table(rows), { [fact]: value } as FactValues, DAY);
		expect(answer).toEqual({
			ok: false,
			problem: { table: "remedies", row: null, column: null, kind: "wrong-fact", detail },
		});
	});

	it.each(["2026-3-1", "", "1 March 2026"])("a day written %j is told", (day) => {
		expect(evaluateTable(table([{}]), {}, day)).toMatchObject({ ok: false, problem: { kind: "wrong-day" } });
	});
});

describe("the explanation", () => {
	it("names table, row, version, source, the facts read, and every step of the sum", () => {
		const rows = [
			{ id: "uninsured", when: "!insured && proved", gives: { amount: "least(3 * freight, yuan(300))" } },
		];
		const facts = { insured: false, proved: true, freight: 2500, category: "loss" };
		const answer = evaluateTable(table(rows, { version: "2026-01" }), facts, DAY);
		expect(answer.ok && answer.hits[0]?.explanation).toEqual({
			table: "remedies",
			row: "uninsured",
			version: "2026-01",
			source,
			inputs: [
				{ fact: "insured", value: false, label: label("insured") },
				{ fact: "proved", value: true, label: label("loss proved") },
				{ fact: "freight", value: 2500, label: label("freight") },
			],
			arithmetic: [
				{
					result: "amount",
					kind: "money",
					expression: "least(3 * freight, yuan(300))",
					steps: [
						{ text: "3 * freight", value: 7500 },
						{ text: "yuan(300)", value: 30000 },
						{ text: "least(3 * freight, yuan(300))", value: 7500 },
					],
					value: 7500,
				},
			],
		});
	});

	it("tells of a choice only the branch taken, though the other can't be reckoned", () => {
		const amount = "insured ? declared * 2 : freight / late_days";
		const answer = evaluateTable(table([{ gives: { amount } }]), { insured: true, declared: 10 }, DAY);
		expect(answer.ok && answer.hits[0]?.explanation.arithmetic[0]?.steps).toEqual([
			{ text: "insured", value: true },
			{ text: "declared * 2", value: 20 },
			{ text: amount, value: 20 },
		]);
	});

	it("survives being written as JSON, and a constant needs no steps", () => {
		const answer = evaluateTable(table([{ gives: { amount: 5000 } }]), {}, DAY);
		const explanation = answer.ok ? answer.hits[0]?.explanation : null;
		expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
		expect(explanation).toMatchObject({
			version: null,
			arithmetic: [{ expression: "5000", steps: [], value: 5000 }],
		});
	});
});
