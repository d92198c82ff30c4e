import type {
	Act,
	Allegation,
	Appeal,
	Approval,
	Closure,
	Computation,
	Consultation,
	Contact,
	Correction,
	DirectTalk,
	EvidenceItem,
	FinalPosition,
	Finding,
	FollowUp,
	Hearing,
	Improvement,
	Inspection,
	Intake,
	Item,
	Offer,
	OrderSnapshot,
	Party,
	Proceeding,
	Question,
	Relation,
	Route,
	Sanction,
	Side,
	Triage,
	Verification,
} from "./case-records.ts";
import type { Kept } from "./kept.ts";
import type { Moment } from "./packs/schema.ts";
import type { StepName } from "./steps/names.ts";
import type { Clock } from "./time/clock.ts";
import type { Instant } from "./time/instant.ts";

export type {
	Act,
	Allegation,
	Appeal,
	Approval,
	Closure,
	Computation,
	Consultation,
	Contact,
	Correction,
	CorrectiveAction,
	DirectTalk,
	EvidenceItem,
	FinalPosition,
	Finding,
	FollowUp,
	Grade,
	Hearing,
	Improvement,
	Inspection,
	Intake,
	Item,
	Money,
	Offer,
	OrderSnapshot,
	Party,
	Proceeding,
	Question,
	Relation,
	RemedyLine,
	Route,
	Sanction,
	Side,
	Triage,
	Verification,
} from "./case-records.ts";

/**
 * What is known of a case, step by step. A state is the record of the act that made it: a part is null or empty
 * until it has been recorded, and where each track stands is computed, never stored.
 */

