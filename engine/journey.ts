import type { z } from "zod";
import { type Actor, can, STAFF } from "./actor.ts";
import { type Case, isRestricted, joinedInto, partyOf, underPolice } from "./case.ts";
import { clockEvents, lateStarts, regradeEvents } from "./clock-moments.ts";
import { type ClockEvent, clocks } from "./clocks.ts";
import { type Accepted, type Decision, type Refusal, type Refused, refusal, refuse } from "./decision.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { Moment } from "./packs/schema.ts";
import { appeal } from "./steps/appeal.ts";
import { approval } from "./steps/approval.ts";
import { closure } from "./steps/closure.ts";
import { contact } from "./steps/contact.ts";
import type { Event, Meta } from "./steps/event.ts";
import { execution } from "./steps/execution.ts";
import { isPaid, openItems } from "./steps/execution-items.ts";
import { followUp } from "./steps/follow-up.ts";
import { improvement } from "./steps/improvement.ts";
import { intake } from "./steps/intake.ts";
import { investigation } from "./steps/investigation.ts";
import { STEPS, type StepName, TRACK_OF, type Track } from "./steps/names.ts";
import { proceedings } from "./steps/proceedings.ts";
import { remedy } from "./steps/remedy.ts";
import { reputation } from "./steps/reputation.ts";
import { responsibility } from "./steps/responsibility.ts";
import type { CommandRule, Context, Effect, Need, Obligation, Standing, Step, Timer } from "./steps/step.ts";
import { triage } from "./steps/triage.ts";
import type { DayTable } from "./time/calendar.ts";
import type { Instant } from "./time/instant.ts";

/**
 * The table of contents of a complaint: its steps in order. Everything that may happen to a case is one of these
 * steps' commands, or of the clocks that stand beside them.
 */
const journey = [
	intake,
	triage,
	contact,
	investigation,
	responsibility,
	remedy,
	approval,
	execution,
	closure,
	followUp,
	appeal,
	proceedings,
	reputation,
	improvement,
	clocks,
] as unknown as readonly Step[];

/** Every command of every step, by its name. */
export const COMMANDS: ReadonlyMap<string, CommandRule & { step: StepName | "clocks" }> = new Map(
	journey.flatMap((step) =>
		Object.entries(step.commands).map(([type, rule]) => [type, { ...rule, step: step.name }] as const),
	),
);

const STEP_OF_EVENT: ReadonlyMap<string, Step> = new Map(
	journey.flatMap((step) => Object.keys(step.fold).map((type) => [type, step] as const)),
);

/** Names of every event that a case's history may hold. */
export const EVENTS: readonly string[] = [...STEP_OF_EVENT.keys()];

/** A command as it comes: its name and its parsed fields. */
export interface Command {
	type: string;
	fields: unknown;
}

export interface Decided {
	ok: true;
	events: Event[];
	next: Case;
	effects: Effect[];
}

/** May this actor do this now? The same answer for the server, for buttons and for tests; null means yes. */
export function allowed(type: string, kase: Case, context: Context): Refusal | null {
	const rule = COMMANDS.get(type);
	if (!rule) return refusal("Malformed", { command: type });
	const seated = inSeat(context, kase);
	return mayAct(rule, kase, seated.actor) ?? inState(rule, kase) ?? (rule.guard?.(kase, seated) || null);
}

/**
 * Whoever has a side in the case acts in that seat and no other, whatever else they may do elsewhere: the accused
 * answer, and do not handle; a worker who complains, complains.
 */
function inSeat(context: Context, kase: Case): Context {
	const { actor } = context;
	const side = actor.kind === "system" ? null : partyOf(kase, actor)?.side;
	if (side === "respondent")
		return { ...context, actor: { ...actor, kind: "respondent", capabilities: ["respond"] } };
	if (side === "complainant")
		return { ...context, actor: { ...actor, kind: "complainant", capabilities: ["complain"] } };
	return context;
}

/** Every command with its answer, for one actor. */
export function allowedAll(kase: Case, context: Context): Record<string, true | Refusal> {
	const answers: Record<string, true | Refusal> = {};
	for (const type of COMMANDS.keys()) answers[type] = allowed(type, kase, context) ?? true;
	return answers;
}

function mayAct(rule: CommandRule, kase: Case, actor: Actor): Refusal | null {
	if (actor.company !== kase.company) return refusal("NotAuthorised");
	if (!can(actor, ...rule.by)) return refusal("NotAuthorised", { needs: [...rule.by] });
	return maySee(kase, actor);
}

