import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, SANCTIONS, type Sanction } from "../case.ts";
import type { ConductEvent } from "../conduct.ts";
import { inAccusedLine } from "../conflicts.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { epochOf, Instant, instantPlus } from "../time/instant.ts";
import type { Event } from "./event.ts";
import {
	blockParty,
	imposeSanction,
	isGood,
	sanctionBase,
	standsNow,
	stayed,
} from "./reputation-sanctions.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 信誉: points, warnings, restrictions, blocks, blacklist, praise; every entry with rule, term and way back. */

export const ImposeSanction = z.strictObject({
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
export const BlockParty = z.strictObject({
	party: z.string(),
	/** For whom the safety team blocks; everybody else blocks for themselves. */
	for: z.string().optional(),
	reason: Words,
	evidence: z.array(z.string()).min(1),
});
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
	| Event<"SanctionInForce", { sanction: string; until: Instant | null }>
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
			needs: ["conduct"],
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
				if (kase.sanctions.some((one) => one.kind === "safety-measure" && one.party === id && standsNow(one)))
					return refuse("AlreadyDone");
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
			decide: ({ sanction: id, keep, until, why }, kase, { actor, now }) => {
				const one = kase.sanctions.find((known) => known.id === id && unreviewed(known));
				if (!one) return refuse("UnknownSanction", { sanction: id });
				if (one.by === actor.id) return refuse("DecidedBefore");
				if (keep && !until) return refuse("TermMissing");
				if (keep && until && until <= now) return refuse("TooEarly", { field: "until", now });
				return accept({
					type: "SafetyMeasureReviewed",
					data: { about: id, sanction: id, keep, until: keep ? (until ?? null) : null, why },
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
				if (stayed(kase, one)) return refuse("AppealPending");
				return accept({ type: "SanctionInForce", data: { sanction: id, until: termFrom(one, now) } });
			},
		}),
		LiftSanction: command<typeof LiftSanction, ReputationEvent>({
			schema: LiftSanction,
			by: ["manage", "quality", "safety", "respond", "complain"],
			evenWhen: ["police"],
			guard: (kase, { actor }) =>
				firstOf(
					!kase.sanctions.some(standsNow) && refusal("NotOpen"),
					can(actor, "manage", "quality", "safety") && inAccusedLine(kase, actor),
				),
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
			guard: (kase, { actor }) =>
				firstOf(
					!kase.sanctions.some((one) => !one.reversed) && refusal("NotOpen"),
					inAccusedLine(kase, actor),
				),
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
		SanctionInForce: (kase, { sanction, until }, { at, by }) =>
			change(kase, sanction, { inForce: { at, by }, until }),
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
		kase.sanctions.filter(unreviewed).map((one) => ({
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

/** A term counts from the day it begins: an appeal that was in vain does not shorten it. */
function termFrom(one: Sanction, now: Instant): Instant | null {
	if (!one.until) return null;
	return instantPlus(now, { minutes: (epochOf(one.until) - epochOf(one.effectiveFrom)) / MINUTE });
}
const MINUTE = 60_000;

function change(kase: Case, id: string, how: Partial<Sanction>): Case {
	return { ...kase, sanctions: kase.sanctions.map((one) => (one.id === id ? { ...one, ...how } : one)) };
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
	if (event.type === "SafetyMeasureReviewed" && event.data.keep)
		return {
			stream: one.subject,
			event: { type: "ConductTermSet", data: { id: entry, until: event.data.until } },
		};
	const lifts = event.type === "SanctionLifted" || event.type === "SafetyMeasureReviewed";
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
		return isGood(one.kind) ? "praise" : one.kind === "block" ? "block-made" : "sanction-imposed";
	if (event.type === "SanctionLifted") return "sanction-lifted";
	return event.type === "SanctionReversed" ? "sanction-reversed" : null;
}
