import type { Source } from "#engine/rules/table.ts";
import { type Book, categoryName, length, money, sourceText } from "./book.ts";
import { ruleSection } from "./rule-table.ts";
import type { Cell, Section } from "./sections.ts";

/** The parts of a pack by which fault is found, made good, approved, and told to the reputation. */

export function faultSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { faults, causes } = pack.responsibility;
	return [
		ruleSection(book, "fault", t("fault"), faults),
		{
			id: "causes",
			part: "fault",
			title: t("causes"),
			head: [t("cause")],
			rows: Object.entries(causes).map(([id, name]) => ({ key: `cause ${id}`, cells: [say.bi(name)] })),
		},
	];
}

export function remedySections(book: Book): Section[] {
	const { pack, t } = book;
	const { remedies, worker, signAbove, offerStands, rounds } = pack.remedies;
	return [
		ruleSection(book, "remedies", t("remedies"), remedies),
		ruleSection(book, "remedies", t("worker-offers"), worker),
		figures(book, "remedies", t("offers"), [
			[t("sign-above"), money(book, signAbove.amount), signAbove.source],
			[t("offer-stands"), length(book, offerStands)],
			[t("rounds"), t("times", { count: rounds })],
		]),
	];
}

export function approvalSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { limits, duty, ladder } = pack.approvals;
	return [
		ruleSection(book, "approvals", t("limits"), limits),
		figures(book, "approvals", t("duty"), [
			[t("duty-amount"), money(book, duty.amount), duty.source],
			[t("ratify-within"), length(book, duty.ratifyWithin)],
			[t("ladder"), ladder.map((one) => say.of("values", one)).join(" → ")],
		]),
	];
}

export function reputationSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { score, sanctions, praise, block, blacklist } = pack.reputation;
	const source = (one: Source): Cell => ({ source: one, text: sourceText(book, one) });
	return [
		{
			id: "score",
			part: "reputation",
			title: t("score"),
			about: t("score-about", {
				base: score.base,
				months: score.months,
				floor: score.floor,
				ceiling: score.ceiling,
			}),
			source: { source: score.source, text: sourceText(book, score.source) },
			head: [t("points-from"), t("score-grade"), t("dispatch")],
			rows: score.grades.map((one) => ({
				key: `grade ${one.least}`,
				cells: [String(one.least), say.bi(one.name), say.bi(one.dispatch)],
			})),
		},
		ruleSection(book, "reputation", t("sanctions"), sanctions),
		ruleSection(book, "reputation", t("praise"), praise),
		{
			id: "barring",
			part: "reputation",
			title: t("barring"),
			head: [t("rule"), t("figure"), t("source")],
			rows: [
				{
					key: "block",
					cells: [t("block"), t("block-months", { count: block.months }), source(block.source)],
				},
				{
					key: "blacklist",
					cells: [
						t("blacklist"),
						{
							lines: [
								t("blacklist-about", {
									least: blacklist.least,
									percent: blacklist.percent,
									withinDays: blacklist.withinDays,
								}),
								t("blacklist-days", {
									days: blacklist.ladderDays.map((one) => one || t("for-good")).join(" → "),
								}),
								say.bi(blacklist.limits),
							],
						},
						source(blacklist.source),
					],
				},
			],
		},
	];
}

export function followUpSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { schedule, questions, target, attempts, waivers } = pack.followUp;
	return [
		ruleSection(book, "follow-up", t("schedule"), schedule, t("schedule-about")),
		{
			id: "questions",
			part: "follow-up",
			title: t("questions"),
			head: [t("question"), t("about")],
			rows: questions.map((one) => ({
				key: `question ${one.id}`,
				cells: [say.bi(one.ask), t(`about-${one.about}`)],
			})),
		},
		figures(book, "follow-up", t("target"), [
			[t("target-percent"), `${target.percent}%`, target.source],
			[t("attempts"), t("times", { count: attempts })],
			...Object.values(waivers).map((one): [string, string] => [t("waiver"), say.bi(one)]),
		]),
	];
}

