import { z } from "zod";
import { type Allegation, type Case, type FollowUp, isRestricted, nextId, partiesOn } from "../case.ts";
import { decidersNow } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { restriction, restrictsBy } from "../restriction.ts";
import type { ClosureEvent } from "./closure.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";
import type { TriageEvent } from "./triage.ts";

/** 回访: asked again after the fact, by somebody else than the handler. "Not satisfied" reopens once. */

const RecordFollowUp = z.strictObject({
	attempt: z.string().optional(),
	satisfied: z.boolean(),
	/** Did anybody bother you because of the complaint? */
	bothered: z.boolean(),
	score: z.int().min(1).max(5).optional(),
	advice: Remark.optional(),
	words: Remark.optional(),
});
const AskFollowUp = z.strictObject({ attempt: z.string() });
const RecordFollowUpAttempt = z.strictObject({ attempt: z.string().optional() });
const WaiveFollowUp = z.strictObject({
	attempt: z.string().optional(),
	reason: z.string(),
	why: Remark.optional(),
});
const IssueTerminationNotice = z.strictObject({
	reasons: Words,
	/** Asked for when the guard finds something in the reasons, which go to the complainant. */
	reason: Remark.optional(),
});

export type FollowUpEvent =
	| Event<"FollowUpAsked", { attempt: string }>
	| Event<"FollowUpRecorded", { id: string; attempt: string; result: FollowUp["result"] }>
	| Event<"RetaliationAlleged", { allegation: Allegation }>
	| Event<"TerminationNoticed", { reasons: Kept }>
	| Extract<ClosureEvent, { type: "CaseReopened" }>;

type OwnEvent = Exclude<FollowUpEvent, { type: "CaseReopened" }>;

/** Reprisal against whoever complained may have to be restricted. */
type Brings =
	| FollowUpEvent
	| Extract<TriageEvent, { type: "CaseRestricted" }>
	| Extract<ContactEvent, { type: "DirectTalkClosed" }>;

export const followUp: Step<OwnEvent, Brings> = {
	name: "follow-up",
	commands: {
		AskFollowUp: command<typeof AskFollowUp, FollowUpEvent>({
			schema: AskFollowUp,
			by: ["system"],
			evenWhen: ["closed"],
			guard: (kase) => !kase.closure && refusal("CaseNotClosed"),
			decide: ({ attempt }, kase, { now }) => {
				const one = openPlan(kase).find((known) => known.attempt === attempt);
				if (!one) return refuse("FollowUpNotDue");
				if (one.asked) return refuse("AlreadyDone");
				return now < one.due
					? refuse("TooEarly", { due: one.due })
					: accept({ type: "FollowUpAsked", data: { attempt } });
			},
		}),
		RecordFollowUp: command<typeof RecordFollowUp, Brings>({
			schema: RecordFollowUp,
			by: ["handle", "settle", "quality", "review", "safety", "complain"],
			evenWhen: ["closed"],
			guard: (kase, context) => mayAsk(kase, context),
			decide: recordFollowUp,
		}),
		RecordFollowUpAttempt: command<typeof RecordFollowUpAttempt, FollowUpEvent>({
			schema: RecordFollowUpAttempt,
			by: ["handle", "settle", "quality", "review", "safety"],
			evenWhen: ["closed"],
			guard: (kase, context) => mayAsk(kase, context),
			decide: ({ attempt }, kase) => {
				const which = planned(kase, attempt);
				return which
					? accept({
							type: "FollowUpRecorded",
							data: { id: nextId("u", kase.followUps), attempt: which, result: { noAnswer: true } },
						})
					: refuse("FollowUpNotDue");
			},
		}),
		WaiveFollowUp: command<typeof WaiveFollowUp, FollowUpEvent>({
			schema: WaiveFollowUp,
			by: ["quality", "manage", "review", "safety"],
			evenWhen: ["closed"],
			guard: (kase) => openPlan(kase).length === 0 && refusal("FollowUpNotDue"),
			decide: ({ attempt, reason, why }, kase, { pack }) => {
				const which = planned(kase, attempt);
				if (!which) return refuse("FollowUpNotDue");
				const reasons = Object.keys(pack.data.followUp.waivers);
				if (!reasons.includes(reason)) return refuse("UnknownWord", { word: reason, words: reasons });
				return accept({
					type: "FollowUpRecorded",
					data: {
						id: nextId("u", kase.followUps),
						attempt: which,
						result: { waived: reason, why: why ?? null },
					},
				});
			},
		}),
		IssueTerminationNotice: command<typeof IssueTerminationNotice, FollowUpEvent>({
			schema: IssueTerminationNotice,
			by: ["review"],
			evenWhen: ["closed"],
			guard: (kase) =>
				firstOf(
					kase.termination && refusal("AlreadyDone"),
					!kase.closure && refusal("CaseNotClosed"),
					!kase.reopenings.some((one) => one.because === "not-satisfied") &&
						refusal("TooEarly", { hint: "reopened once before" }),
				),
			decide: ({ reasons, reason }, _, context) => {
				const no = guardOutgoing({ ...context, formal: true }, reasons, reason);
				return no ? { ok: false, refusal: no } : accept({ type: "TerminationNoticed", data: { reasons } });
			},
		}),
	},
	fold: {
		FollowUpAsked: (kase, { attempt }, { at }) => ({
			...kase,
			followUpPlan: kase.followUpPlan.map((one) => (one.attempt === attempt ? { ...one, asked: at } : one)),
		}),
		FollowUpRecorded: (kase, data, { at, by }) => ({
			...kase,
			followUps: [...kase.followUps, { ...data, at, by }],
		}),
		RetaliationAlleged: (kase, { allegation }) => ({
			...kase,
			allegations: [...kase.allegations, allegation],
		}),
		TerminationNoticed: (kase, { reasons }, { at, by }) => ({ ...kase, termination: { at, by, reasons } }),
	},
	moments: {
		FollowUpAsked: ["follow-up-due"],
		FollowUpRecorded: ({ result }) => ("noAnswer" in result ? [] : ["followed-up"]),
	},
	react: reactToFollowUp,
	// a restricted case gets no scripted questions: the safety team cares for the complainant itself
	timers: (kase) =>
		isRestricted(kase)
			? []
			: openPlan(kase)
					.filter((one) => !one.asked)
					.map((one) => ({
						key: `follow-up:${one.attempt}:${one.due}`,
						at: one.due,
						command: { type: "AskFollowUp", attempt: one.attempt },
					})),
	standing: (kase) => {
		if (!kase.closure) return "waiting";
		if (kase.followUpPlan.length === 0) return "not-needed";
		return openPlan(kase).length === 0 ? "done" : "open";
	},
	obligations: (kase, pack): Obligation[] =>
		openPlan(kase).map((one) => {
			const exhausted = triesAt(kase, one.attempt) >= pack.data.followUp.attempts;
			return {
				step: "follow-up",
				what: exhausted ? "waive-follow-up" : "ask-again",
				who: { capability: isRestricted(kase) ? "safety" : "quality" },
				due: one.due,
				command: exhausted ? "WaiveFollowUp" : "RecordFollowUp",
				blocks: [],
				about: one.attempt,
			};
		}),
};

