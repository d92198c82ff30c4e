import { z } from "zod";
import {
	type Case,
	type Computation,
	type Consultation,
	type FinalPosition,
	nextId,
	type Offer,
	standing,
} from "../case.ts";
import { accept, type Decision, firstOf, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import type { Instant } from "../time/instant.ts";
import { ceilingFor } from "./approval-limits.ts";
import type { Event } from "./event.ts";
import { itemsFrom } from "./execution-items.ts";
import { checkLines, chosenLines, Line, totalOf } from "./remedy-lines.ts";
import {
	acceptOffer,
	agreed,
	counterOffer,
	isOpen,
	makeOffer,
	mayOffer,
	mayOfferAsWorker,
	offerAsWorker,
	openOffer,
	roundsLeft,
	superseded,
} from "./remedy-offers.ts";
import { computeRemedy } from "./remedy-reckoning.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 处理方案: what the rules give with the arithmetic shown, offers and counter-offers, agreement or a final position. */

const Fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const Consult = z.strictObject({
	with: z.array(z.string()).min(1),
	impact: z.enum(["low", "medium", "high"]),
	view: Words,
});
export const ComputeRemedy = z.strictObject({
	allegation: z.string().optional(),
	facts: z.record(z.string(), Fact).default({}),
});
export const MakeOffer = z.strictObject({
	/** A computation whose lines are offered; or lines of one's own (then the difference is goodwill). */
	computation: z.string().optional(),
	lines: z.array(Line).max(20).default([]),
	grounds: Words,
	party: z.string().optional(),
	/** Asked for when the guard would let the grounds pass with a reason. */
	reason: Remark.optional(),
});
export const OfferAsWorker = z.strictObject({
	lines: z.array(Line).min(1).max(5),
	grounds: Words,
	/** Asked for when the guard would let the grounds pass with a reason. */
	reason: Remark.optional(),
});
export const CounterOffer = z.strictObject({
	offer: z.string(),
	lines: z.array(Line).max(20).default([]),
	words: Words,
});
export const AcceptOffer = z.strictObject({
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
	/** Asked for when the guard finds something in the reasons, which go to the complainant. */
	reason: Remark.optional(),
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
			guard: mayOfferAsWorker,
			decide: offerAsWorker,
		}),
		CounterOffer: command<typeof CounterOffer, RemedyEvent>({
			schema: CounterOffer,
			by: ["complain", "handle", "settle"],
			guard: (kase) => (openOffer(kase) ? null : refusal("NotOpen")),
			decide: counterOffer,
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
					// who agreed and is not content with what was done gets the company's last word after all
					agreed(kase) && kase.confirmation?.satisfied !== false && refusal("AlreadyDone"),
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
			offers: superseded(kase, at),
			finalPosition: { ...data, at, by },
			items: [...kase.items, ...items],
		}),
	},
	moments: {
		// what a worker offers of their own is not the company's answer
		OfferMade: ({ from }) => (from === "company" ? ["offer-made", "answered"] : ["offer-made"]),
		OfferAccepted: ["offer-answered", "remedy-agreed"],
		OfferDeclined: ["offer-answered"],
		OfferExpired: ["offer-answered"],
		CounterOffered: ["offer-answered"],
		FinalPositionTaken: ({ items }) => (items.length > 0 ? ["answered", "remedy-agreed"] : ["answered"]),
	},
	react: reactToRemedy,
	timers: (kase) =>
		kase.offers.filter(isOpen).map((one) => ({
			key: `offer:${one.id}`,
			at: one.until,
			command: { type: "ExpireOffer", offer: one.id },
		})),
	standing: (kase) => {
		if (!kase.triage) return "waiting";
		return agreed(kase) || kase.finalPosition ? "done" : "open";
	},
	obligations: remedyDue,
};

function remedyDue(kase: Case, pack: LoadedPack): Obligation[] {
	const discontent = kase.confirmation?.satisfied === false && !kase.finalPosition;
	const settled = !discontent && (agreed(kase) || kase.finalPosition);
	if (!kase.triage || kase.closure || settled || standing(kase).length === 0) return [];
	const open = openOffer(kase);
	if (open && open.from !== "complainant") {
		const party = kase.parties.find((one) => one.side === "complainant")?.id;
		const who = party ? { party } : { capability: "handle" as const };
		return [
			{
				step: "remedy",
				what: "answer-offer",
				who,
				due: open.until,
				command: "AcceptOffer",
				blocks: ["closure"],
				about: open.id,
			},
		];
	}
	const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
	const due = kase.clocks.find((one) => one.name === "plan" && !one.stopped)?.due ?? null;
	return [{ step: "remedy", who, due, blocks: ["closure"], ...nextRemedy(kase, pack, discontent) }];
}

function nextRemedy(kase: Case, pack: LoadedPack, discontent: boolean): Pick<Obligation, "what" | "command"> {
	if (discontent || roundsLeft(kase, pack) === 0)
		return { what: "final-position", command: "TakeFinalPosition" };
	if (kase.computations.length > 0) return { what: "offer", command: "MakeOffer" };
	return { what: "compute", command: "ComputeRemedy" };
}

function addOffer(
	kase: Case,
	data: Omit<Offer, "at" | "by" | "accepted" | "declined" | "expired" | "superseded">,
	at: Instant,
	by: string,
): Case {
	return {
		...kase,
		offers: [
			...superseded(kase, at),
			{ ...data, at, by, accepted: null, declined: null, expired: null, superseded: null },
		],
	};
}

function change(kase: Case, id: string, how: Partial<Offer>): Case {
	return { ...kase, offers: kase.offers.map((one) => (one.id === id ? { ...one, ...how } : one)) };
}

function takeFinalPosition(
	fields: z.output<typeof TakeFinalPosition>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack } = context;
	const lines = chosenLines(fields, kase, pack);
	if (!lines) return refuse("UnknownOffer", { computation: fields.computation ?? "" });
	const bodies = Object.keys(pack.data.proceedings.bodies);
	const stranger = fields.referTo.find((body) => !bodies.includes(body));
	const total = totalOf(lines, pack.data.head.currency);
	const no = firstOf(
		fields.nothingOwed === lines.length > 0 &&
			refusal("Malformed", { field: "nothingOwed", hint: "lines, or nothing owed" }),
		checkLines(fields.lines, kase, pack),
		stranger !== undefined && refusal("UnknownWord", { word: stranger, words: bodies }),
		ceilingFor(kase, total, context),
		guardOutgoing({ ...context, formal: true }, fields.reasons, fields.reason),
	);
	if (no) return { ok: false, refusal: no };
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
