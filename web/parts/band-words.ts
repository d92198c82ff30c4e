import type { Say } from "../words.ts";
import type { BandShape } from "./band.ts";
import { partsOf } from "./time.ts";

/** How a clock stands, in words: so much left, so much late, paused, kept. */
export function bandWords({ state, minutesLeft }: BandShape, say: Say): string {
	if (state === "kept") return say.ui("kept");
	if (state === "paused") return say.ui("paused");
	const time = spanWords(Math.abs(minutesLeft), say);
	return minutesLeft < 0 || state === "late" || state === "kept-late"
		? say.ui("late-by", { time })
		: say.ui("due-in", { time });
}

/** A length of time in words. */
export function spanWords(minutes: number, say: Say): string {
	return partsOf(minutes)
		.map(({ unit, count }) => say.ui(unit, { count }))
		.join(" ");
}
