import { z } from "zod";
import { Bilingual } from "./packs/words.ts";
import { Instant } from "./time/instant.ts";

/** What is noted on an order while it is on the road: the order's own events, and proof when a complaint comes. */

const OWN = [
	"need",
	"loading",
	"unloading",
	"delay",
	"left",
	"second",
	"refused",
	"abnormal",
	"handover",
] as const;
export const OWN_ACTS = z.enum(OWN);
/** Those of the customer, by the link they were sent. */
export const ACTS = z.enum([...OWN, "confirmed", "objected"]);
export type ActKind = z.output<typeof ACTS>;

const Asks = z.enum(["words", "photo", "until", "consent", "place", "code"]);
export const ActWords = z.record(
	ACTS,
	z.strictObject({
		name: Bilingual,
		ask: Bilingual,
		/** How it reads among the order's events. */
		event: Bilingual,
		/** What goes to the customer; without it nothing does. */
		message: Bilingual.optional(),
		asks: z.array(Asks),
	}),
);
export type ActWords = z.output<typeof ActWords>;

export const ActDetails = z.strictObject({
	words: z.string().trim().min(1).max(500).optional(),
	until: Instant.optional(),
	place: z.string().trim().min(1).max(100).optional(),
	code: z.string().trim().min(1).max(30).optional(),
	/** The customer agreed to it. */
	consent: z.boolean().optional(),
});
export type ActDetails = z.output<typeof ActDetails>;

/** Which details are missing, or can't be so; a photo comes after the act. */
export function actProblems(kind: ActKind, details: ActDetails, asks: ActWords, now: Instant): string[] {
	return asks[kind].asks.filter((one) => {
		if (one === "photo") return false;
		if (one === "consent") return details.consent !== true;
		if (one === "until") return !details.until || details.until <= now;
		return !details[one];
	});
}
