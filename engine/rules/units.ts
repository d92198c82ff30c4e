import { declarationOf, type FactSheet } from "./facts.ts";
import { partsOf, type Term, textOf } from "./term.ts";

/**
 * What a number counts: a currency code for money, `count` for anything else that was measured, `free` for a bare
 * literal, which takes the unit of its neighbours, and for a truth, which has none.
 */
export type Unit = { money: string } | "count" | "free";

/** The currency of money facts that name none. */
export const HOME_CURRENCY = "CNY";

/**
 * The unit of a term. Adding, comparing or choosing between money and a count, or two currencies, is a mistake that
 * integers alone would hide.
 * @param complain is told of each mistake
 */
export function unitOf(term: Term, sheet: FactSheet, complain: (problem: string) => void = () => {}): Unit {
	const of = (part: Term): Unit => unitOf(part, sheet, complain);
	const alike = (parts: readonly Term[]): Unit => oneUnit(parts, parts.map(of), complain);
	switch (term.op) {
		case "number":
			return "free";
		case "fact":
			return factUnit(sheet, term.name);
		case "minus":
			return of(term.of);
		case "+":
		case "-":
		case "%":
			return alike([term.left, term.right]);
		case "==":
		case "!=":
		case "<":
		case "<=":
		case ">":
		case ">=":
			alike([term.left, term.right]);
			return "free";
		case "choose":
			of(term.test);
			return alike([term.yes, term.no]);
		case "*":
			return product(term, of(term.left), of(term.right), complain);
		case "/":
			return quotient(term, of(term.left), of(term.right), complain);
		case "call":
			return callUnit(term, of, alike, complain);
		default:
			for (const part of partsOf(term)) of(part);
			return "count";
	}
}

function factUnit(sheet: FactSheet, name: string): Unit {
	const fact = declarationOf(sheet, name);
	return fact?.type === "money" ? { money: fact.unit ?? HOME_CURRENCY } : "count";
}

function callUnit(
	term: Term & { op: "call" },
	of: (part: Term) => Unit,
	alike: (parts: readonly Term[]) => Unit,
	complain: (problem: string) => void,
): Unit {
	const [first, second] = term.args;
	switch (term.name) {
		case "least":
		case "greatest":
		case "capped":
			return alike(term.args);
		case "roundTo":
			return alike(term.args.slice(0, 2));
		case "percent":
			if (second && isMoney(of(second))) complain(`a percentage can't be money: ${textOf(term)}`);
			return first ? of(first) : "free";
		case "yuan":
			if (first && isMoney(of(first))) complain(`this is money already: ${textOf(term)}`);
			return { money: HOME_CURRENCY };
		case "size":
			return "count";
	}
}

function oneUnit(parts: readonly Term[], units: readonly Unit[], complain: (problem: string) => void): Unit {
	let unit: Unit = "free";
	for (const next of units) {
		if (next === "free") continue;
		if (unit !== "free" && unitName(unit) !== unitName(next)) {
			complain(`${unitName(unit)} and ${unitName(next)} don't go together: ${parts.map(textOf).join(" / ")}`);
		}
		if (unit === "free") unit = next;
	}
	return unit;
}

/** A count times a bare number stays open: the number may be money, as in three days at 500 each. */
function product(term: Term, left: Unit, right: Unit, complain: (problem: string) => void): Unit {
	if (isMoney(left) && isMoney(right)) complain(`money times money: ${textOf(term)}`);
	if (isMoney(left)) return left;
	if (isMoney(right)) return right;
	return left === "free" || right === "free" ? "free" : "count";
}

function quotient(term: Term, left: Unit, right: Unit, complain: (problem: string) => void): Unit {
	if (!isMoney(right)) return left === "free" ? right : left;
	if (isMoney(left) && left.money !== right.money) complain(`two currencies: ${textOf(term)}`);
	else if (left === "count") complain(`a count divided by money: ${textOf(term)}`);
	return "count";
}

export function isMoney(unit: Unit): unit is { money: string } {
	return typeof unit === "object";
}

/** `CNY`, `a count` or `a bare number`, for problem texts. */
export function unitName(unit: Unit): string {
	if (isMoney(unit)) return unit.money;
	return unit === "count" ? "a count" : "a bare number";
}
