import type { Trial } from "#engine/packs/try.ts";
import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Explanation, Hit } from "#engine/rules/evaluate.ts";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";
import {
	attemptName,
	type Book,
	calendarText,
	categoryName,
	causeName,
	columnName,
	factLabel,
	length,
	money,
	sourceText,
	valueName,
} from "../book.ts";
import { constantOf } from "../condition.ts";
import type { PackPart } from "../pack-search.ts";

/** One thing that came out, why, and the rule it came from. */
export interface Line {
	text: string;
	/** The facts that decided, or how it was reckoned. */
	why?: string;
	source?: string;
	rule?: { part: PackPart; row: string };
}

export interface Outcome {
	/** Its name among the words of the room, after `res-`. */
	key:
		| "category"
		| "grade"
		| "route"
		| "due"
		| "fault"
		| "remedies"
		| "approval"
		| "sanctions"
		| "follow-ups";
	lines: Line[];
}

/** What a pack makes of a situation, in words: the same order as a case goes through it. */
export function outcomesOf(book: Book, trial: Trial): Outcome[] {
	const { pack, say, t } = book;
	const { category, urgency, severity } = trial;
	const why = (table: string, part: PackPart) => explained(book, trial, table, part);
	return [
		{
			key: "category",
			lines: [
				{
					text: categoryName(book, category.id),
					...(category.because.length > 0 && {
						why: t("because", { words: category.because.join(t("list-comma")) }),
					}),
				},
			],
		},
		{
			key: "grade",
			lines: [
				...(urgency
					? [{ text: say.of("values", urgency), ...why(pack.routes.urgency.table, "routes") }]
					: []),
				...(severity
					? [{ text: say.of("values", severity), ...why(pack.routes.severity.table, "routes") }]
					: []),
			],
		},
		{ key: "route", lines: routeLines(book, trial) },
		{ key: "due", lines: dueLines(book, trial) },
		{ key: "fault", lines: trial.fault ? [faultLine(book, trial.fault)] : [] },
		{ key: "remedies", lines: trial.remedies.map((hit) => remedyLine(book, hit)) },
		{
			key: "approval",
			lines: trial.approval
				? [
						{
							text: trial.approval === "none" ? t("by-none") : valueName(book, "by", trial.approval),
							...why(pack.approvals.limits.table, "approvals"),
						},
					]
				: [],
		},
		{ key: "sanctions", lines: trial.sanctions.map((hit) => sanctionLine(book, hit)) },
		{ key: "follow-ups", lines: trial.followUps.map((one) => ({ text: attemptName(book, one) })) },
	];
}

function explained(book: Book, trial: Trial, table: string, part: PackPart): Omit<Line, "text"> {
	const explanation = trial.explanations.find((one) => one.table === table);
	return explanation ? ruleOf(book, explanation, part) : {};
}

function ruleOf(book: Book, { table, row, inputs, source }: Explanation, part: PackPart): Omit<Line, "text"> {
	const why = inputs
		.map(({ fact, value }) =>
			book.t("name-is", { name: factLabel(book, fact), value: valueName(book, fact, value) }),
		)
		.join(book.t("list-semicolon"));
	return { ...(why && { why }), source: sourceText(book, source), rule: { part, row: `${table}/${row}` } };
}

function routeLines(book: Book, trial: Trial): Line[] {
	if (!trial.route) return [];
	const text = Object.entries(trial.route)
		.map(([column, value]) =>
			book.t("name-is", { name: columnName(book, column), value: valueName(book, column, value) }),
		)
		.join(" · ");
	return [{ text, ...explained(book, trial, book.pack.routes.route.table, "routes") }];
}

