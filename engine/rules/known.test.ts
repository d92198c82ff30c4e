import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTable, type Evaluation, evaluateTable } from "./evaluate.ts";
import { FactSheet, type FactValue, type FactValues } from "./facts.ts";
import { RuleTable } from "./table.ts";

/**
 * Tables are asked with some facts missing, and again with every way in which the missing facts could turn out.
 * What the second says is reckoned here in plain TypeScript, by a reader of the rule that knows nothing of CEL.
 */

const label = { zh: "某", en: "some" };
const DAY = "2026-03-01";

/** Everything each fact could be. */
const WORLD: Record<string, FactValue[]> = {
	a: [true, false],
	b: [true, false],
	n: [0, 1, 2],
	m: [0, 1, 2],
	s: ["x", "y", "z"],
	tags: [[], ["x"], ["x", "y"]],
};
const sheet = FactSheet.parse({
	a: { type: "bool", label },
	b: { type: "bool", label },
	n: { type: "int", label },
	m: { type: "int", label },
	s: { type: "string", values: ["x", "y", "z"], label },
	tags: { type: "strings", values: ["x", "y", "z"], label },
});

type Truth = boolean | "broken";
type Formula = { text: string; truth: (facts: FactValues) => Truth };

const num = (value: FactValue | undefined): number => Number(value);
const list = (value: FactValue | undefined): string[] => (Array.isArray(value) ? value : []);
const atom = (text: string, truth: (facts: FactValues) => Truth): Formula => ({ text, truth });

const ATOMS: Formula[] = [
	atom("true", () => true),
	atom("a", ({ a }) => a === true),
	atom("b", ({ b }) => b === true),
	atom("n > 0", ({ n }) => num(n) > 0),
	atom("n == m", ({ n, m }) => n === m),
	atom("n * 2 - m >= 1", ({ n, m }) => num(n) * 2 - num(m) >= 1),
	atom("6 / n > 3", ({ n }) => (n === 0 ? "broken" : Math.trunc(6 / num(n)) > 3)),
	atom("1 % (m - 1) == 0", ({ m }) => (m === 1 ? "broken" : 1 % (num(m) - 1) === 0)),
	atom('s == "x"', ({ s }) => s === "x"),
	atom('s in ["y", "z"]', ({ s }) => s === "y" || s === "z"),
	atom('"x" in tags', ({ tags }) => list(tags).includes("x")),
	atom("tags.exists(t, t == s)", ({ tags, s }) => list(tags).includes(String(s))),
	atom('tags.all(t, t == "x" || a)', ({ tags, a }) => list(tags).every((tag) => tag === "x" || a === true)),
	atom("(a ? n : m) > 1", ({ a, n, m }) => num(a === true ? n : m) > 1),
	atom("size(tags) > n", ({ tags, n }) => list(tags).length > num(n)),
	atom("least(n, m) == 0", ({ n, m }) => Math.min(num(n), num(m)) === 0),
];

const and = (left: Truth, right: Truth): Truth => {
	if (left === false || right === false) return false;
	return left === "broken" || right === "broken" ? "broken" : true;
};
const not = (one: Truth): Truth => (one === "broken" ? one : !one);

const { formula } = fc.letrec<{ formula: Formula }>((tie) => {
	const part = tie("formula");
	const pair = fc.tuple(part, part);
	return {
		formula: fc.oneof(
			{ maxDepth: 3, withCrossShrink: true },
			{ weight: 2, arbitrary: fc.constantFrom(...ATOMS) },
			{
				weight: 2,
				arbitrary: pair.map(([l, r]) =>
					atom(`(${l.text}) && (${r.text})`, (f) => and(l.truth(f), r.truth(f))),
				),
			},
			{
				weight: 2,
				arbitrary: pair.map(([l, r]) =>
					atom(`(${l.text}) || (${r.text})`, (f) => not(and(not(l.truth(f)), not(r.truth(f))))),
				),
			},
			{ weight: 1, arbitrary: part.map((one) => atom(`!(${one.text})`, (f) => not(one.truth(f)))) },
			{
				weight: 1,
				arbitrary: fc.tuple(part, part, part).map(([test, yes, no]) =>
					atom(`(${test.text}) ? (${yes.text}) : (${no.text})`, (f) => {
						const taken = test.truth(f);
						return taken === "broken" ? taken : taken ? yes.truth(f) : no.truth(f);
					}),
				),
			},
		),
	};
});

type Rule = { when: Formula; amount: (typeof AMOUNTS)[number] };
const AMOUNTS = [
	{ text: "10 * n + m", value: ({ n, m }: FactValues) => 10 * num(n) + num(m) },
	{ text: "a ? 5 : n", value: ({ a, n }: FactValues) => (a === true ? 5 : num(n)) },
	{ text: "7", value: () => 7 },
];
const rules = fc.array(fc.record({ when: formula, amount: fc.constantFrom(...AMOUNTS) }), {
	minLength: 1,
	maxLength: 4,
});

/** A table of the rules; null where two rules have the same condition, which the check refuses. */
function tableOf(given: readonly Rule[], hit: "first" | "all") {
	const source = { kind: "company", ref: "test", sure: "company-default" };
	const rows = given.map(({ when, amount }, index) => ({
		id: `r${index}`,
		when: when.text,
		gives: { amount: amount.text },
		source,
	}));
	const table = RuleTable.parse({ table: "t", hit, gives: { amount: "int" }, rows });
	try {
		return compileTable(table, sheet);
	} catch {
		return null;
	}
}

