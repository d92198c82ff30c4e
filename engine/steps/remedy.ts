import { z } from "zod";
import {
	type Case,
	type Computation,
	type Consultation,
	type FinalPosition,
	type Money,
	nextId,
	type Offer,
	type RemedyLine,
	standing,
} from "../case.ts";
import { factsOf } from "../case-facts.ts";
import { calendarOf } from "../clock-rules.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { ItemKind } from "../packs/schema.ts";
import { evaluateTable } from "../rules/evaluate.ts";
import { type FactValues, parseFacts } from "../rules/facts.ts";
import { due as dueOf } from "../time/calendar.ts";
import { dayOf, type Instant } from "../time/instant.ts";
import { ceilingFor } from "./approval.ts";
import type { Event } from "./event.ts";
import { itemsFrom } from "./execution.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 处理方案: what the rules give with the arithmetic shown, offers and counter-offers, agreement or a final position. */

const Line = z.strictObject({
	item: ItemKind,
	/** Minor units of the pack's currency; without it the item costs nothing. */
	amount: z.int().min(0).optional(),
	count: z.int().min(1).max(1000).default(1),
	bearer: z.string().default("company"),
	legal: z.enum(["owed", "goodwill"]).default("goodwill"),
	words: Remark.optional(),
	payee: z.string().optional(),
});
const Fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const Consult = z.strictObject({
	with: z.array(z.string()).min(1),
	impact: z.enum(["low", "medium", "high"]),
	view: Words,
});
const ComputeRemedy = z.strictObject({
	allegation: z.string().optional(),
	facts: z.record(z.string(), Fact).default({}),
});
const MakeOffer = z.strictObject({
	/** A computation whose lines are offered; or lines of one's own (then the difference is goodwill). */
	computation: z.string().optional(),
	lines: z.array(Line).max(20).default([]),
	grounds: Words,
	party: z.string().optional(),
});
const OfferAsWorker = z.strictObject({ lines: z.array(Line).min(1).max(5), grounds: Words });
const CounterOffer = z.strictObject({
	offer: z.string(),
	lines: z.array(Line).max(20).default([]),
	words: Words,
});
const AcceptOffer = z.strictObject({
	offer: z.string(),
	through: z.enum(["written", "spoken", "page"]),
	signed: z.string().optional(),
});
const DeclineOffer = z.strictObject({ offer: z.string(), why: Remark.optional() });
const ExpireOffer = z.strictObject({ offer: z.string() });
const TakeFinalPosition = z.strictObject({
	computation: z.string().optional(),
	lines: z.array(Line).max(20).default([]),
	reasons: Words,
	/** Bodies that the complainant may turn to. */
	referTo: z.array(z.string()).default([]),
	nothingOwed: z.boolean().default(false),
});

export type RemedyEvent =
	| Event<"Consulted", Omit<Consultation, "at" | "by">>
	| Event<"RemedyComputed", Omit<Computation, "at" | "by">>
	| Event<"OfferMade", Omit<Offer, "at" | "by" | "accepted" | "declined" | "expired" | "superseded">>
	| Event<"CounterOffered", Omit<Offer, "at" | "by" | "accepted" | "declined" | "expired" | "superseded">>
	| Event<
			"OfferAccepted",
			{
				about: string;
				through: "written" | "spoken" | "page";
				signed: string | null;
				items: ReturnType<typeof itemsFrom>;
			}
	  >
	| Event<"OfferDeclined", { about: string; why: Kept | null }>
	| Event<"OfferExpired", { about: string }>
	| Event<"FinalPositionTaken", Omit<FinalPosition, "at" | "by"> & { items: ReturnType<typeof itemsFrom> }>;

