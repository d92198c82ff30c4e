import { z } from "zod";
import { Bilingual } from "../packs/words.ts";
import { didYouMean } from "./nearest.ts";

/** `money` is an integer of the smallest currency unit; `decimal` a number; `strings` a list of words. */
export const FactType = z.enum(["int", "bool", "string", "money", "decimal", "strings"]);
export type FactType = z.output<typeof FactType>;

/** What a rule may ask about. */
export const FactDeclaration = z
	.strictObject({
		type: FactType,
		/** The closed set of a string, or of the members of strings; literals in rules are checked against it. */
		values: z.array(z.string().min(1)).min(1).optional(),
		label: Bilingual,
		/** For money the currency (ISO 4217); otherwise what the number counts, for people to read. */
		unit: z.string().min(1).optional(),
		/** Where the value comes from, dotted (`order.insured`); `ask`: somebody must state it. */
		from: z
			.string()
			.regex(
				/^(ask|[a-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+)$/,
				'"ask", or a dotted origin such as order.insured',
			)
			.optional(),
	})
	.superRefine((fact, context) => {
		const closed = fact.type === "string" || fact.type === "strings";
		if (fact.values && !closed)
			context.addIssue(`a closed set of values needs type string or strings, not ${fact.type}`);
		if (fact.values && new Set(fact.values).size < fact.values.length)
			context.addIssue("a value is listed twice");
		if (fact.type === "money" && fact.unit !== undefined && !/^[A-Z]{3}$/.test(fact.unit))
			context.addIssue(`the unit of money is a currency such as CNY, not "${fact.unit}"`);
	});
export type FactDeclaration = z.output<typeof FactDeclaration>;

/** Words that mean something else in the rule language, so that no fact may bear them. */
const KEPT_WORDS = new Set(
	(
		"true false null in as break const continue else for function if import let loop package namespace return " +
		"var void while bool bytes double duration dyn google int list map null_type optional string timestamp type " +
		"uint cel percent least greatest capped roundTo yuan size exists all prototype"
	).split(" "),
);

/** The name of a fact inside an expression: a hyphen would be a minus there, so it is written as an underscore. */
export function celName(fact: string): string {
	return fact.replaceAll("-", "_");
}

/** Fact name → declaration. Names in lower case, words joined by a hyphen (`late-minutes`; in rules `late_minutes`). */
export const FactSheet = z.record(z.string(), FactDeclaration).superRefine((sheet, context) => {
	const seen = new Map<string, string>();
	for (const name of Object.keys(sheet)) {
		const problem = nameProblem(name, seen.get(celName(name)));
		if (problem) context.addIssue({ code: "custom", message: problem, path: [name] });
		seen.set(celName(name), name);
	}
});
export type FactSheet = z.output<typeof FactSheet>;

function nameProblem(name: string, twin: string | undefined): string | null {
	if (!/^[a-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$/.test(name))
		return `"${name}" is no fact name: begin with a small letter, then letters, digits, single hyphens`;
	if (KEPT_WORDS.has(celName(name))) return `"${name}" is a word of the rule language; choose another name`;
	if (twin !== undefined)
		return `"${name}" and "${twin}" are both written ${celName(name)} in rules; rename one`;
	return null;
}

/** A number (int, decimal, money in minor units), yes or no, a word, or a list of words. */
export type FactValue = number | boolean | string | string[];

/** What is known; a fact that is not here is missing. */
export type FactValues = Record<string, FactValue>;

export type FactProblem = { fact: string; problem: string };

/**
 * Checks values against their declarations. Null and undefined count as missing. A closed set is enforced here.
 * @returns the values that may be handed to `evaluateTable`, or every problem found.
 */
export function parseFacts(
	sheet: FactSheet,
	values: Readonly<Record<string, unknown>>,
): { ok: true; facts: FactValues } | { ok: false; problems: FactProblem[] } {
	const facts: [string, FactValue][] = [];
	const problems: FactProblem[] = [];
	for (const [fact, value] of Object.entries(values)) {
		const declared = declarationOf(sheet, fact);
		if (!declared) {
			problems.push({ fact, problem: `unknown fact${didYouMean(fact, Object.keys(sheet))}` });
		} else if (value !== null && value !== undefined) {
			const problem = valueProblem(declared, value);
			if (problem) problems.push({ fact, problem });
			else facts.push([fact, value as FactValue]);
		}
	}
	return problems.length > 0 ? { ok: false, problems } : { ok: true, facts: Object.fromEntries(facts) };
}

/** The declaration of a fact, or undefined; names inherited by every object ("constructor") are no facts. */
export function declarationOf(sheet: FactSheet, fact: string): FactDeclaration | undefined {
	return Object.hasOwn(sheet, fact) ? sheet[fact] : undefined;
}

/** Whether the value has the type the declaration says (closed sets apart). */
export function hasType(type: FactType, value: unknown): value is FactValue {
	switch (type) {
		case "int":
		case "money":
			return Number.isSafeInteger(value);
		case "decimal":
			return Number.isFinite(value);
		case "bool":
			return typeof value === "boolean";
		case "string":
			return typeof value === "string";
		case "strings":
			return Array.isArray(value) && value.every((member) => typeof member === "string");
	}
}

/** What a value must look like, in words. */
export const EXPECTED: Record<FactType, string> = {
	int: "a whole number",
	money: "a whole number of the smallest currency unit",
	decimal: "a number",
	bool: "true or false",
	string: "a text",
	strings: "a list of texts",
};

/** A value as a problem text shows it; never throws, whatever it is. */
export function shown(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value);
	if (Array.isArray(value)) return "a list with other things in it";
	return typeof value === "object" ? "an object" : String(value);
}

function valueProblem(declared: FactDeclaration, value: unknown): string | null {
	if (!hasType(declared.type, value)) return `must be ${EXPECTED[declared.type]}, not ${shown(value)}`;
	const closed = declared.values;
	if (!closed) return null;
	const members = Array.isArray(value) ? value : [String(value)];
	const stray = members.find((member) => !closed.includes(member));
	if (stray === undefined) return null;
	return `"${stray}" is not one of ${closed.join(", ")}${didYouMean(stray, closed)}`;
}
