import { expect, test } from "vitest";
import { COMMANDS } from "#engine/journey.ts";
import { type Filing, filingFrom } from "./intake-filing.ts";

const typed: Filing = {
	kind: "complaint",
	source: "customer",
	channel: "phone",
	verbatim: "  包裹破了，要赔。 ",
	occurredAt: "2026-11-22T09:00",
	claimed: "560",
	order: " YD031 ",
	parties: [{}, { seat: "recipient", name: "李女士", phone: "199" }, undefined, { seat: "courier" }],
	category: "damage",
	accused: ["3"],
};

test("what was typed becomes a filing that the engine can read", () => {
	const filing = filingFrom(typed, "Asia/Shanghai", "CNY");
	expect(filing).toEqual({
		kind: "complaint",
		source: "customer",
		channel: "phone",
		verbatim: "包裹破了，要赔。",
		occurredAt: "2026-11-22T01:00:00.000Z",
		claimed: { amount: 56_000, currency: "CNY" },
		orders: [{ number: "YD031" }],
		parties: [{ seat: "recipient", name: "李女士", phone: "199" }, { seat: "courier" }],
		allegations: [{ category: "damage", accused: [1] }],
	});
	expect(COMMANDS.get("FileComplaint")?.schema.safeParse(filing).success).toBe(true);
});

test("an accused whose seat was left open is nobody", () => {
	expect(
		filingFrom({ ...typed, category: undefined, accused: ["0"] }, "Asia/Shanghai", "CNY"),
	).not.toHaveProperty("allegations");
});