export const remedy: Step<RemedyEvent> = {
	name: "remedy",
	commands: {
		Consult: command<typeof Consult, RemedyEvent>({
			schema: Consult,
			by: ["handle", "triage", "manage", "safety", "legal"],
			decide: (fields, kase) =>
				accept({ type: "Consulted", data: { id: nextId("n", kase.consultations), ...fields } }),
		}),
		ComputeRemedy: command<typeof ComputeRemedy, RemedyEvent>({
			schema: ComputeRemedy,
			by: ["handle", "settle", "review", "safety", "system"],
			guard: (kase) => (kase.triage ? null : refusal("NotTriaged")),
			decide: computeRemedy,
		}),
		MakeOffer: command<typeof MakeOffer, RemedyEvent>({
			schema: MakeOffer,
			by: ["handle", "settle", "safety", "system"],
			guard: (kase, { pack }) => mayOffer(kase, pack),
			decide: makeOffer,
		}),
		OfferAsWorker: command<typeof OfferAsWorker, RemedyEvent>({
			schema: OfferAsWorker,
			by: ["respond"],
			guard: (kase, { pack }) =>
				firstOf(
					mayOffer(kase, pack),
					kase.directTalk && !kase.directTalk.closed ? null : refusal("DirectTalkBarred"),
				),
			decide: offerAsWorker,
		}),
		CounterOffer: command<typeof CounterOffer, RemedyEvent>({
			schema: CounterOffer,
			by: ["complain", "handle", "settle"],
			guard: (kase) => (openOffer(kase) ? null : refusal("NotOpen")),
			decide: (fields, kase, context) => {
				const offer = openOffer(kase, fields.offer);
				if (!offer) return refuse("UnknownOffer", { offer: fields.offer });
				const lines = linesFrom(fields.lines, context.pack);
				const party = kase.parties.find((one) => one.side === "complainant")?.id ?? null;
				return accept({
					type: "CounterOffered",
					data: offerData(kase, context, lines, fields.words, {
						from: "complainant",
						party,
						answers: offer.id,
					}),
				});
			},
		}),
		AcceptOffer: command<typeof AcceptOffer, RemedyEvent>({
			schema: AcceptOffer,
			by: ["complain", "handle", "settle"],
			guard: (kase) => (openOffer(kase) ? null : refusal("NotOpen")),
			decide: acceptOffer,
		}),
		DeclineOffer: command<typeof DeclineOffer, RemedyEvent>({
			schema: DeclineOffer,
			by: ["complain", "handle", "settle"],
			guard: (kase) => (openOffer(kase) ? null : refusal("NotOpen")),
			decide: ({ offer: id, why }, kase) =>
				openOffer(kase, id)
					? accept({ type: "OfferDeclined", data: { about: id, why: why ?? null } })
					: refuse("UnknownOffer", { offer: id }),
		}),
		ExpireOffer: command<typeof ExpireOffer, RemedyEvent>({
			schema: ExpireOffer,
			by: ["system"],
			decide: ({ offer: id }, kase, { now }) => {
				const offer = openOffer(kase, id);
				if (!offer) return refuse("UnknownOffer", { offer: id });
				return now < offer.until
					? refuse("TooEarly", { due: offer.until })
					: accept({ type: "OfferExpired", data: { about: id } });
			},
		}),
		TakeFinalPosition: command<typeof TakeFinalPosition, RemedyEvent>({
			schema: TakeFinalPosition,
			by: ["handle", "safety", "manage"],
			guard: (kase) =>
				firstOf(
					!kase.triage && refusal("NotTriaged"),
					kase.finalPosition && refusal("AlreadyDone"),
					agreed(kase) && refusal("AlreadyDone"),
				),
			decide: takeFinalPosition,
		}),
	},
	fold: {
		Consulted: (kase, data, { at, by }) => ({
			...kase,
			consultations: [...kase.consultations, { ...data, at, by }],
		}),
		RemedyComputed: (kase, data, { at, by }) => ({
			...kase,
			computations: [...kase.computations, { ...data, at, by }],
		}),
		OfferMade: (kase, data, { at, by }) => addOffer(kase, data, at, by),
		CounterOffered: (kase, data, { at, by }) => addOffer(kase, data, at, by),
		OfferAccepted: (kase, { about, through, signed, items }, { at, by }) => ({
			...change(kase, about, { accepted: { at, by, through, signed } }),
			items: [...kase.items, ...items],
		}),
		OfferDeclined: (kase, { about, why }, { at, by }) => change(kase, about, { declined: { at, by, why } }),
		OfferExpired: (kase, { about }, { at }) => change(kase, about, { expired: at }),
		FinalPositionTaken: (kase, { items, ...data }, { at, by }) => ({
			...kase,
			offers: kase.offers.map((one) => (isOpen(one) ? { ...one, superseded: at } : one)),
			finalPosition: { ...data, at, by },
			items: [...kase.items, ...items],
		}),
	},
	moments: {
		OfferMade: ["offer-made", "answered"],
		OfferAccepted: ["offer-answered", "remedy-agreed"],
		OfferDeclined: ["offer-answered"],
		OfferExpired: ["offer-answered"],
		CounterOffered: ["offer-answered"],
		FinalPositionTaken: ({ items }) => (items.length > 0 ? ["answered", "remedy-agreed"] : ["answered"]),
	},
	react: reactToRemedy,
	timers: (kase) =>
		kase.offers
			.filter(isOpen)
			.map((one) => ({
				key: `offer:${one.id}`,
				at: one.until,
				command: { type: "ExpireOffer", offer: one.id },
			})),
	standing: (kase) => {
		if (!kase.triage) return "waiting";
		return agreed(kase) || kase.finalPosition ? "done" : "open";
	},
	obligations: (kase): Obligation[] => {
		if (!kase.triage || kase.closure || agreed(kase) || kase.finalPosition) return [];
		const open = openOffer(kase);
		const due =
			kase.clocks.find((one) => one.kind === "promise" && one.name === "plan" && !one.stopped)?.due ?? null;
		if (open?.from === "company" || open?.from === "respondent") {
			const party = open.party ?? kase.parties.find((one) => one.side === "complainant")?.id;
			return party
				? [
						{
							step: "remedy",
							what: "answer-offer",
							who: { party },
							due: open.until,
							command: "AcceptOffer",
							blocks: ["closure"],
							about: open.id,
						},
					]
				: [];
		}
		const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
		return [
			{
				step: "remedy",
				what: kase.computations.length > 0 ? "offer" : "compute",
				who,
				due,
				command: kase.computations.length > 0 ? "MakeOffer" : "ComputeRemedy",
				blocks: ["closure"],
			},
		];
	},
};

