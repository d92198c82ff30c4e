import { ACTIONS } from "./rooms/actions.ts";
import { APPROVALS } from "./rooms/approvals.ts";
import { HANDOVERS } from "./rooms/handovers.ts";
import { OUTSIDE } from "./rooms/outside.ts";
import { QUESTIONS } from "./rooms/questions.ts";
import { REVIEWS } from "./rooms/reviews.ts";
import type { Story } from "./stories.ts";

/** What waits in the rooms of work, so that each has something real to show. */
export const ROOMS_OF_WORK: readonly Story[] = [
	...APPROVALS,
	...QUESTIONS,
	...OUTSIDE,
	...REVIEWS,
	...HANDOVERS,
	...ACTIONS,
];
