import type { Case } from "./case.ts";
import { calendarOf, dueAfter, type Length, lengthOf, ruleOf } from "./clock-rules.ts";
import { type ClockEvent, relieved } from "./clocks.ts";
import type { Kept } from "./kept.ts";
import type { ClockRule, Moment } from "./packs/schema.ts";
import type { Event } from "./steps/event.ts";
import type { Context } from "./steps/step.ts";
import {
	type Clock,
	pauseClock,
	regradeClock,
	resumeClock,
	startClock,
	startClockUntil,
} from "./time/clock.ts";
import { earlierOf, type Instant } from "./time/instant.ts";

/** What the moments of a case do to its clocks: start, stop, regrade, suspend. */

type World = Pick<Context, "now" | "pack" | "days">;

/** The clock events that the moments of one event bring about. `kase` is the case after that event. */
export function clockEvents(
	kase: Case,
	moments: readonly Moment[],
	event: Event,
	context: World,
): ClockEvent[] {
	const at = momentAt(event, context.now);
	const started = startedAt(kase, moments, event, context);
	const begun = started.flatMap((one) => (one.type === "ClockStarted" ? [one.data.clock] : []));
	const stopped = [...kase.clocks, ...begun].flatMap((clock): ClockEvent[] => {
		if (clock.stopped) return [];
		const why = ruleOf(context.pack, clock.name)?.stops.find((one) => moments.includes(one));
		return why && concerns(event, clock.party)
			? [{ type: "ClockStopped", data: { clock: clock.id, at, why } }]
			: [];
	});
	return [...started, ...stopped];
}

/** A first contact counts from when it was made, not from when it was written down. */
function momentAt(event: Event, now: Instant): Instant {
	const { at } = event.data as { at?: unknown };
	return event.type === "FirstContactMade" && typeof at === "string" ? earlierOf(at, now) : now;
}

/** Whether what happened is about this clock: about its own question, offer or appeal, or about the whole case. */
function concerns(event: Event, party: string | null): boolean {
	if (party === null) return true;
	const data = event.data as { about?: unknown; answers?: unknown; id?: unknown };
	const about = data.about ?? data.answers ?? data.id;
	if (about !== undefined && about !== null) return about === party;
	return !("about" in data) && !("id" in data);
}

function startedAt(kase: Case, moments: readonly Moment[], event: Event, context: World): ClockEvent[] {
	const events: ClockEvent[] = [];
	for (const rule of context.pack.data.clocks.clocks) {
		if (!moments.includes(rule.starts)) continue;
		const about = aboutFor(rule.starts, event);
		if (rule.starts === "proceeding-opened" && !asksForAnswer(event)) continue;
		if (kase.clocks.some((one) => one.name === rule.name && !one.stopped && one.party === about)) continue;
		const ahead = events.filter((one) => one.type === "ClockStarted").length;
		const { due } = event.data as { due?: unknown };
		const named = typeof due === "string" && ABOUT_ONE.includes(rule.starts) ? due : null;
		const from =
			rule.starts === "received" ? (kase.intake?.receivedAt ?? context.now) : momentAt(event, context.now);
		const cited = named === null ? null : citedFor(event, named, context);
		const started = startByRule(rule, kase, { from, about, named, cited, ahead }, context);
		if (started) events.push(started);
	}
	return events;
}

/** Clocks that belong to one question, appeal or proceeding carry its id; the others are the case's own. */
const ABOUT_ONE: readonly Moment[] = [
	"question-asked",
	"explanation-asked",
	"approval-asked",
	"offer-made",
	"appeal-lodged",
	"proceeding-opened",
	"safety-measure",
];

function aboutFor(moment: Moment, event: Event): string | null {
	const { id } = event.data as { id?: unknown };
	return ABOUT_ONE.includes(moment) && typeof id === "string" ? id : null;
}

/** Only a body that has written to us, and by a day, is to be answered by a clock. */
function asksForAnswer(event: Event): boolean {
	const { direction, due } = event.data as { direction?: unknown; due?: unknown };
	return direction === "inbound" && typeof due === "string";
}

/** An outside body is answered by the day that its letter names, else within the time that stands with the body. */
function citedFor(event: Event, named: Instant, { pack, days }: World): Beginning["cited"] {
	if (event.type !== "ProceedingOpened") return null;
	const { body: id, receivedAt } = event.data as { body: string; receivedAt: Instant };
	const body = pack.data.proceedings.bodies[id];
	const byBody = body?.answer ? dueAfter(receivedAt, body.answer, pack, days) : null;
	const source = named === byBody && body ? body.source.ref : "来函写明的答复期限";
	return { table: `${pack.name}-bodies`, row: id, version: pack.version, source };
}

interface Beginning {
	from: Instant;
	about: string | null;
	/** A due time given by whoever asked. */
	named: Instant | null;
	/** Where that stands, when it is not the clock's own table. */
	cited: Clock["rule"];
	ahead: number;
}

