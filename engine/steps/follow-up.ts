import { z } from "zod";
import { type Allegation, type Case, type FollowUp, nextId } from "../case.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { ClosureEvent } from "./closure.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

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
const RecordFollowUpAttempt = z.strictObject({ attempt: z.string().optional() });
const WaiveFollowUp = z.strictObject({
	attempt: z.string().optional(),
	reason: z.string(),
	why: Remark.optional(),
});
const IssueTerminationNotice = z.strictObject({ reasons: Words });

export type FollowUpEvent =
	| Event<"FollowUpRecorded", { id: string; attempt: string; result: FollowUp["result"] }>
	| Event<"RetaliationAlleged", { allegation: Allegation }>
	| Event<"TerminationNoticed", { reasons: Kept }>
	| Extract<ClosureEvent, { type: "CaseReopened" }>;

type OwnEvent = Exclude<FollowUpEvent, { type: "CaseReopened" }>;

export const followUp: Step<OwnEvent, FollowUpEvent> = {
	name: "follow-up",
	commands: {
		RecordFollowUp: command<typeof RecordFollowUp, FollowUpEvent>({
			schema: RecordFollowUp,
			by: ["handle", "settle", "quality", "review", "complain"],
			evenWhen: ["closed"],
			guard: (kase, context) => mayAsk(kase, context),
			decide: recordFollowUp,
		}),
		RecordFollowUpAttempt: command<typeof RecordFollowUpAttempt, FollowUpEvent>({
			schema: RecordFollowUpAttempt,
			by: ["handle", "settle", "quality", "review"],
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
			by: ["quality", "manage", "review"],
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
			decide: ({ reasons }) => accept({ type: "TerminationNoticed", data: { reasons } }),
		}),
	},
	fold: {
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
	moments: { FollowUpRecorded: ({ result }) => ("noAnswer" in result ? [] : ["followed-up"]) },
	react: reactToFollowUp,
	timers: () => [],
	standing: (kase) => {
		if (!kase.closure) return "waiting";
		if (kase.followUpPlan.length === 0) return "not-needed";
		return openPlan(kase).length === 0 ? "done" : "open";
	},
	obligations: (kase): Obligation[] =>
		kase.closure
			? openPlan(kase).map((one) => ({
					step: "follow-up",
					what: "ask-again",
					who: { capability: "quality" },
					due: one.due,
					command: "RecordFollowUp",
					blocks: [],
					about: one.attempt,
				}))
			: [],
};

/** Planned visits that have neither an answer nor a waiver yet. */
export function openPlan(kase: Case): Case["followUpPlan"] {
	const closedAt = kase.closure?.at ?? "";
	const ended = kase.followUps
		.filter((one) => one.at >= closedAt && !("noAnswer" in one.result))
		.map((one) => one.attempt);
	return kase.followUpPlan.filter((one) => !ended.includes(one.attempt));
}

function planned(kase: Case, attempt: string | undefined): string | null {
	const open = openPlan(kase);
	return (attempt ? open.find((one) => one.attempt === attempt)?.attempt : open[0]?.attempt) ?? null;
}

/** Never one's own case: neither the owner nor anybody who owned or decided it. */
function mayAsk(kase: Case, { actor, pack }: Context): Refusal | null {
	const handled =
		kase.owner?.person === actor.id ||
		kase.owners.some((one) => one.person === actor.id) ||
		kase.closure?.by === actor.id;
	const tries = kase.followUps.filter((one) => "noAnswer" in one.result).length;
	return firstOf(
		!kase.closure && refusal("CaseNotClosed"),
		openPlan(kase).length === 0 && refusal("FollowUpNotDue"),
		actor.kind !== "complainant" && handled && refusal("HandlerAsksAgain"),
		actor.kind !== "complainant" &&
			tries >= pack.data.followUp.attempts &&
			refusal("TooManyAttempts", { most: pack.data.followUp.attempts, of: "follow-up" }),
	);
}

function recordFollowUp(
	fields: z.output<typeof RecordFollowUp>,
	kase: Case,
	{ pack, actor, now }: Context,
): Decision<FollowUpEvent> {
	const which = planned(kase, fields.attempt);
	if (!which) return refuse("FollowUpNotDue");
	const { satisfied, bothered, score, advice, words } = fields;
	const events: FollowUpEvent[] = [
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
		const category = pack.categories.has("retaliation") ? "retaliation" : "other";
		const accused = kase.parties.filter((one) => one.side === "respondent").map((one) => one.id);
		const classified = { at: now, by: actor.id, why: null };
		const allegation: Allegation = {
			id: nextId("a", kase.allegations),
			words: words ?? null,
			proposed: null,
			category,
			classified,
			accused,
			withdrawn: null,
			round: kase.round,
		};
		events.push({ type: "RetaliationAlleged", data: { allegation } });
	}
	const reopenedBefore = kase.reopenings.some((one) => one.because === "not-satisfied");
	if ((!satisfied && !reopenedBefore) || bothered)
		events.push({
			type: "CaseReopened",
			data: { because: satisfied ? "new-facts" : "not-satisfied", why: words ?? null },
		});
	return accept(...events);
}

function reactToFollowUp(event: FollowUpEvent, kase: Case): Effect[] {
	const complainants = kase.parties.filter((one) => one.side === "complainant");
	if (event.type === "TerminationNoticed")
		return complainants.map((one) => ({ do: "notify", to: { party: one.id }, notice: "termination-notice" }));
	if (event.type === "RetaliationAlleged")
		return [{ do: "notify", to: { capability: "safety" }, notice: "escalated" }];
	return [];
}
