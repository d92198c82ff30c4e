/**
 * Clocks stand beside the steps of a case: when something is due, how far it is, when to warn. All functions
 * are pure: they take a clock and give back another one. A due time is computed when the clock starts, when a
 * pause ends, and on regrading or extension; it is stored with its predecessors and never computed again, so
 * an edited rule, calendar or holiday table moves no promise already given.
 *
 * A due time is exclusive: at that very instant the clock is late.
 */
import { type DayTable, type Duration, due, type WorkCalendar, workPlanOf } from "./calendar.ts";
import { afterPause, postponed, type Run, thresholdAt, usedAt } from "./clock-arithmetic.ts";
import type { Reckoned, WorkPlan } from "./counting.ts";
import { earlierOf, epochOf, type Instant, instantAt, minutesBetween, wholeMinutes } from "./instant.ts";
import { MINUTE } from "./zone.ts";

export interface Clock {
	id: string;
	name: string;
	/** statutory: by law, runs from receipt and never pauses; promise: to the complainant; internal: to each other. */
	kind: "statutory" | "promise" | "internal";
	/** The party or department that has to act; null when it is the office as a whole. */
	party: string | null;
	startedAt: Instant;
	duration: Duration;
	/** The name of the working calendar on which it runs. */
	calendar: string;
	due: Instant;
	/** False while the due time rests on holidays that were not published when it was computed. */
	certain: boolean;
	/** Every due time it has had, with the moment and the reason of its setting; the last one is `due`. */
	dues: DueSet[];
	pauses: { from: Instant; to: Instant | null; reason: string }[];
	stopped: { at: Instant; why: string } | null;
	/** The percentages of which a warning has been given. */
	warned: number[];
	/** The due time that was missed first; kept for good, whatever is extended later. */
	breachedAt: Instant | null;
	rule: { table: string; row: string; version: string; source: string } | null;
}

interface DueSet {
	due: Instant;
	at: Instant;
	why: "start" | "resume" | "regrade" | "extend";
	reason: string | null;
}

export type ClockProblem =
	| "statutory-never-pauses"
	| "already-paused"
	| "not-paused"
	| "already-stopped"
	| "already-due"
	| "before-last-change"
	| "not-later";

/** A changed clock, or why it can't be changed so. */
export type ClockChange = { clock: Clock; problem: null } | { clock: null; problem: ClockProblem };

export type ClockStart = Pick<Clock, "id" | "name" | "kind" | "party" | "startedAt" | "rule"> & {
	/** When it was set, if later than `startedAt`: a complaint entered late still runs from its receipt. */
	at?: Instant;
};

/** A clock that starts at `startedAt` and is due a `duration` later. */
export function startClock(
	start: ClockStart & { duration: Duration },
	calendar: WorkCalendar,
	days: DayTable,
): Clock {
	return newClock(start, start.duration, calendar.name, due(start.startedAt, start.duration, calendar, days));
}

/** A clock whose due time was set by somebody else, such as the body that sent the case. */
export function startClockUntil(start: ClockStart & { due: Instant }, calendar: WorkCalendar): Clock {
	const minutes = Math.ceil((epochOf(start.due) - epochOf(start.startedAt)) / MINUTE);
	const duration: Duration = { amount: Math.max(1, minutes), unit: "minutes" };
	return newClock(start, duration, calendar.name, { due: start.due, certain: true });
}

/**
 * The clock stands still from `at`, for a reason. A statutory clock refuses, and so does one that is already
 * late: a pause would hide the breach.
 */
export function pauseClock(clock: Clock, at: Instant, reason: string): ClockChange {
	if (clock.kind === "statutory") return refused("statutory-never-pauses");
	const problem = problemWith(clock, at);
	if (problem !== null) return refused(problem);
	if (openPauseOf(clock) !== null) return refused("already-paused");
	if (at >= clock.due) return refused("already-due");
	return changed({ ...clock, pauses: [...clock.pauses, { from: at, to: null, reason }] });
}

