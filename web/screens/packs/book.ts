import type { Fillings } from "#engine/filling.ts";
import { formatMoney } from "#engine/money/format.ts";
import type { FactDeclaration } from "#engine/rules/facts.ts";
import type { Source } from "#engine/rules/table.ts";
import type { Duration } from "#engine/time/calendar.ts";
import type { Say } from "../../words.ts";
import type { WholePack } from "./whole.ts";

/** A pack being read: what its ids and figures are called. */
export interface Book {
	pack: WholePack;
	say: Say;
	/** A text of this room. */
	t: (key: string, fillings?: Fillings) => string;
	/** Whether the room has words for it. */
	has: (key: string) => boolean;
}

export function factOf({ pack }: Book, fact: string): FactDeclaration | undefined {
	return Object.hasOwn(pack.facts, fact) ? pack.facts[fact] : undefined;
}

export function factLabel(book: Book, fact: string): string {
	return book.say.bi(factOf(book, fact)?.label) || fact;
}

export function categoryName({ pack, say }: Book, id: string): string {
	return say.bi(pack.categories.categories.find((one) => one.id === id)?.name) || id;
}

export function seatName({ pack, say }: Book, id: string): string {
	return say.bi(pack.head.seats[id]?.name) || say.of("values", id);
}

export function causeName({ pack, say }: Book, id: string): string {
	return say.bi(pack.responsibility.causes[id]) || say.of("values", id);
}

export function recipeName({ pack, say }: Book, id: string): string {
	return say.bi(pack.evidence.recipes[id]?.name) || id;
}

/** A value that a fact holds, or that a column gives, as people say it. */
export function valueName(book: Book, of: string, value: unknown): string {
	const { pack, say } = book;
	const declared = factOf(book, of);
	if (typeof value === "boolean") return say.of("values", String(value));
	if (typeof value === "number")
		return declared?.type === "money" ? money(book, value) : `${value}${declared?.unit === "%" ? "%" : ""}`;
	if (Array.isArray(value)) return value.map((one) => valueName(book, of, one)).join(book.t("list-comma"));
	const word = String(value);
	if (of === "category") return categoryName(book, word);
	if (of === "group") return say.bi(pack.categories.groups[word]) || word;
	if (of === "cause") return causeName(book, word);
	if (of === "item") return say.of("items", word);
	if (of === "sanction") return say.of("sanctions", word);
	if (Object.hasOwn(pack.head.seats, word)) return seatName(book, word);
	const known = pack.categories.categories.some((one) => one.id === word);
	return known ? categoryName(book, word) : say.of("values", `${of}.${word}`);
}

/** What a column gives. A company's own column goes by its own name. */
export function columnName({ say, t, has }: Book, column: string): string {
	return has(`col-${column}`) ? t(`col-${column}`) : say.of("fields", column);
}

export function attemptName({ say, t, has }: Book, attempt: string): string {
	return has(`attempt-${attempt}`) ? t(`attempt-${attempt}`) : say.of("values", attempt);
}

export function money({ pack, say }: Book, amount: number): string {
	return formatMoney({ amount, currency: pack.currency }, say.language === "zh" ? "zh-CN" : "en");
}

/** "15 working hours" */
export function length(
	{ say, t }: Book,
	{ amount, unit, roll }: Pick<Duration, "amount" | "unit"> & { roll?: boolean | undefined },
): string {
	const text = t(`length-${unit}`, { count: amount });
	return roll ? t("rolled", { length: text }) : say.language === "en" && amount === 1 ? singular(text) : text;
}

function singular(text: string): string {
	return text.replace(/s$/, "");
}

/** When a calendar works: "Mon–Fri 9:00–12:00, 13:30–18:00; public holidays off". */
export function calendarText({ pack, t }: Book, name: string): string {
	const calendar = pack.clocks.calendars[name];
	if (!calendar) return name;
	const days = Object.entries(calendar.week).map(([day, windows]) => ({
		day,
		hours: windows
			.map(([from, to]) => (from === "00:00" && to === "24:00" ? "" : `${from}–${to}`))
			.join(t("list-comma")),
		works: windows.length > 0,
	}));
	if (days.every((one) => one.works && one.hours === "")) return t("always");
	const runs: { from: string; to: string; hours: string }[] = [];
	for (const { day, hours, works } of days) {
		const last = runs.at(-1);
		if (!works) continue;
		if (last && last.hours === hours && before(day) === last.to) last.to = day;
		else runs.push({ from: day, to: day, hours });
	}
	const said = runs.map(({ from, to, hours }) =>
		[from === to ? t(`day-${from}`) : t("from-to", { from: t(`day-${from}`), to: t(`day-${to}`) }), hours]
			.filter(Boolean)
			.join(" "),
	);
	return [said.join(t("list-semicolon")), calendar.holidays === "cn" ? t("holidays-cn") : ""]
		.filter(Boolean)
		.join(t("list-semicolon"));
}

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function before(day: string): string | undefined {
	return WEEK[WEEK.indexOf(day) - 1];
}

/** "Statute · Postal Act 41 · the original was read" */
export function sourceText({ say }: Book, { kind, ref, sure }: Source): string {
	return [say.of("values", `basis.${kind}`), ref, say.of("values", sure)].join(" · ");
}
