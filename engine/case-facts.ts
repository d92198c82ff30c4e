import { type Case, examined, type Finding, findingOf, type Party } from "./case.ts";
import { type Refusal, refusal } from "./decision.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { Evaluation } from "./rules/evaluate.ts";
import type { FactValues } from "./rules/facts.ts";
import { dayOf, type Instant } from "./time/instant.ts";

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
	for (const [fact, { value }] of confirmedFacts(kase)) facts[fact] = value;
	return { ...facts, ...ownFacts(kase, pack, about), ...stated };
}

type Facts = Record<string, FactValues[string]>;

/**
 * What the sources confirm: a source's last word on a fact counts, a word not confirmed takes its earlier one back.
 * Where sources differ, the value said last is in force, with the sources that say the same.
 */
export function confirmedFacts(kase: Case): Map<string, { value: Facts[string]; sources: string[] }> {
	const said = new Map<string, Map<string, Facts[string]>>();
	for (const { fact, source, value, confirmed } of kase.verifications) {
		const bySource = said.get(fact) ?? new Map<string, Facts[string]>();
		// taken out first, so that the order of the map is the order of what was said last
		bySource.delete(source);
		if (confirmed) bySource.set(source, value);
		said.set(fact, bySource);
	}
	const facts = new Map<string, { value: Facts[string]; sources: string[] }>();
	for (const [fact, bySource] of said) {
		const last = [...bySource.values()].at(-1);
		if (last === undefined) continue;
		const agree = [...bySource].filter(([, value]) => JSON.stringify(value) === JSON.stringify(last));
		facts.set(fact, { value: last, sources: agree.map(([source]) => source) });
	}
	return facts;
}

/** Facts that the case itself knows are neither stated nor verified by anybody, but for a complaint proved false. */
export function isOwnFact(name: string, pack: LoadedPack): boolean {
	return name !== "proved-false" && pack.sheet[name]?.from?.startsWith("case.") === true;
}

/**
 * The day whose rules hold for a case: the day it was received, on which it was pinned to its pack, so that no rule
 * changes under an open case.
 */
export function ruleDay(kase: Case, pack: LoadedPack, now: Instant): string {
	return dayOf(kase.intake?.receivedAt ?? now, pack.data.head.zone);
}

/** Why a table gave no answer: facts missing, or a sum that can't be done. */
export function unanswered(evaluation: Evaluation): Refusal | null {
	if (evaluation.ok) return null;
	if ("needs" in evaluation)
		return refusal("FactsMissing", { facts: evaluation.needs.map((one) => one.fact) });
	const { table, detail } = evaluation.problem;
	return refusal("RuleProblem", { table, problem: detail });
}

/** Whether the party works for the trade (driver, courier, outlet), whichever side of this case it is on. */
export function isWorker(party: Party, pack: LoadedPack): boolean {
	return pack.data.head.seats[party.seat]?.side === "respondent";
}

const RANK = { A: 0, B: 1, C: 2 } as const;

/** The allegation that decides the case's route: the gravest category that stands. */
export function gravest(kase: Case, pack: LoadedPack): string | null {
	const known = examined(kase).flatMap((one) => {
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
		accused: examined(kase).some((one) => one.accused.length > 0),
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
	if (finding) Object.assign(facts, findingFacts(finding, kase, pack));
	return facts;
}

function intakeFacts(kase: Case, pack: LoadedPack): FactValues {
	const intake = kase.intake;
	if (!intake) return {};
	const flags = new Set([...intake.flags, ...(kase.triage?.flags ?? [])]);
	const outside = new Set(
		kase.proceedings.flatMap((one) => (one.direction === "inbound" && !one.sentBack ? [one.kind] : [])),
	);
	const official = (["regulator", "hotline", "consumer"] as const).some((kind) => outside.has(kind));
	const facts: Facts = {
		kind: intake.kind,
		source: intake.source,
		channel: intake.channel,
		claimed: intake.claimed?.amount ?? 0,
		"important-customer": intake.importance === "important",
		"repeat-complaints": intake.repeat,
		regulator: flags.has("regulator") || intake.source === "regulator" || official,
		media: flags.has("media") || intake.source === "media" || outside.has("media"),
	};
	for (const name of ["injury", "minor", "harassment", "churn"]) facts[name] = flags.has(name);
	for (const flag of pack.data.routes.flags) facts[flag.id] ??= flags.has(flag.id);
	return facts;
}

function findingFacts(finding: Finding, kase: Case, pack: LoadedPack): FactValues {
	const workers = new Set(kase.parties.filter((one) => isWorker(one, pack)).map((one) => one.id));
	const shares = Object.entries(finding.shares);
	return {
		upheld: finding.upheld,
		liable: finding.liable,
		cause: finding.cause,
		"worker-share": shares.reduce((sum, [party, share]) => sum + (workers.has(party) ? share : 0), 0),
	};
}
