import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	DayTable,
	Duration,
	due,
	isWorkingDay,
	WorkCalendar,
	windowsOf,
	workingMinutesBetween,
} from "./calendar.ts";

const OFFICE = WorkCalendar.parse({
	name: "office",
	zone: "Asia/Shanghai",
	week: Object.fromEntries(
		["mon", "tue", "wed", "thu", "fri"].map((day) => [
			day,
			[
				["09:00", "12:00"],
				["13:30", "18:00"],
			],
		]),
	),
	holidays: "cn",
});

/** 国庆 and 中秋 as an example; the dates of a real year come from the edge. */
const AUTUMN = DayTable.parse({
	version: "test",
	from: "2026-01-01",
	to: "2026-12-31",
	off: ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"],
	work: ["2026-09-20", "2026-10-10"],
});

const shanghai = (local: string) =>
	Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
const at = (local: string) => shanghai(local).toString({ fractionalSecondDigits: 3 });
const office = (start: string, amount: number, unit: Duration["unit"], roll?: boolean) =>
	due(at(start), { amount, unit, roll }, OFFICE, AUTUMN);

describe("a working calendar", () => {
	const refusalOf = (change: object) => {
		const { error } = WorkCalendar.safeParse({ ...OFFICE, ...change });
		return error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n") ?? "accepted";
	};

	it.each([
		[{ week: {} }, /week\.mon: a calendar needs at least one window/],
		[{ week: { mon: [["09:00", "09:00"]] } }, /week\.mon\.0: a window is not empty/],
		[{ week: { mon: [["24:00", "06:00"]] } }, /week\.mon\.0\.0: expected a time from "00:00" to "23:59"/],
		[{ week: { mon: [["9:00", "12:00"]] } }, /expected a time/],
		[{ week: { mon: [["09:00", "25:00"]] } }, /week\.mon\.0\.1: expected a time from "00:00" to "24:00"/],
		[
			{
				week: {
					mon: [
						["09:00", "12:00"],
						["11:59", "13:00"],
					],
				},
			},
			/week\.mon: windows of the same day overlap/,
		],
		[{ week: { mon: [["05:00", "09:00"]], sun: [["22:00", "06:00"]] } }, /week\.mon: .* last one of sun/],
		[{ week: { monday: [["09:00", "12:00"]] } }, /week: .*monday/],
		[{ zone: "Asia/Atlantis" }, /zone: expected an IANA zone/],
		[{ zone: "+08:00" }, /zone: expected an IANA zone/],
	])("refuses %j", (change, words) => {
		expect(refusalOf(change)).toMatch(words);
	});

	it("accepts windows that touch, on a day and over midnight", () => {
		const week = {
			mon: [
				["06:00", "12:00"],
				["12:00", "24:00"],
			],
			sun: [["22:00", "06:00"]],
		};
		expect(refusalOf({ week })).toBe("accepted");
	});

	it("knows its holidays and adjusted workdays, and the end of its knowledge", () => {
		expect(isWorkingDay("2026-09-30", OFFICE, AUTUMN)).toBe(true);
		expect(isWorkingDay("2026-10-01", OFFICE, AUTUMN)).toBe(false);
		expect(isWorkingDay("2026-10-10", OFFICE, AUTUMN)).toBe(true); // a Saturday made up
		expect(isWorkingDay("2026-10-11", OFFICE, AUTUMN)).toBe(false);
		expect(isWorkingDay("2027-01-04", OFFICE, AUTUMN)).toBe("unknown");
		expect(isWorkingDay("2025-12-31", OFFICE, AUTUMN)).toBe("unknown");
		expect(isWorkingDay("2027-01-04", { ...OFFICE, holidays: "none" }, AUTUMN)).toBe(true);
	});

	it("tells the windows of a date as instants", () => {
		const fridayIsShort = {
			...OFFICE,
			week: { ...OFFICE.week, fri: [["09:00", "12:00"] as [string, string]] },
			onWorkdayMadeUp: "fri" as const,
		};
		expect(windowsOf("2026-10-09", OFFICE, AUTUMN)).toEqual([
			{ opens: at("2026-10-09T09:00"), closes: at("2026-10-09T12:00") },
			{ opens: at("2026-10-09T13:30"), closes: at("2026-10-09T18:00") },
		]);
		const backwards = { ...OFFICE, week: { ...OFFICE.week, fri: [...OFFICE.week.fri].reverse() } };
		expect(windowsOf("2026-10-09", backwards, AUTUMN)).toEqual(windowsOf("2026-10-09", OFFICE, AUTUMN));
		expect(windowsOf("2026-10-01", OFFICE, AUTUMN)).toEqual([]);
		expect(windowsOf("2026-10-10", OFFICE, AUTUMN)).toHaveLength(2);
		expect(windowsOf("2026-10-10", fridayIsShort, AUTUMN)).toEqual([
			{ opens: at("2026-10-10T09:00"), closes: at("2026-10-10T12:00") },
		]);
		expect(windowsOf("2027-01-04", OFFICE, AUTUMN)).toHaveLength(2);
	});
});

