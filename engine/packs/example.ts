import { z } from "zod";
import { Instant } from "../time/instant.ts";
import { ItemKind } from "./schema.ts";
import { Id, MoneyText } from "./words.ts";

/**
 * An example of a pack: a situation and what must follow. Written so that nobody has to program to read or write it.
 * Only what is named under `expect` is compared. Each is a test, and `npm run pack:try` prints why it came out so.
 */
export const Example = z.strictObject({
	example: z.string().min(2),
	/** Where the situation comes from (seed, standard), if anywhere. */
	source: z.string().optional(),
	given: z.strictObject({
		/** The complainant's own words; the category is proposed from them. */
		words: z.string().optional(),
		/** The category as a person set it; without it the proposed one is used. */
		category: Id.optional(),
		received: Instant,
		/** Facts by name; money facts as text with two decimals, e.g. declared: "300.00". */
		facts: z.record(Id.or(z.string()), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
		/** Raised flags: injury, minor … */
		flags: z.array(Id).default([]),
	}),
	expect: z.strictObject({
		category: Id.optional(),
		urgency: z.enum(["critical", "urgent", "ordinary"]).optional(),
		severity: z.enum(["A", "B", "C"]).optional(),
		/** Keys of the route table. */
		route: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
		/** Due instant by clock name, for clocks that start when the complaint is received or filed; "none": does not run. */
		due: z.record(Id, z.union([z.literal("none"), Instant])).optional(),
		liable: z.boolean().optional(),
		/** Percent by seat. */
		shares: z.record(z.string(), z.number()).optional(),
		cause: Id.optional(),
		faultRow: Id.optional(),
		/** In any order; every item given by the table must be listed, `row` and `arithmetic` only when named. */
		remedies: z
			.array(
				z.strictObject({
					item: ItemKind,
					amount: MoneyText.optional(),
					bearer: Id.optional(),
					row: Id.optional(),
					legal: z.enum(["owed", "goodwill"]).optional(),
				}),
			)
			.optional(),
		/** Total of the money in the remedies. */
		total: MoneyText.optional(),
		approval: z.string().optional(),
		sanctions: z
			.array(
				z.strictObject({
					sanction: Id,
					points: z.number().optional(),
					subject: Id.optional(),
					days: z.number().optional(),
				}),
			)
			.optional(),
		followUps: z.array(z.string()).optional(),
		/** The answer is not a number but a question: facts that must be known first. */
		needs: z.array(z.string()).optional(),
	}),
});
export type Example = z.output<typeof Example>;
