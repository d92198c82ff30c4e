import type { z } from "zod";

/** Where a page ended, as text that a client gives back unread (keyset: the next page begins after it). */
export function placeOf(parts: readonly (string | number | boolean)[]): string {
	return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The place that a text names; null when it was not made by `placeOf` for such a list. */
export function readPlace<S extends z.ZodType, P>(
	text: string,
	schema: S,
	make: (parts: z.output<S>) => P,
): P | null {
	try {
		const parsed = schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
		return parsed.success ? make(parsed.data) : null;
	} catch {
		return null; // not even JSON
	}
}
