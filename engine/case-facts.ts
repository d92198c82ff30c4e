import { type Case, type Finding, findingOf, standing } from "./case.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { FactValues } from "./rules/facts.ts";

/**
 * The facts that rule tables may ask for, as far as the case knows them: case.* from the case, order.* from the
 * first order's frozen snapshot, everything else from verifications that were confirmed. Unknown facts are left out,
 * so that a table answers "needs X" instead of skipping a row.
 * @param about the allegation asked about; without it the gravest one that stands.
 */
export function factsOf(kase: Case, pack: LoadedPack, about?: string, stated: FactValues = {}): FactValues {
	const facts: Facts = { "proved-false": false };
	for (const [name, declared] of Object.entries(pack.sheet)) {
		if (declared.from?.startsWith("order.")) {
			const value = kase.orders[0]?.facts[declared.from.slice("order.".length)];
			if (value !== undefined) facts[name] = value;
		}
	}
	for (const one of kase.verifications) if (one.confirmed) facts[one.fact] = one.value;
	return { ...facts, ...ownFacts(kase, pack, about), ...stated };
}

type Facts = Record<string, FactValues[string]>;

const RANK = { A: 0, B: 1, C: 2 } as const;

/** The allegation that decides the case's route: the gravest category that stands. */
export function gravest(kase: Case, pack: LoadedPack): string | null {
	const known = standing(kase).flatMap((one) => {
		const category = pack.categories.get(one.category ?? one.proposed?.category ?? "");
		return category ? [{ id: one.id, rank: RANK[category.severity] }] : [];
	});
	known.sort((a, b) => a.rank - b.rank);
	return known[0]?.id ?? null;
}

function ownFacts(kase: Case, pack: LoadedPack, about?: string): FactValues {
	const id = about ?? gravest(kase, pack);
	const allegation = kase.allegations.find((one) => one.id === id);
	const category = pack.categories.get(allegation?.category ?? allegation?.proposed?.category ?? "other");
	const facts: Facts = {
		accused: kase.allegations.some((one) => one.accused.length > 0),
		forged: kase.evidence.some((one) => one.judged?.as === "forged"),
		praise: kase.intake?.kind === "praise",
	};
	if (category) {
		facts.category = category.id;
		facts.group = category.group;
		facts["base-urgency"] = category.urgency;
		facts["base-severity"] = category.severity;
		facts["on-the-spot"] = category.onTheSpot;
	}
	if (kase.intake) Object.assign(facts, intakeFacts(kase, pack));
	if (kase.triage) {
		facts.urgency = kase.triage.urgency;
		facts.severity = kase.triage.severity;
	}
	const finding = id ? findingOf(kase, id) : null;
	if (finding) Object.assign(facts, findingFacts(finding, kase));
	return facts;
}

function intakeFacts(kase: Case, pack: LoadedPack): FactValues {
	const intake = kase.intake;
	if (!intake) return {};
	const flags = new Set([...intake.flags, ...(kase.triage?.flags ?? [])]);
	const facts: Facts = {
		kind: intake.kind,
		source: intake.source,
		channel: intake.channel,
		claimed: intake.claimed?.amount ?? 0,
		"important-customer": intake.importance === "important",
		"repeat-complaints": intake.repeat,
		regulator: flags.has("regulator") || intake.source === "regulator",
		media: flags.has("media") || intake.source === "media",
	};
	for (const name of ["injury", "minor", "harassment", "churn"]) facts[name] = flags.has(name);
	for (const flag of pack.data.routes.flags) facts[flag.id] ??= flags.has(flag.id);
	return facts;
}

function findingFacts(finding: Finding, kase: Case): FactValues {
	const accused = new Set(kase.parties.filter((one) => one.side === "respondent").map((one) => one.id));
	const shares = Object.entries(finding.shares);
	return {
		upheld: finding.upheld,
		liable: finding.liable,
		cause: finding.cause,
		"worker-share": shares.reduce((sum, [party, share]) => sum + (accused.has(party) ? share : 0), 0),
	};
}
