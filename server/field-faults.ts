import type { FAULTS } from "#engine/words.ts";

/** What is wrong with a field, as a key of packs/common/wording (`faults`) with its figures: said to people in words. */
export interface Fault {
	key: (typeof FAULTS)[number];
	values?: Record<string, number>;
}

/** A field that was wrong. `problem` is for whoever calls the API and knows no better. */
export interface FieldProblem {
	/** Dotted path; empty for the whole. */
	at: string;
	problem: string;
	fault?: Fault;
}

/** The part of an issue of zod's that tells what is wrong. */
export interface Issue {
	code?: string | undefined;
	message: string;
	path: readonly PropertyKey[];
	expected?: unknown;
	format?: unknown;
	origin?: unknown;
	minimum?: unknown;
	maximum?: unknown;
	input?: unknown;
}

/** A field problem from what the schema says. */
export function problemFrom(issue: Issue): FieldProblem {
	return { at: issue.path.map(String).join("."), problem: issue.message, fault: faultIn(issue) };
}

function faultIn(issue: Issue): Fault {
	switch (issue.code) {
		case "invalid_type":
			return { key: kindFault(issue) };
		case "too_big":
			return tooBig(issue);
		case "too_small":
			return tooSmall(issue);
		case "invalid_value":
			return { key: isMissing(issue) ? "missing" : "not-a-choice" };
		case "invalid_format":
			return { key: issue.format === "datetime" ? "not-a-time" : "not-so-written" };
		case "unrecognized_keys":
			return { key: "unknown" };
		default:
			return { key: isMissing(issue) ? "missing" : "wrong-kind" };
	}
}

function kindFault(issue: Issue): Fault["key"] {
	if (isMissing(issue)) return "missing";
	return issue.expected === "int" || issue.expected === "number" ? "not-a-number" : "wrong-kind";
}

/** Zod leaves the input out of its issues and says it in the message alone. */
function isMissing({ message }: Issue): boolean {
	return message.endsWith("received undefined") || message.endsWith("received null");
}

function tooBig({ origin, maximum }: Issue): Fault {
	const most = Number(maximum);
	if (origin === "string") return { key: "too-long", values: { most } };
	return { key: origin === "array" ? "too-many" : "too-large", values: { most } };
}

function tooSmall({ origin, minimum }: Issue): Fault {
	const least = Number(minimum);
	if (origin === "string") return least <= 1 ? { key: "missing" } : { key: "too-short", values: { least } };
	return { key: origin === "array" ? "too-few" : "too-small", values: { least } };
}
