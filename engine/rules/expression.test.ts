import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { celFor } from "./cel.ts";
import { LONGEST_EXPRESSION, readExpression, readTerm } from "./expression.ts";
import { FactSheet } from "./facts.ts";
import { type Term, textOf } from "./term.ts";

const label = { zh: "某", en: "some" };
const sheet = FactSheet.parse({
	freight: { type: "money", label },
	"late-minutes": { type: "int", label },
	insured: { type: "bool", label },
	category: { type: "string", label },
	share: { type: "decimal", label },
	tags: { type: "strings", label },
});
const cel = celFor(sheet);

describe("readExpression", () => {
	it.each([
		["true", "bool"],
		["insured && !(late_minutes > 30)", "bool"],
		['category in ["a", "b"] || tags.exists(t, t.startsWith("x"))', "bool"],
		['tags.all(t, t in ["a"]) && size(tags) > 0', "bool"],
		["insured ? freight : 3 * freight", "int"],
		["percent(freight, share)", "int"],
		["100.0 - share", "double"],
		["category", "string"],
		["'late-minutes' == category", "bool"],
	])("%s gives %s", (text, type) => {
		expect(readExpression(cel, text)).toMatchObject({ ok: true, expression: { type } });
	});

	it("tells which facts are read, by their declared names, once each", () => {
		const reading = readExpression(cel, "late_minutes > 30 && insured || late_minutes > 60");
		expect(reading).toMatchObject({ ok: true, expression: { facts: ["late-minutes", "insured"] } });
	});

	it.each([
		["insurd", 'unknown fact "insurd", did you mean "insured"? at character 1'],
		["late-minutes > 30", 'write late_minutes: "late-minutes" would be a subtraction here'],
		["constructor > 1", 'unknown fact "constructor" at character 1'],
		["insured &&", "Unexpected token: EOF at character 11"],
		["freight == category", "these types do not go together: int == string at character 1"],
		["freight / 2.0", "these types do not go together: int / decimal at character 1"],
		[
			"share / 2.0 > 1.0",
			"decimals can't be divided exactly; divide whole numbers, or use percent(amount, decimal)",
		],
		[
			"-(share + 1.0) / 2.0 > 1.0",
			"decimals can't be divided exactly; divide whole numbers, or use percent(amount, decimal)",
		],
		[
			'category.matches("a+")',
			'no "matches" in rules (a pattern has no time limit); there are startsWith, endsWith, contains, size, exists, all at character 1',
		],
		['matches(category, "a")', 'no function "matches" in rules at character 1'],
		[
			"tags.exists(t, tags.all(u, u == t))",
			'"all" inside exists or all has no time limit; use two rows at character 16',
		],
		["tags.exists(freight, true)", '"freight" is a fact; name the variable otherwise at character 1'],
		["tags.exists(t)", "write exists(x, condition on x) at character 1"],
		["freight.yuan > 1", 'facts have no parts: ".yuan" can\'t be read at character 1'],
		['tags[0] == "a"', "no index and no map in rules; use in, exists or all at character 1"],
		["size({'a': 1}) > 0", "no index and no map in rules; use in, exists or all at character 6"],
		['percent(freight, 5, "dwn")', 'the rounding must be one of "half-up", "down", "up" at character 1'],
		["percent(freight, 5, category)", 'the rounding must be one of "half-up", "down", "up" at character 1'],
		["int(share) > 1", 'no function "int" in rules at character 1'],
		["percnt(freight, 5)", 'no function "percnt" in rules, did you mean "percent"? at character 1'],
	])("refuses %s", (text, problem) => {
		const reading = readExpression(cel, text);
		expect(reading).toEqual({ ok: false, problems: [problem] });
	});

	it.each(["99999999999999999999 > 1", "1u == 1u", "null == null", 'b"a" == b"a"'])(
		"refuses the literal in %s",
		(text) => {
			const reading = readExpression(cel, text);
			expect(reading).toMatchObject({ ok: false });
			expect(JSON.stringify(reading)).toContain("not a whole number up to");
		},
	);

	it.each([
		"tags.map(t, t)",
		"tags.filter(t, true)",
		"tags.exists_one(t, true)",
		"cel.bind(x, 1, x > 0)",
		"has(freight.x)",
		"dyn(1) == 1",
		"timestamp(1) > timestamp(0)",
		"type(1) == int",
	])("refuses %s, which tables have no use for", (text) => {
		expect(readExpression(cel, text).ok).toBe(false);
	});

	it("names every unknown fact at once", () => {
		const reading = readExpression(cel, "one > 1 && two > 2");
		expect(reading.ok ? 0 : reading.problems.length).toBe(2);
	});

	it("refuses what is too long to be read by people, and no less", () => {
		const long = "true".padEnd(LONGEST_EXPRESSION, " ");
		expect(readExpression(cel, long).ok).toBe(true);
		expect(readExpression(cel, `${long} `)).toMatchObject({
			ok: false,
			problems: [expect.stringContaining("501")],
		});
	});
});

/** Any term of the language; types are of no concern to its spelling. */
const { term: anyTerm } = fc.letrec<{ term: Term }>((tie) => {
	const part = tie("term");
	const number = fc.nat(1000).map((value): Term => ({ op: "number", value, decimal: false }));
	const decimal = fc.nat(1000).map((value): Term => ({ op: "number", value: value / 10, decimal: true }));
	const text = fc.string().map((value): Term => ({ op: "text", value }));
	const fact = fc.constantFrom(...Object.keys(sheet)).map((name): Term => ({ op: "fact", name }));
	const two = fc
		.record({
			op: fc.constantFrom("+", "-", "*", "/", "%", "==", "<", "in", "&&", "||"),
			left: part,
			right: part,
		})
		.map((pair) => pair as Term);
	const one = fc.record({ op: fc.constantFrom("not", "minus"), of: part }).map((single) => single as Term);
	const choose = fc.record({ op: fc.constant("choose" as const), test: part, yes: part, no: part });
	const call = fc.array(part, { maxLength: 3 }).map((args): Term => ({ op: "call", name: "least", args }));
	const method = part.map((on): Term => ({ op: "method", name: "size", on, args: [] }));
	const list = fc.array(part, { maxLength: 3 }).map((items): Term => ({ op: "list", items }));
	return {
		term: fc.oneof(
			{ maxDepth: 4, depthSize: "max" },
			number,
			decimal,
			text,
			fact,
			two,
			one,
			choose,
			call,
			method,
			list,
		),
	};
});

describe("textOf", () => {
	it("spells a term so that reading it gives the same term", () => {
		fc.assert(
			fc.property(anyTerm, (term) => {
				expect(readTerm(cel.environment, textOf(term), Object.keys(sheet))).toEqual(term);
			}),
		);
	});

	it("keeps the parentheses that matter and drops the others", () => {
		const spelt = (text: string): string => {
			const term = readTerm(cel.environment, text, Object.keys(sheet));
			return term ? textOf(term) : "unreadable";
		};
		expect(spelt("1 - (2 - 3)")).toBe("1 - (2 - 3)");
		expect(spelt("(1 - 2) - 3")).toBe("1 - 2 - 3");
		expect(spelt("-(1 + 2)*3")).toBe("-(1 + 2) * 3");
		expect(spelt("tags.exists( t , t=='x' )")).toBe('tags.exists(t, t == "x")');
	});
});
