import { z } from "zod";
import { type Actor, can } from "../actor.ts";
import {
	type Case,
	type Contact,
	type DirectTalk,
	isRestricted,
	nextId,
	type Party,
	underPolice,
} from "../case.ts";
import { calendarOf } from "../clock-rules.ts";
import { accept, firstOf, refusal, refuse } from "../decision.ts";
import { guardText } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { due as dueOf } from "../time/calendar.ts";
import { dayOf, Instant, minutesBetween } from "../time/instant.ts";
import { clockTimeIn } from "../time/wall.ts";
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
const SendMessage = z.strictObject({
	to: z.string(),
	words: Words,
	/** Asked for when the guard would let it pass with a reason. */
	reason: Remark.optional(),
});
const OpenDirectTalk = z.strictObject({ party: z.string().optional() });
const CloseDirectTalk = z.strictObject({ why: z.enum(["agreed", "wish", "not-agreed", "barred"]) });
const EndDirectTalk = z.strictObject({});
const TakeOverContact = z.strictObject({ why: Remark.optional() });

export type ContactEvent =
	| Event<"ContactRecorded", { contact: Omit<Contact, "by"> }>
	| Event<"FirstContactMade", { contact: string; as: Contact["as"]; at: Instant; minutesLate: number }>
	| Event<"ContactDeclined", { party: string }>
	| Event<
			"MessageSent",
			{ id: string; to: string; from: string; words: Kept; guard: string[]; reason: Kept | null }
	  >
	| Event<"DirectTalkOpened", { party: string; until: Instant }>
	| Event<"DirectTalkClosed", { why: NonNullable<DirectTalk["closed"]>["why"] }>
	| Event<"ContactTakenOver", { why: Kept | null }>;

