/**
 * Counting working time and working days, day by day. Everything here is numbers (see zone.ts for the units);
 * calendar.ts turns a company's calendar and a table of holidays into a `WorkPlan` and the numbers into instants.
 */
import { localDay, reached } from "./zone.ts";

/** The windows of one day as minutes from its 00:00, in order; a window over midnight closes after 1440. */
export interface DayPlan {
	readonly windows: readonly (readonly [opens: number, closes: number])[];
	/** False when holidays matter and the day's are not published, so that the ordinary week stands in. */
	readonly certain: boolean;
}

export interface WorkPlan {
	readonly zone: string;
	/** True when some window runs over midnight, so that a day must look back at the one before. */
	readonly spills: boolean;
	on(day: number): DayPlan;
}

export interface Reckoned {
	readonly at: number;
	readonly certain: boolean;
}

/** The windows of a day as instants; a window that the wall clock skips altogether is left out. */
export function spansOn(plan: WorkPlan, day: number): { from: number; to: number }[] {
	return plan
		.on(day)
		.windows.map(([opens, closes]) => ({
			from: reached(plan.zone, day, opens),
			to: reached(plan.zone, day, closes),
		}))
		.filter((span) => span.from < span.to);
}

/**
 * The instant at which `amount` milliseconds of working time have passed since `from`: the end of the last
 * counted moment, so an hour begun at 11:00 ends at 12:00 even if work goes on at 13:30. Time that belongs to
 * two windows (a night shift into an adjusted workday) counts once.
 */
export function advance(plan: WorkPlan, from: number, amount: number): Reckoned {
	if (amount <= 0) return { at: from, certain: true };
	let left = amount;
	let cursor = from;
	let certain = true;
	for (let day = firstDay(plan, from); ; day++) {
		const today = plan.on(day);
		certain &&= today.certain;
		for (const [opens, closes] of today.windows) {
			const start = Math.max(cursor, reached(plan.zone, day, opens));
			const end = reached(plan.zone, day, closes);
			if (end <= start) continue;
			if (end - start >= left) return { at: start + left, certain };
			left -= end - start;
			cursor = end;
		}
	}
}

/** Milliseconds of working time from `from` to `to`; 0 when `to` is not later. */
export function counted(plan: WorkPlan, from: number, to: number): number {
	let sum = 0;
	let cursor = from;
	if (to <= from) return sum;
	const last = localDay(plan.zone, to);
	for (let day = firstDay(plan, from); day <= last; day++) {
		for (const [opens, closes] of plan.on(day).windows) {
			const start = Math.max(cursor, reached(plan.zone, day, opens));
			const end = Math.min(to, reached(plan.zone, day, closes));
			if (end <= start) continue;
			sum += end - start;
			cursor = end;
		}
	}
	return sum;
}

/** The `nth` working day after a day, that day itself not counted. */
export function workingDayAfter(plan: WorkPlan, day: number, nth: number): { day: number; certain: boolean } {
	let left = nth;
	let certain = true;
	let at = day;
	while (left > 0) {
		at++;
		const today = plan.on(at);
		certain &&= today.certain;
		if (today.windows.length > 0) left--;
	}
	return { day: at, certain };
}

/** How many working days lie after one day and up to another, that one included. */
export function workingDaysBetween(plan: WorkPlan, after: number, through: number): number {
	let count = 0;
	for (let day = after + 1; day <= through; day++) if (plan.on(day).windows.length > 0) count++;
	return count;
}

/** True when the holidays of every day from one to another, both included, are published or don't matter. */
export function certainBetween(plan: WorkPlan, from: number, to: number): boolean {
	for (let day = from; day <= to; day++) if (!plan.on(day).certain) return false;
	return true;
}

/** The instant at which the last window of a day closes, or the day itself ends when it has no window. */
export function closeOf(plan: WorkPlan, day: number): number {
	const last = plan.on(day).windows.at(-1);
	return reached(plan.zone, day, last?.[1] ?? 24 * 60);
}

function firstDay(plan: WorkPlan, from: number): number {
	return localDay(plan.zone, from) - (plan.spills ? 1 : 0);
}