/** The earliest first; those that don't run together at the end. */
function dueLines(book: Book, trial: Trial): Line[] {
	const { pack, say, t } = book;
	const clocks = pack.clocks.clocks.filter((one) => trial.due[one.name] !== undefined);
	const running = clocks
		.filter((one) => trial.due[one.name] !== "none")
		.toSorted((a, b) => (String(trial.due[a.name]) < String(trial.due[b.name]) ? -1 : 1));
	const idle = clocks.filter((one) => trial.due[one.name] === "none").map((one) => say.bi(one.label));
	const lines = running.map((clock): Line => {
		const explanation = trial.explanations.find((one) => one.table === clock.lasts.table);
		const row = clock.lasts.rows.find((one) => one.id === explanation?.row);
		const amount = constantOf(book, row?.gives.amount);
		const unit = constantOf(book, row?.gives.unit);
		const runs =
			typeof amount === "number" && typeof unit === "string"
				? [
						length(book, { amount, unit: unit as "hours" }),
						calendarText(book, String(constantOf(book, row?.gives.calendar))),
					].join(" · ")
				: "";
		return {
			text: t("name-is", {
				name: say.bi(clock.label),
				value: dueText(book, String(trial.due[clock.name])),
			}),
			...(explanation ? ruleOf(book, explanation, "clocks") : {}),
			why: [say.of("clockKinds", clock.kind), runs].filter(Boolean).join(" · "),
		};
	});
	return idle.length > 0
		? [...lines, { text: t("runs-not", { clocks: idle.join(t("list-comma")) }) }]
		: lines;
}

/** In the pack's zone; an end at midnight is told as the end of the day before. */
export function dueText({ pack, say, t }: Book, at: Instant): string {
	const day = new Intl.DateTimeFormat(say.language === "zh" ? "zh-CN" : "en-GB", {
		...{ timeZone: pack.zone, year: "numeric", month: "short", day: "numeric", weekday: "short" },
	});
	const time = clockTimeIn(at, pack.zone);
	if (time !== "00:00") return `${day.format(new Date(at))} ${time}`;
	return t("end-of", { day: day.format(new Date(epochOf(at) - 1)) });
}

function faultLine(book: Book, hit: Hit): Line {
	const shares = Object.entries(hit.values.shares as Record<string, number>)
		.map(([seat, percent]) => `${valueName(book, "seat", seat)} ${percent}%`)
		.join(book.t("list-comma"));
	return {
		text: `${shares} · ${causeName(book, String(hit.values.cause))}`,
		...ruleOf(book, hit.explanation, "fault"),
	};
}

function remedyLine(book: Book, hit: Hit): Line {
	const { pack, say } = book;
	const count = Number(hit.values.count ?? 1) > 1 ? ` ×${hit.values.count}` : "";
	const amount = Number(hit.values.amount ?? 0);
	const sum = renderArithmetic(hit.explanation, pack.facts, say.language, pack.currency);
	const bearer = book.t("name-is", {
		name: columnName(book, "bearer"),
		value: valueName(book, "seat", String(hit.values.bearer)),
	});
	return {
		...ruleOf(book, hit.explanation, "remedies"),
		text: [
			`${say.of("items", String(hit.values.item))}${count}${amount > 0 ? ` ${money(book, amount)}` : ""}`,
			hit.legal ? say.of("values", hit.legal) : "",
		]
			.filter(Boolean)
			.join(" · "),
		why: [amount > 0 ? sum : "", bearer].filter(Boolean).join(" · "),
	};
}

function sanctionLine(book: Book, hit: Hit): Line {
	const { say, t } = book;
	const points = Number(hit.values.points);
	const days = Number(hit.values.days);
	return {
		text: [
			say.of("sanctions", String(hit.values.sanction)),
			points === 0 ? "" : t("points", { points: points > 0 ? `+${points}` : points }),
			days > 0 ? length(book, { amount: days, unit: "calendar-days" }) : "",
			valueName(book, "subject", String(hit.values.subject)),
		]
			.filter(Boolean)
			.join(" · "),
		...ruleOf(book, hit.explanation, "reputation"),
	};
}
