import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DayTable, type Duration, WorkCalendar, workingMinutesBetween } from "./calendar.ts";
import {
	type Clock,
	type ClockChange,
	extendClock,
	pauseClock,
	regradeClock,
	resumeClock,
	startClock,
	startClockUntil,
	stateOf,
	stopClock,
	thresholdsOf,
} from "./clock.ts";
import { epochOf, instantAt, instantPlus, minutesBetween } from "./instant.ts";

const WINDOWS = [
	["09:00", "12:00"],
	["13:30", "18:00"],
];
const week = (names: string[], windows: unknown) => Object.fromEntries(names.map((name) => [name, windows]));
const OFFICE = WorkCalendar.parse({
	name: "office",
	zone: "Asia/Shanghai",
	week: week(["mon", "tue", "wed", "thu", "fri"], WINDOWS),
	holidays: "cn",
});
const NIGHTS = WorkCalendar.parse({
	name: "nights",
	zone: "Europe/London",
	week: week(["mon", "wed", "fri", "sat"], [["22:00", "06:00"]]),
	holidays: "none",
});
const DAYS = DayTable.parse({
	version: "test",
	from: "2026-01-01",
	to: "2026-12-31",
	off: ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"],
	work: ["2026-09-20", "2026-10-10"],
});

const at = (local: string) =>
	Temporal.PlainDateTime.from(local)
		.toZonedDateTime("Asia/Shanghai")
		.toInstant()
		.toString({ fractionalSecondDigits: 3 });

function begun(
	startedAt: string,
	duration: Duration,
	calendar = OFFICE,
	kind: Clock["kind"] = "promise",
): Clock {
	const rule = { table: "clocks", row: "resolve", version: "1", source: "company default" };
	return startClock(
		{ id: "c1", name: "resolve", kind, party: null, startedAt, rule, duration },
		calendar,
		DAYS,
	);
}

function clockOf(change: ClockChange): Clock {
	if (change.clock === null) throw new Error(`refused: ${change.problem}`);
	return change.clock;
}

const paused = (clock: Clock, from: string, to: string, calendar = OFFICE) =>
	clockOf(resumeClock(clockOf(pauseClock(clock, from, "waiting for the insurer")), to, calendar, DAYS));

describe("starting", () => {
	it("stores the due time, why it was set, and the rule behind it", () => {
		const clock = begun(at("2026-09-28T10:00"), { amount: 3, unit: "working-days" });
		expect(clock).toMatchObject({
			due: at("2026-10-08T18:00"),
			certain: true,
			calendar: "office",
			dues: [{ due: at("2026-10-08T18:00"), at: at("2026-09-28T10:00"), why: "start", reason: null }],
			rule: { table: "clocks", source: "company default" },
		});
	});

	it("runs from receipt even when it is entered late", () => {
		const start = { id: "c1", name: "law", kind: "statutory", party: null, rule: null } as const;
		const received = at("2026-09-28T10:00");
		const entered = at("2026-09-30T10:00");
		const clock = startClock(
			{ ...start, startedAt: received, at: entered, duration: { amount: 7, unit: "calendar-days" } },
			OFFICE,
			DAYS,
		);
		expect(clock.due).toBe(at("2026-10-06T00:00"));
		expect(clock.dues[0]?.at).toBe(entered);
	});

	it("takes a due time set by somebody else as it is", () => {
		const start = { id: "c1", name: "12345", kind: "statutory", party: null, rule: null } as const;
		const clock = startClockUntil(
			{ ...start, startedAt: at("2026-09-28T10:00"), due: at("2026-09-28T17:00") },
			OFFICE,
		);
		expect(clock).toMatchObject({
			due: at("2026-09-28T17:00"),
			duration: { amount: 420, unit: "minutes" },
			certain: true,
		});
	});
});

