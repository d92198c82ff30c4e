import type { ClockEvent } from "./clocks.ts";
import type { Reason } from "./decision.ts";
import type { AppealEvent } from "./steps/appeal.ts";
import type { ApprovalEvent } from "./steps/approval.ts";
import type { ClosureEvent } from "./steps/closure.ts";
import type { ContactEvent } from "./steps/contact.ts";
import type { ExecutionEvent } from "./steps/execution.ts";
import type { FollowUpEvent } from "./steps/follow-up.ts";
import type { ImprovementEvent } from "./steps/improvement.ts";
import type { IntakeEvent } from "./steps/intake.ts";
import type { InvestigationEvent } from "./steps/investigation.ts";
import type { ProceedingEvent } from "./steps/proceedings.ts";
import type { RemedyEvent } from "./steps/remedy.ts";
import type { ReputationEvent } from "./steps/reputation.ts";
import type { ResponsibilityEvent } from "./steps/responsibility.ts";
import type { TriageEvent } from "./steps/triage.ts";

/**
 * What the sentences of packs/common/wording may show: the details of a refusal and the data of an event that stand
 * between double braces there. The compiler holds the events' names to what the events carry.
 */

/** What a placeholder stands for, so that whoever shows the sentence knows how to write the value. */
export type Shown =
	| "text"
	| "instant"
	/** Minor units of the pack's currency, or an amount with its currency. */
	| "money"
	/** Ids, shown as names: a person, a party in its seat, a case by its number, a clock, an item by its kind. */
	| "person"
	| "party"
	| "case"
	| "clock"
	| "item"
	| "allegation"
	/** Words of this file: section fields, values, capabilities, outcomes, sanctions. */
	| "field"
	| "value"
	| "capability"
	| "outcome"
	| "sanction"
	/** Words of the pack: fact sheet, categories, causes, bodies, training. */
	| "fact"
	| "category"
	| "cause"
	| "body"
	| "training";

/** Which details of a refusal its sentence may show. Any of them may be missing. */
export const SHOWN_IN_REFUSAL: { [R in Reason]?: Readonly<Record<string, Shown>> } = {
	AlreadyAnswered: { at: "instant" },
	AlreadyClaimed: { by: "person", since: "instant" },
	AlreadyFiled: { number: "text" },
	AlreadyOpen: { number: "text" },
	BeforeIntake: { receivedAt: "instant" },
	CannotPause: { clock: "clock" },
	CaseClosed: { number: "text", closedAt: "instant" },
	CaseJoined: { case: "case" },
	CeilingExceeded: { total: "money", ceiling: "money" },
	CeilingMissing: { total: "money", by: "value" },
	ClockStopped: { clock: "clock" },
	FactsMissing: { facts: "fact" },
	GuardAsksReason: { found: "text" },
	GuardBlocked: { found: "text" },
	InTheFuture: { field: "field" },
	ItemsOpen: { items: "item" },
	LimitExceeded: { ceiling: "money" },
	Malformed: { field: "field" },
	NotAuthorised: { needs: "capability" },
	NotClassified: { allegations: "allegation" },
	NotConfirmed: { attempts: "text" },
	NotYourCase: { owner: "person" },
	OutcomeNotAllowed: { outcome: "outcome" },
	QuietHours: { from: "text", to: "text" },
	ReasonMissing: { field: "field" },
	RoundsExhausted: { rounds: "text" },
	SharesNot100: { sum: "text" },
	SignatureMissing: { above: "money" },
	TooEarly: { due: "instant", attempts: "text", hoursApart: "text", missing: "value" },
	TooLate: { due: "instant" },
	TooManyAttempts: { most: "text" },
	Unheard: { parties: "party" },
	UnknownAction: { action: "text" },
	UnknownAllegation: { allegation: "text" },
	UnknownAppeal: { appeal: "text" },
	UnknownCase: { case: "text" },
	UnknownCategory: { category: "text" },
	UnknownClock: { clock: "text" },
	UnknownEvidence: { evidence: "text" },
	UnknownItem: { item: "text" },
	UnknownOffer: { offer: "text" },
	UnknownParty: { party: "text", seat: "text" },
	UnknownProceeding: { proceeding: "text" },
	UnknownQuestion: { question: "text" },
	UnknownSanction: { sanction: "text" },
	UnknownWord: { word: "text" },
	VerificationMissing: { fact: "fact", need: "text", have: "text" },
	WindowClosed: { until: "instant" },
	WrongCurrency: { currency: "text" },
};

