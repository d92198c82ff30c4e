import { z } from "zod";
import { can } from "../actor.ts";
import { type Appeal, type Case, nextId } from "../case.ts";
import { calendarOf } from "../clock-rules.ts";
import { decidersNow, earlierDeciders, inAccusedLine } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { due as dueOf } from "../time/calendar.ts";
import type { Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import type { ReputationEvent } from "./reputation.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 申诉 (a respondent's) and 申请复核 (a complainant's): window, one supplement, other people, reasons; a new round. */

const LodgeAppeal = z.strictObject({
	party: z.string().optional(),
	findings: z.array(z.string()).default([]),
	sanction: z.string().optional(),
	grounds: z.array(z.string()).min(1),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const RequestReview = z.strictObject({
	grounds: z.array(z.string()).min(1),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const AskForSupplement = z.strictObject({ appeal: z.string(), words: Remark });
const SupplementAppeal = z.strictObject({
	appeal: z.string(),
	words: Words,
	evidence: z.array(z.string()).default([]),
});
const AssignReviewer = z.strictObject({ appeal: z.string(), person: z.string() });
const DecideAppeal = z.strictObject({
	appeal: z.string(),
	result: z.enum(["upheld", "upheld-in-part", "dismissed"]),
	reasons: Words,
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
type Brings = AppealEvent | Extract<ReputationEvent, { type: "SanctionReversed" }>;

export const appeal: Step<AppealEvent, Brings> = {
	name: "appeal",
	commands: {
		LodgeAppeal: command<typeof LodgeAppeal, AppealEvent>({
			schema: LodgeAppeal,
			by: ["respond", "handle", "intake"],
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
			decide: ({ appeal: id, words }, kase, { pack, now, days, actor }) => {
				const one = undecided(kase, id);
				if (!one) return refuse("UnknownAppeal", { appeal: id });
				if (one.reviewer?.person !== actor.id)
					return refuse("NotYourPart", { reviewer: one.reviewer?.person ?? "" });
				if (one.supplementAsked) return refuse("SupplementUsed");
				const calendar = calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? "");
				const due = dueOf(now, pack.data.appeals[one.side].supplement, calendar, days).due;
				return accept({ type: "SupplementAsked", data: { about: id, words, due } });
			},
		}),
		SupplementAppeal: command<typeof SupplementAppeal, AppealEvent>({
			schema: SupplementAppeal,
			by: ["respond", "complain", "handle", "intake"],
			decide: ({ appeal: id, words, evidence }, kase, { actor, now }) => {
				const one = undecided(kase, id);
				if (!one) return refuse("UnknownAppeal", { appeal: id });
				const own = kase.parties.find((party) => party.id === one.party);
				const theirs =
					own?.person === actor.id || actor.link?.party === one.party || can(actor, "handle", "intake");
				const late = one.supplementAsked && now > one.supplementAsked.due;
				const no = firstOf(
					!theirs && refusal("NotYourPart"),
					one.supplement && refusal("SupplementUsed"),
					late && refusal("TooLate", { due: one.supplementAsked?.due ?? "" }),
					stranger(kase, evidence),
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
				if (!reviewer?.capabilities.includes("review")) return refuse("NotAuthorised", { needs: ["review"] });
				const no = mayReview(kase, reviewer);
				return no
					? { ok: false, refusal: no }
					: accept({ type: "ReviewerAssigned", data: { about: id, person } });
			},
		}),
		DecideAppeal: command<typeof DecideAppeal, Brings>({
			schema: DecideAppeal,
			by: ["review"],
			guard: (kase, { actor }) =>
				firstOf(
					!kase.appeals.some((one) => !one.decided) && refusal("NotOpen"),
					!kase.appeals.some((one) => !one.decided && one.reviewer?.person === actor.id) &&
						refusal("NotYourPart"),
					mayReview(kase, actor),
				),
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
			return {
				...decided,
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

function undecided(kase: Case, id: string): Appeal | null {
	return kase.appeals.find((one) => one.id === id && !one.decided) ?? null;
}

export function openAppeal(kase: Case, side?: Appeal["side"]): Appeal | null {
	return kase.appeals.find((one) => !one.decided && (!side || one.side === side)) ?? null;
}

function change(kase: Case, id: string, how: Partial<Appeal>): Case {
	return { ...kase, appeals: kase.appeals.map((one) => (one.id === id ? { ...one, ...how } : one)) };
}

function stranger(kase: Case, evidence: string[]): Refusal | null {
	const unknown = evidence.find((id) => !kase.evidence.some((one) => one.id === id));
	return unknown ? refusal("UnknownEvidence", { evidence: unknown }) : null;
}

/** The reviewer is not who decided, now or before, nor the owner, nor of the accused's own line. */
function mayReview(kase: Case, actor: { id: string; belongsTo: readonly string[] }): Refusal | null {
	const decided = new Set([
		...decidersNow(kase),
		...earlierDeciders(kase),
		...(kase.owner ? [kase.owner.person] : []),
		...kase.owners.map((one) => one.person),
	]);
	return firstOf(decided.has(actor.id) && refusal("DecidedBefore"), inAccusedLine(kase, actor));
}

function lodgeAppeal(
	fields: z.output<typeof LodgeAppeal>,
	kase: Case,
	context: Context,
): Decision<AppealEvent> {
	const { pack, now, days, actor } = context;
	const party = kase.parties.find((one) =>
		actor.kind === "respondent" ? one.person === actor.id : one.id === fields.party,
	);
	if (party?.side !== "respondent") return refuse("UnknownParty", { party: fields.party ?? "" });
	if (kase.appeals.some((one) => !one.decided && one.party === party.id)) return refuse("AlreadyOpen");
	const findings = kase.findings.filter((one) => fields.findings.includes(one.id));
	const sanction = fields.sanction ? kase.sanctions.find((one) => one.id === fields.sanction) : null;
	if (findings.length !== fields.findings.length || (fields.sanction && !sanction))
		return refuse(sanction === undefined ? "UnknownSanction" : "UnknownAppeal");
	if (findings.length === 0 && !sanction) return refuse("NothingFound");
	const from = [...findings.map((one) => one.noticedAt), sanction?.at ?? null]
		.filter((at) => at !== null)
		.sort()
		.at(-1);
	if (!from) return refuse("NoticeMissing");
	const ban =
		sanction && (sanction.kind === "ban" || sanction.kind === "blacklist" || sanction.kind === "suspension");
	const window = ban ? pack.data.appeals.banWindow : pack.data.appeals.respondent.window;
	const until = dueOf(
		from,
		window,
		calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? ""),
		days,
	).due;
	const no = firstOf(
		now >= until && refusal("WindowClosed", { until }),
		unknownGround(fields.grounds, context),
		stranger(kase, fields.evidence),
	);
	if (no) return { ok: false, refusal: no };
	const against = { findings: fields.findings, sanction: fields.sanction ?? null, decision: false };
	return accept({
		type: "AppealLodged",
		data: {
			id: nextId("z", kase.appeals),
			side: "respondent",
			party: party.id,
			against,
			grounds: fields.grounds,
			words: fields.words,
			evidence: fields.evidence,
		},
	});
}

/** When the complainant was last given a decision: closure, final position or notice of a finding. */
function decisionAt(kase: Case): Instant | null {
	return (
		[kase.closure?.at, kase.finalPosition?.at, ...kase.findings.map((one) => one.noticedAt)]
			.filter((at) => typeof at === "string")
			.sort()
			.at(-1) ?? null
	);
}

function requestReview(
	fields: z.output<typeof RequestReview>,
	kase: Case,
	context: Context,
): Decision<AppealEvent> {
	const { pack, now, days, actor } = context;
	const party = kase.parties.find((one) =>
		actor.link ? one.id === actor.link.party : one.side === "complainant",
	);
	const from = decisionAt(kase);
	if (!party || !from) return refuse("UnknownParty");
	const until = dueOf(
		from,
		pack.data.appeals.complainant.window,
		calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? ""),
		days,
	).due;
	const no = firstOf(
		now >= until && refusal("WindowClosed", { until }),
		unknownGround(fields.grounds, context),
		stranger(kase, fields.evidence),
	);
	if (no) return { ok: false, refusal: no };
	const against = { findings: kase.findings.map((one) => one.id), sanction: null, decision: true };
	return accept({
		type: "AppealLodged",
		data: {
			id: nextId("z", kase.appeals),
			side: "complainant",
			party: party.id,
			against,
			grounds: fields.grounds,
			words: fields.words,
			evidence: fields.evidence,
		},
	});
}

function unknownGround(grounds: string[], { pack }: Context): Refusal | null {
	const known = Object.keys(pack.data.appeals.grounds);
	const unknown = grounds.find((one) => !known.includes(one));
	return unknown ? refusal("UnknownWord", { word: unknown, words: known }) : null;
}

/** Upheld: a new round by other people, and what rested on the findings is reversed. */
function decideAppeal(
	{ appeal: id, result, reasons }: z.output<typeof DecideAppeal>,
	kase: Case,
	{ actor }: Context,
): Decision<Brings> {
	const one = undecided(kase, id);
	if (one?.reviewer?.person !== actor.id)
		return refuse(one ? "NotYourPart" : "UnknownAppeal", { appeal: id });
	const upheld = result !== "dismissed";
	const opens = upheld && (one.against.findings.length > 0 || one.against.decision);
	const newRound = opens ? kase.round + 1 : null;
	const decided: Brings = {
		type: "AppealDecided",
		data: { about: id, result, reasons, newRound, deciders: decidersNow(kase) },
	};
	if (!upheld || one.side === "complainant") return accept(decided);
	const resting = kase.sanctions.filter(
		(sanction) =>
			!sanction.reversed &&
			(sanction.id === one.against.sanction ||
				(sanction.finding !== null && one.against.findings.includes(sanction.finding))),
	);
	return accept<Brings>(
		decided,
		...resting.map(
			(sanction): Brings => ({
				type: "SanctionReversed",
				data: { sanction: sanction.id, why: `appeal:${id}` },
			}),
		),
	);
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
			return kase.parties
				.filter((one) => one.side === "complainant" || one.side === "respondent")
				.map((one) => ({ do: "notify", to: { party: one.id }, notice: "appeal-decided" }));
		default:
			return [];
	}
}

function appealDue(kase: Case): Obligation[] {
	return kase.appeals
		.filter((one) => !one.decided)
		.map((one) => {
			const due = kase.clocks.find((clock) => clock.party === one.id && !clock.stopped)?.due ?? null;
			return one.reviewer
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