export const OUTCOMES = [
	"settled",
	"deadlock",
	"not-accepted",
	"not-a-complaint",
	"duplicate",
	"withdrawn",
	"unreachable",
	"transferred",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SANCTIONS = [
	"points",
	"warning",
	"retraining",
	"fine",
	"restriction",
	"suspension",
	"ban",
	"block",
	"blacklist",
	"safety-measure",
	"customer-warning",
	"customer-restriction",
	"customer-ban",
	"praise",
	"reward",
] as const;
export type SanctionKind = (typeof SANCTIONS)[number];

/** Bumped when the fold changes: snapshots with another number are folded anew. */
export const FOLD = 2;

export interface Case {
	id: string;
	company: string;
	number: string;
	pack: { name: string; version: string };
	seq: number;
	intake: Intake | null;
	amendments: (Act & { words: Kept; fields: string[] })[];
	parties: Party[];
	/** Left out in older snapshots: nobody asked. */
	corrections?: Correction[];
	orders: OrderSnapshot[];
	allegations: Allegation[];
	relations: Relation[];
	urgings: (Act & { words: Kept })[];
	triage: Triage | null;
	regradings: Triage[];
	route: Route | null;
	/** `handOver`: whoever had it before wrote down how far it is; read once the owner has said so. */
	owner: {
		person: string;
		since: Instant;
		by: string;
		handOver?: { from: string; note: Kept; read: Act | null };
	} | null;
	owners: { person: string; from: Instant; to: Instant; why: "hand-over" | "assigned" | "released" }[];
	team: string | null;
	/** The organisation whose business it is: leads scope. */
	organisation: string | null;
	escalations: (Act & { to: string; why: Kept | null; clock: string | null })[];
	/** `because`: the flag or category that the pack restricts by; null where a person decided it. */
	restriction:
		| (Act & { why: Kept | null; because: string | null; guardian: string | null; lifted: Act | null })
		| null;
	hold: (Act & { why: Kept; lifted: Act | null }) | null;
	clocks: (Clock & { ladder?: { to: string; at: Instant; climbed: boolean }[] })[];
	contacts: Contact[];
	firstContact: (Act & { contact: string; as: Contact["as"] }) | null;
	contactRefused: Act | null;
	directTalk: DirectTalk | null;
	messages: (Act & { id: string; to: string; from: string; words: Kept; guard: string[] })[];
	questions: Question[];
	hearings: Hearing[];
	evidence: EvidenceItem[];
	verifications: Verification[];
	inspections: Inspection[];
	factsConfirmed: Act | null;
	round: number;
	rounds: { round: number; opened: Act; appeal: string; deciders: string[] }[];
	findings: Finding[];
	consultations: Consultation[];
	computations: Computation[];
	offers: Offer[];
	finalPosition: FinalPosition | null;
	approvals: Approval[];
	items: Item[];
	confirmation:
		| (Act & { through: "written" | "spoken" | "page"; satisfied: boolean; words: Kept | null })
		| null;
	confirmationAttempts: (Act & { through: "call" | "message" })[];
	closure: Closure | null;
	reopenings: (Act & {
		why: Kept | null;
		because: "not-satisfied" | "new-facts" | "appeal" | "proceeding" | "contact";
	})[];
	/** When the complainant is to be asked again, set when the customer track ends. */
	followUpPlan: { attempt: string; due: Instant; asked?: Instant }[];
	followUps: FollowUp[];
	termination: (Act & { reasons: Kept }) | null;
	appeals: Appeal[];
	proceedings: Proceeding[];
	sanctions: Sanction[];
	improvement: Improvement;
	/** When each moment that clocks start or stop at was reached last. */
	moments: Partial<Record<Moment, Instant>>;
	/** Steps that were not needed, and why. */
	skipped: Partial<Record<StepName, Act & { why: string }>>;
	/** Last event at. */
	changedAt: Instant;
}

export function emptyCase(id: string, company: string, number: string, pack: Case["pack"]): Case {
	return {
		id,
		company,
		number,
		pack,
		seq: 0,
		intake: null,
		amendments: [],
		parties: [],
		orders: [],
		allegations: [],
		relations: [],
		urgings: [],
		triage: null,
		regradings: [],
		route: null,
		owner: null,
		owners: [],
		team: null,
		organisation: null,
		escalations: [],
		restriction: null,
		hold: null,
		clocks: [],
		contacts: [],
		firstContact: null,
		contactRefused: null,
		directTalk: null,
		messages: [],
		questions: [],
		hearings: [],
		evidence: [],
		verifications: [],
		inspections: [],
		factsConfirmed: null,
		round: 1,
		rounds: [],
		findings: [],
		consultations: [],
		computations: [],
		offers: [],
		finalPosition: null,
		approvals: [],
		items: [],
		confirmation: null,
		confirmationAttempts: [],
		closure: null,
		reopenings: [],
		followUpPlan: [],
		followUps: [],
		termination: null,
		appeals: [],
		proceedings: [],
		sanctions: [],
		improvement: { proposals: [], rootCause: null, actions: [], doNot: [], training: [], study: null },
		moments: {},
		skipped: {},
		changedAt: "",
	};
}

/** The next id of a kind within the case: a1, a2 … stable, and short enough to say on the phone. */
export function nextId(prefix: string, list: readonly { id: string }[], ahead = 0): string {
	return `${prefix}${list.length + 1 + ahead}`;
}

/** Allegations that still stand. */
export function standing(kase: Case): Allegation[] {
	return kase.allegations.filter((one) => !one.withdrawn);
}

/** The duplicate-of relation in force, if this case was joined into another. */
export function joinedInto(kase: Case): Relation | null {
	return kase.relations.find((one) => one.kind === "duplicate" && !one.parted) ?? null;
}

export function underPolice(kase: Case): boolean {
	return kase.proceedings.some((one) => one.kind === "police" && !one.result && !one.sentBack);
}

export function isRestricted(kase: Case): boolean {
	return kase.restriction !== null && !kase.restriction.lifted;
}

export function isOnHold(kase: Case): boolean {
	return kase.hold !== null && !kase.hold.lifted;
}

/** The finding in force for an allegation: the last one, unless an appeal has overturned it. */
export function findingOf(kase: Case, allegation: string): Finding | null {
	const last = kase.findings.findLast((one) => one.allegation === allegation) ?? null;
	return last && isOverturned(kase, last.id) ? null : last;
}

/** An appeal or a review against this finding was upheld, at least in part: it is to be found anew. */
export function isOverturned(kase: Case, finding: string): boolean {
	return kase.appeals.some(
		(one) => one.decided && one.decided.result !== "dismissed" && one.against.findings.includes(finding),
	);
}

/** Safety, fraud and regulator matters go on although the complainant withdraws. */
export function goesOn(kase: Case): boolean {
	return (
		isRestricted(kase) ||
		kase.evidence.some((one) => one.judged?.as === "forged") ||
		kase.proceedings.some((one) => one.direction === "inbound" && !one.result && !one.sentBack)
	);
}

/** Allegations that the fault track goes through: those that stand, and withdrawn ones where the matter goes on. */
export function examined(kase: Case): Allegation[] {
	return goesOn(kase) ? kase.allegations : standing(kase);
}

/** Offers begin anew with each reopening, and with each new round that the complainant's review brought about. */
export function remedyRound(kase: Case): number {
	const reviews = kase.rounds.filter(
		(one) => kase.appeals.find((appeal) => appeal.id === one.appeal)?.side === "complainant",
	);
	return 1 + reviews.length + kase.reopenings.length;
}

export function partiesOn(kase: Case, side: Side): Party[] {
	return kase.parties.filter((one) => one.side === side);
}

/** The actor's own seat in the case, by their person or by their link. */
export function partyOf(
	kase: Case,
	actor: { id: string; link?: { case: string; party: string } },
): Party | null {
	return (
		kase.parties.find((one) => one.id === actor.link?.party) ??
		kase.parties.find((one) => one.person === actor.id) ??
		null
	);
}