/**
 * The clock goes on at `at`, and its due time moves later by what the pause took, never nearer:
 *
 * - elapsed units by the elapsed time of the pause;
 * - working minutes and hours by the working time inside it;
 * - days by the days (working-days: the working days) after the date of the pause, up to and including the
 *   date of resumption. Days are counted as in a duration, the first one not, so as many whole days are left on
 *   resuming as on pausing, and a pause within one day costs none. If the last day has closed by then, the
 *   next one takes its place.
 */
export function resumeClock(clock: Clock, at: Instant, calendar: WorkCalendar, days: DayTable): ClockChange {
	const problem = problemWith(clock, at);
	if (problem !== null) return refused(problem);
	const pause = openPauseOf(clock);
	if (pause === null) return refused("not-paused");
	const plan = planOf(clock, calendar, days);
	const span = { from: epochOf(pause.from), to: epochOf(at) };
	const moved = afterPause(plan, clock.duration, dueOf(clock), span);
	const pauses = [...clock.pauses.slice(0, -1), { ...pause, to: at }];
	return changed(withDue({ ...clock, pauses }, moved, { at, why: "resume", reason: pause.reason }));
}

/**
 * A later due time, either a duration after the present one or at a given instant. Days are counted from the
 * last day there is. A breach that has happened stays recorded; percentages not reached any more warn anew.
 */
export function extendClock(
	clock: Clock,
	extension: { at: Instant; reason: string } & ({ by: Duration } | { until: Instant }),
	calendar: WorkCalendar,
	days: DayTable,
): ClockChange {
	const { at, reason } = extension;
	const problem = problemWith(clock, at);
	if (problem !== null) return refused(problem);
	const plan = planOf(clock, calendar, days);
	const moved =
		"by" in extension
			? postponed(plan, dueOf(clock), extension.by)
			: { at: epochOf(extension.until), certain: true };
	if (moved.at <= epochOf(clock.due)) return refused("not-later");
	const extended = withDue(breachKept(clock, at), moved, { at, why: "extend", reason });
	return changed({ ...extended, warned: stillWarned(extended, at, plan) });
}

/**
 * Another duration, because urgency or severity was set anew; the due time may come nearer. It is counted from
 * `from`: the clock's start (pauses since then are added as in `resumeClock`) or the regrading itself, as the
 * pack has it. Earlier extensions fall away.
 */
export function regradeClock(
	clock: Clock,
	regrading: { at: Instant; from: Instant; duration: Duration; reason: string; rule: Clock["rule"] },
	calendar: WorkCalendar,
	days: DayTable,
): ClockChange {
	const { at, from, duration, reason, rule } = regrading;
	const problem = problemWith(clock, at);
	if (problem !== null) return refused(problem);
	const plan = planOf(clock, calendar, days);
	let moved = dueOf(due(from, duration, calendar, days));
	for (const pause of runOf(clock).pauses) {
		const span = { from: Math.max(pause.from, epochOf(from)), to: pause.to };
		if (span.from < span.to) moved = afterPause(plan, duration, moved, span);
	}
	const regraded = withDue(breachKept(clock, at), moved, { at, why: "regrade", reason });
	return changed({ ...regraded, duration, rule, warned: stillWarned({ ...regraded, duration }, at, plan) });
}

/** The clock has done its work, in time or late; a pause still open stays open, so nothing after it counts. */
export function stopClock(clock: Clock, at: Instant, why: string): ClockChange {
	const problem = problemWith(clock, at);
	if (problem !== null) return refused(problem);
	return changed({ ...breachKept(clock, at), stopped: { at, why } });
}

/**
 * When a clock will have used so many per cent of its time: elapsed time for elapsed units and calendar days,
 * time inside windows for working units, pauses left out of both. In order, never beyond the due time, which
 * is 100 %. A paused or stopped clock has none. Those in `clock.warned` are given too: leave them out.
 */
export function thresholdsOf(
	clock: Clock,
	calendar: WorkCalendar,
	days: DayTable,
	percents: readonly number[] = [50, 80, 100],
): { percent: number; at: Instant }[] {
	if (clock.stopped !== null || openPauseOf(clock) !== null) return [];
	const plan = planOf(clock, calendar, days);
	const run = runOf(clock);
	return [...percents]
		.sort((a, b) => a - b)
		.map((percent) => ({ percent, at: instantAt(thresholdAt(plan, run, percent)) }));
}

