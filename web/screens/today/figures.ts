import type { CaseRow } from "../../api.ts";

/** `GET /api/today`, and what the board shows of it. */
export interface TodayAnswer {
	at: string;
	zone: string;
	times: { today: string; tomorrow: string; lately: string };
	open: OpenCount[];
	waiting: { who: string; cases: number }[];
	hours: { today: number[]; usual: number[] };
	contacts: { owner: string | null; contacted: number; kept: number }[];
	closed: { closed: number; onTheSpot: number; broken: number; promises: number; promisesKept: number };
	reopened: number;
	/** Cases with an appeal or a review that is open. */
	appealed: number;
	late: LateCase[];
}

export type LateCase = Pick<
	CaseRow,
	"id" | "number" | "pack" | "severity" | "urgency" | "owner" | "step" | "categories" | "due"
>;

interface OpenCount {
	byOwner: boolean;
	pack: string | null;
	severity: string | null;
	owner: string | null;
	open: number;
	dueToday: number;
	late: number;
}

export interface Sum {
	open: number;
	dueToday: number;
	late: number;
}

/** All open cases together. */
export function sumOf(answer: TodayAnswer): Sum {
	return added(answer.open.filter((one) => one.byOwner));
}

/** Severities as columns, in the order of their weight; without one yet at the end. */
export const SEVERITIES = ["A", "B", "C", null] as const;

/** Trades as rows: how many are open of each severity; the largest first. */
export function byTrade(answer: TodayAnswer): { pack: string; cells: Sum[]; all: Sum }[] {
	const rows = answer.open.filter((one) => !one.byOwner && one.pack !== null);
	const packs = [...new Set(rows.map((one) => one.pack ?? ""))];
	return packs
		.map((pack) => {
			const own = rows.filter((one) => one.pack === pack);
			return {
				pack,
				cells: SEVERITIES.map((severity) => added(own.filter((one) => one.severity === severity))),
				all: added(own),
			};
		})
		.toSorted((a, b) => b.all.open - a.all.open);
}

export interface Load extends Sum {
	/** Null: nobody's yet. */
	owner: string | null;
	contacted: number;
	kept: number;
}

/** What everybody carries: who has most late first, then most due, then most; nobody's cases at the end. */
export function loads(answer: TodayAnswer): Load[] {
	const contacts = new Map(answer.contacts.map((one) => [one.owner, one]));
	return answer.open
		.filter((one) => one.byOwner)
		.map(({ owner, open, dueToday, late }) => {
			const { contacted = 0, kept = 0 } = contacts.get(owner) ?? {};
			return { owner, open, dueToday, late, contacted, kept };
		})
		.toSorted(
			(a, b) =>
				Number(a.owner === null) - Number(b.owner === null) ||
				b.late - a.late ||
				b.dueToday - a.dueToday ||
				b.open - a.open,
		);
}

export interface Awaited {
	/** As case_row says it: `can:…`, `party`; those named are one, `person`. */
	who: string;
	kind: "can" | "person" | "party";
	/** For `can` the capability. */
	name: string;
	cases: number;
}

/** Whom the cases wait for, most first: those who may do a thing, somebody named, a party without an account. */
export function awaited({ waiting }: TodayAnswer): Awaited[] {
	return waiting
		.map(({ who, cases }) => {
			const can = who.startsWith("can:");
			const kind = can ? ("can" as const) : who === "party" ? ("party" as const) : ("person" as const);
			return { who, kind, name: can ? who.slice(4) : "", cases };
		})
		.toSorted((a, b) => b.cases - a.cases);
}

/** Cases waiting for those who may do a thing. */
export function waitingFor({ waiting }: TodayAnswer, capability: string): number {
	return waiting.find((one) => one.who === `can:${capability}`)?.cases ?? 0;
}

/** How many came in so far, and how many usually have by now: the hour that runs counts by its share. */
export function cameIn({ hours, at, times }: TodayAnswer): { today: number; usual: number } {
	const passed = (Date.parse(at) - Date.parse(times.today)) / 3_600_000;
	const usual = hours.usual.reduce(
		(sum, cases, hour) => sum + cases * Math.min(1, Math.max(0, passed - hour)),
		0,
	);
	return { today: hours.today.reduce((sum, cases) => sum + cases, 0), usual: Math.round(usual) };
}

/** Whole percent; null of nothing. Never 100 when something is missing, nor 0 when there is something. */
export function percent(part: number, whole: number): number | null {
	if (whole === 0) return null;
	const exact = (part / whole) * 100;
	if (part < whole && exact > 99) return 99;
	return part > 0 && exact < 1 ? 1 : Math.round(exact);
}

function added(rows: readonly Sum[]): Sum {
	return {
		open: rows.reduce((sum, one) => sum + one.open, 0),
		dueToday: rows.reduce((sum, one) => sum + one.dueToday, 0),
		late: rows.reduce((sum, one) => sum + one.late, 0),
	};
}
