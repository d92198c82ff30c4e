import { type Broke, type Cel, type CelContext, programFor } from "./cel.ts";
import type { FactValue } from "./facts.ts";
import { factsIn, partsOf, type Term, within } from "./term.ts";

/**
 * What can be said of an expression while some facts are missing. `needs`: the missing facts on which it hangs.
 * A missing fact outweighs a broken sum: once it is known, the broken part may not matter any more.
 */
export type Known =
	| { is: "known"; value: FactValue }
	| { is: "unknown"; needs: readonly string[] }
	| { is: "broken"; broke: Broke; detail: string };

/** The facts at hand, and which ones aren't. */
export type Situation = { cel: Cel; context: CelContext; missing: (fact: string) => boolean };

/**
 * Three-valued evaluation: `false && missing` is false and `true || missing` is true, in either order; a choice looks
 * only at the branch taken. Exact for and, or, not over facts read once; beyond that it may ask for a fact that
 * would make no difference (`x || !x`), but never answers what some value of a missing fact would contradict.
 */
export function knownOf(term: Term, at: Situation): Known {
	const missing = factsIn(term).filter(at.missing);
	if (missing.length === 0) return evaluated(term, at);
	switch (term.op) {
		case "fact":
			return { is: "unknown", needs: missing };
		case "&&":
			return both(term, at, false);
		case "||":
			return both(term, at, true);
		case "choose": {
			const test = knownOf(term.test, at);
			return test.is === "known" ? knownOf(test.value === true ? term.yes : term.no, at) : test;
		}
		case "every":
			return quantified(term, missing, at);
		default:
			return fromParts(term, at);
	}
}

function evaluated(term: Term, at: Situation): Known {
	const outcome = programFor(at.cel, term)(at.context);
	return outcome.ok
		? { is: "known", value: outcome.value }
		: { is: "broken", broke: outcome.broke, detail: outcome.detail };
}

/** `decides`: the value that settles the matter alone (false for and, true for or). */
function both(term: { left: Term; right: Term }, at: Situation, decides: boolean): Known {
	const left = knownOf(term.left, at);
	if (left.is === "known" && left.value === decides) return left;
	const right = knownOf(term.right, at);
	if (right.is === "known" && right.value === decides) return right;
	const needs = needsOf([left, right]);
	if (needs.length > 0) return { is: "unknown", needs };
	return left.is === "broken" ? left : right;
}

function needsOf(parts: readonly Known[]): string[] {
	return [...new Set(parts.flatMap((part) => (part.is === "unknown" ? part.needs : [])))];
}

/** A member may settle it whatever the missing facts are; the library tells. Otherwise all the body reads is needed. */
function quantified(term: Term & { op: "every" }, missing: readonly string[], at: Situation): Known {
	const over = knownOf(term.over, at);
	if (over.is === "unknown") return { is: "unknown", needs: missing };
	const outcome = programFor(at.cel, term)(at.context);
	return outcome.ok ? { is: "known", value: outcome.value } : { is: "unknown", needs: missing };
}

/** Arithmetic and comparison need all their parts; a part may still be known, where a choice avoids what is missing. */
function fromParts(term: Term, at: Situation): Known {
	const needs = needsOf(partsOf(term).map((part) => knownOf(part, at)));
	return needs.length > 0 ? { is: "unknown", needs } : evaluated(term, at);
}

/** Whether the term can be evaluated by itself: it isn't inside `exists` or `all`. */
export function standsAlone(term: Term): boolean {
	const bound = new Set<string>();
	for (const part of within(term)) {
		if (part.op === "every") bound.add(part.local);
		if (part.op === "local" && !bound.has(part.name)) return false;
	}
	return true;
}
