import { endOfDay } from "../../parts/time.ts";
import type { Entry, WorkItem } from "../work/work-query.ts";

/** Which follow-ups are to be made, and when one may call. */

/** Due by the end of the day that it is in the zone. */
export function isToday({ due }: Entry, now: string, zone: string): boolean {
	return due !== null && due <= endOfDay(now, zone);
}

/** Whoever handled a case does not ask how it was handled. */
export function isOwn({ item }: Entry): boolean {
	const answer = item.allowed.RecordFollowUp;
	return answer !== undefined && answer !== true && answer.reason === "HandlerAsksAgain";
}

/** Those one may ask first, each part by due time. */
export function forCalling(a: Entry, b: Entry): number {
	return Number(isOwn(a)) - Number(isOwn(b)) || (a.due ?? "9999").localeCompare(b.due ?? "9999");
}

/** Whether a time on the wall ("21:40") is within the hours in which nobody is called; they may go over midnight. */
export function inQuietHours(time: string, [from, to]: readonly [string, string]): boolean {
	return from < to ? time >= from && time < to : time >= from || time < to;
}

/** Calls in vain for one planned follow-up since the case was closed. */
export function triesOf(item: WorkItem, attempt: string): number {
	const closedAt = item.case.closure?.at ?? "";
	return (item.case.followUps ?? []).filter(
		(one) => one.attempt === attempt && one.at >= closedAt && "noAnswer" in one.result,
	).length;
}