function startByRule(
	rule: ClockRule,
	kase: Case,
	{ from, about, named, cited, ahead }: Beginning,
	{ now, pack, days }: World,
): ClockEvent | null {
	const lasts = lengthOf(rule, kase, pack, now);
	if (lasts === null) return null;
	if ("needs" in lasts) return { type: "ClockUndetermined", data: { name: rule.name, needs: lasts.needs } };
	const calendar = calendarOf(pack, lasts.calendar);
	const beginning = {
		id: `c${kase.clocks.length + 1 + ahead}`,
		name: rule.name,
		kind: rule.kind,
		party: about,
		startedAt: from,
		at: now,
		rule: lasts.rule,
	};
	const byRule = startClock({ ...beginning, duration: lasts.duration }, calendar, days);
	const clock =
		named === null || named === byRule.due
			? byRule
			: startClockUntil({ ...beginning, rule: cited ?? lasts.rule, due: named }, calendar);
	return { type: "ClockStarted", data: { clock } };
}

/**
 * Clocks that should run by what is known now, but did not when their moment came, because a fact was missing or the
 * allegation stood in another category: they run from that moment, unless what stops them has happened since.
 */
export function lateStarts(kase: Case, context: World): ClockEvent[] {
	const events: ClockEvent[] = [];
	for (const rule of context.pack.data.clocks.clocks) {
		const marked = kase.moments[rule.starts];
		if (!marked || ABOUT_ONE.includes(rule.starts) || kase.clocks.some((one) => one.name === rule.name))
			continue;
		if (rule.stops.some((one) => (kase.moments[one] ?? "") >= marked)) continue;
		const from = rule.starts === "received" ? (kase.intake?.receivedAt ?? marked) : marked;
		const beginning = { from, about: null, named: null, cited: null, ahead: events.length };
		const started = startByRule(rule, kase, beginning, context);
		if (started?.type === "ClockStarted") events.push(started);
	}
	return events;
}

/** After a regrading: running clocks whose length by the rules is another now, or that do not run any more. */
export function regradeEvents(kase: Case, { now, pack, days }: World): ClockEvent[] {
	return kase.clocks.flatMap((clock): ClockEvent[] => {
		const rule = ruleOf(pack, clock.name);
		if (clock.stopped || !rule || clock.party !== null) return [];
		const lasts = lengthOf(rule, kase, pack, now);
		if (lasts === null)
			return clock.kind === "statutory"
				? []
				: [{ type: "ClockStopped", data: { clock: clock.id, at: now, why: "not-applicable" } }];
		if ("needs" in lasts || isSame(lasts, clock)) return [];
		const { duration, rule: by } = lasts;
		const regrading = { at: now, from: clock.startedAt, reason: "regrade", duration, rule: by };
		// the calendar goes with the length: working minutes are nothing without their hours
		const moved = { ...clock, calendar: lasts.calendar };
		const regraded = regradeClock(moved, regrading, calendarOf(pack, lasts.calendar), days);
		return regraded.clock
			? [{ type: "ClockRegraded", data: { clock: relieved({ ...clock, ...regraded.clock }, now) } }]
			: [];
	});
}

function isSame({ duration, calendar }: Length, clock: Case["clocks"][number]): boolean {
	return (
		duration.amount === clock.duration.amount &&
		duration.unit === clock.duration.unit &&
		calendar === clock.calendar
	);
}

/** Moments of the fault track whose clocks stand still while the police have the case. */
const FAULT: readonly Moment[] = ["explanation-asked", "question-asked", "appeal-lodged"];

type Suspending = Extract<ClockEvent, { type: "ClockPaused" | "ClockResumed" }>;

/** The fault track is suspended: what it waits for is not due meanwhile. */
export function suspendFault(kase: Case, reason: Kept, { now, pack }: World): Suspending[] {
	return kase.clocks.flatMap((clock): Suspending[] => {
		const starts = ruleOf(pack, clock.name)?.starts;
		if (!starts || !FAULT.includes(starts)) return [];
		const { problem } = pauseClock(clock, now, reason.ref);
		return problem ? [] : [{ type: "ClockPaused", data: { clock: clock.id, at: now, reason } }];
	});
}

/** The last police proceeding has ended: clocks that stood still for one go on. */
export function resumeFault(kase: Case, ended: string, { now, pack, days }: World): Suspending[] {
	const police = kase.proceedings.filter((one) => one.kind === "police");
	if (police.some((one) => one.id !== ended && !one.result && !one.sentBack)) return [];
	const reasons = new Set(police.map((one) => one.received[0]?.words.ref));
	return kase.clocks.flatMap((clock): Suspending[] => {
		const pause = clock.pauses.at(-1);
		if (!pause || pause.to !== null || !reasons.has(pause.reason)) return [];
		const resumed = resumeClock(clock, now, calendarOf(pack, clock.calendar), days);
		return resumed.clock ? [{ type: "ClockResumed", data: { clock: { ...clock, ...resumed.clock } } }] : [];
	});
}
