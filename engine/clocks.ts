import { z } from "zod";
import type { Capability } from "./actor.ts";
import type { Case } from "./case.ts";
import { calendarOf, ruleOf } from "./clock-rules.ts";
import { accept, type Decision, type Reason, type Refused, refuse } from "./decision.ts";
import { type Kept, Remark } from "./kept.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { Event } from "./steps/event.ts";
import { type Context, command, type Effect, type Step, type Timer } from "./steps/step.ts";
import { type DayTable, due as dueOf } from "./time/calendar.ts";
import {
	type Clock,
	type ClockProblem,
	extendClock,
	pauseClock,
	resumeClock,
	stopClock,
	thresholdsOf,
} from "./time/clock.ts";
import { Instant } from "./time/instant.ts";

/**
 * Clocks stand beside the tracks: they start and stop at moments of the case, as the pack says. A due time is
 * computed once per start, end of pause, regrading or extension, written into the event, and never moves because a
 * rule was edited.
 */

export type ClockEvent =
	| Event<"ClockStarted", { clock: Clock }>
	| Event<"ClockUndetermined", { name: string; needs: string[] }>
	| Event<"ClockStopped", { clock: string; at: Instant; why: string }>
	| Event<"ClockPaused", { clock: string; at: Instant; reason: Kept }>
	| Event<"ClockResumed", { clock: Clock }>
	| Event<"ClockRegraded", { clock: Clock }>
	| Event<"PromiseExtended", { clock: Clock; why: Kept }>
	| Event<"ClockWarned", { clock: string; percent: number }>
	| Event<"ClockBreached", { clock: string; ladder: { to: string; at: Instant }[] }>
	| Event<"ClockEscalated", { clock: string; to: string; rung: number }>;

const PauseClock = z.strictObject({ clock: z.string(), reason: Remark });
const ResumeClock = z.strictObject({ clock: z.string() });
const ExtendPromise = z.strictObject({ clock: z.string(), due: Instant, why: Remark });
const NoticeClock = z.strictObject({ clock: z.string(), percent: z.int().min(1).max(100) });
const ClimbLadder = z.strictObject({ clock: z.string(), rung: z.int().min(0) });