function isOpen(one: Offer): boolean {
	return !one.accepted && !one.declined && !one.expired && !one.superseded;
}

export function openOffer(kase: Case, id?: string): Offer | null {
	return kase.offers.findLast((one) => isOpen(one) && (!id || one.id === id)) ?? null;
}

/** Offers begin anew with each reopening and each round of an appeal. */
export function remedyRound(kase: Case): number {
	return kase.round + kase.reopenings.length;
}

/** The offer agreed upon in this round. */
export function agreed(kase: Case): Offer | null {
	return kase.offers.find((one) => one.accepted && one.round === remedyRound(kase)) ?? null;
}

function addOffer(
	kase: Case,
	data: Omit<Offer, "at" | "by" | "accepted" | "declined" | "expired" | "superseded">,
	at: Instant,
	by: string,
): Case {
	const earlier = kase.offers.map((one) => (isOpen(one) ? { ...one, superseded: at } : one));
	return {
		...kase,
		offers: [
			...earlier,
			{ ...data, at, by, accepted: null, declined: null, expired: null, superseded: null },
		],
	};
}

function change(kase: Case, id: string, how: Partial<Offer>): Case {
	return { ...kase, offers: kase.offers.map((one) => (one.id === id ? { ...one, ...how } : one)) };
}

export function totalOf(lines: readonly RemedyLine[], currency: string): Money {
	return { amount: lines.reduce((sum, one) => sum + (one.amount?.amount ?? 0), 0), currency };
}

/** What the pack's tables give, line by line, with the arithmetic; or the facts that must be known first. */
export function remedyLines(
	kase: Case,
	pack: LoadedPack,
	now: Instant,
	about: string | undefined,
	stated: FactValues,
) {
	const currency = pack.data.head.currency;
	const facts = factsOf(kase, pack, about, stated);
	const answer = evaluateTable(pack.tables.remedies, facts, dayOf(now, pack.data.head.zone));
	if (!answer.ok) return answer;
	const lines = answer.hits.map((hit): RemedyLine => {
		const amount = Number(hit.values.amount ?? 0);
		return {
			item: ItemKind.parse(hit.values.item),
			amount: amount > 0 ? { amount, currency } : null,
			count: Number(hit.values.count ?? 1),
			bearer: String(hit.values.bearer ?? "company"),
			legal: hit.legal ?? "goodwill",
			explanation: hit.explanation,
			words: null,
			payee: null,
		};
	});
	return {
		ok: true as const,
		lines: lines.filter((one) => one.amount !== null || !MONEY_ITEMS.has(one.item)),
		facts,
	};
}

