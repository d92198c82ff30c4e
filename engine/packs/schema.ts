import { z } from "zod";
import { FactSheet } from "../rules/facts.ts";
import { RuleTable, Source } from "../rules/table.ts";
import { Duration, WorkCalendar } from "../time/calendar.ts";
import { Wording } from "./wording.ts";
import { Bilingual, Id, MoneyText } from "./words.ts";

/**
 * A pack: everything in which one trade differs from another, as data. One YAML file per key of `PackFiles`.
 * Money in YAML is written in whole currency with two decimals ("75.00"); in CEL it is `yuan(75)` (minor units).
 */

/** pack.yaml */
export const PackHead = z.strictObject({
	pack: Id,
	version: z.string().regex(/^\d{4}-\d{2}(\.\d+)?$/),
	from: z.iso.date(),
	name: Bilingual,
	zone: z.string(),
	currency: z.string().length(3),
	/** The trade's own words (order → 运单, worker → 快递员, outlet → 网点 …), shown instead of the general ones. */
	words: z.record(z.enum(["order", "worker", "outlet", "customer", "fee", "plate"]), Bilingual),
	/** Facts of this trade on top of packs/common/facts.yaml. */
	facts: FactSheet,
	/** Seats a party may take in this trade: who may be accused, who may complain. */
	seats: z.record(
		Id,
		z.strictObject({ name: Bilingual, side: z.enum(["complainant", "respondent", "company", "other"]) }),
	),
});

/** categories.yaml */
export const Category = z.strictObject({
	id: Id,
	group: Id,
	name: Bilingual,
	/** The same in the complainant's plain words. */
	plain: Bilingual,
	/** Words that propose this category; longer words weigh more. */
	keywords: z.array(z.string().min(2)).min(1),
	urgency: z.enum(["critical", "urgent", "ordinary"]),
	severity: z.enum(["A", "B", "C"]),
	/** Seats usually accused; empty: nobody in particular (the app, the price). */
	accuses: z.array(Id),
	directTalk: z.boolean(),
	restricted: z.boolean().default(false),
	onTheSpot: z.boolean().default(false),
	evidence: z.array(Id),
	verify: z.array(z.strictObject({ fact: Id, sources: z.array(Id).min(1), least: z.number().int().min(1) })),
	causes: z.array(Id).min(1),
	source: Source,
});

export const Categories = z.strictObject({
	groups: z.record(Id, Bilingual),
	categories: z.array(Category).min(3),
});

/** routes.yaml: triage. `urgency` gives {urgency}, `severity` gives {severity}, `route` gives the keys below. */
export const Routes = z.strictObject({
	urgency: RuleTable,
	severity: RuleTable,
	/**
	 * gives: fault (bool: must the fault track run), investigation ("full"|"short"|"none"),
	 * firstContact ("worker"|"outlet"|"desk"), onTheSpot (bool), confirm (bool), team ("desk"|"safety"|"dedicated")
	 */
	route: RuleTable,
	/** Flags that may be raised on a case, each a bool fact of the same name. */
	flags: z.array(z.strictObject({ id: Id, name: Bilingual, restricts: z.boolean().default(false) })),
});

/** Moments of a case at which clocks start or stop; closed list, computed by the engine. */
export const Moment = z.enum([
	"received",
	"filed",
	"triaged",
	"claimed",
	"first-contact",
	"facts-confirmed",
	"question-asked",
	"question-answered",
	"explanation-asked",
	"explained",
	"finding-decided",
	"offer-made",
	"offer-answered",
	"approval-asked",
	"approval-given",
	"remedy-agreed",
	"execution-ended",
	"answered",
	"closed",
	"follow-up-due",
	"followed-up",
	"appeal-lodged",
	"appeal-decided",
	"proceeding-opened",
	"proceeding-answered",
	"safety-measure",
	"safety-reviewed",
	"reopened",
]);

/** clocks.yaml */
export const ClockRule = z.strictObject({
	name: Id,
	label: Bilingual,
	kind: z.enum(["statutory", "promise", "internal"]),
	starts: Moment,
	stops: z.array(Moment).min(1),
	/** Hit first; gives {amount: int, unit: string, calendar: string}; no row hit: the clock does not run. */
	lasts: RuleTable,
	warn: z.array(z.number().int().min(1).max(100)).default([50, 80, 100]),
	/** The ladder after a breach: who is called in, how long after the due time. */
	escalate: z
		.array(
			z.strictObject({
				after: Duration,
				to: z.enum(["owner", "team-lead", "duty", "manager", "head-office"]),
			}),
		)
		.default([]),
});