export const clocks: Step<ClockEvent> = {
	name: "clocks",
	commands: {
		PauseClock: command<typeof PauseClock, ClockEvent>({
			schema: PauseClock,
			by: ["handle", "triage", "liaise"],
			decide: ({ clock: id, reason }, kase, { now }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				const { problem } = pauseClock(clock, now, reason.ref);
				if (problem) return refuseClock(problem, clock);
				return accept({ type: "ClockPaused", data: { clock: id, at: now, reason } });
			},
		}),
		ResumeClock: command<typeof ResumeClock, ClockEvent>({
			schema: ResumeClock,
			by: ["handle", "triage", "liaise"],
			decide: ({ clock: id }, kase, { now, pack, days }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				const resumed = resumeClock(clock, now, calendarOf(pack, clock.calendar), days);
				if (!resumed.clock) return refuseClock(resumed.problem, clock);
				return accept({ type: "ClockResumed", data: { clock: { ...clock, ...resumed.clock } } });
			},
		}),
		ExtendPromise: command<typeof ExtendPromise, ClockEvent>({
			schema: ExtendPromise,
			by: ["handle", "triage", "manage"],
			decide: ({ clock: id, due, why }, kase, { now, pack, days }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				if (clock.kind === "statutory") return refuse("CannotPause", { clock: clock.name });
				const extension = { at: now, until: due, reason: why.ref };
				const extended = extendClock(clock, extension, calendarOf(pack, clock.calendar), days);
				if (!extended.clock) return refuseClock(extended.problem, clock);
				const later = relieved({ ...clock, ...extended.clock }, now);
				return accept({ type: "PromiseExtended", data: { clock: later, why } });
			},
		}),
		NoticeClock: command<typeof NoticeClock, ClockEvent>({
			schema: NoticeClock,
			by: ["system"],
			evenWhen: ["closed", "joined", "police"],
			decide: noticeClock,
		}),
		ClimbLadder: command<typeof ClimbLadder, ClockEvent>({
			schema: ClimbLadder,
			by: ["system"],
			evenWhen: ["closed", "joined", "police"],
			decide: ({ clock: id, rung }, kase, { now }) => {
				const clock = kase.clocks.find((one) => one.id === id);
				if (!clock) return refuse("UnknownClock", { clock: id });
				if (clock.stopped) return refuse("ClockStopped", { clock: clock.name });
				const step = clock.ladder?.[rung];
				if (!step || step.climbed) return refuse("AlreadyDone");
				if (now < step.at) return refuse("TooEarly", { due: step.at });
				return accept({ type: "ClockEscalated", data: { clock: id, to: step.to, rung } });
			},
		}),
	},
	fold: {
		ClockStarted: (kase, { clock }) => ({ ...kase, clocks: [...kase.clocks, clock] }),
		ClockUndetermined: (kase) => kase,
		ClockStopped: (kase, { clock, at, why }) =>
			change(kase, clock, (one) => stopClock(one, at, why).clock ?? { ...one, stopped: { at, why } }),
		ClockPaused: (kase, { clock, at, reason }) =>
			change(kase, clock, (one) => ({
				...one,
				pauses: [...one.pauses, { from: at, to: null, reason: reason.ref }],
			})),
		ClockResumed: (kase, { clock }) => change(kase, clock.id, () => clock),
		ClockRegraded: (kase, { clock }) => change(kase, clock.id, () => clock),
		PromiseExtended: (kase, { clock }) => change(kase, clock.id, () => clock),
		ClockWarned: (kase, { clock, percent }) =>
			change(kase, clock, (one) => ({ ...one, warned: [...one.warned, percent] })),
		ClockBreached: (kase, { clock, ladder }) =>
			change(kase, clock, (one) => ({
				...one,
				breachedAt: one.breachedAt ?? one.due,
				ladder: ladder.map((rung) => ({ ...rung, climbed: false })),
			})),
		ClockEscalated: (kase, { to, clock, rung }, { at, by }) => ({
			...change(kase, clock, (one) => ({
				...one,
				ladder: one.ladder?.map((step, n) => (n === rung ? { ...step, climbed: true } : step)),
			})),
			escalations: [...kase.escalations, { at, by, to, why: null, clock }],
		}),
	},
	react: reactToClock,
	timers: (kase, pack, days) => kase.clocks.flatMap((clock) => timersOf(clock, pack, days)),
	standing: () => "open",
};

/** A clock of a case, with the ladder that a breach set up. */
export type CaseClock = Clock & { ladder?: { to: string; at: Instant; climbed: boolean }[] };

const CLOCK_REFUSALS: Record<ClockProblem, Reason> = {
	"statutory-never-pauses": "CannotPause",
	"already-paused": "AlreadyPaused",
	"not-paused": "NotPaused",
	"already-stopped": "ClockStopped",
	"already-due": "TooLate",
	"before-last-change": "TooEarly",
	"not-later": "TooEarly",
};

function refuseClock(problem: ClockProblem, clock: Clock): Refused {
	return refuse(CLOCK_REFUSALS[problem], { clock: clock.name, due: clock.due });
}

function noticeClock(
	{ clock: id, percent }: z.output<typeof NoticeClock>,
	kase: Case,
	{ now, pack, days }: Context,
): Decision<ClockEvent> {
	const clock = kase.clocks.find((one) => one.id === id);
	if (!clock) return refuse("UnknownClock", { clock: id });
	if (clock.stopped) return refuse("ClockStopped", { clock: clock.name });
	if (clock.ladder || clock.warned.includes(percent)) return refuse("AlreadyDone");
	const calendar = calendarOf(pack, clock.calendar);
	const threshold = thresholdsOf(clock, calendar, days, [percent])[0];
	if (!threshold) return refuse("AlreadyPaused", { clock: clock.name });
	if (now < threshold.at) return refuse("TooEarly", { due: threshold.at });
	if (percent < 100) return accept({ type: "ClockWarned", data: { clock: id, percent } });
	const rungs = ruleOf(pack, clock.name)?.escalate ?? [];
	const ladder = rungs.map(({ after, to }) => ({ to, at: dueOf(clock.due, after, calendar, days).due }));
	return accept({ type: "ClockBreached", data: { clock: id, ladder } });
}

