import { proposeCategory } from "#engine/packs/propose.ts";
import type { Picked } from "./picked.ts";
import { amountsIn } from "./picked-amounts.ts";
import { numbersIn } from "./picked-numbers.ts";
import { placesIn } from "./picked-places.ts";
import { timesIn } from "./picked-times.ts";

export type { Picked } from "./picked.ts";

/** What the trade and the office say of how words are to be read. */
export interface Reading {
	now: string;
	zone: string;
	/** The trade's word for a plate; in some it is a badge number. */
	plateWord: string;
	categories: ReadonlyMap<string, { id: string; keywords: string[] }>;
}

/** Beyond this nothing is looked for: nobody says so much, and typing must not lag. */
const MOST_LETTERS = 4_000;

/**
 * The facts in somebody's words, each offered once, in reading order; the proposed category last. Nothing is decided
 * here: a person takes what is right.
 */
export function pickFacts(words: string, reading: Reading): Picked[] {
	// full-width figures and letters become plain, one for one, so that places stay places
	const text = words.slice(0, MOST_LETTERS).replaceAll(/[！-～]/g, halfWidth);
	const numbers = numbersIn(text, reading.plateWord);
	const others = [...amountsIn(text), ...timesIn(text, reading.now, reading.zone), ...placesIn(text)].filter(
		(one) => !numbers.some(({ from, to }) => one.from < to && from < one.to),
	);
	const once = new Map<string, Picked>();
	for (const one of [...numbers, ...others]) {
		const key = `${one.kind} ${one.value}`;
		if (!once.has(key)) once.set(key, one);
	}
	return [...[...once.values()].sort((a, b) => a.from - b.from), ...categoryIn(text, reading)];
}

function halfWidth(letter: string): string {
	const plain = String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
	return /[\dA-Za-z:.,/-]/.test(plain) ? plain : letter;
}

function categoryIn(text: string, { categories }: Reading): Picked[] {
	const proposed = proposeCategory(text, { categories });
	return proposed ? [{ kind: "category", value: proposed.category, from: 0, to: 0 }] : [];
}
