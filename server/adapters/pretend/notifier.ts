import { createHash } from "node:crypto";
import type { Clock } from "#server/ports/clock.ts";
import type { Notifier, SentBox } from "#server/ports/notifier.ts";
import { sendingOnce } from "../sending-once.ts";

/** Sends nothing and keeps what it would have sent in the box, for the interface to show. */
export function pretendNotifier(box: SentBox, clock: Clock): Notifier {
	return sendingOnce("pretend", box, clock, async ({ company, idempotencyKey }) => {
		const digest = createHash("sha256")
			.update(JSON.stringify([company, idempotencyKey]))
			.digest("hex");
		return { ok: true, receipt: `pretend-${digest.slice(0, 16)}` };
	});
}
