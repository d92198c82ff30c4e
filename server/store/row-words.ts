import type { Actor } from "#engine/actor.ts";
import { can } from "#engine/actor.ts";
import { maskNumbers } from "#engine/guard.ts";
import { STAFF } from "#engine/journey.ts";
import type { Database } from "./database/database.ts";
import { type Keys, unseal } from "./kept.ts";

/** The references of a row to what is kept beside it. */
interface WithRefs {
	complainantRef: string | null;
	respondentRef: string | null;
	wordsRef: string | null;
	people: readonly string[];
}

/** Whom a case is about, masked, and the first of its words without anybody's name, number or plate. */
export interface RowWords {
	complainant: string | null;
	respondent: string | null;
	words: string | null;
}

interface Name {
	ref: string;
	mask: string;
	sealed: Buffer | null;
}

const NOTHING: RowWords = { complainant: null, respondent: null, words: null };

/** So much of the words is read: a number is not cut in two before it is masked. */
const READ = 400;
const SHOWN = 90;

/** Mainland plates, blanks and dots between allowed (GA 36). */
const PLATE =
	/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.\s-]?(?=[A-Z0-9]*\d)[A-Z0-9]{5,6}/gu;

/**
 * For the rows of one page, in their order; read by key. Only the office sees them, and nobody those of a case in which
 * they have a side: what a side may read of a case is decided where the case itself is read.
 */
export async function rowWords(
	{ database, keys }: { database: Pick<Database<unknown>, "read">; keys: Keys },
	actor: Actor,
	rows: readonly WithRefs[],
): Promise<RowWords[]> {
	const office = can(actor, ...STAFF);
	const mayRead = (row: WithRefs) => office && !row.people.includes(actor.id);
	const readable = rows.filter(mayRead);
	const personal = readable.flatMap((row) => [row.complainantRef ?? [], row.respondentRef ?? []].flat());
	const said = readable.flatMap((row) => row.wordsRef ?? []);
	if (personal.length + said.length === 0) return rows.map(() => NOTHING);
	const [names = [], texts = []] = (await database.read([
		{
			name: "row-names",
			sql: "select ref, mask, sealed from personal where company = $1 and ref = any($2::text[]) and erased_at is null",
			parameters: [actor.company, personal],
		},
		{
			name: "row-texts",
			sql: `select ref, left(content, ${READ}) as content from words where company = $1 and ref = any($2::text[]) and erased_at is null`,
			parameters: [actor.company, said],
		},
	])) as [Name[], { ref: string; content: string }[]];
	const nameBy = new Map(names.map((one) => [one.ref, one]));
	const textBy = new Map(texts.map((one) => [one.ref, one.content]));
	return rows.map((row) => {
		if (!mayRead(row)) return NOTHING;
		const known = [row.complainantRef, row.respondentRef].flatMap((ref) => nameBy.get(ref ?? "") ?? []);
		const text = textBy.get(row.wordsRef ?? "");
		return {
			complainant: nameBy.get(row.complainantRef ?? "")?.mask ?? null,
			respondent: nameBy.get(row.respondentRef ?? "")?.mask ?? null,
			words: text === undefined ? null : firstOf(shielded(text, known, keys)),
		};
	});
}

function shielded(text: string, names: readonly Name[], keys: Keys): string {
	const plain = names.reduce((done, { mask, sealed }) => {
		const name = sealed ? unseal(sealed, keys) : "";
		return [...name].length > 1 ? done.replaceAll(name, mask) : done;
	}, text);
	return maskNumbers(plain).replaceAll(PLATE, (plate) => `${plate.slice(0, 2)}***${plate.slice(-2)}`);
}

function firstOf(text: string): string {
	const letters = [...text.replaceAll(/\s+/g, " ").trim()];
	return letters.length > SHOWN ? `${letters.slice(0, SHOWN).join("")}…` : letters.join("");
}
