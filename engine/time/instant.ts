import { z } from "zod";
import { DAY, localDay, MINUTE } from "./zone.ts";

const WRITTEN = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const EARLIEST = -62_135_596_800_000; // 0001-01-01T00:00:00.000Z
const LATEST = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/**
 * A point in time. Reads an ISO 8601 date and time with any offset and writes it in UTC, always with
 * milliseconds ("2026-03-01T03:07:30.000Z"; finer digits are cut off), so that comparing two instants as
 * strings compares them in time. Years 1 to 9999. A date-time without an offset is refused: it names no instant.
 */
export const Instant = z
	.string()
	.overwrite(inUtc)
	.refine(
		(text) => WRITTEN.test(text),
		"expected a date and time with its offset, such as 2026-03-01T11:07:30+08:00 or …T03:07:30Z",
	)
	.meta({ format: "date-time" });
export type Instant = string;

/** Milliseconds since 1970-01-01T00:00Z. Throws a RangeError when the string is no instant. */
export function epochOf(instant: Instant): number {
	return Temporal.Instant.from(instant).epochMilliseconds;
}

/** The instant at so many milliseconds since 1970-01-01T00:00Z. Throws a RangeError outside years 1 to 9999. */
export function instantAt(epoch: number): Instant {
	if (epoch < EARLIEST || epoch > LATEST) {
		throw new RangeError(`instant outside the years 1 to 9999: ${epoch} ms from 1970`);
	}
	return Temporal.Instant.fromEpochMilliseconds(epoch).toString({ fractionalSecondDigits: 3 });
}

/** The instant after so much elapsed time; a day here is 24 hours, whatever the clocks on the wall do. */
export function instantPlus(
	instant: Instant,
	elapsed: { days?: number; hours?: number; minutes?: number },
): Instant {
	const { days = 0, hours = 0, minutes = 0 } = elapsed;
	return instantAt(epochOf(instant) + days * DAY + (hours * 60 + minutes) * MINUTE);
}

/** Complete minutes elapsed from `a` to `b`; negative when `b` is earlier. */
export function minutesBetween(a: Instant, b: Instant): number {
	return wholeMinutes(epochOf(b) - epochOf(a));
}

/** Complete minutes in so many milliseconds, cut off towards zero. */
export function wholeMinutes(milliseconds: number): number {
	const minutes = Math.trunc(milliseconds / MINUTE);
	return minutes === 0 ? 0 : minutes; // never minus zero, which JSON can't keep
}

/** The date ("2026-03-01") that a zone's calendar shows at an instant. */
export function dayOf(instant: Instant, zone: string): string {
	return dateOf(localDay(zone, epochOf(instant)));
}

/**
 * The last date on which an exclusive end has not come yet: a due time of midnight between the 8th and the 9th
 * is to be told to people as "by the end of the 8th".
 */
export function lastDayBefore(end: Instant, zone: string): string {
	return dateOf(localDay(zone, epochOf(end) - 1));
}

export function laterOf(a: Instant, b: Instant): Instant {
	return a < b ? b : a;
}

export function earlierOf(a: Instant, b: Instant): Instant {
	return a < b ? a : b;
}

/** The date of a count of days since 1970-01-01. */
export function dateOf(day: number): string {
	return instantAt(day * DAY).slice(0, "2026-03-01".length);
}

/** The count of days since 1970-01-01 of a date. Throws a RangeError when the string is no date. */
export function dayNumber(date: string): number {
	return epochOf(`${date}T00:00:00Z`) / DAY;
}

function inUtc(text: string): string {
	try {
		return instantAt(epochOf(text));
	} catch {
		return text; // the check that follows refuses it, in words
	}
}
