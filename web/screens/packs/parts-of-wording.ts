import { type Book, categoryName, seatName } from "./book.ts";
import type { Section } from "./sections.ts";

/** Seats stand with the words of the trade. */
export function wordingSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { talk, letters, notices } = pack.wording[say.language];
	const tracks = Object.entries(talk).flatMap(([step, sides]) =>
		Object.entries(sides ?? {}).flatMap(([side, ones]) =>
			(ones ?? []).map((one) => ({ step, side, ...one })),
		),
	);
	return [
		{
			id: "trade-words",
			part: "wording",
			title: t("trade-words"),
			head: [t("word"), t("in-this-trade")],
			rows: [
				...Object.entries(pack.head.words).map(([id, name]) => ({
					key: `word ${id}`,
					cells: [t(`word-${id}`), say.bi(name)],
				})),
				...Object.keys(pack.head.seats).map((id) => ({
					key: `seat ${id}`,
					cells: [say.of("sides", pack.head.seats[id]?.side ?? "other"), seatName(book, id)],
				})),
			],
		},
		{
			id: "talk",
			part: "wording",
			title: t("talk"),
			head: [t("talk-for"), t("talk-lines")],
			rows: tracks.map((one) => ({
				key: `talk ${one.step} ${one.side} ${one.id}`,
				cells: [
					{
						strong: one.title,
						under: `${say.of("steps", one.step)} · ${t(`talk-${one.side}`)}`,
						tags: one.for.map((id) => say.bi(pack.categories.groups[id]) || categoryName(book, id)),
					},
					{ pairs: one.lines.map((line): [string, string] => [line.act, withBlanks(book, line.say)]) },
				],
			})),
		},
		{
			id: "letters",
			part: "wording",
			title: t("letters"),
			head: [t("name"), t("content")],
			rows: Object.entries(letters).map(([id, one]) => ({
				key: `letter ${id}`,
				cells: [
					{ strong: withBlanks(book, one.subject) },
					{ lines: withBlanks(book, one.body.trim()).split("\n") },
				],
			})),
		},
		{
			id: "notices",
			part: "wording",
			title: t("notices"),
			head: [t("content")],
			rows: Object.entries(notices).map(([id, one]) => ({
				key: `notice ${id}`,
				cells: [withBlanks(book, one)],
			})),
		},
	];
}

/** What is put into a text when it is used, by its name in brackets; a trade's own words as they are. */
function withBlanks({ pack, say, t }: Book, text: string): string {
	const own: Record<string, { zh: string; en: string } | undefined> = pack.head.words;
	const named = (name: string) =>
		say.bi(own[name]) || (BLANKS.has(name) ? t("blank", { what: t(`blank-${name}`) }) : "…");
	// what stands in square brackets is left out where nothing is known
	return text.replaceAll(/[[\]]/g, "").replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => named(name));
}

const BLANKS: ReadonlySet<string> = new Set([
	...[
		"number",
		"due",
		"link",
		"reason",
		"amount",
		"finding",
		"steps",
		"handler",
		"arithmetic",
		"rule",
		"grounds",
	],
	...["company", "restated", "days", "category", "body", "date", "phone", "points", "count", "clock", "item"],
	...["time", "name", "total", "ceiling", "least", "most"],
]);
