import { expect, test } from "vitest";
import { MOST_MARKED, rangeOf, turned } from "./marking.ts";

const rows = ["a", "b", "c", "d"].map((id) => ({ id }));

test("a range holds both its ends, in either direction", () => {
	expect(rangeOf(rows, "b", "d")).toEqual(["b", "c", "d"]);
	expect(rangeOf(rows, "c", "a")).toEqual(["a", "b", "c"]);
	expect(rangeOf(rows, null, "c")).toEqual(["c"]);
	expect(rangeOf(rows, "gone", "c")).toEqual(["c"]);
});

test("a range is marked or unmarked as the one that was turned", () => {
	expect([...turned(new Set(["b"]), ["b", "c"], "c")]).toEqual(["b", "c"]);
	expect([...turned(new Set(["b", "c", "d"]), ["b", "c"], "c")]).toEqual(["d"]);
});

test("no more are marked than may be", () => {
	const all = Array.from({ length: MOST_MARKED + 5 }, (_, n) => `c${n}`);
	expect(turned(new Set(), all, "c0").size).toBe(MOST_MARKED);
});
