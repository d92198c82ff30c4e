import { describe, expect, test } from "vitest";
import { type Filing, filingFrom } from "./intake-filing.ts";
import { keyOf, offeredFrom, taking, targetOf } from "./intake-picks.ts";
import type { Picked } from "./picked.ts";

const SIDES = { recipient: "complainant", courier: "respondent", hub: "respondent" };
const typed = (more: Partial<Filing> = {}): Filing => ({
	kind: "complaint",
	source: "customer",
	channel: "phone",
	verbatim: "…",
	parties: [{ seat: "recipient" }, { seat: "courier" }],
	...more,
});
const picked = (kind: Picked["kind"], value: string, more: Partial<Picked> = {}): Picked => ({
	kind,
	value,
	from: 0,
	to: 1,
	...more,
});
const offered = (all: Picked[], filing = typed(), ignored = new Set<string>()) =>
	offeredFrom(all, filing, SIDES, ignored).map((one) => one.picked.value);

describe("where a fact goes", () => {
	test("a phone to who complains, a plate to the other side unless it is their own car", () => {
		expect(targetOf(picked("phone", "1"), typed(), SIDES)).toEqual({ field: "phone", party: 0 });
		expect(targetOf(picked("plate", "x"), typed(), SIDES)).toEqual({ field: "plate", party: 1 });
		expect(targetOf(picked("plate", "x", { whose: "own" }), typed(), SIDES)).toEqual({
			field: "plate",
			party: 0,
		});
		const alone = typed({ parties: [{ seat: "recipient" }] });
		expect(targetOf(picked("plate", "x"), alone, SIDES)).toEqual({ field: "plate", party: 0 });
		expect(targetOf(picked("phone", "1"), typed({ parties: [] }), SIDES)).toBeNull();
	});

	test("taken, it stands in its field and nothing else changes", () => {
		const filing = typed();
		const one = picked("plate", "粤B12345");
		expect(taking(one, { field: "plate", party: 1 }, filing)).toEqual({
			parties: [{ seat: "recipient" }, { seat: "courier", plate: "粤B12345" }],
		});
		expect(taking(picked("amount", "300"), { field: "claimed" }, filing)).toEqual({ claimed: "300" });
	});
});

describe("what is offered", () => {
	test("what stands there already, or was ignored, is not", () => {
		const amount = picked("amount", "300");
		expect(offered([amount])).toEqual(["300"]);
		expect(offered([amount], typed({ claimed: "300" }))).toEqual([]);
		expect(offered([amount], typed(), new Set([keyOf(amount)]))).toEqual([]);
	});

	test("at most two for a field, and a guess never replaces what was filled in", () => {
		expect(offered(["1", "2", "3"].map((one) => picked("amount", one)))).toEqual(["1", "2"]);
		expect(offered([picked("category", "delay")], typed({ category: "damage" }))).toEqual([]);
		const rough = picked("time", "2026-11-21T12:00", { rough: true });
		expect(offered([rough], typed({ occurredAt: "2026-11-20T10:00" }))).toEqual([]);
		expect(
			offered([picked("time", "2026-11-21T15:00")], typed({ occurredAt: "2026-11-20T10:00" })),
		).toHaveLength(1);
	});
});

test("a filing carries plates, the call and the lines said, and nothing of them when there are none", () => {
	const filing = typed({ parties: [{ seat: "recipient", plate: " 粤B12345 " }] });
	const fields = filingFrom(filing, "Asia/Shanghai", "CNY", { call: "c1", said: ["take-down.1"] });
	expect(fields).toMatchObject({
		parties: [{ seat: "recipient", plate: "粤B12345" }],
		call: { id: "c1" },
		said: ["take-down.1"],
	});
	expect(Object.keys(filingFrom(typed(), "Asia/Shanghai", "CNY"))).not.toEqual(
		expect.arrayContaining(["call"]),
	);
});
