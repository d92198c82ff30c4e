import type { AtStake, Mine, MyCase } from "./my-data.ts";

/** How things stand for whoever is complained of. Pure. */

export type Group = "answer" | "running" | "ended";

/** What waits for me first, the most pressing on top; then what runs; then what has ended. */
export function groupOf({ cases }: Pick<Mine, "cases">): Record<Group, MyCase[]> {
	const open = cases.filter((one) => !one.closed);
	const answer = open
		.filter((one) => one.asks.length > 0)
		.toSorted((a, b) => dueOf(a).localeCompare(dueOf(b)));
	return {
		answer,
		running: open.filter((one) => one.asks.length === 0),
		ended: cases.filter((one) => one.closed),
	};
}

/** Without a time goes last. */
function dueOf({ asks }: MyCase): string {
	return asks.map((one) => one.due ?? "9").sort()[0] ?? "9";
}

/** The most points that one complaint may cost: each complaint made is counted once, all of them together. */
export function worstPoints(atStake: readonly AtStake[]): number {
	return atStake.reduce((sum, one) => sum + Math.min(0, one.points), 0);
}
