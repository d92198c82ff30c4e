import { formatMoney } from "../money/format.ts";
import { celFor, percentIsWhole } from "./cel.ts";
import type { Arithmetic, Explanation } from "./evaluate.ts";
import { readTerm } from "./expression.ts";
import { declarationOf, type FactSheet, type FactValue } from "./facts.ts";
import { BINDS, bindingOf, type Term, textOf } from "./term.ts";
import { HOME_CURRENCY, isMoney, type Unit, unitOf } from "./units.ts";

export type Locale = "zh" | "en";

/** How a sum is read out. */
const WORDS = {
	zh: {
		locale: "zh-CN",
		open: "（",
		close: "）",
		comma: "，",
		between: "；",
		least: "取小",
		greatest: "取大",
		ceiling: "上限 ",
		step: { "half-up": "四舍五入到 ", down: "向下取整到 ", up: "向上取整到 " },
		rounded: { "half-up": "（四舍五入）", down: "（舍去尾数）", up: "（进一）" },
		remainder: "（舍去余数）",
	},
	en: {
		locale: "en",
		open: " (",
		close: ")",
		comma: ", ",
		between: "; ",
		least: "least of",
		greatest: "greatest of",
		ceiling: "ceiling ",
		step: { "half-up": "to the nearest ", down: "rounded down to ", up: "rounded up to " },
		rounded: { "half-up": " (rounded half up)", down: " (rounded down)", up: " (rounded up)" },
		remainder: " (remainder dropped)",
	},
} as const;

type Rounding = keyof (typeof WORDS)["zh"]["rounded"];

/**
 * The sums behind an answer in words: `3 × ¥25.00 运费 = ¥75.00`. Several sums are set side by side; whole numbers
 * that were not reckoned are left out beside money. Values and labels are those of the explanation, so that an old
 * one reads as it did; the sheet tells which facts are money. A sum over facts it no longer knows is shown as written.
 * @param currency of sums in which no fact names one
 */
export function renderArithmetic(
	explanation: Explanation,
	sheet: FactSheet,
	locale: Locale,
	currency: string = HOME_CURRENCY,
): string {
	const worth = explanation.arithmetic.filter((one) => one.kind === "money" || one.steps.length > 0);
	const sums = worth.length > 0 ? worth : explanation.arithmetic;
	return sums.map((one) => renderSum(one, explanation, sheet, locale, currency)).join(WORDS[locale].between);
}

/** What the writing of one sum needs: the values of its parts by their text, and the facts. */
type Page = {
	values: ReadonlyMap<string, FactValue>;
	inputs: Explanation["inputs"];
	sheet: FactSheet;
	locale: Locale;
};

function renderSum(
	one: Arithmetic,
	{ inputs }: Explanation,
	sheet: FactSheet,
	locale: Locale,
	home: string,
): string {
	const page = { values: new Map(one.steps.map((step) => [step.text, step.value])), inputs, sheet, locale };
	const names = inputs.map((input) => input.fact).filter((fact) => declarationOf(sheet, fact));
	const term = readTerm(celFor(sheet).environment, one.expression, names);
	const unit = term ? unitOf(term, sheet) : "free";
	const currency = one.kind === "money" ? (isMoney(unit) ? unit.money : home) : null;
	if (!term) return `${one.expression} = ${written(one.value, currency, page)}`;
	return withResult(term, currency, page);
}

/** The part and what it comes to; a single amount is not said twice. `currency`: what bare numbers in it are, if money. */
function withResult(term: Term, currency: string | null, page: Page): string {
	const taken = branchTaken(term, page);
	const text = show(taken, currency, page);
	if (isPlain(taken)) return text;
	return `${text} = ${written(worthOf(taken, page), currency, page)}`;
}

function isPlain(term: Term): boolean {
	const amount = term.op === "call" && term.name === "yuan";
	if (term.op === "minus") return isPlain(term.of) && term.of.op === "number";
	return amount || !["+", "-", "*", "/", "%", "minus", "call"].includes(term.op);
}

/** Of a choice only the branch that was taken is told. */
function branchTaken(term: Term, page: Page): Term {
	if (term.op !== "choose") return term;
	return branchTaken(worthOf(term.test, page) === true ? term.yes : term.no, page);
}

function show(whole: Term, currency: string | null, page: Page): string {
	const term = branchTaken(whole, page);
	switch (term.op) {
		case "number":
			return written(term.value, currency, page);
		case "fact":
			return factText(term.name, page);
		case "minus":
			return `-${part(term.of, BINDS.minus, currency, page)}`;
		case "+":
		case "-":
		case "%": {
			const [left, right] = [
				part(term.left, BINDS[term.op], currency, page),
				part(term.right, BINDS[term.op] + 1, currency, page),
			];
			return `${left} ${term.op === "-" ? "−" : term.op === "%" ? "mod" : "+"} ${right}`;
		}
		case "*":
			return productText(term, currency, page);
		case "/":
			return quotientText(term, currency, page);
		case "call":
			return callText(term, currency, page);
		default:
			return written(worthOf(term, page), currency, page);
	}
}

