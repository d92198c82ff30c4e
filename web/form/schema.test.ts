import { expect, test } from "vitest";
import { z } from "zod";
import { COMMANDS } from "#engine/journey.ts";
import { type Field, fieldsOf, type JsonSchema } from "./schema.ts";

function formOf(command: string): Field[] {
	const rule = COMMANDS.get(command);
	if (!rule) throw new Error(`there is no command ${command}`);
	return fieldsOf(command, z.toJSONSchema(rule.schema, { io: "input" }) as JsonSchema);
}

const kindsOf = (command: string) => Object.fromEntries(formOf(command).map((one) => [one.name, one.kind]));

test("a finding's form chooses among what is known, and shares out the fault", () => {
	expect(kindsOf("DecideFinding")).toMatchObject({
		allegation: "one",
		upheld: "choice",
		liable: "yes-no",
		cause: "one",
		reasons: "words",
		shares: "shares",
		override: "words",
	});
});

test("required fields come first, in the schema's order", () => {
	const required = formOf("MakeOffer").map((one) => one.required);
	expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
	expect(
		formOf("MakeOffer")
			.slice(0, 3)
			.map((one) => one.name),
	).toEqual(["grounds", "computation", "lines"]);
});

test("a list knows the fields of its records, money among them", () => {
	const lines = formOf("MakeOffer").find((one) => one.name === "lines");
	expect(lines?.kind).toBe("list");
	const amount = lines?.fields.find((one) => one.name === "amount");
	expect(amount).toMatchObject({ kind: "money", required: false, least: 0 });
	expect(lines?.fields.find((one) => one.name === "count")).toMatchObject({
		kind: "number",
		fallback: 1,
		most: 1000,
	});
});

test("what only the server knows is not asked for", () => {
	const names = formOf("AddEvidence").map((one) => one.name);
	expect(names).toContain("title");
	expect(names).not.toContain("file");
	expect(names).not.toContain("flags");
	const parties = formOf("AmendComplaint").find((one) => one.name === "parties");
	expect(parties?.fields.map((one) => one.name)).not.toContain("line");
});

test("what can only be one thing is given, not asked", () => {
	expect(formOf("SettleOnTheSpot").find((one) => one.name === "satisfied")).toMatchObject({
		kind: "given",
		fallback: true,
	});
});

test("every command has a form whose fields all have a kind that can be typed", () => {
	const unknown = [...COMMANDS.keys()].flatMap((command) =>
		formOf(command)
			.filter((one) => one.kind === "choice" && one.values.length === 0)
			.map((one) => `${command}.${one.name}`),
	);
	expect(unknown).toEqual([]);
	expect(COMMANDS.size).toBeGreaterThan(80);
});
