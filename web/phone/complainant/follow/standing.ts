import type { Case, Offer } from "#engine/case.ts";
import type { Answer } from "./case-data.ts";

/** How a case stands for whoever complained: its stages with their dates, and what is asked of them. Pure. */

export const STAGES = ["received", "contacted", "looked-into", "answered", "done"] as const;
export type Stage = (typeof STAGES)[number];

export interface StageShown {
	stage: Stage;
	at: string | null;
	state: "done" | "now" | "ahead";
}

export function stagesOf(kase: Case): StageShown[] {
	const answer = [kase.offers.find((one) => one.from !== "complainant")?.at, kase.finalPosition?.at]
		.filter((at) => at !== undefined)
		.sort()[0];
	const found = kase.findings
		.map((one) => one.noticedAt)
		.filter((at) => at !== null)
		.sort()[0];
	const settled = kase.offers.find((one) => one.accepted)?.accepted?.at ?? kase.finalPosition?.at;
	const reached: Record<Stage, string | null> = {
		received: kase.intake?.receivedAt ?? null,
		contacted: kase.firstContact?.at ?? null,
		"looked-into": found ?? answer ?? kase.closure?.at ?? null,
		// an offer that waits for its answer is what is going on, not what is over
		answered: settled ?? kase.closure?.at ?? null,
		done: kase.closure?.at ?? null,
	};
	// what was passed over on the way, as where the order's own data settle it, is not waited for
	const last = STAGES.findLastIndex((one) => reached[one] !== null);
	return STAGES.map((stage, n) => ({
		stage,
		at: reached[stage],
		state: n <= last ? "done" : n === last + 1 ? "now" : "ahead",
	}));
}

/** What is asked of the complainant, the most pressing first. */
export type Next =
	| { is: "answer-offer"; offer: Offer }
	| { is: "answer-question"; question: Case["questions"][number] }
	| { is: "confirm" }
	| { is: "follow-up" }
	| { is: "reopened" }
	| { is: "closed" }
	| { is: "wait" };

export function nextOf({ case: kase, allowed }: Pick<Answer, "case" | "allowed">): Next {
	const offer = openOffer(kase);
	if (offer && allowed.AcceptOffer === true) return { is: "answer-offer", offer };
	if (allowed.Confirm === true && kase.confirmation === null) return { is: "confirm" };
	const question = kase.questions.find((one) => !one.answer && !one.withdrawn && !one.noReply);
	if (question && !kase.closure) return { is: "answer-question", question };
	if (kase.closure && allowed.RecordFollowUp === true && asksNow(kase)) return { is: "follow-up" };
	if (kase.closure) return { is: "closed" };
	return { is: "wait" };
}

/** The company's offer that waits for an answer. */
export function openOffer(kase: Case): Offer | null {
	return (
		kase.offers.findLast(
			(one) =>
				one.from !== "complainant" && !one.accepted && !one.declined && !one.expired && !one.superseded,
		) ?? null
	);
}

/** The one of the other side who may be spoken with directly now. */
export function talkingWith({ directTalk, parties }: Case): Case["parties"][number] | null {
	if (!directTalk || directTalk.closed) return null;
	return parties.find((one) => one.id === directTalk.party && one.side === "respondent") ?? null;
}

/** What was agreed, kept as proof. */
export function agreedOffer(kase: Case): Offer | null {
	return kase.offers.findLast((one) => one.accepted) ?? null;
}

/** Asked by the schedule and not answered yet. */
function asksNow(kase: Case): boolean {
	return kase.followUpPlan.some(
		(one) => one.asked !== undefined && !kase.followUps.some((known) => known.attempt === one.attempt),
	);
}

/** The promises that run, those of the law first, then by their date. */
export function promisesOf(kase: Case): Case["clocks"] {
	return kase.clocks
		.filter((one) => !one.stopped && one.kind !== "internal")
		.toSorted((a, b) => (a.kind === b.kind ? (a.due < b.due ? -1 : 1) : a.kind === "statutory" ? -1 : 1));
}

/** When to tell where else one may turn: late, refused, or ended without agreement. */
export function mayTurnOutside(kase: Case, now: string): boolean {
	const late = promisesOf(kase).some((one) => one.due < now);
	const unsettled =
		kase.finalPosition !== null || (kase.closure !== null && kase.closure.outcome !== "settled");
	return late || unsettled || kase.offers.some((one) => one.declined) || kase.reopenings.length > 0;
}