type CaseEvent =
	| IntakeEvent
	| TriageEvent
	| ContactEvent
	| InvestigationEvent
	| ResponsibilityEvent
	| RemedyEvent
	| ApprovalEvent
	| ExecutionEvent
	| ClosureEvent
	| FollowUpEvent
	| AppealEvent
	| ProceedingEvent
	| ReputationEvent
	| ImprovementEvent
	| ClockEvent;
type DataOf<T> = Extract<CaseEvent, { type: T }>["data"];

/** Which data of an event its line in the history may show. */
export const SHOWN_IN_EVENT: {
	[T in CaseEvent["type"]]?: { readonly [K in keyof DataOf<T>]?: Shown };
} = {
	DuplicateJoined: { number: "text" },
	CaseLinked: { number: "text", as: "value" },
	CorrectionAsked: { party: "party" },
	CorrectionDecided: { taken: "value" },
	KindChanged: { from: "value", kind: "value" },
	AllegationClassified: { category: "category" },
	CaseClaimed: { person: "person" },
	CaseAssigned: { person: "person" },
	CaseHandedOver: { from: "person", person: "person" },
	HandOverConfirmed: { from: "person" },
	CaseEscalated: { to: "value" },
	DirectTalkOpened: { until: "instant" },
	DirectTalkClosed: { why: "value" },
	QuestionAsked: { due: "instant" },
	EvidenceJudged: { as: "value" },
	VerificationRecorded: { fact: "fact" },
	FindingDecided: { upheld: "value" },
	RemedyComputed: { total: "money" },
	OfferMade: { total: "money", until: "instant" },
	CounterOffered: { total: "money" },
	ApprovalRequested: { ceiling: "money" },
	ApprovalGiven: { ceiling: "money" },
	ApprovalRaised: { to: "value" },
	ItemStarted: { item: "item" },
	ItemDone: { item: "item" },
	ItemFailed: { item: "item" },
	ItemRetried: { item: "item" },
	ItemReplaced: { item: "item" },
	ItemWaived: { item: "item" },
	ItemHeld: { item: "item" },
	CaseClosed: { outcome: "outcome" },
	CaseReopened: { because: "value" },
	SupplementAsked: { due: "instant" },
	ReviewerAssigned: { person: "person" },
	AppealDecided: { result: "value" },
	ProceedingOpened: { body: "body", number: "text" },
	ProceedingExtended: { due: "instant" },
	InsuranceStepRecorded: { step: "value" },
	SanctionImposed: { kind: "sanction" },
	SafetyMeasureReviewed: { keep: "value" },
	ProposalDecided: { taken: "value" },
	RootCauseRecorded: { cause: "cause" },
	CorrectiveActionOpened: { due: "instant" },
	CorrectiveActionVerified: { worked: "value" },
	TrainingAssigned: { training: "training", person: "person", due: "instant" },
	TrainingResultRecorded: { score: "text", passed: "value" },
	ClockStarted: { clock: "clock" },
	ClockUndetermined: { needs: "fact" },
	ClockStopped: { clock: "clock" },
	ClockPaused: { clock: "clock" },
	ClockResumed: { clock: "clock" },
	ClockRegraded: { clock: "clock" },
	PromiseExtended: { clock: "clock" },
	ClockWarned: { clock: "clock", percent: "text" },
	ClockBreached: { clock: "clock" },
	ClockEscalated: { clock: "clock", to: "value" },
};
