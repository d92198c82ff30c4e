import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readPackFiles, SHIPPED_PACKS } from "#server/packs.ts";
import { loadPack, type RawPack } from "./load.ts";

const files = await readPackFiles(join(SHIPPED_PACKS, "express"));
const common = parse(readFileSync(join(SHIPPED_PACKS, "common", "facts.yaml"), "utf8")) as unknown;

type Change = (raw: RawPack) => void;

function problemsWith(change: Change, facts: unknown = common): string[] {
	const raw = structuredClone(files);
	change(raw);
	const loading = loadPack(raw, facts);
	return loading.ok ? [] : loading.problems.map((one) => `${one.file}.yaml ${one.at}: ${one.problem}`);
}

type Node = Record<string, unknown>;

/** The thing that holds the last step of a path, and that step. `=x` is the one of a list whose id or name is x. */
function hold(raw: RawPack, path: string): { holder: Node; key: string } {
	const steps = path.split(" ");
	const key = steps.pop() ?? "";
	const holder = steps.reduce<Node>((node, step) => node[keyOf(node, step)] as Node, raw);
	return { holder, key: keyOf(holder, key) };
}
function keyOf(node: Node, step: string): string {
	if (step === "last") return String((node as unknown as unknown[]).length - 1);
	if (!step.startsWith("=")) return step;
	const found = Object.entries(node).find(([, one]) =>
		[(one as Node).id, (one as Node).name].includes(step.slice(1)),
	);
	if (!found) throw new Error(`no ${step} there`);
	return found[0];
}
const set =
	(path: string, value: unknown): Change =>
	(raw) => {
		const { holder, key } = hold(raw, path);
		holder[key] = value;
	};
/** Out of an object, or out of a list. */
const drop =
	(path: string): Change =>
	(raw) => {
		const { holder, key } = hold(raw, path);
		if (Array.isArray(holder)) holder.splice(Number(key), 1);
		else delete holder[key];
	};
/** Once more at the end of its list, with something else in it. */
const again =
	(path: string, other: Node = {}): Change =>
	(raw) => {
		const { holder, key } = hold(raw, path);
		(holder as unknown as Node[]).push({ ...(holder[key] as Node), ...other });
	};
const both =
	(...changes: Change[]): Change =>
	(raw) => {
		for (const one of changes) one(raw);
	};

test("the pack as it ships is in order: tables compiled, categories by id, calendars by name", () => {
	const loading = loadPack(files, common);
	if (!loading.ok) throw new Error(loading.problems.map((one) => one.problem).join("\n"));
	const { pack } = loading;
	expect([pack.name, pack.version, pack.from]).toEqual(["express", "2026-03", "2026-01-01"]);
	expect(pack.categories.get("damage")?.severity).toBe("B");
	expect([...pack.tables.clocks.keys()]).toContain("resolve");
	expect(pack.data.clocks.calendars.office?.name).toBe("office");
	expect(Object.keys(pack.sheet)).toEqual(expect.arrayContaining(["severity", "stage"]));
});

const DAMAGE = "categories categories =damage";
const LIMITS = "approvals limits rows";
const FAULT = "responsibility faults rows =rude gives shares";
const REMEDY = "remedies remedies rows =loss-fee gives";
const RESOLVE = "clocks clocks =resolve";

