import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, isOnHold, isRestricted, type Route, standing, type Triage } from "../case.ts";
import { escalatesTo } from "../clocks.ts";
import { accept, type Reason, refusal, refuse } from "../decision.ts";
import { type Kept, Remark } from "../kept.ts";
import { endTalk, restriction, restrictsBy } from "../restriction.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event, Meta } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";
import { classify, isOutdated, regrade } from "./triage-changing.ts";
import { grade } from "./triage-grading.ts";

/** 分级: what it is, how pressing and how grave, whose it is, and what is restricted. */

const Graded = { urgency: z.enum(["critical", "urgent", "ordinary"]), severity: z.enum(["A", "B", "C"]) };
export const ClassifyAllegation = z.strictObject({
	allegation: z.string(),
	category: z.string(),
	why: Remark.optional(),
});
const GradeCase = z.strictObject({
	urgency: Graded.urgency.optional(),
	severity: Graded.severity.optional(),
	flags: z.array(z.string()).default([]),
	why: Remark.optional(),
});
export const RegradeCase = z.strictObject({ ...Graded, flags: z.array(z.string()).default([]), why: Remark });
const RestrictCase = z.strictObject({ why: Remark, guardian: z.string().optional() });
const LiftRestriction = z.strictObject({ why: Remark });
const PlaceHold = z.strictObject({ why: Remark });
const LiftHold = z.strictObject({ why: Remark });
const ClaimCase = z.strictObject({});
const AssignCase = z.strictObject({ person: z.string(), why: Remark.optional() });
const HandOverCase = z.strictObject({ person: z.string(), note: Remark });
const ConfirmHandOver = z.strictObject({});
const EscalateCase = z.strictObject({
	to: z.enum(["team-lead", "duty", "manager", "head-office", "safety"]),
	why: Remark,
});

export type TriageEvent =
	| Event<
			"AllegationClassified",
			{ allegation: string; category: string; from: string | null; why: Kept | null }
	  >
	| Event<"CaseGraded", { triage: Omit<Triage, "at" | "by">; route: Route }>
	| Event<"CaseRegraded", { triage: Omit<Triage, "at" | "by">; route: Route }>
	| Event<"CaseRestricted", { why: Kept | null; because: string | null; guardian: string | null }>
	| Event<"RestrictionLifted", { why: Kept }>
	| Event<"HoldPlaced", { why: Kept }>
	| Event<"HoldLifted", { why: Kept }>
	| Event<"CaseClaimed", { person: string }>
	| Event<"CaseAssigned", { person: string; from: string | null; why: Kept | null }>
	| Event<"CaseHandedOver", { person: string; from: string; note: Kept }>
	| Event<"HandOverConfirmed", { from: string }>
	| Event<"CaseEscalated", { to: string; why: Kept }>;

/** Restricting a case ends direct talk. */
export type TriageBrings = TriageEvent | Extract<ContactEvent, { type: "DirectTalkClosed" }>;

