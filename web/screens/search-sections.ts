/** What the search offers, as one list in sections; pure. */

export interface Option {
	key: string;
	text: string;
	/** From and to of each match in the text, in UTF-16 units. */
	at: readonly (readonly [number, number])[];
	/** Said more quietly beside it. */
	note?: string;
	/** Number and grade of a case. */
	kase?: { number: string; urgency: string | null; severity: string | null };
	open: () => void;
}

export interface Section {
	key: string;
	title: string;
	/** How many there are, where that is more than are shown. */
	count?: string;
	options: Option[];
}

/** Sections with something in them, and the options in reading order. */
export function flat(sections: readonly Section[]): { sections: Section[]; options: Option[] } {
	const full = sections.filter((one) => one.options.length > 0);
	return { sections: full, options: full.flatMap((one) => one.options) };
}

/** Things with a name that holds every word of the search, those that begin with it first. */
export function named<T>(
	all: readonly T[],
	nameOf: (one: T) => string,
	text: string,
	most: number,
): { one: T; at: [number, number][] }[] {
	const terms = [...new Set(text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean))];
	if (terms.length === 0) return [];
	return all
		.flatMap((one) => {
			const name = nameOf(one).toLowerCase();
			const at = terms.map((term): [number, number] => [
				name.indexOf(term),
				name.indexOf(term) + term.length,
			]);
			return at.some(([from]) => from < 0) ? [] : [{ one, at: at.sort(([a], [b]) => a - b) }];
		})
		.sort((a, b) => (a.at[0]?.[0] ?? 0) - (b.at[0]?.[0] ?? 0))
		.slice(0, most);
}

/** The option after or before the one chosen, round the ends. */
export function moved(chosen: number, step: 1 | -1, count: number): number {
	return count === 0 ? 0 : (chosen + step + count) % count;
}

const MOST_RECENT = 6;

/** Searches of late with this one in front. Bare numbers are left out: they are people's phones. */
export function withRecent(recent: readonly string[], text: string): string[] {
	const said = text.trim();
	if (said === "" || /^[+\d\s-]{7,}$/.test(said)) return [...recent];
	return [said, ...recent.filter((one) => one !== said)].slice(0, MOST_RECENT);
}
