import type { Approval, Case, Money } from "../case.ts";
import { factsOf, ruleDay, unanswered } from "../case-facts.ts";
import { type Refusal, refusal } from "../decision.ts";
import { type Explanation, evaluateTable } from "../rules/evaluate.ts";
import { committed } from "./approval-committed.ts";
import type { Context } from "./step.ts";

/** How much may be given by whom. A ceiling is for the whole case: nothing is split to stay beneath it. */

/** What the limits table asks for at this total. */
export function limitFor(
	kase: Case,
	total: Money,
	{ pack, now }: Pick<Context, "pack" | "now">,
): Refusal | { by: Approval["need"] | "none"; level: number; explanation: Explanation } {
	const facts = { ...factsOf(kase, pack), total: total.amount };
	const answer = evaluateTable(pack.tables.limits, facts, ruleDay(kase, pack, now));
	if (!answer.ok) return unanswered(answer) ?? refusal("FactsMissing");
	const hit = answer.hits[0];
	if (!hit) throw new Error(`pack ${pack.name}: no row of the limits table holds for ${total.amount}`);
	return {
		by: String(hit.values.by) as Approval["need"] | "none",
		level: Number(hit.values.level ?? 0),
		explanation: hit.explanation,
	};
}

/**
 * Nothing that costs money goes out above what its proposer may give alone, unless a ceiling covers it, together with
 * everything agreed before.
 * @param by who proposes: a ceiling that they gave themself does not count (law 3); null where nobody proposes now
 */
export function ceilingFor(
	kase: Case,
	more: Money,
	context: Pick<Context, "pack" | "now" | "actor">,
	by: string | null = context.actor.id,
): Refusal | null {
	const total = committed(kase) + more.amount;
	if (total === 0) return null;
	const limit = limitFor(kase, { ...more, amount: total }, context);
	if ("reason" in limit) return limit;
	if (limit.by === "none") return null;
	const given = kase.approvals.filter((one) => one.agreed && !one.ratify?.refused);
	if (given.length === 0) return refusal("CeilingMissing", { total, by: limit.by });
	const others = given.filter((one) => one.agreed?.by !== by && one.ratify?.done?.by !== by);
	if (others.length === 0) return refusal("OwnProposal");
	const ceiling = Math.max(...others.map((one) => one.agreed?.ceiling.amount ?? 0));
	return total > ceiling ? refusal("CeilingExceeded", { total, ceiling }) : null;
}