/** Planned visits that have neither an answer nor a waiver yet. */
export function openPlan(kase: Case): Case["followUpPlan"] {
	if (!kase.closure) return [];
	const ended = sinceClosure(kase).flatMap((one) => ("noAnswer" in one.result ? [] : [one.attempt]));
	return kase.followUpPlan.filter((one) => !ended.includes(one.attempt));
}

function sinceClosure(kase: Case): FollowUp[] {
	const closedAt = kase.closure?.at ?? "";
	return kase.followUps.filter((one) => one.at >= closedAt);
}

/** How often somebody tried in vain to ask, for one planned visit. */
function triesAt(kase: Case, attempt: string): number {
	return sinceClosure(kase).filter((one) => one.attempt === attempt && "noAnswer" in one.result).length;
}

function planned(kase: Case, attempt: string | undefined): string | null {
	const open = openPlan(kase);
	return (attempt ? open.find((one) => one.attempt === attempt)?.attempt : open[0]?.attempt) ?? null;
}

/** Never one's own case: neither the owner nor anybody who owned or decided it. */
function mayAsk(kase: Case, { actor, pack }: Context): Refusal | null {
	const open = openPlan(kase);
	if (!kase.closure) return refusal("CaseNotClosed");
	if (open.length === 0) return refusal("FollowUpNotDue");
	if (actor.kind === "complainant") return null;
	const handled = [kase.owner?.person, ...kase.owners.map((one) => one.person), ...decidersNow(kase)];
	const { attempts } = pack.data.followUp;
	return firstOf(
		handled.includes(actor.id) && refusal("HandlerAsksAgain"),
		open.every((one) => triesAt(kase, one.attempt) >= attempts) &&
			refusal("TooManyAttempts", { most: attempts, of: "follow-up" }),
	);
}

function recordFollowUp(
	fields: z.output<typeof RecordFollowUp>,
	kase: Case,
	{ pack, actor, now }: Context,
): Decision<Brings> {
	const which = planned(kase, fields.attempt);
	if (!which) return refuse("FollowUpNotDue");
	const { satisfied, bothered, score, advice, words } = fields;
	const events: Brings[] = [
		{
			type: "FollowUpRecorded",
			data: {
				id: nextId("u", kase.followUps),
				attempt: which,
				result: { satisfied, bothered, score: score ?? null, advice: advice ?? null, words: words ?? null },
			},
		},
	];
	if (bothered) {
		const allegation = retaliation(words ?? null, kase, pack, { at: now, by: actor.id });
		const because = restrictsBy([], [allegation.category ?? ""], pack);
		events.push({ type: "RetaliationAlleged", data: { allegation } }, ...restriction(kase, because));
	}
	const first = !satisfied && !kase.reopenings.some((one) => one.because === "not-satisfied");
	if (first || bothered)
		events.push({
			type: "CaseReopened",
			data: { because: first ? "not-satisfied" : "new-facts", why: words ?? null },
		});
	return accept(...events);
}

/** Categories under which packs keep reprisal against whoever complained. */
const REPRISAL = ["reprisal", "retaliation"];

function retaliation(
	words: Kept | null,
	kase: Case,
	pack: LoadedPack,
	{ at, by }: { at: string; by: string },
): Allegation {
	return {
		id: nextId("a", kase.allegations),
		words,
		proposed: null,
		category: REPRISAL.find((id) => pack.categories.has(id)) ?? "other",
		classified: { at, by, why: null },
		accused: partiesOn(kase, "respondent").map((one) => one.id),
		withdrawn: null,
		round: kase.round,
	};
}

function reactToFollowUp(event: FollowUpEvent, kase: Case): Effect[] {
	const tell = (notice: "termination-notice" | "follow-up-questions"): Effect[] =>
		partiesOn(kase, "complainant").map((one) => ({ do: "notify", to: { party: one.id }, notice }));
	if (event.type === "TerminationNoticed") return tell("termination-notice");
	if (event.type === "FollowUpAsked") return tell("follow-up-questions");
	if (event.type === "RetaliationAlleged")
		return [{ do: "notify", to: { capability: "safety" }, notice: "escalated" }];
	return [];
}
