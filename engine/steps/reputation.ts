import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, nextId, SANCTIONS, type Sanction } from "../case.ts";
import { factsOf } from "../case-facts.ts";
import { calendarOf } from "../clock-rules.ts";
import type { ConductEvent } from "../conduct.ts";
import { inAccusedLine } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { type Explanation, evaluateTable } from "../rules/evaluate.ts";
import type { FactValues } from "../rules/facts.ts";
import { due as dueOf } from "../time/calendar.ts";
import { dayOf, Instant, instantPlus } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 信誉: points, warnings, restrictions, blocks, blacklist, praise; every entry with rule, term and way back. */

const ImposeSanction = z.strictObject({
	party: z.string(),
	kind: z.enum(SANCTIONS),
	finding: z.string().optional(),
	points: z.int().min(-100).max(100).optional(),
	/** Days in force from its effect; without it the table's term. */
	days: z.int().min(0).max(3650).optional(),
	reason: Words,
	evidence: z.array(z.string()).default([]),
	/** Asked for when it differs from what the pack's table gives. */
	override: Remark.optional(),
});
const BlockParty = z.strictObject({ party: z.string(), reason: Words, evidence: z.array(z.string()).min(1) });
const TakeSafetyMeasure = z.strictObject({ party: z.string(), reason: Words });
const ReviewSafetyMeasure = z.strictObject({
	sanction: z.string(),
	keep: z.boolean(),
	until: Instant.optional(),
	why: Remark,
});
const PutSanctionInForce = z.strictObject({ sanction: z.string() });
const LiftSanction = z.strictObject({ sanction: z.string(), why: Remark });
const ReverseSanction = z.strictObject({ sanction: z.string(), why: Remark });

export type ReputationEvent =
	| Event<
			"SanctionImposed",
			Omit<Sanction, "at" | "by" | "inForce" | "lifted" | "reversed" | "review"> & {
				reviewBy: Instant | null;
				override: Kept | null;
			}
	  >
	| Event<"SanctionInForce", { sanction: string }>
	| Event<
			"SafetyMeasureReviewed",
			{ about: string; sanction: string; keep: boolean; until: Instant | null; why: Kept }
	  >
	| Event<"SanctionLifted", { sanction: string; why: Kept }>
	| Event<"SanctionReversed", { sanction: string; why: string }>;

