/**
 * The arithmetic behind clock.ts, in milliseconds since 1970: how far a pause or an extension moves a due
 * time, and how much of its time a clock has used.
 */
import { clockTimeOf, type Duration, endOfDays, timeAfter } from "./calendar.ts";
import {
	advance,
	certainBetween,
	closeOf,
	counted,
	type Reckoned,
	type WorkPlan,
	workingDaysBetween,
} from "./counting.ts";
import { localDay } from "./zone.ts";

export interface Span {
	readonly from: number;
	readonly to: number;
}

/** A clock as numbers: when it started and is due, the pauses that have ended, and how its time is counted. */
export interface Run {
	readonly startedAt: number;
	readonly due: number;
	readonly pauses: readonly Span[];
	readonly unit: Duration["unit"];
}

/**
 * Where a pause puts a due time, by the rules told at `resumeClock`; never earlier. A pause that began when
 * the clock was late already moves nothing.
 */
export function afterPause(plan: WorkPlan, duration: Duration, due: Reckoned, pause: Span): Reckoned {
	const { unit } = duration;
	if (due.at <= pause.from) return due;
	if (unit === "minutes" || unit === "hours") return { ...due, at: due.at + pause.to - pause.from };
	const from = localDay(plan.zone, pause.from);
	const to = localDay(plan.zone, pause.to);
	if (unit === "calendar-days") return laterDay(plan, duration, due, to - from, pause.to);
	const moved =
		unit === "working-days"
			? laterDay(plan, duration, due, workingDaysBetween(plan, from, to), pause.to)
			: restingOn(due, advance(plan, due.at, counted(plan, pause.from, pause.to)));
	return { at: moved.at, certain: moved.certain && certainBetween(plan, from, to) };
}

/** The due time a duration after another due time; days are counted from the last day of the earlier one. */
export function postponed(plan: WorkPlan, due: Reckoned, by: Duration): Reckoned {
	const length = clockTimeOf(by);
	const later =
		length === null ? endOfDays(plan, lastDayOf(plan, due.at), by) : timeAfter(plan, due.at, by.unit, length);
	return restingOn(due, later);
}

/** How much of its time a clock has used at an instant: since its start, counted in its unit, pauses left out. */
export function usedAt(plan: WorkPlan, run: Run, at: number): number {
	return runningSpans(run, at).reduce((sum, span) => sum + timeIn(plan, run.unit, span), 0);
}

/** The first instant at which so many per cent of a clock's time are used; the due time from 100 on. */
export function thresholdAt(plan: WorkPlan, run: Run, percent: number): number {
	if (percent >= 100) return run.due;
	let left = Math.ceil((usedAt(plan, run, run.due) * percent) / 100);
	for (const span of runningSpans(run, run.due)) {
		const time = timeIn(plan, run.unit, span);
		if (left <= time) return isWorkingTime(run.unit) ? advance(plan, span.from, left).at : span.from + left;
		left -= time;
	}
	return run.due;
}

function laterDay(
	plan: WorkPlan,
	duration: Duration,
	due: Reckoned,
	amount: number,
	resumed: number,
): Reckoned {
	const lastDay = lastDayOf(plan, due.at);
	const moved = (days: number): Reckoned =>
		days === 0 ? due : endOfDays(plan, lastDay, { ...duration, amount: days });
	let later = moved(amount);
	// a clock that was in time when it paused is not late when it goes on
	for (let days = amount + 1; later.at <= resumed; days++) later = moved(days);
	return restingOn(due, { ...later, at: Math.max(due.at, later.at) });
}

/** A reckoning that rests on an earlier one is no more certain than that. */
function restingOn(first: Reckoned, second: Reckoned): Reckoned {
	return { at: second.at, certain: first.certain && second.certain };
}

/** The day that a due time ends: of a night shift that closes then, the day on which it opened. */
function lastDayOf(plan: WorkPlan, due: number): number {
	const day = localDay(plan.zone, due - 1);
	return plan.spills && closeOf(plan, day - 1) === due ? day - 1 : day;
}

/** Whether a clock's time is the time inside windows; for working days too, so that warnings come at work. */
function isWorkingTime(unit: Duration["unit"]): boolean {
	return unit.startsWith("working-");
}

function timeIn(plan: WorkPlan, unit: Duration["unit"], { from, to }: Span): number {
	return isWorkingTime(unit) ? counted(plan, from, to) : to - from;
}

/** The stretches from a clock's start to an instant in which it ran. */
function runningSpans({ startedAt, pauses }: Run, at: number): Span[] {
	const starts = [startedAt, ...pauses.map((pause) => pause.to)];
	const ends = [...pauses.map((pause) => pause.from), at];
	return starts
		.map((from, place) => ({ from, to: Math.min(ends[place] ?? at, at) }))
		.filter((span) => span.from < span.to);
}
