import type { Fault } from "./fault.ts";

/**
 * `from` and `to` are the real phone numbers; either may dial the masked number to reach the other. `ref` is ours: it
 * comes back with each call over the line.
 */
export type BindRequest = { ref: string; from: string; to: string; minutes: number };

/** A masked line 隐私号. `binding` is opaque and needed to release it; `expiresAt` is an instant in UTC. */
export type Line = { number: string; expiresAt: string; binding: string };

/** A call by the provider's name for it; it began at that instant. */
export type CallNamed = { id: string; at: string };

/**
 * How a call over a line ended: `barred`, when the provider let it through to nobody (blocked, no line any more).
 * `back`: the other side dialled. Instants in UTC.
 */
export type CallEnded = CallNamed & {
	is: "ended";
	ref: string;
	back: boolean;
	answeredAt: string | null;
	endedAt: string;
	outcome: "reached" | "no-answer" | "wrong-number" | "barred";
};

/** What a provider tells of a call later: that it is over, or that its recording can be fetched. */
export type CallTold = CallEnded | (CallNamed & { is: "recorded"; ref: string });

/** Lends a number through which two people speak without seeing each other's. */
export interface Caller {
	/** Whether it only pretends: its numbers ring nowhere. */
	readonly pretend: boolean;
	/** Binds a line for so many whole minutes. Faults: refused (numbers or minutes), full (no number free), conflict. */
	bind(request: BindRequest): Promise<({ ok: true } & Line) | Fault>;
	/** Gives the line back. A line that is gone already is no fault. */
	release(binding: string): Promise<{ ok: true } | Fault>;
	/** The recording of a call, read once. Faults: not-found (none, or not yet), and those of any request. */
	recording(call: CallNamed): Promise<{ ok: true; content: AsyncIterable<Uint8Array> } | Fault>;
}

/**
 * Checks what every provider would refuse: two different numbers of 5 to 20 digits (a leading + allowed),
 * and a whole number of minutes above one (providers want the end more than a minute away).
 * Returns what is wrong, or null.
 */
export function bindProblem({ from, to, minutes }: BindRequest): string | null {
	const phone = /^\+?\d{5,20}$/;
	if (!phone.test(from)) return "from: a phone number has 5 to 20 digits, with an optional leading +";
	if (!phone.test(to)) return "to: a phone number has 5 to 20 digits, with an optional leading +";
	if (from === to) return "from and to are the same number";
	if (!Number.isInteger(minutes) || minutes < 2) return "minutes: give a whole number, at least 2";
	return null;
}