export const reputation: Step<ReputationEvent> = {
	name: "reputation",
	commands: {
		ImposeSanction: command<typeof ImposeSanction, ReputationEvent>({
			schema: ImposeSanction,
			by: ["handle", "manage", "quality", "safety"],
			guard: (kase, { actor }) => (kase.intake?.kind === "praise" ? null : inAccusedLine(kase, actor)),
			decide: imposeSanction,
		}),
		BlockParty: command<typeof BlockParty, ReputationEvent>({
			schema: BlockParty,
			by: ["respond", "complain", "safety"],
			decide: blockParty,
		}),
		TakeSafetyMeasure: command<typeof TakeSafetyMeasure, ReputationEvent>({
			schema: TakeSafetyMeasure,
			by: ["safety", "duty"],
			evenWhen: ["police"],
			decide: ({ party: id, reason }, kase, { now }) => {
				const party = kase.parties.find((one) => one.id === id);
				if (!party?.person) return refuse("UnknownParty", { party: id });
				const reviewBy = instantPlus(now, { hours: SAFETY_REVIEW_HOURS });
				const base = sanctionBase(kase, party.id, party.person, "safety-measure", reason, []);
				return accept({
					type: "SanctionImposed",
					data: { ...base, effectiveFrom: now, reviewBy, override: null },
				});
			},
		}),
		ReviewSafetyMeasure: command<typeof ReviewSafetyMeasure, ReputationEvent>({
			schema: ReviewSafetyMeasure,
			by: ["safety", "manage"],
			evenWhen: ["police"],
			guard: (kase) => (kase.sanctions.some(unreviewed) ? null : refusal("NotOpen")),
			decide: ({ sanction: id, keep, until, why }, kase, { actor }) => {
				const one = kase.sanctions.find((known) => known.id === id && unreviewed(known));
				if (!one) return refuse("UnknownSanction", { sanction: id });
				if (one.by === actor.id) return refuse("DecidedBefore");
				if (keep && !until) return refuse("TermMissing");
				return accept({
					type: "SafetyMeasureReviewed",
					data: { about: id, sanction: id, keep, until: until ?? null, why },
				});
			},
		}),
		PutSanctionInForce: command<typeof PutSanctionInForce, ReputationEvent>({
			schema: PutSanctionInForce,
			by: ["system"],
			evenWhen: ["closed", "joined", "police"],
			decide: ({ sanction: id }, kase, { now }) => {
				const one = kase.sanctions.find((known) => known.id === id);
				if (!one) return refuse("UnknownSanction", { sanction: id });
				if (one.inForce || one.reversed || one.lifted) return refuse("AlreadyDone");
				if (now < one.effectiveFrom) return refuse("TooEarly", { due: one.effectiveFrom });
				return stayed(kase, one)
					? refuse("AppealPending")
					: accept({ type: "SanctionInForce", data: { sanction: id } });
			},
		}),
		LiftSanction: command<typeof LiftSanction, ReputationEvent>({
			schema: LiftSanction,
			by: ["manage", "quality", "safety", "respond", "complain"],
			evenWhen: ["police"],
			guard: (kase) => (kase.sanctions.some(standsNow) ? null : refusal("NotOpen")),
			decide: ({ sanction: id, why }, kase, { actor }) => {
				const one = kase.sanctions.find((known) => known.id === id && standsNow(known));
				if (!one) return refuse("UnknownSanction", { sanction: id });
				// whoever blocked may lift their own block; everything else is for staff
				const staff = can(actor, "manage", "quality", "safety");
				if (!staff && !(one.kind === "block" && one.by === actor.id)) return refuse("NotAuthorised");
				return accept({ type: "SanctionLifted", data: { sanction: id, why } });
			},
		}),
		ReverseSanction: command<typeof ReverseSanction, ReputationEvent>({
			schema: ReverseSanction,
			by: ["review", "manage"],
			evenWhen: ["police"],
			guard: (kase) => (kase.sanctions.some((one) => !one.reversed) ? null : refusal("NotOpen")),
			decide: ({ sanction: id, why }, kase, { actor }) => {
				const one = kase.sanctions.find((known) => known.id === id && !known.reversed);
				if (!one) return refuse("UnknownSanction", { sanction: id });
				if (one.by === actor.id && !can(actor, "manage")) return refuse("DecidedBefore");
				return accept({ type: "SanctionReversed", data: { sanction: id, why: why.ref } });
			},
		}),
	},
	fold: {
		SanctionImposed: (kase, { reviewBy, override: _, ...data }, { at, by }) => {
			const immediate = data.effectiveFrom <= at;
			const sanction: Sanction = {
				...data,
				at,
				by,
				inForce: immediate ? { at, by } : null,
				review: reviewBy ? { due: reviewBy, done: null } : null,
				lifted: null,
				reversed: null,
			};
			return { ...kase, sanctions: [...kase.sanctions, sanction] };
		},
		SanctionInForce: (kase, { sanction }, { at, by }) => change(kase, sanction, { inForce: { at, by } }),
		SafetyMeasureReviewed: (kase, { sanction, keep, until, why }, { at, by }) => {
			const one = kase.sanctions.find((known) => known.id === sanction);
			const review = one?.review ? { ...one.review, done: { at, by } } : null;
			return change(kase, sanction, keep ? { review, until } : { review, lifted: { at, by, why } });
		},
		SanctionLifted: (kase, { sanction, why }, { at, by }) =>
			change(kase, sanction, { lifted: { at, by, why } }),
		SanctionReversed: (kase, { sanction, why }, { at, by }) =>
			change(kase, sanction, { reversed: { at, by, why } }),
	},
	moments: {
		SanctionImposed: ({ reviewBy }) => (reviewBy ? ["safety-measure"] : []),
		SafetyMeasureReviewed: ["safety-reviewed"],
	},
	react: reactToReputation,
	timers: (kase) =>
		kase.sanctions
			.filter((one) => !one.inForce && !one.reversed && !one.lifted && !stayed(kase, one))
			.map((one) => ({
				key: `in-force:${one.id}:${kase.appeals.length}`,
				at: one.effectiveFrom,
				command: { type: "PutSanctionInForce", sanction: one.id },
			})),
	standing: (kase) => {
		if (kase.sanctions.length === 0) return "not-needed";
		return kase.sanctions.every((one) => one.inForce || one.reversed || one.lifted) ? "done" : "open";
	},
	obligations: (kase): Obligation[] =>
		kase.sanctions
			.filter(unreviewed)
			.map((one) => ({
				step: "reputation",
				what: "review-safety",
				who: { capability: "safety" },
				due: one.review?.due ?? null,
				command: "ReviewSafetyMeasure",
				blocks: [],
				about: one.id,
			})),
};

