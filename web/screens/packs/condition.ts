import { celFor } from "#engine/rules/cel.ts";
import { readTerm } from "#engine/rules/expression.ts";
import type { ResultCell } from "#engine/rules/table.ts";
import { BINDS, bindingOf, type Term } from "#engine/rules/term.ts";
import { type Book, factLabel, factOf, money, valueName } from "./book.ts";

/** A rule's condition in words: the facts by their names, values by theirs. Null: it can't be read, show it as written. */
export function conditionText(book: Book, when: string): string | null {
	const term = termOf(book, when);
	return term && said(term, book, null);
}

/** What a cell of a rule gives, in words. `of`: the column, by whose name its values are called. */
export function givenText(book: Book, of: string, kind: string, cell: ResultCell): string {
	if (typeof cell === "object")
		return Object.entries(cell)
			.map(([seat, percent]) => `${valueName(book, "seat", seat)} ${percent}%`)
			.join(book.t("list-comma"));
	if (typeof cell !== "string")
		return kind === "money" ? money(book, Number(cell)) : valueName(book, of, cell);
	const term = kind === "text" ? null : termOf(book, cell);
	return term ? said(term, book, of) : cell;
}

/** A cell that is a plain word or number, as it stands; null where it is reckoned. */
export function constantOf(book: Book, cell: ResultCell | undefined): string | number | boolean | null {
	if (typeof cell !== "string") return typeof cell === "object" ? null : (cell ?? null);
	const term = termOf(book, cell);
	return term?.op === "text" || term?.op === "number" || term?.op === "bool" ? term.value : null;
}

function termOf({ pack }: Book, text: string): Term | null {
	return readTerm(celFor(pack.facts).environment, text, Object.keys(pack.facts));
}

/** Whether a condition holds whatever is known. */
export function isAlways(when: string): boolean {
	return when.trim() === "true";
}

/** @param of the fact or column by whose name values on their own are called */
function said(term: Term, book: Book, of: string | null): string {
	const { t } = book;
	switch (term.op) {
		case "fact":
			return factLabel(book, term.name);
		case "local":
			return t("each");
		case "number":
			return of !== null && factOf(book, of)?.type === "money"
				? money(book, term.value)
				: valueName(book, of ?? "", term.value);
		case "text":
		case "bool":
			return valueName(book, of ?? "", term.value);
		case "list":
			return term.items.map((one) => said(one, book, of)).join(t("list-comma"));
		case "not":
			return t("not", { what: part(term.of, BINDS.not, book, of) });
		case "minus":
			return `−${part(term.of, BINDS.minus, book, of)}`;
		case "choose":
			return t("choose", {
				test: said(term.test, book, null),
				yes: said(term.yes, book, of),
				no: said(term.no, book, of),
			});
		case "call":
			return callText(term, book, of);
		case "method":
			return t(`method-${term.name}`, {
				on: said(term.on, book, of),
				what: term.args.map((one) => said(one, book, of)).join(t("list-comma")),
			});
		case "every":
			return t(term.name === "all" ? "every-all" : "every-exists", {
				over: said(term.over, book, of),
				what: said(term.body, book, factNamed(term.over)),
			});
		default:
			return binaryText(term, book, of);
	}
}

const SIGNS: Record<string, string> = { "+": "+", "-": "−", "*": "×", "/": "÷", "%": "mod" };
const SCALES: ReadonlySet<string> = new Set(["*", "/", "%"]);
const RELATIONS: Record<string, string> = { "<": "<", "<=": "≤", ">": ">", ">=": "≥" };

function binaryText(term: Term & { left: Term; right: Term }, book: Book, of: string | null): string {
	const { t } = book;
	const { op, left, right } = term;
	const binds = BINDS[op as keyof typeof BINDS];
	if (op === "&&" || op === "||")
		return `${part(left, binds, book, null)}${t(op === "&&" ? "and" : "or")}${part(right, binds + 1, book, null)}`;
	const about = factNamed(left) ?? factNamed(right) ?? of;
	// what something is multiplied or divided by is a bare number, whatever it is that is multiplied
	const named = (term: Term) => (SCALES.has(op) && term.op === "number" ? null : about);
	const [first, second] = [part(left, binds, book, named(left)), part(right, binds + 1, book, named(right))];
	if (op === "in") {
		const one = right.op === "list" && right.items.length === 1;
		return t(one ? "is" : "is-one-of", { what: first, value: said(right, book, about) });
	}
	if (op === "==" || op === "!=") return t(op === "==" ? "is" : "is-not", { what: first, value: second });
	return `${first} ${RELATIONS[op] ?? SIGNS[op] ?? op} ${second}`;
}

/** The fact that a side of a comparison is about, by whose name the other side's values are called. */
function factNamed(term: Term): string | null {
	if (term.op === "fact") return term.name;
	if (term.op === "+" || term.op === "-" || term.op === "*" || term.op === "/")
		return factNamed(term.left) ?? factNamed(term.right);
	return null;
}

function callText({ name, args }: Term & { op: "call" }, book: Book, of: string | null): string {
	const [first, second] = args;
	if (name === "yuan" && first?.op === "number") return money(book, first.value * 100);
	if (name === "percent" && first && second)
		return `${part(first, BINDS["*"], book, of)} × ${said(second, book, null)}%`;
	return book.t(`call-${name}`, {
		what: args
			.filter((one) => !(one.op === "text" && ROUNDING.has(one.value)))
			.map((one) => said(one, book, of))
			.join(book.t("list-comma")),
	});
}
const ROUNDING: ReadonlySet<string> = new Set(["half-up", "down", "up"]);

/** A part, in parentheses where its place asks for tighter binding. */
function part(term: Term, tightest: number, book: Book, of: string | null): string {
	const text = said(term, book, of);
	return bindingOf(term) < tightest ? book.t("group", { what: text }) : text;
}
