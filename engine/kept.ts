import { z } from "zod";

/**
 * Words and personal data never enter the history: the edge stores them first, and events hold a reference and
 * `sha256(salt ‖ content)`, so that they can be masked, logged when revealed, and erased without breaking the chain.
 */
export interface Kept {
	ref: string;
	hash: string;
}

export const KEEPS = ["words", "name", "phone", "address", "plate", "account"] as const;
export type Keep = (typeof KEEPS)[number];

/** What a schema yields before the edge has stored it. */
export interface Unkept {
	keep: Keep;
	text: string;
}

/** A field whose content is kept beside the history. The command's author writes plain text. */
function kept(keep: Keep, most: number) {
	return z
		.string()
		.trim()
		.min(1)
		.max(most)
		.meta({ keep })
		.transform((text): Kept => ({ keep, text }) as Unkept as unknown as Kept);
}

/** Free words: verbatim, notes, messages. Searchable, erasable. */
export const Words = kept("words", 20_000);
/** Short free words: reasons, remarks. */
export const Remark = kept("words", 2_000);
export const PersonName = kept("name", 100);
export const Phone = kept("phone", 40);
export const Address = kept("address", 300);
export const Plate = kept("plate", 20);
