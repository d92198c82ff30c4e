import { expect, test } from "vitest";
import { standsBefore, withRows } from "./list-pages.ts";

test("fresh rows take the place of older ones; pages without any stay as they are", () => {
	const page = (...ids: string[]) => ({ cases: ids.map((id) => ({ id, seq: 1 })), next: null }) as never;
	const data = { pages: [page("a", "b"), page("c")], pageParams: ["", "x"] };
	const fresh = withRows(data, new Map([["b", { id: "b", seq: 2 } as never]]));
	expect(fresh.pages[1]).toBe(data.pages[1]);
	expect(fresh.pages[0]?.cases.map((one) => [one.id, one.seq])).toEqual([
		["a", 1],
		["b", 2],
	]);
});

test.each([
	["due", { due: "2026-11-23T01:00:00.000Z" }, { due: "2026-11-24T01:00:00.000Z" }, true],
	["due", { due: null }, { due: "2026-11-24T01:00:00.000Z" }, false],
	["due", { due: "2026-11-23T01:00:00.000Z" }, { due: null }, true],
	["received", { receivedAt: "2026-11-23" }, { receivedAt: "2026-11-22" }, true],
	["changed", { changedAt: "2026-11-21" }, { changedAt: "2026-11-22" }, false],
])("by %s, %j before %j: %s", (sort, row, other, expected) => {
	expect(standsBefore(row as never, other as never, sort)).toBe(expected);
});
