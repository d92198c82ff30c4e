/** Times as people read and type them: in the company's zone, absolute and relative. Instants are ISO 8601 in UTC. */

export type Language = "zh" | "en";

const MINUTE = 60_000;
const LOCALE: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

/** A format is dear to make, and a list writes the same one on every row. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale} ${JSON.stringify(options)}`;
	const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
	formats.set(key, known);
	return known;
}

/** "11月23日 19:30"; with the year when it is not the year of `now`. */
export function formatInstant(instant: string, zone: string, language: Language, now: string): string {
	const year = (text: string) => text.slice(0, 4);
	const sameYear = year(wallOf(instant, zone)) === year(wallOf(now, zone));
	return formatOf(LOCALE[language], {
		timeZone: zone,
		...(sameYear ? {} : { year: "numeric" }),
		month: language === "zh" ? "long" : "short",
		day: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).format(new Date(instant));
}

/** "10:32" on the wall clock of a zone. */
export function formatClock(instant: string, zone: string): string {
	return wallOf(instant, zone).slice(11);
}

/** "3小时前", "2 days ago", "in 5 minutes", in the largest unit that fits. */
export function formatRelative(instant: string, now: string, language: Language): string {
	const minutes = Math.round((Date.parse(instant) - Date.parse(now)) / MINUTE);
	const format = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: "auto" });
	if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
	if (Math.abs(minutes) < 48 * 60) return format.format(Math.round(minutes / 60), "hour");
	return format.format(Math.round(minutes / (24 * 60)), "day");
}

/** A length of time as its two largest parts: 2 days 3 hours; 45 minutes. */
export function partsOf(minutes: number): { unit: "days" | "hours" | "minutes"; count: number }[] {
	const whole = Math.max(0, Math.floor(minutes));
	const days = Math.floor(whole / (24 * 60));
	const hours = Math.floor((whole % (24 * 60)) / 60);
	const rest = whole % 60;
	if (days > 0)
		return [
			{ unit: "days" as const, count: days },
			{ unit: "hours" as const, count: hours },
		].filter((one) => one.count > 0);
	if (hours > 0)
		return [
			{ unit: "hours" as const, count: hours },
			{ unit: "minutes" as const, count: rest },
		].filter((one) => one.count > 0);
	return [{ unit: "minutes", count: rest }];
}

/** What the wall clock of a zone shows, as a date-time field holds it: "2026-11-23T19:30". */
export function wallOf(instant: string, zone: string): string {
	const parts = formatOf("en-CA", {
		timeZone: zone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).formatToParts(new Date(instant));
	const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
	return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

const EARLIEST = Date.parse("1900-01-01");
const LATEST = Date.parse("2200-01-01");

/** The instant at which a zone's wall clock shows this; null when it is no date-time. */
export function instantOf(wall: string, zone: string): string | null {
	const asUtc = Date.parse(`${wall}:00.000Z`);
	// a year that is still being typed is the year 2, or 202603
	if (!(asUtc >= EARLIEST && asUtc < LATEST)) return null;
	const offsetAt = (at: number) => Date.parse(`${wallOf(new Date(at).toISOString(), zone)}:00.000Z`) - at;
	// the offset at the guess may differ from that at the result, near a change of the clocks
	const guess = asUtc - offsetAt(asUtc);
	return new Date(asUtc - offsetAt(guess)).toISOString();
}

/** The last instant of the zone's day that it is now. */
export function endOfDay(now: string, zone: string): string {
	const day = wallOf(now, zone).slice(0, 10);
	const last = instantOf(`${day}T23:59`, zone);
	return last ?? now;
}
