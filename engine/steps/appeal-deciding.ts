import type { z } from "zod";
import type { Appeal, Case } from "../case.ts";
import { decidersNow, earlierDeciders, inAccusedLine } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import type { AppealBrings, DecideAppeal } from "./appeal.ts";
import type { Context } from "./step.ts";

/** Deciding an appeal: by other people, with a new round and what rested on the findings taken back. */

export function undecided(kase: Case, id: string): Appeal | null {
	return kase.appeals.find((one) => one.id === id && !one.decided) ?? null;
}

/** The reviewer is not who decided, now or before, nor the owner, nor of the accused's own line. */
export function mayReview(
	kase: Case,
	actor: { id: string; belongsTo: readonly string[] },
	one: Appeal,
): Refusal | null {
	return firstOf(hasDecided(kase, actor.id, one) && refusal("DecidedBefore"), inAccusedLine(kase, actor));
}

/** Whether somebody decided or handled what this appeal is about, or decided an earlier one of the same party. */
export function hasDecided(kase: Case, person: string, one: Appeal): boolean {
	const decided = [
		...decidersNow(kase),
		...earlierDeciders(kase),
		...kase.owners.map((owner) => owner.person),
		...kase.sanctions.flatMap((sanction) => (sanction.id === one.against.sanction ? [sanction.by] : [])),
		...kase.appeals.flatMap((other) =>
			other.decided && other.party === one.party ? [other.decided.by] : [],
		),
	];
	return kase.owner?.person === person || decided.includes(person);
}

/** Upheld: a new round by other people, and what rested on the findings is reversed. */
export function decideAppeal(
	{ appeal: id, result, reasons, reason }: z.output<typeof DecideAppeal>,
	kase: Case,
	context: Context,
): Decision<AppealBrings> {
	const { actor } = context;
	const one = undecided(kase, id);
	if (one?.reviewer?.person !== actor.id)
		return refuse(one ? "NotYourPart" : "UnknownAppeal", { appeal: id });
	const no = mayReview(kase, actor, one) ?? guardOutgoing({ ...context, formal: true }, reasons, reason);
	if (no) return { ok: false, refusal: no };
	const { findings, sanction, decision } = one.against;
	const upheld = result !== "dismissed";
	const newRound = upheld && (findings.length > 0 || decision) ? kase.round + 1 : null;
	const decided: AppealBrings = {
		type: "AppealDecided",
		data: { about: id, result, reasons, newRound, deciders: decidersNow(kase) },
	};
	if (!upheld) return accept(decided);
	const resting = kase.sanctions.filter(
		(known) =>
			!known.reversed &&
			(known.id === sanction || (known.finding !== null && findings.includes(known.finding))),
	);
	return accept<AppealBrings>(
		decided,
		...resting.map(
			(known): AppealBrings => ({
				type: "SanctionReversed",
				data: { sanction: known.id, why: `appeal:${id}` },
			}),
		),
		...(decision && kase.closure
			? [{ type: "CaseReopened", data: { because: "appeal", why: reasons } } as const]
			: []),
	);
}