describe("pausing", () => {
	it.each([
		["hours", 24, "2026-09-28T10:00", "2026-09-28T11:00", "2026-09-28T13:15", "2026-09-29T12:15"],
		["working-hours", 8, "2026-09-28T10:00", "2026-09-28T11:00", "2026-09-28T14:00", "2026-09-29T12:00"],
		["working-hours", 8, "2026-09-28T10:00", "2026-09-28T18:30", "2026-09-29T08:00", "2026-09-29T10:30"],
		["calendar-days", 7, "2026-09-28T10:00", "2026-09-29T09:00", "2026-09-29T23:00", "2026-10-06T00:00"],
		["calendar-days", 7, "2026-09-28T10:00", "2026-09-29T23:00", "2026-10-01T01:00", "2026-10-08T00:00"],
		["working-days", 3, "2026-09-28T10:00", "2026-09-29T09:00", "2026-09-29T17:00", "2026-10-08T18:00"],
		["working-days", 3, "2026-09-28T10:00", "2026-09-30T09:00", "2026-10-08T09:00", "2026-10-09T18:00"],
		// resumed after the last day had closed: the next working day takes its place
		["working-days", 1, "2026-09-25T10:00", "2026-09-28T17:00", "2026-09-28T20:00", "2026-09-29T18:00"],
		["working-days", 1, "2026-09-24T10:00", "2026-09-25T17:00", "2026-09-27T20:00", "2026-09-28T18:00"],
	] as const)("puts off %s", (unit, amount, start, from, to, due) => {
		const clock = paused(begun(at(start), { amount, unit }), at(from), at(to));
		expect(clock.due).toBe(at(due));
		expect(clock.pauses).toEqual([{ from: at(from), to: at(to), reason: "waiting for the insurer" }]);
		expect(clock.dues.at(-1)).toEqual({
			due: at(due),
			at: at(to),
			why: "resume",
			reason: "waiting for the insurer",
		});
		expect(clock.dues).toHaveLength(2);
	});

	it("becomes uncertain when the pause reaches into a year not yet published", () => {
		const clock = begun(at("2026-12-28T10:00"), { amount: 2, unit: "working-days" });
		expect(clock.certain).toBe(true);
		expect(paused(clock, at("2026-12-29T10:00"), at("2027-01-05T10:00")).certain).toBe(false);
	});

	it("becomes uncertain when the pause itself may hold unpublished workdays", () => {
		const clock = begun(at("2026-12-30T10:00"), { amount: 2, unit: "working-hours" });
		const until = { at: clock.startedAt, reason: "x", until: at("2027-01-15T12:00") };
		const extended = clockOf(extendClock(clock, until, OFFICE, DAYS));
		const resumed = paused(extended, at("2027-01-02T10:00"), at("2027-01-03T10:00")); // a weekend, or made up
		expect(resumed).toMatchObject({ due: extended.due, certain: false });
	});

	it("never brings the due time nearer, not even when a made-up day closes before the night shift into it", () => {
		const overlapping = WorkCalendar.parse({
			name: "nights",
			zone: "Asia/Shanghai",
			week: { mon: [["04:00", "05:00"]], fri: [["22:00", "06:00"]] },
			holidays: "cn",
		});
		const clock = begun(at("2026-10-08T10:00"), { amount: 1, unit: "working-days" }, overlapping);
		expect(clock.due).toBe(at("2026-10-10T06:00"));
		const resumed = paused(clock, at("2026-10-09T23:00"), at("2026-10-10T00:30"), overlapping);
		expect(resumed.due).toBe(clock.due);
	});

	it("is refused where it would be wrong", () => {
		const start = at("2026-09-28T10:00");
		const later = at("2026-09-28T11:00");
		const clock = begun(start, { amount: 4, unit: "hours" });
		const open = clockOf(pauseClock(clock, later, "x"));
		const stopped = clockOf(stopClock(clock, later, "done"));
		const statutory = begun(start, { amount: 4, unit: "hours" }, OFFICE, "statutory");
		expect(pauseClock(statutory, later, "x").problem).toBe("statutory-never-pauses");
		expect(pauseClock(open, later, "x").problem).toBe("already-paused");
		expect(pauseClock(stopped, later, "x").problem).toBe("already-stopped");
		expect(pauseClock(clock, clock.due, "x").problem).toBe("already-due");
		expect(pauseClock(clock, at("2026-09-28T09:59"), "x").problem).toBe("before-last-change");
		expect(resumeClock(clock, later, OFFICE, DAYS).problem).toBe("not-paused");
		expect(resumeClock(open, start, OFFICE, DAYS).problem).toBe("before-last-change");
	});

	it("won't count on a calendar that isn't the clock's", () => {
		const clock = clockOf(
			pauseClock(begun(at("2026-09-28T10:00"), { amount: 4, unit: "hours" }), at("2026-09-28T11:00"), "x"),
		);
		expect(() => resumeClock(clock, at("2026-09-28T12:00"), NIGHTS, DAYS)).toThrow(
			/calendar "office", but was given "nights"/,
		);
	});
});

