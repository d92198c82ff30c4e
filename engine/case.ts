import type { Kept } from "./kept.ts";
import type { ItemKind } from "./packs/schema.ts";
import type { Explanation } from "./rules/evaluate.ts";
import type { StepName } from "./steps/names.ts";
import type { Clock } from "./time/clock.ts";
import type { Instant } from "./time/instant.ts";

/**
 * What is known of a case, step by step. A state is the record of the act that made it: a part is null or empty
 * until it has been recorded, and where each track stands is computed, never stored.
 */

/** Who did it and when. */
export interface Act {
	at: Instant;
	by: string;
}

/** An amount in minor units. */
export interface Money {
	amount: number;
	currency: string;
}

export type Side = "complainant" | "respondent" | "company" | "other";

/** A party in its seat. People and organisations are ids; names and numbers are kept beside the history. */
export interface Party {
	id: string;
	seat: string;
	side: Side;
	person: string | null;
	organisation: string | null;
	/** The organisation and those above it on the order's date: the party's own line. */
	line: string[];
	name: Kept | null;
	phone: Kept | null;
	address: Kept | null;
	plate: Kept | null;
	/** Acts for another party: agent or guardian. */
	actsFor: string | null;
}

/** An order as it stood when the complaint came: frozen. */
export interface OrderSnapshot {
	id: string;
	number: string;
	trade: string;
	takenAt: Instant | null;
	facts: Record<string, string | number | boolean | string[]>;
	events: { at: Instant; what: string }[];
}

export interface Allegation {
	id: string;
	words: Kept | null;
	/** Proposed by the pack's words, with the words that led to it. */
	proposed: { category: string; because: string[] } | null;
	category: string | null;
	classified: (Act & { why: Kept | null }) | null;
	/** Party ids. */
	accused: string[];
	withdrawn: (Act & { why: Kept | null }) | null;
	/** Round in which it was raised. */
	round: number;
}

export interface Relation {
	kind: "duplicate" | "same-order" | "counter-complaint" | "mass-incident";
	case: string;
	made: Act;
	parted: (Act & { why: Kept }) | null;
}

export interface Intake {
	kind: "complaint" | "enquiry" | "urging" | "suggestion" | "praise";
	source: "customer" | "platform" | "outlet" | "regulator" | "media" | "worker";
	channel: "phone" | "message" | "mail" | "page" | "in-person" | "api";
	occurredAt: Instant | null;
	receivedAt: Instant;
	recordedAt: Instant;
	verbatim: Kept;
	summary: Kept | null;
	place: Kept | null;
	claimed: Money | null;
	wished: Kept | null;
	flags: string[];
	language: "zh" | "en";
	/** Who filed: complainant themself, or staff for them. */
	by: string;
	importance: "ordinary" | "important";
	repeat: number;
}

export interface Grade {
	urgency: "critical" | "urgent" | "ordinary";
	severity: "A" | "B" | "C";
}

export interface Triage extends Act, Grade {
	proposed: Grade;
	explanations: Explanation[];
	why: Kept | null;
	flags: string[];
}

/** The route chosen by the pack's table; pinned until regraded. */
export interface Route {
	fault: boolean;
	investigation: "full" | "short" | "none";
	firstContact: "worker" | "outlet" | "desk";
	onTheSpot: boolean;
	confirm: boolean;
	team: "desk" | "safety" | "dedicated";
	row: string;
}

export interface Contact extends Act {
	id: string;
	party: string;
	through: "call" | "message" | "visit" | "mail";
	as: "worker" | "outlet" | "desk";
	outcome: "reached" | "no-answer" | "wrong-number" | "refused" | "sent";
	words: Kept | null;
	said: string[];
}

export interface DirectTalk extends Act {
	party: string;
	until: Instant;
	closed: (Act & { why: "agreed" | "timeout" | "wish" | "barred" | "taken-over" | "not-agreed" }) | null;
}

export interface Question extends Act {
	id: string;
	/** A party of the case, or an organisation (department, partner). */
	to: { party: string } | { organisation: string };
	about: "explanation" | "records" | "question";
	words: Kept;
	allegations: string[];
	due: Instant;
	answer: (Act & { words: Kept; evidence: string[] }) | null;
	noReply: Act | null;
	withdrawn: Act | null;
}

/** How a party was heard: law 2. */
export interface Hearing extends Act {
	party: string;
	round: number;
	how: "explained" | "no-reply" | "unobtainable";
	words: Kept | null;
	why: "left" | "ill" | "detained" | "unidentified" | "other" | null;
	attestedBy: string | null;
}

