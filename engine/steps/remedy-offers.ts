import type { z } from "zod";
import { type Case, nextId, type Offer, partiesOn, partyOf, type RemedyLine, remedyRound } from "../case.ts";
import { factsOf, ruleDay, unanswered } from "../case-facts.ts";
import { dueAfter } from "../clock-rules.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import type { Kept } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { evaluateTable } from "../rules/evaluate.ts";
import { ceilingFor } from "./approval-limits.ts";
import { directTalkBarred, isTalking } from "./contact-limits.ts";
import { itemsFrom } from "./execution-items.ts";
import type { AcceptOffer, CounterOffer, MakeOffer, OfferAsWorker, RemedyEvent } from "./remedy.ts";
import { checkLines, chosenLines, type Line, linesFrom, totalOf } from "./remedy-lines.ts";
import type { Context } from "./step.ts";

/** Offers and counter-offers: who may make one, who answers it, and what it leads to. */

export function isOpen(one: Offer): boolean {
	return !one.accepted && !one.declined && !one.expired && !one.superseded;
}

export function openOffer(kase: Case, id?: string): Offer | null {
	return kase.offers.findLast((one) => isOpen(one) && (!id || one.id === id)) ?? null;
}

/** The offer agreed upon in this round. */
export function agreed(kase: Case): Offer | null {
	return kase.offers.find((one) => one.accepted && one.round === remedyRound(kase)) ?? null;
}

/** What was open before something newer took its place. */
export function superseded(kase: Case, at: string): Offer[] {
	return kase.offers.map((one) => (isOpen(one) ? { ...one, superseded: at } : one));
}

/** The company's and the worker's offers in this round have a limit: then a final position is due. */
export function roundsLeft(kase: Case, pack: LoadedPack): number {
	const round = remedyRound(kase);
	const made = kase.offers.filter((one) => one.from !== "complainant" && one.round === round).length;
	return Math.max(0, pack.data.remedies.rounds - made);
}

export function mayOffer(kase: Case, pack: LoadedPack): Refusal | null {
	return firstOf(
		!kase.triage && refusal("NotTriaged"),
		agreed(kase) && refusal("AlreadyDone"),
		kase.finalPosition && refusal("AlreadyDone"),
		roundsLeft(kase, pack) === 0 && refusal("RoundsExhausted", { rounds: pack.data.remedies.rounds }),
	);
}

/** A worker offers where they talk with the complainant, and nowhere that such talk is barred. */
export function mayOfferAsWorker(kase: Case, { pack, actor }: Context): Refusal | null {
	const own = partyOf(kase, actor);
	const talking = isTalking(kase) && kase.directTalk?.party === own?.id;
	return firstOf(
		mayOffer(kase, pack),
		directTalkBarred(kase, pack),
		talking ? null : refusal("DirectTalkBarred"),
	);
}

function offerData(
	kase: Case,
	{ pack, now, days }: Context,
	lines: RemedyLine[],
	grounds: Kept,
	who: Pick<Offer, "from" | "party" | "answers">,
) {
	return {
		id: nextId("o", kase.offers),
		round: remedyRound(kase),
		lines,
		total: totalOf(lines, pack.data.head.currency),
		grounds,
		until: dueAfter(now, pack.data.remedies.offerStands, pack, days),
		...who,
	};
}

export function makeOffer(
	fields: z.output<typeof MakeOffer>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack } = context;
	const lines = chosenLines(fields, kase, pack);
	if (!lines) return refuse("UnknownOffer", { computation: fields.computation ?? "" });
	const party = fields.party ?? partiesOn(kase, "complainant")[0]?.id ?? null;
	const no = firstOf(
		lines.length === 0 && refusal("Malformed", { field: "lines", hint: "at least one line" }),
		checkLines(fields.lines, kase, pack),
		fields.party !== undefined &&
			!kase.parties.some((one) => one.id === fields.party && one.side === "complainant") &&
			refusal("UnknownParty", { party: fields.party }),
		ceilingFor(kase, totalOf(lines, pack.data.head.currency), context),
		guardOutgoing(context, fields.grounds, fields.reason),
	);
	if (no) return { ok: false, refusal: no };
	const open = openOffer(kase);
	const answers = open?.from === "complainant" ? open.id : null;
	return accept({
		type: "OfferMade",
		data: offerData(kase, context, lines, fields.grounds, { from: "company", party, answers }),
	});
}