export const triage: Step<TriageEvent, TriageBrings> = {
	name: "triage",
	commands: {
		ClassifyAllegation: command<typeof ClassifyAllegation, TriageBrings>({
			schema: ClassifyAllegation,
			by: ["intake", "triage", "handle", "system"],
			decide: classify,
		}),
		GradeCase: command<typeof GradeCase, TriageBrings>({
			schema: GradeCase,
			by: ["triage", "intake", "system"],
			guard: (kase) => (kase.triage ? refusal("AlreadyDone") : unclassified(kase)),
			decide: (fields, kase, context) => {
				const graded = grade(fields, kase, context);
				return "reason" in graded
					? { ok: false, refusal: graded }
					: accept<TriageBrings>(
							{ type: "CaseGraded", data: graded },
							...restriction(kase, restrictsBy(fields.flags, [], context.pack)),
						);
			},
		}),
		RegradeCase: command<typeof RegradeCase, TriageBrings>({
			schema: RegradeCase,
			by: ["triage", "handle"],
			guard: (kase) => (kase.triage ? null : refusal("NotTriaged")),
			decide: regrade,
		}),
		RestrictCase: command<typeof RestrictCase, TriageBrings>({
			schema: RestrictCase,
			by: ["triage", "handle", "intake", "safety"],
			guard: (kase) => isRestricted(kase) && refusal("AlreadyRestricted"),
			decide: ({ why, guardian }, kase) => {
				if (guardian && !kase.parties.some((one) => one.id === guardian))
					return refuse("UnknownParty", { party: guardian });
				const data = { why, because: null, guardian: guardian ?? null };
				return accept<TriageBrings>(...endTalk(kase), { type: "CaseRestricted", data });
			},
		}),
		LiftRestriction: command<typeof LiftRestriction, TriageEvent>({
			schema: LiftRestriction,
			by: ["safety"],
			guard: (kase) => !isRestricted(kase) && refusal("NotRestricted"),
			decide: ({ why }) => accept({ type: "RestrictionLifted", data: { why } }),
		}),
		PlaceHold: command<typeof PlaceHold, TriageEvent>({
			schema: PlaceHold,
			by: ["legal", "liaise", "safety"],
			evenWhen: ["closed", "joined"],
			guard: (kase) => isOnHold(kase) && refusal("OnHold"),
			decide: ({ why }) => accept({ type: "HoldPlaced", data: { why } }),
		}),
		LiftHold: command<typeof LiftHold, TriageEvent>({
			schema: LiftHold,
			by: ["legal"],
			evenWhen: ["closed", "joined"],
			guard: (kase) => !isOnHold(kase) && refusal("NotOnHold"),
			decide: ({ why }) => accept({ type: "HoldLifted", data: { why } }),
		}),
		ClaimCase: command<typeof ClaimCase, TriageEvent>({
			schema: ClaimCase,
			by: ["handle"],
			guard: (kase) =>
				kase.owner &&
				!isFreed(kase) &&
				refusal("AlreadyClaimed", { by: kase.owner.person, since: kase.owner.since }),
			decide: (_, __, { actor }) => accept({ type: "CaseClaimed", data: { person: actor.id } }),
		}),
		AssignCase: command<typeof AssignCase, TriageEvent>({
			schema: AssignCase,
			by: ["triage", "manage"],
			needs: ["people"],
			// after an appeal somebody else takes the new round of a case that is closed for the customer
			evenWhen: ["closed"],
			decide: ({ person, why }, kase, { people }) => {
				const no = notAHandler(person, kase, people);
				if (no) return refuse(no, { person });
				if (kase.owner?.person === person)
					return refuse("AlreadyClaimed", { by: person, since: kase.owner.since });
				return accept({
					type: "CaseAssigned",
					data: { person, from: kase.owner?.person ?? null, why: why ?? null },
				});
			},
		}),
		HandOverCase: command<typeof HandOverCase, TriageEvent>({
			schema: HandOverCase,
			by: ["handle", "triage"],
			needs: ["people"],
			guard: (kase, { actor }) => {
				if (!kase.owner) return refusal("NotClaimed");
				return (
					kase.owner.person !== actor.id &&
					!can(actor, "triage") &&
					refusal("NotYourCase", { owner: kase.owner.person })
				);
			},
			decide: ({ person, note }, kase, { people }) => {
				const no = notAHandler(person, kase, people);
				if (no || !kase.owner) return refuse(no ?? "NotClaimed", { person });
				if (kase.owner.person === person)
					return refuse("AlreadyClaimed", { by: person, since: kase.owner.since });
				return accept({ type: "CaseHandedOver", data: { person, from: kase.owner.person, note } });
			},
		}),
		ConfirmHandOver: command<typeof ConfirmHandOver, TriageEvent>({
			schema: ConfirmHandOver,
			by: ["handle", "triage"],
			guard: ({ owner }, { actor }) => {
				if (!owner?.handOver) return refusal("NotOpen");
				if (owner.person !== actor.id) return refusal("NotYourCase", { owner: owner.person });
				return owner.handOver.read && refusal("AlreadyDone");
			},
			decide: (_, { owner }) =>
				owner?.handOver
					? accept({ type: "HandOverConfirmed", data: { from: owner.handOver.from } })
					: refuse("NotOpen"),
		}),
		EscalateCase: command<typeof EscalateCase, TriageEvent>({
			schema: EscalateCase,
			by: ["handle", "triage", "intake", "liaise"],
			decide: ({ to, why }) => accept({ type: "CaseEscalated", data: { to, why } }),
		}),
	},
	fold: {
		AllegationClassified: (kase, { allegation, category, why }, { at, by }) => ({
			...kase,
			allegations: kase.allegations.map((one) =>
				one.id === allegation ? { ...one, category, classified: { at, by, why } } : one,
			),
		}),
		CaseGraded: (kase, data, meta) => graded(kase, data, meta),
		CaseRegraded: (kase, data, meta) => ({
			...graded(kase, data, meta),
			regradings: kase.triage ? [...kase.regradings, kase.triage] : kase.regradings,
		}),
		CaseRestricted: (kase, data, { at, by }) => ({ ...kase, restriction: { ...data, at, by, lifted: null } }),
		RestrictionLifted: (kase, _, { at, by }) => ({
			...kase,
			restriction: kase.restriction && { ...kase.restriction, lifted: { at, by } },
		}),
		HoldPlaced: (kase, { why }, { at, by }) => ({ ...kase, hold: { at, by, why, lifted: null } }),
		HoldLifted: (kase, _, { at, by }) => ({
			...kase,
			hold: kase.hold && { ...kase.hold, lifted: { at, by } },
		}),
		CaseClaimed: (kase, { person }, { at, by }) => owned(kase, person, "assigned", at, by),
		CaseAssigned: (kase, { person }, { at, by }) => owned(kase, person, "assigned", at, by),
		CaseHandedOver: (kase, { person, from, note }, { at, by }) => {
			const taken = owned(kase, person, "hand-over", at, by);
			return { ...taken, owner: taken.owner && { ...taken.owner, handOver: { from, note, read: null } } };
		},
		HandOverConfirmed: (kase, _, { at, by }) => ({
			...kase,
			owner: kase.owner?.handOver
				? { ...kase.owner, handOver: { ...kase.owner.handOver, read: { at, by } } }
				: kase.owner,
		}),
		CaseEscalated: (kase, { to, why }, { at, by }) => ({
			...kase,
			escalations: [...kase.escalations, { at, by, to, why, clock: null }],
		}),
	},
	moments: {
		// whoever has taken it before it was graded has taken it
		CaseGraded: (_, kase) => (kase.owner ? ["triaged", "claimed"] : ["triaged"]),
		CaseClaimed: ["claimed"],
		CaseAssigned: ["claimed"],
	},
	react: reactToTriage,
	standing: (kase) => {
		if (!kase.intake) return "waiting";
		return kase.triage && kase.owner ? "done" : "open";
	},
	obligations: triageDue,
};

