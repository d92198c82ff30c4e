import { epochOf, type Instant } from "./instant.ts";
import { localMinute } from "./zone.ts";

/** What a clock on the wall shows in a zone, "HH:MM". */
export function clockTimeIn(at: Instant, zone: string): string {
	const minutes = localMinute(zone, epochOf(at));
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
