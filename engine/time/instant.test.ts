import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
	dateOf,
	dayNumber,
	dayOf,
	earlierOf,
	epochOf,
	Instant,
	instantAt,
	instantPlus,
	lastDayBefore,
	laterOf,
	minutesBetween,
} from "./instant.ts";

const LAST = "9999-12-31T23:59:59.999Z";
const anyEpoch = fc.integer({ min: epochOf("0001-01-01T00:00:00Z"), max: epochOf(LAST) });

describe("Instant", () => {
	it.each([
		["2026-03-01T11:07:30+08:00", "2026-03-01T03:07:30.000Z"],
		["2026-03-01T03:07:30Z", "2026-03-01T03:07:30.000Z"],
		["2026-03-01T11:07+08:00", "2026-03-01T03:07:00.000Z"],
		["2026-02-28T22:07:30.1239-05:00", "2026-03-01T03:07:30.123Z"],
		["2026-03-01T03:07:30.5Z", "2026-03-01T03:07:30.500Z"],
	])("reads %s as %s", (written, expected) => {
		expect(Instant.parse(written)).toBe(expected);
	});

	it.each([
		["2026-03-01T11:07:30"],
		["2026-03-01"],
		["2026-02-30T00:00:00Z"],
		["0000-12-31T23:59:59Z"],
		["9999-12-31T23:59:59-08:00"],
		["yesterday"],
		[""],
	])("refuses %s and says what it expects", (written) => {
		const { error } = Instant.safeParse(written);
		expect(error?.issues[0]?.message).toMatch(/expected a date and time with its offset/);
	});

	it("is a date-time to readers of the API's description", () => {
		expect(z.toJSONSchema(Instant)).toMatchObject({ type: "string", format: "date-time" });
	});

	it("compares as a string just as it does in time", () => {
		fc.assert(
			fc.property(anyEpoch, anyEpoch, (a, b) => {
				expect(instantAt(a) < instantAt(b)).toBe(a < b);
				expect(epochOf(instantAt(a))).toBe(a);
				expect(Instant.parse(instantAt(a))).toBe(instantAt(a));
				expect(laterOf(instantAt(a), instantAt(b))).toBe(instantAt(Math.max(a, b)));
				expect(earlierOf(instantAt(a), instantAt(b))).toBe(instantAt(Math.min(a, b)));
			}),
		);
	});

	it("never leaves the years that compare", () => {
		expect(() => instantPlus(LAST, { minutes: 1 })).toThrow(RangeError);
		expect(() => epochOf("2026-03-01")).toThrow(RangeError);
	});
});

describe("elapsed time", () => {
	it("is added whatever the clocks on the wall do", () => {
		const beforeSummerTime = "2026-03-28T12:00:00.000Z"; // London changes in the night that follows
		expect(instantPlus(beforeSummerTime, { days: 1 })).toBe("2026-03-29T12:00:00.000Z");
		expect(instantPlus(beforeSummerTime, { hours: -1, minutes: 30 })).toBe("2026-03-28T11:30:00.000Z");
	});

	it("is told in complete minutes", () => {
		expect(minutesBetween("2026-03-01T00:00:00.000Z", "2026-03-01T01:30:59.999Z")).toBe(90);
		expect(minutesBetween("2026-03-01T01:30:59.999Z", "2026-03-01T00:00:00.000Z")).toBe(-90);
		expect(minutesBetween("2026-03-01T00:00:30.000Z", "2026-03-01T00:00:00.000Z")).toBe(0);
	});
});

describe("dates", () => {
	it("are the zone's own", () => {
		expect(dayOf("2026-03-01T15:59:59.999Z", "Asia/Shanghai")).toBe("2026-03-01");
		expect(dayOf("2026-03-01T16:00:00.000Z", "Asia/Shanghai")).toBe("2026-03-02");
		expect(dayOf("2026-07-01T23:00:00.000Z", "Europe/London")).toBe("2026-07-02");
		expect(dayOf("2026-01-01T23:00:00.000Z", "Europe/London")).toBe("2026-01-01");
	});

	it("agree with Temporal in every zone and year", () => {
		const zone = fc.constantFrom("Asia/Shanghai", "Europe/London", "America/St_Johns", "Pacific/Apia", "UTC");
		fc.assert(
			fc.property(anyEpoch, zone, (epoch, name) => {
				const there = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(name);
				fc.pre(there.year >= 1 && there.year <= 9999);
				expect(dayOf(instantAt(epoch), name)).toBe(there.toPlainDate().toString());
				expect(dateOf(dayNumber(there.toPlainDate().toString()))).toBe(there.toPlainDate().toString());
			}),
		);
	});

	it("are right on both sides of a change of the clocks, the instant of the change asked first", () => {
		const beirut = (instant: string) => dayOf(instant, "Asia/Beirut"); // 00:00 becomes 01:00
		expect(beirut("2026-03-28T22:00:00.000Z")).toBe("2026-03-29");
		expect(beirut("2026-03-28T21:59:59.999Z")).toBe("2026-03-28");
		expect(beirut("2026-03-28T21:00:00.000Z")).toBe("2026-03-28");
	});

	it("tell an exclusive end by its last day", () => {
		expect(lastDayBefore("2026-03-08T16:00:00.000Z", "Asia/Shanghai")).toBe("2026-03-08");
		expect(lastDayBefore("2026-03-08T16:00:00.001Z", "Asia/Shanghai")).toBe("2026-03-09");
	});
});