describe("extending, regrading, stopping", () => {
	const start = at("2026-09-28T10:00");
	const day = begun(start, { amount: 24, unit: "hours" });

	it("extends from the present due time, or to an instant, and only to a later one", () => {
		const extend = (by: Duration) =>
			clockOf(extendClock(day, { at: start, reason: "parts on order", by }, OFFICE, DAYS)).due;
		expect(extend({ amount: 6, unit: "hours" })).toBe(at("2026-09-29T16:00"));
		expect(extend({ amount: 6, unit: "working-hours" })).toBe(at("2026-09-29T17:30"));
		expect(extend({ amount: 1, unit: "calendar-days" })).toBe(at("2026-10-01T00:00"));
		expect(extend({ amount: 2, unit: "working-days" })).toBe(at("2026-10-08T18:00"));
		const until = { at: start, reason: "told so", until: at("2026-09-30T12:00") };
		expect(clockOf(extendClock(day, until, OFFICE, DAYS)).due).toBe(until.until);
		expect(extendClock(day, { ...until, until: day.due }, OFFICE, DAYS).problem).toBe("not-later");
	});

	it("counts days on from the night shift that closes at the due time", () => {
		const clock = begun("2026-09-30T22:00:00.000Z", { amount: 1, unit: "working-days" }, NIGHTS);
		expect(clock.due).toBe("2026-10-03T05:00:00.000Z"); // Friday's shift, Saturday 06:00 in London
		const by: Duration = { amount: 1, unit: "working-days" };
		const extended = clockOf(extendClock(clock, { at: clock.startedAt, reason: "x", by }, NIGHTS, DAYS));
		expect(extended.due).toBe("2026-10-04T05:00:00.000Z"); // Saturday's
	});

	it("stays uncertain when it is moved on by hours, and is certain of an instant", () => {
		const clock = begun(at("2026-12-31T10:00"), { amount: 1, unit: "working-days" });
		const told = { at: clock.startedAt, reason: "x" };
		const by: Duration = { amount: 1, unit: "hours" };
		expect(clock.certain).toBe(false);
		expect(clockOf(extendClock(clock, { ...told, by }, OFFICE, DAYS)).certain).toBe(false);
		const until = at("2027-01-02T12:00");
		expect(clockOf(extendClock(clock, { ...told, until }, OFFICE, DAYS)).certain).toBe(true);
	});

	it("is changed in the order of time only", () => {
		const by: Duration = { amount: 1, unit: "hours" };
		const extended = clockOf(extendClock(day, { at: at("2026-09-28T15:00"), reason: "x", by }, OFFICE, DAYS));
		expect(stopClock(extended, at("2026-09-28T14:59"), "x").problem).toBe("before-last-change");
		expect(stopClock(extended, at("2026-09-28T15:00"), "x").problem).toBe(null);
		const enteredLate = { ...day, dues: day.dues.map((set) => ({ ...set, at: at("2026-09-28T15:00") })) };
		expect(stopClock(enteredLate, at("2026-09-28T14:59"), "x").problem).toBe(null);
	});

	it("keeps a breach on record and warns anew of what is not reached any more", () => {
		const warned = { ...day, warned: [50, 80, 100] };
		const late = at("2026-09-29T10:00");
		const by: Duration = { amount: 12, unit: "hours" };
		const extended = clockOf(extendClock(warned, { at: late, reason: "x", by }, OFFICE, DAYS));
		expect(extended.breachedAt).toBe(day.due);
		expect(extended.warned).toEqual([50]); // 24 of 36 hours are 66 %
		const again = clockOf(
			extendClock(extended, { at: at("2026-10-08T10:00"), reason: "x", by }, OFFICE, DAYS),
		);
		expect(again.breachedAt).toBe(day.due);
		const halfWay = { at: at("2026-09-29T04:00"), reason: "x", by }; // 18 of 36 hours
		expect(clockOf(extendClock(warned, halfWay, OFFICE, DAYS))).toMatchObject({
			warned: [50],
			breachedAt: null,
		});
	});

	it("regrades from the start with the pauses since, or from the regrading", () => {
		const clock = paused(day, at("2026-09-28T12:00"), at("2026-09-28T13:00"));
		const now = at("2026-09-28T14:00");
		const regrading = {
			at: now,
			duration: { amount: 4, unit: "hours" },
			reason: "an injury",
			rule: null,
		} as const;
		const fromStart = clockOf(regradeClock(clock, { ...regrading, from: start }, OFFICE, DAYS));
		expect(fromStart).toMatchObject({ due: at("2026-09-28T15:00"), duration: { amount: 4 }, rule: null });
		expect(fromStart.dues.map(({ why }) => why)).toEqual(["start", "resume", "regrade"]);
		expect(clockOf(regradeClock(clock, { ...regrading, from: now }, OFFICE, DAYS)).due).toBe(
			at("2026-09-28T18:00"),
		);
		const short = { ...regrading, duration: { amount: 1, unit: "hours" }, from: start } as const;
		expect(clockOf(regradeClock(clock, short, OFFICE, DAYS)).due).toBe(at("2026-09-28T11:00")); // before the pause
	});

	it("leaves alone the due time of a pause that began late after a regrading", () => {
		const open = clockOf(pauseClock(day, at("2026-09-28T13:00"), "x"));
		const now = at("2026-09-28T14:00");
		const duration: Duration = { amount: 1, unit: "hours" };
		const regraded = clockOf(
			regradeClock(open, { at: now, from: start, duration, reason: "x", rule: null }, OFFICE, DAYS),
		);
		expect(stateOf(regraded, now, OFFICE, DAYS)).toMatchObject({ lateMinutes: 120, paused: true });
		expect(clockOf(resumeClock(regraded, now, OFFICE, DAYS)).due).toBe(at("2026-09-28T11:00"));
	});

	it("stops once, in time or late", () => {
		const inTime = clockOf(stopClock(day, at("2026-09-28T20:00"), "closed"));
		expect(inTime).toMatchObject({
			stopped: { at: at("2026-09-28T20:00"), why: "closed" },
			breachedAt: null,
		});
		expect(stateOf(inTime, at("2026-10-28T20:00"), OFFICE, DAYS)).toMatchObject({
			percent: 41,
			lateMinutes: 0,
		});
		const late = clockOf(stopClock(day, at("2026-09-29T10:05"), "closed"));
		expect(late.breachedAt).toBe(day.due);
		expect(stateOf(late, at("2026-10-28T20:00"), OFFICE, DAYS)).toMatchObject({
			percent: 100,
			lateMinutes: 5,
		});
		expect(stopClock(late, at("2026-10-01T10:05"), "closed").problem).toBe("already-stopped");
		expect(thresholdsOf(late, OFFICE, DAYS)).toEqual([]);
	});

	it("has not missed its due time when it was paused before and stopped after", () => {
		const open = clockOf(pauseClock(day, at("2026-09-28T22:00"), "x"));
		const stopped = clockOf(stopClock(open, at("2026-10-08T22:00"), "withdrawn"));
		expect(stopped.breachedAt).toBe(null);
		expect(stateOf(stopped, at("2026-10-09T22:00"), OFFICE, DAYS)).toEqual({
			percent: 50,
			remainingMinutes: 720,
			lateMinutes: 0,
			paused: false,
		});
	});
});

