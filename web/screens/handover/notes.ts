import type { Planned } from "../work/plan.ts";
import type { WorkItem } from "../work/work-query.ts";

/** What is typed for a hand-over: to whom, and how far each case is. */

export interface Notes {
	/** For every case without a colleague of its own. */
	all: string | null;
	/** By case; an empty one is kept back. */
	to: Record<string, string>;
	/** By case, as changed by hand. */
	text: Record<string, string>;
}

/** A case is kept back. */
export const KEEP = "";

export function colleagueFor(notes: Notes, id: string): string | null {
	const own = notes.to[id];
	return own === KEEP ? null : (own ?? notes.all);
}

/** What will be sent: cases that have a colleague, each with its note. */
export function plansOf(
	items: readonly WorkItem[],
	notes: Notes,
	prefill: (item: WorkItem) => string,
): Planned[] {
	return items.flatMap((item) => {
		const person = colleagueFor(notes, item.case.id);
		if (!person) return [];
		const note = (notes.text[item.case.id] ?? prefill(item)).trim();
		return [{ case: item.case.id, number: item.case.number, type: "HandOverCase", fields: { person, note } }];
	});
}

/** Handed over to its owner and not yet read, or since the day began. */
export function isReceived(item: WorkItem, dayBegan: string): boolean {
	const { owner } = item.case;
	if (!owner?.handOver) return false;
	return owner.handOver.read === null || owner.since >= dayBegan;
}

/** Whether a wall clock's time lies in one of the shifts, which may go over midnight. */
export function onShift(shifts: readonly { from: string; to: string }[], time: string): boolean {
	return shifts.some(({ from, to }) => (from < to ? time >= from && time < to : time >= from || time < to));
}
