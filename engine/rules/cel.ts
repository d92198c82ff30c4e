import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { celName, type FactSheet, type FactType, type FactValue, type FactValues } from "./facts.ts";
import { type Term, textOf } from "./term.ts";

/**
 * The CEL environment of rule tables. The library reckons integers as BigInt; they are converted here and
 * nowhere else, and a number that a double can't hold exactly never leaves this file.
 */

export const ROUNDINGS = ["half-up", "down", "up"] as const;

/** Rounding works on the size of the number, so that -2.5 half-up is -3, the mirror of 2.5. */
function divide(dividend: bigint, divisor: bigint, rounding: string): bigint {
	const size = dividend < 0n ? -dividend : dividend;
	const quotient = divideSize(size, divisor, rounding);
	return dividend < 0n ? -quotient : quotient;
}

function divideSize(size: bigint, divisor: bigint, rounding: string): bigint {
	switch (rounding) {
		case "half-up":
			return (2n * size + divisor) / (2n * divisor);
		case "down":
			return size / divisor;
		case "up":
			return (size + divisor - 1n) / divisor;
		default:
			throw broken("bad-rounding", `no rounding is called "${rounding}"`);
	}
}

const SURE_DIGITS = 15;

/** A decimal as `digits / scale`, taken at the 15 digits a double is sure of: 28.499999999999996 is the 28.5 it came from. */
function fractionOf(decimal: number): { digits: bigint; scale: bigint } {
	if (!Number.isFinite(decimal)) throw broken("numeric_overflow", "the decimal is too large");
	const [mantissa = "0", exponent = "0"] = decimal.toExponential(SURE_DIGITS - 1).split("e");
	const shift = Number(exponent) - (SURE_DIGITS - 1);
	const digits = BigInt(mantissa.replace(".", ""));
	return shift < 0
		? { digits, scale: 10n ** BigInt(-shift) }
		: { digits: digits * 10n ** BigInt(shift), scale: 1n };
}

function percentOf(amount: bigint, percent: bigint | number, rounding = "half-up"): bigint {
	const { digits, scale } =
		typeof percent === "bigint" ? { digits: percent, scale: 1n } : fractionOf(percent);
	return within64(divide(amount * digits, 100n * scale, rounding));
}

function toStep(amount: bigint, step: bigint, rounding = "half-up"): bigint {
	if (step <= 0n) throw broken("bad-step", "roundTo needs a step above zero");
	return within64(divide(amount, step, rounding) * step);
}

/** Whole currency in minor units; a fraction finer than a hundredth is a mistake, not something to round. */
function minorUnits(whole: bigint | number): bigint {
	if (typeof whole === "bigint") return within64(whole * 100n);
	const { digits, scale } = fractionOf(whole);
	if ((digits * 100n) % scale !== 0n) throw broken("bad-money", `yuan(${whole}) is finer than one hundredth`);
	return within64((digits * 100n) / scale);
}

function within64(value: bigint): bigint {
	if (BigInt.asIntN(64, value) === value) return value;
	throw broken("numeric_overflow", "the number is too large");
}

function broken(code: string, message: string): EvaluationError {
	return new EvaluationError({ code, message });
}

const MOST_ARGUMENTS = 8;

/** The environment before any fact is declared: standard CEL and our functions. */
function functionsOnly(): Environment {
	const env = new Environment({ limits: { maxAstNodes: 300, maxDepth: 30 } });
	const declare = (signature: string, handler: (...given: never[]) => bigint): void => {
		env.registerFunction(`${signature}: int`, handler, { async: false });
	};
	for (const percent of ["int", "double"]) {
		declare(`percent(int, ${percent})`, percentOf);
		declare(`percent(int, ${percent}, string)`, percentOf);
		declare(`yuan(${percent})`, minorUnits);
	}
	const least = (...of: bigint[]): bigint => of.reduce((low, next) => (next < low ? next : low));
	const greatest = (...of: bigint[]): bigint => of.reduce((high, next) => (next > high ? next : high));
	for (let count = 2; count <= MOST_ARGUMENTS; count++) {
		const ints = Array.from({ length: count }, () => "int").join(", ");
		declare(`least(${ints})`, least);
		declare(`greatest(${ints})`, greatest);
	}
	declare("capped(int, int)", least);
	declare("roundTo(int, int)", toStep);
	declare("roundTo(int, int, string)", toStep);
	return env;
}

