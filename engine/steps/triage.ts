import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, type Grade, isOnHold, isRestricted, type Route, standing, type Triage } from "../case.ts";
import { factsOf } from "../case-facts.ts";
import { accept, refusal, refuse } from "../decision.ts";
import { type Kept, Remark } from "../kept.ts";
import { type Evaluation, type Explanation, evaluateTable } from "../rules/evaluate.ts";
import { dayOf } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Step } from "./step.ts";

/** 分级: what it is, how pressing and how grave, whose it is, and what is restricted. */

const Graded = { urgency: z.enum(["critical", "urgent", "ordinary"]), severity: z.enum(["A", "B", "C"]) };
const ClassifyAllegation = z.strictObject({
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
const RegradeCase = z.strictObject({ ...Graded, flags: z.array(z.string()).default([]), why: Remark });
const RestrictCase = z.strictObject({ why: Remark, guardian: z.string().optional() });
const LiftRestriction = z.strictObject({ why: Remark });
const PlaceHold = z.strictObject({ why: Remark });
const LiftHold = z.strictObject({ why: Remark });
const ClaimCase = z.strictObject({});
const AssignCase = z.strictObject({ person: z.string(), why: Remark.optional() });
const HandOverCase = z.strictObject({ person: z.string(), note: Remark });
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
	| Event<"CaseRestricted", { why: Kept; guardian: string | null }>
	| Event<"RestrictionLifted", { why: Kept }>
	| Event<"HoldPlaced", { why: Kept }>
	| Event<"HoldLifted", { why: Kept }>
	| Event<"CaseClaimed", { person: string }>
	| Event<"CaseAssigned", { person: string; from: string | null; why: Kept | null }>
	| Event<"CaseHandedOver", { person: string; from: string; note: Kept }>
	| Event<"CaseEscalated", { to: string; why: Kept }>;

export const triage: Step<TriageEvent> = {
	name: "triage",
	commands: {
		ClassifyAllegation: command<typeof ClassifyAllegation, TriageEvent>({
			schema: ClassifyAllegation,
			by: ["intake", "triage", "handle", "system"],
			decide: ({ allegation, category, why }, kase, { pack }) => {
				const one = kase.allegations.find((known) => known.id === allegation);
				if (!one) return refuse("UnknownAllegation", { allegation });
				if (!pack.categories.has(category))
					return refuse("UnknownCategory", { category, categories: [...pack.categories.keys()] });
				if (one.category === category) return refuse("AlreadyDone", { category });
				// overriding what was proposed or decided asks why (law 11)
				const overrides = (one.category ?? one.proposed?.category ?? category) !== category;
				if (overrides && !why) return refuse("ReasonMissing", { field: "why" });
				const from = one.category ?? one.proposed?.category ?? null;
				return accept({
					type: "AllegationClassified",
					data: { allegation, category, from, why: why ?? null },
				});
			},
		}),
		GradeCase: command<typeof GradeCase, TriageEvent>({
			schema: GradeCase,
			by: ["triage", "intake", "system"],
			guard: (kase) => (kase.triage ? refusal("AlreadyDone") : unclassified(kase)),
			decide: (fields, kase, context) => grade("CaseGraded", fields, fields.why ?? null, kase, context),
		}),
		RegradeCase: command<typeof RegradeCase, TriageEvent>({
			schema: RegradeCase,
			by: ["triage", "handle"],
			guard: (kase) => (kase.triage ? null : refusal("NotTriaged")),
			decide: (fields, kase, context) => grade("CaseRegraded", fields, fields.why, kase, context),
		}),
		RestrictCase: command<typeof RestrictCase, TriageEvent>({
			schema: RestrictCase,
			by: ["triage", "handle", "intake", "safety"],
			guard: (kase) => isRestricted(kase) && refusal("AlreadyRestricted"),
			decide: ({ why, guardian }, kase) => {
				if (guardian && !kase.parties.some((one) => one.id === guardian))
					return refuse("UnknownParty", { party: guardian });
				return accept({ type: "CaseRestricted", data: { why, guardian: guardian ?? null } });
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
				kase.owner && refusal("AlreadyClaimed", { by: kase.owner.person, since: kase.owner.since }),
			decide: (_, __, { actor }) => accept({ type: "CaseClaimed", data: { person: actor.id } }),
		}),
		AssignCase: command<typeof AssignCase, TriageEvent>({
			schema: AssignCase,
			by: ["triage", "manage"],
			needs: ["people"],
			decide: ({ person, why }, kase, { people }) => {
				const no = notAHandler(person, people);
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
				const no = notAHandler(person, people);
				if (no || !kase.owner) return refuse(no ?? "NotClaimed", { person });
				if (kase.owner.person === person)
					return refuse("AlreadyClaimed", { by: person, since: kase.owner.since });
				return accept({ type: "CaseHandedOver", data: { person, from: kase.owner.person, note } });
			},
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
		CaseGraded: (kase, data, { at, by }) => ({
			...kase,
			triage: { ...data.triage, at, by },
			route: data.route,
			team: data.route.team,
		}),
		CaseRegraded: (kase, data, { at, by }) => ({
			...kase,
			regradings: kase.triage ? [...kase.regradings, kase.triage] : kase.regradings,
			triage: { ...data.triage, at, by },
			route: data.route,
			team: data.route.team,
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
		CaseHandedOver: (kase, { person }, { at, by }) => owned(kase, person, "hand-over", at, by),
		CaseEscalated: (kase, { to, why }, { at, by }) => ({
			...kase,
			escalations: [...kase.escalations, { at, by, to, why, clock: null }],
		}),
	},
	moments: {
		CaseGraded: ["triaged"],
		CaseClaimed: ["claimed"],
		CaseAssigned: ["claimed"],
	},
	react: reactToTriage,
	standing: (kase) => {
		if (!kase.intake) return "waiting";
		return kase.triage && kase.owner ? "done" : "open";
	},
	obligations: (kase) => {
		const list = [];
		if (!kase.triage && !kase.closure)
			list.push({
				step: "triage" as const,
				what: "grade",
				who: { capability: "triage" as const },
				due: null,
				command: "GradeCase",
				blocks: ["contact" as const],
			});
		if (!kase.owner && !kase.closure) {
			const due = kase.clocks.find((one) => one.name === "first-contact" && !one.stopped)?.due ?? null;
			list.push({
				step: "triage" as const,
				what: "claim",
				who: { capability: "handle" as const },
				due,
				command: "ClaimCase",
				blocks: ["closure" as const],
			});
		}
		return list;
	},
};

function unclassified(kase: Case) {
	const open = standing(kase).filter((one) => !one.category && !one.proposed);
	return open.length > 0 && standing(kase).length > 0
		? refusal("NotClassified", { allegations: open.map((one) => one.id) })
		: null;
}

function notAHandler(person: string, people: Context["people"]) {
	const known = people?.find((one) => one.id === person);
	if (!known) return "UnknownParty" as const;
	return known.capabilities.includes("handle") ? null : ("NotAuthorised" as const);
}

function owned(kase: Case, person: string, why: "assigned" | "hand-over", at: string, by: string): Case {
	const before = kase.owner ? [{ person: kase.owner.person, from: kase.owner.since, to: at, why }] : [];
	return { ...kase, owner: { person, since: at, by }, owners: [...kase.owners, ...before] };
}

/**
 * What the pack's tables propose for urgency, severity and route, with their explanations. A person may set others,
 * and is then asked why.
 */
export function proposeGrade(
	kase: Case,
	context: Pick<Context, "pack" | "now">,
	flags: readonly string[] = [],
) {
	const { pack, now } = context;
	const raised = Object.fromEntries([...flags, ...(kase.triage?.flags ?? [])].map((flag) => [flag, true]));
	const day = dayOf(now, pack.data.head.zone);
	const facts = { ...factsOf(kase, pack), ...raised };
	const severity = evaluateTable(pack.tables.severity, facts, day);
	const urgency = evaluateTable(pack.tables.urgency, { ...facts, ...pick(severity, "severity") }, day);
	return { severity, urgency, facts };
}

function pick(evaluation: Evaluation, name: string): Record<string, string> {
	const value = evaluation.ok ? evaluation.hits[0]?.values[name] : undefined;
	return typeof value === "string" ? { [name]: value } : {};
}

function grade(
	type: "CaseGraded" | "CaseRegraded",
	fields: { urgency?: Grade["urgency"]; severity?: Grade["severity"]; flags: string[] },
	why: Kept | null,
	kase: Case,
	context: Context,
) {
	const known = new Set(context.pack.data.routes.flags.map((flag) => flag.id));
	const stranger = fields.flags.find((flag) => !known.has(flag));
	if (stranger) return refuse("UnknownWord", { word: stranger, words: [...known] });
	const { severity, urgency, facts } = proposeGrade(kase, context, fields.flags);
	const missing = [severity, urgency].flatMap((one) => missingIn(one));
	if (missing.length > 0 && !(fields.urgency && fields.severity))
		return refuse("FactsMissing", { facts: missing });
	const proposed: Grade = {
		urgency: (pick(urgency, "urgency").urgency as Grade["urgency"]) ?? fields.urgency ?? "ordinary",
		severity: (pick(severity, "severity").severity as Grade["severity"]) ?? fields.severity ?? "C",
	};
	const set: Grade = {
		urgency: fields.urgency ?? proposed.urgency,
		severity: fields.severity ?? proposed.severity,
	};
	if ((set.urgency !== proposed.urgency || set.severity !== proposed.severity) && !why)
		return refuse("ReasonMissing", { field: "why", proposed: `${proposed.urgency} ${proposed.severity}` });
	const route = routeOf({ ...facts, ...set }, context);
	if ("needs" in route) return refuse("FactsMissing", { facts: route.needs });
	const explanations: Explanation[] = [severity, urgency].flatMap((one) =>
		one.ok ? one.hits.map((hit) => hit.explanation) : [],
	);
	const flags = [...new Set([...(kase.triage?.flags ?? []), ...fields.flags])];
	return accept<TriageEvent>({
		type,
		data: { triage: { ...set, proposed, explanations, why, flags }, route: route.route },
	});
}

function missingIn(evaluation: Evaluation): string[] {
	return evaluation.ok || !("needs" in evaluation) ? [] : evaluation.needs.map((one) => one.fact);
}

function routeOf(
	facts: Parameters<typeof evaluateTable>[1],
	{ pack, now }: Context,
): { route: Route } | { needs: string[] } {
	const answer = evaluateTable(pack.tables.route, facts, dayOf(now, pack.data.head.zone));
	if (!answer.ok) return { needs: missingIn(answer) };
	const hit = answer.hits[0];
	if (!hit) throw new Error(`pack ${pack.name}: no row of the route table holds`);
	return { route: { ...(hit.values as unknown as Omit<Route, "row">), row: hit.row } };
}

function reactToTriage(event: TriageEvent, kase: Case): Effect[] {
	switch (event.type) {
		case "CaseClaimed":
		case "CaseAssigned":
			return kase.parties
				.filter((one) => one.side === "complainant")
				.map((one) => ({ do: "notify", to: { party: one.id }, notice: "owner-taken" }));
		case "CaseEscalated":
			return [
				{
					do: "notify",
					to: {
						capability: event.data.to === "safety" ? "safety" : event.data.to === "duty" ? "duty" : "manage",
					},
					notice: "escalated",
				},
			];
		default:
			return [];
	}
}
