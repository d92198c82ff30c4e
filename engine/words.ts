import { z } from "zod";
import { Capability } from "./actor.ts";
import { OUTCOMES, SANCTIONS, type Side } from "./case.ts";
import { find } from "./filling.ts";
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
	"not-acceptable",
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
	"no-own-phone",
	"no-phone-of-theirs",
	"no-line",
	"internal",
] as const;

/** What may be wrong with a field, before any rule of a case is asked. */
export const FAULTS = [
	"missing",
	"wrong-kind",
	"not-a-number",
	"not-a-time",
	"not-a-choice",
	"not-so-written",
	"unknown",
	"too-long",
	"too-short",
	"too-many",
	"too-few",
	"too-large",
	"too-small",
	"too-far",
	"set-elsewhere",
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
	faults: z.record(z.enum(FAULTS), Text),
	ui: Texts,
});
export type Words = z.output<typeof Words>;
export type Section = keyof Words;

/** What is needed and has no words, as lines to read: `commands: no words for "FileComplaint"`. Empty: nothing. */
export function missingWords(words: Words, needed: { [S in Section]?: Iterable<string> }): string[] {
	return Object.entries(needed).flatMap(([section, keys]) =>
		[...keys]
			.filter((key) => find(words, section as Section, key) === null)
			.map((key) => `${section}: no words for ${JSON.stringify(key)}`),
	);
}
