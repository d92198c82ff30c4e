import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Refusal } from "#engine/decision.ts";
import { fill, wordsFor } from "#engine/filling.ts";
import { formatMoney } from "#engine/money/format.ts";
import { SHOWN_IN_REFUSAL, type Shown } from "#engine/shown.ts";
import { Words } from "#engine/words.ts";
import type { Language, Saying } from "./http/problem.ts";
import { type Packs, SHIPPED_PACKS } from "./packs.ts";

/** The words of packs/common in both languages. */
export type BothWords = Record<Language, Words>;

const FILES: Record<Language, string> = { zh: "zh-CN.yaml", en: "en.yaml" };

/** @throws when a file does not hold what the engine needs words for, naming the place. */
export async function readWords(folder = join(SHIPPED_PACKS, "common", "wording")): Promise<BothWords> {
	const read = async (language: Language) =>
		Words.parse(parse(await readFile(join(folder, FILES[language]), "utf8")));
	const [zh, en] = await Promise.all([read("zh"), read("en")]);
	return { zh, en };
}

/**
 * Refusals and problem titles in the asker's language. A refusal may be said in a way of its own for one command.
 * @param names people's names by id, as far as known
 */
export function sayingOf(words: BothWords, packs: Packs, zone = "Asia/Shanghai"): Saying {
	return {
		refusal: (refusal, language, { command, names } = {}) => {
			const text = wordsFor(
				words[language],
				"refusals",
				command ? `${command}.${refusal.reason}` : refusal.reason,
			);
			return fill(text, written(refusal, language, words[language], packs, zone, names ?? {}));
		},
		title: (key, language) => wordsFor(words[language], "problems", key),
		fault: ({ key, values }, language) => fill(wordsFor(words[language], "faults", key), values ?? {}),
	};
}

/** Details as they should read: instants in the company's zone, money with its sign, ids as names. */
function written(
	{ reason, detail }: Refusal,
	language: Language,
	words: Words,
	packs: Packs,
	zone: string,
	names: Record<string, string>,
) {
	const shown = SHOWN_IN_REFUSAL[reason] ?? {};
	return Object.fromEntries(
		Object.entries(detail).map(([key, value]) => {
			const one = (single: unknown) =>
				writtenAs(shown[key] ?? "text", single, language, words, packs, zone, names);
			return [key, Array.isArray(value) ? value.map(one) : one(value)];
		}),
	);
}

function writtenAs(
	as: Shown,
	value: unknown,
	language: Language,
	words: Words,
	packs: Packs,
	zone: string,
	names: Record<string, string>,
): string {
	const text = String(value);
	switch (as) {
		case "instant":
			return new Date(text).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", {
				timeZone: zone,
				dateStyle: "medium",
				timeStyle: "short",
			});
		case "money":
			return formatMoney({ amount: Number(value), currency: "CNY" }, language);
		case "person":
			return names[text] ?? text;
		case "fact":
			return (
				packs.all.map((pack) => pack.sheet[text]?.label[language]).find((label) => label !== undefined) ??
				text
			);
		case "field":
			return wordsFor(words, "fields", text);
		case "value":
			return wordsFor(words, "values", text);
		case "capability":
			return wordsFor(words, "capabilities", text);
		case "outcome":
			return wordsFor(words, "outcomes", text);
		default:
			return text;
	}
}
