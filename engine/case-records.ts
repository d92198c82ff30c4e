import type { Outcome, SanctionKind } from "./case.ts";
import type { Kept } from "./kept.ts";
import type { ItemKind } from "./packs/schema.ts";
import type { Explanation } from "./rules/evaluate.ts";
import type { Instant } from "./time/instant.ts";

/** The records that make up a case, in the order of its steps: each the record of an act, with who and when. */

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

/** What a party asked to have put right, or the office put right for them. */
export interface Correction extends Act {
	id: string;
	party: string;
	fields: Partial<Record<"name" | "phone" | "address", Kept>>;
	why: Kept | null;
	/** What stood there until then; null: nothing was changed. */
	before: Record<"name" | "phone" | "address", Kept | null> | null;
	decided: (Act & { taken: boolean; why: Kept | null }) | null;
	/** Asked anew before it was decided. */
	replaced: boolean;
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
	why: Kept | null;
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
	/** The call by which it came, and how long it rang before somebody answered; null: not measured. */
	call?: { id: string; ringSeconds: number | null; rings: number | null };
	/** Ids of the talk-track lines said while it was taken down. */
	said?: string[];
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
	attempts: { at: Instant; ok: boolean; receipt: string | null; reason: Kept | null }[];
	/** A payment has been sent with this key and no result is known yet. */
	pending: { key: string; since: Instant } | null;
	done: (Act & { receipt: string | null; words: Kept | null }) | null;
	held: (Act & { why: Kept }) | null;
	waived: (Act & { why: Kept }) | null;
	replacedBy: string | null;
	recovery: { from: string; amount: Money; done: Act | null } | null;
}

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
		| {
				satisfied: boolean;
				bothered: boolean;
				score: number | null;
				advice: Kept | null;
				words: Kept | null;
		  }
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
	/** By when to look whether it worked. */
	verifyBy: Instant | null;
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