describe("reading a clock", () => {
	it("warns inside working hours when working time is counted", () => {
		const clock = begun(at("2026-09-28T16:00"), { amount: 10, unit: "working-hours" });
		expect(thresholdsOf(clock, OFFICE, DAYS)).toEqual([
			{ percent: 50, at: at("2026-09-29T12:00") },
			{ percent: 80, at: at("2026-09-29T16:30") },
			{ percent: 100, at: clock.due },
		]);
		expect(thresholdsOf(clock, OFFICE, DAYS, [100, 20])).toEqual([
			{ percent: 20, at: at("2026-09-28T18:00") },
			{ percent: 100, at: clock.due },
		]);
	});

	it("tells what is used and left in the clock's own time", () => {
		const clock = begun(at("2026-09-28T16:00"), { amount: 10, unit: "working-hours" });
		const state = (now: string) => stateOf(clock, at(now), OFFICE, DAYS);
		expect(state("2026-09-28T16:00")).toEqual({
			percent: 0,
			remainingMinutes: 600,
			lateMinutes: 0,
			paused: false,
		});
		expect(state("2026-09-29T03:00")).toEqual({
			percent: 20,
			remainingMinutes: 480,
			lateMinutes: 0,
			paused: false,
		});
		expect(state("2026-09-29T12:45")).toEqual({
			percent: 50,
			remainingMinutes: 300,
			lateMinutes: 0,
			paused: false,
		});
		expect(state("2026-09-30T09:29:59.999")).toMatchObject({ percent: 99, remainingMinutes: 0 });
		expect(state("2026-09-30T09:30")).toEqual({
			percent: 100,
			remainingMinutes: 0,
			lateMinutes: 0,
			paused: false,
		});
		expect(state("2026-09-30T10:31")).toEqual({
			percent: 100,
			remainingMinutes: 0,
			lateMinutes: 61,
			paused: false,
		});
	});

	it("is late at its due time and not before, even when that lies outside working hours", () => {
		const clock = begun(at("2026-09-28T10:00"), { amount: 2, unit: "working-hours" });
		const until = { at: clock.startedAt, reason: "x", until: at("2026-09-28T20:00") };
		const extended = clockOf(extendClock(clock, until, OFFICE, DAYS));
		expect(thresholdsOf(extended, OFFICE, DAYS).at(-1)).toEqual({ percent: 100, at: until.until });
		expect(stateOf(extended, at("2026-09-28T19:00"), OFFICE, DAYS)).toMatchObject({
			percent: 99,
			remainingMinutes: 0,
		});
		expect(stateOf(extended, until.until, OFFICE, DAYS).percent).toBe(100);
	});

	it("stands still while paused and has nothing to warn of", () => {
		const clock = begun(at("2026-09-28T10:00"), { amount: 10, unit: "hours" });
		const open = clockOf(pauseClock(clock, at("2026-09-28T13:00"), "x"));
		expect(thresholdsOf(open, OFFICE, DAYS)).toEqual([]);
		expect(stateOf(open, at("2026-10-28T13:00"), OFFICE, DAYS)).toEqual({
			percent: 30,
			remainingMinutes: 420,
			lateMinutes: 0,
			paused: true,
		});
		const resumed = clockOf(resumeClock(open, at("2026-09-29T13:00"), OFFICE, DAYS));
		expect(thresholdsOf(resumed, OFFICE, DAYS, [20, 50]).map((threshold) => threshold.at)).toEqual([
			at("2026-09-28T12:00"),
			at("2026-09-29T15:00"),
		]);
	});
});

