/**
 * A command is either accepted, with what has happened, or refused, with a reason from a closed list.
 * Refusals are values; an exception is a bug or a broken world. Nothing is written for a refusal.
 */

/** Why a command may be refused. Words for each, in every language, stand in packs/common/wording. */
export const REASONS = [
	// who
	"NotAuthorised",
	"OutsideScope",
	"RestrictedCase",
	"NotYourCase",
	"NotYourPart",
	"DecidedBefore",
	"OwnProposal",
	"ApproverPays",
	"HandlerAsksAgain",
	"AccusedLine",
	"SameAttestor",
	// what state
	"NotFiled",
	"AlreadyFiled",
	"CaseClosed",
	"CaseNotClosed",
	"CaseJoined",
	"NotJoined",
	"AlreadyClaimed",
	"NotClaimed",
	"NotTriaged",
	"NotClassified",
	"AlreadyWithdrawn",
	"AlreadyRestricted",
	"NotRestricted",
	"OnHold",
	"NotOnHold",
	"UnderPolice",
	"Unheard",
	"AlreadyHeard",
	"NothingUpheld",
	"NothingFound",
	"NotAccused",
	"SharesNot100",
	"ShareNotUpheld",
	"NoFaultTrack",
	"VerificationMissing",
	"TooEarly",
	"TooLate",
	"WindowClosed",
	"AlreadyDone",
	"AlreadyAnswered",
	"AlreadyDecided",
	"AlreadyOpen",
	"NotOpen",
	"NotStarted",
	"NotAgreed",
	"SignatureMissing",
	"CeilingMissing",
	"CeilingExceeded",
	"LimitExceeded",
	"RoundsExhausted",
	"ItemsOpen",
	"NotConfirmed",
	"OutcomeNotAllowed",
	"OnTheSpotNotAllowed",
	"DirectTalkBarred",
	"NobodyEligible",
	"SupplementUsed",
	"AppealPending",
	"EvidenceMissing",
	"TermMissing",
	"NoticeMissing",
	"FollowUpNotDue",
	"FactsMissing",
	"CannotPause",
	"ClockStopped",
	"NotPaused",
	"AlreadyPaused",
	"TooManyAttempts",
	"QuietHours",
	"ContactRefused",
	"GuardBlocked",
	"GuardAsksReason",
	"ReasonMissing",
	// what was named
	"UnknownParty",
	"UnknownOrder",
	"UnknownAllegation",
	"UnknownCategory",
	"UnknownQuestion",
	"UnknownEvidence",
	"UnknownOffer",
	"UnknownItem",
	"UnknownClock",
	"UnknownAppeal",
	"UnknownProceeding",
	"UnknownSanction",
	"UnknownAction",
	"UnknownCase",
	"UnknownWord",
	"InTheFuture",
	"BeforeIntake",
	"WrongCurrency",
	"RuleProblem",
	"Malformed",
	"Conflict",
] as const;
export type Reason = (typeof REASONS)[number];

/** Why not, and the figures or names that the words need. Never personal data. */
export interface Refusal {
	reason: Reason;
	detail: Record<string, string | number | boolean | string[]>;
}

export type Accepted<E> = { ok: true; events: E[] };
export type Refused = { ok: false; refusal: Refusal };
export type Decision<E> = Accepted<E> | Refused;

export function accept<E>(...events: E[]): Accepted<E> {
	return { ok: true, events };
}

export function refusal(reason: Reason, detail: Refusal["detail"] = {}): Refusal {
	return { reason, detail };
}

export function refuse(reason: Reason, detail: Refusal["detail"] = {}): Refused {
	return { ok: false, refusal: { reason, detail } };
}

/** The first refusal among several guards, or none. Guards are written one per line: they are the policy. */
export function firstOf(...refusals: (Refusal | null | false | undefined)[]): Refusal | null {
	for (const one of refusals) if (one) return one;
	return null;
}
