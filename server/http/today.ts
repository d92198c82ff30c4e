import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { dayNumber, dayOf, type Instant, instantAt } from "#engine/time/instant.ts";
import { reached } from "#engine/time/zone.ts";
import { type CaseListRow, listCases } from "../store/case-list.ts";
import type { HourCount } from "../store/today.ts";
import type { App, Edge } from "./app.ts";
import { briefly } from "./briefly.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";
import { added, type Counts, countsIn, countsOf } from "./today-counts.ts";

/** The usual is the same day of the week, so many weeks back. */
const USUAL_WEEKS = 4;
/** How far back "lately" reaches, today included. */
const LATELY_DAYS = 7;
/** The latest cases are listed; for the others there is the inbox. */
const LATE_LISTED = 8;
/** How long the counts serve all whose reach is the same. */
const COUNTS_MS = 3_000;

/** The board of the day, for managers: every figure within what the asker may see, and each a list in the inbox. */
export function todayRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const keep = briefly<Counts>(COUNTS_MS);
	const schema = {
		summary: "How the day stands: what came in, is due, is late, who carries it",
		description: "Counts of the cases that you may see; each equals a list of GET /api/cases.",
		tags: ["cases"],
	};
	app.get("/api/today", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "manage"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["manage"] }), edge.saying);
		const { zone } = await desk.offices.of(actor.company);
		const at = desk.clock();
		const times = timesOf(at, zone);
		const shared = countsOf(actor, "reach", times);
		const [counts, [late, ...own]] = await Promise.all([
			keep(JSON.stringify(shared), async () => countsIn(await desk.database.read(shared))),
			desk.database.read([
				listCases(actor, { breached: true, closed: false }, "due", null, LATE_LISTED),
				...countsOf(actor, "own", times),
			]),
		]);
		const { hours, ...figures } = added(counts, countsIn(own));
		return {
			at,
			zone,
			times: { today: times.today, tomorrow: times.tomorrow, lately: times.lately },
			...figures,
			hours: hoursOf(hours),
			late: (late as CaseListRow[]).slice(0, LATE_LISTED).map(lateOf),
		};
	});
}

/** What the board shows of a late case: nobody's name, nobody's words. */
function lateOf({ id, number, pack, severity, urgency, owner, step, categories, due }: CaseListRow) {
	return { id, number, pack, severity, urgency, owner, step, categories, due };
}

/** The day and those it is compared with, in the company's zone. */
export function timesOf(at: Instant, zone: string) {
	const today = dayNumber(dayOf(at, zone));
	const midnight = (day: number) => instantAt(reached(zone, day, 0));
	const days = Array.from({ length: USUAL_WEEKS + 1 }, (_, week) => today - week * 7);
	return {
		today: midnight(today),
		tomorrow: midnight(today + 1),
		lately: midnight(today - (LATELY_DAYS - 1)),
		days: days.map((day) => ({ from: midnight(day), to: midnight(day + 1) })),
	};
}

/** By the hour: today, and the usual as the mean of the days before. */
export function hoursOf(counts: readonly HourCount[]): { today: number[]; usual: number[] } {
	const today = Array.from({ length: 24 }, () => 0);
	const usual = Array.from({ length: 24 }, () => 0);
	for (const { day, hour, cases } of counts) {
		// a day on which clocks go back has 25 hours
		const at = Math.min(hour, 23);
		if (day === 0) today[at] = (today[at] ?? 0) + cases;
		else usual[at] = (usual[at] ?? 0) + cases / USUAL_WEEKS;
	}
	return { today, usual };
}
