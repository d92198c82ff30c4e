import { z } from "zod";
import { type Actor, can } from "../actor.ts";
import { type Case, type Contact, type DirectTalk, nextId, partiesOn, partyOf } from "../case.ts";
import { dueAfter, ruleOf } from "../clock-rules.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { Instant, minutesBetween } from "../time/instant.ts";
import { directTalkBarred, isTalking, mayReach, pestering } from "./contact-limits.ts";
import {
	type MessageEvent,
	type SendBrings,
	SendMessage,
	sendMessage,
	tellOfMessage,
} from "./contact-messages.ts";
import { type NoteEvent, noteCommand, tellMentioned } from "./contact-notes.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 联系: attempts and outcomes, first contact, direct talk. It never waits for the investigation. */

const RecordContact = z.strictObject({
	party: z.string(),
	through: z.enum(["call", "message", "visit", "mail"]),
	outcome: z.enum(["reached", "no-answer", "wrong-number", "refused", "sent"]),
	at: Instant.optional(),
	words: Words.optional(),
	/** Ids of the talk-track lines that were said. */
	said: z.array(z.string()).max(50).default([]),
});
const OpenDirectTalk = z.strictObject({ party: z.string().optional() });
const CloseDirectTalk = z.strictObject({ why: z.enum(["agreed", "wish", "not-agreed", "barred"]) });
const EndDirectTalk = z.strictObject({});
const TakeOverContact = z.strictObject({ why: Remark.optional() });

export type ContactEvent =
	| NoteEvent
	| Event<"ContactRecorded", { contact: Omit<Contact, "by"> }>
	| Event<"FirstContactMade", { contact: string; as: Contact["as"]; at: Instant; minutesLate: number }>
	| Event<"ContactDeclined", { party: string }>
	| MessageEvent
	| Event<"DirectTalkOpened", { party: string; until: Instant }>
	| Event<"DirectTalkClosed", { why: NonNullable<DirectTalk["closed"]>["why"] }>
	| Event<"ContactTakenOver", { why: Kept | null }>;

type Brings = ContactEvent | SendBrings;

export const contact: Step<ContactEvent, Brings> = {
	name: "contact",
	commands: {
		RecordContact: command<typeof RecordContact, ContactEvent>({
			schema: RecordContact,
			by: ["handle", "settle", "respond", "safety", "liaise", "duty", "answer"],
			decide: recordContact,
		}),
		SendMessage: command<typeof SendMessage, Brings>({
			schema: SendMessage,
			by: ["handle", "settle", "respond", "complain", "liaise", "safety"],
			evenWhen: ["closed"],
			decide: sendMessage,
		}),
		AddNote: noteCommand,
		OpenDirectTalk: command<typeof OpenDirectTalk, ContactEvent>({
			schema: OpenDirectTalk,
			by: ["handle", "respond", "triage"],
			guard: (kase, context) => directTalkBarred(kase, context.pack),
			decide: openDirectTalk,
		}),
		CloseDirectTalk: command<typeof CloseDirectTalk, ContactEvent>({
			schema: CloseDirectTalk,
			by: ["handle", "respond", "complain", "triage", "safety"],
			guard: (kase) => !isTalking(kase) && refusal("NotOpen"),
			decide: ({ why }) => accept({ type: "DirectTalkClosed", data: { why } }),
		}),
		EndDirectTalk: command<typeof EndDirectTalk, ContactEvent>({
			schema: EndDirectTalk,
			by: ["system"],
			guard: (kase) => !isTalking(kase) && refusal("NotOpen"),
			decide: (_, kase, { now }) =>
				kase.directTalk && now < kase.directTalk.until
					? refuse("TooEarly", { due: kase.directTalk.until })
					: accept({ type: "DirectTalkClosed", data: { why: "timeout" } }),
		}),
		TakeOverContact: command<typeof TakeOverContact, ContactEvent>({
			schema: TakeOverContact,
			by: ["handle", "triage", "safety"],
			guard: (kase) =>
				firstOf(
					!kase.route && refusal("NotTriaged"),
					kase.route?.firstContact === "desk" && !isTalking(kase) && refusal("AlreadyDone"),
				),
			decide: ({ why }, kase) => {
				const taken: ContactEvent = { type: "ContactTakenOver", data: { why: why ?? null } };
				return isTalking(kase)
					? accept<ContactEvent>({ type: "DirectTalkClosed", data: { why: "taken-over" } }, taken)
					: accept(taken);
			},
		}),
	},
	fold: {
		ContactRecorded: (kase, { contact: made }, { by }) => ({
			...kase,
			contacts: [...kase.contacts, { ...made, by }],
		}),
		FirstContactMade: (kase, { contact: id, as, at }, { by }) => ({
			...kase,
			firstContact: { at, by, contact: id, as },
		}),
		ContactDeclined: (kase, _, { at, by }) => ({ ...kase, contactRefused: { at, by } }),
		MessageSent: (kase, { id, to, from, words, guard }, { at, by }) => ({
			...kase,
			messages: [...kase.messages, { id, to, from, words, guard, at, by }],
		}),
		NoteAdded: (kase) => kase,
		DirectTalkOpened: (kase, { party, until }, { at, by }) => ({
			...kase,
			directTalk: { at, by, party, until, closed: null },
		}),
		DirectTalkClosed: (kase, { why }, { at, by }) => ({
			...(why === "agreed" ? kase : byDesk(kase)),
			directTalk: kase.directTalk && { ...kase.directTalk, closed: { at, by, why } },
		}),
		ContactTakenOver: (kase) => byDesk(kase),
	},
	moments: { FirstContactMade: ["first-contact"] },
	react: reactToContact,
	timers: ({ directTalk: talk }) =>
		talk && !talk.closed
			? [{ key: `direct-talk:${talk.at}`, at: talk.until, command: { type: "EndDirectTalk" } }]
			: [],
	standing: (kase) => {
		if (kase.firstContact) return "done";
		return kase.intake && !kase.closure ? "open" : "waiting";
	},
	obligations: contactDue,
};