export interface EvidenceItem extends Act {
	id: string;
	kind: "photo" | "video" | "audio" | "track" | "document" | "record" | "statement";
	title: Kept;
	/** Whose evidence: a party, or the company. */
	from: string;
	recipe: string | null;
	piece: string | null;
	file: { sha256: string; bytes: number; mime: string } | null;
	takenAt: Instant | null;
	judged: (Act & { as: "accepted" | "doubtful" | "forged"; why: Kept }) | null;
	flags: string[];
}

export interface Verification extends Act {
	id: string;
	fact: string;
	value: string | number | boolean | string[];
	source: string;
	confirmed: boolean;
	evidence: string[];
	words: Kept | null;
}

export interface Inspection extends Act {
	id: string;
	place: Kept;
	planned: Instant;
	inspector: string;
	result: (Act & { words: Kept; evidence: string[] }) | null;
}

export type Upheld = "yes" | "in-part" | "no" | "unverifiable";

export interface Finding extends Act {
	id: string;
	allegation: string;
	round: number;
	upheld: Upheld;
	liable: boolean;
	/** Percent by party id, or by `unknown`, `force-majeure`, `company`, `customer`. Empty unless upheld. */
	shares: Record<string, number>;
	cause: string;
	reasons: Kept;
	explanation: Explanation | null;
	/** Why the table's proposal was not followed. */
	override: Kept | null;
	noticedAt: Instant | null;
}

export interface Consultation extends Act {
	id: string;
	with: string[];
	impact: "low" | "medium" | "high";
	view: Kept;
}

/** One thing owed or given. */
export interface RemedyLine {
	item: ItemKind;
	amount: Money | null;
	count: number;
	bearer: string;
	legal: "owed" | "goodwill";
	explanation: Explanation | null;
	words: Kept | null;
	/** Paid by whom to whom: party ids or seats. */
	payee: string | null;
}

export interface Computation extends Act {
	id: string;
	lines: RemedyLine[];
	total: Money;
	facts: Record<string, string | number | boolean | string[]>;
	needs: string[];
}

export interface Offer extends Act {
	id: string;
	round: number;
	from: "company" | "respondent" | "complainant";
	party: string | null;
	lines: RemedyLine[];
	total: Money;
	grounds: Kept;
	until: Instant;
	answers: string | null;
	accepted: (Act & { signed: string | null; through: "written" | "spoken" | "page" }) | null;
	declined: (Act & { why: Kept | null }) | null;
	expired: Instant | null;
	superseded: Instant | null;
}

export interface FinalPosition extends Act {
	lines: RemedyLine[];
	total: Money;
	reasons: Kept;
	referTo: string[];
	nothingOwed: boolean;
	/** Items are carried out although the complainant did not accept; this waives nothing. */
	unaccepted: boolean;
}

export interface Approval extends Act {
	id: string;
	ceiling: Money;
	need: "duty" | "approve" | "head-office" | "outside";
	level: number;
	grounds: Kept;
	explanation: Explanation | null;
	agreed: (Act & { ceiling: Money; as: "duty" | "approve"; words: Kept | null }) | null;
	/** Agreed by the duty manager at night: to be ratified by then. */
	ratify: { due: Instant; done: Act | null; refused: (Act & { why: Kept }) | null } | null;
	returned: (Act & { why: Kept }) | null;
	raised: { to: "parent" | "head-office" | "outside-reviewer"; at: Instant; why: string }[];
	withdrawn: Act | null;
}

export interface Item extends RemedyLine {
	id: string;
	/** The offer or final position it comes from. */
	from: string;
	started: (Act & { method: "wechat" | "alipay" | "bank" | "cash" | "balance" | "none" }) | null;
	attempts: { at: Instant; ok: boolean; receipt: string | null; reason: string | null }[];
	/** A payment has been sent with this key and no result is known yet. */
	pending: { key: string; since: Instant } | null;
	done: (Act & { receipt: string | null; words: Kept | null }) | null;
	held: (Act & { why: Kept }) | null;
	waived: (Act & { why: Kept }) | null;
	replacedBy: string | null;
	recovery: { from: string; amount: Money; done: Act | null } | null;
}

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

export interface Closure extends Act {
	outcome: Outcome;
	reason: Kept | null;
	referTo: string[];
	onTheSpot: boolean;
	round: number;
}

export interface FollowUp extends Act {
	id: string;
	attempt: string;
	result:
		| { satisfied: boolean; bothered: boolean; score: number | null; advice: Kept | null }
		| { waived: string; why: Kept | null }
		| { noAnswer: true };
}