/** Which clock a notice is about, and its due time. */
function toldOf(clock: Clock | undefined): { clock?: string; due?: Instant } {
	return clock ? { clock: clock.name, due: clock.due } : {};
}

function reactToClock(event: ClockEvent, kase: Case): Effect[] {
	const owner = kase.owner ? { person: kase.owner.person } : { capability: "triage" as const };
	switch (event.type) {
		case "ClockWarned": {
			const percent = event.data.percent;
			const clock = kase.clocks.find((one) => one.id === event.data.clock);
			return [
				{ do: "notify", to: owner, notice: "clock-warning", values: { percent, ...toldOf(clock) } },
				...(clock ? reminders(clock, kase) : []),
			];
		}
		case "ClockBreached":
		case "ClockEscalated": {
			const values = toldOf(kase.clocks.find((one) => one.id === event.data.clock));
			return event.type === "ClockBreached"
				? [{ do: "notify", to: owner, notice: "clock-breached", values }]
				: [{ do: "notify", to: escalatesTo(event.data.to) ?? owner, notice: "escalated", values }];
		}
		case "PromiseExtended":
			return kase.parties
				.filter((one) => one.side === "complainant" && event.data.clock.kind === "promise")
				.map((one) => ({
					do: "notify",
					to: { party: one.id },
					notice: "promise-extended",
					values: { due: event.data.clock.due },
				}));
		default:
			return [];
	}
}

/** Whoever a question was put to, and who deals with outside bodies, are reminded of what they owe. */
function reminders(clock: CaseClock, kase: Case): Effect[] {
	const values = { due: clock.due };
	const question = kase.questions.find((one) => one.id === clock.party);
	if (question)
		return [
			{
				do: "notify",
				to: "party" in question.to ? { party: question.to.party } : { capability: "answer" },
				notice: "question-reminder",
				values,
			},
		];
	return kase.proceedings.some((one) => one.id === clock.party)
		? [{ do: "notify", to: { capability: "liaise" }, notice: "proceeding-due", values }]
		: [];
}

const ESCALATES_TO: Record<string, { capability: Capability }> = {
	"team-lead": { capability: "triage" },
	duty: { capability: "duty" },
	manager: { capability: "manage" },
	"head-office": { capability: "manage" },
	safety: { capability: "safety" },
};

/** Who is called in when a case is escalated; null: its owner. */
export function escalatesTo(whom: string): { capability: Capability } | null {
	return ESCALATES_TO[whom] ?? null;
}

/** A due time that lies ahead again ends the ladder of the breach before it; the breach itself stays on record. */
export function relieved(clock: CaseClock, now: Instant): CaseClock {
	if (clock.due <= now) return clock;
	const { ladder: _, ...rest } = clock;
	return rest;
}

function change(kase: Case, id: string, how: (clock: CaseClock) => CaseClock): Case {
	return { ...kase, clocks: kase.clocks.map((one) => (one.id === id ? how(one) : one)) };
}

/** Thresholds not yet noticed, then the rungs of the ladder after a breach. */
function timersOf(clock: CaseClock, pack: LoadedPack, days: DayTable): Timer[] {
	if (clock.stopped) return [];
	if (clock.ladder)
		return clock.ladder.flatMap((step, rung) =>
			step.climbed
				? []
				: [
						{
							key: `clock:${clock.id}:rung:${rung}`,
							at: step.at,
							command: { type: "ClimbLadder", clock: clock.id, rung },
						},
					],
		);
	const warn = ruleOf(pack, clock.name)?.warn ?? [];
	return thresholdsOf(clock, calendarOf(pack, clock.calendar), days, [...new Set([...warn, 100])])
		.filter(({ percent }) => !clock.warned.includes(percent))
		.map(({ percent, at }) => ({
			key: `clock:${clock.id}:${percent}`,
			at,
			command: { type: "NoticeClock", clock: clock.id, percent },
		}));
}
