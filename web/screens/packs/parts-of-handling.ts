import type { Category, ClockRule } from "#engine/packs/schema.ts";
import { type Book, calendarText, causeName, length, recipeName, seatName, sourceText } from "./book.ts";
import { constantOf } from "./condition.ts";
import { ruleSection, sourceCell, whenCell } from "./rule-table.ts";
import type { Cell, Row, Section } from "./sections.ts";

/** The parts of a pack by which a complaint is taken in, graded, timed and looked into. */

export function categorySections(book: Book): Section[] {
	const { pack, say, t } = book;
	return Object.entries(pack.categories.groups).map(([group, name]) => ({
		id: `group-${group}`,
		part: "categories" as const,
		title: say.bi(name),
		head: [t("category"), t("grade"), t("who"), t("evidence"), t("verify"), t("source")],
		rows: pack.categories.categories
			.filter((one) => one.group === group)
			.map((one) => ({ key: one.id, cells: categoryCells(book, one) })),
	}));
}

function categoryCells(book: Book, one: Category): Cell[] {
	const { say, t, pack } = book;
	const tags = [
		one.onTheSpot && t("on-the-spot"),
		one.restricted && t("restricted"),
		one.directTalk && t("direct-talk"),
	].filter((tag) => tag !== false);
	return [
		{ strong: say.bi(one.name), under: say.bi(one.plain), tags },
		{ lines: [say.of("values", one.urgency), say.of("values", one.severity)] },
		{
			pairs: [
				[t("accuses"), one.accuses.map((seat) => seatName(book, seat)).join(t("list-comma")) || t("nobody")],
				[t("causes"), one.causes.map((cause) => causeName(book, cause)).join(t("list-comma"))],
			],
			...(one.keywords.length > 0 && {
				folded: { name: t("keywords-count", { count: one.keywords.length }), words: one.keywords },
			}),
		},
		{ lines: one.evidence.map((id) => recipeName(book, id)) },
		{
			lines: one.verify.map(({ fact, sources, least }) => {
				const of = sources.map((id) => say.bi(pack.evidence.sources[id]) || id).join(t("list-comma"));
				return t("verify-by", { fact: say.bi(pack.facts[fact]?.label) || fact, of, least });
			}),
		},
		{ source: one.source, text: sourceText(book, one.source) },
	];
}

export function evidenceSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { recipes, explanation, source } = pack.evidence;
	return [
		{
			id: "recipes",
			part: "categories",
			title: t("recipes"),
			about: t("explanation-time", { length: length(book, explanation) }),
			source: { source, text: sourceText(book, source) },
			head: [t("recipe"), t("from"), t("pieces")],
			rows: Object.entries(recipes).map(([id, recipe]) => ({
				key: `recipe ${id}`,
				cells: [
					{ strong: say.bi(recipe.name) },
					seatName(book, recipe.from),
					{
						lines: recipe.pieces.map((piece) =>
							[
								`${say.bi(piece.name)} (${say.of("values", piece.kind)}${piece.required ? ` · ${t("required")}` : ""})`,
								say.bi(piece.how),
							]
								.filter(Boolean)
								.join(" — "),
						),
					},
				],
			})),
		},
	];
}

export function routeSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { urgency, severity, route, flags } = pack.routes;
	return [
		ruleSection(book, "routes", t("urgency"), urgency),
		ruleSection(book, "routes", t("severity"), severity),
		ruleSection(book, "routes", t("route"), route),
		{
			id: "flags",
			part: "routes",
			title: t("flags"),
			head: [t("flag"), t("effect")],
			rows: flags.map((one) => ({
				key: one.id,
				cells: [say.bi(one.name), one.restricts ? t("restricts") : ""],
			})),
		},
		contactSection(book),
	];
}

function contactSection(book: Book): Section {
	const { t, pack } = book;
	const { perDay, inAll, quiet, directTalk, unreachable, source } = pack.contact;
	const rows: [string, string][] = [
		[t("per-day"), t("times", { count: perDay })],
		[t("in-all"), t("times", { count: inAll })],
		[t("quiet"), quiet.join("–")],
		[t("direct-talk-time"), length(book, directTalk)],
		[t("unreachable"), t("unreachable-after", { ...unreachable })],
	];
	return {
		id: "contact",
		part: "routes",
		title: t("contact"),
		source: { source, text: sourceText(book, source) },
		head: [t("rule"), t("figure")],
		rows: rows.map(([name, figure]) => ({ key: name, cells: [name, figure] })),
	};
}

/** Clocks as one table: a row for every length that a clock may have. */
export function clockSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const kinds = ["statutory", "promise", "internal"] as const;
	return [
		...kinds.map((kind) => ({
			id: `clocks-${kind}`,
			part: "clocks" as const,
			title: say.of("clockKinds", kind),
			head: [t("clock"), t("runs"), t("when"), t("length"), t("source")],
			rows: pack.clocks.clocks.filter((one) => one.kind === kind).flatMap((one) => clockRows(book, one)),
		})),
		{
			id: "calendars",
			part: "clocks",
			title: t("calendars"),
			head: [t("calendar"), t("hours")],
			rows: Object.keys(pack.clocks.calendars).map((name) => ({
				key: `calendar ${name}`,
				cells: [
					t(`calendar-${name}` in WORDED ? `calendar-${name}` : "calendar-other", { name }),
					calendarText(book, name),
				],
			})),
		},
	];
}

const WORDED = { "calendar-always": true, "calendar-office": true, "calendar-team": true };

function clockRows(book: Book, clock: ClockRule): Row[] {
	const { say, t } = book;
	const moment = (name: string) => say.of("moments", name);
	const ladder = clock.escalate.map(({ after, to }) =>
		t("escalates", { after: length(book, after), to: say.of("values", to) }),
	);
	const runs: Cell = {
		pairs: [
			[t("starts"), moment(clock.starts)],
			[t("stops"), clock.stops.map(moment).join(t("or-comma"))],
			[t("warns"), clock.warn.map((one) => `${one}%`).join(" · ")],
			...(ladder.length > 0 ? [[t("after-due"), ladder.join(t("list-semicolon"))] as [string, string]] : []),
		],
	};
	return clock.lasts.rows.map((row, n) => ({
		key: `${clock.lasts.table}/${row.id}`,
		cells: [
			n === 0 ? { strong: say.bi(clock.label), tags: [] } : "",
			n === 0 ? runs : "",
			whenCell(book, clock.lasts.hit, row),
			lengthCell(book, row.gives),
			sourceCell(book, row),
		],
	}));
}

function lengthCell(book: Book, gives: ClockRule["lasts"]["rows"][number]["gives"]): Cell {
	const amount = constantOf(book, gives.amount);
	const unit = constantOf(book, gives.unit);
	const calendar = constantOf(book, gives.calendar);
	if (typeof amount !== "number" || typeof unit !== "string") return "";
	return {
		strong: length(book, { amount, unit: unit as "hours" }),
		under: calendarText(book, String(calendar)),
	};
}
