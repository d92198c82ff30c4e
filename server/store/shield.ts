import type { Case } from "#engine/case.ts";
import { maskNumbers } from "#engine/guard.ts";
import type { Keep } from "#engine/kept.ts";
import { keptIn, type Viewer } from "#engine/views/case-view.ts";
import type { Database } from "./database/database.ts";
import { type Keys, unseal } from "./kept.ts";
import { textsFor } from "./texts.ts";

interface Hidden {
	ref: string;
	keep: Keep;
	mask: string;
	content: string;
}

/**
 * The texts of a view for somebody outside the office. People write names and numbers into free words: what is kept
 * of the parties whom the viewer may not see is masked there too, and for the other side any mobile, identity or card
 * number.
 */
export async function shieldedTexts(
	desk: { database: Pick<Database<unknown>, "read">; keys: Keys },
	kase: Case,
	view: Case,
	viewer: Viewer,
): Promise<Record<string, string>> {
	return await shieldedTextsOf(desk, kase.company, [{ kase, view, viewer }]);
}

/** A case, and what one viewer is shown of it. */
export interface Shown {
	kase: Case;
	view: unknown;
	viewer: Viewer;
}

/** The same for the cases of a page, however many, in three queries. */
export async function shieldedTextsOf(
	{ database, keys }: { database: Pick<Database<unknown>, "read">; keys: Keys },
	company: string,
	cases: readonly Shown[],
): Promise<Record<string, string>> {
	const shown = cases.map(({ kase, view, viewer }) => ({
		viewer,
		kept: keptIn(view),
		others: othersIn(kase, view, viewer),
	}));
	const texts = await textsFor(
		{ database },
		company,
		shown.flatMap((one) => one.kept),
	);
	const hidden = await hiddenOnes(database, keys, company, [...new Set(shown.flatMap((one) => one.others))]);
	return Object.fromEntries(
		shown.flatMap(({ viewer, kept, others }) => {
			const masks = hidden.filter((one) => others.includes(one.ref));
			const shield = (text: string) => {
				const plain = masks.reduce(withoutOne, text);
				return viewer === "complainant" ? plain : maskNumbers(plain);
			};
			return kept.map(({ ref }) => [ref, shield(texts[ref] ?? "")] as const);
		}),
	);
}

/** What is kept of the parties and not shown. A department has no party's data of its own: what it is shown is masked. */
function othersIn(kase: Case, view: unknown, viewer: Viewer): string[] {
	const refs = new Set(viewer === "department" ? [] : keptIn(view).map((one) => one.ref));
	return keptIn([kase.parties, kase.corrections, kase.intake?.place])
		.map((one) => one.ref)
		.filter((ref) => !refs.has(ref));
}

async function hiddenOnes(
	database: Pick<Database<unknown>, "read">,
	keys: Keys,
	company: string,
	refs: readonly string[],
): Promise<Hidden[]> {
	if (refs.length === 0) return [];
	const [rows = []] = (await database.read([
		{
			name: "hidden-personal",
			sql: "select ref, keep, mask, sealed from personal where company = $1 and ref = any($2::text[]) and erased_at is null",
			parameters: [company, refs],
		},
	])) as { ref: string; keep: Keep; mask: string; sealed: Buffer | null }[][];
	return rows
		.flatMap(({ ref, keep, mask, sealed }) =>
			sealed ? [{ ref, keep, mask, content: unseal(sealed, keys) }] : [],
		)
		.filter((one) => [...one.content].length > 1)
		.sort((a, b) => b.content.length - a.content.length);
}

/** Numbers and plates are also found with blanks, dots or hyphens in between, addresses in parts. */
function withoutOne(text: string, { keep, mask, content }: Hidden): string {
	if (keep === "address") return withoutAddress(text, content);
	if (keep !== "phone" && keep !== "plate") return text.replaceAll(content, mask);
	const letters = [...content.replaceAll(/[\s·.-]/g, "")].map((one) =>
		one.replaceAll(/[^\p{L}\p{N}]/gu, "\\$&"),
	);
	return text.replaceAll(new RegExp(letters.join("[\\s·.-]?"), "gi"), mask);
}

/** So many letters of an address, one after the other, tell where somebody lives. */
const TELLING = 5;

/** Masks every stretch of the text that stands in the address, but for its city and district. */
function withoutAddress(text: string, address: string): string {
	let done = "";
	for (let at = 0; at < text.length; ) {
		let length = TELLING;
		while (at + length <= text.length && address.includes(text.slice(at, at + length))) length += 1;
		const stretch = text.slice(at, at + length - 1);
		const open = address.startsWith(stretch) && /[省市区县]$/.test(stretch);
		const telling = stretch.length >= TELLING && !open;
		done += telling ? "***" : stretch.slice(0, open ? stretch.length : 1);
		at += telling || open ? Math.max(stretch.length, 1) : 1;
	}
	return done;
}
