import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { CAPABILITIES, ROLES } from "#engine/actor.ts";
import {
	type Approval,
	type Case,
	type Contact,
	type DirectTalk,
	type Hearing,
	OUTCOMES,
	type Proceeding,
	type Relation,
	type Route,
	SANCTIONS,
} from "#engine/case.ts";
import { REASONS, type Reason } from "#engine/decision.ts";
import { placeholdersOf } from "#engine/filling.ts";
import type { GuardFinding } from "#engine/guard.ts";
import { COMMANDS, EVENTS } from "#engine/journey.ts";
import { ItemKind, Moment } from "#engine/packs/schema.ts";
import { FILE_FLAGS, PHOTO_FLAGS } from "#engine/photo-flags.ts";
import { Source } from "#engine/rules/table.ts";
import { STEPS, TRACKS } from "#engine/steps/names.ts";
import type { Standing } from "#engine/steps/step.ts";
import type { Duration } from "#engine/time/calendar.ts";
import type { Clock } from "#engine/time/clock.ts";
import { missingWords, PROBLEMS, type Section, Words } from "#engine/words.ts";

const ROOT = join(import.meta.dirname, "..");
const HAN = /\p{Script=Han}/u;

const LANGUAGES = ["zh-CN", "en"] as const;
type Language = (typeof LANGUAGES)[number];

const read = (language: Language): Words =>
	Words.parse(parse(readFileSync(join(ROOT, "packs/common/wording", `${language}.yaml`), "utf8")));
const words = { "zh-CN": read("zh-CN"), en: read("en") };

/** Every text of a file by its whole key, `section.key`. */
function textsOf(language: Language): Map<string, string> {
	const texts = new Map<string, string>();
	for (const [section, entries] of Object.entries(words[language]))
		for (const [key, text] of Object.entries(entries)) texts.set(`${section}.${key}`, text);
	return texts;
}

/** The part of JSON Schema that the commands' fields are made of. */
interface Shape {
	type?: string;
	enum?: unknown[];
	properties?: Record<string, Shape>;
	items?: Shape;
	anyOf?: Shape[];
	additionalProperties?: Shape | boolean;
}

/** Every field of every command as `Command.field`, and every value it may take as `Command.field.value`. */
function formsOf(): { fields: Set<string>; values: Set<string> } {
	const fields = new Set<string>();
	const values = new Set<string>();
	const walk = (shape: Shape, command: string, field: string) => {
		for (const value of shape.enum ?? []) values.add(`${command}.${field}.${value}`);
		if (shape.type === "boolean")
			for (const value of [true, false]) values.add(`${command}.${field}.${value}`);
		for (const [name, inner] of Object.entries(shape.properties ?? {})) {
			fields.add(`${command}.${name}`);
			walk(inner, command, name);
		}
		for (const inner of [shape.items, ...(shape.anyOf ?? []), shape.additionalProperties])
			if (typeof inner === "object") walk(inner, command, field);
	};
	for (const [type, rule] of COMMANDS) walk(z.toJSONSchema(rule.schema, { io: "input" }) as Shape, type, "");
	return { fields, values };
}
const forms = formsOf();

