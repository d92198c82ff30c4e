/** How many single-letter slips (wrong, missing, extra or swapped neighbours) lie between two words. */
function slips(left: string, right: string): number {
	let before: number[] = [];
	let row = Array.from({ length: right.length + 1 }, (_, column) => column);
	for (let i = 1; i <= left.length; i++) {
		const next = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			let least = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
			const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
			if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
			next.push(least);
		}
		before = row;
		row = next;
	}
	return row[right.length] ?? 0;
}

/** The candidate most like `word`, or null when none is near enough to be a likely slip of the pen. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
	let best: string | null = null;
	let bestSlips = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const count = slips(word.toLowerCase(), candidate.toLowerCase());
		if (count < bestSlips) {
			best = candidate;
			bestSlips = count;
		}
	}
	return best;
}

/** `, did you mean "x"?` for the end of a problem text, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
	const found = nearest(word, candidates);
	return found === null ? "" : `, did you mean "${found}"?`;
}