/** Items that are nothing without an amount. */
const MONEY_ITEMS = new Set<string>(["compensation", "refund", "fee-reduction", "voucher"]);

function computeRemedy(
	fields: z.output<typeof ComputeRemedy>,
	kase: Case,
	{ pack, now }: Context,
): Decision<RemedyEvent> {
	if (fields.allegation && !standing(kase).some((one) => one.id === fields.allegation))
		return refuse("UnknownAllegation", { allegation: fields.allegation });
	const stated = parseFacts(pack.sheet, fields.facts);
	if (!stated.ok)
		return refuse("Malformed", {
			field: "facts",
			hint: stated.problems.map((one) => `${one.fact}: ${one.problem}`).join("; "),
		});
	const given = remedyLines(kase, pack, now, fields.allegation, stated.facts);
	if (!given.ok) {
		if ("problem" in given)
			return refuse("RuleProblem", { table: given.problem.table, problem: given.problem.detail });
		return refuse("FactsMissing", { facts: given.needs.map((one) => one.fact), row: given.row });
	}
	const total = totalOf(given.lines, pack.data.head.currency);
	const facts = given.facts as Computation["facts"];
	return accept({
		type: "RemedyComputed",
		data: { id: nextId("r", kase.computations), lines: given.lines, total, facts, needs: [] },
	});
}

function mayOffer(kase: Case, pack: LoadedPack): Refusal | null {
	const rounds = kase.offers.filter(
		(one) => one.from !== "complainant" && one.round === remedyRound(kase),
	).length;
	return firstOf(
		!kase.triage && refusal("NotTriaged"),
		agreed(kase) && refusal("AlreadyDone"),
		kase.finalPosition && refusal("AlreadyDone"),
		rounds >= pack.data.remedies.rounds && refusal("RoundsExhausted", { rounds: pack.data.remedies.rounds }),
	);
}

function linesFrom(given: z.output<typeof Line>[], pack: LoadedPack): RemedyLine[] {
	const currency = pack.data.head.currency;
	return given.map((one) => ({
		item: one.item,
		amount: one.amount ? { amount: one.amount, currency } : null,
		count: one.count,
		bearer: one.bearer,
		legal: one.legal,
		explanation: null,
		words: one.words ?? null,
		payee: one.payee ?? null,
	}));
}

/** The lines of a computation, then the lines of one's own. */
function chosenLines(
	fields: { computation?: string; lines: z.output<typeof Line>[] },
	kase: Case,
	pack: LoadedPack,
): RemedyLine[] | null {
	const computed = fields.computation ? kase.computations.find((one) => one.id === fields.computation) : null;
	if (fields.computation && !computed) return null;
	return [...(computed?.lines ?? []), ...linesFrom(fields.lines, pack)];
}

function offerData(
	kase: Case,
	{ pack, now, days }: Context,
	lines: RemedyLine[],
	grounds: Kept,
	who: Pick<Offer, "from" | "party" | "answers">,
) {
	const calendar = calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? "");
	const until = dueOf(now, pack.data.remedies.offerStands, calendar, days).due;
	return {
		id: nextId("o", kase.offers),
		round: remedyRound(kase),
		lines,
		total: totalOf(lines, pack.data.head.currency),
		grounds,
		until,
		...who,
	};
}

function makeOffer(fields: z.output<typeof MakeOffer>, kase: Case, context: Context): Decision<RemedyEvent> {
	const lines = chosenLines(fields, kase, context.pack);
	if (!lines) return refuse("UnknownOffer", { computation: fields.computation ?? "" });
	if (lines.length === 0) return refuse("Malformed", { field: "lines", hint: "at least one line" });
	const over = ceilingFor(kase, totalOf(lines, context.pack.data.head.currency), context);
	if (over) return { ok: false, refusal: over };
	const answers = openOffer(kase)?.from === "complainant" ? (openOffer(kase)?.id ?? null) : null;
	const party = fields.party ?? kase.parties.find((one) => one.side === "complainant")?.id ?? null;
	return accept({
		type: "OfferMade",
		data: offerData(kase, context, lines, fields.grounds, { from: "company", party, answers }),
	});
}

