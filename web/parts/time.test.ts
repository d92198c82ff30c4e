import { expect, test } from "vitest";
import { endOfDay, formatInstant, formatRelative, instantOf, partsOf, wallOf } from "./time.ts";

const zone = "Asia/Shanghai";
const now = "2026-11-23T11:30:00.000Z";

test("times are shown in the company's zone, with the year only where it differs", () => {
	expect(formatInstant("2026-11-23T16:30:00.000Z", zone, "zh", now)).toBe("11月24日 00:30");
	expect(formatInstant("2025-12-31T16:30:00.000Z", zone, "zh", "2026-01-02T00:00:00.000Z")).toBe(
		"1月1日 00:30",
	);
	expect(formatInstant("2025-11-23T16:30:00.000Z", zone, "zh", now)).toBe("2025年11月24日 00:30");
	expect(formatInstant("2026-11-23T16:30:00.000Z", zone, "en", now)).toContain("24 Nov");
});

test.each([
	["2026-11-23T11:25:00.000Z", "5分钟前"],
	["2026-11-23T09:30:00.000Z", "2小时前"],
	["2026-11-20T11:30:00.000Z", "3天前"],
	["2026-11-23T14:30:00.000Z", "3小时后"],
])("%s is %s", (instant, words) => {
	expect(formatRelative(instant, now, "zh")).toBe(words);
});

test("a length of time is said in its two largest parts", () => {
	expect(partsOf(45)).toEqual([{ unit: "minutes", count: 45 }]);
	expect(partsOf(0)).toEqual([{ unit: "minutes", count: 0 }]);
	expect(partsOf(3 * 60 + 5)).toEqual([
		{ unit: "hours", count: 3 },
		{ unit: "minutes", count: 5 },
	]);
	expect(partsOf(2 * 24 * 60 + 30)).toEqual([{ unit: "days", count: 2 }]);
});

test.each(["Asia/Shanghai", "America/New_York", "Europe/London"])(
	"what is typed in %s comes back as typed",
	(place) => {
		for (const wall of ["2026-01-15T00:00", "2026-07-15T23:59", "2026-03-29T12:00", "2026-11-01T12:00"])
			expect(wallOf(instantOf(wall, place) ?? "", place)).toBe(wall);
	},
);

test("what is no date-time has no instant", () => {
	expect(instantOf("", zone)).toBeNull();
	expect(instantOf("2026-13-01T00:00", zone)).toBeNull();
});

test("today ends at the zone's midnight, not at Greenwich's", () => {
	expect(endOfDay("2026-11-23T17:00:00.000Z", zone)).toBe("2026-11-24T15:59:00.000Z");
});

test.each(["0002-03-18T18:00", "202603-03-18T18:00", "", "2026-03"])(
	"%s, still being typed, is no time",
	(wall) => {
		expect(instantOf(wall, "Asia/Shanghai")).toBeNull();
	},
);
