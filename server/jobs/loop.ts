import type { Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import type { DueRow } from "../store/due.ts";
import { type Claim, claimDue, releaseClaims } from "../store/due-claims.ts";
import { runEffects } from "./effects.ts";
import { ensureNightlies, runNightlies } from "./nightly.ts";
import { later } from "./outcome.ts";
import type { Outside } from "./ports.ts";
import { runTimers } from "./timers.ts";
import type { Batch } from "./units.ts";
import { runDeliveries } from "./webhooks.ts";

/**
 * The one loop over the due table: wake-ups of cases, effects, webhook deliveries and nightly work. Any number of
 * processes may run it on the same database: a row is claimed by one of them, for a while.
 */

type Kind = DueRow["kind"];

interface Lane {
	/** Rows claimed at once. */
	batch: number;
	/** How long a claim holds; a process that dies holds up its rows for no longer. */
	claimMs: number;
	run: (batch: Batch, claims: readonly Claim[]) => Promise<void>;
}

/** By kind, so that a bank or a web server that takes its time never holds up a clock. */
const LANES: Record<Kind, Lane> = {
	timer: { batch: 500, claimMs: 120_000, run: runTimers },
	effect: { batch: 100, claimMs: 300_000, run: runEffects },
	delivery: { batch: 100, claimMs: 300_000, run: runDeliveries },
	nightly: { batch: 1, claimMs: 3_600_000, run: runNightlies },
};
const KINDS: readonly Kind[] = ["timer", "effect", "delivery", "nightly"];

/** The claim's last part, in which nothing new is begun. */
const RESERVE = 0.25;

export interface RunOptions {
	/** What is due by then is done. */
	now: Instant;
	/** Rows of each kind, at most; by default each kind's own number. */
	batch?: number;
	kinds?: readonly Kind[];
	/** True: rows not begun are given back. */
	stopping?: () => boolean;
}

/** One round: claims what is due and performs it, one kind after the other. Answers how many rows were claimed. */
export async function runDue(desk: Desk, outside: Outside, options: RunOptions): Promise<number> {
	let count = 0;
	for (const kind of options.kinds ?? KINDS) count += await runKind(desk, outside, kind, options);
	return count;
}

async function runKind(desk: Desk, outside: Outside, kind: Kind, options: RunOptions): Promise<number> {
	const { now, stopping = () => false } = options;
	const lane = LANES[kind];
	const until = later(now, lane.claimMs);
	const claimed = await desk.database.transaction((session) =>
		session.commitWith([claimDue(kind, now, until, options.batch ?? lane.batch)]),
	);
	const claims = (claimed[0] as Omit<Claim, "until">[]).map((row): Claim => ({ ...row, until }));
	if (claims.length === 0) return 0;
	claims.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
	const reserve = later(now, lane.claimMs * (1 - RESERVE));
	await lane.run({ desk, outside, now, pressed: () => stopping() || desk.clock() > reserve }, claims);
	return claims.length;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

export interface Loop {
	/** Something has become due: look at once. */
	wake(): void;
	/** Finishes what is under way, gives back the rest; resolves when all is written. */
	stop(): Promise<void>;
}

/** Looks for due rows every so often, and at once when woken, until it is stopped. */
export function startLoop(
	desk: Desk,
	outside: Outside,
	{ everyMs = 1_000 }: { everyMs?: number } = {},
): Loop {
	const naps = new Set<() => void>();
	let stopped = false;
	const wake = () => {
		for (const end of naps) end();
	};
	const ready = prepare(desk).catch((error: unknown) =>
		outside.report("the jobs' loop could not be prepared", error),
	);
	const pace = { everyMs, naps, stopped: () => stopped };
	const ended = Promise.all(KINDS.map((kind) => ready.then(() => runLane(desk, outside, kind, pace))));
	return {
		wake,
		async stop() {
			stopped = true;
			wake();
			await ended;
		},
	};
}

/** After a crash nobody else can be at work on the embedded database: nothing waits for its claims to run out. */
async function prepare(desk: Desk): Promise<void> {
	if (desk.database.kind === "pglite")
		await desk.database.transaction((session) => session.commitWith([releaseClaims()]));
	await ensureNightlies(desk);
}

interface Pace {
	everyMs: number;
	/** Ends the naps under way. */
	naps: Set<() => void>;
	stopped: () => boolean;
}

async function runLane(desk: Desk, outside: Outside, kind: Kind, pace: Pace): Promise<void> {
	while (!pace.stopped()) {
		// woken while at work: there is no nap afterwards
		let woken = false;
		const note = () => {
			woken = true;
		};
		pace.naps.add(note);
		const count = await runDue(desk, outside, {
			now: desk.clock(),
			kinds: [kind],
			stopping: pace.stopped,
		}).catch((error: unknown) => {
			outside.report(`the jobs' loop could not look for ${kind} rows`, error);
			return null;
		});
		pace.naps.delete(note);
		if (count === null || (count === 0 && !woken)) await nap(pace);
	}
}

function nap({ everyMs, naps, stopped }: Pace): Promise<void> {
	if (stopped()) return Promise.resolve();
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			naps.delete(end);
			resolve();
		};
		const timer = setTimeout(end, everyMs);
		naps.add(end);
	});
}
