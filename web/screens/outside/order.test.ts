import { expect, test } from "vitest";
import type { Entry } from "../work/work-query.ts";
import { inOrder, openOnes, pressed } from "./order.ts";

function entry(id: string, due: string | null, body = "media"): Entry {
	const proceeding = { id: "g1", body, number: id, receivedAt: "2026-01-01T00:00:00.000Z" };
	return {
		id,
		about: "g1",
		due,
		item: { case: { id, number: id, proceedings: [proceeding] } } as unknown as Entry["item"],
	};
}

const ids = (all: Entry[]) => all.map((one) => one.id).join("");

test("by due: the earliest first, what has no term last, up and down", () => {
	const all = [entry("a", null), entry("b", "2026-03-01"), entry("c", "2026-02-01")];
	expect(ids(all.toSorted(inOrder({ by: "due", down: false })))).toBe("cba");
	expect(ids(all.toSorted(inOrder({ by: "due", down: true })))).toBe("bca");
});

test("alike in the column, the earlier due goes first", () => {
	const all = [entry("a", null, "police"), entry("b", "2026-03-01"), entry("c", "2026-02-01")];
	expect(ids(all.toSorted(inOrder({ by: "body", down: false })))).toBe("cba");
	expect(ids(all.toSorted(inOrder({ by: "number", down: true })))).toBe("cba");
});

test("a column pressed again turns round, another begins upwards", () => {
	const order = pressed({ by: "due", down: false }, "due");
	expect(order).toEqual({ by: "due", down: true });
	expect(pressed(order, "due").down).toBe(false);
	expect(pressed(order, "body")).toEqual({ by: "body", down: false });
});

test("what is sent back or has a result is not open; what is answered is due no more", () => {
	const base = {
		body: "media",
		number: "1",
		receivedAt: "",
		due: "2026-02-01",
		result: null,
		sentBack: null,
	};
	const item = {
		case: {
			id: "k",
			proceedings: [
				{ ...base, id: "g1", replies: [{ final: true }] },
				{ ...base, id: "g2", replies: [{ final: false }] },
				{ ...base, id: "g3", replies: [], result: {} },
				{ ...base, id: "g4", replies: [], sentBack: {} },
			],
		},
	} as unknown as Entry["item"];
	expect(openOnes(item).map((one) => [one.about, one.due])).toEqual([
		["g1", null],
		["g2", "2026-02-01"],
	]);
});