/** A worker offers from their own within the pack's limits, with or without a finding. */
function offerAsWorker(
	fields: z.output<typeof OfferAsWorker>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack, now, actor } = context;
	const own = kase.parties.find((one) => one.person === actor.id);
	if (!own) return refuse("NotYourPart");
	const limits = evaluateTable(pack.tables.worker, factsOf(kase, pack), dayOf(now, pack.data.head.zone));
	if (!limits.ok)
		return refuse("FactsMissing", { facts: "needs" in limits ? limits.needs.map((one) => one.fact) : [] });
	for (const line of fields.lines) {
		const limit = limits.hits.find((hit) => hit.values.item === line.item);
		if (!limit) return refuse("LimitExceeded", { item: line.item, ceiling: 0 });
		if ((line.amount ?? 0) > Number(limit.values.ceiling))
			return refuse("LimitExceeded", { item: line.item, ceiling: Number(limit.values.ceiling) });
	}
	const lines = linesFrom(
		fields.lines.map((one) => ({ ...one, bearer: own.seat, legal: "goodwill" as const })),
		pack,
	);
	return accept({
		type: "OfferMade",
		data: offerData(kase, context, lines, fields.grounds, {
			from: "respondent",
			party: own.id,
			answers: null,
		}),
	});
}

function acceptOffer(
	fields: z.output<typeof AcceptOffer>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack, actor } = context;
	const offer = openOffer(kase, fields.offer);
	if (!offer) return refuse("UnknownOffer", { offer: fields.offer });
	const counter = offer.from === "complainant";
	// a complainant's own demand is accepted by the company, an offer by the complainant (or for them, by phone)
	if (counter && actor.kind === "complainant") return refuse("OwnProposal");
	const over = counter ? ceilingFor(kase, offer.total, context) : null;
	if (over) return { ok: false, refusal: over };
	const { amount } = pack.data.remedies.signAbove;
	if (
		offer.total.amount > amount &&
		!(fields.signed && kase.evidence.some((one) => one.id === fields.signed))
	)
		return refuse("SignatureMissing", { above: amount });
	const items = itemsFrom(kase, offer.lines, offer.id);
	return accept({
		type: "OfferAccepted",
		data: { about: offer.id, through: fields.through, signed: fields.signed ?? null, items },
	});
}

function takeFinalPosition(
	fields: z.output<typeof TakeFinalPosition>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const lines = chosenLines(fields, kase, context.pack);
	if (!lines) return refuse("UnknownOffer", { computation: fields.computation ?? "" });
	if (fields.nothingOwed === lines.length > 0)
		return refuse("Malformed", { field: "nothingOwed", hint: "lines, or nothing owed" });
	const stranger = fields.referTo.find((body) => !context.pack.data.proceedings.bodies[body]);
	if (stranger)
		return refuse("UnknownWord", {
			word: stranger,
			words: Object.keys(context.pack.data.proceedings.bodies),
		});
	const total = totalOf(lines, context.pack.data.head.currency);
	const over = ceilingFor(kase, total, context);
	if (over) return { ok: false, refusal: over };
	const { reasons, referTo, nothingOwed } = fields;
	const items = itemsFrom(kase, lines, "final");
	return accept({
		type: "FinalPositionTaken",
		data: { lines, total, reasons, referTo, nothingOwed, unaccepted: true, items },
	});
}

function reactToRemedy(event: RemedyEvent, kase: Case): Effect[] {
	const complainants = kase.parties.filter((one) => one.side === "complainant");
	const tell = (
		notice: "offer-made" | "offer-expired" | "agreement-text" | "final-position",
		amount?: number,
	): Effect[] =>
		complainants.map((one) => ({
			do: "notify",
			to: { party: one.id },
			notice,
			...(amount === undefined ? {} : { values: { amount } }),
		}));
	switch (event.type) {
		case "OfferMade":
			return tell("offer-made", event.data.total.amount);
		case "OfferExpired":
			return tell("offer-expired");
		case "OfferAccepted": {
			// what was agreed goes as a text into the conversation and is kept as proof
			const offer = kase.offers.find((one) => one.id === event.data.about);
			const worker =
				offer?.from === "respondent" && offer.party
					? [{ do: "notify", to: { party: offer.party }, notice: "agreement-text" } as const]
					: [];
			return [...tell("agreement-text", offer?.total.amount), ...worker];
		}
		case "FinalPositionTaken":
			return tell("final-position", event.data.total.amount);
		default:
			return [];
	}
}