/** Whether the actor's scope reaches this case at all. */
export function maySee(kase: Case, actor: Actor): Refusal | null {
	if (actor.kind === "system") return null;
	if (actor.company !== kase.company) return refusal("NotYourCase");
	if (actor.link) return actor.link.case === kase.id ? null : refusal("NotYourCase");
	if (partyOf(kase, actor) || wasAsked(kase, actor)) return null;
	// anybody who may file is at work on a case that has no parties yet
	if (kase.intake && !can(actor, ...STAFF)) return refusal("NotYourCase");
	if (isRestricted(kase) && !can(actor, "safety", "legal", "liaise") && !isCalledIn(kase, actor))
		return refusal("RestrictedCase");
	if (actor.trades !== "all" && !actor.trades.includes(kase.pack.name)) return refusal("OutsideScope");
	if (actor.organisations !== "all" && !inScope(kase, actor.organisations)) return refusal("OutsideScope");
	return null;
}

export { STAFF };

function inScope(kase: Case, organisations: readonly string[]): boolean {
	if (kase.organisation === null) return true;
	const known = [kase.organisation, ...kase.parties.flatMap((one) => one.line)];
	return known.some((one) => organisations.includes(one));
}

/**
 * A restricted case is the safety team's. Others come to it only for as long as their own duty asks for them: to decide
 * on a ceiling that was asked for, to pay what was agreed; and whoever was given an appeal, to decide it and to find
 * anew where it was upheld.
 */
function isCalledIn(kase: Case, actor: Actor): boolean {
	const asked = kase.approvals.some(
		(one) =>
			(!one.agreed && !one.returned && !one.withdrawn) ||
			(one.ratify && !one.ratify.done && !one.ratify.refused),
	);
	if (asked && can(actor, "approve", "duty", "manage", "review")) return true;
	if (can(actor, "pay") && openItems(kase).some(isPaid)) return true;
	return kase.appeals.some((one) => one.reviewer?.person === actor.id);
}

/** Asked a question, ordered to inspect, or owner of a corrective action. */
function wasAsked(kase: Case, actor: Actor): boolean {
	const asked = kase.questions.map((one) =>
		"organisation" in one.to ? one.to.organisation : organisationOf(kase, one.to.party),
	);
	const charged = [
		...kase.inspections.map((one) => one.inspector),
		...kase.improvement.actions.map((one) => one.owner),
	];
	return (
		charged.includes(actor.id) ||
		// a worker of an outlet that was asked does not answer for it
		(can(actor, "answer") &&
			asked.some((organisation) => organisation !== null && actor.belongsTo.includes(organisation)))
	);
}

/** A department or partner that is itself a party, with no one person in the seat. */
function organisationOf(kase: Case, party: string): string | null {
	const one = kase.parties.find((known) => known.id === party);
	return one && !one.person ? one.organisation : null;
}

/** Steps that police proceedings suspend: the fault track. Customer care goes on. */
function inState(rule: CommandRule & { step?: string }, kase: Case): Refusal | null {
	const even = rule.evenWhen ?? [];
	if (!kase.intake) return even.includes("unfiled") ? null : refusal("NotFiled");
	if (even.includes("unfiled")) return refusal("AlreadyFiled", { number: kase.number });
	const joined = joinedInto(kase);
	if (joined && !even.includes("joined")) return refusal("CaseJoined", { case: joined.case });
	const track = rule.step && rule.step !== "clocks" ? TRACK_OF[rule.step as StepName] : null;
	// closure ends the customer track; the others go on
	if (kase.closure && track === "customer" && !even.includes("closed"))
		return refusal("CaseClosed", { closedAt: kase.closure.at });
	const suspended = track === "fault";
	if (suspended && underPolice(kase) && !even.includes("police")) return refusal("UnderPolice");
	return null;
}

/** Decides a command: refused with a reason, or the events, the case after them, and what follows. */
export function decide(command: Command, kase: Case, context: Context): Decided | Refused {
	const rule = COMMANDS.get(command.type);
	if (!rule) return refuse("Malformed", { command: command.type });
	const no = allowed(command.type, kase, context);
	if (no) return { ok: false, refusal: no };
	const seated = inSeat(context, kase);
	const decision: Decision<Event> = rule.decide(command.fields as z.output<typeof rule.schema>, kase, seated);
	return decision.ok ? withConsequences(decision, kase, seated) : decision;
}

