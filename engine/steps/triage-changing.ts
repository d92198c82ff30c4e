import type { z } from "zod";
import { type Case, findingOf, standing } from "../case.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { restriction, restrictsBy } from "../restriction.ts";
import type { Context } from "./step.ts";
import type { ClassifyAllegation, RegradeCase, TriageBrings } from "./triage.ts";
import { grade } from "./triage-grading.ts";

/** Another category, another grade: with a reason, and with what follows from it. */

/** An allegation was put into another category after the grade was set: the route may be another. */
export function isOutdated(kase: Case): boolean {
	const graded = kase.triage?.at ?? "";
	return standing(kase).some(
		(one) => one.classified && one.classified.at > graded && one.proposed?.category !== one.category,
	);
}

export function classify(
	{ allegation, category, why }: z.output<typeof ClassifyAllegation>,
	kase: Case,
	{ pack }: Context,
) {
	const one = kase.allegations.find((known) => known.id === allegation);
	if (!one) return refuse("UnknownAllegation", { allegation });
	const from = one.category ?? one.proposed?.category ?? null;
	const no = firstOf(
		!pack.categories.has(category) &&
			refusal("UnknownCategory", { category, categories: [...pack.categories.keys()] }),
		one.withdrawn && refusal("AlreadyWithdrawn", { allegation }),
		one.category === category && refusal("AlreadyDone", { category }),
		findingOf(kase, allegation) && refusal("AlreadyDecided", { allegation }),
		// overriding what was proposed or decided asks why (law 11)
		from !== null && from !== category && !why && refusal("ReasonMissing", { field: "why" }),
	);
	if (no) return { ok: false as const, refusal: no };
	return accept<TriageBrings>(
		{ type: "AllegationClassified", data: { allegation, category, from, why: why ?? null } },
		...restriction(kase, restrictsBy([], [category], pack)),
	);
}

export function regrade(fields: z.output<typeof RegradeCase>, kase: Case, context: Context) {
	const graded = grade(fields, kase, context);
	if ("reason" in graded) return { ok: false as const, refusal: graded };
	const { triage: now, route } = graded;
	const before = kase.triage;
	const same =
		before?.urgency === now.urgency &&
		before.severity === now.severity &&
		before.flags.length === now.flags.length;
	if (same && JSON.stringify(route) === JSON.stringify(kase.route) && !isOutdated(kase))
		return refuse("AlreadyDone");
	const raised = fields.flags.filter((flag) => !before?.flags.includes(flag));
	return accept<TriageBrings>(
		{ type: "CaseRegraded", data: graded },
		...restriction(kase, restrictsBy(raised, [], context.pack)),
	);
}
