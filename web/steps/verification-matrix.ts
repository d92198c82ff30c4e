import { type Case, examined, type Verification } from "#engine/case.ts";
import { confirmedFacts } from "#engine/case-facts.ts";
import type { PackAnswer } from "../pack.ts";

/** Facts against those who can confirm them. */

export interface Cell {
	source: string;
	/** The pack wants to hear this source. */
	wanted: boolean;
	/** What this source said last; null: not asked yet. */
	said: Verification | null;
}

export interface FactRow {
	fact: string;
	/** How many of the wanted sources must say the same; 0: not required. */
	need: number;
	have: number;
	/** Sources that confirmed it say different things. */
	conflict: boolean;
	cells: Cell[];
}

export interface Matrix {
	sources: string[];
	rows: FactRow[];
}

/** What the categories require to be confirmed, and what was asked besides; required facts first. */
export function matrixOf(kase: Case, pack: PackAnswer | null): Matrix {
	const wanted = wantedFacts(kase, pack);
	const asked = kase.verifications.map((one) => one.fact);
	const used = [...wanted.values()]
		.flatMap((one) => one.sources)
		.concat(kase.verifications.map((one) => one.source));
	const sources = Object.keys(pack?.data.evidence.sources ?? {}).filter((one) => used.includes(one));
	const confirmed = confirmedFacts(kase);
	const rows = [...new Set([...wanted.keys(), ...asked])].map((fact): FactRow => {
		const rule = wanted.get(fact);
		const agree = confirmed.get(fact)?.sources ?? [];
		const cells = sources.map((source) => ({
			source,
			wanted: rule?.sources.includes(source) ?? false,
			said: kase.verifications.findLast((one) => one.fact === fact && one.source === source) ?? null,
		}));
		const saying = cells.filter((one) => one.said?.confirmed).length;
		return {
			fact,
			need: rule?.least ?? 0,
			have: rule ? agree.filter((one) => rule.sources.includes(one)).length : agree.length,
			conflict: saying > agree.length,
			cells,
		};
	});
	return { sources, rows };
}

/** The strictest rule of all categories for each fact. */
function wantedFacts(kase: Case, pack: PackAnswer | null): Map<string, { sources: string[]; least: number }> {
	const wanted = new Map<string, { sources: string[]; least: number }>();
	// only a full investigation must confirm them before anything is found
	if (kase.route?.investigation !== "full") return wanted;
	const categories = examined(kase).map((one) => one.category ?? one.proposed?.category);
	for (const category of pack?.data.categories.categories ?? []) {
		if (!categories.includes(category.id)) continue;
		for (const { fact, sources, least } of category.verify ?? []) {
			const known = wanted.get(fact);
			wanted.set(fact, {
				sources: [...new Set([...(known?.sources ?? []), ...sources])],
				least: Math.max(known?.least ?? 0, least),
			});
		}
	}
	return wanted;
}
