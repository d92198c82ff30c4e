import type { z } from "zod";
import { type Case, type Computation, nextId, standing } from "../case.ts";
import { confirmedFacts, isOwnFact, unanswered } from "../case-facts.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../decision.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { type FactValues, parseFacts } from "../rules/facts.ts";
import type { ComputeRemedy, RemedyEvent } from "./remedy.ts";
import { remedyLines, totalOf } from "./remedy-lines.ts";
import type { Context } from "./step.ts";

/** What the rules give, reckoned with what is known and what somebody states. */

export function computeRemedy(
	fields: z.output<typeof ComputeRemedy>,
	kase: Case,
	{ pack, now }: Context,
): Decision<RemedyEvent> {
	if (fields.allegation && !standing(kase).some((one) => one.id === fields.allegation))
		return refuse("UnknownAllegation", { allegation: fields.allegation });
	const stated = statedFacts(fields.facts, kase, pack);
	if ("reason" in stated) return { ok: false, refusal: stated };
	const given = remedyLines(kase, pack, now, fields.allegation, stated.facts);
	if (!given.ok) return { ok: false, refusal: unanswered(given) ?? refusal("FactsMissing") };
	const total = totalOf(given.lines, pack.data.head.currency);
	const facts = given.facts as Computation["facts"];
	return accept({
		type: "RemedyComputed",
		data: { id: nextId("r", kase.computations), lines: given.lines, total, facts, needs: [] },
	});
}

/** Facts that somebody states for a sum: neither what the case itself knows, nor other than what was confirmed. */
export function statedFacts(
	given: Readonly<Record<string, unknown>>,
	kase: Case,
	pack: LoadedPack,
): { facts: FactValues } | Refusal {
	const stated = parseFacts(pack.sheet, given);
	if (!stated.ok)
		return refusal("Malformed", {
			field: "facts",
			hint: stated.problems.map((one) => `${one.fact}: ${one.problem}`).join("; "),
		});
	const confirmed = confirmedFacts(kase);
	for (const [fact, value] of Object.entries(stated.facts)) {
		if (isOwnFact(fact, pack))
			return refusal("Malformed", { field: "facts", hint: `${fact} is known of the case itself` });
		const known = confirmed.get(fact);
		if (known && JSON.stringify(known.value) !== JSON.stringify(value))
			return refusal("Malformed", { field: "facts", hint: `${fact} was confirmed otherwise` });
	}
	return stated;
}
