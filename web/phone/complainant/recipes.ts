import type { Bilingual } from "#engine/packs/words.ts";

/** What proof helps with a kind of complaint, as the pack lists it. */
export interface Recipe {
	id: string;
	name: Bilingual;
	pieces: Piece[];
}

export interface Piece {
	id: string;
	name: Bilingual;
	kind: "photo" | "video" | "audio" | "track" | "document" | "record" | "statement";
	required: boolean;
	how?: Bilingual | undefined;
}

/** Which files a piece may be. */
export function acceptOf({ kind }: Pick<Piece, "kind">): string {
	if (kind === "photo") return "image/*";
	if (kind === "video") return "video/*,image/*";
	if (kind === "audio") return "audio/*,video/*";
	return "image/*,application/pdf,audio/*,video/*";
}
