import { expect, test } from "vitest";
import { byDue, settledOf } from "./due-order.ts";
import type { Entry, WorkPage } from "./work-query.ts";

const entry = (id: string, due: string | null) => ({ id, due }) as Entry;
const page = (next: string | null, dueTo: string | null) => ({ next, dueTo }) as WorkPage;
const ids = (entries: readonly Entry[]) => entries.toSorted(byDue).map((one) => one.id);

const read = [entry("b", "2026-03-05"), entry("a", "2026-03-01"), entry("z", null), entry("c", "2026-03-09")];

test("what may still be preceded waits until the pages have come so far", () => {
	expect(ids(settledOf(read, [page("x", "2026-03-05")]))).toEqual(["a", "b"]);
	expect(ids(settledOf(read, [page("x", "2026-03-05"), page("y", "2026-03-20")]))).toEqual(["a", "b", "c"]);
});

test("with the last page everything is shown, what has no end at the end", () => {
	expect(ids(settledOf(read, [page("x", "2026-03-05"), page(null, null)]))).toEqual(["a", "b", "c", "z"]);
});

test("where further pages hold only what is never due, all that is read stands in its place", () => {
	expect(ids(settledOf(read, [page("x", null)]))).toEqual(["a", "b", "c", "z"]);
});
