import { SANCTIONS } from "../case.ts";
import type { FactSheet } from "../rules/facts.ts";
import type { RuleTable } from "../rules/table.ts";
import { Duration } from "../time/calendar.ts";
import type { PackProblem } from "./load.ts";
import { ItemKind, type Pack } from "./schema.ts";
import { LETTERS, NOTICES, PLACEHOLDERS, type Wording } from "./wording.ts";

/** Bearers and share holders that are not seats. */
const NOBODY = ["unknown", "force-majeure", "customer", "company"];

/** What each table must give, so that the engine finds what it reads. */
const GIVES: readonly { file: string; table: (pack: Pack) => RuleTable; results: readonly string[] }[] = [
	{ file: "routes", table: (pack) => pack.routes.urgency, results: ["urgency"] },
	{ file: "routes", table: (pack) => pack.routes.severity, results: ["severity"] },
	{
		file: "routes",
		table: (pack) => pack.routes.route,
		results: ["fault", "investigation", "firstContact", "onTheSpot", "confirm", "team"],
	},
	{
		file: "responsibility",
		table: (pack) => pack.responsibility.faults,
		results: ["liable", "shares", "cause"],
	},
	{ file: "remedies", table: (pack) => pack.remedies.remedies, results: ["item", "amount", "bearer"] },
	{ file: "remedies", table: (pack) => pack.remedies.worker, results: ["item", "ceiling"] },
	{ file: "approvals", table: (pack) => pack.approvals.limits, results: ["by", "level"] },
	{
		file: "reputation",
		table: (pack) => pack.reputation.sanctions,
		results: ["sanction", "points", "days", "subject"],
	},
	{
		file: "reputation",
		table: (pack) => pack.reputation.praise,
		results: ["sanction", "points", "days", "subject"],
	},
	{
		file: "follow-up",
		table: (pack) => pack.followUp.schedule,
		results: ["afterAmount", "afterUnit", "attempt"],
	},
];

/** Everything that one file of a pack says of another: ids that must exist, texts that must be there in both languages. */
export function crossCheck(pack: Pack, sheet: FactSheet): PackProblem[] {
	const problems: PackProblem[] = [];
	const say = (file: string, at: string, problem: string) => problems.push({ file, at, problem });
	for (const { file, table, results } of GIVES)
		for (const result of results)
			if (!(result in table(pack).gives)) say(file, table(pack).table, `the table must give "${result}"`);
	checkWords(pack, say);
	checkEndings(pack, say);
	checkCategories(pack, sheet, say);
	checkClocks(pack, say);
	checkBearers(pack, say);
	checkWording(pack, say);
	if (!pack.clocks.calendars[pack.approvals.duty.calendar])
		say("approvals", "duty.calendar", "no such calendar in clocks");
	for (const [id, one] of Object.entries(pack.improvement.training))
		for (const question of one.questions)
			if (question.right < 0 || question.right >= question.options.length)
				say("improvement", `training.${id}`, "the right answer is not among the options");
	return problems;
}

type Say = (file: string, at: string, problem: string) => void;

const UNITS = Duration.shape.unit.options;
/** Words that the engine reads out of tables: a fixed word in a row must be one of them. */
const WORDS: readonly {
	file: string;
	table: (pack: Pack) => RuleTable;
	words: Record<string, readonly string[]>;
}[] = [
	{
		file: "routes",
		table: (pack) => pack.routes.urgency,
		words: { urgency: ["critical", "urgent", "ordinary"] },
	},
	{ file: "routes", table: (pack) => pack.routes.severity, words: { severity: ["A", "B", "C"] } },
	{
		file: "routes",
		table: (pack) => pack.routes.route,
		words: {
			investigation: ["full", "short", "none"],
			firstContact: ["worker", "outlet", "desk"],
			team: ["desk", "safety", "dedicated"],
		},
	},
	{
		file: "approvals",
		table: (pack) => pack.approvals.limits,
		words: { by: ["none", "duty", "approve", "head-office", "outside"] },
	},
	{
		file: "reputation",
		table: (pack) => pack.reputation.sanctions,
		words: { sanction: SANCTIONS, subject: ["worker", "customer"] },
	},
	{
		file: "reputation",
		table: (pack) => pack.reputation.praise,
		words: { sanction: SANCTIONS, subject: ["worker", "customer"] },
	},
	{ file: "follow-up", table: (pack) => pack.followUp.schedule, words: { afterUnit: UNITS } },
];

function checkWords(pack: Pack, say: Say): void {
	const clocks = pack.clocks.clocks.map((one) => ({
		file: "clocks",
		table: () => one.lasts,
		words: { unit: UNITS } as Record<string, readonly string[]>,
	}));
	for (const { file, table, words } of [...WORDS, ...clocks])
		for (const row of table(pack).rows)
			for (const [column, known] of Object.entries(words)) {
				const word = fixedWord(row.gives[column]);
				if (word !== null && !known.includes(word))
					say(file, `${row.id}.${column}`, `"${word}" is none of ${known.join(", ")}`);
			}
}

