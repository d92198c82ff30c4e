import type { z } from "zod";
import { checkTable } from "../rules/check.ts";
import { compileTable } from "../rules/evaluate.ts";
import { FactSheet } from "../rules/facts.ts";
import type { RuleTable } from "../rules/table.ts";
import { crossCheck } from "./check.ts";
import type { LoadedPack } from "./loaded.ts";
import { type Pack, PackFiles } from "./schema.ts";
import { Wording } from "./wording.ts";

/** What is wrong with a pack: which file, where in it, and what was expected. */
export interface PackProblem {
	file: string;
	at: string;
	problem: string;
}

/** The files of a pack folder by name without extension (`wording/zh-CN` too), read but not yet believed. */
export type RawPack = Record<string, unknown>;

export type PackLoading = { ok: true; pack: LoadedPack } | { ok: false; problems: PackProblem[] };

/**
 * Parses every file of a pack, cross-checks them and compiles the rule tables.
 * @param commonFacts packs/common/facts.yaml as read
 * @returns the pack, or every problem found, each naming its file and place
 */
export function loadPack(raw: RawPack, commonFacts: unknown): PackLoading {
	const problems: PackProblem[] = [];
	const part = <S extends z.ZodType>(file: string, schema: S): z.output<S> | null => {
		if (raw[file] === undefined) {
			problems.push({ file, at: "", problem: "the file is missing" });
			return null;
		}
		const parsed = schema.safeParse(raw[file]);
		if (parsed.success) return parsed.data;
		for (const issue of parsed.error.issues)
			problems.push({ file, at: issue.path.join("."), problem: issue.message });
		return null;
	};
	const data = {
		head: part("pack", PackFiles.pack),
		categories: part("categories", PackFiles.categories),
		routes: part("routes", PackFiles.routes),
		clocks: part("clocks", PackFiles.clocks),
		contact: part("contact", PackFiles.contact),
		evidence: part("evidence", PackFiles.evidence),
		responsibility: part("responsibility", PackFiles.responsibility),
		remedies: part("remedies", PackFiles.remedies),
		approvals: part("approvals", PackFiles.approvals),
		reputation: part("reputation", PackFiles.reputation),
		followUp: part("follow-up", PackFiles["follow-up"]),
		appeals: part("appeals", PackFiles.appeals),
		proceedings: part("proceedings", PackFiles.proceedings),
		improvement: part("improvement", PackFiles.improvement),
		guard: part("guard", PackFiles.guard),
		wording: { zh: part("wording/zh-CN", Wording), en: part("wording/en", Wording) },
	};
	const common = FactSheet.safeParse(commonFacts);
	if (!common.success) problems.push({ file: "common/facts", at: "", problem: common.error.message });
	if (problems.length > 0 || !common.success) return { ok: false, problems };
	return compilePack(data as Pack, common.data);
}

/** Where each rule table of a pack stands. */
const TABLES: readonly { file: string; of: (pack: Pack) => RuleTable[] }[] = [
	{ file: "routes", of: (pack) => [pack.routes.urgency, pack.routes.severity, pack.routes.route] },
	{ file: "clocks", of: (pack) => pack.clocks.clocks.map((one) => one.lasts) },
	{ file: "responsibility", of: (pack) => [pack.responsibility.faults] },
	{ file: "remedies", of: (pack) => [pack.remedies.remedies, pack.remedies.worker] },
	{ file: "approvals", of: (pack) => [pack.approvals.limits] },
	{ file: "reputation", of: (pack) => [pack.reputation.sanctions, pack.reputation.praise] },
	{ file: "follow-up", of: (pack) => [pack.followUp.schedule] },
];

function compilePack(data: Pack, common: FactSheet): PackLoading {
	const problems: PackProblem[] = [];
	const doubled = Object.keys(data.head.facts).filter((name) => name in common);
	for (const name of doubled)
		problems.push({ file: "pack", at: `facts.${name}`, problem: "is a common fact already" });
	const sheet: FactSheet = { ...common, ...data.head.facts };
	for (const { file, of } of TABLES) {
		for (const table of of(data))
			for (const one of checkTable(table, sheet, { file }))
				problems.push({
					file,
					at: [one.table, one.row, one.column].filter(Boolean).join("."),
					problem: one.problem,
				});
	}
	problems.push(...crossCheck(data, sheet));
	if (problems.length > 0) return { ok: false, problems };
	return { ok: true, pack: compiled(bare(named(data)), sheet) };
}

/**
 * The same data in objects that inherit nothing: a pack's seats, recipes and bodies are asked for by names that people
 * send, and "constructor" is none of them.
 */
function bare<T>(value: T): T {
	if (Array.isArray(value)) return value.map(bare) as T;
	if (value === null || typeof value !== "object") return value;
	const own = Object.entries(value).map(([key, one]): [string, unknown] => [key, bare(one)]);
	return Object.assign(Object.create(null), Object.fromEntries(own)) as T;
}

/** Clocks refer to a calendar by its key. */
function named(data: Pack): Pack {
	const calendars = Object.fromEntries(
		Object.entries(data.clocks.calendars).map(([key, one]) => [key, { ...one, name: key }]),
	);
	return { ...data, clocks: { ...data.clocks, calendars } };
}

function compiled(data: Pack, sheet: FactSheet): LoadedPack {
	// a table without a version of its own goes by the pack's
	const table = (one: RuleTable) => compileTable({ version: data.head.version, ...one }, sheet);
	return {
		name: data.head.pack,
		version: data.head.version,
		from: data.head.from,
		data,
		sheet,
		categories: new Map(data.categories.categories.map((one) => [one.id, one])),
		tables: {
			urgency: table(data.routes.urgency),
			severity: table(data.routes.severity),
			route: table(data.routes.route),
			clocks: new Map(data.clocks.clocks.map((one) => [one.name, table(one.lasts)])),
			faults: table(data.responsibility.faults),
			remedies: table(data.remedies.remedies),
			worker: table(data.remedies.worker),
			limits: table(data.approvals.limits),
			sanctions: table(data.reputation.sanctions),
			praise: table(data.reputation.praise),
			followUps: table(data.followUp.schedule),
		},
	};
}