describe("a table of days", () => {
	it.each([
		[{ to: "2025-12-31" }, "to: 2025-12-31 is before from 2026-01-01"],
		[{ off: ["2027-01-01"] }, "off: 2027-01-01 lies outside 2026-01-01 to 2026-12-31"],
		[{ work: ["2026-10-01"] }, "work: 2026-10-01 is both off and work"],
	])("refuses %j", (change, words) => {
		const { error } = DayTable.safeParse({ ...AUTUMN, ...change });
		expect(error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)).toContain(words);
	});
});

describe("a duration", () => {
	it("is a positive whole amount, and rolls only in calendar days", () => {
		expect(Duration.safeParse({ amount: 7, unit: "calendar-days", roll: true }).success).toBe(true);
		for (const wrong of [
			{ amount: 0, unit: "hours" },
			{ amount: 1.5, unit: "hours" },
			{ amount: 1, unit: "weeks" },
			{ amount: 1, unit: "working-days", roll: true },
		]) {
			expect(Duration.safeParse(wrong).success).toBe(false);
		}
	});
});

describe("due", () => {
	it.each([
		// elapsed
		["2026-09-30T17:00:30", 90, "minutes", "2026-09-30T18:30:30"],
		["2026-09-30T17:00", 24, "hours", "2026-10-01T17:00"],
		// working time: the midday break, the night, the holiday week and a start outside hours don't count
		["2026-09-28T11:00", 60, "working-minutes", "2026-09-28T12:00"],
		["2026-09-28T11:00", 61, "working-minutes", "2026-09-28T13:31"],
		["2026-09-28T17:00:30", 2, "working-hours", "2026-09-29T10:00:30"],
		["2026-09-30T17:00", 2, "working-hours", "2026-10-08T10:00"],
		["2026-10-03T03:00", 1, "working-hours", "2026-10-08T10:00"],
		["2026-10-09T17:30", 1, "working-hours", "2026-10-10T09:30"],
		// calendar days: the day of the start isn't counted, the last one ends at 24:00
		["2026-09-28T00:00", 7, "calendar-days", "2026-10-06T00:00"],
		["2026-09-28T23:59", 7, "calendar-days", "2026-10-06T00:00"],
		// working days: until the last window closes
		["2026-09-28T08:00", 1, "working-days", "2026-09-29T18:00"],
		["2026-09-28T23:00", 3, "working-days", "2026-10-08T18:00"],
		["2026-10-01T10:00", 3, "working-days", "2026-10-10T18:00"],
	] as const)("from %s, %d %s end at %s", (start, amount, unit, end) => {
		expect(office(start, amount, unit)).toEqual({ due: at(end), certain: true });
	});

	it("puts a last calendar day without work off to the next working day, when told to", () => {
		expect(office("2026-09-28T10:00", 7, "calendar-days", true).due).toBe(at("2026-10-09T00:00"));
		expect(office("2026-10-02T10:00", 8, "calendar-days", true).due).toBe(at("2026-10-11T00:00"));
		expect(office("2026-10-02T10:00", 9, "calendar-days", true).due).toBe(at("2026-10-13T00:00"));
	});

	it("says when it rests on a year not yet published, and takes an ordinary week there", () => {
		const ordinary = { due: at("2027-01-01T18:00"), certain: false };
		expect(office("2026-12-31T10:00", 1, "working-days")).toEqual(ordinary);
		expect(office("2026-12-30T10:00", 1, "working-days").certain).toBe(true);
		expect(office("2026-12-31T17:00", 60, "working-minutes").certain).toBe(true);
		expect(office("2026-12-31T17:00", 61, "working-minutes").certain).toBe(false);
		expect(office("2026-12-31T17:00", 48, "hours").certain).toBe(true);
		expect(office("2026-12-31T17:00", 2, "calendar-days").certain).toBe(true);
		expect(office("2026-12-31T17:00", 2, "calendar-days", true)).toEqual({
			due: at("2027-01-05T00:00"),
			certain: false,
		});
	});

	it("counts a night shift with the day on which it opens", () => {
		const nights = WorkCalendar.parse({
			name: "nights",
			zone: "Asia/Shanghai",
			week: { fri: [["22:00", "06:00"]] },
			holidays: "none",
		});
		const saturday = at("2026-09-26T05:30");
		expect(due(saturday, { amount: 30, unit: "working-minutes" }, nights, AUTUMN).due).toBe(
			at("2026-09-26T06:00"),
		);
		expect(due(saturday, { amount: 31, unit: "working-minutes" }, nights, AUTUMN).due).toBe(
			at("2026-10-02T22:01"),
		);
		expect(due(saturday, { amount: 1, unit: "working-days" }, nights, AUTUMN).due).toBe(
			at("2026-10-03T06:00"),
		);
	});

	it("has no limit but the end of the calendar", () => {
		const anHourAWeek = WorkCalendar.parse({
			name: "rare",
			zone: "Asia/Shanghai",
			week: { wed: [["09:00", "10:00"]] },
			holidays: "none",
		});
		const wednesday = at("2026-01-07T09:00");
		const hours = (amount: number) => due(wednesday, { amount, unit: "working-hours" }, anHourAWeek, AUTUMN);
		expect(hours(1 + 52 * 100).due.slice(0, 10)).toBe("2125-09-05");
		expect(() => hours(1_000_000)).toThrow(/outside the years 1 to 9999/);
	});
});

