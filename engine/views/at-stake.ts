import type { Case, SanctionKind } from "../case.ts";
import { factsOf, ruleDay } from "../case-facts.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { type Evaluation, evaluateTable } from "../rules/evaluate.ts";
import type { FactValues } from "../rules/facts.ts";
import type { Source } from "../rules/table.ts";
import type { Instant } from "../time/instant.ts";

/** What a worker has to know before answering: what may follow at worst, and what they may offer by themselves. */

export interface AtStake {
	allegation: string;
	kind: SanctionKind;
	points: number;
	/** 0: without a term. */
	days: number;
	source: Source;
}

/** What would follow for the worker if the complaint were upheld and the fault all theirs; law 7 and appeals aside. */
export function atStake(
	kase: Case,
	party: string,
	{ pack, now }: { pack: LoadedPack; now: Instant },
): AtStake[] {
	const worst: FactValues = {
		...{ upheld: "yes", liable: true, "worker-share": 100 },
		...{ forged: false, "proved-false": false, praise: false },
	};
	const own = kase.allegations.filter((one) => one.accused.includes(party) && !one.withdrawn);
	return own.flatMap(({ id }) => {
		const stated = graded(factsOf(kase, pack, id, worst));
		const answer = evaluateTable(pack.tables.sanctions, stated, ruleDay(kase, pack, now));
		if (!answer.ok) return [];
		return answer.hits
			.filter((hit) => hit.values.subject === "worker")
			.map((hit) => ({
				allegation: id,
				kind: hit.values.sanction as SanctionKind,
				points: Number(hit.values.points),
				days: Number(hit.values.days),
				source: hit.explanation.source,
			}));
	});
}

/** Before it has been graded, a complaint is as grave as its kind usually is. */
function graded(facts: FactValues): FactValues {
	const usual = facts["base-severity"];
	return facts.severity === undefined && usual !== undefined ? { ...facts, severity: usual } : facts;
}

export interface MayOffer {
	item: string;
	/** In minor units; 0: costs nothing. */
	ceiling: number;
	source: Source;
}

/** What a worker may offer of their own, each kind with its ceiling and ground; or the facts that must be known first. */
export function mayOfferOwn(
	kase: Case,
	{ pack, now }: { pack: LoadedPack; now: Instant },
): { offers: MayOffer[]; needs: { zh: string; en: string }[] } {
	const answer: Evaluation = evaluateTable(
		pack.tables.worker,
		graded(factsOf(kase, pack)),
		ruleDay(kase, pack, now),
	);
	if (!answer.ok) return { offers: [], needs: "needs" in answer ? answer.needs.map((one) => one.label) : [] };
	const best = new Map<string, MayOffer>();
	for (const { values, explanation } of answer.hits) {
		const one = { item: String(values.item), ceiling: Number(values.ceiling), source: explanation.source };
		if ((best.get(one.item)?.ceiling ?? -1) < one.ceiling) best.set(one.item, one);
	}
	return { offers: [...best.values()], needs: [] };
}