/** Folds the events one by one, lets clocks start and stop at the moments they mark, and gathers effects. */
function withConsequences(decision: Accepted<Event>, before: Case, context: Context): Decided {
	let kase = before;
	const events: Event[] = [];
	const effects: Effect[] = [];
	const take = (event: Event) => {
		kase = evolve(kase, event, { at: context.now, by: context.actor.id, seq: kase.seq + 1 });
		events.push(event);
		effects.push(...(stepOf(event).react?.(event, kase, context) ?? []));
	};
	for (const event of decision.events) {
		take(event);
		for (const follows of consequencesOf(event, kase, context)) take(follows as Event);
	}
	return { ok: true, events, next: kase, effects };
}

function consequencesOf(event: Event, kase: Case, context: Context): ClockEvent[] {
	const moments = momentsOf(event, kase);
	const byMoment = moments.length > 0 ? clockEvents(kase, moments, event, context) : [];
	if (!TELLS_FACTS.has(event.type)) return byMoment;
	const begun = byMoment.reduce(
		(known, one) => (one.type === "ClockStarted" ? withClock(known, one) : known),
		kase,
	);
	const late = lateStarts(begun, context);
	return REGRADES.has(event.type)
		? [...byMoment, ...regradeEvents(kase, context), ...late]
		: [...byMoment, ...late];
}

/** Events after which running clocks are measured anew. */
const REGRADES = new Set(["CaseGraded", "CaseRegraded", "AllegationClassified"]);

/** Events after which a clock may run that could not before. */
const TELLS_FACTS = new Set([...REGRADES, "ComplaintAmended", "VerificationRecorded", "KindChanged"]);

function withClock(kase: Case, { data }: Extract<ClockEvent, { type: "ClockStarted" }>): Case {
	return { ...kase, clocks: [...kase.clocks, data.clock] };
}

/** `kase` is the case after the event. */
function momentsOf(event: Event, kase: Case): readonly Moment[] {
	const marked = stepOf(event).moments?.[event.type];
	return typeof marked === "function" ? marked(event.data as never, kase) : (marked ?? []);
}

function stepOf(event: Event): Step {
	const step = STEP_OF_EVENT.get(event.type);
	if (!step) throw new Error(`no step knows the event ${event.type}`);
	return step;
}

/** The fold: the case after one more event of its history. */
export function evolve(kase: Case, event: Event, meta: Meta): Case {
	const fold = stepOf(event).fold as Record<string, (kase: Case, data: unknown, meta: Meta) => Case>;
	const change = fold[event.type];
	if (!change) throw new Error(`no fold for the event ${event.type}`);
	const next = change(kase, event.data, meta);
	const reached = momentsOf(event, next).map((moment) => [moment, meta.at]);
	const moments = reached.length > 0 ? { ...next.moments, ...Object.fromEntries(reached) } : next.moments;
	return { ...next, moments, seq: meta.seq, changedAt: meta.at };
}

/**
 * Every wake-up that the case needs, computed anew: the store keeps the due table equal to it. What the case's state
 * would refuse (joined, closed, under police) does not ring until that has changed.
 */
export function timersOf(kase: Case, pack: LoadedPack, days: DayTable): Timer[] {
	return journey
		.flatMap((step) => step.timers?.(kase, pack, days) ?? [])
		.filter((one) => isPossible(one.command.type, kase));
}

function isPossible(type: string, kase: Case): boolean {
	const rule = COMMANDS.get(type);
	return rule !== undefined && inState(rule, kase) === null;
}

/** What must be done next on each track, by whom, until when, and what it blocks. */
export function obligations(kase: Case, pack: LoadedPack, now: Instant): Obligation[] {
	if (!kase.intake) return [];
	return journey
		.flatMap((step) => step.obligations?.(kase, pack, now) ?? [])
		.filter((one) => isPossible(one.command, kase));
}

/** Where each step stands, in order, by track. */
export function standings(
	kase: Case,
	pack: LoadedPack,
): { step: StepName; track: Track; standing: Standing }[] {
	return STEPS.map((name) => {
		const step = journey.find((one) => one.name === name);
		const standing = kase.skipped[name] ? "not-needed" : (step?.standing(kase, pack) ?? "waiting");
		return { step: name, track: TRACK_OF[name], standing };
	});
}

/** What the commands of a type want loaded before they can be decided. */
export function needsOf(type: string): readonly Need[] {
	return COMMANDS.get(type)?.needs ?? [];
}
