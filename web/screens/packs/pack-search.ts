/** What the address of a pack says: which part of it, what is looked for, and the situations tried. */

export const PARTS = [
	"categories",
	"routes",
	"clocks",
	"fault",
	"remedies",
	"approvals",
	"reputation",
	"follow-up",
	"appeals",
	"bodies",
	"improvement",
	"guard",
	"wording",
	"try",
] as const;
export type PackPart = (typeof PARTS)[number];

export type FactGiven = string | number | boolean | string[];

/** A situation as the examples of a pack write it, so that its address can be sent to somebody. */
export interface Situation {
	words?: string;
	category?: string;
	received: string;
	facts: Record<string, FactGiven>;
	flags: string[];
}

export interface PackSearch {
	part?: PackPart;
	version?: string;
	q?: string;
	/** One row, as `table/row`: led to and marked. */
	row?: string;
	a?: Situation;
	b?: Situation;
}

/** Reads an address; what it doesn't know is left out. */
export function readPackSearch(search: Record<string, unknown>): PackSearch {
	const part = PARTS.find((one) => one === search.part);
	const version = textOf(search.version);
	const q = textOf(search.q);
	const row = textOf(search.row);
	const a = readSituation(search.a);
	const b = readSituation(search.b);
	return {
		...(part && { part }),
		...(version && { version }),
		...(q && { q }),
		...(row && { row }),
		...(a && { a }),
		...(b && { b }),
	};
}

function textOf(value: unknown): string | null {
	// a version such as 2026 reads as a number in an address
	const text = typeof value === "number" ? String(value) : value;
	return typeof text === "string" && text !== "" ? text : null;
}

/** A situation that somebody may have sent: only what has the right shape is taken. */
export function readSituation(value: unknown): Situation | null {
	if (value === null || typeof value !== "object") return null;
	const { words, category, received, facts, flags } = value as Record<string, unknown>;
	if (typeof received !== "string" || Number.isNaN(Date.parse(received))) return null;
	const known = Object.entries(facts !== null && typeof facts === "object" ? facts : {}).filter(
		(one): one is [string, FactGiven] => isFact(one[1]),
	);
	return {
		...(typeof words === "string" && words !== "" && { words }),
		...(typeof category === "string" && category !== "" && { category }),
		received,
		facts: Object.fromEntries(known),
		flags: Array.isArray(flags) ? flags.filter((one) => typeof one === "string") : [],
	};
}

function isFact(value: unknown): value is FactGiven {
	return ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value);
}
