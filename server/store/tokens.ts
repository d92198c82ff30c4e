import { Converter } from "opencc-js";

/**
 * Chinese search without a dictionary: runs of text, split by script, become two-character tokens (Han) or whole
 * words (Latin letters, digits), after NFKC, lower case and traditional → simplified. The same on both sides.
 */
const simplified = Converter({ from: "t", to: "cn" });

/** The form in which words are compared. */
export function plainOf(text: string): string {
	return simplified(text.normalize("NFKC").toLowerCase());
}

const RUNS = /[\p{Script=Han}]+|[\p{L}\p{N}]+?(?=[\p{Script=Han}]|[^\p{L}\p{N}]|$)/gu;

/** The tokens of a text; of a long Latin or digit run also its last eight characters, as people quote those. */
export function tokensOf(text: string): string[] {
	const tokens = new Set<string>();
	for (const [run] of plainOf(text).matchAll(RUNS)) {
		if (!/\p{Script=Han}/u.test(run)) {
			tokens.add(run.slice(0, 64));
			if (run.length > 8) tokens.add(run.slice(-8));
			continue;
		}
		const letters = [...run];
		// the last character alone, so that a search for one character finds it too
		tokens.add(letters.at(-1) ?? run);
		for (let n = 0; n + 1 < letters.length; n++) tokens.add(`${letters[n]}${letters[n + 1]}`);
	}
	return [...tokens];
}

/**
 * A tsquery that every match satisfies; null when there is nothing to look for. A single Han character and the last
 * Latin or digit run match by prefix.
 */
export function queryOf(text: string): string | null {
	const plain = plainOf(text).trim();
	const terms: string[] = [];
	for (const [run] of plain.matchAll(RUNS)) {
		const letters = [...run];
		if (!/\p{Script=Han}/u.test(run)) terms.push(`${quote(run.slice(0, 64))}:*`);
		else if (letters.length === 1) terms.push(`${quote(run)}:*`);
		else for (let n = 0; n + 1 < letters.length; n++) terms.push(quote(`${letters[n]}${letters[n + 1]}`));
	}
	return terms.length > 0 ? [...new Set(terms)].join(" & ") : null;
}

function quote(token: string): string {
	return `'${token.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
