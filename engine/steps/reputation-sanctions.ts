import type { z } from "zod";
import {
	type Case,
	isOverturned,
	nextId,
	type Party,
	partyOf,
	type Sanction,
	type SanctionKind,
} from "../case.ts";
import { factsOf, isWorker, ruleDay, unanswered } from "../case-facts.ts";
import { dueAfter } from "../clock-rules.ts";
import { blacklisting } from "../conduct.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import type { Kept } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { type Explanation, evaluateTable } from "../rules/evaluate.ts";
import type { FactValues } from "../rules/facts.ts";
import type { Duration } from "../time/calendar.ts";
import { type Instant, instantAt, instantPlus } from "../time/instant.ts";
import type { BlockParty, ImposeSanction, ReputationEvent } from "./reputation.ts";
import type { Context } from "./step.ts";

/** Sanctions and blocks: what the tables give, what each must rest on, from when it holds and how long. */

export function standsNow(one: Sanction): boolean {
	return !one.lifted && !one.reversed;
}

/** How long a finding, or a sanction of this kind, may be appealed against; a sanction waits as long (law 7). */
export function appealWindow(kind: SanctionKind | null, pack: LoadedPack): Duration {
	return kind && SHUTS_OUT.has(kind) ? pack.data.appeals.banWindow : pack.data.appeals.respondent.window;
}

/** Kinds that shut somebody out: they need evidence, a term, a notice and an appeal (law 9). */
const SHUTS_OUT: ReadonlySet<SanctionKind> = new Set([
	"ban",
	"blacklist",
	"suspension",
	"customer-ban",
	"customer-restriction",
	"restriction",
]);
/** Kinds that have no end unless somebody lifts them. */
const ENDLESS: ReadonlySet<SanctionKind> = new Set(["ban", "customer-ban"]);
const GOOD: ReadonlySet<SanctionKind> = new Set(["praise", "reward"]);

export function isGood(kind: SanctionKind): boolean {
	return GOOD.has(kind);
}

/** So many calendar months later by the pack's calendar on the wall. */
function monthsLater(from: Instant, months: number, zone: string): Instant {
	const later = Temporal.Instant.from(from).toZonedDateTimeISO(zone).add({ months });
	return instantAt(later.epochMilliseconds);
}

/** Law 7: a sanction waits while an appeal against it, or against the finding it rests on, is open. */
export function stayed(kase: Case, one: Sanction): boolean {
	return kase.appeals.some(
		(appeal) =>
			!appeal.decided &&
			(appeal.against.sanction === one.id ||
				(one.finding !== null && appeal.against.findings.includes(one.finding))),
	);
}

export function sanctionBase(
	kase: Case,
	party: string,
	subject: string,
	kind: Sanction["kind"],
	reason: Kept,
	evidence: string[],
) {
	const id = nextId("s", kase.sanctions);
	return {
		id,
		kind,
		subject,
		party,
		points: 0,
		until: null,
		against: null,
		rule: null,
		reason,
		evidence,
		finding: null,
	};
}

interface Proposed {
	points: number;
	days: number;
	explanation: Explanation;
}

/** What the pack's tables give for this kind of sanction. */
export function proposeSanctions(
	kase: Case,
	{ pack, now }: Pick<Context, "pack" | "now">,
	finding?: Case["findings"][number] | null,
	party?: string,
) {
	const table = kase.intake?.kind === "praise" ? pack.tables.praise : pack.tables.sanctions;
	// a sanction goes by the person's own share, not by that of all respondents together
	const works = kase.parties.some((one) => one.id === party && isWorker(one, pack));
	const own: FactValues = finding && party && works ? { "worker-share": finding.shares[party] ?? 0 } : {};
	return evaluateTable(table, factsOf(kase, pack, finding?.allegation, own), ruleDay(kase, pack, now));
}

/** The row for this kind of sanction; null: the tables give none; or the facts that must be known first. */
function proposalFor(
	kase: Case,
	context: Context,
	kind: Sanction["kind"],
	finding: Case["findings"][number] | null,
	party: string,
): Proposed | Refusal | null {
	const answer = proposeSanctions(kase, context, finding, party);
	const open = unanswered(answer);
	if (open) return open;
	const hit = answer.ok ? answer.hits.find((one) => one.values.sanction === kind) : undefined;
	return hit
		? {
				points: Number(hit.values.points ?? 0),
				days: Number(hit.values.days ?? 0),
				explanation: hit.explanation,
			}
		: null;
}

