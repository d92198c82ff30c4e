import type { Rehearsed } from "../inbox/bulk-run.ts";

/** One command for one case, among several that are done together. */
export interface Planned {
	case: string;
	number: string;
	type: string;
	fields: Record<string, unknown>;
}

/** A rehearsal takes one command with one set of fields for at most so many cases. */
const AT_ONCE = 100;

/** Plans that differ in nothing but the case, together. */
export function rehearsalsOf(
	plans: readonly Planned[],
): { type: string; fields: Record<string, unknown>; cases: string[] }[] {
	const groups = new Map<string, { type: string; fields: Record<string, unknown>; cases: string[] }>();
	for (const { case: id, type, fields } of plans) {
		const same = JSON.stringify([type, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]);
		const place = [...groups.keys()].filter((one) => one.startsWith(`${same}#`)).length;
		const last = groups.get(`${same}#${place}`);
		if (last && last.cases.length < AT_ONCE) last.cases.push(id);
		else groups.set(`${same}#${place + 1}`, { type, fields, cases: [id] });
	}
	return [...groups.values()];
}

/** Those that a rehearsal took, in their order. */
export function takenOf(plans: readonly Planned[], answers: readonly Rehearsed[]): Planned[] {
	const taken = new Set(answers.flatMap((one) => (one.taken ? [one.case] : [])));
	return plans.filter((one) => taken.has(one.case));
}
