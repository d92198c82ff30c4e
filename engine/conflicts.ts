import type { Actor } from "./actor.ts";
import { type Case, examined, remedyRound } from "./case.ts";
import { type Refusal, refusal } from "./decision.ts";

/**
 * Law 3: no one decides twice. The reviewer is not the decider, an approver is not the proposer, the payer is not the
 * approver, and none of them belongs to the accused's own line on the order's date.
 */

/** Refused when the actor belongs to the line of somebody accused, or found to bear a share. */
export function inAccusedLine(kase: Case, actor: Pick<Actor, "id" | "belongsTo">): Refusal | null {
	const accused = new Set([
		...examined(kase).flatMap((one) => one.accused),
		...kase.findings.flatMap((one) => Object.keys(one.shares).filter((id) => one.shares[id])),
	]);
	const hit = kase.parties.some((one) => {
		const line = one.organisation ? [one.organisation, ...one.line] : one.line;
		const ownLine = one.person === actor.id || line.some((org) => actor.belongsTo.includes(org));
		return accused.has(one.id) && ownLine;
	});
	return hit ? refusal("AccusedLine") : null;
}

/** Everybody who decided something in the rounds before the present one. */
export function earlierDeciders(kase: Case): Set<string> {
	return new Set(kase.rounds.flatMap((one) => one.deciders));
}

/** Whoever agreed to a ceiling or ratified it. */
export function approversOf(one: Case["approvals"][number]): string[] {
	return [one.agreed?.by, one.ratify?.done?.by].filter((id) => id !== undefined);
}

/** Who has decided in this round: findings, offers, final position, approvals. */
export function decidersNow(kase: Case): string[] {
	return [
		...new Set([
			...kase.findings.filter((one) => one.round === kase.round).map((one) => one.by),
			...kase.offers
				.filter((one) => one.round === remedyRound(kase) && one.from === "company")
				.map((one) => one.by),
			...(kase.finalPosition ? [kase.finalPosition.by] : []),
			...kase.approvals.flatMap(approversOf),
			...(kase.closure ? [kase.closure.by] : []),
		]),
	];
}

export function decidedBefore(kase: Case, actor: Pick<Actor, "id">): Refusal | null {
	return earlierDeciders(kase).has(actor.id) ? refusal("DecidedBefore") : null;
}
