import { z } from "zod";
import { can } from "../actor.ts";
import type { Appeal, Case } from "../case.ts";
import { dueAfter } from "../clock-rules.ts";
import { accept, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { Instant } from "../time/instant.ts";
import { decideAppeal, hasDecided, mayReview, undecided } from "./appeal-deciding.ts";
import { decisionAt, lodgeAppeal, requestReview, strangeEvidence } from "./appeal-lodging.ts";
import type { ClosureEvent } from "./closure.ts";
import type { Event } from "./event.ts";
import { speaksFor } from "./investigation-hearing.ts";
import { superseded } from "./remedy-offers.ts";
import type { ReputationEvent } from "./reputation.ts";
import { command, type Effect, type Obligation, type Step } from "./step.ts";

/** 申诉 (a respondent's) and 申请复核 (a complainant's): window, one supplement, other people, reasons; a new round. */

export const LodgeAppeal = z.strictObject({
	party: z.string().optional(),
	findings: z.array(z.string()).default([]),
	sanction: z.string().optional(),
	grounds: z.array(z.string()).min(1),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
export const RequestReview = z.strictObject({
	grounds: z.array(z.string()).min(1),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const AskForSupplement = z.strictObject({
	appeal: z.string(),
	words: Remark,
	/** Asked for when the guard would let the words pass with a reason. */
	reason: Remark.optional(),
});
const SupplementAppeal = z.strictObject({
	appeal: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const AssignReviewer = z.strictObject({ appeal: z.string(), person: z.string() });
export const DecideAppeal = z.strictObject({
	appeal: z.string(),
	result: z.enum(["upheld", "upheld-in-part", "dismissed"]),
	reasons: Words,
	/** Asked for when the guard finds something in the reasons, which go to both sides. */
	reason: Remark.optional(),
});

export type AppealEvent =
	| Event<
			"AppealLodged",
			Omit<Appeal, "at" | "by" | "supplement" | "supplementAsked" | "reviewer" | "decided">
	  >
	| Event<"SupplementAsked", { about: string; words: Kept; due: Instant }>
	| Event<"AppealSupplemented", { about: string; words: Kept; evidence: string[] }>
	| Event<"ReviewerAssigned", { about: string; person: string }>
	| Event<
			"AppealDecided",
			{
				about: string;
				result: "upheld" | "upheld-in-part" | "dismissed";
				reasons: Kept;
				newRound: number | null;
				deciders: string[];
			}
	  >;
export type AppealBrings =
	| AppealEvent
	| Extract<ReputationEvent, { type: "SanctionReversed" }>
	| Extract<ClosureEvent, { type: "CaseReopened" }>;

export const appeal: Step<AppealEvent, AppealBrings> = {
	name: "appeal",
	commands: {
		LodgeAppeal: command<typeof LodgeAppeal, AppealEvent>({
			schema: LodgeAppeal,
			by: ["respond", "answer", "complain", "handle", "intake"],
			evenWhen: ["police"],
			guard: (kase) =>
				kase.findings.length === 0 && kase.sanctions.length === 0 ? refusal("NothingFound") : null,
			decide: lodgeAppeal,
		}),
		RequestReview: command<typeof RequestReview, AppealEvent>({
			schema: RequestReview,
			by: ["complain", "handle", "intake"],
			evenWhen: ["police"],
			guard: (kase) =>
				firstOf(
					!decisionAt(kase) && refusal("NothingFound"),
					openAppeal(kase, "complainant") && refusal("AlreadyOpen"),
					kase.termination && refusal("WindowClosed", { at: kase.termination.at }),
				),
			decide: requestReview,
		}),
		AskForSupplement: command<typeof AskForSupplement, AppealEvent>({
			schema: AskForSupplement,
			by: ["review"],
			decide: ({ appeal: id, words, reason }, kase, context) => {
				const { pack, now, days, actor } = context;
				const one = undecided(kase, id);
				if (!one) return refuse("UnknownAppeal", { appeal: id });
				if (one.reviewer?.person !== actor.id)
					return refuse("NotYourPart", { reviewer: one.reviewer?.person ?? "" });
				if (one.supplementAsked || one.supplement) return refuse("SupplementUsed");
				const no = guardOutgoing(context, words, reason);
				if (no) return { ok: false, refusal: no };
				const due = dueAfter(now, pack.data.appeals[one.side].supplement, pack, days);
				return accept({ type: "SupplementAsked", data: { about: id, words, due } });
			},
		}),
		SupplementAppeal: command<typeof SupplementAppeal, AppealEvent>({
			schema: SupplementAppeal,
			by: ["respond", "answer", "complain", "handle", "intake"],
			decide: ({ appeal: id, words, evidence }, kase, { actor, now }) => {
				const one = undecided(kase, id);
				if (!one) return refuse("UnknownAppeal", { appeal: id });
				const party = kase.parties.find((known) => known.id === one.party) ?? null;
				const theirs = speaksFor(party, kase, actor) || can(actor, "handle", "intake");
				const late = one.supplementAsked && now > one.supplementAsked.due;
				const no = firstOf(
					!theirs && refusal("NotYourPart"),
					one.supplement && refusal("SupplementUsed"),
					late && refusal("TooLate", { due: one.supplementAsked?.due ?? "" }),
					strangeEvidence(kase, evidence),
				);
				return no
					? { ok: false, refusal: no }
					: accept({ type: "AppealSupplemented", data: { about: id, words, evidence } });
			},
		}),
		AssignReviewer: command<typeof AssignReviewer, AppealEvent>({
			schema: AssignReviewer,
			by: ["triage", "manage", "review"],
			needs: ["people"],
			guard: (kase) => (kase.appeals.some((one) => !one.decided) ? null : refusal("NotOpen")),
			decide: ({ appeal: id, person }, kase, { people = [] }) => {
				const one = undecided(kase, id);
				const reviewer = people.find((known) => known.id === person);
				if (!one) return refuse("UnknownAppeal", { appeal: id });
				if (!reviewer) return refuse("UnknownParty", { party: person });
				if (!reviewer.capabilities.includes("review")) return refuse("NotAuthorised", { needs: ["review"] });
				const no = mayReview(kase, reviewer, one);
				return no
					? { ok: false, refusal: no }
					: accept({ type: "ReviewerAssigned", data: { about: id, person } });
			},
		}),
		DecideAppeal: command<typeof DecideAppeal, AppealBrings>({
			schema: DecideAppeal,
			by: ["review"],
			guard: (kase, { actor }) =>
				firstOf(!kase.appeals.some((one) => !one.decided) && refusal("NotOpen"), ...given(kase, actor)),
			decide: decideAppeal,
		}),
	},
	fold: {
		AppealLodged: (kase, data, { at, by }) => ({
			...kase,
			appeals: [
				...kase.appeals,
				{ ...data, at, by, supplement: null, supplementAsked: null, reviewer: null, decided: null },
			],
		}),
		SupplementAsked: (kase, { about, words, due }, { at, by }) =>
			change(kase, about, { supplementAsked: { at, by, words, due } }),
		AppealSupplemented: (kase, { about, words, evidence }, { at, by }) =>
			change(kase, about, { supplement: { at, by, words, evidence } }),
		ReviewerAssigned: (kase, { about, person }, { at, by }) =>
			change(kase, about, { reviewer: { at, by, person } }),
		AppealDecided: (kase, { about, result, reasons, newRound, deciders }, { at, by }) => {
			const decided = change(kase, about, { decided: { at, by, result, reasons, newRound } });
			if (newRound === null) return decided;
			const reviewed = kase.appeals.find((one) => one.id === about)?.side === "complainant";
			return {
				...decided,
				// the respondent's appeal is about fault; what the complainant was promised stands
				...(reviewed ? { finalPosition: null, confirmation: null, offers: superseded(kase, at) } : {}),
				round: newRound,
				rounds: [...kase.rounds, { round: newRound, opened: { at, by }, appeal: about, deciders }],
				factsConfirmed: null,
			};
		},
	},
	moments: { AppealLodged: ["appeal-lodged"], AppealDecided: ["appeal-decided"] },
	react: reactToAppeal,
	standing: (kase) => {
		if (kase.appeals.some((one) => !one.decided)) return "open";
		return kase.appeals.length > 0 ? "done" : kase.findings.length > 0 ? "not-needed" : "waiting";
	},
	obligations: appealDue,
};

/** Why somebody may not decide the appeals that were given to them; or that none was. */
function given(kase: Case, actor: { id: string; belongsTo: readonly string[] }): (Refusal | null)[] {
	const mine = kase.appeals.filter((one) => !one.decided && one.reviewer?.person === actor.id);
	const refused = mine.map((one) => mayReview(kase, actor, one));
	if (mine.length === 0) return [refusal("NotYourPart")];
	return refused.includes(null) ? [] : refused;
}

export function openAppeal(kase: Case, side?: Appeal["side"]): Appeal | null {
	return kase.appeals.find((one) => !one.decided && (!side || one.side === side)) ?? null;
}

function change(kase: Case, id: string, how: Partial<Appeal>): Case {
	return { ...kase, appeals: kase.appeals.map((one) => (one.id === id ? { ...one, ...how } : one)) };
}

function reactToAppeal(event: AppealEvent, kase: Case): Effect[] {
	switch (event.type) {
		case "AppealLodged":
			return [
				{ do: "notify", to: { party: event.data.party }, notice: "appeal-received" },
				{ do: "notify", to: { capability: "review" }, notice: "appeal-received" },
			];
		case "SupplementAsked": {
			const party = kase.appeals.find((one) => one.id === event.data.about)?.party;
			return party
				? [
						{
							do: "notify",
							to: { party },
							notice: "appeal-supplement-asked",
							values: { due: event.data.due },
						},
					]
				: [];
		}
		case "AppealDecided":
			return partiesOf(kase, event.data.about).map((one) => ({
				do: "notify",
				to: { party: one.id },
				notice: "appeal-decided",
			}));
		default:
			return [];
	}
}

/** A decision on findings concerns both sides; one on a sanction, only whoever it was imposed on. */
function partiesOf(kase: Case, id: string): Case["parties"] {
	const one = kase.appeals.find((known) => known.id === id);
	const both = one && (one.against.decision || one.against.findings.length > 0);
	return kase.parties.filter((party) =>
		both ? party.side === "complainant" || party.side === "respondent" : party.id === one?.party,
	);
}

function appealDue(kase: Case): Obligation[] {
	return kase.appeals
		.filter((one) => !one.decided)
		.map((one) => {
			const due = kase.clocks.find((clock) => clock.party === one.id && !clock.stopped)?.due ?? null;
			// a reviewer who has decided something in the case since is none any more
			return one.reviewer && !hasDecided(kase, one.reviewer.person, one)
				? {
						step: "appeal",
						what: "decide-appeal",
						who: { person: one.reviewer.person },
						due,
						command: "DecideAppeal",
						blocks: ["reputation"],
						about: one.id,
					}
				: {
						step: "appeal",
						what: "assign-reviewer",
						who: { capability: "triage" },
						due,
						command: "AssignReviewer",
						blocks: ["reputation"],
						about: one.id,
					};
		});
}
