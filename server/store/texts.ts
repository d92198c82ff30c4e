import type { Kept } from "#engine/kept.ts";
import type { Database } from "./database/database.ts";

/** The texts of kept references: words as they stand, personal data masked, erased ones said to be so. */
export async function textsFor(
	{ database }: { database: Pick<Database<unknown>, "read"> },
	company: string,
	kept: readonly Kept[],
): Promise<Record<string, string>> {
	const refs = [...new Set(kept.map((one) => one.ref))];
	if (refs.length === 0) return {};
	const [words = [], personal = []] = (await database.read([
		{
			name: "texts-words",
			sql: "select ref, content from words where company = $1 and ref = any($2::text[])",
			parameters: [company, refs],
		},
		{
			name: "texts-personal",
			sql: "select ref, case when erased_at is null then mask end as content from personal where company = $1 and ref = any($2::text[])",
			parameters: [company, refs],
		},
	])) as { ref: string; content: string | null }[][];
	return Object.fromEntries([...words, ...personal].map((one) => [one.ref, one.content ?? "—"]));
}
