import { z } from "zod";
import { Capability } from "./actor.ts";
import { OUTCOMES, SANCTIONS, type Side } from "./case.ts";
import { ClockRule, ItemKind, Moment, PackHead } from "./packs/schema.ts";
import { StepName, TRACKS } from "./steps/names.ts";
import type { Standing } from "./steps/step.ts";

/**
 * The words in which the product speaks of itself: packs/common/wording/zh-CN.yaml and en.yaml, the same keys in both.
 *
 * - `{{name}}` takes a value. What stands in `[…]` is left out when a value in it is unknown.
 * - A particular key goes before a general one: `AskQuestion.party` before `party`, `upheld.yes` before `yes`,
 *   `DecideAppeal.NotOpen` before `NotOpen`.
 * - `{{order}}`, `{{worker}}`, `{{outlet}}` … are the trade's own words (pack.yaml, `words`), or else those of `trade`.
 */

/** Titles of what may go wrong between the caller and the server, before any rule of a case is asked. */
export const PROBLEMS = [
	"not-found",
	"method-not-allowed",
	"malformed",
	"unauthenticated",
	"forbidden",
	"refused",
	"conflict",
	"idempotency-mismatch",
	"too-many-requests",
	"too-large",
	"unsupported-media",
	"unavailable",
	"internal",
] as const;

const SIDES = ["complainant", "respondent", "company", "other"] as const satisfies readonly Side[];
const STANDINGS = ["waiting", "open", "done", "not-needed"] as const satisfies readonly Standing[];
const TradeWord = PackHead.shape.words.keyType;

const Text = z.string().trim().min(1);
const Texts = z.record(z.string(), Text);

export const Words = z.strictObject({
	/** General words where no trade's own are known. */
	trade: z.record(TradeWord, Text),
	/** By reason, or by `Command.Reason` where one command needs its own sentence. */
	refusals: Texts,
	commands: Texts,
	commandHelp: Texts,
	/** By field name, or by `Command.field`. */
	fields: Texts,
	fieldHelp: Texts,
	/** By value, by `field.value`, or by `Command.field.value`. */
	values: Texts,
	events: Texts,
	steps: z.record(StepName, Text),
	tracks: z.record(z.enum(TRACKS), Text),
	standings: z.record(z.enum(STANDINGS), Text),
	/** By `what`. */
	obligations: Texts,
	capabilities: z.record(Capability, Text),
	roles: Texts,
	outcomes: z.record(z.enum(OUTCOMES), Text),
	sanctions: z.record(z.enum(SANCTIONS), Text),
	items: z.record(ItemKind, Text),
	clockKinds: z.record(ClockRule.shape.kind, Text),
	moments: z.record(Moment, Text),
	sides: z.record(z.enum(SIDES), Text),
	problems: z.record(z.enum(PROBLEMS), Text),
	ui: Texts,
});
export type Words = z.output<typeof Words>;
export type Section = keyof Words;

/** Values for placeholders, already written as they should read; lists are joined. */
export type Fillings = Readonly<
	Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

const PLACEHOLDER = /\{\{([A-Za-z-]+)\}\}/g;
const PART = /\[[^[\]]*\{\{[^[\]]*\]|\{\{[A-Za-z-]+\}\}/g;

/** The names between double braces, in reading order, each once. */
export function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? ""))];
}

/**
 * Puts values into a text. A part in `[…]` with a value unknown is left out, elsewhere an unknown value reads "…".
 * Lists are joined as the text's language joins them. Values are never read as text with placeholders again.
 */
export function fill(text: string, values: Fillings): string {
	const joiner = /\p{Script=Han}/u.test(text) ? "、" : ", ";
	const put = (part: string) =>
		part.replace(PLACEHOLDER, (_, name: string) => written(values, name, joiner) ?? "…");
	return text.replace(PART, (part) => {
		if (!part.startsWith("[")) return put(part);
		const known = placeholdersOf(part).every((name) => written(values, name, joiner) !== null);
		return known ? put(part.slice(1, -1)) : "";
	});
}

function written(values: Fillings, name: string, joiner: string): string | null {
	const value = Object.hasOwn(values, name) ? values[name] : null;
	const text = Array.isArray(value) ? value.join(joiner) : String(value ?? "");
	return text === "" ? null : text;
}

/** Outcomes, sanctions and kinds of items are values too, and have sections of their own. */
const VALUES_ALSO_IN = ["outcomes", "sanctions", "items"] as const;

function find(words: Words, section: Section, key: string): string | null {
	const sections: readonly Section[] = section === "values" ? [section, ...VALUES_ALSO_IN] : [section];
	const parts = key.split(".");
	for (let from = 0; from < parts.length; from++) {
		const wanted = parts.slice(from).join(".");
		for (const one of sections) {
			const texts: Readonly<Record<string, string>> = words[one];
			if (Object.hasOwn(texts, wanted)) return texts[wanted] ?? null;
		}
	}
	return null;
}

/**
 * The words for a key, the most particular first: `AskQuestion.party`, then `party`. The trade's own words are put in;
 * other placeholders stay for `fill`. A key without words reads as its own name in plain letters: `missingWords` tells
 * of it beforehand.
 */
export function wordsFor(
	words: Words,
	section: Section,
	key: string,
	trade: Partial<Words["trade"]> = {},
): string {
	const text = find(words, section, key);
	if (text === null) return spelt(key);
	const own: Readonly<Record<string, string>> = { ...words.trade, ...trade };
	const put = text.replace(PLACEHOLDER, (place, name: string) =>
		Object.hasOwn(own, name) ? (own[name] ?? place) : place,
	);
	return text.startsWith("{{") ? put.charAt(0).toUpperCase() + put.slice(1) : put;
}

/** "RecordContact.at" → "At", "first-contact" → "First contact". */
function spelt(key: string): string {
	const last = key.slice(key.lastIndexOf(".") + 1);
	const plain = last
		.replaceAll("-", " ")
		.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
		.toLowerCase();
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What is needed and has no words, as lines to read: `commands: no words for "FileComplaint"`. Empty: nothing. */
export function missingWords(words: Words, needed: { [S in Section]?: Iterable<string> }): string[] {
	return Object.entries(needed).flatMap(([section, keys]) =>
		[...keys]
			.filter((key) => find(words, section as Section, key) === null)
			.map((key) => `${section}: no words for ${JSON.stringify(key)}`),
	);
}
