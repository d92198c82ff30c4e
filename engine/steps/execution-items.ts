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
