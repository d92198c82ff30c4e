import { createHash } from "node:crypto";
import { bindProblem, type Caller } from "#server/ports/caller.ts";
import type { Clock } from "#server/ports/clock.ts";
import { fault } from "#server/ports/fault.ts";

/** A line that would have been bound. */
export type PretendLine = { caseRef: string; number: string; expiresAt: string };

/**
 * Lends numbers that ring nowhere. The same case and the same two people get the same number, so that
 * demonstrations repeat. `lines` shows what is bound now.
 */
export function pretendCaller(clock: Clock): Caller & { lines(): PretendLine[] } {
	const held = new Map<string, PretendLine>();
	return {
		async bind(request) {
			const problem = bindProblem(request);
			if (problem !== null) return fault("refused", problem);
			const digest = createHash("sha256")
				.update(JSON.stringify([request.caseRef, request.from, request.to]))
				.digest();
			const number = `170${String(digest.readUInt32BE(0) % 1e8).padStart(8, "0")}`;
			const end = Temporal.Instant.from(clock()).add({ minutes: request.minutes });
			const line = { number, expiresAt: end.toString({ fractionalSecondDigits: 3 }) };
			const binding = `pretend-${digest.toString("hex", 4, 12)}`;
			held.set(binding, { caseRef: request.caseRef, ...line });
			return { ok: true, ...line, binding };
		},
		async release(binding) {
			held.delete(binding);
			return { ok: true };
		},
		lines: () => [...held.values()],
	};
}
