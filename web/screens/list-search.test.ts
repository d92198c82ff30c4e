import { expect, test } from "vitest";
import { listQuery, readListSearch, VIEWS, viewAtFirst } from "./list-search.ts";

const handler = { person: "handler", capabilities: ["handle", "intake"] };
const today = "2026-11-23T15:59:00.000Z";
const queryOf = (search: Parameters<typeof listQuery>[0], asker = handler) =>
	Object.fromEntries(new URLSearchParams(listQuery(search, asker, today)));

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
	expect(queryOf({ view: "due-today", severity: "A,B", pack: "express" })).toMatchObject({
		dueBefore: today,
		closed: "false",
		severity: "A,B",
		pack: "express",
	});
});

test("somebody who only decides begins with what waits for them", () => {
	expect(viewAtFirst(handler)).toBe("everyone");
	expect(viewAtFirst({ person: "approver", capabilities: ["approve"] })).toBe("waiting-for-me");
});
