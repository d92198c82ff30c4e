import { z } from "zod";

/** Lower-case words joined by hyphens: the ids of everything a pack declares. */
export const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "lower case letters, digits and hyphens");

/** A text in Chinese and in English, both needed. */
export const Bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.output<typeof Bilingual>;

/** Whole currency with two decimals, "75.00", read as minor units (7500). */
export const MoneyText = z
	.string()
	.regex(/^\d+\.\d{2}$/, 'an amount with two decimals in quotes, such as "75.00"')
	.transform((text) => Number(text.replace(".", "")));
