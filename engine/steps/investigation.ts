import { z } from "zod";
import { type Actor, can } from "../actor.ts";
import {
	type Case,
	type EvidenceItem,
	type Hearing,
	type Inspection,
	nextId,
	type Party,
	partiesOn,
	type Question,
	standing,
} from "../case.ts";
import { calendarOf } from "../clock-rules.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { Address, type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { parseFacts } from "../rules/facts.ts";
import { due as dueOf } from "../time/calendar.ts";
import { Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 调查: questions to sides, departments and partners; both sides heard; evidence weighed; facts confirmed. */

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const AskQuestion = z.strictObject({
	party: z.string().optional(),
	organisation: z.string().optional(),
	about: z.enum(["explanation", "records", "question"]).default("question"),
	words: Words,
	allegations: z.array(z.string()).default([]),
	/** Without it: the pack's time for explanations. */
	due: Instant.optional(),
});
const AnswerQuestion = z.strictObject({
	question: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const RecordNoReply = z.strictObject({ question: z.string() });
const Explain = z.strictObject({
	party: z.string().optional(),
	words: Words,
	evidence: z.array(z.string()).default([]),
	question: z.string().optional(),
});
const AttestUnobtainable = z.strictObject({
	party: z.string(),
	why: z.enum(["left", "ill", "detained", "unidentified", "other"]),
	words: Remark,
});
const AddEvidence = z.strictObject({
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
const RecordVerification = z.strictObject({
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
			decide: askQuestion,
		}),
		AnswerQuestion: command<typeof AnswerQuestion, InvestigationEvent>({
			schema: AnswerQuestion,
			by: ["answer", "respond", "complain", "handle"],
			decide: ({ question: id, words, evidence }, kase, { actor }) => {
				const question = kase.questions.find((one) => one.id === id);
				const no = question ? mayAnswer(question, kase, actor) : refusal("UnknownQuestion", { question: id });
				if (no) return { ok: false, refusal: no };
				const unknown = unknownEvidence(kase, evidence);
				return unknown ?? accept({ type: "QuestionAnswered", data: { about: id, words, evidence } });
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
					now < question.due && refusal("TooEarly", { due: question.due }),
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
			decide: (fields, kase, { actor }) => {
				const own = kase.parties.find((one) => one.person === actor.id);
				const party = actor.kind === "respondent" ? own : kase.parties.find((one) => one.id === fields.party);
				if (!party) return refuse("UnknownParty", { party: fields.party ?? "" });
				if (!can(actor, "respond", "handle", "intake") && !speaksFor(party, actor)) return refuse("NotYourPart");
				const unknown = unknownEvidence(kase, fields.evidence);
				if (unknown) return unknown;
				const asked = kase.questions.find(
					(one) =>
						one.about === "explanation" && "party" in one.to && one.to.party === party.id && !one.answer,
				);
				const heard = hearing(kase, party.id, "explained", fields.words);
				return accept({
					type: "Explained",
					data: { about: fields.question ?? asked?.id ?? null, heard, evidence: fields.evidence },
				});
			},
		}),
		AttestUnobtainable: command<typeof AttestUnobtainable, InvestigationEvent>({
			schema: AttestUnobtainable,
			by: ["triage", "handle", "answer", "manage", "safety"],
			decide: ({ party: id, why, words }, kase, { actor }) => {
				const party = kase.parties.find((one) => one.id === id);
				if (!party) return refuse("UnknownParty", { party: id });
				// another person than the one who will decide must attest it: the owner decides
				if (kase.owner?.person === actor.id) return refuse("SameAttestor");
				const heard = { ...hearing(kase, id, "unobtainable", words), why, attestedBy: actor.id };
				return accept({ type: "UnobtainableAttested", data: { heard } });
			},
		}),
		AddEvidence: command<typeof AddEvidence, InvestigationEvent>({
			schema: AddEvidence,
			by: ["handle", "intake", "complain", "respond", "answer", "safety", "liaise", "system"],
			evenWhen: ["police"],
			decide: (fields, kase, { actor, pack }) => {
				const own = kase.parties.find((one) => one.person === actor.id || one.id === actor.link?.party);
				const from = own?.id ?? fields.from;
				if (from !== "company" && !kase.parties.some((one) => one.id === from))
					return refuse("UnknownParty", { party: from });
				if (fields.recipe && !pack.data.evidence.recipes[fields.recipe])
					return refuse("UnknownWord", {
						word: fields.recipe,
						words: Object.keys(pack.data.evidence.recipes),
					});
				const { kind, title, recipe, piece, file, takenAt, flags } = fields;
				const evidence = {
					id: nextId("e", kase.evidence),
					kind,
					title,
					from,
					recipe: recipe ?? null,
					piece: piece ?? null,
					file: file ?? null,
					takenAt: takenAt ?? null,
					flags,
				};
				return accept({ type: "EvidenceAdded", data: { evidence } });
			},
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
				firstOf(kase.factsConfirmed && refusal("AlreadyDone"), missingVerification(kase, pack)),
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
		NoReplyRecorded: ["question-answered", "explained"],
		Explained: ["explained", "question-answered"],
		FactsConfirmed: ["facts-confirmed"],
	},
	react: reactToInvestigation,
	timers: (kase) =>
		kase.questions
			.filter((one) => !one.answer && !one.noReply && !one.withdrawn)
			.map((one) => ({
				key: `no-reply:${one.id}`,
				at: one.due,
				command: { type: "RecordNoReply", question: one.id },
			})),
	standing: (kase) => {
		if (!kase.route) return "waiting";
		if (!kase.route.fault || kase.route.investigation === "none") return "not-needed";
		return kase.factsConfirmed ? "done" : "open";
	},
	obligations: investigationDue,
};

function askQuestion(fields: z.output<typeof AskQuestion>, kase: Case, { now, pack, days }: Context) {
	if (!fields.party === !fields.organisation)
		return refuse("Malformed", { field: "party", hint: "party or organisation, one of them" });
	if (fields.party && !kase.parties.some((one) => one.id === fields.party))
		return refuse("UnknownParty", { party: fields.party });
	const stranger = fields.allegations.find((id) => !kase.allegations.some((one) => one.id === id));
	if (stranger) return refuse("UnknownAllegation", { allegation: stranger });
	if (fields.due && fields.due <= now) return refuse("TooEarly", { field: "due", now });
	const calendar = calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? "");
	const due = fields.due ?? dueOf(now, pack.data.evidence.explanation, calendar, days).due;
	const to = fields.party ? { party: fields.party } : { organisation: fields.organisation ?? "" };
	const { about, words, allegations } = fields;
	return accept<InvestigationEvent>({
		type: "QuestionAsked",
		data: { id: nextId("q", kase.questions), to, about, words, allegations, due },
	});
}

function mayAnswer(one: Question, kase: Case, actor: Actor) {
	if (one.answer) return refusal("AlreadyAnswered", { at: one.answer.at });
	if (can(actor, "handle")) return null;
	const party = "party" in one.to ? one.to.party : null;
	if (party) {
		const own = kase.parties.find((known) => known.id === party);
		const theirs = own?.person === actor.id || actor.link?.party === party || speaksFor(own, actor);
		return theirs ? null : refusal("NotYourPart");
	}
	return "organisation" in one.to && actor.belongsTo.includes(one.to.organisation)
		? null
		: refusal("NotYourPart");
}

/** An officer speaks for their department where it is itself the party and nobody in person. */
function speaksFor(party: Party | undefined, actor: Actor): boolean {
	return Boolean(party?.organisation && !party.person && actor.belongsTo.includes(party.organisation));
}

function recordVerification(fields: z.output<typeof RecordVerification>, kase: Case, { pack }: Context) {
	const parsed = parseFacts(pack.sheet, { [fields.fact]: fields.value });
	if (!parsed.ok)
		return refuse("Malformed", {
			field: "fact",
			hint: parsed.problems.map((one) => `${one.fact}: ${one.problem}`).join("; "),
		});
	if (!pack.data.evidence.sources[fields.source])
		return refuse("UnknownWord", { word: fields.source, words: Object.keys(pack.data.evidence.sources) });
	const unknown = unknownEvidence(kase, fields.evidence);
	if (unknown) return unknown;
	const { fact, value, source, confirmed, evidence, words } = fields;
	const id = nextId("v", kase.verifications);
	return accept<InvestigationEvent>({
		type: "VerificationRecorded",
		data: { id, fact, value, source, confirmed, evidence, words: words ?? null },
	});
}

function unknownEvidence(kase: Case, ids: string[]) {
	const stranger = ids.find((id) => !kase.evidence.some((one) => one.id === id));
	return stranger ? refuse("UnknownEvidence", { evidence: stranger }) : null;
}

function hearing(
	kase: Case,
	party: string,
	how: Hearing["how"],
	words: Kept | null,
): Omit<Hearing, "at" | "by"> {
	return { party, round: kase.round, how, words, why: null, attestedBy: null };
}

function question(kase: Case, id: string, how: (one: Question) => Question): Case {
	return { ...kase, questions: kase.questions.map((one) => (one.id === id ? how(one) : one)) };
}

/** Facts that the pack wants confirmed by so many sources before anything is decided on this category. */
export function missingVerification(kase: Case, pack: LoadedPack) {
	if (kase.route?.investigation !== "full") return null;
	for (const allegation of standing(kase)) {
		const category = pack.categories.get(allegation.category ?? allegation.proposed?.category ?? "");
		for (const wanted of category?.verify ?? []) {
			const confirmed = new Set(
				kase.verifications
					.filter((one) => one.fact === wanted.fact && one.confirmed)
					.map((one) => one.source),
			);
			if (confirmed.size < wanted.least)
				return refusal("VerificationMissing", {
					fact: wanted.fact,
					have: confirmed.size,
					need: wanted.least,
					sources: wanted.sources,
				});
		}
	}
	return null;
}

function reactToInvestigation(event: InvestigationEvent, kase: Case): Effect[] {
	if (event.type !== "QuestionAsked") return [];
	const { to, about, due } = event.data;
	const notice = about === "explanation" ? "explanation-asked" : "question-asked";
	if ("party" in to) return [{ do: "notify", to: { party: to.party }, notice, values: { due } }];
	return kase.owner
		? [{ do: "notify", to: { capability: "answer" }, notice, values: { due, outlet: to.organisation } }]
		: [];
}

/** Whom the fault track still has to hear, questions open, and facts to be confirmed. */
function investigationDue(kase: Case, pack: LoadedPack): Obligation[] {
	if (!kase.route?.fault) return [];
	const owner = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
	const list: Obligation[] = [];
	const accused = new Set(standing(kase).flatMap((one) => one.accused));
	for (const party of partiesOn(kase, "respondent")) {
		if (
			!accused.has(party.id) ||
			kase.hearings.some((one) => one.party === party.id && one.round === kase.round)
		)
			continue;
		const asked = kase.questions.find(
			(one) => one.about === "explanation" && "party" in one.to && one.to.party === party.id && !one.answer,
		);
		const step = {
			step: "investigation" as const,
			due: asked?.due ?? null,
			blocks: ["responsibility" as const],
			about: party.id,
		};
		list.push(
			asked
				? { ...step, what: "explain", who: { party: party.id }, command: "Explain" }
				: { ...step, what: "ask-explanation", who: owner, command: "AskQuestion" },
		);
	}
	for (const one of kase.questions)
		if (one.about !== "explanation" && !one.answer && !one.noReply)
			list.push({
				step: "investigation",
				what: "answer",
				who: "party" in one.to ? { party: one.to.party } : { capability: "answer" },
				due: one.due,
				command: "AnswerQuestion",
				blocks: [],
				about: one.id,
			});
	if (missingVerification(kase, pack))
		list.push({
			step: "investigation",
			what: "verify",
			who: owner,
			due: null,
			command: "RecordVerification",
			blocks: ["responsibility"],
		});
	else if (!kase.factsConfirmed && kase.route.investigation !== "none")
		list.push({
			step: "investigation",
			what: "confirm-facts",
			who: owner,
			due: null,
			command: "ConfirmFacts",
			blocks: [],
		});
	return list;
}
