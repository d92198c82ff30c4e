import type { Fault } from "./fault.ts";

/** `from` and `to` are the real phone numbers; either may dial the masked number to reach the other. */
export type BindRequest = { caseRef: string; from: string; to: string; minutes: number };

/** A masked line 隐私号. `binding` is opaque and needed to release it; `expiresAt` is an instant in UTC. */
export type Line = { number: string; expiresAt: string; binding: string };

/** Lends a number through which two people speak without seeing each other's. */
export interface Caller {
	/** Binds a line for so many whole minutes. Faults: refused (numbers or minutes), full (no number free), conflict. */
	bind(request: BindRequest): Promise<({ ok: true } & Line) | Fault>;
	/** Gives the line back. A line that is gone already is no fault. */
	release(binding: string): Promise<{ ok: true } | Fault>;
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
