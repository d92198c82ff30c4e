import type { z } from "zod";
import { type Case, isOnHold, joinedInto, nextId, type Proceeding } from "../case.ts";
import { resumeFault, suspendFault } from "../clock-moments.ts";
import { calendarOf, dueAfter } from "../clock-rules.ts";
import { relieved } from "../clocks.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import { endTalk } from "../restriction.ts";
import { extendClock } from "../time/clock.ts";
import type {
	ExtendProceeding,
	OpenProceeding,
	ProceedingBrings,
	ProceedingEvent,
	RecordInsuranceStep,
} from "./proceedings.ts";
import type { Context } from "./step.ts";

/** What a proceeding does to the case: its time to answer, police, insurance step by step. */

export function open(kase: Case, id: string): Proceeding | null {
	return kase.proceedings.find((one) => one.id === id && !one.result && !one.sentBack) ?? null;
}

export function openProceeding(
	fields: z.output<typeof OpenProceeding>,
	kase: Case,
	context: Context,
): Decision<ProceedingBrings> {
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
	const events: ProceedingBrings[] = [
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
export function ending(one: Proceeding, kase: Case, context: Context): ProceedingBrings[] {
	return one.kind === "police" ? resumeFault(kase, one.id, context) : [];
}

/** The body has given more time: its own clock goes by that. */
export function extend(
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

export function insuranceStep(
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