/*
 * The oracle: a slow counter that looks at the wall clock once a minute and asks whether somebody is at work. It
 * shares nothing with the code under test. A wall clock that is put back in autumn counts as showing the latest
 * time it has shown so far, so a shift that is open when it is put back stays open.
 */
const HOUR = 60;
const A_DAY = 24 * HOUR;
const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

interface Film {
	zone: string;
	/** For each minute since `first`, the latest wall time shown so far, in minutes since 1970. */
	shown: number[];
	first: Temporal.Instant;
	/** How a counterexample names it, instead of fifty thousand minutes. */
	[fc.toStringMethod]: () => string;
}

function filmOf(zone: string, from: string, days: number): Film {
	const first = Temporal.Instant.from(`${from}T00:00Z`);
	const shown: number[] = [];
	let latest = Number.NEGATIVE_INFINITY;
	for (let minute = 0; minute < days * A_DAY; minute++) {
		const wall = first.add({ minutes: minute }).toZonedDateTimeISO(zone).toPlainDateTime();
		const since1970 = wall.toZonedDateTime("UTC").epochMilliseconds / 60_000;
		latest = Math.max(latest, since1970);
		shown.push(latest);
	}
	return { zone, shown, first, [fc.toStringMethod]: () => `film of ${zone} from ${from}` };
}

const FILMS = [
	filmOf("Asia/Shanghai", "2026-09-14", 42),
	filmOf("Europe/London", "2026-03-12", 35),
	filmOf("Europe/London", "2026-10-08", 35),
	filmOf("America/Santiago", "2026-08-20", 35), // its clocks skip midnight
];

const dateAt = (film: Film, minute: number) =>
	Temporal.Instant.fromEpochMilliseconds((film.shown[minute] ?? 0) * 60_000)
		.toString()
		.slice(0, 10);

const minutesIn = (time: string) => Number(time.split(":")[0]) * HOUR + Number(time.split(":")[1]);

