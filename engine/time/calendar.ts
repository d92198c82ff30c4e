import { z } from "zod";
import {
	advance,
	closeOf,
	counted,
	type DayPlan,
	type Reckoned,
	spansOn,
	type WorkPlan,
	workingDayAfter,
} from "./counting.ts";
import { dayNumber, epochOf, type Instant, instantAt, wholeMinutes } from "./instant.ts";
import { isZone, localDay, MINUTE, reached } from "./zone.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Weekday = (typeof WEEKDAYS)[number];

const OpeningTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time from "00:00" to "23:59"');
const ClosingTime = z
	.string()
	.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time from "00:00" to "24:00"');
const WorkWindow = z
	.tuple([OpeningTime, ClosingTime])
	.refine(([opens, closes]) => opens !== closes, 'a window is not empty; a whole day is "00:00" to "24:00"');
const Windows = z.array(WorkWindow).default([]);

/**
 * When work is done: several windows for each weekday. A window that closes at or before the time it opens
 * runs over midnight and belongs to the day on which it opens. `holidays: "cn"` means that the table of
 * 节假日 and 调休 overrides the week: no work on the former, on the latter the windows of the weekday
 * `onWorkdayMadeUp` (Monday's unless told otherwise).
 */
export const WorkCalendar = z
	.strictObject({
		name: z.string().min(1),
		zone: z.string().refine(isZone, 'expected an IANA zone such as "Asia/Shanghai"'),
		week: z.strictObject({
			mon: Windows,
			tue: Windows,
			wed: Windows,
			thu: Windows,
			fri: Windows,
			sat: Windows,
			sun: Windows,
		}),
		holidays: z.enum(["cn", "none"]),
		onWorkdayMadeUp: z.enum(WEEKDAYS).optional(),
	})
	.superRefine((calendar, context) => {
		for (const { weekday, message } of faultsOf(calendar.week)) {
			context.addIssue({ code: "custom", path: ["week", weekday], message });
		}
	});
export type WorkCalendar = z.infer<typeof WorkCalendar>;

/**
 * The holidays and adjusted workdays known at some moment, read at the edge and handed in as a value:
 * `off` are the dates without work by 节假日, `work` the dates worked by 调休, complete from `from` to `to`.
 * Outside these two dates nothing is published yet. A table is never changed in place.
 */
export const DayTable = z
	.strictObject({
		version: z.string().min(1),
		from: z.iso.date(),
		to: z.iso.date(),
		off: z.array(z.iso.date()),
		work: z.array(z.iso.date()),
	})
	.superRefine((table, context) => {
		const refuse = (path: string, message: string) =>
			context.addIssue({ code: "custom", path: [path], message });
		if (table.to < table.from) refuse("to", `${table.to} is before from ${table.from}`);
		for (const list of ["off", "work"] as const) {
			const stray = table[list].find((date) => date < table.from || date > table.to);
			if (stray !== undefined) refuse(list, `${stray} lies outside ${table.from} to ${table.to}`);
		}
		const off = new Set(table.off);
		const both = table.work.find((date) => off.has(date));
		if (both !== undefined) refuse("work", `${both} is both off and work`);
	});
export type DayTable = z.infer<typeof DayTable>;

/**
 * A length of time as a rule states it. `roll` moves the last of some calendar days that is no working day to
 * the next working day (民法典 203 with 法定休假日), and is refused with other units, where it has no meaning.
 */
export const Duration = z
	.strictObject({
		amount: z.int().positive().max(1_000_000),
		unit: z.enum(["minutes", "hours", "working-minutes", "working-hours", "calendar-days", "working-days"]),
		roll: z.boolean().optional(),
	})
	.refine((duration) => !duration.roll || duration.unit === "calendar-days", {
		path: ["roll"],
		message: "roll goes with calendar-days alone",
	});
export type Duration = z.infer<typeof Duration>;

/** True when work is done on a date by this calendar; "unknown" when its holidays are not published yet. */
export function isWorkingDay(date: string, calendar: WorkCalendar, days: DayTable): boolean | "unknown" {
	const plan = workPlanOf(calendar, days).on(dayNumber(date));
	return plan.certain ? plan.windows.length > 0 : "unknown";
}

/**
 * The windows that open on a date, in order, each ending exclusively; one over midnight closes on the next
 * date. A date not published yet gets its ordinary week (ask `isWorkingDay` whether it is).
 */
export function windowsOf(
	date: string,
	calendar: WorkCalendar,
	days: DayTable,
): { opens: Instant; closes: Instant }[] {
	return spansOn(workPlanOf(calendar, days), dayNumber(date)).map(({ from, to }) => ({
		opens: instantAt(from),
		closes: instantAt(to),
	}));
}

/**
 * When something begun at `start` is due. The due time is exclusive: it is the first instant that is too late.
 *
 * - minutes, hours: elapsed time from the start itself (民法典 201, second paragraph).
 * - working-minutes, working-hours: the same, counted inside the calendar's windows only.
 * - calendar-days: the day of the start isn't counted (民法典 201); due at the end of the last day, 24:00
 *   (民法典 203), which is the midnight that begins the day after it. With `roll`, a last day without work is
 *   put off to the next working day (民法典 203); a calendar that works every weekend day never rolls there.
 * - working-days: the day of the start isn't counted; due when the last window of the last working day closes
 *   (民法典 203: 有业务时间的，停止业务活动的时间为截止时间).
 *
 * `certain` is false when the answer rests on a date whose holidays are not published; such dates count as an
 * ordinary week. Throws a RangeError when the due time would lie beyond the year 9999.
 */
