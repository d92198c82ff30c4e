import { z } from "zod";
import { StepName } from "../steps/names.ts";
import { Id } from "./words.ts";

/** wording/zh-CN.yaml and wording/en.yaml: the same keys in both. `{{name}}` takes a fact of the case. */

/** What may stand between double braces. */
export const PLACEHOLDERS = [
	"number",
	"customer",
	"worker",
	"handler",
	"company",
	"outlet",
	"order",
	"category",
	"date",
	"due",
	"amount",
	"arithmetic",
	"grounds",
	"finding",
	"reason",
	"steps",
	"link",
	"phone",
	"points",
	"days",
	"rule",
	"body",
	"plate",
	"restated",
	"fee",
] as const;

/** One talk-track: what to do, and words to say. */
export const TalkTrack = z.strictObject({
	id: Id,
	title: z.string(),
	/** Who says it: whoever did the work, on their phone. Without it the desk does. */
	by: z.literal("worker").optional(),
	/** Category ids or group ids it is for; empty: all. */
	for: z.array(Id).default([]),
	lines: z.array(z.strictObject({ act: z.string(), say: z.string() })).min(1),
});

export const Letter = z.strictObject({ subject: z.string(), body: z.string() });

export const Wording = z.strictObject({
	/** By step, by the side spoken to. */
	talk: z.partialRecord(
		StepName,
		z.partialRecord(z.enum(["complainant", "respondent", "department"]), z.array(TalkTrack)),
	),
	letters: z.record(Id, Letter),
	/** Short outgoing notices, by the key that `react` gives. */
	notices: z.record(Id, z.string()),
});
export type Wording = z.output<typeof Wording>;
export type TalkTrack = z.output<typeof TalkTrack>;

/** Letters every pack must have. */
export const LETTERS = [
	"accepted",
	"not-accepted",
	"progress",
	"offer",
	"final-position",
	"closing",
	"finding",
	"appeal-decision",
	"termination",
	"regulator-reply",
] as const;

/** Notices every pack must have: one per wording key used by the engine's effects. */
export const NOTICES = [
	"complaint-received",
	"complaint-filed-against-you",
	"urging-recorded",
	"owner-taken",
	"case-assigned",
	"first-contact-summary",
	"unreachable",
	"question-asked",
	"question-reminder",
	"explanation-asked",
	"explanation-recorded",
	"finding-notice",
	"offer-made",
	"offer-expired",
	"agreement-text",
	"final-position",
	"approval-asked",
	"approval-given",
	"approval-returned",
	"item-done",
	"item-failed",
	"payment-sent",
	"case-closed",
	"case-reopened",
	"follow-up-questions",
	"termination-notice",
	"appeal-received",
	"appeal-decided",
	"appeal-supplement-asked",
	"proceeding-opened",
	"proceeding-due",
	"sanction-imposed",
	"sanction-lifted",
	"sanction-reversed",
	"block-made",
	"praise",
	"clock-warning",
	"clock-breached",
	"escalated",
	"promise-extended",
	"joined",
	"withdrawn",
	"corrective-action",
	"training-assigned",
	"mentioned",
	"message",
] as const;
export type NoticeKey = (typeof NOTICES)[number];