export const Clocks = z.strictObject({
	calendars: z.record(Id, WorkCalendar),
	clocks: z.array(ClockRule).min(3),
});

/** contact.yaml */
export const ContactRules = z.strictObject({
	/** Attempts to one party in one day and in all, before contact counts as pestering. */
	perDay: z.number().int().positive(),
	inAll: z.number().int().positive(),
	/** Local hours without calls or messages, e.g. ["22:00", "08:00"]; critical cases excepted. */
	quiet: z.tuple([z.string(), z.string()]),
	/** How long the worker may talk directly before the desk comes in. */
	directTalk: Duration,
	/** Unanswered attempts, hours apart, after which a complainant counts as unreachable. */
	unreachable: z.strictObject({ attempts: z.number().int().min(2), hoursApart: z.number().int().positive() }),
	source: Source,
});

/** evidence.yaml */
export const EvidenceRules = z.strictObject({
	recipes: z.record(
		Id,
		z.strictObject({
			name: Bilingual,
			from: Id,
			pieces: z
				.array(
					z.strictObject({
						id: Id,
						name: Bilingual,
						kind: z.enum(["photo", "video", "audio", "track", "document", "record", "statement"]),
						required: z.boolean(),
						how: Bilingual.optional(),
					}),
				)
				.min(1),
		}),
	),
	/** Whoever can confirm a fact: complainant, worker, outlet-record, track, footage, partner … */
	sources: z.record(Id, Bilingual),
	/** How long a side has for its explanation. */
	explanation: Duration,
	source: Source,
});

/** responsibility.yaml: `faults` gives {liable: bool, shares: shares, cause: string}. */
export const ResponsibilityRules = z.strictObject({
	causes: z.record(Id, Bilingual),
	faults: RuleTable,
});

export const ItemKind = z.enum([
	"compensation",
	"refund",
	"fee-reduction",
	"voucher",
	"free-service",
	"redelivery",
	"search",
	"apology",
	"visit",
	"improvement-promise",
	"explanation",
]);

/** remedies.yaml: `remedies` (hit all) gives {item: string, amount: money, bearer: string, count?: int}; rows carry `legal`. */
export const RemedyRules = z.strictObject({
	remedies: RuleTable,
	/** What a worker may offer themself, each with its ceiling: hit all, gives {item, ceiling: money}. */
	worker: RuleTable,
	/** A written, signed agreement is needed above this amount. */
	signAbove: z.strictObject({ amount: MoneyText, source: Source }),
	/** How long an offer stands. */
	offerStands: Duration,
	/** Most rounds of offers before a final position must be taken. */
	rounds: z.number().int().positive(),
});

/** approvals.yaml: `limits` hit first, gives {by: "none"|"duty"|"approve"|"head-office"|"outside", level: int}. */
export const ApprovalRules = z.strictObject({
	limits: RuleTable,
	/** What the duty manager may agree to outside office hours, to be ratified in the next working day. */
	duty: z.strictObject({ amount: MoneyText, calendar: Id, ratifyWithin: Duration, source: Source }),
	/** Who is asked when nobody is eligible, in order. */
	ladder: z.array(z.enum(["parent", "head-office", "outside-reviewer"])).min(1),
});

/** reputation.yaml */
export const ReputationRules = z.strictObject({
	score: z.strictObject({
		base: z.number().int(),
		months: z.number().int().positive(),
		floor: z.number().int(),
		ceiling: z.number().int(),
		grades: z.array(z.strictObject({ least: z.number().int(), name: Bilingual, dispatch: Bilingual })).min(2),
		source: Source,
	}),
	/** Hit all; gives {sanction: string, points: int, days: int, subject: "worker"|"customer"}. days 0: no term. */
	sanctions: RuleTable,
	praise: RuleTable,
	/** Pairwise block. */
	block: z.strictObject({ months: z.number().int().positive(), source: Source }),
	/** Blacklist: count and proportion of proved misconduct, after a warning. */
	blacklist: z.strictObject({
		least: z.number().int().positive(),
		percent: z.number().min(1).max(100),
		withinDays: z.number().int().positive(),
		ladderDays: z.array(z.number().int().nonnegative()).min(1),
		limits: Bilingual,
		source: Source,
	}),
});

