import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, type CorrectiveAction, type Improvement, nextId } from "../case.ts";
import { dueAfter } from "../clock-rules.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { personalIn } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { Id } from "../packs/words.ts";
import { Instant } from "../time/instant.ts";
import { markTest } from "../training.ts";
import { strangeEvidence } from "./appeal-lodging.ts";
import type { Event } from "./event.ts";
import { improvementDue } from "./improvement-due.ts";
import { type Context, command, type Effect, type Step } from "./step.ts";

/** 改进: root cause, proposals, corrective actions whose effect is proved, do-not rules, training, the case library. */

const ProposeImprovement = z.strictObject({
	target: z.enum(["dispatch", "process", "rule", "route", "training", "technology", "other"]),
	words: Words,
});
const DecideProposal = z.strictObject({ proposal: z.string(), taken: z.boolean(), why: Remark });
const RecordRootCause = z.strictObject({ cause: z.string(), words: Words });
const OpenCorrectiveAction = z.strictObject({
	owner: z.string(),
	organisation: z.string().optional(),
	cause: z.string(),
	words: Words,
	due: Instant,
});
const CompleteCorrectiveAction = z.strictObject({
	action: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const VerifyCorrectiveAction = z.strictObject({ action: z.string(), worked: z.boolean(), words: Words });
const AddDoNotRule = z.strictObject({ place: Id, words: Remark });
const AssignTraining = z.strictObject({ person: z.string(), training: z.string(), due: Instant });
/** Whoever takes the test gives answers, and the engine marks them; a score without answers is the office's to note. */
const RecordTrainingResult = z.strictObject({
	assignment: z.string(),
	score: z.int().min(0).max(100).optional(),
	answers: z.array(z.int().min(0).max(20)).min(1).max(50).optional(),
});
const DraftCaseStudy = z.strictObject({ text: Words, lesson: Words });
const PublishCaseStudy = z.strictObject({});

/** Whoever leads the improvement; the safety team in its own, restricted cases. */
const LEADS = ["quality", "manage", "safety"] as const;

export type ImprovementEvent =
	| Event<"ImprovementProposed", { id: string; target: string; words: Kept }>
	| Event<"ProposalDecided", { proposal: string; taken: boolean; why: Kept }>
	| Event<"RootCauseRecorded", { cause: string; words: Kept }>
	| Event<"CorrectiveActionOpened", Omit<CorrectiveAction, "at" | "by" | "done" | "verified" | "verifyBy">>
	| Event<"CorrectiveActionCompleted", { action: string; words: Kept; evidence: string[]; verifyBy: Instant }>
	| Event<"CorrectiveActionVerified", { action: string; worked: boolean; words: Kept }>
	| Event<"DoNotRuleAdded", { id: string; place: string; words: Kept }>
	| Event<"TrainingAssigned", { id: string; person: string; training: string; due: Instant }>
	| Event<"TrainingResultRecorded", { assignment: string; score: number; passed: boolean }>
	| Event<"CaseStudyDrafted", { text: Kept; lesson: Kept }>
	| Event<"CaseStudyPublished", Record<string, never>>;

export const improvement: Step<ImprovementEvent> = {
	name: "improvement",
	commands: {
		ProposeImprovement: command<typeof ProposeImprovement, ImprovementEvent>({
			schema: ProposeImprovement,
			by: ["respond", "handle", "quality", "answer", "manage", "intake"],
			decide: ({ target, words }, kase) =>
				accept({
					type: "ImprovementProposed",
					data: { id: nextId("y", kase.improvement.proposals), target, words },
				}),
		}),
		DecideProposal: command<typeof DecideProposal, ImprovementEvent>({
			schema: DecideProposal,
			by: LEADS,
			guard: (kase) => (kase.improvement.proposals.some((one) => !one.decided) ? null : refusal("NotOpen")),
			decide: ({ proposal, taken, why }, kase, { actor }) => {
				const one = kase.improvement.proposals.find((known) => known.id === proposal);
				if (!one) return refuse("UnknownAction", { action: proposal });
				if (one.decided) return refuse("AlreadyDecided");
				return one.by === actor.id
					? refuse("OwnProposal")
					: accept({ type: "ProposalDecided", data: { proposal, taken, why } });
			},
		}),
		RecordRootCause: command<typeof RecordRootCause, ImprovementEvent>({
			schema: RecordRootCause,
			by: [...LEADS, "handle"],
			decide: ({ cause, words }, _, { pack }) => {
				const known = Object.keys(pack.data.responsibility.causes);
				return known.includes(cause)
					? accept({ type: "RootCauseRecorded", data: { cause, words } })
					: refuse("UnknownWord", { word: cause, words: known });
			},
		}),
		OpenCorrectiveAction: command<typeof OpenCorrectiveAction, ImprovementEvent>({
			schema: OpenCorrectiveAction,
			by: LEADS,
			needs: ["people"],
			decide: ({ owner, organisation, cause, words, due }, kase, { now, pack, people }) => {
				if (!people?.some((one) => one.id === owner)) return refuse("UnknownParty", { person: owner });
				const known = Object.keys(pack.data.responsibility.causes);
				if (!known.includes(cause)) return refuse("UnknownWord", { word: cause, words: known });
				if (due <= now) return refuse("TooEarly", { field: "due", now });
				const id = nextId("t", kase.improvement.actions);
				return accept({
					type: "CorrectiveActionOpened",
					data: { id, owner, organisation: organisation ?? null, cause, words, due },
				});
			},
		}),
		CompleteCorrectiveAction: command<typeof CompleteCorrectiveAction, ImprovementEvent>({
			schema: CompleteCorrectiveAction,
			by: [...LEADS, "answer", "handle"],
			guard: (kase) => (kase.improvement.actions.some((one) => !one.done) ? null : refusal("NotOpen")),
			decide: ({ action, words, evidence }, kase, { actor, now, pack, days }) => {
				const one = kase.improvement.actions.find((known) => known.id === action);
				if (!one) return refuse("UnknownAction", { action });
				const no = firstOf(
					one.done && refusal("AlreadyDone"),
					one.owner !== actor.id && !can(actor, ...LEADS) && refusal("NotYourPart"),
					strangeEvidence(kase, evidence),
				);
				if (no) return { ok: false, refusal: no };
				// whether it worked shows after a while only
				const verifyBy = dueAfter(now, pack.data.improvement.actions.verifyAfter, pack, days);
				return accept({ type: "CorrectiveActionCompleted", data: { action, words, evidence, verifyBy } });
			},
		}),
		VerifyCorrectiveAction: command<typeof VerifyCorrectiveAction, ImprovementEvent>({
			schema: VerifyCorrectiveAction,
			by: LEADS,
			guard: (kase) =>
				kase.improvement.actions.some((one) => one.done && !one.verified) ? null : refusal("NotOpen"),
			decide: ({ action, worked, words }, kase, { actor }) => {
				const one = kase.improvement.actions.find((known) => known.id === action);
				if (!one) return refuse("UnknownAction", { action });
				if (!one.done) return refuse("NotStarted", { action });
				if (one.verified) return refuse("AlreadyDone");
				// proof that it worked comes from somebody else than who did it, or was to do it
				return one.done.by === actor.id || one.owner === actor.id
					? refuse("DecidedBefore")
					: accept({ type: "CorrectiveActionVerified", data: { action, worked, words } });
			},
		}),
		AddDoNotRule: command<typeof AddDoNotRule, ImprovementEvent>({
			schema: AddDoNotRule,
			by: LEADS,
			decide: ({ place, words }, kase) =>
				accept({ type: "DoNotRuleAdded", data: { id: nextId("d", kase.improvement.doNot), place, words } }),
		}),
		AssignTraining: command<typeof AssignTraining, ImprovementEvent>({
			schema: AssignTraining,
			by: [...LEADS, "handle"],
			decide: ({ person, training, due }, kase, { now, pack }) => {
				const known = Object.keys(pack.data.improvement.training);
				if (!known.includes(training)) return refuse("UnknownWord", { word: training, words: known });
				if (due <= now) return refuse("TooEarly", { field: "due", now });
				return accept({
					type: "TrainingAssigned",
					data: { id: nextId("j", kase.improvement.training), person, training, due },
				});
			},
		}),
		RecordTrainingResult: command<typeof RecordTrainingResult, ImprovementEvent>({
			schema: RecordTrainingResult,
			by: [...LEADS, "respond", "answer"],
			guard: (kase) =>
				kase.improvement.training.some((one) => !one.result?.passed) ? null : refusal("NotOpen"),
			decide: recordTraining,
		}),
		DraftCaseStudy: command<typeof DraftCaseStudy, ImprovementEvent>({
			schema: DraftCaseStudy,
			by: [...LEADS, "handle"],
			guard: (kase) => (kase.improvement.study?.published ? refusal("AlreadyDone") : null),
			decide: ({ text, lesson }, _, { words }) => {
				// nobody may be found in what others learn from
				const found = [text, lesson].flatMap((one) => personalIn(words[one.ref] ?? ""));
				return found.length > 0
					? refuse("GuardBlocked", {
							rules: found.map((one) => one.rule),
							found: found.map((one) => one.found),
						})
					: accept({ type: "CaseStudyDrafted", data: { text, lesson } });
			},
		}),
		PublishCaseStudy: command<typeof PublishCaseStudy, ImprovementEvent>({
			schema: PublishCaseStudy,
			by: LEADS,
			guard: (kase, { actor }) => {
				const study = kase.improvement.study;
				if (!study) return refusal("NotStarted");
				if (study.published) return refusal("AlreadyDone");
				// a second person reads it for anything that could name somebody
				return study.by === actor.id ? refusal("OwnProposal") : null;
			},
			decide: () => accept({ type: "CaseStudyPublished", data: {} }),
		}),
	},
	fold: {
		ImprovementProposed: (kase, data, { at, by }) =>
			change(kase, (one) => ({ proposals: [...one.proposals, { ...data, at, by, decided: null }] })),
		ProposalDecided: (kase, { proposal, taken, why }, { at, by }) =>
			change(kase, ({ proposals }) => ({
				proposals: proposals.map((one) =>
					one.id === proposal ? { ...one, decided: { at, by, taken, why } } : one,
				),
			})),
		RootCauseRecorded: (kase, data, { at, by }) => change(kase, () => ({ rootCause: { ...data, at, by } })),
		CorrectiveActionOpened: (kase, data, { at, by }) =>
			change(kase, ({ actions }) => ({
				actions: [...actions, { ...data, at, by, done: null, verifyBy: null, verified: null }],
			})),
		CorrectiveActionCompleted: (kase, { action, words, evidence, verifyBy }, { at, by }) =>
			act(kase, action, { done: { at, by, words, evidence }, verifyBy }),
		CorrectiveActionVerified: (kase, { action, worked, words }, { at, by }) =>
			act(kase, action, { verified: { at, by, worked, words } }),
		DoNotRuleAdded: (kase, data, { at, by }) =>
			change(kase, ({ doNot }) => ({ doNot: [...doNot, { ...data, at, by }] })),
		TrainingAssigned: (kase, data, { at, by }) =>
			change(kase, ({ training }) => ({ training: [...training, { ...data, at, by, result: null }] })),
		TrainingResultRecorded: (kase, { assignment, score, passed }, { at, by }) =>
			change(kase, ({ training }) => ({
				training: training.map((one) =>
					one.id === assignment ? { ...one, result: { at, by, score, passed } } : one,
				),
			})),
		CaseStudyDrafted: (kase, data, { at, by }) =>
			change(kase, () => ({ study: { ...data, at, by, published: null } })),
		CaseStudyPublished: (kase, _, { at, by }) =>
			change(kase, ({ study }) => ({ study: study && { ...study, published: { at, by } } })),
	},
	react: (event, kase): Effect[] => {
		if (event.type === "CorrectiveActionOpened")
			return [
				{
					do: "notify",
					to: { person: event.data.owner },
					notice: "corrective-action",
					values: { due: event.data.due },
				},
			];
		if (event.type === "TrainingAssigned")
			return [
				{
					do: "notify",
					to: { person: event.data.person },
					notice: "training-assigned",
					values: { due: event.data.due },
				},
			];
		if (event.type === "ProposalDecided") {
			const by = kase.improvement.proposals.find((one) => one.id === event.data.proposal)?.by;
			return by ? [{ do: "notify", to: { person: by }, notice: "corrective-action" }] : [];
		}
		return [];
	},
	standing: (kase) => {
		const { rootCause, actions, proposals, study } = kase.improvement;
		if (!rootCause && actions.length === 0 && proposals.length === 0 && !study)
			return kase.closure ? "not-needed" : "waiting";
		return actions.every((one) => one.verified) && proposals.every((one) => one.decided) ? "done" : "open";
	},
	obligations: improvementDue,
};

function recordTraining(
	{ assignment, score: noted, answers }: z.output<typeof RecordTrainingResult>,
	kase: Case,
	{ pack, actor }: Context,
) {
	const one = kase.improvement.training.find((known) => known.id === assignment);
	if (!one) return refuse("UnknownAction", { action: assignment });
	if (one.result?.passed) return refuse("AlreadyDone");
	const own = one.person === actor.id;
	if (!own && !can(actor, ...LEADS)) return refuse("NotYourPart");
	// nobody gives themself a mark
	if (!answers && (own || !can(actor, ...LEADS))) return refuse("NotAuthorised", { needs: [...LEADS] });
	const course = pack.data.improvement.training[one.training];
	const score = answers ? course && markTest(course, answers)?.score : noted;
	if (score === undefined)
		return refuse("Malformed", {
			field: answers ? "answers" : "score",
			hint: "one answer for each question",
		});
	return accept<ImprovementEvent>({
		type: "TrainingResultRecorded",
		data: { assignment, score, passed: score >= (course?.pass ?? 100) },
	});
}

function change(kase: Case, how: (one: Improvement) => Partial<Improvement>): Case {
	return { ...kase, improvement: { ...kase.improvement, ...how(kase.improvement) } };
}

function act(kase: Case, id: string, how: Partial<CorrectiveAction>): Case {
	return change(kase, ({ actions }) => ({
		actions: actions.map((one) => (one.id === id ? { ...one, ...how } : one)),
	}));
}
