import { epochOf, type Instant, instantAt } from "#engine/time/instant.ts";
import type { Claim, Settled } from "../store/due-claims.ts";

/** What performing a due row came to. */
export type Outcome =
	| { is: "done" }
	/** Not now, and not because something is wrong: at night, or while a bank is thinking. */
	| { is: "later"; at: Instant; why?: string }
	/** Something is wrong: tried again, later each time; `forGood`: trying again would not help. */
	| { is: "failed"; why: string; forGood?: boolean };

export const DONE: Outcome = { is: "done" };

/** Tries before a row is given up, over about three and a half hours. */
export const MOST_ATTEMPTS = 12;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Twice as long after each failure, an hour at most, up to a quarter more or less so that rows don't march in step. */
export function backoff(
	now: Instant,
	failures: number,
	first = FIRST_WAIT_MS,
	longest = LONGEST_WAIT_MS,
): Instant {
	const wait = Math.min(longest, first * 2 ** Math.min(failures, 30));
	return later(now, Math.round(wait * (0.75 + Math.random() / 2)));
}

export function later(now: Instant, milliseconds: number): Instant {
	return instantAt(epochOf(now) + milliseconds);
}

/** The outcome as it is written: when the row is due again, or that it is given up. */
export function settled(claim: Claim, outcome: Outcome, now: Instant): Settled {
	if (outcome.is === "done") return { claim, is: "done" };
	if (outcome.is === "later") return { claim, is: "later", at: outcome.at, why: outcome.why ?? null };
	const last = outcome.forGood || claim.attempts + 1 >= MOST_ATTEMPTS;
	return { claim, is: "failed", at: last ? null : backoff(now, claim.attempts), why: outcome.why };
}

/**
 * What was thrown, without anything that may be personal: its name, its code, and where in our own code it came from.
 */
export function nameOf(error: unknown): string {
	if (!(error instanceof Error)) return `a thrown ${typeof error}`;
	const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
	const where = /([\w.-]+\.ts):(\d+)/.exec(error.stack ?? "");
	return `${error.name}${code}${where ? ` at ${where[1]}:${where[2]}` : ""}`;
}
