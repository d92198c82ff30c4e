import { describe, expect, test } from "vitest";
import {
	keptFilter,
	listQuery,
	readListSearch,
	searchOf,
	VIEWS,
	viewAtFirst,
	viewsFor,
	withoutEmpty,
} from "./list-search.ts";

const handler = { person: "handler", capabilities: ["handle", "intake"] };
const moments = { now: "2026-11-23T02:00:00.000Z", endOfToday: "2026-11-23T15:59:00.000Z" };
const queryOf = (search: Parameters<typeof listQuery>[0], asker = handler) =>
	Object.fromEntries(new URLSearchParams(listQuery(search, asker, moments)));

test("an address with what is unknown opens as if it were not said", () => {
	expect(readListSearch({ view: "nonsense", sort: 7, pack: "express", step: "", more: "x" })).toEqual({
		pack: "express",
	});
});

test.each(VIEWS)("the view %s asks with an order and a length", (view) => {
	expect(queryOf({ view })).toMatchObject({ limit: "50", sort: view === "closed" ? "changed" : "due" });
});

test("what waits for me waits for me by name or by what I may do", () => {
	expect(queryOf({ view: "waiting-for-me" }).waiting).toBe("person:handler,can:handle,can:intake");
});

test("filters narrow the view", () => {
	expect(
		queryOf({ view: "due-today", severity: "A,B", pack: "express", owner: "handler,handler2" }),
	).toMatchObject({
		dueBefore: moments.endOfToday,
		closed: "false",
		severity: "A,B",
		pack: "express",
		owner: "handler,handler2",
	});
});

test("nobody's cases are asked for as such", () => {
	const query = queryOf({ owner: "nobody" });
	expect(query.unclaimed).toBe("true");
	expect(query).not.toHaveProperty("owner");
});

test.each([
	["overdue", moments.now],
	["today", moments.endOfToday],
	["day", "2026-11-24T02:00:00.000Z"],
	["week", "2026-11-30T02:00:00.000Z"],
])("due %s ends at a moment, among open cases", (due, dueBefore) => {
	expect(queryOf({ view: "closed", due })).toMatchObject({ dueBefore, closed: "false" });
});

test("what a figure's link asks for is laid over the view", () => {
	const query = queryOf({ view: "everyone", also: "closed=&receivedFrom=x&sort=received" });
	expect(query).toMatchObject({ receivedFrom: "x", sort: "received" });
	expect(query).not.toHaveProperty("closed");
});

describe("views", () => {
	test("somebody who only decides begins with what waits for them", () => {
		expect(viewAtFirst(handler)).toBe("everyone");
		expect(viewAtFirst({ person: "approver", capabilities: ["approve"] })).toBe("waiting-for-me");
	});

	test("nobody is shown a view that is never theirs", () => {
		expect(viewsFor(handler)).not.toContain("approvals");
		expect(viewsFor({ person: "a", capabilities: ["approve"] })).toEqual([
			"waiting-for-me",
			"due-today",
			"overdue",
			"approvals",
			"everyone",
			"closed",
		]);
	});

	test("a list kept under a name is the same list again", () => {
		const search = { view: "mine", severity: "A,B", sort: "received" } as const;
		expect(searchOf(keptFilter({ ...search, saved: "old" }), "v1")).toEqual({ ...search, saved: "v1" });
	});
});

test("what is empty does not stand in the address", () => {
	expect(withoutEmpty({ view: "mine", pack: "", step: undefined as never })).toEqual({ view: "mine" });
});
