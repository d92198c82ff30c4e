import { GB as english } from "chrono-node/en";
import { hans } from "chrono-node/zh";
import { instantOf, wallOf } from "../parts/time.ts";
import { matchesOf, overlaps, type Picked } from "./picked.ts";
import { NUMERAL, numberOf } from "./picked-numerals.ts";

/**
 * When something happened, in the company's zone: 昨天下午三点, 上周五, 11月20号晚上八点半, yesterday at 3pm. Complaints look
 * back: what would lie ahead is meant of the year or week before. The value is a date-time as its field holds it.
 */
export function timesIn(text: string, now: string, zone: string): Picked[] {
	const wall = wallOf(now, zone);
	const days = daysIn(text, wall);
	// what was read as a day is blanked out, so that the hour beside it is read alone
	const rest = days.reduce(
		(left, one) => left.slice(0, one.from) + "■".repeat(one.to - one.from) + left.slice(one.to),
		text,
	);
	const both = [...chinese(rest, wall), ...inEnglish(rest, wall)];
	const longestFirst = both.sort((a, b) => b.to - b.from - (a.to - a.from));
	const found = longestFirst.filter((one, n, all) => !all.slice(0, n).some((other) => overlaps(one, other)));
	const parts = [...days, ...found].sort((a, b) => a.from - b.from);
	return joined(parts, text)
		.map((part) => picked(part, wall))
		.filter((one) => instantOf(one.value, zone) !== null);
}

interface Part {
	from: number;
	to: number;
	/** "2026-11-20"; null: only an hour was said. */
	day: string | null;
	/** "15:00"; null: only a day was said. */
	hour: string | null;
	/** The hour follows from a part of the day: 晚上. */
	rough: boolean;
	/** The year was said. */
	dated: boolean;
}