function part(term: Term, tightest: number, currency: string | null, page: Page): string {
	const taken = branchTaken(term, page);
	const text = show(taken, currency, page);
	const binding = taken.op === "call" && taken.name === "percent" ? BINDS["*"] : bindingOf(taken);
	return binding < tightest ? `(${text})` : text;
}

function factText(name: string, { inputs, sheet, locale }: Page): string {
	const input = inputs.find((one) => one.fact === name);
	if (!input) return name;
	const fact = declarationOf(sheet, name);
	const money = fact?.type === "money" && typeof input.value === "number";
	const amount = money
		? moneyText(Number(input.value), fact.unit ?? HOME_CURRENCY, locale)
		: `${input.value}`;
	return `${amount}${fact?.unit === "%" ? "%" : ""} ${input.label[locale]}`;
}

/** Of two factors one is the money; where neither is by itself, it is the bare number, and of two the second. */
function productText(term: Term & { left: Term; right: Term }, currency: string | null, page: Page): string {
	const [left, right] = [unitOf(term.left, page.sheet), unitOf(term.right, page.sheet)];
	const leftIsMoney = isMoney(left) || (!isMoney(right) && left === "free" && right !== "free");
	const first = part(term.left, BINDS["*"], leftIsMoney ? currency : null, page);
	const second = part(term.right, BINDS["*"] + 1, leftIsMoney ? null : currency, page);
	return `${first} × ${second}`;
}

function quotientText(term: Term & { left: Term; right: Term }, currency: string | null, page: Page): string {
	const divisor: Unit = unitOf(term.right, page.sheet);
	const both = isMoney(divisor) ? divisor.money : null;
	const text = `${part(term.left, BINDS["/"], both ?? currency, page)} ÷ ${part(term.right, BINDS["/"] + 1, both, page)}`;
	const whole = Number(worthOf(term.left, page)) % Number(worthOf(term.right, page)) === 0;
	return whole ? text : `${text}${WORDS[page.locale].remainder}`;
}

function callText(term: Term & { op: "call" }, currency: string | null, page: Page): string {
	const words = WORDS[page.locale];
	const [first, second, third] = term.args;
	const rounding: Rounding =
		third?.op === "text" && third.value in words.step ? (third.value as Rounding) : "half-up";
	const list = (items: string[]): string => `${words.open}${items.join(words.comma)}${words.close}`;
	const results = term.args.map((arg) => withResult(arg, currency, page));
	switch (term.name) {
		case "least":
			return words.least + list(results);
		case "greatest":
			return words.greatest + list(results);
		case "capped":
			return words.least + list([results[0] ?? "", `${words.ceiling}${results[1] ?? ""}`]);
		case "roundTo":
			return `${words.step[rounding]}${results[1] ?? ""}${list([results[0] ?? ""])}`;
		case "percent":
			return first && second ? percentText(first, second, rounding, currency, page) : "";
		default:
			return written(worthOf(term, page), currency, page);
	}
}

function percentText(
	amount: Term,
	percent: Term,
	rounding: Rounding,
	currency: string | null,
	page: Page,
): string {
	const sign = percent.op === "fact" && declarationOf(page.sheet, percent.name)?.unit === "%" ? "" : "%";
	const text = `${part(amount, BINDS["*"], currency, page)} × ${percentSign(part(percent, BINDS["*"] + 1, null, page), sign)}`;
	const whole = percentIsWhole(Number(worthOf(amount, page)), Number(worthOf(percent, page)));
	return whole ? text : `${text}${WORDS[page.locale].rounded[rounding]}`;
}

/** The sign stands behind the number, before the label of a fact. */
function percentSign(text: string, sign: string): string {
	return /^[\d.]+ /.test(text) ? text.replace(" ", `${sign} `) : `${text}${sign}`;
}

function worthOf(term: Term, page: Page): FactValue {
	if (term.op === "number" || term.op === "bool" || term.op === "text") return term.value;
	if (term.op === "choose") return worthOf(branchTaken(term, page), page);
	// a negative constant is no step of a sum
	if (term.op === "minus" && term.of.op === "number") return -term.of.value;
	const input = term.op === "fact" ? page.inputs.find((one) => one.fact === term.name) : undefined;
	return input?.value ?? page.values.get(textOf(term)) ?? Number.NaN;
}

function written(value: FactValue, currency: string | null, { locale }: Page): string {
	return currency !== null && typeof value === "number" ? moneyText(value, currency, locale) : `${value}`;
}

function moneyText(amount: number, currency: string, locale: Locale): string {
	return Number.isSafeInteger(amount) ? formatMoney({ amount, currency }, WORDS[locale].locale) : `${amount}`;
}
