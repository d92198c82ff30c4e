/** The shape of a clock: a band that fills, paused stretches apart, lateness a length past the end. */

export interface BandInput {
	startedAt: string;
	due: string;
	pauses: readonly { from: string; to: string | null }[];
	stoppedAt: string | null;
	now: string;
}

type BandState = "running" | "soon" | "late" | "paused" | "kept" | "kept-late";

/** A stretch as fractions of the whole band, 0 to 1. */
interface Stretch {
	from: number;
	to: number;
	as: "used" | "paused" | "late";
}

export interface BandShape {
	state: BandState;
	/** Where the due time stands on the band: at its end, or two thirds along and more when it is late. */
	dueAt: number;
	stretches: Stretch[];
	/** Whole minutes left until due, or past it where negative, at the moment that counts. */
	minutesLeft: number;
}

/** From this part of its time on a clock is said to be due soon. */
const SOON = 0.8;

/** Lateness takes a third of the band at most: its figure tells the rest. */
const LATE_PART = 1 / 3;

/**
 * Lengths are elapsed time: from the start to the due time, and past it as long as it is late, within the part that
 * lateness may take.
 */
export function bandShape({ startedAt, due, pauses, stoppedAt, now }: BandInput): BandShape {
	const start = Date.parse(startedAt);
	const end = Math.max(Date.parse(due), start + 1);
	const open = pauses.find((one) => one.to === null);
	const at = Date.parse(stoppedAt ?? open?.from ?? now);
	const late = at >= end;
	const dueAt = late ? Math.max(1 - LATE_PART, (end - start) / (at - start)) : 1;
	const place = (time: number) => dueAt * Math.min(1, Math.max(0, (time - start) / (end - start)));
	const still = pauses
		.map((one) => ({
			from: place(Date.parse(one.from)),
			to: place(Date.parse(one.to ?? stoppedAt ?? now)),
			as: "paused" as const,
		}))
		.filter((one) => one.to > one.from);
	const used = without({ from: 0, to: place(Math.min(at, end)), as: "used" }, still);
	return {
		state: stateOf(stoppedAt !== null, open !== undefined, late, place(at)),
		dueAt,
		stretches: [
			...used,
			...still,
			...(late && at > end ? [{ from: dueAt, to: 1, as: "late" as const }] : []),
		],
		minutesLeft: Math.trunc((end - at) / 60_000),
	};
}

function stateOf(stopped: boolean, paused: boolean, late: boolean, used: number): BandState {
	if (stopped) return late ? "kept-late" : "kept";
	if (late) return "late";
	if (paused) return "paused";
	return used >= SOON ? "soon" : "running";
}

/** What remains of a stretch when others are cut out of it. */
function without(stretch: Stretch, cuts: readonly Stretch[]): Stretch[] {
	return cuts.reduce<Stretch[]>(
		(left, cut) =>
			left.flatMap((one) =>
				[
					{ ...one, to: Math.min(one.to, cut.from) },
					{ ...one, from: Math.max(one.from, cut.to) },
				].filter((part) => part.to > part.from),
			),
		stretch.to > stretch.from ? [stretch] : [],
	);
}
