import type { Actor } from "./actor.ts";
import type { Case } from "./case.ts";
import { type Refusal, refusal } from "./decision.ts";

/**
 * Law 3: no one decides twice. The reviewer is not the decider, an approver is not the proposer, the payer is not the
 * approver, and none of them belongs to the accused's own line on the order's date.
 */

/** Refused when the actor belongs to the line of somebody accused in an allegation that stands. */
export function inAccusedLine(kase: Case, actor: Pick<Actor, "id" | "belongsTo">): Refusal | null {
	const accused = new Set(kase.allegations.filter((one) => !one.withdrawn).flatMap((one) => one.accused));
	const hit = kase.parties.some(
		(one) =>
			accused.has(one.id) &&
			(one.person === actor.id || one.line.some((org) => actor.belongsTo.includes(org))),
	);
	return hit ? refusal("AccusedLine") : null;
}

/** Everybody who decided something in the rounds before the present one. */
export function earlierDeciders(kase: Case): Set<string> {
	return new Set(kase.rounds.flatMap((one) => one.deciders));
}

/** Who has decided in this round: findings, offers, final position, approvals. */
export function decidersNow(kase: Case): string[] {
	return [
		...new Set([
			...kase.findings.filter((one) => one.round === kase.round).map((one) => one.by),
			...kase.offers.filter((one) => one.round === kase.round && one.from === "company").map((one) => one.by),
			...(kase.finalPosition ? [kase.finalPosition.by] : []),
			...kase.approvals.flatMap((one) => (one.agreed ? [one.agreed.by] : [])),
			...(kase.closure ? [kase.closure.by] : []),
		]),
	];
}

export function decidedBefore(kase: Case, actor: Pick<Actor, "id">): Refusal | null {
	return earlierDeciders(kase).has(actor.id) ? refusal("DecidedBefore") : null;
}
