import { z } from "zod";
import {
	type Act,
	type Case,
	type Closure,
	goesOn,
	isRestricted,
	joinedInto,
	type Money,
	OUTCOMES,
	type Outcome,
	type RemedyLine,
	remedyRound,
	standing,
} from "../case.ts";
import { unanswered } from "../case-facts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { endTalk } from "../restriction.ts";
import { ceilingFor } from "./approval-limits.ts";
import { confirmed, mayClose, planFollowUps, someItemsOpen } from "./closure-outcomes.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event } from "./event.ts";
import { isPaid, itemsFrom, openItems } from "./execution-items.ts";
import { remedyLines, totalOf } from "./remedy-lines.ts";
import { agreed, superseded } from "./remedy-offers.ts";
import { statedFacts } from "./remedy-reckoning.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 结案: the customer track ends with an outcome of the closed list; or in one call, where the pack allows it. */

const Confirm = z.strictObject({
	through: z.enum(["written", "spoken", "page"]),
	satisfied: z.boolean(),
	words: Remark.optional(),
});
const RecordConfirmationAttempt = z.strictObject({ through: z.enum(["call", "message"]) });
export const CloseCase = z.strictObject({
	outcome: z.enum(OUTCOMES),
	reason: Words.optional(),
	/** Bodies or departments to turn to next. */
	referTo: z.array(z.string()).default([]),
});
const SettleOnTheSpot = z.strictObject({
	/** What was explained or given, in the words said to the complainant. */
	words: Words,
	/** Facts stated in the call, so that the rules can give what they give. */
	facts: z
		.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
		.default({}),
	give: z.boolean().default(true),
	satisfied: z.literal(true),
});
const ReopenCase = z.strictObject({ because: z.enum(["new-facts", "proceeding", "contact"]), why: Remark });

type Reopened = Case["reopenings"][number]["because"];

export type ClosureEvent =
	| Event<"Confirmed", { through: "written" | "spoken" | "page"; satisfied: boolean; words: Kept | null }>
	| Event<"ConfirmationAttempted", { through: "call" | "message" }>
	| Event<"CaseClosed", Omit<Closure, "at" | "by"> & { followUpPlan: Case["followUpPlan"] }>
	| Event<
			"SettledOnTheSpot",
			{ lines: RemedyLine[]; total: Money; words: Kept; items: ReturnType<typeof itemsFrom> }
	  >
	| Event<"CaseReopened", { because: Reopened; why: Kept | null }>;

/** The two sides stop talking when the case ends. */
type Brings = ClosureEvent | Extract<ContactEvent, { type: "DirectTalkClosed" }>;