export interface Appeal extends Act {
	id: string;
	side: "respondent" | "complainant";
	party: string;
	/** Finding ids, or a sanction, or "closure". */
	against: { findings: string[]; sanction: string | null; decision: boolean };
	grounds: string[];
	words: Kept;
	evidence: string[];
	supplement: (Act & { words: Kept; evidence: string[] }) | null;
	supplementAsked: (Act & { words: Kept; due: Instant }) | null;
	reviewer: (Act & { person: string }) | null;
	decided:
		| (Act & { result: "upheld" | "upheld-in-part" | "dismissed"; reasons: Kept; newRound: number | null })
		| null;
}

export interface Proceeding extends Act {
	id: string;
	body: string;
	kind: "regulator" | "hotline" | "consumer" | "media" | "police" | "insurer" | "court" | "mediation";
	direction: "inbound" | "outbound";
	number: string;
	receivedAt: Instant;
	due: Instant | null;
	extended: (Act & { due: Instant; why: Kept })[];
	sentBack: (Act & { why: Kept }) | null;
	received: (Act & { words: Kept; evidence: string[] })[];
	replies: (Act & { words: Kept; final: boolean })[];
	insurance: (Act & {
		step: "reported" | "surveyed" | "loss-set" | "advanced" | "recovered";
		amount: Money | null;
	})[];
	result: (Act & { words: Kept; amount: Money | null }) | null;
}

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

export interface Sanction extends Act {
	id: string;
	kind: SanctionKind;
	/** The person (worker or customer) whose conduct file it enters. */
	subject: string;
	party: string;
	points: number;
	until: Instant | null;
	/** For a block: the other person. */
	against: string | null;
	rule: Explanation | null;
	reason: Kept;
	evidence: string[];
	/** Waits for the appeal window; null: in force. */
	effectiveFrom: Instant;
	inForce: Act | null;
	review: { due: Instant; done: Act | null } | null;
	lifted: (Act & { why: Kept }) | null;
	reversed: (Act & { why: string }) | null;
	finding: string | null;
}

export interface CorrectiveAction extends Act {
	id: string;
	owner: string;
	organisation: string | null;
	cause: string;
	words: Kept;
	due: Instant;
	done: (Act & { words: Kept; evidence: string[] }) | null;
	verified: (Act & { worked: boolean; words: Kept }) | null;
}

export interface Improvement {
	proposals: (Act & {
		id: string;
		words: Kept;
		target: string;
		decided: (Act & { taken: boolean; why: Kept }) | null;
	})[];
	rootCause: (Act & { cause: string; words: Kept }) | null;
	actions: CorrectiveAction[];
	doNot: (Act & { id: string; place: string; words: Kept })[];
	training: (Act & {
		id: string;
		person: string;
		training: string;
		due: Instant;
		result: (Act & { score: number; passed: boolean }) | null;
	})[];
	study: (Act & { lesson: Kept; text: Kept; published: Act | null }) | null;
}

/** Bumped when the fold changes: snapshots with another number are folded anew. */
export const FOLD = 1;

export interface Case {
	id: string;
	company: string;
	number: string;
	pack: { name: string; version: string };
	seq: number;
	intake: Intake | null;
	amendments: (Act & { words: Kept; fields: string[] })[];
	parties: Party[];
	orders: OrderSnapshot[];
	allegations: Allegation[];
	relations: Relation[];
	urgings: (Act & { words: Kept })[];
	triage: Triage | null;
	regradings: Triage[];
	route: Route | null;
	owner: { person: string; since: Instant; by: string } | null;
	owners: { person: string; from: Instant; to: Instant; why: "hand-over" | "assigned" | "released" }[];
	team: string | null;
	/** The organisation whose business it is: leads scope. */
	organisation: string | null;
	escalations: (Act & { to: string; why: Kept | null; clock: string | null })[];
	restriction: (Act & { why: Kept; guardian: string | null; lifted: Act | null }) | null;
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
	followUpPlan: { attempt: string; due: Instant }[];
	followUps: FollowUp[];
	termination: (Act & { reasons: Kept }) | null;
	appeals: Appeal[];
	proceedings: Proceeding[];
	sanctions: Sanction[];
	improvement: Improvement;
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

/** The finding in force for an allegation: the latest round's. */
export function findingOf(kase: Case, allegation: string): Finding | null {
	return kase.findings.findLast((one) => one.allegation === allegation) ?? null;
}

export function partiesOn(kase: Case, side: Side): Party[] {
	return kase.parties.filter((one) => one.side === side);
}
