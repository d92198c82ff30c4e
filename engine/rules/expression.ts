import { type ASTNode, type Environment, ParseError } from "@marcbachmann/cel-js";
import { type Cel, literalOf, type Program, programOf, ROUNDINGS } from "./cel.ts";
import { celName, declarationOf, type FactSheet } from "./facts.ts";
import { didYouMean } from "./nearest.ts";
import {
	BINARY_OPS,
	type BinaryOp,
	FUNCTIONS,
	type FunctionName,
	factsIn,
	METHODS,
	type MethodName,
	QUANTIFIERS,
	type QuantifierName,
	type Term,
	within,
} from "./term.ts";

/** Longer conditions can't be read by the people who must answer for them. */
export const LONGEST_EXPRESSION = 500;

/** `type` as CEL names it: int, double, bool, string, list<string>. */
export type Expression = { text: string; term: Term; type: string; facts: readonly string[]; run: Program };

export type Reading = { ok: true; expression: Expression } | { ok: false; problems: string[] };

/** Parses an expression, holds it to the rule language, and checks its types. Every problem says where and what to do. */
export function readExpression(cel: Cel, text: string): Reading {
	if (text.length > LONGEST_EXPRESSION)
		return fault(
			`the expression has ${text.length} characters; at most ${LONGEST_EXPRESSION}: use several rows`,
		);
	const hyphens = hyphenProblems(cel.sheet, text);
	if (hyphens.length > 0) return { ok: false, problems: hyphens };

	const parsed = parse(cel.environment, text);
	if (typeof parsed === "string") return fault(parsed);
	const reader = readerOf(Object.keys(cel.sheet));
	const term = termOf(parsed.ast, reader);
	if (reader.problems.length > 0) return { ok: false, problems: [...new Set(reader.problems)] };

	const checked = parsed.check();
	if (!checked.valid)
		return fault(typeProblem(checked.error?.summary ?? "wrong types", checked.error?.range));
	if ([...within(term)].some((part) => part.op === "/" && isDecimal(cel.sheet, part.left)))
		return fault("decimals can't be divided exactly; divide whole numbers, or use percent(amount, decimal)");
	const type = checked.type ?? "dyn";
	return { ok: true, expression: { text, term, type, facts: factsIn(term), run: programOf(parsed) } };
}

/** The tree of a text that was checked before, for showing it. @param facts names it may read. */
export function readTerm(environment: Environment, text: string, facts: readonly string[]): Term | null {
	const parsed = parse(environment, text);
	if (typeof parsed === "string") return null;
	const reader = readerOf(facts);
	const term = termOf(parsed.ast, reader);
	return reader.problems.length > 0 ? null : term;
}

const fault = (problem: string): Reading => ({ ok: false, problems: [problem] });

function parse(environment: Environment, text: string): ReturnType<Environment["parse"]> | string {
	try {
		return environment.parse(text);
	} catch (error) {
		if (error instanceof ParseError) return `${error.summary}${place(error.range)}`;
		throw error;
	}
}

const place = (range: { start: number } | undefined): string =>
	range ? ` at character ${range.start + 1}` : "";

function typeProblem(summary: string, range: { start: number } | undefined): string {
	const said = summary
		.replace("no such overload: ", "these types do not go together: ")
		.replace("found no matching overload for ", "no function takes ")
		.replaceAll("double", "decimal");
	return `${said}${place(range)}`;
}

/** In CEL `late-minutes` is a subtraction; whoever wrote it meant the fact. */
function hyphenProblems(sheet: FactSheet, text: string): string[] {
	const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
	return Object.keys(sheet)
		.filter((fact) => fact.includes("-") && new RegExp(`(?<![\\w-])${fact}(?![\\w-])`).test(bare))
		.map((fact) => `write ${celName(fact)}: "${fact}" would be a subtraction here`);
}

function isDecimal(sheet: FactSheet, term: Term): boolean {
	switch (term.op) {
		case "number":
			return term.decimal;
		case "fact":
			return declarationOf(sheet, term.name)?.type === "decimal";
		case "minus":
			return isDecimal(sheet, term.of);
		case "choose":
			return isDecimal(sheet, term.yes);
		case "+":
		case "-":
		case "*":
			return isDecimal(sheet, term.left);
		default:
			return false;
	}
}

/** `facts`: CEL name → declared name. `local`: the variable of the `exists` or `all` we are in. */
type Reader = { facts: ReadonlyMap<string, string>; local: string | null; problems: string[] };

function readerOf(facts: readonly string[]): Reader {
	return { facts: new Map(facts.map((fact) => [celName(fact), fact])), local: null, problems: [] };
}