export const closure: Step<ClosureEvent, Brings> = {
	name: "closure",
	commands: {
		Confirm: command<typeof Confirm, ClosureEvent>({
			schema: Confirm,
			by: ["complain", "handle", "settle"],
			guard: mayConfirm,
			decide: ({ through, satisfied, words }) =>
				accept({ type: "Confirmed", data: { through, satisfied, words: words ?? null } }),
		}),
		RecordConfirmationAttempt: command<typeof RecordConfirmationAttempt, ClosureEvent>({
			schema: RecordConfirmationAttempt,
			by: ["handle", "settle"],
			guard: mayConfirm,
			decide: (data) => accept({ type: "ConfirmationAttempted", data }),
		}),
		CloseCase: command<typeof CloseCase, Brings>({
			schema: CloseCase,
			by: ["handle", "settle", "safety", "manage"],
			evenWhen: ["joined"],
			guard: (kase) => (kase.closure ? refusal("CaseClosed", { closedAt: kase.closure.at }) : null),
			decide: closeCase,
		}),
		SettleOnTheSpot: command<typeof SettleOnTheSpot, Brings>({
			schema: SettleOnTheSpot,
			by: ["settle", "handle"],
			guard: (kase) =>
				firstOf(
					!kase.triage && refusal("NotTriaged"),
					(kase.route && !kase.route.onTheSpot) || isRestricted(kase) ? refusal("OnTheSpotNotAllowed") : null,
					(agreed(kase) || kase.finalPosition) && refusal("AlreadyDone"),
					someItemsOpen(kase),
				),
			decide: settleOnTheSpot,
		}),
		ReopenCase: command<typeof ReopenCase, ClosureEvent>({
			schema: ReopenCase,
			by: ["handle", "intake", "triage", "review", "liaise", "complain"],
			evenWhen: ["closed"],
			guard: (kase) => (kase.closure ? null : refusal("CaseNotClosed")),
			decide: ({ because, why }, kase) => {
				const outcome = kase.closure?.outcome ?? "";
				const inbound = kase.proceedings.some(
					(one) => one.direction === "inbound" && !one.result && !one.sentBack,
				);
				if (because === "contact" && outcome !== "unreachable")
					return refuse("OutcomeNotAllowed", { outcome });
				if (because === "proceeding" && !inbound) return refuse("UnknownProceeding");
				return accept({ type: "CaseReopened", data: { because, why } });
			},
		}),
	},
	fold: {
		Confirmed: (kase, data, { at, by }) => ({ ...kase, confirmation: { ...data, at, by } }),
		ConfirmationAttempted: (kase, { through }, { at, by }) => ({
			...kase,
			confirmationAttempts: [...kase.confirmationAttempts, { at, by, through }],
		}),
		CaseClosed: (kase, { followUpPlan, ...data }, { at, by }) => ({
			...kase,
			offers: superseded(kase, at),
			closure: { ...data, at, by },
			followUpPlan,
			skipped: skippedAt(kase, data.outcome, followUpPlan, { at, by }),
		}),
		SettledOnTheSpot: (kase, { lines, total, words, items }, { at, by }) => ({
			...kase,
			offers: [
				...superseded(kase, at),
				{
					id: `o${kase.offers.length + 1}`,
					round: remedyRound(kase),
					from: "company",
					party: kase.parties.find((one) => one.side === "complainant")?.id ?? null,
					lines,
					total,
					grounds: words,
					until: at,
					answers: null,
					accepted: { at, by, signed: null, through: "spoken" },
					declined: null,
					expired: null,
					superseded: null,
					at,
					by,
				},
			],
			items: [...kase.items, ...items.map((one) => ({ ...one, done: { at, by, receipt: null, words } }))],
			confirmation: { at, by, through: "spoken", satisfied: true, words: null },
			firstContact: kase.firstContact ?? { at, by, contact: "", as: "desk" },
		}),
		CaseReopened: (kase, { because, why }, { at, by }) => ({
			...kase,
			closure: null,
			confirmation: null,
			confirmationAttempts: [],
			finalPosition: null,
			followUpPlan: [],
			skipped: withoutFollowUp(kase.skipped),
			reopenings: [...kase.reopenings, { at, by, because, why }],
		}),
	},
	moments: {
		CaseClosed: ["closed"],
		SettledOnTheSpot: ["first-contact", "answered", "remedy-agreed", "execution-ended"],
		CaseReopened: ["reopened"],
	},
	react: reactToClosure,
	standing: (kase) => {
		if (kase.closure) return "done";
		return agreed(kase) || kase.finalPosition ? "open" : "waiting";
	},
	obligations: closureDue,
};

/** There must be something to confirm, and all of it done. Whoever was not content may be so later. */
function mayConfirm(kase: Case): Refusal | null {
	return firstOf(
		kase.confirmation?.satisfied && refusal("AlreadyDone"),
		!agreed(kase) && !kase.finalPosition && refusal("NotAgreed"),
		someItemsOpen(kase),
	);
}

type Skipped = Case["skipped"];

function withoutFollowUp({ "follow-up": _, ...rest }: Skipped): Skipped {
	return rest;
}

/** Nobody is asked again where nothing was settled. */
function skippedAt(kase: Case, outcome: Outcome, plan: Case["followUpPlan"], act: Act): Skipped {
	const rest = withoutFollowUp(kase.skipped);
	return plan.length > 0 ? rest : { ...rest, "follow-up": { ...act, why: `outcome:${outcome}` } };
}