/** Each breaks one thing in a copy of express, and says how the pack complains. */
const BROKEN: [name: string, change: Change, complaint: RegExp][] = [
	["a file missing", drop("guard"), /^guard\.yaml : the file is missing$/],
	["a language missing", drop("wording/en"), /^wording\/en\.yaml : the file is missing$/],
	["a field that nobody knows", set("contact perWeek", 3), /^contact\.yaml : .*perWeek/],
	["a number where a text belongs", set("pack name zh", 5), /^pack\.yaml name\.zh: /],
	["a version nobody can sort", set("pack version", "latest"), /^pack\.yaml version: /],
	["one language of a name", drop(`${DAMAGE} name en`), /^categories\.yaml categories\.7\.name\.en: /],
	[
		"an amount without cents",
		set("remedies signAbove amount", "500"),
		/^remedies\.yaml signAbove\.amount: an amount with two decimals/,
	],
	["an amount as a number", set("remedies signAbove amount", 500), /^remedies\.yaml signAbove\.amount: /],
	[
		"a rule without a source",
		drop("remedies remedies rows 0 source"),
		/^remedies\.yaml remedies\.rows\.0\.source: /,
	],
	[
		"a fact that is a common one already",
		set("pack facts fee", { type: "money", label: { zh: "费", en: "fee" } }),
		/^pack\.yaml facts\.fee: is a common fact already$/,
	],
	[
		"a fact misspelt in a rule",
		set("routes urgency rows =safety when", "injurry"),
		/^routes\.yaml express-urgency\.safety\.when: .*injur/,
	],
	[
		"a word outside a fact's closed set",
		set("routes severity rows =already-b when", 'base_severity == "D"'),
		/^routes\.yaml express-severity\.already-b\.when: "D" is not among/,
	],
	[
		"a rule never reached",
		again("routes urgency rows last", { id: "after" }),
		/^routes\.yaml express-urgency\.after\.when: never reached/,
	],
	["two rows with one id", again("remedies remedies rows 0", { when: "insured" }), /two rows bear this id/],
	[
		"shares that are not a hundred",
		set(FAULT, { courier: 90 }),
		/^responsibility\.yaml express-faults\.rude\.shares: the shares add up to 90/,
	],
	[
		"a share for a seat nobody has",
		set(FAULT, { pilot: 100 }),
		/^responsibility\.yaml rude: no seat "pilot"$/,
	],
	[
		"money as a count",
		set(`${REMEDY} amount`, "delay_days"),
		/^remedies\.yaml express-remedies\.loss-fee\.amount: /,
	],
	["a division by nothing", set(`${REMEDY} amount`, "fee / 0"), /division by zero/],
	["an item of no kind", set(`${REMEDY} item`, '"cake"'), /^remedies\.yaml loss-fee: no kind of item "cake"/],
	[
		"an item borne by nobody",
		set(`${REMEDY} bearer`, '"pilot"'),
		/^remedies\.yaml loss-fee: no seat "pilot" to bear it$/,
	],
	[
		"a table without a result the engine reads",
		drop("approvals limits gives level"),
		/^approvals\.yaml express-approval-limits: the table must give "level"$/,
	],
	[
		"an urgency that there is none of",
		set("routes urgency rows =safety gives urgency", '"panic"'),
		/^routes\.yaml safety\.urgency: "panic" is none of critical, urgent, ordinary$/,
	],
	[
		"a first contact by nobody",
		set("routes route rows =ordinary gives firstContact", '"pilot"'),
		/^routes\.yaml ordinary\.firstContact: "pilot" is none of/,
	],
	[
		"an approver that there is none of",
		set(`${LIMITS} =duty gives by`, '"king"'),
		/^approvals\.yaml duty\.by: "king" is none of/,
	],
	[
		"a sanction that there is none of",
		set("reputation sanctions rows =main-c gives sanction", '"stocks"'),
		/^reputation\.yaml main-c\.sanction: "stocks" is none of/,
	],
	[
		"a length in a unit that there is none of",
		set(`${RESOLVE} lasts rows 0 gives unit`, '"fortnights"'),
		/^clocks\.yaml seven-days\.unit: "fortnights" is none of/,
	],
	[
		"a follow-up in a unit that there is none of",
		set("follow-up schedule rows 0 gives afterUnit", '"moons"'),
		/^follow-up\.yaml first\.afterUnit: "moons" is none of/,
	],
	[
		"a route for some cases only",
		drop("routes route rows last"),
		/^routes\.yaml express-route: the last row must hold always/,
	],
	[
		"a limit for some sums only",
		set(`${LIMITS} last from`, "2027-01-01"),
		/^approvals\.yaml express-approval-limits: the last row must hold always/,
	],
	[
		"a calendar that there is none of",
		set(`${RESOLVE} lasts rows 0 gives calendar`, '"lunar"'),
		/^clocks\.yaml resolve\.seven-days: no calendar "lunar"$/,
	],
	[
		"a duty calendar that there is none of",
		set("approvals duty calendar", "lunar"),
		/^approvals\.yaml duty\.calendar: no such calendar in clocks$/,
	],
	[
		"a calendar without work",
		set("clocks calendars office week", {}),
		/^clocks\.yaml calendars\.office\.week\.mon: a calendar needs at least one window/,
	],
	["a clock of a name twice", again(RESOLVE), /^clocks\.yaml resolve: the name is used twice$/],
	[
		"no clock for the first contact",
		drop("clocks clocks =first-contact"),
		/^clocks\.yaml : there must be a clock "first-contact"$/,
	],
	[
		"a moment that there is none of",
		set("clocks clocks 0 starts", "sunrise"),
		/^clocks\.yaml clocks\.0\.starts: /,
	],
	["a category twice", again(DAMAGE), /^categories\.yaml damage: the id is used twice$/],
	["a category of no group", set(`${DAMAGE} group`, "moon"), /^categories\.yaml damage: no group "moon"$/],
	[
		"an accused seat that there is none of",
		set(`${DAMAGE} accuses`, ["pilot"]),
		/^categories\.yaml damage: no seat "pilot" in pack\.yaml$/,
	],
	[
		"a recipe that there is none of",
		set(`${DAMAGE} evidence`, ["soup"]),
		/^categories\.yaml damage: no recipe "soup" in evidence\.yaml$/,
	],
	[
		"a cause that there is none of",
		set(`${DAMAGE} causes`, ["fate"]),
		/^categories\.yaml damage: no cause "fate" in responsibility\.yaml$/,
	],
	[
		"a fact to verify that there is none of",
		set(`${DAMAGE} verify 0 fact`, "mood"),
		/^categories\.yaml damage: no fact "mood"$/,
	],
	[
		"a source that there is none of",
		set(`${DAMAGE} verify 0 sources 0`, "oracle"),
		/^categories\.yaml damage: no source "oracle" in evidence\.yaml$/,
	],
	[
		"more sources wanted than there are",
		set(`${DAMAGE} verify 0 least`, 9),
		/^categories\.yaml damage: stage: at least 9 of 5 sources$/,
	],
	[
		"no category for the rest",
		drop("categories categories =other"),
		/^categories\.yaml : there must be a category "other"$/,
	],
	[
		"no seat for the company",
		drop("pack seats company"),
		/^pack\.yaml seats: there must be a seat "company"$/,
	],
	["no flag for minors", drop("routes flags =minor"), /^routes\.yaml flags: there must be a flag "minor"$/],
	["a letter missing", drop("wording/en letters offer"), /^wording\/en\.yaml letters: no letter "offer"$/],
	[
		"a notice missing",
		drop("wording/zh-CN notices case-closed"),
		/^wording\/zh-CN\.yaml notices: no notice "case-closed"$/,
	],
	[
		"a text in one language only",
		set("wording/en letters extra", { subject: "x", body: "x" }),
		/^wording\/zh-CN\.yaml letters\.extra: missing; it is there in en$/,
	],
	[
		"a placeholder that nothing fills",
		set("wording/en letters offer body", "{{moon}}"),
		/^wording\/en\.yaml letters\.offer: \{\{moon\}\} is no placeholder$/,
	],
	[
		"a test whose right answer is none of them",
		set("improvement training double-check questions 0 right", 7),
		/^improvement\.yaml training\.double-check: the right answer is not among the options$/,
	],
	["two questions after the fact", drop("follow-up questions 2"), /^follow-up\.yaml questions: /],
];

test.each(BROKEN)("%s", (_, change, complaint) => {
	const problems = problemsWith(change);
	expect(
		problems.filter((one) => complaint.test(one)),
		problems.join("\n"),
	).not.toEqual([]);
	for (const one of problems) expect(one).not.toContain("\n");
});

test("every problem is told, not the first alone", () => {
	const problems = problemsWith(
		both(set(`${DAMAGE} group`, "moon"), set("categories categories =loss group", "sun")),
	);
	expect(problems).toEqual([
		'categories.yaml damage: no group "moon"',
		'categories.yaml loss: no group "sun"',
	]);
});

test("common facts that are none stop every pack", () => {
	expect(problemsWith(() => {}, { Fee: { type: "number" } })[0]).toMatch(/^common\/facts\.yaml /);
});