const engineFiles = readdirSync(join(ROOT, "engine"), { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
	.map((name) => ({ name, code: readFileSync(join(ROOT, "engine", name), "utf8") }));

/** The keys of obligations, as the steps write them: `what: "claim"`, `what: ended ? "close" : "confirm"`. */
function obligationsInEngine(): Set<string> {
	const steps = engineFiles.filter(({ name }) => name.startsWith("steps"));
	const written = steps.flatMap(({ code }) => [...code.matchAll(/\bwhat\s*[:=]([^,;}]*)/g)]);
	return new Set(
		written.flatMap(([, value = ""]) => [...value.matchAll(/"([a-z-]+)"/g)].map(([, key = ""]) => key)),
	);
}

/** What is shown of a case beyond the fields of commands. The compiler says when one is missing here. */
const SHOWN_VALUES: Record<string, string[]> = {
	why: Object.keys({
		agreed: 1,
		timeout: 1,
		wish: 1,
		barred: 1,
		"taken-over": 1,
		"not-agreed": 1,
	} satisfies Record<NonNullable<DirectTalk["closed"]>["why"], 1>),
	because: Object.keys({
		"not-satisfied": 1,
		"new-facts": 1,
		appeal: 1,
		proceeding: 1,
		contact: 1,
	} satisfies Record<Case["reopenings"][number]["because"], 1>),
	by: Object.keys({ duty: 1, approve: 1, "head-office": 1, outside: 1 } satisfies Record<
		Approval["need"],
		1
	>),
	to: Object.keys({ parent: 1, "head-office": 1, "outside-reviewer": 1 } satisfies Record<
		Approval["raised"][number]["to"],
		1
	>),
	as: Object.keys({ worker: 1, outlet: 1, desk: 1 } satisfies Record<Contact["as"], 1>),
	how: Object.keys({ explained: 1, "no-reply": 1, unobtainable: 1 } satisfies Record<Hearing["how"], 1>),
	investigation: Object.keys({ full: 1, short: 1, none: 1 } satisfies Record<Route["investigation"], 1>),
	team: Object.keys({ desk: 1, safety: 1, dedicated: 1 } satisfies Record<Route["team"], 1>),
	relation: Object.keys({
		duplicate: 1,
		"same-order": 1,
		"counter-complaint": 1,
		"mass-incident": 1,
	} satisfies Record<Relation["kind"], 1>),
	body: Object.keys({
		regulator: 1,
		hotline: 1,
		consumer: 1,
		media: 1,
		police: 1,
		insurer: 1,
		court: 1,
		mediation: 1,
	} satisfies Record<Proceeding["kind"], 1>),
	guard: Object.keys({
		forbidden: 1,
		"off-platform-payment": 1,
		"off-platform-contact": 1,
		"beyond-authority": 1,
		heat: 1,
		"personal-data": 1,
	} satisfies Record<GuardFinding["kind"], 1>),
	act: Object.keys({ block: 1, "ask-reason": 1 } satisfies Record<GuardFinding["act"], 1>),
	basis: Source.shape.kind.options,
	sure: Source.shape.sure.options,
	unit: Object.keys({
		minutes: 1,
		hours: 1,
		"working-minutes": 1,
		"working-hours": 1,
		"calendar-days": 1,
		"working-days": 1,
	} satisfies Record<Duration["unit"], 1>),
	dues: Object.keys({ start: 1, resume: 1, regrade: 1, extend: 1 } satisfies Record<
		Clock["dues"][number]["why"],
		1
	>),
	shares: ["unknown", "force-majeure", "customer", "company"],
	passed: ["true", "false"],
};

const STANDINGS = { waiting: 1, open: 1, done: 1, "not-needed": 1 } satisfies Record<Standing, 1>;

const NEEDED: { [S in Section]?: Iterable<string> } = {
	refusals: REASONS,
	commands: [...COMMANDS.keys()],
	commandHelp: [...COMMANDS.keys()],
	fields: forms.fields,
	values: [
		...forms.values,
		...FILE_FLAGS,
		...PHOTO_FLAGS,
		...Object.entries(SHOWN_VALUES).flatMap(([field, values]) => values.map((value) => `${field}.${value}`)),
	],
	events: EVENTS,
	steps: STEPS,
	tracks: TRACKS,
	standings: Object.keys(STANDINGS),
	obligations: obligationsInEngine(),
	capabilities: CAPABILITIES,
	roles: Object.keys(ROLES),
	outcomes: OUTCOMES,
	sanctions: SANCTIONS,
	items: ItemKind.options,
	clockKinds: ["statutory", "promise", "internal"],
	moments: Moment.options,
	sides: ["complainant", "respondent", "company", "other"],
	problems: PROBLEMS,
};

describe.each(LANGUAGES)("the words in %s", (language) => {
	test("leave nothing of the engine without words", () => {
		expect(missingWords(words[language], NEEDED)).toEqual([]);
	});

	test("name nothing that the engine does not know", () => {
		const { refusals, commands, commandHelp, fields, fieldHelp, events, obligations, roles } =
			words[language];
		const names = new Set([...forms.fields, ...[...forms.fields].map((name) => name.split(".")[1])]);
		const isRefusal = (key: string) => {
			const [command = "", reason] = key.split(".");
			return reason === undefined
				? REASONS.includes(key as Reason)
				: COMMANDS.has(command) && REASONS.includes(reason as Reason);
		};
		expect(Object.keys(refusals).filter((key) => !isRefusal(key))).toEqual([]);
		expect(Object.keys({ ...commands, ...commandHelp }).filter((key) => !COMMANDS.has(key))).toEqual([]);
		expect(Object.keys({ ...fields, ...fieldHelp }).filter((key) => !names.has(key))).toEqual([]);
		expect(Object.keys(events).filter((key) => !EVENTS.includes(key))).toEqual([]);
		expect(new Set(Object.keys(obligations))).toEqual(obligationsInEngine());
		expect(obligationsInEngine()).toContain("payment-pending");
		expect(Object.keys(roles)).toEqual(Object.keys(ROLES));
	});

	test("give every command a button of its own", () => {
		const labels = Object.values(words[language].commands);
		expect(labels.filter((label, n) => labels.indexOf(label) !== n)).toEqual([]);
	});

	test("keep outcomes, sanctions and items out of the values, which come first", () => {
		const { values, outcomes, sanctions, items } = words[language];
		expect(Object.keys(values).filter((key) => key in { ...outcomes, ...sanctions, ...items })).toEqual([]);
	});

	test("say nothing in the machine's language", () => {
		const machine =
			/\b(id|uuid|null|undefined|status|payload|json|invalid|exception)\b|状态码|参数|非法|字段/i;
		expect([...textsOf(language)].filter(([, text]) => machine.test(text))).toEqual([]);
	});
});

test("both languages have the same keys, and the same placeholders in each", () => {
	const [zh, en] = [textsOf("zh-CN"), textsOf("en")];
	expect([...en.keys()]).toEqual([...zh.keys()]);
	const trade = Object.keys(words.en.trade);
	const shown = (text = "") =>
		placeholdersOf(text)
			.filter((name) => !trade.includes(name))
			.sort();
	expect([...zh].filter(([key, text]) => shown(text).join() !== shown(en.get(key)).join())).toEqual([]);
});

test("each language is written in its own script", () => {
	const bare = (text: string) =>
		text.replaceAll(
			/\{\{\w+\}\}/g,
			(place) => (words["zh-CN"].trade as Record<string, string>)[place.slice(2, -2)] ?? "",
		);
	expect([...textsOf("zh-CN")].filter(([, text]) => !HAN.test(bare(text))).map(([key]) => key)).toEqual([]);
	expect([...textsOf("en")].filter(([, text]) => HAN.test(text)).map(([key]) => key)).toEqual([]);
});

test("Chinese speaks to people as 您 and punctuates as Chinese does", () => {
	const texts = [...textsOf("zh-CN")];
	expect(texts.filter(([, text]) => text.includes("你"))).toEqual([]);
	expect(
		texts.filter(([, text]) => /\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}/u.test(text)),
	).toEqual([]);
});
