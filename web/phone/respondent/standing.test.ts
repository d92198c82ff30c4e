import { expect, test } from "vitest";
import type { AtStake, MyCase } from "./my-data.ts";
import { groupOf, worstPoints } from "./standing.ts";

const one = (id: string, how: Partial<MyCase>) =>
	({ id, asks: [], closed: null, ...how }) as unknown as MyCase;
const asks = (due: string | null) => ({
	asks: [{ step: "", what: "", command: "Explain", about: null, due }],
});

test("what waits for me comes by its time, without one last; the rest runs or has ended", () => {
	const groups = groupOf({
		cases: [
			one("late", asks("2026-05-03T00:00:00Z")),
			one("some-day", asks(null)),
			one("soon", asks("2026-05-01T00:00:00Z")),
			one("runs", {}),
			one("over", { ...asks("2026-05-01T00:00:00Z"), closed: "2026-05-01T00:00:00Z" }),
		],
	});
	const ids = (list: MyCase[]) => list.map((known) => known.id);
	expect(ids(groups.answer)).toEqual(["soon", "late", "some-day"]);
	expect(ids(groups.running)).toEqual(["runs"]);
	expect(ids(groups.ended)).toEqual(["over"]);
});

test("the worst is the sum of what may be taken; praise takes nothing off it", () => {
	const points = (n: number) => ({ points: n }) as AtStake;
	expect(worstPoints([points(-1), points(-3), points(2), points(0)])).toBe(-4);
	expect(worstPoints([])).toBe(0);
});
