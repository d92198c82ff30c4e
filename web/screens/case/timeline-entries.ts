import type { Case, Side } from "#engine/case.ts";
import type { HistoryEvent, Notice } from "../../api.ts";

/** The one timeline of a case, merged from its history, its notices and what happened to its orders. No page, no words. */

export const KINDS = ["message", "call", "order", "evidence", "internal", "clock"] as const;
export type Kind = (typeof KINDS)[number] | "act";

export interface Entry {
	id: string;
	at: string;
	kind: Kind;
	/** Whose it is, for its colour and its place. */
	side: Side;
	/** Stays in the office. */
	internal: boolean;
	event: HistoryEvent | null;
	/** A notice of its own, or how a message went out. */
	notice: Notice | null;
	/** Of an order's own event: which order, and what happened. */
	order: { number: string; what: string } | null;
	/** Of a message or call: party ids, organisations, or `company`. */
	from: string | null;
	to: string | null;
	/** References of the words that were written. */
	words: string[];
}

export interface Sources {
	kase: Pick<Case, "parties" | "orders">;
	events: readonly HistoryEvent[];
	notices: readonly Notice[];
}

/** Everything in the order in which it happened. */
export function entriesOf(sources: Sources): Entry[] {
	const delivered = deliveriesOf(sources.notices);
	const events = sources.events.map((one) => entryOf(one, sources, delivered));
	const orders = sources.kase.orders.flatMap((order) =>
		order.events.map(
			({ at, what }, n): Entry => ({
				...blank(`order-${order.id}-${n}`, at),
				kind: "order",
				side: "other",
				order: { number: order.number, what },
			}),
		),
	);
	const notices = sources.notices
		.filter((one) => one.wording !== MESSAGE && isOutgoing(one, sources.kase))
		.map(
			(one): Entry => ({
				...blank(`notice-${one.id}`, one.at),
				kind: "message",
				notice: one,
				from: "company",
				to: partyOf(one, sources.kase),
			}),
		);
	return [...orders, ...events, ...notices].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const MESSAGE = "message";

function blank(id: string, at: string): Entry {
	return {
		id,
		at,
		kind: "act",
		side: "company",
		internal: false,
		event: null,
		notice: null,
		order: null,
		from: null,
		to: null,
		words: [],
	};
}

/** What the office writes for itself. */
const INTERNAL = new Set([
	"NoteAdded",
	"CaseHandedOver",
	"CaseEscalated",
	"CaseAssigned",
	"Consulted",
	"ApprovalRequested",
	"ApprovalGiven",
	"ApprovalReturned",
	"ApprovalRaised",
	"ApprovalRatified",
	"RatificationRefused",
	"ApprovalWithdrawn",
	"CaseRestricted",
	"RestrictionLifted",
	"HoldPlaced",
	"HoldLifted",
	"RootCauseRecorded",
	"ImprovementProposed",
]);
const EVIDENCE = new Set([
	"EvidenceAdded",
	"EvidenceJudged",
	"VerificationRecorded",
	"InspectionOrdered",
	"InspectionRecorded",
	"FactsConfirmed",
]);
/** Whose act it is by its nature, whoever entered it. */
const SIDE_OF: Record<string, Side> = {
	ComplaintFiled: "complainant",
	ComplaintAmended: "complainant",
	UrgingRecorded: "complainant",
	CounterOffered: "complainant",
	AllegationsWithdrawn: "complainant",
	Confirmed: "complainant",
	Explained: "respondent",
};
const WRITTEN = new Set([
	"ComplaintFiled",
	"ComplaintAmended",
	"UrgingRecorded",
	"MessageSent",
	"QuestionAsked",
	"QuestionAnswered",
	"Explained",
	"AppealLodged",
	"AppealSupplemented",
	"SupplementAsked",
	"ReceivedFromBody",
	"RepliedToBody",
	"CounterOffered",
]);

function entryOf(
	event: HistoryEvent,
	{ kase }: Sources,
	delivered: (to: string, person: string | null) => Notice | null,
): Entry {
	const { from, to } = endsOf(event, kase);
	const party = kase.parties.find((one) => one.id === to);
	return {
		...blank(`event-${event.seq}`, timeOf(event)),
		kind: kindOf(event.type),
		side: sideOf(event, kase, from),
		internal: INTERNAL.has(event.type),
		event,
		from,
		to,
		notice: event.type === "MessageSent" && party ? delivered(party.id, party.person) : null,
		words: [...new Set(wordsIn(event.data))],
	};
}

function kindOf(type: string): Kind {
	if (type === "ContactRecorded" || type === "ConfirmationAttempted") return "call";
	if (INTERNAL.has(type)) return "internal";
	if (EVIDENCE.has(type)) return "evidence";
	if (WRITTEN.has(type)) return "message";
	return type.startsWith("Clock") || type === "PromiseExtended" ? "clock" : "act";
}

/** A call stands where it was made, not where it was written down. */
function timeOf({ type, data, at }: HistoryEvent): string {
	const made = type === "ContactRecorded" ? (data.contact as { at?: unknown } | undefined)?.at : undefined;
	return typeof made === "string" ? made : at;
}

/** From whom to whom, where an event has two ends. */
function endsOf(
	{ type, data }: HistoryEvent,
	kase: Sources["kase"],
): { from: string | null; to: string | null } {
	const text = (value: unknown) => (typeof value === "string" ? value : null);
	if (type === "MessageSent") return { from: text(data.from), to: text(data.to) };
	if (type === "ContactRecorded")
		return { from: "company", to: text((data.contact as { party?: unknown } | undefined)?.party) };
	if (type === "QuestionAsked") {
		const asked = (data.question as { to?: { party?: string; organisation?: string } } | undefined)?.to;
		return { from: "company", to: asked?.party ?? asked?.organisation ?? null };
	}
	const own = SIDE_OF[type];
	return { from: (own && kase.parties.find((one) => one.side === own)?.id) ?? null, to: null };
}

function sideOf({ type, actor, data }: HistoryEvent, kase: Sources["kase"], from: string | null): Side {
	const own = SIDE_OF[type];
	if (own) return own;
	const named = kase.parties.find((one) => one.id === (type === "MessageSent" ? from : data.party));
	if (named && (type === "MessageSent" || type === "AppealLodged")) return named.side;
	const acting = kase.parties.find(
		(one) => one.person === actor || one.id === actor || actor.endsWith(`:${one.id}`),
	);
	return acting?.side ?? "company";
}

/** Gives, message by message, the notice by which a party was told of it. */
function deliveriesOf(notices: readonly Notice[]): (to: string, person: string | null) => Notice | null {
	const waiting = notices.filter((one) => one.wording === MESSAGE).toSorted((a, b) => (a.at < b.at ? -1 : 1));
	return (to, person) => {
		const recipients = [`party:${to}`, `person:${person}`];
		const found = waiting.findIndex((one) => recipients.includes(one.recipient));
		return found < 0 ? null : (waiting.splice(found, 1)[0] ?? null);
	};
}

/** Notices to colleagues are in their own list: here they would drown what was said. */
function isOutgoing(notice: Notice, kase: Sources["kase"]): boolean {
	return partyOf(notice, kase) !== null;
}

function partyOf({ recipient }: Notice, { parties }: Sources["kase"]): string | null {
	const party = parties.find(
		(one) => recipient === `party:${one.id}` || (one.person !== null && recipient === `person:${one.person}`),
	);
	return party?.id ?? null;
}

/** The references of free words in an event; names, numbers and addresses are shown with the parties. */
function wordsIn(value: unknown, key = ""): string[] {
	if (PERSONAL.has(key) || value === null || typeof value !== "object") return [];
	if (Array.isArray(value)) return value.flatMap((one) => wordsIn(one, key));
	const record = value as Record<string, unknown>;
	if (typeof record.ref === "string" && typeof record.hash === "string") return [record.ref];
	return Object.entries(record).flatMap(([name, one]) => wordsIn(one, name));
}

const PERSONAL = new Set(["parties", "name", "phone", "address", "plate", "place"]);

/** What stands in the list: a day's heading, one entry, or clocks that moved one after the other. */
export type Row =
	| { is: "day"; day: string }
	| { is: "entry"; entry: Entry }
	| { is: "clocks"; entries: Entry[] };

/**
 * Rows by day. Where everything is shown, clocks that moved one after the other are drawn together.
 * @param dayOf the day of an instant on the company's calendar
 */
export function rowsOf(entries: readonly Entry[], kind: Kind | "all", dayOf: (at: string) => string): Row[] {
	const rows: Row[] = [];
	let day = "";
	for (const entry of entries) {
		if (kind !== "all" && entry.kind !== kind) continue;
		const today = dayOf(entry.at);
		if (today !== day) rows.push({ is: "day", day: today });
		day = today;
		const last = rows.at(-1);
		if (kind !== "all" || entry.kind !== "clock") rows.push({ is: "entry", entry });
		else if (last?.is === "clocks") last.entries.push(entry);
		else rows.push({ is: "clocks", entries: [entry] });
	}
	return rows;
}
