import { z } from "zod";
import { type Actor, can } from "../actor.ts";
import { type Case, examined, type Hearing, nextId, type Party, partyOf, type Question } from "../case.ts";
import { dueAfter, dueByRule } from "../clock-rules.ts";
import { accept, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { Instant } from "../time/instant.ts";
import type { InvestigationEvent } from "./investigation.ts";
import type { Context } from "./step.ts";

/** Law 2: how a party is heard: asked, answering, silent, or out of reach. */

export const AskQuestion = z.strictObject({
	party: z.string().optional(),
	organisation: z.string().optional(),
	about: z.enum(["explanation", "records", "question"]).default("question"),
	words: Words,
	allegations: z.array(z.string()).default([]),
	/** Without it: the pack's time for it. */
	due: Instant.optional(),
	/** Asked for when the guard would let the words pass with a reason. */
	reason: Remark.optional(),
});
export const Explain = z.strictObject({
	party: z.string().optional(),
	words: Words,
	evidence: z.array(z.string()).default([]),
	question: z.string().optional(),
});
export const AttestUnobtainable = z.strictObject({
	party: z.string(),
	why: z.enum(["left", "ill", "detained", "unidentified", "other"]),
	words: Remark,
});

export function ask(fields: z.output<typeof AskQuestion>, kase: Case, context: Context) {
	const { now, pack, days } = context;
	if (!fields.party === !fields.organisation)
		return refuse("Malformed", { field: "party", hint: "party or organisation, one of them" });
	const { about, words, allegations, party } = fields;
	const stranger = allegations.find((id) => !kase.allegations.some((one) => one.id === id));
	const no = firstOf(
		party !== undefined &&
			!kase.parties.some((one) => one.id === party) &&
			refusal("UnknownParty", { party }),
		stranger !== undefined && refusal("UnknownAllegation", { allegation: stranger }),
		fields.due && fields.due <= now ? refusal("TooEarly", { field: "due", now }) : null,
		about === "explanation" && party !== undefined && openExplanation(kase, party) && refusal("AlreadyOpen"),
		// what goes to a party goes out; departments are inside
		party !== undefined && guardOutgoing(context, words, fields.reason),
	);
	if (no) return { ok: false as const, refusal: no };
	const moment = about === "explanation" ? "explanation-asked" : "question-asked";
	const due =
		fields.due ??
		dueByRule(moment, kase, context) ??
		dueAfter(now, pack.data.evidence.explanation, pack, days);
	const to = party ? { party } : { organisation: fields.organisation ?? "" };
	return accept<InvestigationEvent>({
		type: "QuestionAsked",
		data: { id: nextId("q", kase.questions), to, about, words, allegations, due },
	});
}

/** The question by which a party was asked to explain and that still has no answer, though its time may be over. */
function openExplanation(kase: Case, party: string): Question | null {
	return (
		kase.questions.find(
			(one) =>
				one.about === "explanation" &&
				"party" in one.to &&
				one.to.party === party &&
				!one.answer &&
				!one.noReply,
		) ?? null
	);
}

/** When the answer is due: by the question's own clock, which may have been paused or extended; null while paused. */
export function answerDue(kase: Case, question: Question): Instant | null {
	const clock = kase.clocks.find((one) => one.party === question.id);
	if (!clock) return question.due;
	return clock.pauses.at(-1)?.to === null ? null : clock.due;
}

export function mayAnswer(one: Question, kase: Case, actor: Actor): Refusal | null {
	if (one.answer) return refusal("AlreadyAnswered", { at: one.answer.at });
	if (can(actor, "handle")) return null;
	if ("organisation" in one.to)
		return actor.belongsTo.includes(one.to.organisation) ? null : refusal("NotYourPart");
	const { party } = one.to;
	const theirs = speaksFor(kase.parties.find((known) => known.id === party) ?? null, kase, actor);
	return theirs ? null : refusal("NotYourPart");
}

/** A party speaks for itself; an officer for their department where it is itself the party and nobody in person. */
export function speaksFor(party: Party | null, kase: Case, actor: Actor): boolean {
	if (!party) return false;
	if (partyOf(kase, actor)?.id === party.id) return true;
	return Boolean(party.organisation && !party.person && actor.belongsTo.includes(party.organisation));
}

export function explain(fields: z.output<typeof Explain>, kase: Case, actor: Actor) {
	const id = fields.party ?? partyOf(kase, actor)?.id;
	const party = kase.parties.find((one) => one.id === id);
	if (!party) return refuse("UnknownParty", { party: fields.party ?? "" });
	// staff write down what they were told on the phone; everybody else speaks for themselves
	if (!can(actor, "handle", "intake") && !speaksFor(party, kase, actor)) return refuse("NotYourPart");
	const accused = examined(kase).some((one) => one.accused.includes(party.id));
	if (!accused && party.side !== "respondent" && party.side !== "other") return refuse("NotAccused");
	const asked = fields.question
		? kase.questions.find((one) => one.id === fields.question)
		: kase.questions.find(
				(one) => one.about === "explanation" && "party" in one.to && one.to.party === party.id && !one.answer,
			);
	if (fields.question && !(asked && "party" in asked.to && asked.to.party === party.id))
		return refuse("UnknownQuestion", { question: fields.question });
	if (asked?.answer) return refuse("AlreadyAnswered", { at: asked.answer.at });
	const heard = hearing(kase, party.id, "explained", fields.words);
	return accept<InvestigationEvent>({
		type: "Explained",
		data: { about: asked?.id ?? null, heard, evidence: fields.evidence },
	});
}

/** Attested by another person than the one who will decide: the owner, and whoever decides in the end. */
export function attest(fields: z.output<typeof AttestUnobtainable>, kase: Case, actor: Actor) {
	const { party, why, words } = fields;
	const heard = kase.hearings.some(
		(one) => one.party === party && one.how === "explained" && one.round === kase.round,
	);
	const no = firstOf(
		!kase.parties.some((one) => one.id === party) && refusal("UnknownParty", { party }),
		heard && refusal("AlreadyHeard"),
		kase.owner?.person === actor.id && refusal("SameAttestor"),
	);
	if (no) return { ok: false as const, refusal: no };
	return accept<InvestigationEvent>({
		type: "UnobtainableAttested",
		data: { heard: { ...hearing(kase, party, "unobtainable", words), why, attestedBy: actor.id } },
	});
}

export function hearing(
	kase: Case,
	party: string,
	how: Hearing["how"],
	words: Kept | null,
): Omit<Hearing, "at" | "by"> {
	return { party, round: kase.round, how, words, why: null, attestedBy: null };
}
