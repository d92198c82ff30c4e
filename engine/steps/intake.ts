import { z } from "zod";
import { type Case, type Intake, joinedInto, partyOf, type Relation } from "../case.ts";
import { accept, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import { restriction, restrictsBy } from "../restriction.ts";
import type { Instant } from "../time/instant.ts";
import type { ClosureEvent } from "./closure.ts";
import type { ContactEvent } from "./contact.ts";
import type { Event } from "./event.ts";
import { type CorrectingEvent, correcting } from "./intake-correcting.ts";
import {
	AmendComplaint,
	allegationsFrom,
	checkFiling,
	checkGiven,
	FileComplaint,
	type Filed,
	filed,
	ordersFrom,
	partiesFrom,
	respondentsAmong,
} from "./intake-filing.ts";
import { type Context, command, type Effect, type Step } from "./step.ts";
import type { TriageEvent } from "./triage.ts";

/** 受理: who complains about what, in whose words, about which orders. */

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
	| Event<"ComplaintFiled", Filed>
	| Event<
			"ComplaintAmended",
			{
				words: Kept;
				changes: Partial<Pick<Intake, "summary" | "wished" | "claimed" | "occurredAt">>;
			} & Pick<Filed, "parties" | "orders" | "allegations">
	  >
	| Event<"DuplicateJoined", { case: string; number: string; why: Kept | null }>
	| Event<"DuplicateParted", { case: string; why: Kept }>
	| Event<"CaseLinked", { case: string; number: string; as: Relation["kind"] }>
	| Event<"AllegationsWithdrawn", { allegations: string[]; why: Kept | null }>
	| Event<
			"KindChanged",
			{
				kind: Intake["kind"];
				from: Intake["kind"];
				why: Kept;
				/** Whom a complaint is against that was none before. */
				accused: string[];
			}
	  >
	| Event<"UrgingRecorded", { words: Kept }>
	| CorrectingEvent;

/** New facts reopen a closed case; what endangers people restricts it at once. */
type Brings =
	| IntakeEvent
	| Extract<ClosureEvent, { type: "CaseReopened" }>
	| Extract<TriageEvent, { type: "CaseRestricted" }>
	| Extract<ContactEvent, { type: "DirectTalkClosed" }>;

export const intake: Step<IntakeEvent, Brings> = {
	name: "intake",
	commands: {
		FileComplaint: command<typeof FileComplaint, Brings>({
			schema: FileComplaint,
			by: ["intake", "complain", "respond", "liaise", "file-by-api", "system"],
			evenWhen: ["unfiled"],
			decide: (fields, kase, context) => {
				const refused = checkFiling(fields, context);
				if (refused) return { ok: false, refusal: refused };
				const data = filed(fields, kase, context);
				const chosen = data.allegations.flatMap((one) => one.category ?? []);
				const because = restrictsBy(data.intake.flags, chosen, context.pack);
				return accept<Brings>({ type: "ComplaintFiled", data }, ...restriction(kase, because));
			},
		}),
		AmendComplaint: command<typeof AmendComplaint, Brings>({
			schema: AmendComplaint,
			by: ["intake", "handle", "complain", "liaise"],
			evenWhen: ["closed", "joined"],
			decide: amend,
		}),
		JoinDuplicate: command<typeof JoinDuplicate, IntakeEvent>({
			schema: JoinDuplicate,
			by: ["intake", "triage", "handle"],
			needs: ["cases"],
			decide: ({ into, why }, kase, { cases }) => {
				const other = caseIn(cases, into);
				if (!other || into === kase.id) return refuse("UnknownCase", { case: into });
				if (other.joined) return refuse("CaseJoined", { case: into });
				if (other.closed) return refuse("CaseClosed", { number: other.number });
				return accept({
					type: "DuplicateJoined",
					data: { case: into, number: other.number, why: why ?? null },
				});
			},
		}),
		PartDuplicate: command<typeof PartDuplicate, Brings>({
			schema: PartDuplicate,
			by: ["intake", "triage", "handle"],
			evenWhen: ["joined", "closed"],
			guard: (kase) => (joinedInto(kase) ? null : refusal("NotJoined")),
			decide: ({ why }, kase) => {
				const joined = joinedInto(kase);
				if (!joined) return refuse("NotJoined");
				const parted: Brings = { type: "DuplicateParted", data: { case: joined.case, why } };
				// what was closed for being a duplicate is none any more
				return kase.closure?.outcome === "duplicate"
					? accept<Brings>(parted, { type: "CaseReopened", data: { because: "new-facts", why } })
					: accept(parted);
			},
		}),
		LinkCase: command<typeof LinkCase, IntakeEvent>({
			schema: LinkCase,
			by: ["intake", "triage", "handle"],
			needs: ["cases"],
			evenWhen: ["closed"],
			decide: ({ case: id, as }, kase, { cases }) => {
				const own = kase.orders.map((one) => one.number);
				const shared = caseIn(cases, id)?.orders.some((number) => own.includes(number));
				if (caseIn(cases, id) && as === "same-order" && !shared)
					return refuse("UnknownOrder", { orders: own });
				return link(kase, id, as, cases);
			},
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
				const accused = kind === "complaint" ? respondentsAmong(kase.parties) : [];
				return accept({ type: "KindChanged", data: { kind, from, why, accused } });
			},
		}),
		RecordUrging: command<typeof RecordUrging, IntakeEvent>({
			schema: RecordUrging,
			by: ["complain", "intake", "handle"],
			evenWhen: ["joined"],
			decide: ({ words }) => accept({ type: "UrgingRecorded", data: { words } }),
		}),
		...correcting.commands,
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
		DuplicateJoined: (kase, data, made) => related(kase, "duplicate", data.case, made, data.why),
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
		KindChanged: (kase, { kind, accused }) => ({
			...kase,
			intake: kase.intake && { ...kase.intake, kind },
			allegations: kase.allegations.map((one) => (one.accused.length === 0 ? { ...one, accused } : one)),
		}),
		...correcting.fold,
		UrgingRecorded: (kase, { words }, { at, by }) => ({
			...kase,
			urgings: [...kase.urgings, { at, by, words }],
		}),
	},
	moments: { ComplaintFiled: ["received", "filed"] },
	react: reactToIntake,
	standing: (kase) => (kase.intake ? "done" : "open"),
	obligations: correcting.obligations,
};

