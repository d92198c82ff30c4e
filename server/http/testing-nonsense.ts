import fc from "fast-check";

/** For tests: values that are almost right, and values that are nothing like it. */

/** As much of a JSON Schema as values are made from. */
export interface Schema {
	type?: string;
	const?: unknown;
	enum?: unknown[];
	format?: string;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	anyOf?: Schema[];
}

/** Texts that something somewhere once choked on. */
const NASTY = [
	"",
	" ",
	"\0",
	"a\0b",
	"\ud800",
	"\udfff\ud800",
	"constructor",
	"__proto__",
	"toString",
	"hasOwnProperty",
	"' or 1=1 --",
	"'); drop table history; --",
	"%_\\",
	"../../etc/passwd",
	"x".repeat(600),
	"汉".repeat(900),
	"💥".repeat(1_100),
	"x".repeat(25_000),
	"9999-12-31T23:59:59.999Z",
	"0001-01-01T00:00:00.000Z",
	"2026-02-30T00:00:00Z",
	"null",
	"-1",
	"1e309",
	"\u202e{{number}}<script>",
];
/** Names that are there, so that commands get further than their front door. */
const REAL = [
	"p1",
	"p2",
	"a1",
	"e1",
	"q1",
	"c1",
	"o1",
	"f1",
	"courier-1",
	"handler",
	"outlet-1",
	"damage",
	"loss",
	"express",
	"company",
	"2026-03-05T02:00:00.000Z",
	"因为",
];
export const nasty = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...NASTY) },
	fc.string({ unit: "binary", maxLength: 20 }),
);
export const text = fc.oneof(
	{ weight: 12, arbitrary: fc.constantFrom(...REAL) },
	{ weight: 1, arbitrary: nasty },
);
const number = fc.oneof(
	fc.constantFrom(-1, 0, 1, 100, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 1.5, 1e308, 2 ** 31),
	fc.integer(),
);
const wild: fc.Arbitrary<unknown> = fc.oneof(
	fc.json().map((json) => JSON.parse(json) as unknown),
	nasty,
	number,
	fc.constantFrom(null, true, [], {}, [[]], { a: { b: [null] } }),
);

/** A value much like a schema's, with now and then something else in a place. */
export function like(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
	if (!schema || depth > 6) return wild;
	const given = plainLike(schema, depth);
	return fc.oneof({ weight: 14, arbitrary: given }, { weight: 1, arbitrary: wild });
}

function plainLike(schema: Schema, depth: number): fc.Arbitrary<unknown> {
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum) return fc.constantFrom(...schema.enum);
	if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => like(one, depth + 1)));
	if (schema.properties) {
		const fields = Object.entries(schema.properties).map(
			([key, one]) => [key, like(one, depth + 1)] as const,
		);
		const whole = fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
		return fc.oneof(
			{ weight: 6, arbitrary: whole },
			fc.record(Object.fromEntries(fields), { requiredKeys: [] }),
		);
	}
	if (schema.type === "array") return fc.array(like(schema.items, depth + 1), { maxLength: 3 });
	if (schema.type === "integer" || schema.type === "number") return number;
	if (schema.type === "boolean") return fc.boolean();
	if (schema.type === "string")
		return schema.format === "date-time"
			? fc.oneof(fc.constantFrom("2026-03-02T01:00:00.000Z", "2026-03-09T01:00:00.000Z"), nasty)
			: text;
	return wild;
}

/** Bodies that are no JSON at all, or too much of it. */
export const RAW = [
	Buffer.from([0xff, 0xfe, 0x22, 0xc3, 0x28]),
	Buffer.from('{"type": "ClaimCase"'),
	Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`),
	Buffer.from(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`),
	Buffer.from('{"__proto__": {"admin": true}, "type": "ClaimCase"}'),
	Buffer.from('{"constructor": {"prototype": {"admin": true}}}'),
	Buffer.from(`[${"0,".repeat(200_000)}0]`),
	Buffer.from(`{"type":"ClaimCase","x":"${"x".repeat(3_000_000)}"}`),
	Buffer.from("\0"),
	Buffer.from("null"),
	Buffer.from('"text"'),
];
