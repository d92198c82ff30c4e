import type { LoadedPack } from "./loaded.ts";

/**
 * Proposes a category from the words of a complaint: each keyword found weighs its length (Chinese characters count
 * double), and the heaviest category wins. The words that led to it are given back; a named person decides.
 * Words are compared after NFKC and in lower case.
 */
export function proposeCategory(
	text: string,
	pack: LoadedPack,
): { category: string; because: string[] } | null {
	const plain = text.normalize("NFKC").toLowerCase();
	let best: { category: string; because: string[]; weight: number } | null = null;
	for (const category of pack.categories.values()) {
		const because = category.keywords.filter((word) => plain.includes(word.toLowerCase()));
		const weight = because.reduce((sum, word) => sum + weightOf(word), 0);
		if (weight > (best?.weight ?? 0)) best = { category: category.id, because, weight };
	}
	return best ? { category: best.category, because: best.because } : null;
}

function weightOf(word: string): number {
	let weight = 0;
	for (const letter of word) weight += /\p{Script=Han}/u.test(letter) ? 2 : 1;
	return weight;
}
