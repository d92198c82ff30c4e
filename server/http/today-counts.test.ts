import { expect, test } from "vitest";
import { added, type Counts } from "./today-counts.ts";

const closed = (count: number) => ({
	...{ closed: count, onTheSpot: 0, broken: count, promises: 2 * count, promisesKept: count },
});
const open = (owner: string | null, cases: number) => ({
	...{ byOwner: true, pack: null, severity: null, owner, open: cases, dueToday: 1, late: 0 },
});
const reach: Counts = {
	open: [open("li", 3), open(null, 2)],
	waiting: [{ who: "can:review", cases: 1 }],
	hours: [{ day: 0, hour: 9, cases: 4 }],
	contacts: [],
	closed: closed(5),
	reopened: 1,
	appealed: 2,
};
const own: Counts = {
	open: [open("li", 1), open("wang", 1)],
	waiting: [{ who: "can:review", cases: 1 }],
	hours: [{ day: 1, hour: 9, cases: 1 }],
	contacts: [{ owner: "li", contacted: 2, kept: 1 }],
	closed: closed(1),
	reopened: 0,
	appealed: 1,
};

test("what is counted of the same is added up, the rest stands beside it", () => {
	expect(added(reach, own)).toEqual({
		open: [{ ...open("li", 4), dueToday: 2 }, open(null, 2), open("wang", 1)],
		waiting: [{ who: "can:review", cases: 2 }],
		hours: [
			{ day: 0, hour: 9, cases: 4 },
			{ day: 1, hour: 9, cases: 1 },
		],
		contacts: [{ owner: "li", contacted: 2, kept: 1 }],
		closed: closed(6),
		reopened: 1,
		appealed: 3,
	});
	expect(reach.open[0]?.open).toBe(3);
});