/** A local date whose wall clock shows the company's: so that "two hours ago" is reckoned on that clock. */
const asLocal = (wall: string) => new Date(`${wall}:00`);
const two = (n: number) => String(n).padStart(2, "0");
const dayText = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const hourText = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`;

type Chrono = typeof english;

/** The present, what is to come, and 一点 as in "a little". */
const NO_TIME =
	/^[\s，,]*(?:现在|现今|此刻|目前|一[点时]|now)$|[后内]$|明[天早晚]|后天|下[个]?(?:周|月|星期)|tomorrow|\bnext\b|later$/i;

function chinese(text: string, wall: string): Part[] {
	return /\p{Script=Han}|\d/u.test(text) ? parse(hans.casual, text, wall) : [];
}

function inEnglish(text: string, wall: string): Part[] {
	return /[A-Za-z]{2}/.test(text) ? parse(english, text, wall) : [];
}

function parse(chrono: Chrono, text: string, wall: string): Part[] {
	return chrono
		.parse(text, asLocal(wall), { forwardDate: false })
		.flatMap(({ index, text: found, start }) => {
			if (NO_TIME.test(found)) return [];
			const skipped = /^[\s，,。■]*/.exec(found)?.[0].length ?? 0;
			const date = start.date();
			const ago = /前$|ago$/.test(found.trim());
			const hasDay =
				start.isCertain("day") ||
				start.isCertain("weekday") ||
				ago ||
				/[昨今前早晚]|day|night|morning/.test(found);
			const hasHour = start.isCertain("hour") || (ago && /[时分秒钟]|hour|min/.test(found));
			const part = !hasHour && /早|晚|午|晨|夜|night|morning|noon|evening/.test(found);
			// a bare number is no time of day
			if (!hasDay && !hasHour && !part) return [];
			if (/^\d{1,2}(\.\d+)?$/.test(found.trim())) return [];
			const onlyPart = /^(?:早上|上午|中午|下午|晚上|凌晨|傍晚|夜里|半夜)/.test(found);
			return [
				{
					from: index + skipped,
					to: index + found.length,
					day: hasDay && !onlyPart ? dayText(date) : null,
					hour: hasHour || part ? hourText(date) : null,
					rough: !hasHour,
					dated: start.isCertain("year"),
				},
			];
		});
}

const WEEKDAY = /(上上|上|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])/g;
const FULL = /(?<!\d)(20\d\d)[/.年-](\d{1,2})[/.月-](\d{1,2})(?:[日号]|(?!\d))/g;
const MONTH_DAY = new RegExp(
	`(?<![\\d.-])(?:(\\d{1,2})[/-](\\d{1,2})(?=\\s|[，,。]|$)|(\\d{1,2}|[${NUMERAL}]{1,3})月份?(\\d{1,2}|[${NUMERAL}]{1,3})[日号]?)`,
	"g",
);
const DAY = new RegExp(
	`(?<![\\d月路街道巷弄院${NUMERAL}])(\\d{1,2}|[${NUMERAL}]{1,3})号(?!线|楼|门|院|车|店|库|码|口|机|桌|铺|仓|柜|站|航)`,
	"g",
);

/** Days that chrono reads wrongly or not at all: weekdays with a part of the day, 20号, 2026/11/20, 11-20. */
function daysIn(text: string, wall: string): Part[] {
	const parts: Part[] = [];
	const put = (from: number, length: number, day: string | null, dated: boolean) => {
		const one = { from, to: from + length, day, hour: null, rough: true, dated };
		if (day !== null && !parts.some((other) => overlaps(one, other))) parts.push(one);
	};
	const [year, month] = wall.split("-").map(Number) as [number, number];
	for (const { found, from, groups } of matchesOf(text, FULL))
		put(from, found.length, dateText(Number(groups[0]), Number(groups[1]), Number(groups[2])), true);
	for (const { found, from, groups } of matchesOf(text, MONTH_DAY))
		put(
			from,
			found.length,
			dateText(
				year,
				numberOf(groups[0] || groups[2] || "") ?? 0,
				numberOf(groups[1] || groups[3] || "") ?? 0,
			),
			false,
		);
	for (const { found, from, groups } of matchesOf(text, WEEKDAY))
		put(from, found.length, weekday(groups[0] ?? "", groups[1] ?? "", wall), true);
	for (const { found, from, groups } of matchesOf(text, DAY))
		put(from, found.length, dayOfMonth(year, month, numberOf(groups[0] ?? "") ?? 0, wall), true);
	return parts;
}

/** Null when the calendar has no such day. */
function dateText(year: number, month: number, day: number): string | null {
	const text = `${year}-${two(month)}-${two(day)}`;
	return dayText(new Date(year, month - 1, day)) === text ? text : null;
}

/** 周三 is the last Wednesday that has come; 上周三 the one of the week before this. */
function weekday(which: string, letter: string, wall: string): string {
	const today = asLocal(wall);
	const wanted = "一二三四五六日".indexOf(letter === "天" ? "日" : letter);
	const here = (today.getDay() + 6) % 7;
	const back = here - wanted + ({ 上上: 14, 上: 7 }[which] ?? 0);
	return dayText(
		new Date(today.getFullYear(), today.getMonth(), today.getDate() - (back < 0 ? back + 7 : back)),
	);
}

/** 20号: of this month, or of the last one when it has not come yet. */
function dayOfMonth(year: number, month: number, day: number, wall: string): string | null {
	const here = dateText(year, month, day);
	if (here !== null && here <= wall.slice(0, 10)) return here;
	return month === 1 ? dateText(year - 1, 12, day) : dateText(year, month - 1, day);
}

/** A day and the hour said right beside it are one time. */
function joined(parts: readonly Part[], text: string): Part[] {
	const whole: Part[] = [];
	for (const part of parts) {
		const last = whole.at(-1);
		const between = last ? text.slice(last.to, part.from) : "";
		const beside =
			last !== undefined &&
			part.from >= last.to &&
			/^[\s的,，]{0,2}(?:at|around|about|大概|大约|差不多)?\s?$/.test(between);
		if (last && beside && last.hour === null && part.day === null)
			whole[whole.length - 1] = { ...last, to: part.to, hour: part.hour, rough: part.rough };
		else if (last && beside && last.day === null && part.hour === null)
			whole[whole.length - 1] = { ...last, to: part.to, day: part.day, dated: part.dated };
		else if (last && beside && last.rough && part.day === null && part.hour !== null && !part.rough)
			whole[whole.length - 1] = { ...last, to: part.to, hour: part.hour, rough: false };
		else whole.push(part);
	}
	return whole;
}

function picked({ from, to, day, hour, rough, dated }: Part, wall: string): Picked {
	const said = `${day ?? wall.slice(0, 10)}T${hour ?? "12:00"}`;
	return {
		kind: "time",
		value: said > wall ? past(said, wall, day, dated) : said,
		from,
		to,
		...(rough ? { rough: true } : {}),
	};
}

/** Not yet come: the year before for a date, the day before for an hour, and for this very day the present moment. */
function past(said: string, wall: string, day: string | null, dated: boolean): string {
	if (day === wall.slice(0, 10)) return wall;
	const date = asLocal(said);
	if (day === null) date.setDate(date.getDate() - 1);
	else if (!dated) date.setFullYear(date.getFullYear() - 1);
	return `${dayText(date)}T${hourText(date)}`;
}
