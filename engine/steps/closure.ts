import { z } from "zod";
import {
	type Case,
	type Closure,
	isRestricted,
	OUTCOMES,
	type Outcome,
	type RemedyLine,
	standing,
} from "../case.ts";
import { factsOf } from "../case-facts.ts";
import { calendarOf } from "../clock-rules.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { evaluateTable } from "../rules/evaluate.ts";
import { type DayTable, type Duration, due as dueOf } from "../time/calendar.ts";
import { dayOf, type Instant, minutesBetween } from "../time/instant.ts";
import { ceilingFor } from "./approval.ts";
import type { Event } from "./event.ts";
import { isPaid, itemsFrom, openItems } from "./execution.ts";
import { agreed, remedyLines, remedyRound, totalOf } from "./remedy.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 结案: the customer track ends with an outcome of the closed list; or in one call, where the pack allows it. */

const Confirm = z.strictObject({
	through: z.enum(["written", "spoken", "page"]),
	satisfied: z.boolean(),
	words: Remark.optional(),
});
const RecordConfirmationAttempt = z.strictObject({ through: z.enum(["call", "message"]) });
const CloseCase = z.strictObject({
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
	| Event<"SettledOnTheSpot", { lines: RemedyLine[]; words: Kept; items: ReturnType<typeof itemsFrom> }>
	| Event<"CaseReopened", { because: Reopened; why: Kept | null }>;

export const closure: Step<ClosureEvent> = {
	name: "closure",
	commands: {
		Confirm: command<typeof Confirm, ClosureEvent>({
			schema: Confirm,
			by: ["complain", "handle", "settle"],
			guard: (kase) =>
				firstOf(
					kase.confirmation && refusal("AlreadyDone"),
					!agreed(kase) && !kase.finalPosition && refusal("NotAgreed"),
					openItems(kase).length > 0 && refusal("ItemsOpen", { items: openItems(kase).map((one) => one.id) }),
				),
			decide: ({ through, satisfied, words }) =>
				accept({ type: "Confirmed", data: { through, satisfied, words: words ?? null } }),
		}),
		RecordConfirmationAttempt: command<typeof RecordConfirmationAttempt, ClosureEvent>({
			schema: RecordConfirmationAttempt,
			by: ["handle", "settle"],
			guard: (kase) => kase.confirmation && refusal("AlreadyDone"),
			decide: (data) => accept({ type: "ConfirmationAttempted", data }),
		}),
		CloseCase: command<typeof CloseCase, ClosureEvent>({
			schema: CloseCase,
			by: ["handle", "settle", "safety", "manage"],
			evenWhen: ["joined"],
			guard: (kase) => (kase.closure ? refusal("CaseClosed", { closedAt: kase.closure.at }) : null),
			decide: closeCase,
		}),
		SettleOnTheSpot: command<typeof SettleOnTheSpot, ClosureEvent>({
			schema: SettleOnTheSpot,
			by: ["settle", "handle"],
			guard: (kase) =>
				firstOf(
					!kase.triage && refusal("NotTriaged"),
					(kase.route && !kase.route.onTheSpot) || isRestricted(kase) ? refusal("OnTheSpotNotAllowed") : null,
					agreed(kase) && refusal("AlreadyDone"),
				),
			decide: settleOnTheSpot,
		}),
		ReopenCase: command<typeof ReopenCase, ClosureEvent>({
			schema: ReopenCase,
			by: ["handle", "intake", "triage", "review", "liaise", "complain"],
			evenWhen: ["closed"],
			guard: (kase) => (kase.closure ? null : refusal("CaseNotClosed")),
			decide: ({ because, why }) => accept({ type: "CaseReopened", data: { because, why } }),
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
			closure: { ...data, at, by },
			followUpPlan,
		}),
		SettledOnTheSpot: (kase, { lines, words, items }, { at, by }) => ({
			...kase,
			offers: [
				...kase.offers,
				{
					id: `o${kase.offers.length + 1}`,
					round: remedyRound(kase),
					from: "company",
					party: kase.parties.find((one) => one.side === "complainant")?.id ?? null,
					lines,
					total: totalOf(lines, lines.find((one) => one.amount)?.amount?.currency ?? "CNY"),
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
	obligations: (kase): Obligation[] => {
		if (kase.closure || !(agreed(kase) || kase.finalPosition) || openItems(kase).length > 0) return [];
		const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
		const due = kase.clocks.find((one) => one.name === "resolve" && !one.stopped)?.due ?? null;
		const what = kase.confirmation ? "close" : "confirm";
		return [
			{
				step: "closure",
				what,
				who,
				due,
				command: kase.confirmation ? "CloseCase" : "Confirm",
				blocks: ["follow-up"],
			},
		];
	},
};

function closeCase(fields: z.output<typeof CloseCase>, kase: Case, context: Context): Decision<ClosureEvent> {
	const no = mayClose(fields.outcome, fields, kase, context);
	if (no) return { ok: false, refusal: no };
	const { outcome, reason, referTo } = fields;
	const followUpPlan = outcome === "settled" || outcome === "deadlock" ? planFollowUps(kase, context) : [];
	return accept({
		type: "CaseClosed",
		data: { outcome, reason: reason ?? null, referTo, onTheSpot: false, round: kase.round, followUpPlan },
	});
}

/** What each outcome must meet, one line per condition. */
function mayClose(
	outcome: Outcome,
	fields: z.output<typeof CloseCase>,
	kase: Case,
	{ pack }: Context,
): Refusal | null {
	const open = openItems(kase);
	const reasoned = fields.reason ? null : refusal("ReasonMissing", { field: "reason" });
	switch (outcome) {
		case "settled":
			return firstOf(
				!agreed(kase) && refusal("NotAgreed"),
				open.length > 0 && refusal("ItemsOpen", { items: open.map((one) => one.id) }),
				confirmed(kase, pack),
			);
		case "deadlock":
			return firstOf(
				!kase.finalPosition && refusal("NotAgreed", { hint: "a final position with reasons" }),
				open.length > 0 && refusal("ItemsOpen", { items: open.map((one) => one.id) }),
				confirmed(kase, pack),
				fields.referTo.length === 0 && refusal("ReasonMissing", { field: "referTo" }),
			);
		case "not-accepted":
			return firstOf(
				reasoned,
				fields.referTo.length === 0 && refusal("ReasonMissing", { field: "referTo" }),
				open.length > 0 && refusal("ItemsOpen"),
			);
		case "not-a-complaint":
			return firstOf(
				kase.intake?.kind === "complaint" && refusal("OutcomeNotAllowed", { outcome, kind: "complaint" }),
				reasoned,
			);
		case "duplicate":
			return kase.relations.some((one) => one.kind === "duplicate" && !one.parted)
				? null
				: refusal("NotJoined");
		case "withdrawn":
			return firstOf(
				standing(kase).length > 0 &&
					refusal("OutcomeNotAllowed", { outcome, open: standing(kase).map((one) => one.id) }),
				goesOn(kase) &&
					refusal("OutcomeNotAllowed", { outcome, hint: "safety, fraud and regulator matters go on" }),
				open.length > 0 && refusal("ItemsOpen"),
			);
		case "unreachable":
			return unreachable(kase, pack) ? null : refusal("TooEarly", { ...pack.data.contact.unreachable });
		case "transferred":
			return firstOf(reasoned, fields.referTo.length === 0 && refusal("ReasonMissing", { field: "referTo" }));
	}
}

function goesOn(kase: Case): boolean {
	const forged = kase.evidence.some((one) => one.judged?.as === "forged");
	return (
		isRestricted(kase) || forged || kase.proceedings.some((one) => one.direction === "inbound" && !one.result)
	);
}

/** Confirmed in writing or by word of mouth; or as many attempts as the pack asks for, and a final letter. */
function confirmed(kase: Case, pack: LoadedPack): Refusal | null {
	if (kase.confirmation || kase.route?.confirm === false) return null;
	return kase.confirmationAttempts.length >= pack.data.contact.unreachable.attempts
		? null
		: refusal("NotConfirmed", { attempts: kase.confirmationAttempts.length });
}

/** Enough unanswered attempts, far enough apart, and never reached. */
function unreachable(kase: Case, pack: LoadedPack): boolean {
	const { attempts, hoursApart } = pack.data.contact.unreachable;
	const complainants = new Set(kase.parties.filter((one) => one.side === "complainant").map((one) => one.id));
	if (complainants.size === 0) return true;
	const tries = kase.contacts.filter((one) => complainants.has(one.party));
	if (tries.some((one) => one.outcome === "reached")) return false;
	const times = tries.map((one) => one.at).sort();
	const apart: Instant[] = [];
	for (const at of times) {
		const last = apart.at(-1);
		if (!last || minutesBetween(last, at) >= hoursApart * 60) apart.push(at);
	}
	return apart.length >= attempts;
}

/** When the complainant will be asked again, by the pack's schedule. */
export function planFollowUps(
	kase: Case,
	{ pack, now, days }: { pack: LoadedPack; now: Instant; days: DayTable },
): Case["followUpPlan"] {
	const answer = evaluateTable(pack.tables.followUps, factsOf(kase, pack), dayOf(now, pack.data.head.zone));
	if (!answer.ok) return [];
	const ended =
		kase.items
			.flatMap((one) => (one.done ? [one.done.at] : []))
			.sort()
			.at(-1) ?? now;
	const calendar = calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? "");
	return answer.hits.map(({ values }) => {
		const after = { amount: Number(values.afterAmount), unit: String(values.afterUnit) as Duration["unit"] };
		return { attempt: String(values.attempt), due: dueOf(ended, after, calendar, days).due };
	});
}

function settleOnTheSpot(
	fields: z.output<typeof SettleOnTheSpot>,
	kase: Case,
	context: Context,
): Decision<ClosureEvent> {
	const given = fields.give
		? remedyLines(kase, context.pack, context.now, undefined, fields.facts)
		: { ok: true as const, lines: [] };
	if (!given.ok)
		return refuse("FactsMissing", { facts: "needs" in given ? given.needs.map((one) => one.fact) : [] });
	const money = given.lines.filter(isPaid);
	if (money.length > 0) return refuse("OnTheSpotNotAllowed", { items: money.map((one) => one.item) });
	const over = ceilingFor(kase, totalOf(given.lines, context.pack.data.head.currency), context);
	if (over) return { ok: false, refusal: over };
	const items = itemsFrom(kase, given.lines, "on-the-spot");
	const settled: ClosureEvent = {
		type: "SettledOnTheSpot",
		data: { lines: given.lines, words: fields.words, items },
	};
	const followUpPlan = planFollowUps(kase, context);
	const closed: ClosureEvent = {
		type: "CaseClosed",
		data: { outcome: "settled", reason: null, referTo: [], onTheSpot: true, round: kase.round, followUpPlan },
	};
	return accept<ClosureEvent>(settled, closed);
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
