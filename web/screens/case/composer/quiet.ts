import { clockTimeIn } from "#engine/time/wall.ts";
import type { Names } from "../../../labels.ts";
import { instantOf, wallOf } from "../../../parts/time.ts";

/** When the quiet hours that it is now are over; null outside of them, and for critical cases. */
export function quietEnd({ kase, pack, zone, now }: Names): string | null {
	if (!pack || kase.triage?.urgency === "critical") return null;
	const [from, to] = pack.data.contact.quiet;
	const time = clockTimeIn(now, zone);
	const overMidnight = from > to;
	const within = overMidnight ? time >= from || time < to : time >= from && time < to;
	if (!within) return null;
	const today = wallOf(now, zone).slice(0, 10);
	const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
	return instantOf(`${overMidnight && time >= from ? tomorrow : today}T${to}`, zone);
}
