import { epochOf, type Instant } from "#engine/time/instant.ts";

/** How long a call rang: one second of tone, four of silence (the ringing tone of China, ITU-T E.180 supplement 2). */
export const RING_SECONDS = 5;

/** Within how many rings a call should be answered, unless somebody asks otherwise. */
export const RINGS_AIMED_AT = 3;

/** Whole seconds from the first ring to the answer. */
export function ringSeconds(ringingAt: Instant, answeredAt: Instant): number {
	return Math.max(0, Math.floor((epochOf(answeredAt) - epochOf(ringingAt)) / 1000));
}

/** How many rings were heard; one that has begun counts. */
export function ringsIn(seconds: number): number {
	return Math.floor(seconds / RING_SECONDS) + 1;
}
