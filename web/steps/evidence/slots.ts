import { type Case, type EvidenceItem, examined, type Party } from "#engine/case.ts";
import type { PackAnswer } from "../../pack.ts";

/** What the categories of a case want to see, and what of it is there. */

type Recipe = PackAnswer["data"]["evidence"]["recipes"][string];
export type Piece = Recipe["pieces"][number];

export interface Slot {
	piece: Piece;
	items: EvidenceItem[];
}

export interface Wanted {
	id: string;
	recipe: Recipe;
	/** Those in the seat that is to provide it; none where the company itself does. */
	from: Party[];
	slots: Slot[];
	/** Required pieces of which nothing is there. */
	missing: number;
}

/** The recipes of the categories, each with its pieces and what came for them; and what came besides. */
export function wantedIn(kase: Case, pack: PackAnswer | null): { wanted: Wanted[]; rest: EvidenceItem[] } {
	const recipes = pack?.data.evidence.recipes ?? {};
	const categories = examined(kase).map((one) => one.category ?? one.proposed?.category);
	const asked = (pack?.data.categories.categories ?? [])
		.filter((one) => categories.includes(one.id))
		.flatMap((one) => one.evidence ?? []);
	const given = kase.evidence.flatMap((one) => one.recipe ?? []);
	const wanted = [...new Set([...asked, ...given])].flatMap((id) => {
		const recipe = recipes[id];
		return recipe ? [wantedOf(id, recipe, kase)] : [];
	});
	const placed = new Set(wanted.flatMap((one) => one.slots.flatMap((slot) => slot.items)));
	return { wanted, rest: kase.evidence.filter((one) => !placed.has(one)) };
}

function wantedOf(id: string, recipe: Recipe, kase: Case): Wanted {
	const slots = recipe.pieces.map((piece) => ({
		piece,
		items: kase.evidence.filter((one) => one.recipe === id && one.piece === piece.id),
	}));
	return {
		id,
		recipe,
		from: kase.parties.filter((one) => one.seat === recipe.from),
		slots,
		missing: slots.filter((one) => one.piece.required && one.items.length === 0).length,
	};
}

/** As which kind a file goes in, by its type and the piece it is for. */
export function kindOf(mime: string, piece: Piece | undefined): Piece["kind"] {
	if (piece && fits(piece.kind, mime)) return piece.kind;
	if (mime.startsWith("image/")) return "photo";
	if (mime.startsWith("video/")) return "video";
	if (mime.startsWith("audio/")) return "audio";
	return mime.includes("gpx") ? "track" : "document";
}

function fits(kind: Piece["kind"], mime: string): boolean {
	switch (kind) {
		case "photo":
			return mime.startsWith("image/");
		case "video":
			return mime.startsWith("video/");
		case "audio":
			return mime.startsWith("audio/");
		default:
			return kind !== "track" || !/^(image|video|audio)\//.test(mime);
	}
}
