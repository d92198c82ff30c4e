import { guardText } from "#engine/guard.ts";
import type { Kept } from "#engine/kept.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Desk } from "../handle.ts";
import { textsFor } from "../store/texts.ts";
import { type Blank, FILLINGS, type Filling, type Telling } from "./notice-values.ts";

/** A notice as a person reads it, and what was put into its blanks. */
export interface NoticeText {
	text: string;
	blanks: Record<string, string>;
}

const PLACEHOLDER = /\{\{([a-z]+)\}\}/g;

export function blanksOf(wording: string): Blank[] {
	const names = [...wording.matchAll(PLACEHOLDER)].map(([, name]) => name as Blank);
	return [...new Set(names)];
}

/** The pack's wording of a notice. */
export function wordingOf({
	pack,
	notice,
	recipient,
}: Pick<Telling, "pack" | "notice" | "recipient">): string {
	const wording = pack.data.wording[recipient.language].notices[notice];
	if (wording === undefined) throw new Error(`pack ${pack.name} has no notice "${notice}"`);
	return wording;
}

/**
 * Fills a notice's blanks; what is not known, or may not go out, reads "…".
 * @param known texts that are not written yet, by reference
 */
export async function noticeText(
	desk: Pick<Desk, "database">,
	telling: Telling,
	known: Readonly<Record<string, string>> = {},
): Promise<NoticeText> {
	const wording = wordingOf(telling);
	const fillings = await fillingTexts(desk, telling, blanksOf(wording), known);
	const blanks = Object.fromEntries(Object.entries(fillings).map(([name, words]) => [name, words || "…"]));
	return { text: filled(wording, blanks), blanks };
}

/** What fills each of these blanks; null: not known, or it may not go out. */
export async function fillingTexts(
	desk: Pick<Desk, "database">,
	telling: Telling,
	blanks: readonly Blank[],
	known: Readonly<Record<string, string>> = {},
): Promise<Record<string, string | null>> {
	const fillings = blanks.map((blank) => [blank, FILLINGS[blank](telling)] as const);
	const kept = fillings.flatMap(([, filling]) => (isKept(filling) ? [filling] : []));
	const texts = { ...(await textsFor(desk, telling.kase.company, kept)), ...known };
	return Object.fromEntries(
		fillings.map(([blank, filling]) => [
			blank,
			isKept(filling) ? freeWords(texts[filling.ref], telling) : filling,
		]),
	);
}

/** A wording with its blanks filled. */
export function filled(wording: string, fillings: Readonly<Record<string, string | null>>): string {
	return wording.replaceAll(PLACEHOLDER, (_, name: string) => fillings[name] || "…");
}

function isKept(filling: Filling): filling is Kept {
	return filling !== null && typeof filling === "object";
}

/** Somebody's own words go to a party only as far as the guard lets them, and never at length. */
function freeWords(words: string | undefined, { recipient, pack }: Telling): string | null {
	if (words === undefined) return null;
	return recipient.party === null ? short(words) : guarded(short(words), pack);
}

function guarded(words: string, pack: LoadedPack): string | null {
	const masked = words.replaceAll(NUMBERS, (digits) => `${digits.slice(0, 3)}****`);
	return guardText(masked, pack).length > 0 ? null : masked;
}

/** Seven digits or more, however written: a phone, an identity card, an account. */
const NUMBERS = /\p{Nd}(?:[\s-]?\p{Nd}){6,}[Xx]?/gu;

const MOST_LETTERS = 100;

function short(words: string): string {
	const letters = [...words.trim()];
	return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("")}…` : words.trim();
}
