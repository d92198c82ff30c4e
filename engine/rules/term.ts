import { celName } from "./facts.ts";

/**
 * The rule language as a plain tree: the part of CEL that tables may use, and no more.
 * `fact` names are as declared (`late-minutes`); `local` is the variable of `exists` and `all`.
 */
export type Term =
	| { op: "fact"; name: string }
	| { op: "local"; name: string }
	| { op: "number"; value: number; decimal: boolean }
	| { op: "text"; value: string }
	| { op: "bool"; value: boolean }
	| { op: "list"; items: Term[] }
	| { op: "not" | "minus"; of: Term }
	| { op: BinaryOp; left: Term; right: Term }
	| { op: "choose"; test: Term; yes: Term; no: Term }
	| { op: "call"; name: FunctionName; args: Term[] }
	| { op: "method"; name: MethodName; on: Term; args: Term[] }
	| { op: "every"; name: QuantifierName; over: Term; local: string; body: Term };

export const BINARY_OPS = [
	"+",
	"-",
	"*",
	"/",
	"%",
	"==",
	"!=",
	"<",
	"<=",
	">",
	">=",
	"in",
	"&&",
	"||",
] as const;
export type BinaryOp = (typeof BINARY_OPS)[number];
export const FUNCTIONS = ["percent", "least", "greatest", "capped", "roundTo", "yuan", "size"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];
export const METHODS = ["startsWith", "endsWith", "contains", "size"] as const;
export type MethodName = (typeof METHODS)[number];
export const QUANTIFIERS = ["exists", "all"] as const;
export type QuantifierName = (typeof QUANTIFIERS)[number];

/** The direct parts of a term. */
export function partsOf(term: Term): readonly Term[] {
	switch (term.op) {
		case "fact":
		case "local":
		case "number":
		case "text":
		case "bool":
			return [];
		case "list":
			return term.items;
		case "not":
		case "minus":
			return [term.of];
		case "choose":
			return [term.test, term.yes, term.no];
		case "call":
			return term.args;
		case "method":
			return [term.on, ...term.args];
		case "every":
			return [term.over, term.body];
		default:
			return [term.left, term.right];
	}
}

/** The term and everything in it, outermost first. */
export function* within(term: Term): Generator<Term> {
	yield term;
	for (const part of partsOf(term)) yield* within(part);
}

const READ = new WeakMap<Term, readonly string[]>();

/** Names of the facts a term reads, each once, in reading order; gathered once per term. */
export function factsIn(term: Term): readonly string[] {
	const known = READ.get(term);
	if (known) return known;
	const names = new Set(term.op === "fact" ? [term.name] : partsOf(term).flatMap(factsIn));
	READ.set(term, [...names]);
	return [...names];
}

/** How tightly an operator binds; a part that binds less tightly than its place needs parentheses. */
export const BINDS: Record<BinaryOp | "choose" | "not" | "minus", number> = {
	choose: 1,
	"||": 2,
	"&&": 3,
	"==": 4,
	"!=": 4,
	"<": 5,
	"<=": 5,
	">": 5,
	">=": 5,
	in: 5,
	"+": 6,
	"-": 6,
	"*": 7,
	"/": 7,
	"%": 7,
	not: 8,
	minus: 8,
};

/** How tightly the whole term binds; names, literals and calls need no parentheses anywhere. */
export function bindingOf(term: Term): number {
	return Object.hasOwn(BINDS, term.op) ? BINDS[term.op as keyof typeof BINDS] : 9;
}

/** A part written out, in parentheses where the place asks for tighter binding. */
function partText(part: Term, tightest: number): string {
	return bindingOf(part) < tightest ? `(${textOf(part)})` : textOf(part);
}

const listText = (terms: readonly Term[]): string => terms.map(textOf).join(", ");

/** The term as CEL again, in one spelling: equal terms give equal texts, and reading the text gives the term. */
export function textOf(term: Term): string {
	switch (term.op) {
		case "fact":
			return celName(term.name);
		case "local":
			return term.name;
		case "number":
			return term.decimal && Number.isInteger(term.value) && term.value < 1e21
				? `${term.value}.0`
				: `${term.value}`;
		case "text":
			return JSON.stringify(term.value);
		case "bool":
			return `${term.value}`;
		case "list":
			return `[${listText(term.items)}]`;
		case "not":
			return `!${partText(term.of, BINDS.not)}`;
		case "minus":
			return `-${partText(term.of, BINDS.minus)}`;
		case "choose":
			return `${partText(term.test, BINDS.choose + 1)} ? ${textOf(term.yes)} : ${textOf(term.no)}`;
		case "call":
			return `${term.name}(${listText(term.args)})`;
		case "method":
			return `${partText(term.on, 9)}.${term.name}(${listText(term.args)})`;
		case "every":
			return `${partText(term.over, 9)}.${term.name}(${term.local}, ${textOf(term.body)})`;
		default:
			return `${partText(term.left, BINDS[term.op])} ${term.op} ${partText(term.right, BINDS[term.op] + 1)}`;
	}
}
