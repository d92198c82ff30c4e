import { expect, test } from "vitest";
import type { WorkItem } from "../work/work-query.ts";
import { colleagueFor, isReceived, KEEP, type Notes, onShift, plansOf } from "./notes.ts";

const item = (id: string, owner: WorkItem["case"]["owner"] = null): WorkItem => ({
	case: { id, number: id.toUpperCase(), pack: { name: "express", version: "1" }, seq: 1, owner },
	viewer: "staff",
	step: "contact",
	due: null,
	statutoryDue: null,
	breached: false,
	duties: [],
	allowed: {},
});
const notes: Notes = { all: "second", to: { b: "third", c: KEEP }, text: { a: "  已约明早  " } };

test("a colleague of its own goes before the one for all; kept back, nobody's", () => {
	expect(["a", "b", "c"].map((id) => colleagueFor(notes, id))).toEqual(["second", "third", null]);
});

test("every case that goes has its note, typed or prefilled", () => {
	const plans = plansOf([item("a"), item("b"), item("c")], notes, (one) => `next of ${one.case.id}`);
	expect(plans.map((one) => one.fields)).toEqual([
		{ person: "second", note: "已约明早" },
		{ person: "third", note: "next of b" },
	]);
});

test("what was handed over stays until it was read, and for the day", () => {
	const at = "2026-03-02T02:00:00.000Z";
	const handed = (since: string, read: { at: string; by: string } | null) =>
		item("a", {
			person: "me",
			since,
			by: "other",
			handOver: { from: "other", note: { ref: "w1", hash: "h" }, read },
		});
	const read = { at, by: "me" };
	const began = "2026-03-01T16:00:00.000Z";
	expect(isReceived(handed("2026-02-27T02:00:00.000Z", null), began)).toBe(true);
	expect(isReceived(handed("2026-02-27T02:00:00.000Z", read), began)).toBe(false);
	expect(isReceived(handed(at, read), began)).toBe(true);
	expect(isReceived(item("a"), began)).toBe(false);
});

test("a night shift goes over midnight", () => {
	const night = [{ from: "20:00", to: "08:00" }];
	expect(onShift(night, "23:10")).toBe(true);
	expect(onShift(night, "09:00")).toBe(false);
	expect(onShift([], "09:00")).toBe(false);
});
