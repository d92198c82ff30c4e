/**
 * Days and wall clocks of a time zone, as plain numbers. Temporal knows the zones; it is asked once for each
 * stretch of constant offset, because asking it for every day of a count costs a hundred times as much.
 *
 * Units: instants are milliseconds since 1970-01-01T00:00Z; a day is the count of days since 1970-01-01 in
 * the calendar of the zone; a minute is counted from that day's 00:00 and may exceed 1440 (the next day).
 */
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** A stretch of time during which a zone keeps one offset from UTC (milliseconds, east is positive). */
interface Stretch {
	readonly from: number;
	readonly to: number;
	readonly offset: number;
}

/** The stretches read so far, by zone, in order. */
const known = new Map<string, Stretch[]>();

/** The day that a zone's wall clock shows at an instant. Throws a RangeError for a zone that doesn't exist. */
export function localDay(zone: string, at: number): number {
	return Math.floor((at + stretchAt(zone, at).offset) / DAY);
}

/** The minute of the day that a zone's wall clock shows at an instant, 0 to 1439. */
export function localMinute(zone: string, at: number): number {
	const wall = at + stretchAt(zone, at).offset;
	return Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);
}

/**
 * The first instant at which the wall clock of a zone has reached a minute of a day. A time that the clock
 * skips in spring is reached when it skips; a time that it shows twice in autumn is reached the first time.
 * So a later wall time is never reached earlier, and neighbouring windows never overlap.
 */
export function reached(zone: string, day: number, minute: number): number {
	const wall = day * DAY + minute * MINUTE;
	const before = stretchAt(zone, wall - DAY);
	const after = stretchAt(zone, wall + DAY);
	const first = wall - before.offset;
	if (before === after || stretchAt(zone, first) === before) return first;
	const second = wall - after.offset;
	return stretchAt(zone, second) === after ? second : before.to;
}

/** True when the name is that of a zone in the IANA data base ("Asia/Shanghai"), not an offset ("+08:00"). */
export function isZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		stretchAt(name, 0);
		return true;
	} catch {
		return false;
	}
}

function stretchAt(zone: string, at: number): Stretch {
	const stretches = known.get(zone) ?? [];
	let low = 0;
	let high = stretches.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const stretch = stretches[middle] as Stretch;
		if (at < stretch.from) high = middle;
		else if (at >= stretch.to) low = middle + 1;
		else return stretch;
	}
	const read = readStretch(zone, at);
	stretches.splice(low, 0, read);
	known.set(zone, stretches);
	return read;
}

function readStretch(zone: string, at: number): Stretch {
	const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
	// "previous" means strictly before, so a millisecond is added to find a change that happens right here
	const from = here.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
	const to = here.getTimeZoneTransition("next");
	return {
		from: from?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
		to: to?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
		offset: here.offsetNanoseconds / 1_000_000,
	};
}
