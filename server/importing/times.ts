import { dayNumber, type Instant, instantAt } from "#engine/time/instant.ts";
import { DAY, MINUTE, reached } from "#engine/time/zone.ts";

/** Times as other systems write them, read into instants. A time without an offset is one of the zone given. */
export type ReadTime = (text: string, zone: string) => Instant | null;

/**
 * The reader for a format: `iso` (2026-03-01 11:07:30, with T or a blank, seconds and offset as they come, the time
 * of day may be missing), `unix-seconds`, `unix-milliseconds`, `excel` (days since 1899-12-30), or a pattern of
 * yyyy, M or MM or MMM or MMMM (Jan, January), d or dd, H or HH, h or hh with a (am, pm, 上午, 下午), m or mm, s or ss,
 * SSS; all else stands for itself.
 * @returns null where a pattern names no year, month and day
 */
export function timeReader(format: string): ReadTime | null {
	switch (format) {
		case "iso":
			return readIso;
		case "unix-seconds":
			return (text) => fromCount(text, (count) => count * 1000);
		case "unix-milliseconds":
			return (text) => fromCount(text, (count) => count);
		case "excel":
			return readExcel;
		default:
			return patternReader(format);
	}
}

interface Wall {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	/** With the fraction. */
	second: number;
}

const ISO =
	/^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

function readIso(text: string, zone: string): Instant | null {
	const [all, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset] =
		ISO.exec(text) ?? [];
	if (all === undefined) return null;
	const wall = {
		year: Number(year),
		month: Number(month),
		day: Number(day),
		hour: Number(hour),
		minute: Number(minute),
		second: Number(`${second}${fraction}`),
	};
	return offset === undefined ? inZone(wall, zone) : atOffset(wall, offset.toUpperCase());
}

function atOffset(wall: Wall, offset: string): Instant | null {
	const at = utcOf(wall);
	if (at === null) return null;
	if (offset === "Z") return instantAt(at);
	const [hours = 0, minutes = 0] = (offset.slice(1).replace(":", "").match(/\d\d/g) ?? []).map(Number);
	const minutesEast = (hours * 60 + minutes) * (offset.startsWith("-") ? -1 : 1);
	return written(at - minutesEast * MINUTE);
}

/** Milliseconds since 1970 if the wall's zone were UTC; null when there is no such day or time. */
function utcOf({ year, month, day, hour, minute, second }: Wall): number | null {
	const date = new Date(Date.UTC(year, month - 1, day));
	const exists =
		date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	if (!exists || !(hour < 24 && minute < 60 && second < 60)) return null;
	return date.getTime() + (hour * 60 + minute) * MINUTE + Math.floor(second * 1000);
}

function inZone(wall: Wall, zone: string): Instant | null {
	const at = utcOf(wall);
	if (at === null) return null;
	const day = dayNumber(new Date(at).toISOString().slice(0, 10));
	const seconds = Math.floor(wall.second * 1000);
	return written(reached(zone, day, wall.hour * 60 + wall.minute) + seconds);
}

function fromCount(text: string, milliseconds: (count: number) => number): Instant | null {
	return /^-?\d+(\.\d+)?$/.test(text) ? written(Math.round(milliseconds(Number(text)))) : null;
}

const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

/** A day number and a fraction of the day, on the zone's wall clock; to the second, as spreadsheets show it. */
function readExcel(text: string, zone: string): Instant | null {
	if (!/^\d{1,6}(\.\d+)?$/.test(text)) return null;
	const at = new Date(EXCEL_EPOCH + Math.round((Number(text) * DAY) / 1000) * 1000);
	return inZone(
		{
			year: at.getUTCFullYear(),
			month: at.getUTCMonth() + 1,
			day: at.getUTCDate(),
			hour: at.getUTCHours(),
			minute: at.getUTCMinutes(),
			second: at.getUTCSeconds(),
		},
		zone,
	);
}

function written(at: number): Instant | null {
	try {
		return instantAt(at);
	} catch {
		return null;
	}
}

const MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december".split(
	"|",
);

const TOKENS: Record<string, { part: keyof Wall | "millisecond" | "half"; digits: string }> = {
	yyyy: { part: "year", digits: "\\d{4}" },
	MMMM: { part: "month", digits: MONTHS.join("|") },
	MMM: { part: "month", digits: MONTHS.map((one) => one.slice(0, 3)).join("|") },
	MM: { part: "month", digits: "\\d\\d" },
	M: { part: "month", digits: "\\d\\d?" },
	dd: { part: "day", digits: "\\d\\d" },
	d: { part: "day", digits: "\\d\\d?" },
	HH: { part: "hour", digits: "\\d\\d" },
	H: { part: "hour", digits: "\\d\\d?" },
	hh: { part: "hour", digits: "\\d\\d" },
	h: { part: "hour", digits: "\\d\\d?" },
	mm: { part: "minute", digits: "\\d\\d" },
	m: { part: "minute", digits: "\\d\\d?" },
	SSS: { part: "millisecond", digits: "\\d{3}" },
	ss: { part: "second", digits: "\\d\\d" },
	s: { part: "second", digits: "\\d\\d?" },
	a: { part: "half", digits: "am|pm|上午|下午" },
};

function patternReader(pattern: string): ReadTime | null {
	const parts: string[] = [];
	const source = pattern.replaceAll(/yyyy|M{1,4}|dd?|HH?|hh?|mm?|SSS|ss?|a|[^yMdHhmsSa]/g, (piece) => {
		const token = TOKENS[piece];
		if (!token) return piece.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
		parts.push(token.part);
		return `(${token.digits})`;
	});
	const whole = ["year", "month", "day"].every((part) => parts.includes(part));
	if (!whole || new Set(parts).size < parts.length) return null;
	const expression = new RegExp(`^${source}$`, "i");
	return (text, zone) => {
		const [, ...found] = expression.exec(text) ?? [];
		return found.length === 0 ? null : inZone(wallOf(parts, found), zone);
	};
}

function wallOf(parts: readonly string[], found: readonly string[]): Wall {
	const given = Object.fromEntries(parts.map((part, n) => [part, found[n] ?? ""]));
	const number = (part: string) => Number(given[part] ?? 0);
	const half = given.half?.toLowerCase();
	const hour =
		half === undefined ? number("hour") : halfDay(number("hour"), half === "pm" || half === "下午");
	return {
		year: number("year"),
		month: monthOf(given.month ?? ""),
		day: number("day"),
		hour,
		minute: number("minute"),
		second: number("second") + number("millisecond") / 1000,
	};
}

function monthOf(text: string): number {
	const short = text.slice(0, 3).toLowerCase();
	return /^\d/.test(text) ? Number(text) : MONTHS.findIndex((one) => one.startsWith(short)) + 1;
}

/** 12 is the first hour of each half; beyond 12 there is none. */
function halfDay(hour: number, afternoon: boolean): number {
	return hour > 12 ? Number.NaN : (hour % 12) + (afternoon ? 12 : 0);
}
