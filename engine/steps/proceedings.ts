import { z } from "zod";
import { type Case, isOnHold, joinedInto, type Money, nextId, type Proceeding } from "../case.ts";
import { resumeFault, suspendFault } from "../clock-moments.ts";
import { calendarOf, dueAfter } from "../clock-rules.ts";
import { type CaseClock, type ClockEvent, relieved } from "../clocks.ts";
import { accept, type Decision, firstOf, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { endTalk } from "../restriction.ts";
import { extendClock } from "../time/clock.ts";
import { Instant } from "../time/instant.ts";
import { strangeEvidence } from "./appeal-lodging.ts";
import type { ClosureEvent } from "./closure.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";
import type { TriageEvent } from "./triage.ts";

/** 外部投诉: regulators, hotlines, media, police, insurers, courts; each with its own number and its own clock. */

const OpenProceeding = z.strictObject({
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
const ExtendProceeding = z.strictObject({ proceeding: z.string(), due: Instant, why: Remark });
const SendBackProceeding = z.strictObject({ proceeding: z.string(), why: Remark });
const ReplyToBody = z.strictObject({
	proceeding: z.string(),
	words: Words,
	final: z.boolean().default(true),
	/** Asked for when the guard finds something in the words. */
	reason: Remark.optional(),
});
const RecordInsuranceStep = z.strictObject({
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
type Brings =
	| ProceedingEvent
	| Extract<ClockEvent, { type: "ClockPaused" | "ClockResumed" }>
	| Extract<ClosureEvent, { type: "CaseReopened" }>
	| Extract<ContactEvent, { type: "DirectTalkClosed" }>
	| Extract<TriageEvent, { type: "HoldPlaced" }>;

const LIAISONS = ["liaise", "legal", "safety", "handle"] as const;

export const proceedings: Step<ProceedingEvent, Brings> = {
	name: "proceedings",
	commands: {
		OpenProceeding: command<typeof OpenProceeding, Brings>({
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
		SendBackProceeding: command<typeof SendBackProceeding, Brings>({
			schema: SendBackProceeding,
			by: LIAISONS,
			guard: someOpen,
			decide: ({ proceeding, why }, kase, context) => {
				const one = open(kase, proceeding);
				if (!one) return refuse("UnknownProceeding", { proceeding });
				const sent: Brings = { type: "ProceedingSentBack", data: { about: proceeding, why } };
				return accept<Brings>(sent, ...ending(one, kase, context));
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
		RecordProceedingResult: command<typeof RecordProceedingResult, Brings>({
			schema: RecordProceedingResult,
			by: LIAISONS,
			guard: someOpen,
			decide: ({ proceeding, words, amount }, kase, context) => {
				const one = open(kase, proceeding);
				if (!one) return refuse("UnknownProceeding", { proceeding });
				const sum = amount === undefined ? null : { amount, currency: context.pack.data.head.currency };
				const data = { about: proceeding, words, amount: sum };
				return accept<Brings>({ type: "ProceedingResultRecorded", data }, ...ending(one, kase, context));
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

function open(kase: Case, id: string): Proceeding | null {
	return kase.proceedings.find((one) => one.id === id && !one.result && !one.sentBack) ?? null;
}

function someOpen(kase: Case) {
	return kase.proceedings.some((one) => !one.result && !one.sentBack) ? null : refusal("NotOpen");
}

function change(kase: Case, id: string, how: (one: Proceeding) => Proceeding): Case {
	return { ...kase, proceedings: kase.proceedings.map((one) => (one.id === id ? how(one) : one)) };
}

function openProceeding(
	fields: z.output<typeof OpenProceeding>,
	kase: Case,
	context: Context,
): Decision<Brings> {
	const { pack, now, days } = context;
	const body = pack.data.proceedings.bodies[fields.body];
	if (!body)
		return refuse("UnknownWord", { word: fields.body, words: Object.keys(pack.data.proceedings.bodies) });
	if (kase.proceedings.some((one) => one.body === fields.body && one.number === fields.number))
		return refuse("AlreadyOpen", { number: fields.number });
	const receivedAt = fields.receivedAt ?? now;
	if (receivedAt > now) return refuse("InTheFuture", { field: "receivedAt", now });
	if (fields.due && fields.due <= receivedAt) return refuse("TooEarly", { field: "due", now });
	const { direction, number, words } = fields;
	// what we write to a body ourselves is not for us to answer
	const byPack =
		direction === "inbound" && body.answer ? dueAfter(receivedAt, body.answer, pack, days) : null;
	const due = fields.due ?? byPack;
	const events: Brings[] = [
		{
			type: "ProceedingOpened",
			data: {
				id: nextId("g", kase.proceedings),
				body: fields.body,
				kind: body.kind,
				direction,
				number,
				receivedAt,
				due,
				words,
			},
		},
	];
	if (kase.closure && direction === "inbound" && !joinedInto(kase))
		events.push({ type: "CaseReopened", data: { because: "proceeding", why: words } });
	if (body.kind === "police") {
		events.push(...endTalk(kase));
		if (!isOnHold(kase)) events.push({ type: "HoldPlaced", data: { why: words } });
		events.push(...suspendFault(kase, words, context));
	}
	return accept(...events);
}

/** When the police have done with it the fault track goes on; the hold stays until legal lifts it. */
function ending(one: Proceeding, kase: Case, context: Context): Brings[] {
	return one.kind === "police" ? resumeFault(kase, one.id, context) : [];
}

/** The body has given more time: its own clock goes by that. */
function extend(
	{ proceeding, due, why }: z.output<typeof ExtendProceeding>,
	kase: Case,
	{ now, pack, days }: Context,
): Decision<ProceedingEvent> {
	const one = open(kase, proceeding);
	if (!one) return refuse("UnknownProceeding", { proceeding });
	if (one.due && due <= one.due) return refuse("TooEarly", { due: one.due });
	const clock = kase.clocks.find((known) => known.party === proceeding && !known.stopped);
	const extension = { at: now, until: due, reason: why.ref };
	const later = clock ? extendClock(clock, extension, calendarOf(pack, clock.calendar), days).clock : null;
	return accept({
		type: "ProceedingExtended",
		data: {
			about: proceeding,
			due,
			why,
			clock: clock && later ? relieved({ ...clock, ...later }, now) : null,
		},
	});
}

/** 报案 before repair, 查勘, 定损, 垫付, recovery: in this order, amounts where money is meant. */
const INSURANCE_ORDER = ["reported", "surveyed", "loss-set", "advanced", "recovered"] as const;

function insuranceStep(
	{ proceeding, step, amount }: z.output<typeof RecordInsuranceStep>,
	kase: Case,
	{ pack }: Context,
): Decision<ProceedingEvent> {
	const one = open(kase, proceeding);
	if (!one) return refuse("UnknownProceeding", { proceeding });
	if (one.kind !== "insurer") return refuse("Malformed", { field: "proceeding", hint: "not an insurer's" });
	if (one.insurance.some((done) => done.step === step)) return refuse("AlreadyDone", { step });
	const before = INSURANCE_ORDER.slice(0, INSURANCE_ORDER.indexOf(step)).filter(
		(earlier) => earlier !== "advanced",
	);
	const missing = before.find((earlier) => !one.insurance.some((done) => done.step === earlier));
	if (missing) return refuse("TooEarly", { missing });
	if (step !== "reported" && step !== "surveyed" && amount === undefined)
		return refuse("Malformed", { field: "amount", hint: "the amount set, advanced or recovered" });
	const sum = amount === undefined ? null : { amount, currency: pack.data.head.currency };
	return accept({ type: "InsuranceStepRecorded", data: { about: proceeding, step, amount: sum } });
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