export function appealSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { respondent, complainant, banWindow, grounds } = pack.appeals;
	const rows = [
		{ who: t("appeal-respondent"), ...respondent },
		{ who: t("appeal-complainant"), ...complainant },
	];
	return [
		{
			id: "windows",
			part: "appeals",
			title: t("windows"),
			about: t("ban-window", { length: length(book, banWindow) }),
			head: [t("who-may"), t("window"), t("supplement"), t("decide"), t("source")],
			rows: rows.map(({ who, window, supplement, decide, source }) => ({
				key: who,
				cells: [
					who,
					length(book, window),
					length(book, supplement),
					length(book, decide),
					{ source, text: sourceText(book, source) },
				],
			})),
		},
		{
			id: "grounds",
			part: "appeals",
			title: t("grounds"),
			head: [t("ground")],
			rows: Object.entries(grounds).map(([id, name]) => ({ key: `ground ${id}`, cells: [say.bi(name)] })),
		},
	];
}

export function bodySections(book: Book): Section[] {
	const { pack, say, t } = book;
	return [
		{
			id: "bodies",
			part: "bodies",
			title: t("bodies"),
			head: [t("body"), t("answer-within"), t("refer"), t("source")],
			rows: Object.entries(pack.proceedings.bodies).map(([id, one]) => ({
				key: `body ${id}`,
				cells: [
					{ strong: say.bi(one.name), under: say.of("values", one.kind) },
					one.answer ? length(book, one.answer) : t("as-they-say"),
					say.bi(one.refer),
					{ source: one.source, text: sourceText(book, one.source) },
				],
			})),
		},
	];
}

export function improvementSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const { doNot, checklists, training, actions, repeat } = pack.improvement;
	return [
		{
			id: "do-not",
			part: "improvement",
			title: t("do-not"),
			head: [t("place"), t("do-not-what"), t("for-categories"), t("source")],
			rows: doNot.map((one) => ({
				key: one.id,
				cells: [
					placeName(book, one.place),
					say.bi(one.text),
					one.categories.map((id) => categoryName(book, id)).join(t("list-comma")) || t("all-categories"),
					{ source: one.source, text: sourceText(book, one.source) },
				],
			})),
		},
		lists(book, "checklists", t("checklists"), checklists, (one) => one.items.map((item) => say.bi(item))),
		lists(book, "training", t("training"), training, (one) => [
			...one.cards.map((card) => say.bi(card)),
			...one.questions.map(({ ask, options, right }) => `${say.bi(ask)} → ${say.bi(options[right])}`),
			t("pass", { percent: one.pass }),
		]),
		figures(book, "improvement", t("actions"), [
			[t("within"), length(book, actions.within)],
			[t("verify-after"), length(book, actions.verifyAfter)],
			[t("repeat"), t("repeat-about", { ...repeat })],
		]),
	];
}

function placeName({ t, pack, say }: Book, place: string): string {
	const named = ["lounge", "dispatch", "desk", "road", "warehouse"].includes(place);
	return named ? t(`place-${place}`, { worker: say.bi(pack.head.words.worker) }) : place;
}

function lists<One extends { name: { zh: string; en: string } }>(
	{ say, t }: Book,
	id: string,
	title: string,
	of: Record<string, One>,
	lines: (one: One) => string[],
): Section {
	return {
		id,
		part: "improvement",
		title,
		head: [t("name"), t("content")],
		rows: Object.entries(of).map(([key, one]) => ({
			key: `${id} ${key}`,
			cells: [{ strong: say.bi(one.name) }, { lines: lines(one) }],
		})),
	};
}

export function guardSections(book: Book): Section[] {
	const { pack, say, t } = book;
	const kinds = [...new Set(pack.guard.phrases.map((one) => one.kind))];
	return kinds.map((kind) => ({
		id: `guard-${kind}`,
		part: "guard" as const,
		title: say.of("values", kind),
		head: [t("phrases"), t("instead"), t("what-happens"), t("source")],
		rows: pack.guard.phrases
			.filter((one) => one.kind === kind)
			.map((one) => ({
				key: one.id,
				cells: [
					one.phrases.join(t("list-comma")),
					say.bi(one.instead),
					say.of("values", `act.${one.act}`),
					{ source: one.source, text: sourceText(book, one.source) },
				],
			})),
	}));
}

/** Single figures with their sources. */
function figures(
	book: Book,
	part: Section["part"],
	title: string,
	rows: readonly (readonly [string, string, Source?])[],
): Section {
	const { t } = book;
	return {
		id: `${part}-figures`,
		part,
		title,
		head: [t("rule"), t("figure"), t("source")],
		rows: rows.map(([name, figure, source]) => ({
			key: `${part} ${name} ${figure}`,
			cells: [name, figure, source ? { source, text: sourceText(book, source) } : ""],
		})),
	};
}
