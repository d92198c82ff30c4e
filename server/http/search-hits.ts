import type { FoundCase, Sought, WordsHolding } from "../store/case-search.ts";
import { plainOf } from "../store/tokens.ts";

/** A case found, and what of it was meant. `at`: from and to of each match in `text`, in UTF-16 units. */
export interface Hit {
	case: FoundCase;
	matched: {
		in: "number" | "order" | "outside" | "person" | "words";
		text: string;
		at: [number, number][];
		ref?: string;
	};
}

export interface SearchFor {
	q: string;
	/** The words sought, as words are compared. */
	terms: readonly string[];
	words: readonly WordsHolding[];
}

/** The words of a search, each to be found: in the form in which words are compared. */
export function termsOf(q: string): string[] {
	return [...new Set(plainOf(q).split(/\s+/).filter(Boolean))];
}

/** The hits among rows that an index gave; of those found by tokens, only where the words really stand. */
export function hitsOf(by: Sought["by"], rows: readonly FoundCase[], sought: SearchFor): Hit[] {
	return rows.flatMap((row): Hit[] => {
		const { keep: _, mask, ...plain } = row as FoundCase & { keep?: string; mask?: string };
		const matched = by === "person" ? { in: by, text: mask ?? "", at: [] } : matchedIn(by, row, sought);
		return matched ? [{ case: plain, matched }] : [];
	});
}

function matchedIn(
	by: Exclude<Sought["by"], "person">,
	row: FoundCase,
	sought: SearchFor,
): Hit["matched"] | null {
	const { terms } = sought;
	const numbers = { number: [row.number], order: row.orders, outside: row.outside };
	if (by !== "words") {
		const wanted = plainOf(sought.q).replaceAll(/[\s-]/g, "");
		const text = numbers[by].find((one) => plainOf(one).replaceAll(/[\s-]/g, "") === wanted) ?? row.number;
		return { in: by, text, at: [[0, text.length]] };
	}
	for (const kind of ["number", "order", "outside"] as const) {
		const text = numbers[kind].find((one) => terms.every((term) => plainOf(one).includes(term)));
		if (text) return { in: kind, text, at: placesIn(plainOf(text), terms) };
	}
	return inWords(row, sought, Object.values(numbers).flat());
}

/** Every term must stand somewhere: in the words of the case, or else in one of its numbers. */
function inWords(
	row: FoundCase,
	{ terms, words }: SearchFor,
	numbers: readonly string[],
): Hit["matched"] | null {
	const own = words.filter((one) => one.stream === row.id);
	const found = new Set(own.flatMap((one) => one.terms));
	const [best] = [...own].sort((a, b) => b.terms.length - a.terms.length);
	const all = terms.every((term) => found.has(term) || numbers.some((one) => plainOf(one).includes(term)));
	if (!all || !best) return null;
	const aligned = best.aligned && best.content.length === best.plain.length;
	const before = best.from > 0 ? "…" : "";
	const after = best.from + [...best.content].length < best.length ? "…" : "";
	const at = aligned ? placesIn(best.plain, terms) : [];
	return {
		in: "words",
		ref: best.ref,
		text: `${before}${best.content}${after}`,
		at: at.map(([from, to]) => [from + before.length, to + before.length]),
	};
}

/** Where the terms stand in a text, in reading order. */
function placesIn(plain: string, terms: readonly string[]): [number, number][] {
	const places: [number, number][] = [];
	for (const term of terms)
		for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length))
			places.push([at, at + term.length]);
	return places.sort(([a], [b]) => a - b);
}