export function due(
	start: Instant,
	duration: Duration,
	calendar: WorkCalendar,
	days: DayTable,
): { due: Instant; certain: boolean } {
	const plan = workPlanOf(calendar, days);
	const from = epochOf(start);
	const length = clockTimeOf(duration);
	const { at, certain } =
		length === null
			? endOfDays(plan, localDay(plan.zone, from), duration)
			: timeAfter(plan, from, duration.unit, length);
	return { due: instantAt(at), certain };
}

/** Complete minutes of working time from `a` to `b`; 0 when `b` is not later. */
export function workingMinutesBetween(
	a: Instant,
	b: Instant,
	calendar: WorkCalendar,
	days: DayTable,
): number {
	return wholeMinutes(counted(workPlanOf(calendar, days), epochOf(a), epochOf(b)));
}

/** The milliseconds in a length of minutes or hours; null when it is counted in days. */
export function clockTimeOf(duration: Duration): number | null {
	switch (duration.unit) {
		case "minutes":
		case "working-minutes":
			return duration.amount * MINUTE;
		case "hours":
		case "working-hours":
			return duration.amount * 60 * MINUTE;
		case "calendar-days":
		case "working-days":
			return null;
	}
}

/** The end of so many milliseconds from an instant, elapsed or counted inside windows as the unit says. */
export function timeAfter(plan: WorkPlan, from: number, unit: Duration["unit"], length: number): Reckoned {
	return unit === "working-minutes" || unit === "working-hours"
		? advance(plan, from, length)
		: { at: from + length, certain: true };
}

/** The end of so many days after a day that isn't counted itself. */
export function endOfDays(plan: WorkPlan, day: number, { amount, unit, roll }: Duration): Reckoned {
	if (unit === "working-days") {
		const last = workingDayAfter(plan, day, amount);
		return { at: closeOf(plan, last.day), certain: last.certain };
	}
	// put off to the first working day that isn't before the last day
	const last = roll ? workingDayAfter(plan, day + amount - 1, 1) : { day: day + amount, certain: true };
	return { at: reached(plan.zone, last.day + 1, 0), certain: last.certain };
}

const plans = new WeakMap<WorkCalendar, WeakMap<DayTable, WorkPlan>>();

/** The calendar and the table as one plan of days; made once for each pair of values and kept with them. */
export function workPlanOf(calendar: WorkCalendar, days: DayTable): WorkPlan {
	const kept = plans.get(calendar)?.get(days);
	if (kept !== undefined) return kept;
	const plan = makePlan(calendar, days);
	const ofCalendar = plans.get(calendar) ?? new WeakMap<DayTable, WorkPlan>();
	plans.set(calendar, ofCalendar.set(days, plan));
	return plan;
}

function makePlan({ zone, week, holidays, onWorkdayMadeUp = "mon" }: WorkCalendar, days: DayTable): WorkPlan {
	const windows = WEEKDAYS.map((weekday) => minutesOf(week[weekday]));
	const planned = (certain: boolean): DayPlan[] => windows.map((ofDay) => ({ windows: ofDay, certain }));
	const published = planned(true);
	const unpublished = planned(false);
	const weekdayPlan = (plans: DayPlan[], day: number) => plans[(((day + 3) % 7) + 7) % 7] as DayPlan; // day 0 is a Thursday
	const spills = windows.some((ofDay) => ofDay.some(([, closes]) => closes > 24 * 60));
	if (holidays === "none") return { zone, spills, on: (day) => weekdayPlan(published, day) };

	const special = new Map<number, DayPlan>();
	const madeUp = { windows: minutesOf(week[onWorkdayMadeUp]), certain: true };
	for (const date of days.off) special.set(dayNumber(date), { windows: [], certain: true });
	for (const date of days.work) special.set(dayNumber(date), madeUp);
	const from = dayNumber(days.from);
	const to = dayNumber(days.to);
	const on = (day: number) =>
		day < from || day > to
			? weekdayPlan(unpublished, day)
			: (special.get(day) ?? weekdayPlan(published, day));
	return { zone, spills, on };
}

type Week = WorkCalendar["week"];

function minutesOf(windows: Week[Weekday]): [number, number][] {
	return windows
		.map(([opens, closes]): [number, number] => {
			const from = minuteOf(opens);
			const to = minuteOf(closes);
			return [from, to > from ? to : to + 24 * 60];
		})
		.sort((a, b) => a[0] - b[0]);
}

function minuteOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** What is wrong with a week: no window at all, or windows that overlap, on one day or over midnight. */
function faultsOf(week: Week): { weekday: Weekday; message: string }[] {
	const windows = WEEKDAYS.map((weekday) => ({ weekday, ofDay: minutesOf(week[weekday]) }));
	if (windows.every(({ ofDay }) => ofDay.length === 0)) {
		return [{ weekday: "mon", message: "a calendar needs at least one window of work in the week" }];
	}
	return windows.flatMap(({ weekday, ofDay }, index) => {
		const before = windows.at(index - 1);
		const spilled = (before?.ofDay.at(-1)?.[1] ?? 0) - 24 * 60;
		const overlap = ofDay.some(([opens], place) => opens < (ofDay[place - 1]?.[1] ?? 0));
		if (overlap) return [{ weekday, message: "windows of the same day overlap" }];
		return (ofDay[0]?.[0] ?? Number.POSITIVE_INFINITY) < spilled
			? [
					{
						weekday,
						message: `the first window overlaps the last one of ${before?.weekday}, which runs over midnight`,
					},
				]
			: [];
	});
}
