import { z } from "zod";
import {
	type Case,
	type EvidenceItem,
	type Hearing,
	type Inspection,
	nextId,
	type Question,
} from "../case.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { Address, type Kept, Remark, Words } from "../kept.ts";
import { Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { investigationDue, missingVerification } from "./investigation-due.ts";
import { addEvidence, recordVerification, unknownEvidence } from "./investigation-evidence.ts";
import {
	AskQuestion,
	AttestUnobtainable,
	answerDue,
	ask,
	attest,
	Explain,
	explain,
	hearing,
	mayAnswer,
} from "./investigation-hearing.ts";
import { command, type Effect, type Step } from "./step.ts";

/** 调查: questions to sides, departments and partners; both sides heard; evidence weighed; facts confirmed. */

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const AnswerQuestion = z.strictObject({
	question: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const RecordNoReply = z.strictObject({ question: z.string() });
export const AddEvidence = z.strictObject({
	kind: z.enum(["photo", "video", "audio", "track", "document", "record", "statement"]),
	title: Remark,
	from: z.string().default("company"),
	recipe: z.string().optional(),
	piece: z.string().optional(),
	/** Set by the edge after an upload: what the file is. */
	file: z
		.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0), mime: z.string() })
		.optional(),
	takenAt: Instant.optional(),
	/** Set by the edge: what looked odd about the file. */
	flags: z.array(z.string()).default([]),
});
const JudgeEvidence = z.strictObject({
	evidence: z.string(),
	as: z.enum(["accepted", "doubtful", "forged"]),
	why: Remark,
});
export const RecordVerification = z.strictObject({
	fact: z.string(),
	value: Value,
	source: z.string(),
	confirmed: z.boolean().default(true),
	evidence: z.array(z.string()).default([]),
	words: Remark.optional(),
});
const OrderInspection = z.strictObject({ place: Address, planned: Instant, inspector: z.string() });
const RecordInspection = z.strictObject({
	inspection: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const ConfirmFacts = z.strictObject({});

export type InvestigationEvent =
	| Event<
			"QuestionAsked",
			{
				id: string;
				to: Question["to"];
				about: Question["about"];
				words: Kept;
				allegations: string[];
				due: Instant;
			}
	  >
	| Event<"QuestionAnswered", { about: string; words: Kept; evidence: string[] }>
	| Event<"NoReplyRecorded", { about: string; heard: Omit<Hearing, "at" | "by"> | null }>
	| Event<"Explained", { about: string | null; heard: Omit<Hearing, "at" | "by">; evidence: string[] }>
	| Event<"UnobtainableAttested", { heard: Omit<Hearing, "at" | "by"> }>
	| Event<"EvidenceAdded", { evidence: Omit<EvidenceItem, "at" | "by" | "judged"> }>
	| Event<"EvidenceJudged", { evidence: string; as: "accepted" | "doubtful" | "forged"; why: Kept }>
	| Event<
			"VerificationRecorded",
			{
				id: string;
				fact: string;
				value: z.output<typeof Value>;
				source: string;
				confirmed: boolean;
				evidence: string[];
				words: Kept | null;
			}
	  >
	| Event<"InspectionOrdered", Omit<Inspection, "at" | "by" | "result">>
	| Event<"InspectionRecorded", { inspection: string; words: Kept; evidence: string[] }>
	| Event<"FactsConfirmed", Record<string, never>>;

const ASKERS = ["handle", "triage", "safety", "review", "liaise"] as const;

export const investigation: Step<InvestigationEvent> = {
	name: "investigation",
	commands: {
		AskQuestion: command<typeof AskQuestion, InvestigationEvent>({
			schema: AskQuestion,
			by: ASKERS,
			decide: ask,
		}),
		AnswerQuestion: command<typeof AnswerQuestion, InvestigationEvent>({
			schema: AnswerQuestion,
			by: ["answer", "respond", "complain", "handle"],
			decide: ({ question: id, words, evidence }, kase, { actor }) => {
				const question = kase.questions.find((one) => one.id === id);
				const no = question ? mayAnswer(question, kase, actor) : refusal("UnknownQuestion", { question: id });
				if (no) return { ok: false, refusal: no };
				const unknown = unknownEvidence(kase, evidence);
				if (unknown) return unknown;
				// whoever answers when asked to explain has explained
				if (question?.about === "explanation" && "party" in question.to)
					return accept({
						type: "Explained",
						data: { about: id, heard: hearing(kase, question.to.party, "explained", words), evidence },
					});
				return accept({ type: "QuestionAnswered", data: { about: id, words, evidence } });
			},
		}),
		RecordNoReply: command<typeof RecordNoReply, InvestigationEvent>({
			schema: RecordNoReply,
			by: [...ASKERS, "system"],
			decide: ({ question: id }, kase, { now }) => {
				const question = kase.questions.find((one) => one.id === id);
				if (!question) return refuse("UnknownQuestion", { question: id });
				const no = firstOf(
					question.answer && refusal("AlreadyAnswered", { at: question.answer.at }),
					question.noReply && refusal("AlreadyDone"),
					now < (answerDue(kase, question) ?? now) &&
						refusal("TooEarly", { due: answerDue(kase, question) ?? "" }),
					answerDue(kase, question) === null && refusal("AlreadyPaused"),
				);
				if (no) return { ok: false, refusal: no };
				const silent = question.about === "explanation" && "party" in question.to ? question.to.party : null;
				const heard = silent ? hearing(kase, silent, "no-reply", null) : null;
				return accept({ type: "NoReplyRecorded", data: { about: id, heard } });
			},
		}),
		Explain: command<typeof Explain, InvestigationEvent>({
			schema: Explain,
			by: ["respond", "answer", "handle", "intake"],
			decide: (fields, kase, { actor }) =>
				unknownEvidence(kase, fields.evidence) ?? explain(fields, kase, actor),
		}),
		AttestUnobtainable: command<typeof AttestUnobtainable, InvestigationEvent>({
			schema: AttestUnobtainable,
			by: ["triage", "handle", "answer", "manage", "safety"],
			decide: (fields, kase, { actor }) => attest(fields, kase, actor),
		}),
		AddEvidence: command<typeof AddEvidence, InvestigationEvent>({
			schema: AddEvidence,
			by: ["handle", "intake", "complain", "respond", "answer", "safety", "liaise", "system"],
			evenWhen: ["police"],
			decide: addEvidence,
		}),
		JudgeEvidence: command<typeof JudgeEvidence, InvestigationEvent>({
			schema: JudgeEvidence,
			by: ["handle", "review", "safety"],
			decide: ({ evidence, as, why }, kase) => {
				const one = kase.evidence.find((known) => known.id === evidence);
				if (!one) return refuse("UnknownEvidence", { evidence });
				if (one.judged?.as === as) return refuse("AlreadyDone");
				return accept({ type: "EvidenceJudged", data: { evidence, as, why } });
			},
		}),
		RecordVerification: command<typeof RecordVerification, InvestigationEvent>({
			schema: RecordVerification,
			by: ["handle", "answer", "review", "safety", "settle", "system"],
			evenWhen: ["police"],
			decide: recordVerification,
		}),
		OrderInspection: command<typeof OrderInspection, InvestigationEvent>({
			schema: OrderInspection,
			by: ["handle", "triage", "safety"],
			decide: (fields, kase, { now }) => {
				if (fields.planned < now) return refuse("TooEarly", { field: "planned", now });
				return accept({ type: "InspectionOrdered", data: { id: nextId("i", kase.inspections), ...fields } });
			},
		}),
		RecordInspection: command<typeof RecordInspection, InvestigationEvent>({
			schema: RecordInspection,
			by: ["handle", "answer", "safety"],
			decide: ({ inspection, words, evidence }, kase) => {
				const one = kase.inspections.find((known) => known.id === inspection);
				if (!one) return refuse("UnknownQuestion", { inspection });
				if (one.result) return refuse("AlreadyDone");
				return (
					unknownEvidence(kase, evidence) ??
					accept({ type: "InspectionRecorded", data: { inspection, words, evidence } })
				);
			},
		}),
		ConfirmFacts: command<typeof ConfirmFacts, InvestigationEvent>({
			schema: ConfirmFacts,
			by: ["handle", "safety"],
			guard: (kase, { pack }) =>
				firstOf(
					!kase.triage && refusal("NotTriaged"),
					kase.factsConfirmed && refusal("AlreadyDone"),
					missingVerification(kase, pack),
				),
			decide: () => accept({ type: "FactsConfirmed", data: {} }),
		}),
	},
	fold: {
		QuestionAsked: (kase, data, act) => ({
			...kase,
			questions: [
				...kase.questions,
				{ ...data, at: act.at, by: act.by, answer: null, noReply: null, withdrawn: null },
			],
		}),
		QuestionAnswered: (kase, { about, words, evidence }, { at, by }) =>
			question(kase, about, (one) => ({ ...one, answer: { at, by, words, evidence } })),
		NoReplyRecorded: (kase, { about, heard }, { at, by }) => ({
			...question(kase, about, (one) => ({ ...one, noReply: { at, by } })),
			hearings: heard ? [...kase.hearings, { ...heard, at, by }] : kase.hearings,
		}),
		Explained: (kase, { about, heard, evidence }, { at, by }) => {
			const words = heard.words;
			const answered =
				about && words
					? question(kase, about, (one) => ({ ...one, answer: { at, by, words, evidence } }))
					: kase;
			return { ...answered, hearings: [...kase.hearings, { ...heard, at, by }] };
		},
		UnobtainableAttested: (kase, { heard }, { at, by }) => ({
			...kase,
			hearings: [...kase.hearings, { ...heard, at, by }],
		}),
		EvidenceAdded: (kase, { evidence }, { at, by }) => ({
			...kase,
			evidence: [...kase.evidence, { ...evidence, at, by, judged: null }],
		}),
		EvidenceJudged: (kase, { evidence, as, why }, { at, by }) => ({
			...kase,
			evidence: kase.evidence.map((one) =>
				one.id === evidence ? { ...one, judged: { at, by, as, why } } : one,
			),
		}),
		VerificationRecorded: (kase, data, { at, by }) => ({
			...kase,
			verifications: [...kase.verifications, { ...data, at, by }],
		}),
		InspectionOrdered: (kase, data, { at, by }) => ({
			...kase,
			inspections: [...kase.inspections, { ...data, at, by, result: null }],
		}),
		InspectionRecorded: (kase, { inspection, words, evidence }, { at, by }) => ({
			...kase,
			inspections: kase.inspections.map((one) =>
				one.id === inspection ? { ...one, result: { at, by, words, evidence } } : one,
			),
		}),
		FactsConfirmed: (kase, _, { at, by }) => ({ ...kase, factsConfirmed: { at, by } }),
	},
	moments: {
		QuestionAsked: ({ about }) => [about === "explanation" ? "explanation-asked" : "question-asked"],
		QuestionAnswered: ["question-answered"],
		// a department's silence is no answer: its clock runs on and climbs its ladder
		NoReplyRecorded: ({ heard }) => (heard ? ["explained"] : []),
		Explained: ["explained", "question-answered"],
		FactsConfirmed: ["facts-confirmed"],
	},
	react: reactToInvestigation,
	timers: (kase) =>
		kase.questions
			.filter((one) => !one.answer && !one.noReply && !one.withdrawn)
			.flatMap((one) => {
				const at = answerDue(kase, one);
				const command = { type: "RecordNoReply", question: one.id };
				return at ? [{ key: `no-reply:${one.id}`, at, command }] : [];
			}),
	standing: (kase) => {
		if (!kase.route) return "waiting";
		if (!kase.route.fault || kase.route.investigation === "none") return "not-needed";
		return kase.factsConfirmed ? "done" : "open";
	},
	obligations: investigationDue,
};

function question(kase: Case, id: string, how: (one: Question) => Question): Case {
	return { ...kase, questions: kase.questions.map((one) => (one.id === id ? how(one) : one)) };
}

function reactToInvestigation(event: InvestigationEvent, kase: Case): Effect[] {
	if (event.type === "Explained")
		return [{ do: "notify", to: { party: event.data.heard.party }, notice: "explanation-recorded" }];
	if (event.type === "NoReplyRecorded") {
		const due = kase.questions.find((one) => one.id === event.data.about)?.due;
		return event.data.heard && kase.owner && due
			? [{ do: "notify", to: { person: kase.owner.person }, notice: "clock-breached", values: { due } }]
			: [];
	}
	if (event.type !== "QuestionAsked") return [];
	const { to, about, due } = event.data;
	const notice = about === "explanation" ? "explanation-asked" : "question-asked";
	if ("party" in to) return [{ do: "notify", to: { party: to.party }, notice, values: { due } }];
	return [{ do: "notify", to: { capability: "answer" }, notice, values: { due, outlet: to.organisation } }];
}