export interface ClockState {
	/** Whole per cent of its time that it has used, 100 from the due time on. */
	percent: number;
	/** Complete minutes left: working minutes for working units, elapsed ones for the others; 0 when late. */
	remainingMinutes: number;
	/** Complete elapsed minutes since the due time; 0 when not late. */
	lateMinutes: number;
	paused: boolean;
}

/** How a clock stands at `now`; a paused one as when it was paused, a stopped one as when it was stopped. */
export function stateOf(clock: Clock, now: Instant, calendar: WorkCalendar, days: DayTable): ClockState {
	const stoodStill = openPauseOf(clock)?.from ?? clock.stopped?.at ?? now;
	const at = earlierOf(stoodStill, now);
	const stopped = clock.stopped !== null && clock.stopped.at <= now;
	const paused = !stopped && clock.pauses.some(({ from, to }) => from <= now && (to === null || now < to));
	if (at >= clock.due) {
		return { percent: 100, remainingMinutes: 0, lateMinutes: minutesBetween(clock.due, at), paused };
	}
	const plan = planOf(clock, calendar, days);
	const run = runOf(clock);
	const used = usedAt(plan, run, epochOf(at));
	const total = usedAt(plan, run, run.due);
	return {
		percent: total === 0 ? 0 : Math.min(99, Math.floor((100 * used) / total)),
		remainingMinutes: wholeMinutes(total - used),
		lateMinutes: 0,
		paused,
	};
}

function newClock(
	{ id, name, kind, party, startedAt, rule, at = startedAt }: ClockStart,
	duration: Duration,
	calendar: string,
	{ due, certain }: { due: Instant; certain: boolean },
): Clock {
	return {
		id,
		name,
		kind,
		party,
		startedAt,
		duration,
		calendar,
		due,
		certain,
		dues: [{ due, at, why: "start", reason: null }],
		pauses: [],
		stopped: null,
		warned: [],
		breachedAt: null,
		rule,
	};
}

const refused = (problem: ClockProblem): ClockChange => ({ clock: null, problem });
const changed = (clock: Clock): ClockChange => ({ clock, problem: null });

function problemWith(clock: Clock, at: Instant): ClockProblem | null {
	if (clock.stopped !== null) return "already-stopped";
	const changes = [
		clock.startedAt,
		...clock.dues.slice(1).map((set) => set.at), // the first may have been entered late
		...clock.pauses.map((pause) => pause.to ?? pause.from),
	];
	return changes.some((change) => change > at) ? "before-last-change" : null;
}

function planOf(clock: Clock, calendar: WorkCalendar, days: DayTable): WorkPlan {
	if (calendar.name === clock.calendar) return workPlanOf(calendar, days);
	throw new Error(`clock ${clock.id} runs on calendar "${clock.calendar}", but was given "${calendar.name}"`);
}

function openPauseOf(clock: Clock): Clock["pauses"][number] | null {
	const last = clock.pauses.at(-1);
	return last?.to === null ? last : null;
}

function runOf(clock: Clock): Run {
	const pauses = clock.pauses.flatMap(({ from, to }) =>
		to === null ? [] : [{ from: epochOf(from), to: epochOf(to) }],
	);
	return { startedAt: epochOf(clock.startedAt), due: epochOf(clock.due), pauses, unit: clock.duration.unit };
}

function dueOf({ due, certain }: Pick<Clock, "due" | "certain">): Reckoned {
	return { at: epochOf(due), certain };
}

function withDue(clock: Clock, moved: Reckoned, set: Omit<DueSet, "due">): Clock {
	const dueAt = instantAt(moved.at);
	return {
		...clock,
		due: dueAt,
		certain: moved.certain,
		dues: [...clock.dues, { due: dueAt, ...set }],
	};
}

function breachKept(clock: Clock, at: Instant): Clock {
	const late = at >= clock.due && openPauseOf(clock) === null;
	return { ...clock, breachedAt: clock.breachedAt ?? (late ? clock.due : null) };
}

function stillWarned(clock: Clock, at: Instant, plan: WorkPlan): number[] {
	const run = runOf(clock);
	return clock.warned.filter((percent) => thresholdAt(plan, run, percent) <= epochOf(at));
}
