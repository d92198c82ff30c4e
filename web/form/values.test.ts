import { expect, test } from "vitest";
import type { Field } from "./schema.ts";
import { faultOf, fieldsFrom, type Setting, typedAtFirst } from "./values.ts";

const setting: Setting = {
	zone: "Asia/Shanghai",
	currency: "CNY",
	sheet: { loss: { type: "money" }, "late-minutes": { type: "int" }, insured: { type: "bool" } },
};

function field(name: string, kind: Field["kind"], more: Partial<Field> = {}): Field {
	return {
		name,
		kind,
		required: false,
		values: [],
		fallback: undefined,
		least: null,
		most: null,
		length: null,
		fields: [],
		...more,
	};
}

test("money is typed in yuan and sent in fen; times are those of the company's wall clock", () => {
	const fields = [field("ceiling", "money"), field("claimed", "claim"), field("due", "instant")];
	const typed = { ceiling: "1,250.5", claimed: "¥75", due: "2026-11-23T14:30" };
	expect(fieldsFrom(fields, typed, setting)).toEqual({
		ceiling: 125_050,
		claimed: { amount: 7_500, currency: "CNY" },
		due: "2026-11-23T06:30:00.000Z",
	});
});

test("what was left empty is left out, at every depth", () => {
	const lines = field("lines", "list", {
		fields: [field("item", "choice"), field("amount", "money"), field("words", "words")],
	});
	const typed = { lines: [{ item: "refund", amount: "", words: "  " }], grounds: "" };
	expect(fieldsFrom([lines, field("grounds", "words")], typed, setting)).toEqual({
		lines: [{ item: "refund" }],
	});
});

test("shares of nought are nobody's, and the others are numbers", () => {
	expect(
		fieldsFrom(
			[field("shares", "shares")],
			{ shares: { p2: "70", p1: "30", unknown: "0", company: "" } },
			setting,
		),
	).toEqual({
		shares: { p2: 70, p1: 30 },
	});
});

test("facts are sent as the trade's fact sheet has them", () => {
	const typed = {
		facts: { loss: "560", "late-minutes": "80", insured: "false", note: "as typed", open: "" },
	};
	expect(fieldsFrom([field("facts", "facts")], typed, setting)).toEqual({
		facts: { loss: 56_000, "late-minutes": 80, insured: false, note: "as typed" },
	});
	const verification = [field("fact", "one"), field("value", "value")];
	expect(fieldsFrom(verification, { fact: "loss", value: "12.34" }, setting)).toEqual({
		fact: "loss",
		value: 1_234,
	});
});

test("a form begins with the schema's own values and with what is known, as they are typed", () => {
	const fields = [
		field("amount", "money"),
		field("at", "instant"),
		field("through", "choice", { fallback: "call" }),
		field("lines", "list"),
	];
	expect(typedAtFirst(fields, { amount: 7_550, at: "2026-11-23T06:30:00.000Z" }, setting)).toEqual({
		amount: "75.50",
		at: "2026-11-23T14:30",
		through: "call",
		lines: [],
	});
});

test.each([
	[field("ceiling", "money", { least: 1 }), "0", { key: "field-not-money" }],
	[field("ceiling", "money"), "a lot", { key: "field-not-money" }],
	[field("ceiling", "money"), "12.345", { key: "field-not-money" }],
	[field("days", "number", { least: 1 }), "0", { key: "field-at-least", count: 1 }],
	[field("days", "number", { most: 5 }), "6", { key: "field-at-most", count: 5 }],
	[field("days", "number"), "1.5", { key: "field-not-a-number" }],
	[field("why", "words", { length: 3 }), "four", { key: "field-too-long", count: 3 }],
	[field("due", "instant"), "tomorrow", { key: "field-not-a-time" }],
	[field("shares", "shares"), { p1: "60", p2: "30" }, { key: "shares-sum", count: 90 }],
	[field("shares", "shares"), { p1: "60", p2: "40" }, null],
	[field("why", "words"), undefined, null],
])("%o typed %o: %o", (one, typed, fault) => {
	expect(faultOf(one, typed, setting)).toEqual(fault);
});
