import { expect, test } from "vitest";
import type { WorkItem } from "../work/work-query.ts";
import { dutiesIn } from "../work/work-query.ts";
import { forCalling, inQuietHours, isOwn, isToday, triesOf } from "./due.ts";

const at = "2026-03-02T02:00:00.000Z";
const noAnswer = { id: "u1", at, by: "quality", attempt: "first", result: { noAnswer: true as const } };

function item(id: string, due: string, own = false): WorkItem {
	return {
		case: {
			id,
			number: id,
			pack: { name: "express", version: "1" },
			seq: 9,
			closure: {
				at,
				by: "handler",
				outcome: "settled",
				reason: null,
				referTo: [],
				onTheSpot: false,
				round: 1,
			},
			followUps: [noAnswer, { ...noAnswer, id: "u0", at: "2026-02-01T02:00:00.000Z" }],
		},
		viewer: "staff",
		step: "follow-up",
		due: null,
		statutoryDue: null,
		breached: false,
		duties: [
			{
				step: "follow-up",
				what: "ask-again",
				who: { capability: "quality" },
				due,
				command: "RecordFollowUp",
				blocks: [],
				about: "first",
			},
		],
		allowed: { RecordFollowUp: own ? { reason: "HandlerAsksAgain", detail: {} } : true },
	};
}

test("quiet hours go over midnight", () => {
	expect(inQuietHours("21:59", ["22:00", "08:00"])).toBe(false);
	expect(inQuietHours("22:00", ["22:00", "08:00"])).toBe(true);
	expect(inQuietHours("07:59", ["22:00", "08:00"])).toBe(true);
	expect(inQuietHours("08:00", ["22:00", "08:00"])).toBe(false);
	expect(inQuietHours("13:00", ["12:00", "14:00"])).toBe(true);
});

test("one's own cases come last, whatever is due", () => {
	const entries = [
		...dutiesIn(item("own", "2026-03-01T00:00:00.000Z", true)),
		...dutiesIn(item("later", "2026-03-03T00:00:00.000Z")),
		...dutiesIn(item("sooner", "2026-03-02T00:00:00.000Z")),
	];
	const sorted = entries.toSorted(forCalling);
	expect(sorted.map((one) => one.item.case.id)).toEqual(["sooner", "later", "own"]);
	expect(sorted.map(isOwn)).toEqual([false, false, true]);
});

test("today ends at midnight of the zone", () => {
	const [entry] = dutiesIn(item("c", "2026-03-02T15:30:00.000Z"));
	expect(entry && isToday(entry, at, "Asia/Shanghai")).toBe(true);
	const [next] = dutiesIn(item("c", "2026-03-02T16:30:00.000Z"));
	expect(next && isToday(next, at, "Asia/Shanghai")).toBe(false);
});

test("calls in vain count from the last closure on", () => {
	expect(triesOf(item("c", at), "first")).toBe(1);
	expect(triesOf(item("c", at), "second")).toBe(0);
});
