import { epochOf, type Instant, instantAt } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";

/** Dates as people are told them, and the hours in which they are not told anything. */

type Language = "zh" | "en";
const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;

/** "3月9日", "9 March". */
export function dayWords(at: Instant, zone: string, language: Language): string {
	return new Intl.DateTimeFormat(LOCALES[language], { month: "long", day: "numeric", timeZone: zone }).format(
		epochOf(at),
	);
}

/** "3月9日18:00", "18:00 on 9 March"; an end at midnight belongs to the day before: "3月9日24:00", "the end of 9 March". */
export function instantWords(at: Instant, zone: string, language: Language): string {
	const time = clockTimeIn(at, zone);
	if (time === "00:00") {
		const day = dayWords(instantAt(epochOf(at) - 1), zone, language);
		return language === "zh" ? `${day}24:00` : `the end of ${day}`;
	}
	const day = dayWords(at, zone, language);
	return language === "zh" ? `${day}${time}` : `${time} on ${day}`;
}

/**
 * When the quiet hours that `now` lies in are over; null outside of them.
 * @param quiet local times from and to, e.g. ["22:00", "08:00"]
 */
export function quietUntil(now: Instant, quiet: readonly [string, string], zone: string): Instant | null {
	const [from, to] = quiet;
	const time = clockTimeIn(now, zone);
	const overMidnight = from > to;
	const within = overMidnight ? time >= from || time < to : time >= from && time < to;
	if (!within) return null;
	const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
	const day = overMidnight && time >= from ? today.add({ days: 1 }) : today;
	const end = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(to) });
	return instantAt(end.epochMilliseconds);
}