function recordContact(fields: z.output<typeof RecordContact>, kase: Case, context: Context) {
	const { now, actor } = context;
	const party = kase.parties.find((one) => one.id === fields.party);
	const at = fields.at ?? now;
	if (!party) return refuse("UnknownParty", { party: fields.party });
	const no = firstOf(
		at > now && refusal("InTheFuture", { field: "at", now }),
		kase.intake && at < kase.intake.receivedAt
			? refusal("BeforeIntake", { receivedAt: kase.intake.receivedAt })
			: null,
		party.side === "complainant" && pestering(fields, kase, party, at, context),
		actor.kind === "respondent" && mayReach(kase, actor, party, context.pack),
	);
	if (no) return { ok: false as const, refusal: no };
	const as = speaksAs(actor);
	const id = nextId("k", kase.contacts);
	const made = {
		id,
		at,
		party: party.id,
		through: fields.through,
		as,
		outcome: fields.outcome,
		words: fields.words ?? null,
		said: fields.said,
	};
	const events: ContactEvent[] = [{ type: "ContactRecorded", data: { contact: made } }];
	if (fields.outcome === "reached" && party.side === "complainant" && !kase.firstContact) {
		const clock = kase.clocks.find((one) => one.name === "first-contact");
		const minutesLate = clock ? Math.max(0, minutesBetween(clock.due, at)) : 0;
		events.push({ type: "FirstContactMade", data: { contact: id, as, at, minutesLate } });
	}
	if (fields.outcome === "refused" && party.side === "complainant") {
		events.push({ type: "ContactDeclined", data: { party: party.id } });
		if (isTalking(kase)) events.push({ type: "DirectTalkClosed", data: { why: "wish" } });
	}
	return accept(...events);
}

function openDirectTalk(
	{ party }: z.output<typeof OpenDirectTalk>,
	kase: Case,
	{ now, pack, days, actor }: Context,
) {
	const own = actor.kind === "respondent" ? partyOf(kase, actor) : null;
	const named = party
		? kase.parties.find((one) => one.id === party)
		: (own ?? partiesOn(kase, "respondent")[0]);
	if (named?.side !== "respondent") return refuse("UnknownParty", { party: party ?? "" });
	if (own && own.id !== named.id) return refuse("NotYourPart");
	if (isTalking(kase)) return refuse("AlreadyOpen");
	const until = dueAfter(now, pack.data.contact.directTalk, pack, days);
	return accept<ContactEvent>({ type: "DirectTalkOpened", data: { party: named.id, until } });
}

/** From now on the desk speaks with the complainant. */
function byDesk(kase: Case): Case {
	return { ...kase, route: kase.route && { ...kase.route, firstContact: "desk" } };
}

function speaksAs(actor: Actor): Contact["as"] {
	if (actor.kind === "respondent") return "worker";
	return can(actor, "handle", "settle", "safety", "duty", "liaise") ? "desk" : "outlet";
}

function reactToContact(event: ContactEvent, kase: Case, { pack, actor }: Context): Effect[] {
	switch (event.type) {
		case "NoteAdded":
			return tellMentioned(event, actor.id);
		case "MessageSent":
			return tellOfMessage(event, kase);
		case "FirstContactMade":
			return kase.parties
				.filter((one) => one.side === "complainant")
				.map((one) => ({ do: "notify", to: { party: one.id }, notice: "first-contact-summary" }));
		case "ContactRecorded": {
			const { attempts } = pack.data.contact.unreachable;
			const missed = kase.contacts.filter(
				(one) => one.party === event.data.contact.party && one.outcome === "no-answer",
			);
			if (event.data.contact.outcome !== "no-answer" || missed.length !== attempts) return [];
			return [{ do: "notify", to: { party: event.data.contact.party }, notice: "unreachable" }];
		}
		case "DirectTalkClosed": {
			const { why } = event.data;
			if (why === "agreed" || why === "taken-over") return [];
			const to = kase.owner ? { person: kase.owner.person } : { capability: "triage" as const };
			return [{ do: "notify", to, notice: "escalated" }];
		}
		default:
			return [];
	}
}

function contactDue(kase: Case, pack: LoadedPack): Obligation[] {
	if (kase.firstContact || kase.closure || !kase.intake) return [];
	const complainant = kase.parties.find((one) => one.side === "complainant");
	if (!complainant) return [];
	const promised = kase.clocks.find((one) => one.name === "first-contact" && !one.stopped)?.due ?? null;
	const byWorker =
		kase.route?.firstContact === "worker" && !directTalkBarred(kase, pack)
			? partiesOn(kase, "respondent")[0]
			: undefined;
	const who = byWorker
		? { party: byWorker.id }
		: kase.owner
			? { person: kase.owner.person }
			: { capability: "handle" as const };
	return [
		{
			step: "contact",
			what: "first-contact",
			who,
			due: byWorker ? (workerDue(kase, pack) ?? promised) : promised,
			command: "RecordContact",
			blocks: [],
			about: complainant.id,
		},
	];
}

/** Whoever works has until the first of the clocks that first contact stops: after it the desk takes over. */
function workerDue(kase: Case, pack: LoadedPack): Instant | null {
	const dues = kase.clocks
		.filter((one) => !one.stopped && ruleOf(pack, one.name)?.stops.includes("first-contact"))
		.map((one) => one.due)
		.sort();
	return dues[0] ?? null;
}
