import { type Case, examined } from "../case.ts";
import { confirmedFacts } from "../case-facts.ts";
import { type Refusal, refusal } from "../decision.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { answerDue } from "./investigation-hearing.ts";
import { unfound } from "./responsibility-open.ts";
import type { Obligation } from "./step.ts";

/** What the fault track still has to do: whom to hear, what to have confirmed. */

/** Facts that the pack wants confirmed by so many of its sources before anything is decided on this category. */
export function missingVerification(kase: Case, pack: LoadedPack): Refusal | null {
	if (kase.route?.investigation !== "full") return null;
	const confirmed = confirmedFacts(kase);
	for (const allegation of examined(kase)) {
		const category = pack.categories.get(allegation.category ?? allegation.proposed?.category ?? "");
		for (const wanted of category?.verify ?? []) {
			const have =
				confirmed.get(wanted.fact)?.sources.filter((one) => wanted.sources.includes(one)).length ?? 0;
			if (have < wanted.least)
				return refusal("VerificationMissing", {
					fact: wanted.fact,
					have,
					need: wanted.least,
					sources: wanted.sources,
				});
		}
	}
	return null;
}

/** Whom the fault track still has to hear, questions open, and facts to be confirmed. */
export function investigationDue(kase: Case, pack: LoadedPack): Obligation[] {
	if (!kase.route?.fault) return openQuestions(kase);
	const open = unfound(kase);
	if (open.length === 0) return openQuestions(kase);
	const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
	const list = [...hearingsDue(kase, open, who), ...openQuestions(kase)];
	const step = { step: "investigation", who, due: null } as const;
	if (missingVerification(kase, pack))
		list.push({ ...step, what: "verify", command: "RecordVerification", blocks: ["responsibility"] });
	else if (!kase.factsConfirmed && kase.route.investigation !== "none")
		list.push({ ...step, what: "confirm-facts", command: "ConfirmFacts", blocks: [] });
	return list;
}

function hearingsDue(kase: Case, open: readonly string[], owner: Obligation["who"]): Obligation[] {
	const accused = new Set(
		kase.allegations.filter((one) => open.includes(one.id)).flatMap((one) => one.accused),
	);
	const unheard = [...accused].filter(
		(id) => !kase.hearings.some((one) => one.party === id && one.round === kase.round),
	);
	return unheard.map((party): Obligation => {
		const asked = kase.questions.find(
			(one) => one.about === "explanation" && "party" in one.to && one.to.party === party && !one.answer,
		);
		const step = {
			step: "investigation",
			due: asked ? answerDue(kase, asked) : null,
			blocks: ["responsibility" as const],
			about: party,
		} as const;
		return asked
			? { ...step, blocks: [...step.blocks], what: "explain", who: { party }, command: "Explain" }
			: { ...step, blocks: [...step.blocks], what: "ask-explanation", who: owner, command: "AskQuestion" };
	});
}

function openQuestions(kase: Case): Obligation[] {
	return kase.questions
		.filter((one) => one.about !== "explanation" && !one.answer && !one.noReply)
		.map((one) => ({
			step: "investigation",
			what: "answer",
			who: "party" in one.to ? { party: one.to.party } : { capability: "answer" },
			due: answerDue(kase, one),
			command: "AnswerQuestion",
			blocks: [],
			about: one.id,
		}));
}