/** Law 7: safety measures are reviewed within a day; the figure is the law of the engine, not a rule of a trade. */
const SAFETY_REVIEW_HOURS = 24;

function unreviewed(one: Sanction): boolean {
	return one.review !== null && !one.review.done && !one.lifted && !one.reversed;
}

function standsNow(one: Sanction): boolean {
	return !one.lifted && !one.reversed;
}

function change(kase: Case, id: string, how: Partial<Sanction>): Case {
	return { ...kase, sanctions: kase.sanctions.map((one) => (one.id === id ? { ...one, ...how } : one)) };
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

function sanctionBase(
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
	const own: FactValues = finding && party ? { "worker-share": finding.shares[party] ?? 0 } : {};
	return evaluateTable(table, factsOf(kase, pack, finding?.allegation, own), dayOf(now, pack.data.head.zone));
}

function proposalFor(
	kase: Case,
	context: Context,
	kind: Sanction["kind"],
	finding: Case["findings"][number] | null,
	party: string,
): Proposed | null {
	const answer = proposeSanctions(kase, context, finding, party);
	const hit = answer.ok ? answer.hits.find((one) => one.values.sanction === kind) : undefined;
	return hit
		? {
				points: Number(hit.values.points ?? 0),
				days: Number(hit.values.days ?? 0),
				explanation: hit.explanation,
			}
		: null;
}

/** Kinds that shut somebody out: they need evidence, a term, a notice and an appeal (law 9). */
const SHUTS_OUT = new Set<Sanction["kind"]>([
	"ban",
	"blacklist",
	"suspension",
	"customer-ban",
	"customer-restriction",
	"restriction",
]);
const GOOD = new Set<Sanction["kind"]>(["praise", "reward"]);

function imposeSanction(
	fields: z.output<typeof ImposeSanction>,
	kase: Case,
	context: Context,
): Decision<ReputationEvent> {
	const { pack, now, days } = context;
	const party = kase.parties.find((one) => one.id === fields.party);
	if (!party?.person) return refuse("UnknownParty", { party: fields.party });
	const finding = kase.findings.find((one) => one.id === fields.finding) ?? null;
	const good = GOOD.has(fields.kind);
	const proposed = proposalFor(kase, context, fields.kind, finding, party.id);
	const term = fields.days ?? proposed?.days ?? 0;
	const points = fields.points ?? proposed?.points ?? 0;
	const differs = !proposed || proposed.points !== points || proposed.days !== term;
	const no = firstOf(
		fields.kind === "block" || fields.kind === "safety-measure"
			? refusal("Malformed", { field: "kind", hint: "a command of its own" })
			: null,
		good ? null : mustRestOn(finding, party.side, kase),
		SHUTS_OUT.has(fields.kind) && fields.evidence.length === 0 && refusal("EvidenceMissing"),
		SHUTS_OUT.has(fields.kind) &&
			term === 0 &&
			fields.kind !== "ban" &&
			fields.kind !== "customer-ban" &&
			refusal("TermMissing"),
		strange(kase, fields.evidence),
		differs &&
			!fields.override &&
			refusal("ReasonMissing", {
				field: "override",
				proposed: proposed ? `${proposed.points} / ${proposed.days}` : "",
			}),
	);
	if (no) return { ok: false, refusal: no };
	// points enter for the score's period; the window for an appeal must pass first (law 7)
	const window = SHUTS_OUT.has(fields.kind)
		? pack.data.appeals.banWindow
		: pack.data.appeals.respondent.window;
	const calendar = calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? "");
	const effectiveFrom = good ? now : dueOf(now, window, calendar, days).due;
	const length =
		term > 0 ? term : fields.kind === "points" || good ? pack.data.reputation.score.months * 30 : 0;
	const until = length > 0 ? instantPlus(effectiveFrom, { days: length }) : null;
	const base = sanctionBase(kase, party.id, party.person, fields.kind, fields.reason, fields.evidence);
	return accept({
		type: "SanctionImposed",
		data: {
			...base,
			points,
			until,
			rule: proposed?.explanation ?? null,
			finding: finding?.id ?? null,
			effectiveFrom,
			reviewBy: null,
			override: fields.override ?? null,
		},
	});
}

