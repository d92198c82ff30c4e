import { type Case, isRestricted } from "../case.ts";
import type { Instant } from "../time/instant.ts";
import type { Obligation } from "./step.ts";

/** What improvement still asks for, and of whom. */

export function improvementDue(kase: Case): Obligation[] {
	const { proposals, actions, training } = kase.improvement;
	const step = { step: "improvement", blocks: [] } as const;
	const quality = { capability: isRestricted(kase) ? "safety" : "quality" } as const;
	const open = (about: string, who: Obligation["who"], due: Instant | null) => ({
		...step,
		blocks: [],
		about,
		who,
		due,
	});
	return [
		...proposals
			.filter((one) => !one.decided)
			.map((one) => ({ ...open(one.id, quality, null), what: "decide-proposal", command: "DecideProposal" })),
		...actions
			.filter((one) => !one.done)
			.map((one) => ({
				...open(one.id, { person: one.owner }, one.due),
				what: "complete-action",
				command: "CompleteCorrectiveAction",
			})),
		...actions
			.filter((one) => one.done && !one.verified)
			.map((one) => ({
				...open(one.id, quality, one.verifyBy),
				what: "verify-action",
				command: "VerifyCorrectiveAction",
			})),
		...training
			.filter((one) => !one.result?.passed)
			.map((one) => ({
				...open(one.id, { person: one.person }, one.due),
				what: "take-training",
				command: "RecordTrainingResult",
			})),
	];
}