/** follow-up.yaml */
export const FollowUpRules = z.strictObject({
	/** Hit all; gives {afterAmount: int, afterUnit: string, attempt: string}. Counted from the end of execution. */
	schedule: RuleTable,
	questions: z
		.array(z.strictObject({ id: Id, ask: Bilingual, about: z.enum(["satisfied", "bothered", "advice"]) }))
		.length(3),
	target: z.strictObject({ percent: z.number(), source: Source }),
	attempts: z.number().int().positive(),
	waivers: z.record(Id, Bilingual),
});

/** appeals.yaml */
export const AppealRules = z.strictObject({
	respondent: z.strictObject({ window: Duration, supplement: Duration, decide: Duration, source: Source }),
	complainant: z.strictObject({ window: Duration, supplement: Duration, decide: Duration, source: Source }),
	/** A longer window where the sanction is a ban. */
	banWindow: Duration,
	/** What may be appealed on; `side`: only by those of that side. */
	grounds: z.record(Id, Bilingual.extend({ side: z.enum(["complainant", "respondent"]).optional() })),
});

/** proceedings.yaml */
export const ProceedingRules = z.strictObject({
	bodies: z.record(
		Id,
		z.strictObject({
			name: Bilingual,
			kind: z.enum(["regulator", "hotline", "consumer", "media", "police", "insurer", "court", "mediation"]),
			/** Time to answer, by default; the body's own figure overrides it. */
			answer: Duration.nullable(),
			/** When a complainant may be told to go there. */
			refer: Bilingual.optional(),
			source: Source,
		}),
	),
});

/** improvement.yaml */
export const ImprovementRules = z.strictObject({
	doNot: z.array(
		z.strictObject({ id: Id, place: Id, text: Bilingual, categories: z.array(Id), source: Source }),
	),
	checklists: z.record(Id, z.strictObject({ name: Bilingual, items: z.array(Bilingual).min(1) })).default({}),
	training: z.record(
		Id,
		z.strictObject({
			name: Bilingual,
			cards: z.array(Bilingual).min(1),
			questions: z
				.array(
					z.strictObject({ ask: Bilingual, options: z.array(Bilingual).min(2), right: z.number().int() }),
				)
				.min(1),
			pass: z.number().int().min(1).max(100),
		}),
	),
	/** Corrective actions proposed for a cause: how long, and when their effect is checked. */
	actions: z.strictObject({ within: Duration, verifyAfter: Duration }),
	repeat: z.strictObject({ count: z.number().int(), withinDays: z.number().int() }),
});

/** guard.yaml: what may not go out. Patterns are plain phrases; kinds with built-in detectors need none. */
export const GuardRules = z.strictObject({
	phrases: z.array(
		z.strictObject({
			id: Id,
			kind: z.enum(["forbidden", "off-platform-payment", "off-platform-contact", "beyond-authority", "heat"]),
			phrases: z.array(z.string().min(1)).min(1),
			instead: Bilingual,
			act: z.enum(["block", "ask-reason"]),
			source: Source,
		}),
	),
});

/** One file of a pack folder per key. */
export const PackFiles = {
	pack: PackHead,
	categories: Categories,
	routes: Routes,
	clocks: Clocks,
	contact: ContactRules,
	evidence: EvidenceRules,
	responsibility: ResponsibilityRules,
	remedies: RemedyRules,
	approvals: ApprovalRules,
	reputation: ReputationRules,
	"follow-up": FollowUpRules,
	appeals: AppealRules,
	proceedings: ProceedingRules,
	improvement: ImprovementRules,
	guard: GuardRules,
} as const;

export const Pack = z.strictObject({
	head: PackHead,
	categories: Categories,
	routes: Routes,
	clocks: Clocks,
	contact: ContactRules,
	evidence: EvidenceRules,
	responsibility: ResponsibilityRules,
	remedies: RemedyRules,
	approvals: ApprovalRules,
	reputation: ReputationRules,
	followUp: FollowUpRules,
	appeals: AppealRules,
	proceedings: ProceedingRules,
	improvement: ImprovementRules,
	guard: GuardRules,
	wording: z.strictObject({ zh: Wording, en: Wording }),
});
export type Pack = z.output<typeof Pack>;
export type Category = z.output<typeof Category>;
export type ClockRule = z.output<typeof ClockRule>;
export type Moment = z.output<typeof Moment>;
export type ItemKind = z.output<typeof ItemKind>;