/** A worker's sanction rests on a liable finding of which notice was given; a customer's on proved falsehood or misconduct. */
function mustRestOn(finding: Case["findings"][number] | null, side: string, kase: Case): Refusal | null {
	if (!finding) return refusal("NothingFound");
	if (!finding.noticedAt) return refusal("NoticeMissing");
	if (side === "complainant")
		return finding.upheld === "no" || kase.evidence.some((one) => one.judged?.as === "forged")
			? null
			: refusal("NothingUpheld");
	return finding.liable ? null : refusal("NothingUpheld");
}

function strange(kase: Case, evidence: string[]): Refusal | null {
	const unknown = evidence.find((id) => !kase.evidence.some((one) => one.id === id));
	return unknown ? refusal("UnknownEvidence", { evidence: unknown }) : null;
}

/** 拉黑（互不派单）: pairwise, with term and proof, at no cost to whoever blocks. */
function blockParty(
	{ party: id, reason, evidence }: z.output<typeof BlockParty>,
	kase: Case,
	{ pack, now, actor }: Context,
): Decision<ReputationEvent> {
	const other = kase.parties.find((one) => one.id === id);
	const own = kase.parties.find((one) => one.person === actor.id || one.id === actor.link?.party);
	if (!other?.person || !own?.person || other.id === own.id) return refuse("UnknownParty", { party: id });
	const unknown = strange(kase, evidence);
	if (unknown) return { ok: false, refusal: unknown };
	if (
		kase.sanctions.some(
			(one) =>
				one.kind === "block" && one.subject === other.person && one.against === own.person && standsNow(one),
		)
	)
		return refuse("AlreadyDone");
	const base = sanctionBase(kase, other.id, other.person, "block", reason, evidence);
	const until = instantPlus(now, { days: pack.data.reputation.block.months * 30 });
	return accept({
		type: "SanctionImposed",
		data: { ...base, until, against: own.person, effectiveFrom: now, reviewBy: null, override: null },
	});
}

/** What enters the conduct file: nothing before it is in force, and a reversing entry when it is reversed. */
function conductEvent(
	event: ReputationEvent,
	kase: Case,
	at: Instant,
): { stream: string; event: ConductEvent } | null {
	const id = event.type === "SanctionImposed" ? event.data.id : event.data.sanction;
	const one = kase.sanctions.find((known) => known.id === id);
	if (!one) return null;
	const entry = `${kase.id}:${one.id}`;
	const enters = (event.type === "SanctionImposed" && one.inForce) || event.type === "SanctionInForce";
	if (enters) {
		const { kind, points, until, against } = one;
		const rule = one.rule ? `${one.rule.table}/${one.rule.row}` : "";
		return {
			stream: one.subject,
			event: {
				type: "ConductEntered",
				data: { id: entry, case: kase.id, kind, points, until, against, rule, inForce: at },
			},
		};
	}
	if (!one.inForce) return null;
	if (event.type === "SanctionReversed")
		return { stream: one.subject, event: { type: "ConductReversed", data: { id: entry } } };
	const lifts =
		event.type === "SanctionLifted" || (event.type === "SafetyMeasureReviewed" && !event.data.keep);
	return lifts ? { stream: one.subject, event: { type: "ConductLifted", data: { id: entry } } } : null;
}

function reactToReputation(event: ReputationEvent, kase: Case, { now }: Context): Effect[] {
	const effects: Effect[] = [];
	const entry = conductEvent(event, kase, now);
	if (entry) effects.push({ do: "enter", kind: "conduct", ...entry });
	const id = event.type === "SanctionImposed" ? event.data.id : event.data.sanction;
	const one = kase.sanctions.find((known) => known.id === id);
	if (!one) return effects;
	const notice = noticeOf(event, one);
	if (notice)
		effects.push({ do: "notify", to: { party: one.party }, notice, values: { points: one.points } });
	return effects;
}

function noticeOf(event: ReputationEvent, one: Sanction) {
	if (event.type === "SanctionImposed")
		return GOOD.has(one.kind) ? "praise" : one.kind === "block" ? "block-made" : "sanction-imposed";
	if (event.type === "SanctionLifted") return "sanction-lifted";
	return event.type === "SanctionReversed" ? "sanction-reversed" : null;
}
