import type { Case, Grade, Route, Triage } from "../case.ts";
import { factsOf, ruleDay, unanswered } from "../case-facts.ts";
import { type Refusal, refusal } from "../decision.ts";
import type { Kept } from "../kept.ts";
import { type Evaluation, type Explanation, evaluateTable } from "../rules/evaluate.ts";
import type { FactValues } from "../rules/facts.ts";
import type { Context } from "./step.ts";

/** Urgency, severity and route: the pack's tables propose, a person may set others and is then asked why. */

/** What the pack's tables propose for urgency and severity, with their explanations. */
export function proposeGrade(
	kase: Case,
	context: Pick<Context, "pack" | "now">,
	flags: readonly string[] = [],
) {
	const { pack, now } = context;
	const raised = Object.fromEntries([...flags, ...(kase.triage?.flags ?? [])].map((flag) => [flag, true]));
	const day = ruleDay(kase, pack, now);
	const facts = { ...factsOf(kase, pack), ...raised };
	const severity = evaluateTable(pack.tables.severity, facts, day);
	const urgency = evaluateTable(pack.tables.urgency, { ...facts, ...pick(severity, "severity") }, day);
	return { severity, urgency, facts };
}

function pick(evaluation: Evaluation, name: string): Record<string, string> {
	const value = evaluation.ok ? evaluation.hits[0]?.values[name] : undefined;
	return typeof value === "string" ? { [name]: value } : {};
}

/** A grade with its route, or why it can't be set. */
export function grade(
	fields: {
		urgency?: Grade["urgency"] | undefined;
		severity?: Grade["severity"] | undefined;
		flags: string[];
		why?: Kept | undefined;
	},
	kase: Case,
	context: Context,
): { triage: Omit<Triage, "at" | "by">; route: Route } | Refusal {
	const known = context.pack.data.routes.flags.map((flag) => flag.id);
	const stranger = fields.flags.find((flag) => !known.includes(flag));
	if (stranger) return refusal("UnknownWord", { word: stranger, words: known });
	const { severity, urgency, facts } = proposeGrade(kase, context, fields.flags);
	const unknown = unanswered(severity) ?? unanswered(urgency);
	if (unknown && !(fields.urgency && fields.severity)) return unknown;
	const proposed: Grade = {
		urgency: (pick(urgency, "urgency").urgency as Grade["urgency"]) ?? fields.urgency ?? "ordinary",
		severity: (pick(severity, "severity").severity as Grade["severity"]) ?? fields.severity ?? "C",
	};
	const set: Grade = {
		urgency: fields.urgency ?? proposed.urgency,
		severity: fields.severity ?? proposed.severity,
	};
	const overrides = set.urgency !== proposed.urgency || set.severity !== proposed.severity;
	if (overrides && !fields.why)
		return refusal("ReasonMissing", { field: "why", proposed: `${proposed.urgency} ${proposed.severity}` });
	const route = routeOf({ ...facts, ...set }, kase, context);
	if ("reason" in route) return route;
	const explanations: Explanation[] = [severity, urgency].flatMap((one) =>
		one.ok ? one.hits.map((hit) => hit.explanation) : [],
	);
	const flags = [...new Set([...(kase.triage?.flags ?? []), ...fields.flags])];
	return { triage: { ...set, proposed, explanations, why: fields.why ?? null, flags }, route };
}

function routeOf(facts: FactValues, kase: Case, { pack, now }: Context): Route | Refusal {
	const answer = evaluateTable(pack.tables.route, facts, ruleDay(kase, pack, now));
	if (!answer.ok) return unanswered(answer) ?? refusal("FactsMissing");
	const hit = answer.hits[0];
	if (!hit) throw new Error(`pack ${pack.name}: no row of the route table holds`);
	return { ...(hit.values as unknown as Omit<Route, "row">), row: hit.row };
}