/** Stands where something was refused, so that reading goes on and finds the other problems too. */
const REFUSED: Term = { op: "bool", value: false };

function refuse(reader: Reader, ast: ASTNode, problem: string): Term {
	reader.problems.push(`${problem}${place(ast.range)}`);
	return REFUSED;
}

function termOf(ast: ASTNode, reader: Reader): Term {
	switch (ast.op) {
		case "value":
			return (
				literalOf(ast.args) ??
				refuse(reader, ast, "not a whole number up to 9007199254740991, a decimal, a text, true or false")
			);
		case "id":
			return nameTerm(ast, ast.args, reader);
		case "list":
			return { op: "list", items: termsOf(ast.args, reader) };
		case "!_":
			return { op: "not", of: termOf(ast.args, reader) };
		case "-_":
			return { op: "minus", of: termOf(ast.args, reader) };
		case "?:": {
			const [test, yes, no] = ast.args;
			return { op: "choose", test: termOf(test, reader), yes: termOf(yes, reader), no: termOf(no, reader) };
		}
		case "call":
			return callTerm(ast, ast.args[0], ast.args[1], reader);
		case "rcall":
			return methodTerm(ast, ast.args, reader);
		case ".":
		case ".?":
			return refuse(reader, ast, `facts have no parts: ".${ast.args[1]}" can't be read`);
		case "[]":
		case "[?]":
		case "map":
			return refuse(reader, ast, "no index and no map in rules; use in, exists or all");
		default:
			return binaryTerm(ast.op, ast.args, reader);
	}
}

const termsOf = (asts: readonly ASTNode[], reader: Reader): Term[] => asts.map((ast) => termOf(ast, reader));

function binaryTerm(op: string, args: readonly [ASTNode, ASTNode], reader: Reader): Term {
	const known = oneOf<BinaryOp>(BINARY_OPS, op);
	if (!known) throw new Error(`the CEL library has a new operator: ${op}`);
	return { op: known, left: termOf(args[0], reader), right: termOf(args[1], reader) };
}

function nameTerm(ast: ASTNode, name: string, reader: Reader): Term {
	if (name === reader.local) return { op: "local", name };
	const fact = reader.facts.get(name);
	if (fact !== undefined) return { op: "fact", name: fact };
	return refuse(reader, ast, `unknown fact "${name}"${didYouMean(name, reader.facts.keys())}`);
}

function callTerm(ast: ASTNode, name: string, args: readonly ASTNode[], reader: Reader): Term {
	const known = oneOf<FunctionName>(FUNCTIONS, name);
	if (!known) return refuse(reader, ast, `no function "${name}" in rules${didYouMean(name, FUNCTIONS)}`);
	const terms = termsOf(args, reader);
	const rounding = known === "percent" || known === "roundTo" ? terms[2] : undefined;
	if (rounding && !(rounding.op === "text" && oneOf(ROUNDINGS, rounding.value)))
		return refuse(
			reader,
			ast,
			`the rounding must be one of ${ROUNDINGS.map((word) => `"${word}"`).join(", ")}`,
		);
	return { op: "call", name: known, args: terms };
}

function methodTerm(ast: ASTNode, [name, on, args]: [string, ASTNode, ASTNode[]], reader: Reader): Term {
	const quantifier = oneOf<QuantifierName>(QUANTIFIERS, name);
	if (quantifier) return everyTerm(ast, quantifier, on, args, reader);
	const method = oneOf<MethodName>(METHODS, name);
	if (method) return { op: "method", name: method, on: termOf(on, reader), args: termsOf(args, reader) };
	const why = name === "matches" ? " (a pattern has no time limit)" : "";
	return refuse(
		reader,
		ast,
		`no "${name}" in rules${why}; there are ${[...METHODS, ...QUANTIFIERS].join(", ")}`,
	);
}

function everyTerm(
	ast: ASTNode,
	name: QuantifierName,
	on: ASTNode,
	args: readonly ASTNode[],
	reader: Reader,
): Term {
	const [variable, body] = args;
	if (reader.local !== null)
		return refuse(reader, ast, `"${name}" inside exists or all has no time limit; use two rows`);
	if (args.length !== 2 || variable?.op !== "id" || !body)
		return refuse(reader, ast, `write ${name}(x, condition on x)`);
	if (reader.facts.has(variable.args))
		return refuse(reader, ast, `"${variable.args}" is a fact; name the variable otherwise`);
	const over = termOf(on, reader);
	const inside = { ...reader, local: variable.args };
	return { op: "every", name, over, local: variable.args, body: termOf(body, inside) };
}

function oneOf<Word extends string>(words: readonly Word[], word: string): Word | undefined {
	return words.find((known) => known === word);
}