/** A worker offers from their own within the pack's limits, with or without a finding. */
export function offerAsWorker(
	fields: z.output<typeof OfferAsWorker>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack, actor } = context;
	const own = partyOf(kase, actor);
	if (!own) return refuse("NotYourPart");
	const no = firstOf(
		checkLines(fields.lines, kase, pack),
		beyondOwnLimit(fields.lines, kase, context),
		guardOutgoing(context, fields.grounds, fields.reason),
	);
	if (no) return { ok: false, refusal: no };
	const lines = linesFrom(
		fields.lines.map((one) => ({ ...one, bearer: own.seat, legal: "goodwill" as const })),
		pack,
	);
	const who = { from: "respondent", party: own.id, answers: null } as const;
	return accept({ type: "OfferMade", data: offerData(kase, context, lines, fields.grounds, who) });
}

/** Each kind of item has its own ceiling, for all lines of it together. */
function beyondOwnLimit(lines: readonly Line[], kase: Case, { pack, now }: Context): Refusal | null {
	const limits = evaluateTable(pack.tables.worker, factsOf(kase, pack), ruleDay(kase, pack, now));
	if (!limits.ok) return unanswered(limits);
	for (const item of new Set(lines.map((one) => one.item))) {
		const hits = limits.hits.filter((hit) => hit.values.item === item);
		const ceiling = Math.max(0, ...hits.map((hit) => Number(hit.values.ceiling)));
		const total = lines.reduce((sum, one) => sum + (one.item === item ? (one.amount ?? 0) : 0), 0);
		if (hits.length === 0 || total > ceiling) return refusal("LimitExceeded", { item, ceiling });
	}
	return null;
}

export function counterOffer(
	fields: z.output<typeof CounterOffer>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const offer = openOffer(kase, fields.offer);
	if (!offer) return refuse("UnknownOffer", { offer: fields.offer });
	if (offer.from === "complainant") return refuse("OwnProposal");
	const no = checkLines(fields.lines, kase, context.pack);
	if (no) return { ok: false, refusal: no };
	const lines = linesFrom(fields.lines, context.pack);
	const party = partiesOn(kase, "complainant")[0]?.id ?? null;
	const who = { from: "complainant", party, answers: offer.id } as const;
	return accept({ type: "CounterOffered", data: offerData(kase, context, lines, fields.words, who) });
}

export function acceptOffer(
	fields: z.output<typeof AcceptOffer>,
	kase: Case,
	context: Context,
): Decision<RemedyEvent> {
	const { pack, actor, now } = context;
	const offer = openOffer(kase, fields.offer);
	if (!offer) return refuse("UnknownOffer", { offer: fields.offer });
	const counter = offer.from === "complainant";
	const { amount } = pack.data.remedies.signAbove;
	const signed = fields.signed !== undefined && kase.evidence.some((one) => one.id === fields.signed);
	const no = firstOf(
		// a complainant's own demand is accepted by the company, an offer by the complainant (or for them, by phone)
		counter && actor.kind === "complainant" && refusal("OwnProposal"),
		now >= offer.until && refusal("TooLate", { due: offer.until }),
		offer.lines.length === 0 && refusal("Malformed", { field: "offer", hint: "nothing is offered in it" }),
		// a worker's own offer stays within the worker's own limits; the company's needs its ceiling still
		offer.from !== "respondent" && ceilingFor(kase, offer.total, context, counter ? actor.id : null),
		offer.total.amount > amount && !signed && refusal("SignatureMissing", { above: amount }),
	);
	if (no) return { ok: false, refusal: no };
	const items = itemsFrom(kase, offer.lines, offer.id);
	return accept({
		type: "OfferAccepted",
		data: { about: offer.id, through: fields.through, signed: fields.signed ?? null, items },
	});
}
