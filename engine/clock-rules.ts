import type { Case } from "./case.ts";
import { factsOf, ruleDay } from "./case-facts.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { ClockRule, Moment } from "./packs/schema.ts";
import { evaluateTable } from "./rules/evaluate.ts";
import type { Context } from "./steps/step.ts";
import { type DayTable, type Duration, due, type WorkCalendar } from "./time/calendar.ts";
import type { Clock } from "./time/clock.ts";
import type { Instant } from "./time/instant.ts";

/** What a pack says of clocks: on which calendar, how long, with which explanation. */

export function ruleOf(pack: LoadedPack, name: string): ClockRule | undefined {
	return pack.data.clocks.clocks.find((one) => one.name === name);
}

/** The pack's calendar of that name; a pack without it does not load. */
export function calendarOf(pack: LoadedPack, name: string): WorkCalendar {
	const calendar = pack.data.clocks.calendars[name];
	if (!calendar) throw new Error(`pack ${pack.name} ${pack.version} has no calendar "${name}"`);
	return calendar;
}

/**
 * When a length of time that names no calendar of its own is over: working time is the office's, the calendar that
 * the duty limit goes by; other units need no more than the zone.
 */
export function dueAfter(from: Instant, length: Duration, pack: LoadedPack, days: DayTable): Instant {
	return due(from, length, calendarOf(pack, pack.data.approvals.duty.calendar), days).due;
}

export interface Length {
	duration: Duration;
	calendar: string;
	rule: Clock["rule"];
}

/** How long a clock of the pack lasts for this case; null: it does not run; or the facts that must be known first. */
export function lengthOf(
	rule: ClockRule,
	kase: Case,
	pack: LoadedPack,
	now: Instant,
): Length | { needs: string[] } | null {
	const table = pack.tables.clocks.get(rule.name);
	if (!table) throw new Error(`pack ${pack.name}: clock ${rule.name} has no compiled table`);
	const answer = evaluateTable(table, factsOf(kase, pack), ruleDay(kase, pack, now));
	if (!answer.ok) return { needs: "needs" in answer ? answer.needs.map((one) => one.fact) : [] };
	const hit = answer.hits[0];
	if (!hit) return null;
	const { amount, unit, calendar } = hit.values;
	return {
		duration: { amount: Number(amount), unit: String(unit) as Duration["unit"] },
		calendar: String(calendar),
		rule: {
			table: hit.explanation.table,
			row: hit.row,
			version: pack.version,
			source: hit.explanation.source.ref,
		},
	};
}

/** When something that begins at this moment is due by the pack's clock for it; null where the pack has none. */
export function dueByRule(
	moment: Moment,
	kase: Case,
	{ now, pack, days }: Pick<Context, "now" | "pack" | "days">,
): Instant | null {
	const rule = pack.data.clocks.clocks.find((one) => one.starts === moment);
	const lasts = rule ? lengthOf(rule, kase, pack, now) : null;
	if (lasts === null || "needs" in lasts) return null;
	return due(now, lasts.duration, calendarOf(pack, lasts.calendar), days).due;
}
