import pg from "pg";

type Parse = (text: string) => unknown;

const oid = {
	int8: 20,
	int8Array: 1016,
	textArray: 1009,
	date: 1082,
	dateArray: 1182,
	timestamp: 1114,
	timestampArray: 1115,
	instant: 1184,
	instantArray: 1185,
} as const;

// The declared list of type numbers has no arrays.
const textsOf: (text: string) => (string | null)[] = pg.types.getTypeParser(oid.textArray as number, "text");
const asText: Parse = (text) => text;

const ownParsers = new Map<number, Parse>([
	[oid.int8, integerOf],
	[oid.int8Array, (text) => textsOf(text).map((each) => (each === null ? null : integerOf(each)))],
	[oid.instant, instantOf],
	[oid.instantArray, (text) => textsOf(text).map((each) => (each === null ? null : instantOf(each)))],
	[oid.date, asText],
	[oid.dateArray, textsOf],
	[oid.timestamp, asText],
	[oid.timestampArray, textsOf],
]);

const dateParsers = new Map<number, Parse>([
	...ownParsers,
	[oid.instant, (text) => (text.endsWith("infinity") ? text : new Date(instantOf(text)))],
]);

/**
 * How column values arrive: int8 as number (a number beyond 2^53 stays text), timestamptz as
 * `2026-03-01T03:07:30.000Z` (smaller than a millisecond is cut; `infinity` and `-infinity` stay), date and timestamp
 * as text, jsonb parsed, numeric as text.
 */
export const values: pg.CustomTypesConfig = parsersFrom(ownParsers);

/** As `values`, but timestamptz arrives as a Date: for libraries that expect one. */
export const valuesWithDates: pg.CustomTypesConfig = parsersFrom(dateParsers);

function parsersFrom(parsers: ReadonlyMap<number, Parse>): pg.CustomTypesConfig {
	const getTypeParser = (type: number, format?: "text" | "binary") =>
		parsers.get(type) ?? pg.types.getTypeParser(type, format ?? "text");
	return { getTypeParser: getTypeParser as typeof pg.types.getTypeParser };
}

function integerOf(text: string): number | string {
	const number = Number(text);
	return Number.isSafeInteger(number) ? number : text;
}

const utc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/;

function instantOf(text: string): string {
	const parts = utc.exec(text);
	if (parts !== null) return `${parts[1]}T${parts[2]}.${(parts[3] ?? "").padEnd(3, "0").slice(0, 3)}Z`;
	if (text.endsWith("infinity")) return text;
	return Temporal.Instant.from(text).toString({ smallestUnit: "millisecond" });
}