const duration = fc.oneof(
	fc.record({
		amount: fc.integer({ min: 1, max: 5000 }),
		unit: fc.constantFrom<Duration["unit"]>("minutes", "working-minutes"),
	}),
	fc.record({
		amount: fc.integer({ min: 1, max: 20 }),
		unit: fc.constantFrom<Duration["unit"]>("hours", "working-hours", "calendar-days", "working-days"),
	}),
);
const history = fc.record({
	calendar: fc.constantFrom(OFFICE, NIGHTS),
	duration,
	start: fc.integer({ min: epochOf("2026-09-01T00:00:00Z"), max: epochOf("2026-11-01T00:00:00Z") }),
	acts: fc.array(
		fc.record({
			act: fc.constantFrom("pause", "resume", "extend"),
			wait: fc.integer({ min: 0, max: 4 * 86_400_000 }),
			by: duration,
		}),
		{ maxLength: 6 },
	),
});

describe("whatever happens to a clock", () => {
	const play = (run: (clock: Clock, now: string, calendar: WorkCalendar, before: Clock) => void) =>
		fc.assert(
			fc.property(history, ({ calendar, duration, start, acts }) => {
				let clock = begun(instantAt(start), duration, calendar);
				let now = clock.startedAt;
				run(clock, now, calendar, clock);
				for (const { act, wait, by } of acts) {
					now = instantAt(epochOf(now) + wait);
					const change =
						act === "pause"
							? pauseClock(clock, now, "x")
							: act === "resume"
								? resumeClock(clock, now, calendar, DAYS)
								: extendClock(clock, { at: now, reason: "x", by }, calendar, DAYS);
					if (change.clock === null) continue;
					run(change.clock, now, calendar, clock);
					clock = change.clock;
				}
			}),
			{ numRuns: 600 },
		);

	it("its due time never comes nearer, and every one it had stays on record", () => {
		play((clock, _now, _calendar, before) => {
			expect(clock.due >= before.due).toBe(true);
			expect(clock.due > clock.startedAt).toBe(true);
			expect(clock.dues.at(-1)?.due).toBe(clock.due);
			expect(clock.dues.slice(0, before.dues.length)).toEqual(before.dues);
		});
	});

	it("its warnings come in order, none after the due time, each when its percentage is reached", () => {
		play((clock, _now, calendar) => {
			const thresholds = thresholdsOf(clock, calendar, DAYS, [10, 50, 80, 100]);
			let last = clock.startedAt;
			for (const { percent, at } of thresholds) {
				expect(at >= last && at <= clock.due).toBe(true);
				last = at;
				if (clock.dues.length > 1 && percent === 100) continue;
				expect(stateOf(clock, at, calendar, DAYS).percent).toBeGreaterThanOrEqual(Math.min(percent, 99));
				const justBefore = instantAt(epochOf(at) - 1);
				expect(stateOf(clock, justBefore, calendar, DAYS).percent).toBeLessThan(percent);
			}
		});
	});

	it("a pause costs exactly the time that was left before it", () => {
		fc.assert(
			fc.property(
				history,
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				fc.nat({ max: 9 * 86_400_000 }),
				(given, part, length) => {
					const clock = begun(instantAt(given.start), given.duration, given.calendar);
					const from = instantAt(Math.floor(given.start + part * (epochOf(clock.due) - given.start)));
					const to = instantAt(epochOf(from) + length);
					const resumed = paused(clock, from, to, given.calendar);
					const { unit } = given.duration;
					if (unit === "hours" || unit === "minutes") {
						expect(minutesBetween(to, resumed.due)).toBe(minutesBetween(from, clock.due));
					} else if (unit === "working-minutes" || unit === "working-hours") {
						const left = (a: string, b: string) => workingMinutesBetween(a, b, given.calendar, DAYS);
						expect(left(to, resumed.due)).toBe(left(from, clock.due));
					}
					expect(resumed.due > to).toBe(true);
					const atOnce = paused(clock, from, from, given.calendar);
					expect(atOnce.due).toBe(clock.due);
				},
			),
			{ numRuns: 600 },
		);
	});

	it("a pause of any length leaves a later due time the longer it is", () => {
		fc.assert(
			fc.property(
				history,
				fc.nat({ max: 5000 }),
				fc.nat({ max: 5000 }),
				({ calendar, duration, start }, a, b) => {
					const clock = begun(instantAt(start), duration, calendar);
					const until = (minutes: number) =>
						paused(clock, clock.startedAt, instantPlus(clock.startedAt, { minutes }), calendar).due;
					expect(until(a) <= until(a + b)).toBe(true);
				},
			),
			{ numRuns: 200 },
		);
	});
});
