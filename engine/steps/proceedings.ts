import { z } from "zod";
import type { Case, Money, Proceeding } from "../case.ts";
import type { CaseClock, ClockEvent } from "../clocks.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { Instant } from "../time/instant.ts";
import { strangeEvidence } from "./appeal-lodging.ts";
import type { ClosureEvent } from "./closure.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event } from "./event.ts";
import { ending, extend, insuranceStep, open, openProceeding } from "./proceedings-effects.ts";
import { command, type Effect, type Obligation, type Step } from "./step.ts";
import type { TriageEvent } from "./triage.ts";

/** 外部投诉: regulators, hotlines, media, police, insurers, courts; each with its own number and its own clock. */

export const OpenProceeding = z.strictObject({
	body: z.string(),
	direction: z.enum(["inbound", "outbound"]),
	number: z.string().min(1).max(80),
	receivedAt: Instant.optional(),
	/** The body's own figure; without it the pack's. */
	due: Instant.optional(),
	words: Words,
});
const ReceiveFromBody = z.strictObject({
	proceeding: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
export const ExtendProceeding = z.strictObject({ proceeding: z.string(), due: Instant, why: Remark });
const SendBackProceeding = z.strictObject({ proceeding: z.string(), why: Remark });
const ReplyToBody = z.strictObject({
	proceeding: z.string(),
	words: Words,
	final: z.boolean().default(true),
	/** Asked for when the guard finds something in the words. */
	reason: Remark.optional(),
});
export const RecordInsuranceStep = z.strictObject({
	proceeding: z.string(),
	step: z.enum(["reported", "surveyed", "loss-set", "advanced", "recovered"]),
	amount: z.int().positive().optional(),
});
const RecordProceedingResult = z.strictObject({
	proceeding: z.string(),
	words: Words,
	amount: z.int().min(0).optional(),
});

export type ProceedingEvent =
	| Event<
			"ProceedingOpened",
			Omit<
				Proceeding,
				"at" | "by" | "extended" | "sentBack" | "received" | "replies" | "insurance" | "result"
			> & { words: Kept }
	  >
	| Event<"ReceivedFromBody", { about: string; words: Kept; evidence: string[] }>
	| Event<"ProceedingExtended", { about: string; due: Instant; why: Kept; clock: CaseClock | null }>
	| Event<"ProceedingSentBack", { about: string; why: Kept }>
	| Event<"RepliedToBody", { about: string; words: Kept; final: boolean }>
	| Event<
			"InsuranceStepRecorded",
			{ about: string; step: Proceeding["insurance"][number]["step"]; amount: Money | null }
	  >
	| Event<"ProceedingResultRecorded", { about: string; words: Kept; amount: Money | null }>;

/** What a proceeding brings about elsewhere in the case. */
export type ProceedingBrings =
	| ProceedingEvent
	| Extract<ClockEvent, { type: "ClockPaused" | "ClockResumed" }>
	| Extract<ClosureEvent, { type: "CaseReopened" }>
	| Extract<ContactEvent, { type: "DirectTalkClosed" }>
	| Extract<TriageEvent, { type: "HoldPlaced" }>;

const LIAISONS = ["liaise", "legal", "safety", "handle"] as const;

export const proceedings: Step<ProceedingEvent, ProceedingBrings> = {
	name: "proceedings",
	commands: {
		OpenProceeding: command<typeof OpenProceeding, ProceedingBrings>({
			schema: OpenProceeding,
			by: [...LIAISONS, "intake", "system"],
			evenWhen: ["joined"],
			decide: openProceeding,
		}),
		ReceiveFromBody: command<typeof ReceiveFromBody, ProceedingEvent>({
			schema: ReceiveFromBody,
			by: LIAISONS,
			guard: someOpen,
			decide: ({ proceeding, words, evidence }, kase) => {
				const no = firstOf(
					!open(kase, proceeding) && refusal("UnknownProceeding", { proceeding }),
					strangeEvidence(kase, evidence),
				);
				return no
					? { ok: false, refusal: no }
					: accept({ type: "ReceivedFromBody", data: { about: proceeding, words, evidence } });
			},
		}),
		ExtendProceeding: command<typeof ExtendProceeding, ProceedingEvent>({
			schema: ExtendProceeding,
			by: LIAISONS,
			guard: someOpen,
			decide: extend,
		}),
		SendBackProceeding: command<typeof SendBackProceeding, ProceedingBrings>({
			schema: SendBackProceeding,
			by: LIAISONS,
			guard: someOpen,
			decide: ({ proceeding, why }, kase, context) => {
				const one = open(kase, proceeding);
				if (!one) return refuse("UnknownProceeding", { proceeding });
				const sent: ProceedingBrings = { type: "ProceedingSentBack", data: { about: proceeding, why } };
				return accept<ProceedingBrings>(sent, ...ending(one, kase, context));
			},
		}),
		ReplyToBody: command<typeof ReplyToBody, ProceedingEvent>({
			schema: ReplyToBody,
			by: ["liaise", "legal", "safety"],
			guard: someOpen,
			decide: ({ proceeding, words, final, reason }, kase, context) => {
				const one = open(kase, proceeding);
				if (!one) return refuse("UnknownProceeding", { proceeding });
				if (one.replies.some((reply) => reply.final)) return refuse("AlreadyDone");
				const no = guardOutgoing({ ...context, formal: true }, words, reason);
				if (no) return { ok: false, refusal: no };
				return accept({ type: "RepliedToBody", data: { about: proceeding, words, final } });
			},
		}),
		RecordInsuranceStep: command<typeof RecordInsuranceStep, ProceedingEvent>({
			schema: RecordInsuranceStep,
			by: [...LIAISONS, "pay"],
			guard: someOpen,
			decide: insuranceStep,
		}),
		RecordProceedingResult: command<typeof RecordProceedingResult, ProceedingBrings>({
			schema: RecordProceedingResult,
			by: LIAISONS,
			guard: someOpen,
			decide: ({ proceeding, words, amount }, kase, context) => {
				const one = open(kase, proceeding);
				if (!one) return refuse("UnknownProceeding", { proceeding });
				const sum = amount === undefined ? null : { amount, currency: context.pack.data.head.currency };
				const data = { about: proceeding, words, amount: sum };
				return accept<ProceedingBrings>(
					{ type: "ProceedingResultRecorded", data },
					...ending(one, kase, context),
				);
			},
		}),
	},
	fold: {
		ProceedingOpened: (kase, { words, ...data }, { at, by }) => ({
			...kase,
			proceedings: [
				...kase.proceedings,
				{
					...data,
					at,
					by,
					extended: [],
					sentBack: null,
					received: [{ at, by, words, evidence: [] }],
					replies: [],
					insurance: [],
					result: null,
				},
			],
		}),
		ReceivedFromBody: (kase, { about, words, evidence }, { at, by }) =>
			change(kase, about, (one) => ({ ...one, received: [...one.received, { at, by, words, evidence }] })),
		ProceedingExtended: (kase, { about, due, why, clock }, { at, by }) => ({
			...change(kase, about, (one) => ({ ...one, due, extended: [...one.extended, { at, by, due, why }] })),
			clocks: kase.clocks.map((one) => (one.id === clock?.id ? clock : one)),
		}),
		ProceedingSentBack: (kase, { about, why }, { at, by }) =>
			change(kase, about, (one) => ({ ...one, sentBack: { at, by, why } })),
		RepliedToBody: (kase, { about, words, final }, { at, by }) =>
			change(kase, about, (one) => ({ ...one, replies: [...one.replies, { at, by, words, final }] })),
		InsuranceStepRecorded: (kase, { about, step, amount }, { at, by }) =>
			change(kase, about, (one) => ({ ...one, insurance: [...one.insurance, { at, by, step, amount }] })),
		ProceedingResultRecorded: (kase, { about, words, amount }, { at, by }) =>
			change(kase, about, (one) => ({ ...one, result: { at, by, words, amount } })),
	},
	moments: {
		ProceedingOpened: ["proceeding-opened"],
		ProceedingSentBack: ["proceeding-answered"],
		RepliedToBody: ({ final }) => (final ? ["proceeding-answered"] : []),
		ProceedingResultRecorded: ["proceeding-answered"],
	},
	react: reactToProceeding,
	standing: (kase) => {
		if (kase.proceedings.length === 0) return "not-needed";
		return kase.proceedings.every((one) => one.result || one.sentBack) ? "done" : "open";
	},
	obligations: (kase): Obligation[] =>
		kase.proceedings
			.filter(
				(one) =>
					!one.result &&
					!one.sentBack &&
					one.direction === "inbound" &&
					!one.replies.some((reply) => reply.final),
			)
			.map((one) => ({
				step: "proceedings",
				what: "reply",
				who: { capability: "liaise" },
				due: one.due,
				command: "ReplyToBody",
				blocks: [],
				about: one.id,
			})),
};

function someOpen(kase: Case) {
	return kase.proceedings.some((one) => !one.result && !one.sentBack) ? null : refusal("NotOpen");
}

function change(kase: Case, id: string, how: (one: Proceeding) => Proceeding): Case {
	return { ...kase, proceedings: kase.proceedings.map((one) => (one.id === id ? how(one) : one)) };
}

function reactToProceeding(event: ProceedingEvent): Effect[] {
	if (event.type !== "ProceedingOpened") return [];
	return [
		{
			do: "notify",
			to: { capability: "liaise" },
			notice: "proceeding-opened",
			values: { body: event.data.body, ...(event.data.due ? { due: event.data.due } : {}) },
		},
	];
}
