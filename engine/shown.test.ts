import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Reason } from "#engine/decision.ts";
import { fill, placeholdersOf, wordsFor } from "#engine/filling.ts";
import { ContactRules } from "#engine/packs/schema.ts";
import { SHOWN_IN_EVENT, SHOWN_IN_REFUSAL } from "#engine/shown.ts";
import { Words } from "#engine/words.ts";

const WORDING = join(import.meta.dirname, "..", "packs/common/wording");
const read = (language: string) =>
	Words.parse(parse(readFileSync(join(WORDING, `${language}.yaml`), "utf8")));
const words = { "zh-CN": read("zh-CN"), en: read("en") };

const engineCode = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
	.map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

/** The details that the engine gives with each reason, as it writes them. */
function detailsInEngine(): Map<string, Set<string>> {
	const unreachable = Object.keys(ContactRules.shape.unreachable.shape).join(", ");
	const details = new Map<string, Set<string>>();
	for (const code of engineCode)
		for (const [, reason = "", detail = ""] of code.matchAll(
			/\brefus(?:al|e)\(\s*"(\w+)"\s*,\s*\{([^}]*)\}/g,
		)) {
			const plain = detail.replace(/\.\.\.[\w.]*unreachable/, unreachable);
			const known = details.get(reason) ?? new Set();
			for (const [, key = ""] of `,${plain},`.matchAll(/(?<=,)\s*(\w+)\s*(?=[:,])/g)) known.add(key);
			details.set(reason, known);
		}
	return details;
}

describe.each(["zh-CN", "en"] as const)("refusals and events in %s", (language) => {
	test("show only details that a refusal or an event carries", () => {
		const trade = Object.keys(words[language].trade);
		const strange = (key: string, text: string, shown: Readonly<Record<string, unknown>> | undefined) =>
			placeholdersOf(text)
				.filter((name) => !trade.includes(name) && !(shown && name in shown))
				.map((name) => `${key}: {{${name}}}`);
		const { refusals, events } = words[language];
		const shownInEvent: Readonly<Record<string, object | undefined>> = SHOWN_IN_EVENT;
		const wrong = [
			...Object.entries(refusals).flatMap(([key, text]) =>
				strange(key, text, SHOWN_IN_REFUSAL[key.slice(key.lastIndexOf(".") + 1) as Reason]),
			),
			...Object.entries(events).flatMap(([key, text]) => strange(key, text, { ...shownInEvent[key] })),
		];
		expect(wrong).toEqual([]);
	});

	test("make whole sentences of refusals and events without any detail", () => {
		const { refusals, events } = words[language];
		const texts = [
			...Object.keys(refusals).map((key) => wordsFor(words[language], "refusals", key)),
			...Object.values(events),
		];
		const broken = texts.filter((text) => /…|\{\{|\[|\]|[\s，,：:]$|\(\)|（）| {2}/.test(fill(text, {})));
		expect(broken).toEqual([]);
		expect(Object.values(refusals).filter((text) => !/[。.]$/.test(text))).toEqual([]);
	});
});

test("the table of shown details holds to what the engine gives", () => {
	const given = detailsInEngine();
	const invented = Object.entries(SHOWN_IN_REFUSAL).flatMap(([reason, shown]) =>
		Object.keys(shown ?? {})
			.filter((key) => !given.get(reason)?.has(key))
			.map((key) => `${reason}.${key}`),
	);
	expect(invented).toEqual([]);
	expect(given.get("CeilingExceeded")).toEqual(new Set(["total", "ceiling"]));
});

test("trade words and details never share a name", () => {
	const shown = [...Object.values(SHOWN_IN_REFUSAL), ...Object.values(SHOWN_IN_EVENT)].flatMap((one) =>
		Object.keys(one ?? {}),
	);
	expect(Object.keys(words.en.trade).filter((name) => shown.includes(name))).toEqual([]);
});
