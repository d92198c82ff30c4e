import { expect, test } from "vitest";
import { awaited, byTrade, cameIn, loads, percent, sumOf, type TodayAnswer } from "./figures.ts";

const count = (part: Partial<TodayAnswer["open"][number]>): TodayAnswer["open"][number] => ({
	...{ byOwner: false, pack: null, severity: null, owner: null, open: 1, dueToday: 0, late: 0 },
	...part,
});
const hours = (...ones: [number, number][]) =>
	Array.from({ length: 24 }, (_, hour) => ones.find(([at]) => at === hour)?.[1] ?? 0);

const answer: TodayAnswer = {
	at: "2026-03-02T02:30:00.000Z",
	zone: "Asia/Shanghai",
	times: {
		today: "2026-03-01T16:00:00.000Z",
		tomorrow: "2026-03-02T16:00:00.000Z",
		lately: "2026-02-23T16:00:00.000Z",
	},
	open: [
		count({ byOwner: true, owner: null, open: 2, late: 2 }),
		count({ byOwner: true, owner: "li", open: 3, dueToday: 1 }),
		count({ byOwner: true, owner: "wang", open: 1, late: 1 }),
		count({ pack: "express", severity: "A", open: 2, late: 1 }),
		count({ pack: "express", severity: null, open: 1 }),
		count({ pack: "ride-hailing", severity: "C", open: 3, dueToday: 1 }),
	],
	waiting: [
		{ who: "can:review", cases: 2 },
		{ who: "person", cases: 3 },
		{ who: "party", cases: 1 },
	],
	hours: { today: hours([9, 4], [10, 1]), usual: hours([8, 2], [10, 4], [15, 9]) },
	contacts: [{ owner: "li", contacted: 4, kept: 3 }],
	closed: { closed: 0, onTheSpot: 0, broken: 0, promises: 0, promisesKept: 0 },
	reopened: 0,
	appealed: 0,
	late: [],
};

test("the open cases are counted once, by their owners", () => {
	expect(sumOf(answer)).toEqual({ open: 6, dueToday: 1, late: 3 });
});

test("trades have a figure for every severity, and one for none yet", () => {
	expect(
		byTrade(answer).map(({ pack, cells, all }) => [pack, cells.map((one) => one.open), all.open]),
	).toEqual([
		["express", [2, 0, 0, 1], 3],
		["ride-hailing", [0, 0, 3, 0], 3],
	]);
});

test("whoever has most late comes first; what nobody has comes last", () => {
	expect(loads(answer).map((one) => [one.owner, one.late, one.contacted, one.kept])).toEqual([
		["wang", 1, 0, 0],
		["li", 0, 4, 3],
		[null, 2, 0, 0],
	]);
});

test("whom most cases wait for comes first", () => {
	expect(awaited(answer)).toEqual([
		{ who: "person", kind: "person", name: "", cases: 3 },
		{ who: "can:review", kind: "can", name: "review", cases: 2 },
		{ who: "party", kind: "party", name: "", cases: 1 },
	]);
});

test("the usual up to now takes the running hour by its share", () => {
	// 10:30 in Shanghai: all of hour 8, half of hour 10, nothing of hour 15
	expect(cameIn(answer)).toEqual({ today: 5, usual: 4 });
});

test.each([
	[0, 0, null],
	[3, 4, 75],
	[999, 1000, 99],
	[1, 1000, 1],
	[4, 4, 100],
	[0, 4, 0],
])("%i of %i is %s percent", (part, whole, expected) => {
	expect(percent(part, whole)).toBe(expected);
});
