import type { Case } from "#engine/case.ts";
import { maskNumbers } from "#engine/guard.ts";
import type { Keep } from "#engine/kept.ts";
import { keptIn, type Viewer } from "#engine/views/case-view.ts";
import type { Database } from "./database/database.ts";
import { type Keys, unseal } from "./kept.ts";
import { textsFor } from "./texts.ts";

interface Hidden {
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
	{ database, keys }: { database: Pick<Database<unknown>, "read">; keys: Keys },
	kase: Case,
	view: Case,
	viewer: Viewer,
): Promise<Record<string, string>> {
	const shown = keptIn(view);
	// a department has no party's data of its own: what it is shown is masked
	const refs = new Set(viewer === "department" ? [] : shown.map((one) => one.ref));
	const others = keptIn([kase.parties, kase.intake?.place])
		.map((one) => one.ref)
		.filter((ref) => !refs.has(ref));
	const texts = await textsFor({ database }, kase.company, shown);
	const hidden = await hiddenOnes(database, keys, kase.company, others);
	const shield = (text: string) => {
		const plain = hidden.reduce(withoutOne, text);
		return viewer === "complainant" ? plain : maskNumbers(plain);
	};
	return Object.fromEntries(Object.entries(texts).map(([ref, text]) => [ref, shield(text)]));
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
			sql: "select keep, mask, sealed from personal where company = $1 and ref = any($2::text[]) and erased_at is null",
			parameters: [company, refs],
		},
	])) as { keep: Keep; mask: string; sealed: Buffer | null }[][];
	return rows
		.flatMap(({ keep, mask, sealed }) => (sealed ? [{ keep, mask, content: unseal(sealed, keys) }] : []))
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
