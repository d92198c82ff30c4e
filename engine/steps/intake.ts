import { z } from "zod";
import {
	type Allegation,
	type Case,
	type Intake,
	joinedInto,
	nextId,
	type OrderSnapshot,
	type Party,
	type Relation,
} from "../case.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { Address, type Kept, PersonName, Phone, Plate, Remark, Words } from "../kept.ts";
import { proposeCategory } from "../packs/propose.ts";
import { Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Step } from "./step.ts";

/** 受理: who complains about what, in whose words, about which orders. */

const PartyFields = z.strictObject({
	seat: z.string().min(1),
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
});
const AmendComplaint = z.strictObject({
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
const JoinDuplicate = z.strictObject({ into: z.string(), why: Remark.optional() });
const PartDuplicate = z.strictObject({ why: Remark });
const LinkCase = z.strictObject({ case: z.string(), as: z.enum(["same-order", "counter-complaint"]) });
const AttachToMassIncident = z.strictObject({ incident: z.string() });
const WithdrawAllegations = z.strictObject({
	allegations: z.array(z.string()).min(1),
	why: Remark.optional(),
});
const ChangeKind = z.strictObject({
	kind: z.enum(["complaint", "enquiry", "urging", "suggestion", "praise"]),
	why: Remark,
});
const RecordUrging = z.strictObject({ words: Words });

export type IntakeEvent =
	| Event<
			"ComplaintFiled",
			{
				number: string;
				pack: Case["pack"];
				intake: Intake;
				parties: Party[];
				orders: OrderSnapshot[];
				allegations: Allegation[];
				organisation: string | null;
			}
	  >
	| Event<
			"ComplaintAmended",
			{
				words: Kept;
				changes: Partial<Pick<Intake, "summary" | "wished" | "claimed" | "occurredAt">>;
				parties: Party[];
				orders: OrderSnapshot[];
				allegations: Allegation[];
			}
	  >
	| Event<"DuplicateJoined", { case: string; number: string }>
	| Event<"DuplicateParted", { case: string; why: Kept }>
	| Event<"CaseLinked", { case: string; number: string; as: Relation["kind"] }>
	| Event<"AllegationsWithdrawn", { allegations: string[]; why: Kept | null }>
	| Event<"KindChanged", { kind: Intake["kind"]; from: Intake["kind"]; why: Kept }>
	| Event<"UrgingRecorded", { words: Kept }>;

export const intake: Step<IntakeEvent> = {
	name: "intake",
	commands: {
		FileComplaint: command<typeof FileComplaint, IntakeEvent>({
			schema: FileComplaint,
			by: ["intake", "complain", "respond", "liaise", "file-by-api", "system"],
			evenWhen: ["unfiled"],
			decide: (fields, kase, context) => {
				const refused = checkFiling(fields, context);
				return refused ? { ok: false, refusal: refused } : accept(filed(fields, kase, context));
			},
		}),
		AmendComplaint: command<typeof AmendComplaint, IntakeEvent>({
			schema: AmendComplaint,
			by: ["intake", "handle", "complain", "liaise"],
			decide: (fields, kase, context) => {
				const parties = partiesFrom(fields.parties, context, kase.parties.length);
				if (!parties) return refuse("UnknownParty", { seats: fields.parties.map((one) => one.seat) });
				const known = new Set([...kase.parties, ...parties].map((one) => one.id));
				const stranger = fields.allegations.flatMap((one) => one.accused).find((id) => !known.has(id));
				if (stranger) return refuse("UnknownParty", { party: stranger });
				const { summary, wished, claimed, occurredAt } = fields;
				const changes = Object.fromEntries(
					Object.entries({ summary, wished, claimed, occurredAt }).filter(([, value]) => value !== undefined),
				);
				const orders = ordersFrom(fields.orders, context, kase.orders.length);
				const allegations = fields.allegations.map((one, n) =>
					allegation(
						nextId("a", kase.allegations, n),
						one.words ?? null,
						one.category ?? null,
						one.accused,
						kase.round,
						context,
					),
				);
				return accept({
					type: "ComplaintAmended",
					data: { words: fields.words, changes, parties, orders, allegations },
				});
			},
		}),
		JoinDuplicate: command<typeof JoinDuplicate, IntakeEvent>({
			schema: JoinDuplicate,
			by: ["intake", "triage", "handle"],
			needs: ["cases"],
			decide: ({ into }, kase, { cases }) => {
				const other = cases?.[into];
				if (!other || into === kase.id) return refuse("UnknownCase", { case: into });
				if (other.joined) return refuse("CaseJoined", { case: into });
				if (other.closed) return refuse("CaseClosed", { number: other.number });
				return accept({ type: "DuplicateJoined", data: { case: into, number: other.number } });
			},
		}),
		PartDuplicate: command<typeof PartDuplicate, IntakeEvent>({
			schema: PartDuplicate,
			by: ["intake", "triage", "handle"],
			evenWhen: ["joined", "closed"],
			guard: (kase) => (joinedInto(kase) ? null : refusal("NotJoined")),
			decide: ({ why }, kase) => {
				const joined = joinedInto(kase);
				return joined
					? accept({ type: "DuplicateParted", data: { case: joined.case, why } })
					: refuse("NotJoined");
			},
		}),
		LinkCase: command<typeof LinkCase, IntakeEvent>({
			schema: LinkCase,
			by: ["intake", "triage", "handle"],
			needs: ["cases"],
			evenWhen: ["closed"],
			decide: ({ case: id, as }, kase, { cases }) => link(kase, id, as, cases),
		}),
		AttachToMassIncident: command<typeof AttachToMassIncident, IntakeEvent>({
			schema: AttachToMassIncident,
			by: ["intake", "triage", "handle"],
			needs: ["cases"],
			decide: ({ incident }, kase, { cases }) => link(kase, incident, "mass-incident", cases),
		}),
		WithdrawAllegations: command<typeof WithdrawAllegations, IntakeEvent>({
			schema: WithdrawAllegations,
			by: ["complain", "intake", "handle"],
			decide: ({ allegations, why }, kase) => {
				for (const id of allegations) {
					const one = kase.allegations.find((known) => known.id === id);
					if (!one) return refuse("UnknownAllegation", { allegation: id });
					if (one.withdrawn) return refuse("AlreadyWithdrawn", { allegation: id });
				}
				return accept({ type: "AllegationsWithdrawn", data: { allegations, why: why ?? null } });
			},
		}),
		ChangeKind: command<typeof ChangeKind, IntakeEvent>({
			schema: ChangeKind,
			by: ["intake", "triage", "handle"],
			decide: ({ kind, why }, kase) => {
				const from = kase.intake?.kind;
				if (!from || from === kind) return refuse("AlreadyDone", { kind });
				return accept({ type: "KindChanged", data: { kind, from, why } });
			},
		}),
		RecordUrging: command<typeof RecordUrging, IntakeEvent>({
			schema: RecordUrging,
			by: ["complain", "intake", "handle"],
			evenWhen: ["joined"],
			decide: ({ words }) => accept({ type: "UrgingRecorded", data: { words } }),
		}),
	},
	fold: {
		ComplaintFiled: (kase, data) => ({ ...kase, ...data }),
		ComplaintAmended: (kase, { words, changes, parties, orders, allegations }, { at, by }) => ({
			...kase,
			intake: kase.intake && { ...kase.intake, ...changes },
			amendments: [...kase.amendments, { at, by, words, fields: Object.keys(changes) }],
			parties: [...kase.parties, ...parties],
			orders: [...kase.orders, ...orders],
			allegations: [...kase.allegations, ...allegations],
		}),
		DuplicateJoined: (kase, data, made) => related(kase, "duplicate", data.case, made),
		DuplicateParted: (kase, { why }, { at, by }) => ({
			...kase,
			relations: kase.relations.map((one) =>
				one.kind === "duplicate" && !one.parted ? { ...one, parted: { at, by, why } } : one,
			),
		}),
		CaseLinked: (kase, data, made) => related(kase, data.as, data.case, made),
		AllegationsWithdrawn: (kase, { allegations, why }, { at, by }) => ({
			...kase,
			allegations: kase.allegations.map((one) =>
				allegations.includes(one.id) ? { ...one, withdrawn: { at, by, why } } : one,
			),
		}),
		KindChanged: (kase, { kind }) => ({ ...kase, intake: kase.intake && { ...kase.intake, kind } }),
		UrgingRecorded: (kase, { words }, { at, by }) => ({
			...kase,
			urgings: [...kase.urgings, { at, by, words }],
		}),
	},
	moments: { ComplaintFiled: ["received", "filed"] },
	react: reactToIntake,
	standing: (kase) => (kase.intake ? "done" : "open"),
};

type Filing = z.output<typeof FileComplaint>;

function checkFiling(fields: Filing, context: Context) {
	const { now, pack } = context;
	const unknownSeat = fields.parties.find((one) => !pack.data.head.seats[one.seat]);
	const unknownCategory = fields.allegations.find(
		(one) => one.category && !pack.categories.has(one.category),
	);
	const beyond = fields.allegations.flatMap((one) => one.accused).find((n) => n >= fields.parties.length);
	return firstOf(
		unknownSeat &&
			refusal("UnknownParty", { seat: unknownSeat.seat, seats: Object.keys(pack.data.head.seats) }),
		unknownCategory?.category !== undefined &&
			refusal("UnknownCategory", {
				category: unknownCategory.category,
				categories: [...pack.categories.keys()],
			}),
		beyond !== undefined && refusal("UnknownParty", { party: String(beyond) }),
		fields.receivedAt !== undefined &&
			fields.receivedAt > now &&
			refusal("InTheFuture", { field: "receivedAt", now }),
		fields.occurredAt !== undefined &&
			fields.occurredAt > now &&
			refusal("InTheFuture", { field: "occurredAt", now }),
		fields.claimed && fields.claimed.currency !== pack.data.head.currency
			? refusal("WrongCurrency", { currency: pack.data.head.currency })
			: null,
	);
}

function filed(fields: Filing, kase: Case, context: Context): IntakeEvent {
	const { now, actor } = context;
	const parties = partiesFrom(fields.parties, context, 0) ?? [];
	const given = fields.allegations.length > 0 ? fields.allegations : [{ accused: accusedByDefault(parties) }];
	const allegations = given.map((one, n) =>
		allegation(
			`a${n + 1}`,
			("words" in one && one.words) || fields.verbatim,
			("category" in one && one.category) || null,
			one.accused.map((index) => `p${index + 1}`),
			kase.round,
			context,
		),
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
		flags: fields.flags,
		language: fields.language,
		by: actor.id,
		importance: fields.importance,
		repeat: fields.repeat,
	};
	const organisation = fields.organisation ?? parties.find((one) => one.organisation)?.organisation ?? null;
	const orders = ordersFrom(fields.orders, context, 0);
	const { number, pack } = kase;
	return { type: "ComplaintFiled", data: { number, pack, intake, parties, orders, allegations, organisation } };
}

/** Where nobody is named, whoever sits on the respondent's side is meant. */
function accusedByDefault(parties: Party[]): number[] {
	return parties.flatMap((one, n) => (one.side === "respondent" ? [n] : []));
}

function partiesFrom(
	given: z.output<typeof PartyFields>[],
	{ pack }: Context,
	after: number,
): Party[] | null {
	const seats = pack.data.head.seats;
	if (given.some((one) => !seats[one.seat])) return null;
	return given.map((one, n) => ({
		id: `p${after + n + 1}`,
		seat: one.seat,
		side: seats[one.seat]?.side ?? "other",
		person: one.person ?? null,
		organisation: one.organisation ?? null,
		line: one.line,
		name: one.name ?? null,
		phone: one.phone ?? null,
		address: one.address ?? null,
		plate: one.plate ?? null,
		actsFor: one.actsFor ?? null,
	}));
}

function ordersFrom(
	given: z.output<typeof OrderFields>[],
	{ pack }: Context,
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

function allegation(
	id: string,
	words: Kept | null,
	category: string | null,
	accused: string[],
	round: number,
	{ pack, words: texts, now, actor }: Context,
): Allegation {
	const proposed = words ? proposeCategory(texts[words.ref] ?? "", pack) : null;
	return {
		id,
		words,
		proposed,
		category,
		classified: category ? { at: now, by: actor.id, why: null } : null,
		accused,
		withdrawn: null,
		round,
	};
}

function link(kase: Case, id: string, as: Relation["kind"], cases: Context["cases"]) {
	const other = cases?.[id];
	if (!other || id === kase.id) return refuse("UnknownCase", { case: id });
	if (kase.relations.some((one) => one.case === id && one.kind === as && !one.parted))
		return refuse("AlreadyDone");
	return accept<IntakeEvent>({ type: "CaseLinked", data: { case: id, number: other.number, as } });
}

function related(
	kase: Case,
	kind: Relation["kind"],
	id: string,
	{ at, by }: { at: Instant; by: string },
): Case {
	return { ...kase, relations: [...kase.relations, { kind, case: id, made: { at, by }, parted: null }] };
}

function reactToIntake(event: IntakeEvent, kase: Case): Effect[] {
	const complainants = kase.parties.filter((one) => one.side === "complainant");
	const toComplainants = (notice: "complaint-received" | "joined" | "withdrawn"): Effect[] =>
		complainants.map((one) => ({ do: "notify", to: { party: one.id }, notice }));
	switch (event.type) {
		case "ComplaintFiled": {
			const accused = new Set(kase.allegations.flatMap((one) => one.accused));
			const told = kase.parties
				.filter((one) => accused.has(one.id) && one.person)
				.map(
					(one): Effect => ({ do: "notify", to: { party: one.id }, notice: "complaint-filed-against-you" }),
				);
			const restricted = kase.intake?.flags.some(
				(flag) => flag === "minor" || flag === "harassment" || flag === "injury",
			);
			return [...toComplainants("complaint-received"), ...(restricted ? [] : told)];
		}
		case "DuplicateJoined":
			return toComplainants("joined");
		case "AllegationsWithdrawn":
			return toComplainants("withdrawn");
		case "UrgingRecorded":
			return kase.owner
				? [{ do: "notify", to: { person: kase.owner.person }, notice: "urging-recorded" }]
				: [];
		default:
			return [];
	}
}
