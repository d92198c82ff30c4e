import type { Category } from "./schema.ts";

/**
 * Proposes a category from the words of a complaint: each keyword found weighs its length (Chinese characters count
 * double), and the heaviest category wins, of two the same the one that stands first in the pack. The words that led
 * to it are given back; a named person decides. Compared after NFKC and in lower case; a word in letters must begin
 * and end like one, so that "rude" isn't found in "intruder".
 */
export function proposeCategory(
	text: string,
	pack: { categories: ReadonlyMap<string, Pick<Category, "id" | "keywords">> },
): { category: string; because: string[] } | null {
	const plain = ` ${folded(text)} `;
	let best: { category: string; because: string[]; weight: number } | null = null;
	for (const category of pack.categories.values()) {
		const because = category.keywords.filter((word) => holds(plain, folded(word)));
		const weight = because.reduce((sum, word) => sum + weightOf(word), 0);
		if (weight > (best?.weight ?? 0)) best = { category: category.id, because, weight };
	}
	return best ? { category: best.category, because: best.because } : null;
}

function folded(text: string): string {
	return text.normalize("NFKC").toLowerCase();
}

const LETTER = /[a-z]/;

/** `plain` is set between spaces, so that there is always something before and after. */
function holds(plain: string, word: string): boolean {
	for (let at = plain.indexOf(word); at > 0; at = plain.indexOf(word, at + 1)) {
		const glued = LETTER.test(word[0] ?? "") && LETTER.test(plain[at - 1] ?? "");
		// endings of the same word (damage, damaged) are let pass, another word glued on is not
		const tail = /^[a-z]*/.exec(plain.slice(at + word.length))?.[0] ?? "";
		const ending = !LETTER.test(word.at(-1) ?? "") || tail === "" || ENDINGS.has(tail);
		if (!glued && ending) return true;
	}
	return false;
}
const ENDINGS: ReadonlySet<string> = new Set(["s", "d", "ed", "es", "ing", "er"]);

function weightOf(word: string): number {
	let weight = 0;
	for (const letter of word) weight += /\p{Script=Han}/u.test(letter) ? 2 : 1;
	return weight;
}
