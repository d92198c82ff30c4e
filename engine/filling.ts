import type { Section, Words } from "./words.ts";

/** Finding a text and putting values into it. Apart from the schema of the words, so that light pages need no more. */

/** Values for placeholders, already written as they should read; lists are joined. */
export type Fillings = Readonly<
	Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

const PLACEHOLDER = /\{\{([A-Za-z-]+)\}\}/g;
const PART = /\[[^[\]]*\{\{[^[\]]*\]|\{\{[A-Za-z-]+\}\}/g;

/** The names between double braces, in reading order, each once. */
export function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? ""))];
}

/**
 * Puts values into a text. A part in `[…]` with a value unknown is left out, elsewhere an unknown value reads "…".
 * Lists are joined as the text's language joins them. Values are never read as text with placeholders again.
 */
export function fill(text: string, values: Fillings): string {
	const joiner = /\p{Script=Han}/u.test(text) ? "、" : ", ";
	const put = (part: string) =>
		part.replace(PLACEHOLDER, (_, name: string) => written(values, name, joiner) ?? "…");
	return text.replace(PART, (part) => {
		if (!part.startsWith("[")) return put(part);
		const known = placeholdersOf(part).every((name) => written(values, name, joiner) !== null);
		return known ? put(part.slice(1, -1)) : "";
	});
}

function written(values: Fillings, name: string, joiner: string): string | null {
	const value = Object.hasOwn(values, name) ? values[name] : null;
	const text = Array.isArray(value) ? value.join(joiner) : String(value ?? "");
	return text === "" ? null : text;
}

/** Outcomes, sanctions and kinds of items are values too, and have sections of their own. */
const VALUES_ALSO_IN = ["outcomes", "sanctions", "items"] as const;

/** The text of a key, or null. */
export function find(words: Words, section: Section, key: string): string | null {
	const sections: readonly Section[] = section === "values" ? [section, ...VALUES_ALSO_IN] : [section];
	const parts = key.split(".");
	for (let from = 0; from < parts.length; from++) {
		const wanted = parts.slice(from).join(".");
		for (const one of sections) {
			const texts: Readonly<Record<string, string>> = words[one];
			if (Object.hasOwn(texts, wanted)) return texts[wanted] ?? null;
		}
	}
	return null;
}

/**
 * The words for a key, the most particular first: `AskQuestion.party`, then `party`. The trade's own words are put in;
 * other placeholders stay for `fill`. A key without words reads as its own name in plain letters: `missingWords` tells
 * of it beforehand.
 */
export function wordsFor(
	words: Words,
	section: Section,
	key: string,
	trade: Partial<Words["trade"]> = {},
): string {
	const text = find(words, section, key);
	if (text === null) return spelt(key);
	const own: Readonly<Record<string, string>> = { ...words.trade, ...trade };
	const put = text.replace(PLACEHOLDER, (place, name: string) =>
		Object.hasOwn(own, name) ? (own[name] ?? place) : place,
	);
	return text.startsWith("{{") ? put.charAt(0).toUpperCase() + put.slice(1) : put;
}

/** "RecordContact.at" → "At", "first-contact" → "First contact". */
function spelt(key: string): string {
	const last = key.slice(key.lastIndexOf(".") + 1);
	const plain = last
		.replaceAll("-", " ")
		.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
		.toLowerCase();
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