function windowsOn(date: string, calendar: WorkCalendar, days: DayTable) {
	const told = calendar.holidays === "cn" && date >= days.from && date <= days.to;
	if (told && days.off.includes(date)) return [];
	if (told && days.work.includes(date)) return calendar.week[calendar.onWorkdayMadeUp ?? "mon"];
	return calendar.week[NAMES[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? "mon"];
}

/** What each date of a film holds, found one date after the other; windows are in minutes since 1970. */
function datesOf(film: Film, calendar: WorkCalendar, days: DayTable) {
	const from = Temporal.PlainDate.from(dateAt(film, 0)).subtract({ days: 2 });
	return Array.from({ length: film.shown.length / A_DAY + 3 }, (_, offset) => {
		const date = from.add({ days: offset }).toString();
		const midnight = Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds / 60_000;
		const windows = windowsOn(date, calendar, days).map(([opens, closes]) => {
			const overnight = minutesIn(closes) <= minutesIn(opens) ? A_DAY : 0;
			return { start: midnight + minutesIn(opens), end: midnight + minutesIn(closes) + overnight };
		});
		return { date, midnight, windows };
	});
}

/** Whether somebody is at work in a minute of a film. */
function watcherOf(film: Film, calendar: WorkCalendar, days: DayTable) {
	const dates = new Map(datesOf(film, calendar, days).map((found) => [found.midnight, found.windows]));
	return (minute: number): boolean => {
		const shown = film.shown[minute] ?? 0;
		const midnight = shown - (shown % A_DAY);
		return [midnight, midnight - A_DAY].some((day) =>
			dates.get(day)?.some(({ start, end }) => shown >= start && shown < end),
		);
	};
}

/** The minute of a film in which something is due; null when the film ends before. */
function slowDue(film: Film, calendar: WorkCalendar, days: DayTable, start: number, duration: Duration) {
	const { amount, unit, roll } = duration;
	let left = unit.endsWith("hours") ? amount * HOUR : amount;
	if (unit !== "calendar-days" && unit !== "working-days") {
		const atWork = watcherOf(film, calendar, days);
		for (let minute = start; minute < film.shown.length; minute++) {
			if (!unit.startsWith("working") || atWork(minute)) left--;
			if (left === 0) return minute + 1;
		}
		return null;
	}
	const startDate = dateAt(film, start);
	for (const { date, midnight, windows } of datesOf(film, calendar, days)) {
		if (date <= startDate) continue;
		const rollsOn = roll === true && left === 1 && windows.length === 0;
		if (unit === "calendar-days" ? !rollsOn : windows.length > 0) left--;
		if (left > 0) continue;
		const end = unit === "working-days" ? Math.max(...windows.map((window) => window.end)) : midnight + A_DAY;
		const found = film.shown.findIndex((shown) => shown >= end);
		return found < 0 ? null : found;
	}
	return null;
}

function slowMinutes(film: Film, calendar: WorkCalendar, days: DayTable, from: number, to: number): number {
	const atWork = watcherOf(film, calendar, days);
	let minutes = 0;
	for (let minute = from; minute < to; minute++) if (atWork(minute)) minutes++;
	return minutes;
}

const time = (minute: number) =>
	`${String(Math.floor(minute / HOUR)).padStart(2, "0")}:${String(minute % HOUR).padStart(2, "0")}`;

/** Up to three windows between 06:00 and 22:00, and perhaps a night shift that ends by 06:00. */
const shifts = fc
	.tuple(
		fc.uniqueArray(fc.integer({ min: 6 * HOUR, max: 22 * HOUR }), { maxLength: 6 }),
		fc.option(
			fc.tuple(fc.integer({ min: 22 * HOUR, max: 24 * HOUR - 1 }), fc.integer({ min: 0, max: 6 * HOUR })),
			{
				freq: 3,
			},
		),
	)
	.map(([cuts, night]) => {
		const sorted = [...cuts].sort((a, b) => a - b);
		const windows: [string, string][] = [];
		for (let cut = 0; cut + 1 < sorted.length; cut += 2) {
			windows.push([time(sorted[cut] ?? 0), time(sorted[cut + 1] ?? 0)]);
		}
		return night === null ? windows : [...windows, [time(night[0]), time(night[1])] as [string, string]];
	});

/** Days, most of them whole, on which the clocks may be changed. */
const roundTheClock = fc.constantFrom<[string, string][]>(
	[["00:00", "24:00"]],
	[],
	[
		["00:30", "01:30"],
		["01:30", "23:00"],
	],
);

const situation = fc
	.record({
		film: fc.constantFrom(...FILMS),
		week: fc.oneof(
			fc.record(Object.fromEntries(NAMES.map((name) => [name, shifts]))),
			fc.record(Object.fromEntries(NAMES.map((name) => [name, roundTheClock]))),
		),
		holidays: fc.constantFrom("cn", "cn", "none"),
		onWorkdayMadeUp: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
		special: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), {
			maxLength: 10,
			selector: ([day]) => day,
		}),
		published: fc.integer({ min: 5, max: 40 }),
		start: fc.integer({ min: 0, max: 20 * A_DAY }),
	})
	.filter(({ week }) => Object.values(week).some((windows) => windows.length > 0))
	.map(({ film, week, holidays, onWorkdayMadeUp, special, published, start }) => {
		const first = Temporal.PlainDate.from(dateAt(film, 0));
		const date = (offset: number) => first.add({ days: offset }).toString();
		const known = special.filter(([offset]) => offset <= published);
		const days = DayTable.parse({
			version: "random",
			from: date(-3),
			to: date(published),
			off: known.filter(([, off]) => off).map(([offset]) => date(offset)),
			work: known.filter(([, off]) => !off).map(([offset]) => date(offset)),
		});
		const calendar = WorkCalendar.parse({ name: "random", zone: film.zone, week, holidays, onWorkdayMadeUp });
		return { film, calendar, days, start };
	});