export function imposeSanction(
	fields: z.output<typeof ImposeSanction>,
	kase: Case,
	context: Context,
): Decision<ReputationEvent> {
	const { pack, now, days } = context;
	const party = kase.parties.find((one) => one.id === fields.party);
	if (!party?.person) return refuse("UnknownParty", { party: fields.party });
	const finding = kase.findings.find((one) => one.id === fields.finding) ?? null;
	const asked = proposalFor(kase, context, fields.kind, finding, party.id);
	const open = asked && "reason" in asked ? asked : null;
	const proposed = asked && "points" in asked ? asked : null;
	const term = fields.days ?? proposed?.days ?? 0;
	const points = fields.points ?? proposed?.points ?? 0;
	const differs = !proposed || proposed.points !== points || proposed.days !== term;
	const good = isGood(fields.kind) || (kase.intake?.kind === "praise" && fields.kind === "points");
	const no = firstOf(
		fitsParty(fields, party, pack),
		(good ? points < 0 : points > 0) &&
			refusal("Malformed", { field: "points", hint: good ? "0 or more" : "0 or less" }),
		good ? null : mustRestOn(finding, party, kase, pack),
		alreadyImposed(fields.kind, finding, party, kase) && refusal("AlreadyDone"),
		SHUTS_OUT.has(fields.kind) && fields.evidence.length === 0 && refusal("EvidenceMissing"),
		SHUTS_OUT.has(fields.kind) && term === 0 && !ENDLESS.has(fields.kind) && refusal("TermMissing"),
		strange(kase, fields.evidence),
		// a table may set conditions of its own; without a row of one the person's file must bear it out
		fields.kind === "blacklist" && !proposed && mayBlacklist(party.person, context),
		!fields.override && open,
		differs &&
			!fields.override &&
			refusal("ReasonMissing", {
				field: "override",
				proposed: proposed ? `${proposed.points} / ${proposed.days}` : "",
			}),
	);
	if (no) return { ok: false, refusal: no };
	// the window for an appeal must pass first (law 7)
	const effectiveFrom = good ? now : dueAfter(now, appealWindow(fields.kind, pack), pack, days);
	return accept({
		type: "SanctionImposed",
		data: {
			...sanctionBase(kase, party.id, party.person, fields.kind, fields.reason, fields.evidence),
			points,
			until: endOf(fields.kind, good, term, effectiveFrom, pack),
			rule: proposed?.explanation ?? null,
			finding: finding?.id ?? null,
			effectiveFrom,
			reviewBy: null,
			override: fields.override ?? null,
		},
	});
}

/** Points and praise count for the score's period unless the table says otherwise. */
function endOf(
	kind: SanctionKind,
	good: boolean,
	term: number,
	from: Instant,
	pack: LoadedPack,
): Instant | null {
	if (term > 0) return instantPlus(from, { days: term });
	const { months } = pack.data.reputation.score;
	return kind === "points" || good ? monthsLater(from, months, pack.data.head.zone) : null;
}

/** Some kinds have commands of their own; some are for customers, the others for those who work. */
function fitsParty({ kind }: { kind: SanctionKind }, party: Party, pack: LoadedPack): Refusal | null {
	if (kind === "block" || kind === "safety-measure")
		return refusal("Malformed", { field: "kind", hint: "a command of its own" });
	const forCustomers = kind.startsWith("customer-");
	if (kind === "blacklist" || forCustomers !== isWorker(party, pack)) return null;
	return refusal("Malformed", { field: "kind", hint: forCustomers ? "for customers" : "for workers" });
}

/** A sanction rests on a liable finding of which notice was given; a complainant's on proved falsehood or forgery. */
function mustRestOn(
	finding: Case["findings"][number] | null,
	party: Party,
	kase: Case,
	pack: LoadedPack,
): Refusal | null {
	if (!finding || isOverturned(kase, finding.id)) return refusal("NothingFound");
	if (!finding.noticedAt) return refusal("NoticeMissing");
	const forged = kase.evidence.some((one) => one.judged?.as === "forged");
	// a worker answers for their own share only; a customer's stands under "customer"
	const bears = finding.liable && (!isWorker(party, pack) || (finding.shares[party.id] ?? 0) > 0);
	const borne = party.side === "complainant" ? finding.upheld === "no" || forged : bears || forged;
	return borne ? null : refusal("NothingUpheld");
}

function alreadyImposed(
	kind: SanctionKind,
	finding: Case["findings"][number] | null,
	party: Party,
	kase: Case,
): boolean {
	return kase.sanctions.some(
		(one) =>
			one.kind === kind && one.party === party.id && one.finding === (finding?.id ?? null) && standsNow(one),
	);
}

/** Count and proportion of complaints proved false within the pack's period, and a warning before. */
function mayBlacklist(person: string, { conduct, pack, now }: Context): Refusal | null {
	const rules = pack.data.reputation.blacklist;
	const file = conduct?.[person];
	const { warned, proved, percent } = file ? blacklisting(file, now, rules.withinDays) : NOTHING_KNOWN;
	return firstOf(
		(proved < rules.least || percent < rules.percent) &&
			refusal("TooEarly", { have: proved, need: rules.least, percent, least: rules.percent }),
		!warned && refusal("NoticeMissing"),
	);
}
const NOTHING_KNOWN = { warned: false, proved: 0, percent: 0 };

function strange(kase: Case, evidence: readonly string[]): Refusal | null {
	const unknown = evidence.find((id) => !kase.evidence.some((one) => one.id === id));
	return unknown === undefined ? null : refusal("UnknownEvidence", { evidence: unknown });
}

/** 拉黑（互不派单）: pairwise, with term and proof, at no cost to whoever blocks. */
export function blockParty(
	fields: z.output<typeof BlockParty>,
	kase: Case,
	{ pack, now, actor }: Context,
): Decision<ReputationEvent> {
	const other = kase.parties.find((one) => one.id === fields.party);
	const own = partyOf(kase, actor) ?? kase.parties.find((one) => one.id === fields.for);
	if (!other?.person || !own?.person || other.side === own.side)
		return refuse("UnknownParty", { party: fields.party });
	const no = strange(kase, fields.evidence);
	if (no) return { ok: false, refusal: no };
	const blocked = kase.sanctions.some(
		(one) =>
			one.kind === "block" && one.subject === other.person && one.against === own.person && standsNow(one),
	);
	if (blocked) return refuse("AlreadyDone");
	const base = sanctionBase(kase, other.id, other.person, "block", fields.reason, fields.evidence);
	const until = monthsLater(now, pack.data.reputation.block.months, pack.data.head.zone);
	return accept({
		type: "SanctionImposed",
		data: { ...base, until, against: own.person, effectiveFrom: now, reviewBy: null, override: null },
	});
}
