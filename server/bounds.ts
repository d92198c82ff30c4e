import type { FieldProblem } from "./field-faults.ts";

/**
 * Names, numbers and ids in a command, which go into histories and indexes as they are (an index entry of PostgreSQL
 * holds some 2,700 bytes). Free words are bounded by their own schemas and kept elsewhere.
 */
const LONGEST_NAME = 500;
/** What an order's facts may say; they are not indexed. */
const LONGEST_FACT = 2_000;

/** Instants of a complaint lie within these years: calendars count day by day, and would for long beyond. */
const YEARS = { from: "1970", to: "2100" };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Where a parsed command holds a name longer than any real one, in characters, or a time that no complaint is about. */
export function outOfBoundsIn(parsed: unknown): FieldProblem[] {
	const found: FieldProblem[] = [];
	const walk = (value: unknown, path: readonly (string | number)[]): void => {
		const longest = path.includes("facts") ? LONGEST_FACT : LONGEST_NAME;
		if (typeof value === "string" && value.length > longest)
			found.push({
				at: path.join("."),
				problem: `at most ${longest} characters`,
				fault: { key: "too-long", values: { most: longest } },
			});
		if (typeof value === "string" && INSTANT.test(value) && (value < YEARS.from || value >= YEARS.to))
			found.push({
				at: path.join("."),
				problem: `lies outside the years ${YEARS.from} to ${YEARS.to}`,
				fault: { key: "too-far" },
			});
		if (value === null || typeof value !== "object" || isUnkept(value)) return;
		for (const [key, one] of Object.entries(value)) {
			if (key.length > LONGEST_NAME) found.push({ at: path.join("."), problem: "a key that long" });
			walk(one, [...path, key]);
		}
	};
	walk(parsed, []);
	return found;
}

function isUnkept(value: object): boolean {
	return "keep" in value && "text" in value;
}
