import type { Act, SanctionKind } from "./case.ts";
import type { Event, Meta } from "./steps/event.ts";
import { type Instant, instantPlus } from "./time/instant.ts";

/**
 * A person's conduct file (行为档案): worker or customer. A stream of its own; cases enter facts into it in their
 * own transaction. Every entry has its case, rule, term and way back; a reversal writes a reversing entry, so that
 * the score returns to what it would have been.
 */
export interface ConductEntry extends Act {
	/** case id + sanction id */
	id: string;
	case: string;
	kind: SanctionKind;
	points: number;
	until: Instant | null;
	against: string | null;
	rule: string;
	inForce: Instant;
	lifted: Instant | null;
	reversed: Instant | null;
}

export interface ConductFile {
	person: string;
	company: string;
	seq: number;
	entries: ConductEntry[];
	complaints: { case: string; at: Instant; upheld: boolean | null; provedFalse: boolean }[];
}

export function emptyConduct(person: string, company: string): ConductFile {
	return { person, company, seq: 0, entries: [], complaints: [] };
}

export type ConductEvent =
	| Event<"ConductEntered", Omit<ConductEntry, "at" | "by" | "lifted" | "reversed">>
	/** A safety measure was reviewed and kept until then. */
	| Event<"ConductTermSet", { id: string; until: Instant | null }>
	| Event<"ConductLifted", { id: string }>
	| Event<"ConductReversed", { id: string }>
	| Event<"ComplaintCounted", { case: string; upheld: boolean | null; provedFalse: boolean }>;

/** The fold of a conduct file. */
export function evolveConduct(file: ConductFile, event: ConductEvent, meta: Meta): ConductFile {
	const next = { ...file, seq: meta.seq };
	switch (event.type) {
		case "ConductEntered":
			return {
				...next,
				entries: [...file.entries, { ...event.data, at: meta.at, by: meta.by, lifted: null, reversed: null }],
			};
		case "ConductTermSet":
			return { ...next, entries: mark(file.entries, event.data.id, { until: event.data.until }) };
		case "ConductLifted":
			return { ...next, entries: mark(file.entries, event.data.id, { lifted: meta.at }) };
		case "ConductReversed":
			return { ...next, entries: mark(file.entries, event.data.id, { reversed: meta.at }) };
		case "ComplaintCounted":
			return {
				...next,
				complaints: [
					...file.complaints.filter((one) => one.case !== event.data.case),
					{ ...event.data, at: meta.at },
				],
			};
	}
}

function mark(entries: ConductEntry[], id: string, change: Partial<ConductEntry>): ConductEntry[] {
	return entries.map((one) => (one.id === id ? { ...one, ...change } : one));
}

/** Entries that count at a moment: in force, not lifted, not reversed, their term not over. */
export function entriesInForce(file: ConductFile, at: Instant): ConductEntry[] {
	return file.entries.filter(
		(one) =>
			!one.reversed &&
			!(one.lifted && one.lifted <= at) &&
			one.inForce <= at &&
			(!one.until || one.until > at),
	);
}

/**
 * What a blacklist entry rests on: complaints of this person proved false within so many days, their share of all
 * complaints in that time (whole per cent, cut off), and whether a warning came before.
 */
export function blacklisting(
	file: ConductFile,
	at: Instant,
	withinDays: number,
): { proved: number; percent: number; warned: boolean } {
	const since = instantPlus(at, { days: -withinDays });
	const counted = file.complaints.filter((one) => one.at >= since && one.at <= at);
	const proved = counted.filter((one) => one.provedFalse).length;
	const percent = counted.length === 0 ? 0 : Math.floor((proved * 100) / counted.length);
	const warned = file.entries.some((one) => one.kind === "customer-warning" && !one.reversed);
	return { proved, percent, warned };
}

/** Service score at a moment: base plus points in force, within floor and ceiling. */
export function scoreAt(
	file: ConductFile,
	at: Instant,
	rules: { base: number; floor: number; ceiling: number },
): number {
	const points = entriesInForce(file, at).reduce((sum, one) => sum + one.points, 0);
	return Math.max(rules.floor, Math.min(rules.ceiling, rules.base + points));
}
