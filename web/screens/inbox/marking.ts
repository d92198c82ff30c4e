/** Which cases are marked for something to be done to all of them. */

/** As many as are rehearsed at once. */
export const MOST_MARKED = 100;

/** Everything between two rows, both included; without the first only the second. */
export function rangeOf(rows: readonly { id: string }[], from: string | null, to: string): string[] {
	const [a, b] = [rows.findIndex((one) => one.id === from), rows.findIndex((one) => one.id === to)];
	if (a < 0 || b < 0) return [to];
	return rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((one) => one.id);
}

/** All of them marked or none, as the one that was turned; no more than may be. */
export function turned(known: ReadonlySet<string>, all: readonly string[], id: string): ReadonlySet<string> {
	const next = new Set(known);
	for (const one of all)
		if (known.has(id)) next.delete(one);
		else if (next.size < MOST_MARKED) next.add(one);
	return next;
}