export const contact: Step<ContactEvent> = {
	name: "contact",
	commands: {
		RecordContact: command<typeof RecordContact, ContactEvent>({
			schema: RecordContact,
			by: ["handle", "settle", "respond", "safety", "liaise", "duty", "answer"],
			decide: recordContact,
		}),
		SendMessage: command<typeof SendMessage, ContactEvent>({
			schema: SendMessage,
			by: ["handle", "settle", "respond", "complain", "liaise", "safety"],
			evenWhen: ["closed"],
			decide: sendMessage,
		}),
		OpenDirectTalk: command<typeof OpenDirectTalk, ContactEvent>({
			schema: OpenDirectTalk,
			by: ["handle", "respond", "triage"],
			guard: (kase, context) => directTalkBarred(kase, context.pack),
			decide: ({ party }, kase, { now, pack, days, actor }) => {
				const speaker =
					kase.parties.find((one) => (party ? one.id === party : one.person === actor.id)) ??
					accusedOf(kase)[0];
				if (!speaker || speaker.side !== "respondent") return refuse("UnknownParty", { party: party ?? "" });
				if (kase.directTalk && !kase.directTalk.closed) return refuse("AlreadyOpen");
				const calendar = Object.keys(pack.data.clocks.calendars)[0] ?? "";
				const until = dueOf(now, pack.data.contact.directTalk, calendarOf(pack, calendar), days).due;
				return accept({ type: "DirectTalkOpened", data: { party: speaker.id, until } });
			},
		}),
		CloseDirectTalk: command<typeof CloseDirectTalk, ContactEvent>({
			schema: CloseDirectTalk,
			by: ["handle", "respond", "complain", "triage", "safety"],
			guard: (kase) => notTalking(kase),
			decide: ({ why }) => accept({ type: "DirectTalkClosed", data: { why } }),
		}),
		EndDirectTalk: command<typeof EndDirectTalk, ContactEvent>({
			schema: EndDirectTalk,
			by: ["system"],
			guard: (kase) => notTalking(kase),
			decide: (_, kase, { now }) =>
				kase.directTalk && now < kase.directTalk.until
					? refuse("TooEarly", { due: kase.directTalk.until })
					: accept({ type: "DirectTalkClosed", data: { why: "timeout" } }),
		}),
		TakeOverContact: command<typeof TakeOverContact, ContactEvent>({
			schema: TakeOverContact,
			by: ["handle", "triage", "safety"],
			guard: (kase) => (kase.route?.firstContact === "desk" ? refusal("AlreadyDone") : null),
			decide: ({ why }, kase) => {
				const taken: ContactEvent = { type: "ContactTakenOver", data: { why: why ?? null } };
				const talking = kase.directTalk && !kase.directTalk.closed;
				return talking
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
		DirectTalkOpened: (kase, { party, until }, { at, by }) => ({
			...kase,
			directTalk: { at, by, party, until, closed: null },
		}),
		DirectTalkClosed: (kase, { why }, { at, by }) => ({
			...kase,
			directTalk: kase.directTalk && { ...kase.directTalk, closed: { at, by, why } },
		}),
		ContactTakenOver: (kase) => ({ ...kase, route: kase.route && { ...kase.route, firstContact: "desk" } }),
	},
	moments: { FirstContactMade: ["first-contact"] },
	react: reactToContact,
	timers: (kase) =>
		kase.directTalk && !kase.directTalk.closed
			? [
					{
						key: `direct-talk:${kase.directTalk.at}`,
						at: kase.directTalk.until,
						command: { type: "EndDirectTalk" },
					},
				]
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
		actor.kind === "respondent" ? workerMayContact(kase, context.pack) : null,
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
	if (fields.outcome === "refused" && party.side === "complainant")
		events.push({ type: "ContactDeclined", data: { party: party.id } });
	return accept(...events);
}

/** Repeated calls without consent count as harassment: counted, capped, quiet at night (critical cases excepted). */
function pestering(
	fields: { outcome: string; through: string },
	kase: Case,
	party: Party,
	at: Instant,
	{ pack, actor }: Context,
) {
	if (fields.outcome === "reached" || actor.kind === "system") return null;
	const { perDay, inAll, quiet } = pack.data.contact;
	const tries = kase.contacts.filter((one) => one.party === party.id && one.outcome !== "reached");
	const zone = pack.data.head.zone;
	const today = tries.filter((one) => dayOf(one.at, zone) === dayOf(at, zone));
	const night = inQuiet(clockTimeIn(at, zone), quiet) && kase.triage?.urgency !== "critical";
	return firstOf(
		kase.contactRefused && actor.kind === "respondent" ? refusal("ContactRefused") : null,
		today.length >= perDay && refusal("TooManyAttempts", { most: perDay, of: "day" }),
		tries.length >= inAll && refusal("TooManyAttempts", { most: inAll, of: "all" }),
		night && actor.kind === "respondent" && refusal("QuietHours", { from: quiet[0], to: quiet[1] }),
	);
}

function inQuiet(time: string, [from, to]: readonly [string, string]): boolean {
	return from < to ? time >= from && time < to : time >= from || time < to;
}

/** The worker may speak with the complainant while direct talk is open, or where first contact is theirs. */
function workerMayContact(kase: Case, pack: LoadedPack) {
	if (kase.directTalk && !kase.directTalk.closed) return null;
	const barred = directTalkBarred(kase, pack);
	if (barred) return barred;
	return kase.route?.firstContact === "worker" && !kase.firstContact ? null : refusal("DirectTalkBarred");
}

/** Direct talk is closed by restriction, by police, by the complainant's refusal, and for categories the pack bars. */
export function directTalkBarred(kase: Case, pack: LoadedPack) {
	const barred = kase.allegations.some((one) => {
		const category = pack.categories.get(one.category ?? one.proposed?.category ?? "other");
		return !one.withdrawn && category && !category.directTalk;
	});
	return isRestricted(kase) || underPolice(kase) || kase.contactRefused || barred
		? refusal("DirectTalkBarred")
		: null;
}

function notTalking(kase: Case) {
	return kase.directTalk && !kase.directTalk.closed ? null : refusal("NotOpen");
}

function speaksAs(actor: Actor): Contact["as"] {
	if (actor.kind === "respondent") return "worker";
	return can(actor, "handle", "settle", "safety", "duty", "liaise") ? "desk" : "outlet";
}

function accusedOf(kase: Case): Party[] {
	return kase.parties.filter((one) => one.side === "respondent");
}

function sendMessage(fields: z.output<typeof SendMessage>, kase: Case, { pack, words, actor }: Context) {
	const to = kase.parties.find((one) => one.id === fields.to);
	if (!to) return refuse("UnknownParty", { party: fields.to });
	if (actor.kind === "respondent" && to.side === "complainant") {
		const no = workerMayContact(kase, pack);
		if (no) return { ok: false as const, refusal: no };
	}
	const findings = guardText(words[fields.words.ref] ?? "", pack);
	const blocked = findings.filter((one) => one.act === "block");
	if (blocked.length > 0 && actor.kind !== "complainant")
		return refuse("GuardBlocked", {
			rules: blocked.map((one) => one.rule),
			found: blocked.map((one) => one.found),
		});
	if (findings.length > 0 && !fields.reason && actor.kind !== "complainant")
		return refuse("GuardAsksReason", {
			rules: findings.map((one) => one.rule),
			found: findings.map((one) => one.found),
		});
	const from =
		kase.parties.find((one) => one.person === actor.id || one.id === actor.link?.party)?.id ?? "company";
	const guard = findings.map((one) => one.rule);
	const id = nextId("m", kase.messages);
	return accept<ContactEvent>({
		type: "MessageSent",
		data: { id, to: to.id, from, words: fields.words, guard, reason: fields.reason ?? null },
	});
}

function reactToContact(event: ContactEvent, kase: Case, { pack }: Context): Effect[] {
	switch (event.type) {
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
		default:
			return [];
	}
}

function contactDue(kase: Case, pack: LoadedPack): Obligation[] {
	if (kase.firstContact || kase.closure || !kase.intake) return [];
	const complainant = kase.parties.find((one) => one.side === "complainant");
	if (!complainant) return [];
	const due = kase.clocks.find((one) => one.name === "first-contact" && !one.stopped)?.due ?? null;
	const byWorker =
		kase.route?.firstContact === "worker" && !directTalkBarred(kase, pack) ? accusedOf(kase)[0] : undefined;
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
			due,
			command: "RecordContact",
			blocks: [],
			about: complainant.id,
		},
	];
}