/** The word of a cell that is nothing but a word in quotes; null where it is reckoned. */
function fixedWord(cell: unknown): string | null {
	return typeof cell === "string" ? (/^(["'])([^"']*)\1$/.exec(cell)?.[2] ?? null) : null;
}

/** Every case has a route and every sum somebody who may give it: these tables end in a row that always holds. */
function checkEndings(pack: Pack, say: Say): void {
	const { urgency, severity, route } = pack.routes;
	const tables = [
		...[urgency, severity, route].map((table) => ({ file: "routes", table })),
		{ file: "approvals", table: pack.approvals.limits },
	];
	for (const { file, table } of tables) {
		const last = table.rows.at(-1);
		if (last?.when !== "true" || last.from || last.to)
			say(file, table.table, 'the last row must hold always: when "true", without dates');
	}
}

function checkCategories(pack: Pack, sheet: FactSheet, say: Say): void {
	const seen = new Set<string>();
	for (const one of pack.categories.categories) {
		if (seen.has(one.id)) say("categories", one.id, "the id is used twice");
		seen.add(one.id);
		if (!pack.categories.groups[one.group]) say("categories", one.id, `no group "${one.group}"`);
		for (const seat of one.accuses)
			if (!pack.head.seats[seat]) say("categories", one.id, `no seat "${seat}" in pack.yaml`);
		for (const recipe of one.evidence)
			if (!pack.evidence.recipes[recipe]) say("categories", one.id, `no recipe "${recipe}" in evidence.yaml`);
		for (const cause of one.causes)
			if (!pack.responsibility.causes[cause])
				say("categories", one.id, `no cause "${cause}" in responsibility.yaml`);
		for (const wanted of one.verify) {
			if (!sheet[wanted.fact]) say("categories", one.id, `no fact "${wanted.fact}"`);
			if (wanted.least > wanted.sources.length)
				say(
					"categories",
					one.id,
					`${wanted.fact}: at least ${wanted.least} of ${wanted.sources.length} sources`,
				);
			for (const source of wanted.sources)
				if (!pack.evidence.sources[source])
					say("categories", one.id, `no source "${source}" in evidence.yaml`);
		}
	}
	if (!seen.has("other")) say("categories", "", 'there must be a category "other"');
	if (!pack.head.seats.company) say("pack", "seats", 'there must be a seat "company"');
	for (const name of ["injury", "minor", "harassment"])
		if (!pack.routes.flags.some((flag) => flag.id === name))
			say("routes", "flags", `there must be a flag "${name}"`);
}

function checkClocks(pack: Pack, say: Say): void {
	const names = new Set<string>();
	for (const one of pack.clocks.clocks) {
		if (names.has(one.name)) say("clocks", one.name, "the name is used twice");
		names.add(one.name);
		for (const result of ["amount", "unit", "calendar"])
			if (!(result in one.lasts.gives)) say("clocks", one.name, `the table must give "${result}"`);
		for (const row of one.lasts.rows) {
			const named = String(row.gives.calendar ?? "").replaceAll(/["']/g, "");
			if (!pack.clocks.calendars[named]) say("clocks", `${one.name}.${row.id}`, `no calendar "${named}"`);
		}
	}
	for (const name of ["first-contact", "resolve", "follow-up", "appeal-decision"])
		if (!names.has(name)) say("clocks", "", `there must be a clock "${name}"`);
}

function checkBearers(pack: Pack, say: Say): void {
	for (const row of pack.responsibility.faults.rows) {
		const shares = row.gives.shares;
		if (typeof shares !== "object") continue;
		for (const seat of Object.keys(shares))
			if (!pack.head.seats[seat] && !NOBODY.includes(seat))
				say("responsibility", row.id, `no seat "${seat}"`);
	}
	const kinds = ItemKind.options as readonly string[];
	for (const table of [pack.remedies.remedies, pack.remedies.worker])
		for (const row of table.rows) {
			const item = String(row.gives.item ?? "").replaceAll(/["']/g, "");
			if (!kinds.includes(item)) say("remedies", row.id, `no kind of item "${item}": ${kinds.join(", ")}`);
			const bearer = row.gives.bearer === undefined ? null : String(row.gives.bearer).replaceAll(/["']/g, "");
			if (bearer && !pack.head.seats[bearer]) say("remedies", row.id, `no seat "${bearer}" to bear it`);
		}
}

function checkWording(pack: Pack, say: Say): void {
	const files = { "wording/zh-CN": pack.wording.zh, "wording/en": pack.wording.en };
	for (const [file, wording] of Object.entries(files)) {
		for (const letter of LETTERS) if (!wording.letters[letter]) say(file, "letters", `no letter "${letter}"`);
		for (const notice of NOTICES) if (!wording.notices[notice]) say(file, "notices", `no notice "${notice}"`);
		for (const { at, text } of textsOf(wording))
			for (const [, name] of text.matchAll(/\{\{([^}]*)\}\}/g))
				if (!(PLACEHOLDERS as readonly string[]).includes(name ?? ""))
					say(file, at, `{{${name}}} is no placeholder`);
	}
	const zh = new Set(textsOf(pack.wording.zh).map((one) => one.at));
	const en = new Set(textsOf(pack.wording.en).map((one) => one.at));
	for (const at of zh) if (!en.has(at)) say("wording/en", at, "missing; it is there in zh-CN");
	for (const at of en) if (!zh.has(at)) say("wording/zh-CN", at, "missing; it is there in en");
}

/** Every text of a wording file with its place; talk-tracks count by track, as the lines may differ by language. */
function textsOf(wording: Wording): { at: string; text: string }[] {
	const talk = Object.entries(wording.talk).flatMap(([step, sides]) =>
		Object.entries(sides ?? {}).flatMap(([side, tracks]) =>
			(tracks ?? []).map((track) => ({
				at: `talk.${step}.${side}.${track.id}`,
				text: track.lines.map((line) => `${line.act} ${line.say}`).join("\n"),
			})),
		),
	);
	const letters = Object.entries(wording.letters).map(([key, letter]) => ({
		at: `letters.${key}`,
		text: `${letter.subject}\n${letter.body}`,
	}));
	const notices = Object.entries(wording.notices).map(([key, text]) => ({ at: `notices.${key}`, text }));
	return [...talk, ...letters, ...notices];
}