function closureDue(kase: Case, pack: LoadedPack): Obligation[] {
	if (kase.closure) return [];
	const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
	const due = kase.clocks.find((one) => one.name === "resolve" && !one.stopped)?.due ?? null;
	const step = { step: "closure", who, due, blocks: ["follow-up" as const] } as const;
	const close: Obligation = { ...step, blocks: [...step.blocks], what: "close", command: "CloseCase" };
	const withdrawn = standing(kase).length === 0 && !goesOn(kase);
	if (joinedInto(kase) || (withdrawn && openItems(kase).length === 0)) return [close];
	if (!(agreed(kase) || kase.finalPosition) || openItems(kase).length > 0) return [];
	if (confirmed(kase, pack) === null || (kase.finalPosition && kase.confirmation)) return [close];
	const discontent = kase.confirmation?.satisfied === false;
	// then the company's last word is due, which the remedy step asks for
	return discontent ? [] : [{ ...close, what: "confirm", command: "Confirm" }];
}

function closeCase(fields: z.output<typeof CloseCase>, kase: Case, context: Context): Decision<Brings> {
	const no = mayClose(fields.outcome, fields, kase, context);
	if (no) return { ok: false, refusal: no };
	const { outcome, reason, referTo } = fields;
	const asked = outcome === "settled" || outcome === "deadlock";
	const followUpPlan = asked ? planFollowUps(kase, context) : [];
	if ("reason" in followUpPlan) return { ok: false, refusal: followUpPlan };
	return accept<Brings>(...endTalk(kase, "agreed"), {
		type: "CaseClosed",
		data: { outcome, reason: reason ?? null, referTo, onTheSpot: false, round: kase.round, followUpPlan },
	});
}

function settleOnTheSpot(
	fields: z.output<typeof SettleOnTheSpot>,
	kase: Case,
	context: Context,
): Decision<Brings> {
	const { pack, now } = context;
	const stated = statedFacts(fields.facts, kase, pack);
	if ("reason" in stated) return { ok: false, refusal: stated };
	const given = fields.give
		? remedyLines(kase, pack, now, undefined, stated.facts)
		: { ok: true as const, lines: [] };
	if (!given.ok) return { ok: false, refusal: unanswered(given) ?? refusal("FactsMissing") };
	const money = given.lines.filter(isPaid);
	if (money.length > 0) return refuse("OnTheSpotNotAllowed", { items: money.map((one) => one.item) });
	const total = totalOf(given.lines, pack.data.head.currency);
	const over = ceilingFor(kase, total, context);
	if (over) return { ok: false, refusal: over };
	const items = itemsFrom(kase, given.lines, "on-the-spot");
	const settled: Brings = {
		type: "SettledOnTheSpot",
		data: { lines: given.lines, total, words: fields.words, items },
	};
	const followUpPlan = planFollowUps(kase, context);
	if ("reason" in followUpPlan) return { ok: false, refusal: followUpPlan };
	const closed: Brings = {
		type: "CaseClosed",
		data: { outcome: "settled", reason: null, referTo: [], onTheSpot: true, round: kase.round, followUpPlan },
	};
	return accept<Brings>(settled, ...endTalk(kase, "agreed"), closed);
}

function reactToClosure(event: ClosureEvent, kase: Case): Effect[] {
	const complainants = kase.parties.filter((one) => one.side === "complainant");
	switch (event.type) {
		case "CaseClosed":
			return complainants.map((one) => ({ do: "notify", to: { party: one.id }, notice: "case-closed" }));
		case "CaseReopened":
			return [
				...complainants.map(
					(one): Effect => ({ do: "notify", to: { party: one.id }, notice: "case-reopened" }),
				),
				...(kase.owner
					? [{ do: "notify", to: { person: kase.owner.person }, notice: "case-reopened" } as const]
					: []),
			];
		default:
			return [];
	}
}