const shortDuration = fc.oneof(
	fc.record({
		amount: fc.integer({ min: 1, max: 5000 }),
		unit: fc.constantFrom<Duration["unit"]>("working-minutes", "minutes"),
	}),
	fc.record({
		amount: fc.integer({ min: 1, max: 60 }),
		unit: fc.constantFrom<Duration["unit"]>("working-hours", "hours"),
	}),
	fc.record({
		amount: fc.integer({ min: 1, max: 12 }),
		unit: fc.constantFrom<Duration["unit"]>("calendar-days", "working-days"),
	}),
	fc.record({
		amount: fc.integer({ min: 1, max: 12 }),
		unit: fc.constant<Duration["unit"]>("calendar-days"),
		roll: fc.constant(true),
	}),
);

const instantOf = (film: Film, minute: number) =>
	film.first.add({ minutes: minute }).toString({ fractionalSecondDigits: 3 });

describe("against a counter that walks minute by minute", () => {
	it("every due time is the same", () => {
		let compared = 0;
		fc.assert(
			fc.property(situation, shortDuration, ({ film, calendar, days, start }, duration) => {
				const expected = slowDue(film, calendar, days, start, duration);
				if (expected === null) return; // beyond the end of the film
				compared++;
				expect(due(instantOf(film, start), duration, calendar, days).due).toBe(instantOf(film, expected));
			}),
			{ numRuns: 1000 },
		);
		expect(compared).toBeGreaterThan(500);
	});

	it("working minutes are as many", () => {
		fc.assert(
			fc.property(situation, fc.nat({ max: 12 * A_DAY }), ({ film, calendar, days, start }, length) => {
				const end = Math.min(start + length, film.shown.length);
				const expected = slowMinutes(film, calendar, days, start, end);
				expect(workingMinutesBetween(instantOf(film, start), instantOf(film, end), calendar, days)).toBe(
					expected,
				);
			}),
			{ numRuns: 400 },
		);
	});

	it("a due time is never before its start, and certain only while every day it looked at is published", () => {
		fc.assert(
			fc.property(situation, shortDuration, ({ film, calendar, days, start }, duration) => {
				const begun = instantOf(film, start);
				const answer = due(begun, duration, calendar, days);
				expect(answer.due > begun).toBe(true);
				const everPublished = { ...days, to: "2099-12-31" };
				if (answer.certain) expect(due(begun, duration, calendar, everPublished)).toEqual(answer);
				expect(due(begun, duration, calendar, everPublished).certain).toBe(true);
				const counts = duration.unit.startsWith("working-") && calendar.holidays === "cn";
				// a night shift that goes past midnight is of the day on which it began
				const nights = Object.values(calendar.week).some((shifts) => shifts.some(([from, to]) => to < from));
				const began = dateAt(film, nights ? start - A_DAY : start);
				if (counts && began > days.to) expect(answer.certain).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});

	it("time that belongs to a night shift and to an adjusted workday counts once", () => {
		const overlapping = WorkCalendar.parse({
			name: "nights",
			zone: "Asia/Shanghai",
			week: { mon: [["04:00", "08:00"]], fri: [["22:00", "06:00"]] },
			holidays: "cn",
		});
		const film = FILMS[0] as Film;
		const madeUpSaturday = { ...AUTUMN, work: ["2026-09-19"] };
		const slow = slowMinutes(film, overlapping, madeUpSaturday, 0, 7 * A_DAY);
		expect(slow).toBe(4 * HOUR + 10 * HOUR);
		const [from, to] = [instantOf(film, 0), instantOf(film, 7 * A_DAY)];
		expect(workingMinutesBetween(from, to, overlapping, madeUpSaturday)).toBe(slow);
		const all: Duration = { amount: slow, unit: "working-minutes" };
		expect(due(from, all, overlapping, madeUpSaturday).due).toBe(at("2026-09-21T08:00"));
	});
});