const FUNCTIONS_ONLY = functionsOnly();

const CEL_TYPES: Record<FactType, string> = {
	int: "int",
	money: "int",
	decimal: "double",
	bool: "bool",
	string: "string",
	strings: "list<string>",
};

/** Values by CEL name, as the library wants them. */
export type CelContext = Readonly<Record<string, unknown>>;

/** What came of an expression: a value, or why there is none. */
export type Outcome = { ok: true; value: FactValue } | { ok: false; broke: Broke; detail: string };
export type Broke = "division-by-zero" | "overflow" | "missing" | "invalid";

/** An expression ready to be evaluated; never throws. */
export type Program = (context: CelContext) => Outcome;

/** The environment of one fact sheet. */
export type Cel = { sheet: FactSheet; environment: Environment; programs: WeakMap<Term, Program> };

const MADE = new WeakMap<FactSheet, Cel>();

/** The environment in which the facts of the sheet are declared; made once per sheet, which `FactSheet` has parsed. */
export function celFor(sheet: FactSheet): Cel {
	const made = MADE.get(sheet);
	if (made) return made;
	const environment = FUNCTIONS_ONLY.clone();
	for (const [name, fact] of Object.entries(sheet)) {
		environment.registerVariable(celName(name), CEL_TYPES[fact.type]);
	}
	const cel = { sheet, environment, programs: new WeakMap<Term, Program>() };
	MADE.set(sheet, cel);
	return cel;
}

/** The known facts among `names`, as the library wants them. No prototype: a missing `constructor` must be missing. */
export function contextOf(sheet: FactSheet, facts: FactValues, names: Iterable<string>): CelContext {
	const context: Record<string, unknown> = Object.create(null);
	for (const name of names) {
		const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
		const type = sheet[name]?.type;
		if (value === undefined || value === null || type === undefined) continue;
		context[celName(name)] =
			(type === "int" || type === "money") && typeof value === "number" ? BigInt(value) : value;
	}
	return context;
}

/** Wraps what the library parsed. Exceptions other than the library's own are bugs and pass through. */
export function programOf(parsed: (context: CelContext) => unknown): Program {
	return (context) => {
		try {
			return fromCel(parsed(context));
		} catch (error) {
			if (error instanceof EvaluationError)
				return { ok: false, broke: brokeBy(error.code), detail: error.summary };
			throw error;
		}
	};
}

/** The program of a part of an expression; compiled on first use. */
export function programFor(cel: Cel, term: Term): Program {
	const known = cel.programs.get(term);
	if (known) return known;
	const program = programOf(cel.environment.parse(textOf(term)));
	cel.programs.set(term, program);
	return program;
}

function brokeBy(code: string): Broke {
	if (code === "division_by_zero" || code === "modulo_by_zero") return "division-by-zero";
	if (code === "numeric_overflow") return "overflow";
	return code === "unknown_variable" ? "missing" : "invalid";
}

/** A value of the library as one of ours. */
export function fromCel(value: unknown): Outcome {
	if (typeof value === "bigint") {
		const number = Number(value);
		if (Number.isSafeInteger(number)) return { ok: true, value: number };
		return { ok: false, broke: "overflow", detail: `${value} is too large to be reckoned exactly` };
	}
	if (typeof value === "number" || typeof value === "boolean" || typeof value === "string")
		return { ok: true, value };
	if (Array.isArray(value)) return { ok: true, value: value.map(String) };
	return {
		ok: false,
		broke: "invalid",
		detail: "the expression gives neither a number, a text nor yes or no",
	};
}

/** A literal of the parser as a term, or null where the rule language has no such literal. */
export function literalOf(value: unknown): Term | null {
	if (typeof value === "string") return { op: "text", value };
	if (typeof value === "boolean") return { op: "bool", value };
	const number = fromCel(value);
	if (!number.ok || typeof number.value !== "number") return null;
	return { op: "number", value: number.value, decimal: typeof value === "number" };
}

/** Whether `percent(amount, percent)` comes out whole, so that nothing is rounded. */
export function percentIsWhole(amount: number, percent: number): boolean {
	if (!Number.isSafeInteger(amount) || !Number.isFinite(percent)) return true;
	const { digits, scale } = fractionOf(percent);
	return (BigInt(amount) * digits) % (100n * scale) === 0n;
}
