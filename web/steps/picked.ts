/** A fact found in somebody's words: offered, never taken without being asked. */
export interface Picked {
	kind: "order" | "phone" | "plate" | "time" | "amount" | "place" | "category";
	/** As the field wants it: digits, a date-time, an amount as one types it, the id of a category. */
	value: string;
	/** Where it stands, in UTF-16 units. */
	from: number;
	to: number;
	/** Of a time: the day is known, the hour is guessed. */
	rough?: boolean;
	/** Of a plate: whose car the words say it is. */
	whose?: "own" | "other";
}

/** Every match of a pattern with its place. The pattern is global. */
export function matchesOf(
	text: string,
	pattern: RegExp,
): { found: string; from: number; groups: string[] }[] {
	return [...text.matchAll(pattern)].map((match) => ({
		found: match[0],
		from: match.index,
		groups: match.slice(1).map((one) => one ?? ""),
	}));
}

export function overlaps(a: Pick<Picked, "from" | "to">, b: Pick<Picked, "from" | "to">): boolean {
	return a.from < b.to && b.from < a.to;
}
