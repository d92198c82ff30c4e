import type { FieldProblem } from "./hostile.ts";

/**
 * Fields that only the server fills in, because it alone knows: whose line an organisation was in, what an uploaded
 * file is, how often a customer complained before. `*` stands for every entry of a list.
 */
const EDGE_ONLY: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
	["FileComplaint", [["repeat"], ["parties", "*", "line"], ["call", "ringSeconds"], ["call", "rings"]]],
	["AmendComplaint", [["parties", "*", "line"]]],
	["AddEvidence", [["file"], ["flags"]]],
]);

/** Those that a command's author tried to fill in. */
export function edgeOnlyIn(type: string, fields: Readonly<Record<string, unknown>>): FieldProblem[] {
	return (EDGE_ONLY.get(type) ?? []).flatMap((path) =>
		placesOf(fields, path).map((at) => ({
			at: at.join("."),
			problem: "is filled in by the server",
			fault: { key: "set-elsewhere" },
		})),
	);
}

function placesOf(value: unknown, [head, ...rest]: readonly string[]): string[][] {
	if (value === null || typeof value !== "object") return [];
	const keys = head === "*" ? Object.keys(value) : [head ?? ""].filter((key) => Object.hasOwn(value, key));
	if (rest.length === 0) return keys.map((key) => [key]);
	return keys.flatMap((key) =>
		placesOf((value as Record<string, unknown>)[key], rest).map((place) => [key, ...place]),
	);
}

/** A command's JSON Schema without them, so that forms made from it don't ask. Changes the schema given. */
export function withoutEdgeOnly<S extends object>(type: string, schema: S): S {
	for (const path of EDGE_ONLY.get(type) ?? []) drop(schema, path);
	return schema;
}

interface ObjectSchema {
	properties?: Record<string, ObjectSchema>;
	required?: string[];
	items?: ObjectSchema;
}

function drop(schema: ObjectSchema, [head, ...rest]: readonly string[]): void {
	if (head === undefined) return;
	const inside = head === "*" ? schema.items : schema.properties?.[head];
	if (inside === undefined) return;
	if (head === "*" || rest.length > 0) {
		drop(inside, rest);
		return;
	}
	delete schema.properties?.[head];
	if (schema.required) schema.required = schema.required.filter((name) => name !== head);
}
