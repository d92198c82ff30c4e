import type { FieldProblem } from "../field-faults.ts";

/**
 * What no field of ours takes, refused before anything else walks over it: NUL characters and broken surrogates
 * (PostgreSQL stores neither), nesting deeper than any command has, and lists without end.
 */
const DEEPEST = 32;
const MOST_IN_ONE = 1_000;
const MOST_IN_ALL = 50_000;

export type { FieldProblem };

/** The first thing wrong with a parsed body, query or set of parameters; null when nothing is. */
export function hostileIn(value: unknown): FieldProblem | null {
	const path: string[] = [];
	const count = { left: MOST_IN_ALL };
	const problem = find(value, path, count);
	return problem === null ? null : { at: path.join("."), problem };
}

/** Leaves in `path` where it was found. Recursion ends at `DEEPEST`. */
function find(value: unknown, path: string[], count: { left: number }): string | null {
	count.left -= 1;
	if (count.left < 0) return `more than ${MOST_IN_ALL} values`;
	if (typeof value === "string") return inText(value);
	if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return null;
	if (path.length >= DEEPEST) return `nested deeper than ${DEEPEST}`;
	const entries = Object.entries(value);
	if (entries.length > MOST_IN_ONE) return `more than ${MOST_IN_ONE} entries`;
	for (const [key, one] of entries) {
		path.push(key);
		const problem = inText(key) ?? find(one, path, count);
		if (problem !== null) return problem;
		path.pop();
	}
	return null;
}

function inText(text: string): string | null {
	if (text.includes("\0")) return "holds a NUL character";
	return text.isWellFormed() ? null : "holds half a character (a lone surrogate)";
}
