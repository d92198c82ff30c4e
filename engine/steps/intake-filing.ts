import { z } from "zod";
import type { Allegation, Case, Intake, OrderSnapshot, Party } from "../case.ts";
import { nextId } from "../case.ts";
import { firstOf, type Refusal, refusal } from "../decision.ts";
import { Address, type Kept, PersonName, Phone, Plate, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { proposeCategory } from "../packs/propose.ts";
import { type FactValues, parseFacts } from "../rules/facts.ts";
import { Instant } from "../time/instant.ts";
import type { Context } from "./step.ts";

/** What is given when a complaint is filed or amended, and what it becomes in the case. */

export const PartyFields = z.strictObject({
	seat: z.string().min(1),
	/** Without it: the side of the seat, or the other one where a worker complains. */
	side: z.enum(["complainant", "respondent"]).optional(),
	person: z.string().optional(),
	organisation: z.string().optional(),
	/** Set by the edge: the organisation's line on the order's date. */
	line: z.array(z.string()).default([]),
	name: PersonName.optional(),
	phone: Phone.optional(),
	address: Address.optional(),
	plate: Plate.optional(),
	actsFor: z.string().optional(),
});

const OrderFields = z.strictObject({
	number: z.string().min(1).max(80),
	takenAt: Instant.optional(),
	facts: z
		.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
		.default({}),
	events: z.array(z.strictObject({ at: Instant, what: z.string() })).default([]),
});

const AllegationFields = z.strictObject({
	words: Words.optional(),
	category: z.string().optional(),
	/** Positions (from 0) of the parties accused, in the list of parties given. */
	accused: z.array(z.int().min(0)).default([]),
});

export const FileComplaint = z.strictObject({
	kind: z.enum(["complaint", "enquiry", "urging", "suggestion", "praise"]).default("complaint"),
	source: z.enum(["customer", "platform", "outlet", "regulator", "media", "worker"]).default("customer"),
	channel: z.enum(["phone", "message", "mail", "page", "in-person", "api"]),
	language: z.enum(["zh", "en"]).default("zh"),
	occurredAt: Instant.optional(),
	receivedAt: Instant.optional(),
	verbatim: Words,
	summary: Remark.optional(),
	place: Address.optional(),
	claimed: z.strictObject({ amount: z.int().min(0), currency: z.string().length(3) }).optional(),
	wished: Remark.optional(),
	parties: z.array(PartyFields).max(20).default([]),
	orders: z.array(OrderFields).max(20).default([]),
	allegations: z.array(AllegationFields).max(20).default([]),
	flags: z.array(z.string()).default([]),
	importance: z.enum(["ordinary", "important"]).default("ordinary"),
	/** Earlier like complaints of the same customer, counted by the edge. */
	repeat: z.int().min(0).default(0),
	/** The organisation whose business it is. */
	organisation: z.string().optional(),
	/** The call by which it came. How it rang was measured, and is filled in by the edge. */
	call: z
		.strictObject({
			id: z.string().min(1).max(100),
			ringSeconds: z.int().min(0).optional(),
			rings: z.int().min(0).optional(),
		})
		.optional(),
	/** Ids of the talk-track lines that were said. */
	said: z.array(z.string().max(100)).max(50).default([]),
});
export const AmendComplaint = z.strictObject({
	words: Words,
	summary: Remark.optional(),
	wished: Remark.optional(),
	claimed: z.strictObject({ amount: z.int().min(0), currency: z.string().length(3) }).optional(),
	occurredAt: Instant.optional(),
	parties: z.array(PartyFields).max(20).default([]),
	orders: z.array(OrderFields).max(20).default([]),
	allegations: z
		.array(
			z.strictObject({
				words: Words.optional(),
				category: z.string().optional(),
				accused: z.array(z.string()).default([]),
			}),
		)
		.max(20)
		.default([]),
});

type Filing = z.output<typeof FileComplaint>;

export function checkFiling(fields: Filing, context: Context): Refusal | null {
	const { now, pack } = context;
	const beyond = fields.allegations.flatMap((one) => one.accused).find((n) => n >= fields.parties.length);
	const flags = pack.data.routes.flags.map((flag) => flag.id);
	const stranger = fields.flags.find((flag) => !flags.includes(flag));
	const receivedAt = fields.receivedAt ?? now;
	return firstOf(
		checkGiven(
			fields,
			fields.parties.map((_, n) => `p${n + 1}`),
			context,
		),
		beyond !== undefined && refusal("UnknownParty", { party: String(beyond) }),
		stranger !== undefined && refusal("UnknownWord", { word: stranger, words: flags }),
		fields.call !== undefined &&
			fields.channel !== "phone" &&
			refusal("Malformed", { field: "call", hint: "channel = phone" }),
		receivedAt > now && refusal("InTheFuture", { field: "receivedAt", now }),
		fields.occurredAt !== undefined &&
			fields.occurredAt > receivedAt &&
			refusal("InTheFuture", { field: "occurredAt", now }),
	);
}

/** What filings and amendments have in common. `known`: the party ids that may be acted for. */
export function checkGiven(
	fields: Pick<Filing, "parties" | "orders" | "claimed"> & {
		allegations: { category?: string | undefined }[];
	},
	known: readonly string[],
	{ pack }: Pick<Context, "pack">,
): Refusal | null {
	const seats = pack.data.head.seats;
	const unseated = fields.parties.find((one) => !seats[one.seat]);
	const unfit = fields.allegations.find(
		(one) => one.category !== undefined && !pack.categories.has(one.category),
	);
	const stranger = fields.parties.find((one) => one.actsFor !== undefined && !known.includes(one.actsFor));
	return firstOf(
		unseated && refusal("UnknownParty", { seat: unseated.seat, seats: Object.keys(seats) }),
		stranger && refusal("UnknownParty", { party: stranger.actsFor ?? "" }),
		unfit &&
			refusal("UnknownCategory", { category: unfit.category ?? "", categories: [...pack.categories.keys()] }),
		fields.claimed && fields.claimed.currency !== pack.data.head.currency
			? refusal("WrongCurrency", { currency: pack.data.head.currency })
			: null,
		...fields.orders.map((one) => checkOrder(one.facts, pack)),
	);
}

/** Facts that tables will ask of an order must have their type from the start: later nobody could say what is wrong. */
function checkOrder(given: Readonly<Record<string, unknown>>, pack: LoadedPack): Refusal | null {
	const asked = Object.entries(pack.sheet).flatMap(([fact, { from }]) => {
		const value = from?.startsWith("order.") ? given[from.slice("order.".length)] : undefined;
		return value === undefined ? [] : [[fact, value] as const];
	});
	const parsed = parseFacts(pack.sheet, Object.fromEntries(asked) as FactValues);
	if (parsed.ok) return null;
	const hint = parsed.problems.map((one) => `${one.fact}: ${one.problem}`).join("; ");
	return refusal("Malformed", { field: "facts", hint });
}

export interface Filed {
	/** Number and pack are known only from here when a history is folded anew. */
	number: string;
	pack: Case["pack"];
	intake: Intake;
	parties: Party[];
	orders: OrderSnapshot[];
	allegations: Allegation[];
	organisation: string | null;
}

export function filed(fields: Filing, kase: Case, context: Context): Filed {
	const { now, actor } = context;
	const parties = partiesFrom(fields.parties, context, 0, fields.source === "worker");
	// where nobody is named, a complaint means whoever sits on the other side
	const meant = fields.kind === "complaint" ? respondentsAmong(parties) : [];
	const given = fields.allegations.map((one) => ({ ...one, accused: one.accused.map((n) => `p${n + 1}`) }));
	const whole = [{ words: undefined, category: undefined, accused: meant }];
	const allegations = (given.length > 0 ? given : whole).map((one, n) =>
		allegation({ ...one, id: `a${n + 1}`, words: one.words ?? fields.verbatim }, kase.round, context),
	);
	const intake: Intake = {
		kind: fields.kind,
		source: fields.source,
		channel: fields.channel,
		occurredAt: fields.occurredAt ?? null,
		receivedAt: fields.receivedAt ?? now,
		recordedAt: now,
		verbatim: fields.verbatim,
		summary: fields.summary ?? null,
		place: fields.place ?? null,
		claimed: fields.claimed ?? null,
		wished: fields.wished ?? null,
		flags: [...new Set(fields.flags)],
		language: fields.language,
		by: actor.id,
		importance: fields.importance,
		repeat: fields.repeat,
		...(fields.call ? { call: callFrom(fields.call) } : {}),
		...(fields.said.length > 0 ? { said: [...new Set(fields.said)] } : {}),
	};
	const organisation = fields.organisation ?? parties.find((one) => one.organisation)?.organisation ?? null;
	const orders = ordersFrom(fields.orders, context, 0);
	const { number, pack } = kase;
	return { number, pack, intake, parties, orders, allegations, organisation };
}

function callFrom({ id, ringSeconds, rings }: NonNullable<Filing["call"]>): NonNullable<Intake["call"]> {
	return { id, ringSeconds: ringSeconds ?? null, rings: rings ?? null };
}

export function respondentsAmong(parties: readonly Party[]): string[] {
	return parties.flatMap((one) => (one.side === "respondent" ? [one.id] : []));
}

/** @param turned a worker complains: customers are on the other side then */
export function partiesFrom(
	given: z.output<typeof PartyFields>[],
	{ pack }: Pick<Context, "pack">,
	after: number,
	turned: boolean,
): Party[] {
	const other = {
		complainant: "respondent",
		respondent: "complainant",
		company: "company",
		other: "other",
	} as const;
	return given.map((one, n) => {
		const seated = pack.data.head.seats[one.seat]?.side ?? "other";
		return {
			id: `p${after + n + 1}`,
			seat: one.seat,
			side: one.side ?? (turned ? other[seated] : seated),
			person: one.person ?? null,
			organisation: one.organisation ?? null,
			line: one.line,
			name: one.name ?? null,
			phone: one.phone ?? null,
			address: one.address ?? null,
			plate: one.plate ?? null,
			actsFor: one.actsFor ?? null,
		};
	});
}

export function ordersFrom(
	given: z.output<typeof OrderFields>[],
	{ pack }: Pick<Context, "pack">,
	after: number,
): OrderSnapshot[] {
	return given.map((one, n) => ({
		id: `w${after + n + 1}`,
		number: one.number,
		trade: pack.name,
		takenAt: one.takenAt ?? null,
		facts: one.facts,
		events: one.events,
	}));
}

/** Allegations added to a case that stands. */
export function allegationsFrom(
	given: z.output<typeof AmendComplaint>["allegations"],
	kase: Case,
	context: Context,
): Allegation[] {
	return given.map((one, n) =>
		allegation({ ...one, id: nextId("a", kase.allegations, n) }, kase.round, context),
	);
}

function allegation(
	given: { id: string; words?: Kept | undefined; category?: string | undefined; accused: string[] },
	round: number,
	{ pack, words: texts, now, actor }: Context,
): Allegation {
	const { id, words, category, accused } = given;
	return {
		id,
		words: words ?? null,
		proposed: words ? proposeCategory(texts[words.ref] ?? "", pack) : null,
		category: category ?? null,
		classified: category ? { at: now, by: actor.id, why: null } : null,
		accused,
		withdrawn: null,
		round,
	};
}
