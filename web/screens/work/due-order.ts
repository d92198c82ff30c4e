import type { Entry, WorkPage } from "./work-query.ts";

/** A list by due time that is read page by page: the order of what is shown must hold for what is not read yet. */

/** After every time that may be due. */
const NEVER = "9999";

/** The earliest due first. */
export function byDue(a: Entry, b: Entry): number {
	return dueOf(a).localeCompare(dueOf(b));
}

/**
 * Those that nothing on a further page can precede. A case stands in the list by its earliest matter, so a later one of
 * the same case waits until the pages have come so far.
 */
export function settledOf(entries: readonly Entry[], pages: readonly WorkPage[]): readonly Entry[] {
	const last = pages.at(-1);
	if (!last || last.next === null || last.dueTo === null) return entries;
	const { dueTo } = last;
	return entries.filter((one) => dueOf(one) <= dueTo);
}

function dueOf({ due }: Entry): string {
	return due ?? NEVER;
}
