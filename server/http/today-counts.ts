import type { Actor } from "#engine/actor.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "../store/database/session.ts";
import {
	type ClosedCount,
	type ContactCount,
	countAppealed,
	countClosed,
	countContacts,
	countOpen,
	countReceived,
	countReopened,
	countWaiting,
	type HourCount,
	type OpenCount,
	type Part,
	type WaitingCount,
} from "../store/today.ts";

/** What the board of a day counts of one part of somebody's scope, or of all of it. */
export interface Counts {
	open: OpenCount[];
	waiting: WaitingCount[];
	hours: HourCount[];
	contacts: ContactCount[];
	closed: ClosedCount;
	reopened: number;
	/** Cases with an appeal or a review that is open. */
	appealed: number;
}

/** The days that are counted, and when they begin and end. */
export interface CountedTimes {
	tomorrow: Instant;
	lately: Instant;
	days: { from: Instant; to: Instant }[];
}

/** The statements whose rows `countsIn` reads. */
export function countsOf(actor: Actor, part: Part, times: CountedTimes): Statement[] {
	return [
		countOpen(actor, part, times.tomorrow),
		countWaiting(actor, part),
		countReceived(actor, part, times.days),
		countContacts(actor, part, times.lately),
		countClosed(actor, part, times.lately),
		countReopened(actor, part, times.lately),
		countAppealed(actor, part),
	];
}

export function countsIn(rows: readonly unknown[]): Counts {
	const [open, waiting, hours, contacts, [closed], [reopened], [appealed]] = rows as [
		OpenCount[],
		WaitingCount[],
		HourCount[],
		ContactCount[],
		[ClosedCount],
		[{ cases: number }],
		[{ cases: number }],
	];
	return { open, waiting, hours, contacts, closed, reopened: reopened.cases, appealed: appealed.cases };
}

/** Two parts together: what is counted of the same is added up. */
export function added(one: Counts, other: Counts): Counts {
	return {
		open: addedRows([...one.open, ...other.open], ["open", "dueToday", "late"]),
		waiting: addedRows([...one.waiting, ...other.waiting], ["cases"]),
		hours: addedRows([...one.hours, ...other.hours], ["cases"]),
		contacts: addedRows([...one.contacts, ...other.contacts], ["contacted", "kept"]),
		closed: addedRows(
			[one.closed, other.closed],
			["closed", "onTheSpot", "broken", "promises", "promisesKept"],
		)[0] as ClosedCount,
		reopened: one.reopened + other.reopened,
		appealed: one.appealed + other.appealed,
	};
}

/** Rows that are alike but for their figures become one. */
function addedRows<Row extends object>(rows: readonly Row[], figures: readonly (keyof Row)[]): Row[] {
	const sums = new Map<string, Row>();
	for (const row of rows) {
		const alike = JSON.stringify(row, (name, value) =>
			figures.includes(name as keyof Row) ? undefined : value,
		);
		const sum = sums.get(alike);
		if (!sum) sums.set(alike, { ...row });
		else for (const figure of figures) (sum[figure] as number) += row[figure] as number;
	}
	return [...sums.values()];
}