function triageDue(kase: Case): Obligation[] {
	if (kase.closure) return [];
	const list: Obligation[] = [];
	const grading = { step: "triage", who: { capability: "triage" }, due: null } as const;
	if (!kase.triage && unclassified(kase))
		list.push({ ...grading, what: "classify", command: "ClassifyAllegation", blocks: ["contact"] });
	else if (!kase.triage) list.push({ ...grading, what: "grade", command: "GradeCase", blocks: ["contact"] });
	else if (isOutdated(kase))
		list.push({ ...grading, what: "regrade", command: "RegradeCase", blocks: ["closure"] });
	if (!kase.owner || isFreed(kase))
		list.push({
			step: "triage",
			what: "claim",
			who: { capability: isRestricted(kase) ? "safety" : "handle" },
			due: kase.clocks.find((one) => one.name === "first-contact" && !one.stopped)?.due ?? null,
			command: "ClaimCase",
			blocks: ["closure"],
		});
	return list;
}

/** A restricted case is the safety team's: whoever had it before has it no more. */
function isFreed(kase: Case): boolean {
	return kase.owner !== null && isRestricted(kase) && kase.owner.since < (kase.restriction?.at ?? "");
}

function unclassified(kase: Case) {
	const open = standing(kase).filter((one) => !one.category && !one.proposed);
	return open.length > 0 ? refusal("NotClassified", { allegations: open.map((one) => one.id) }) : null;
}

function notAHandler(person: string, kase: Case, people: Context["people"]): Reason | null {
	const known = people?.find((one) => one.id === person);
	if (!known) return "UnknownParty";
	if (!known.capabilities.includes("handle")) return "NotAuthorised";
	return isRestricted(kase) && !known.capabilities.includes("safety") ? "RestrictedCase" : null;
}

function graded(
	kase: Case,
	{ triage: set, route }: { triage: Omit<Triage, "at" | "by">; route: Route },
	{ at, by }: Meta,
): Case {
	const { investigation: _, responsibility: __, ...skipped } = kase.skipped;
	const why = `route:${route.row}`;
	const rests = route.fault ? {} : { investigation: { at, by, why }, responsibility: { at, by, why } };
	return { ...kase, triage: { ...set, at, by }, route, team: route.team, skipped: { ...skipped, ...rests } };
}

function owned(kase: Case, person: string, why: "assigned" | "hand-over", at: string, by: string): Case {
	const before = kase.owner ? [{ person: kase.owner.person, from: kase.owner.since, to: at, why }] : [];
	return { ...kase, owner: { person, since: at, by }, owners: [...kase.owners, ...before] };
}

/** The complainant hears who it is now, and so does whoever was given the case by somebody else. */
function tellOwner({ type, data }: OwnerEvent, kase: Case, by: string): Effect[] {
	const complainants = kase.parties
		.filter((one) => one.side === "complainant")
		.map((one): Effect => ({ do: "notify", to: { party: one.id }, notice: "owner-taken" }));
	if (type === "CaseClaimed" || data.person === by) return complainants;
	return [...complainants, { do: "notify", to: { person: data.person }, notice: "case-assigned" }];
}
type OwnerEvent = Extract<TriageEvent, { type: "CaseClaimed" | "CaseAssigned" | "CaseHandedOver" }>;

function reactToTriage(event: TriageEvent, kase: Case, { actor }: Context): Effect[] {
	switch (event.type) {
		case "CaseClaimed":
		case "CaseAssigned":
		case "CaseHandedOver":
			return tellOwner(event, kase, actor.id);
		case "CaseRestricted":
			return [{ do: "notify", to: { capability: "safety" }, notice: "escalated" }];
		case "CaseEscalated":
			return [
				{ do: "notify", to: escalatesTo(event.data.to) ?? { capability: "manage" }, notice: "escalated" },
			];
		default:
			return [];
	}
}