/** The first words stay; what is added stands beside them. New allegations, or new words of the complainant, reopen. */
function amend(fields: z.output<typeof AmendComplaint>, kase: Case, context: Context) {
	const turned = kase.intake?.source === "worker";
	const parties = partiesFrom(fields.parties, context, kase.parties.length, turned);
	const known = [...kase.parties, ...parties].map((one) => one.id);
	const stranger = fields.allegations.flatMap((one) => one.accused).find((id) => !known.includes(id));
	const no =
		checkGiven(fields, known, context) ??
		(stranger ? refusal("UnknownParty", { party: stranger }) : null) ??
		(fields.occurredAt && fields.occurredAt > context.now
			? refusal("InTheFuture", { field: "occurredAt", now: context.now })
			: null);
	if (no) return { ok: false as const, refusal: no };
	const { words, summary, wished, claimed, occurredAt } = fields;
	const changes = Object.fromEntries(
		Object.entries({ summary, wished, claimed, occurredAt }).filter(([, value]) => value !== undefined),
	);
	const orders = ordersFrom(fields.orders, context, kase.orders.length);
	const allegations = allegationsFrom(fields.allegations, kase, context);
	const events: Brings[] = [
		{ type: "ComplaintAmended", data: { words, changes, parties, orders, allegations } },
		...restriction(
			kase,
			restrictsBy(
				[],
				allegations.flatMap((one) => one.category ?? []),
				context.pack,
			),
		),
	];
	const news = allegations.length > 0 || partyOf(kase, context.actor)?.side === "complainant";
	if (kase.closure && news && !joinedInto(kase))
		events.push({ type: "CaseReopened", data: { because: "new-facts", why: words } });
	return accept(...events);
}

function link(kase: Case, id: string, as: Relation["kind"], cases: Context["cases"]) {
	const other = caseIn(cases, id);
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
	why: Kept | null = null,
): Case {
	return { ...kase, relations: [...kase.relations, { kind, case: id, made: { at, by }, why, parted: null }] };
}

function reactToIntake(event: IntakeEvent, kase: Case, { pack }: Context): Effect[] {
	const toComplainants = (notice: "complaint-received" | "joined" | "withdrawn"): Effect[] =>
		kase.parties
			.filter((one) => one.side === "complainant")
			.map((one) => ({ do: "notify", to: { party: one.id }, notice }));
	switch (event.type) {
		case "ComplaintFiled":
			return [...toComplainants("complaint-received"), ...toAccused(event.data.allegations, kase, pack)];
		case "ComplaintAmended":
			return toAccused(event.data.allegations, kase, pack);
		case "KindChanged":
			return event.data.kind === "complaint" ? toAccused(kase.allegations, kase, pack) : [];
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

/**
 * Whoever is accused is told at once, unless it is no complaint, or the case is or may have to be restricted: then the
 * safety team decides what they learn.
 */
function toAccused(allegations: Case["allegations"], kase: Case, pack: Context["pack"]): Effect[] {
	const categories = allegations.flatMap((one) => one.category ?? one.proposed?.category ?? []);
	const flags = [...(kase.intake?.flags ?? []), ...(kase.triage?.flags ?? [])];
	const heldBack = kase.restriction !== null || restrictsBy(flags, categories, pack) !== null;
	if (kase.intake?.kind !== "complaint" || heldBack) return [];
	const accused = new Set(allegations.flatMap((one) => one.accused));
	return kase.parties
		.filter((one) => accused.has(one.id) && (one.person || one.organisation))
		.map((one) => ({ do: "notify", to: { party: one.id }, notice: "complaint-filed-against-you" }));
}

/** A case by the id that somebody gave; not what every object has by that name. */
function caseIn(cases: Context["cases"], id: string) {
	return cases && Object.hasOwn(cases, id) ? cases[id] : undefined;
}
