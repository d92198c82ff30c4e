import type { Case, Item, RemedyLine } from "../case.ts";

/** Lines of a remedy become items to be carried out, each with an id of its own. */

export function freshItem(line: RemedyLine, id: string, from: string): Item {
	const { item, amount, count, bearer, legal, explanation, words, payee } = line;
	return {
		item,
		amount,
		count,
		bearer,
		legal,
		explanation,
		words,
		payee,
		id,
		from,
		started: null,
		attempts: [],
		pending: null,
		done: null,
		held: null,
		waived: null,
		replacedBy: null,
		recovery: null,
	};
}

/** The items of an agreement or a final position, with ids of their own. */
export function itemsFrom(kase: Case, lines: readonly RemedyLine[], from: string): Item[] {
	const payee = kase.parties.find((one) => one.side === "complainant")?.id ?? null;
	return lines.map((line, n) =>
		freshItem({ ...line, payee: line.payee ?? payee }, `x${kase.items.length + n + 1}`, from),
	);
}

/** Kinds that are paid out through a payer (or in cash); vouchers and services are handed over instead. */
const PAID = new Set<string>(["compensation", "refund", "fee-reduction"]);

export function isPaid(item: Pick<Item, "item" | "amount">): boolean {
	return PAID.has(item.item) && item.amount !== null;
}

function isEnded(one: Item): boolean {
	return one.done !== null || one.waived !== null || one.replacedBy !== null;
}

export function openItems(kase: Case): Item[] {
	return kase.items.filter((one) => !isEnded(one));
}

export function openItem(kase: Case, id: string): Item | null {
	return openItems(kase).find((one) => one.id === id) ?? null;
}
