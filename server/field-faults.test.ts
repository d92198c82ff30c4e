import { expect, test } from "vitest";
import { z } from "zod";
import { COMMANDS } from "#engine/journey.ts";
import { FAULTS } from "#engine/words.ts";
import { problemFrom } from "./field-faults.ts";

const Form = z.strictObject({
	name: z.string().trim().min(1).max(5),
	word: z.string().min(3).optional(),
	kind: z.enum(["a", "b"]),
	count: z.int().min(1).max(9),
	at: z.iso.datetime().optional(),
	list: z.array(z.string()).min(1).max(2).optional(),
	flag: z.boolean().optional(),
	number: z.string().regex(/^\d+$/).optional(),
});
const FINE = { name: "x", kind: "a", count: 1 };

const faultsOf = (value: unknown) => {
	const parsed = Form.safeParse(value);
	return parsed.success ? [] : parsed.error.issues.map(problemFrom).map(({ at, fault }) => [at, fault]);
};

test.each([
	[{ ...FINE, name: undefined }, "name", { key: "missing" }],
	[{ ...FINE, name: "  " }, "name", { key: "missing" }],
	[{ ...FINE, name: null }, "name", { key: "missing" }],
	[{ ...FINE, name: "abcdef" }, "name", { key: "too-long", values: { most: 5 } }],
	[{ ...FINE, word: "ab" }, "word", { key: "too-short", values: { least: 3 } }],
	[{ ...FINE, kind: "c" }, "kind", { key: "not-a-choice" }],
	[{ ...FINE, count: 1.5 }, "count", { key: "not-a-number" }],
	[{ ...FINE, count: "x" }, "count", { key: "not-a-number" }],
	[{ ...FINE, count: 10 }, "count", { key: "too-large", values: { most: 9 } }],
	[{ ...FINE, count: 0 }, "count", { key: "too-small", values: { least: 1 } }],
	[{ ...FINE, at: "yesterday" }, "at", { key: "not-a-time" }],
	[{ ...FINE, list: [] }, "list", { key: "too-few", values: { least: 1 } }],
	[{ ...FINE, list: ["a", "b", "c"] }, "list", { key: "too-many", values: { most: 2 } }],
	[{ ...FINE, flag: "yes" }, "flag", { key: "wrong-kind" }],
	[{ ...FINE, number: "x" }, "number", { key: "not-so-written" }],
	[{ ...FINE, other: 1 }, "", { key: "unknown" }],
])("%o", (value, at, fault) => {
	expect(faultsOf(value)).toEqual([[at, fault]]);
});

test("whatever a command's schema says of an empty form has words", () => {
	for (const [, { schema }] of COMMANDS) {
		const parsed = schema.safeParse({});
		if (parsed.success) continue;
		for (const issue of parsed.error.issues) expect(FAULTS).toContain(problemFrom(issue).fault?.key);
	}
});