/** What the rules say when everything is known. */
function plainReading(given: readonly Rule[], hit: "first" | "all", facts: FactValues) {
	const hits: { row: string; amount: number }[] = [];
	for (const [index, { when, amount }] of given.entries()) {
		const truth = when.truth(facts);
		if (truth === "broken") return "broken";
		if (truth) hits.push({ row: `r${index}`, amount: amount.value(facts) });
		if (truth && hit === "first") break;
	}
	return hits;
}

function said(answer: Evaluation) {
	if (answer.ok) return answer.hits.map(({ row, values }) => ({ row, amount: values.amount }));
	return "problem" in answer ? "broken" : "needs";
}

/** Every way in which the facts that are missing could turn out. */
function completions(facts: FactValues, names: readonly string[]): FactValues[] {
	return names
		.filter((name) => facts[name] === undefined)
		.reduce<FactValues[]>(
			(so, name) => so.flatMap((one) => (WORLD[name] ?? []).map((value) => ({ ...one, [name]: value }))),
			[facts],
		);
}

const present = (facts: Record<string, FactValue | undefined>): FactValues =>
	Object.fromEntries(
		Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);

const NAMES = Object.keys(WORLD);
const someFacts = fc
	.record(Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom(...(WORLD[name] ?? []))])), {
		requiredKeys: [],
	})
	.map(present);
const policy = fc.constantFrom<"first" | "all">("first", "all");

describe("a table asked with facts missing", () => {
	it("never answers what a missing fact could contradict", () => {
		let answered = 0;
		fc.assert(
			fc.property(rules, policy, someFacts, (given, hit, facts) => {
				const table = tableOf(given, hit);
				if (!table) return;
				const answer = said(evaluateTable(table, facts, DAY));
				if (answer === "needs") return;
				answered += 1;
				for (const whole of completions(facts, NAMES))
					expect(plainReading(given, hit, whole)).toEqual(answer);
			}),
			{ numRuns: 300 },
		);
		expect(answered).toBeGreaterThan(100);
	});

	it("asks only for missing facts, and comes to an answer once they are all there", () => {
		fc.assert(
			fc.property(rules, policy, someFacts, (given, hit, facts) => {
				const table = tableOf(given, hit);
				if (!table) return;
				let known = facts;
				for (let round = 0; round <= NAMES.length; round++) {
					const answer = evaluateTable(table, known, DAY);
					if (!("needs" in answer)) return;
					expect(answer.needs.length).toBeGreaterThan(0);
					for (const { fact } of answer.needs) {
						expect(known[fact]).toBeUndefined();
						known = { ...known, [fact]: WORLD[fact]?.[0] ?? true };
					}
				}
				throw new Error("asked and asked");
			}),
			{ numRuns: 300 },
		);
	});

	it("agrees with the plain reading where nothing is missing", () => {
		fc.assert(
			fc.property(rules, policy, someFacts, (given, hit, facts) => {
				const table = tableOf(given, hit);
				const whole = completions(facts, NAMES)[0] ?? {};
				if (table) expect(said(evaluateTable(table, whole, DAY))).toEqual(plainReading(given, hit, whole));
			}),
			{ numRuns: 300 },
		);
	});
});

/** And, or, not over facts each read once: there it must ask for just those missing facts that could matter. */
describe("a condition that reads each fact once", () => {
	const names = ["f1", "f2", "f3", "f4", "f5"];
	const once = FactSheet.parse(Object.fromEntries(names.map((name) => [name, { type: "bool", label }])));

	const tree = (facts: readonly string[]): fc.Arbitrary<Formula> => {
		const [only] = facts;
		const leaf = atom(only ?? "true", (f) => f[only ?? ""] === true);
		if (facts.length < 2)
			return fc.boolean().map((plain) => (plain ? leaf : atom(`!${leaf.text}`, (f) => not(leaf.truth(f)))));
		return fc
			.tuple(fc.integer({ min: 1, max: facts.length - 1 }), fc.boolean())
			.chain(([cut, isAnd]) =>
				fc
					.tuple(tree(facts.slice(0, cut)), tree(facts.slice(cut)))
					.map(([l, r]) =>
						isAnd
							? atom(`(${l.text} && ${r.text})`, (f) => and(l.truth(f), r.truth(f)))
							: atom(`(${l.text} || ${r.text})`, (f) => not(and(not(l.truth(f)), not(r.truth(f))))),
					),
			);
	};

	it("asks for exactly the facts that could still change the outcome", () => {
		const some = fc.record(Object.fromEntries(names.map((name) => [name, fc.boolean()])), {
			requiredKeys: [],
		});
		fc.assert(
			fc.property(tree(names), some, (when, given) => {
				const facts = present(given);
				const source = { kind: "company", ref: "test", sure: "company-default" };
				const rows = [{ id: "r", when: when.text, gives: { amount: 1 }, source }];
				const table = compileTable(
					RuleTable.parse({ table: "t", hit: "first", gives: { amount: "int" }, rows }),
					once,
				);
				const answer = evaluateTable(table, facts, DAY);

				const missing = names.filter((name) => facts[name] === undefined);
				const worlds = missing.reduce<FactValues[]>(
					(so, name) =>
						so.flatMap((f) => [
							{ ...f, [name]: true },
							{ ...f, [name]: false },
						]),
					[facts],
				);
				const matters = missing.filter((name) =>
					worlds.some((f) => when.truth(f) !== when.truth({ ...f, [name]: f[name] !== true })),
				);
				expect("needs" in answer ? answer.needs.map((need) => need.fact).sort() : []).toEqual(matters);
			}),
			{ numRuns: 300 },
		);
	});
});
