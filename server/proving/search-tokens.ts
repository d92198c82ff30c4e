import type { Case } from "#engine/case.ts";
import type { Keep } from "#engine/kept.ts";
import { keptIn } from "#engine/views/case-view.ts";
import type { Session, Statement } from "../store/database/database.ts";
import type { Entry } from "../store/history.ts";
import { type KeptRow, type Keys, unseal } from "../store/kept.ts";
import { indexCase } from "../store/search.ts";
import type { StreamName } from "./streams.ts";

/** What may be searched of kept words and personal data that are still there, by company and reference. */
export type KeptRows = ReadonlyMap<string, KeptRow>;

const nameOf = (company: string, ref: string) => `${company} ${ref}`;

/** References of everything kept that a history names. */
function refsOf(entries: readonly Entry[]): string[] {
	return [...new Set(entries.flatMap((one) => keptIn(JSON.parse(one.data))).map((one) => one.ref))];
}

/** Everything kept that the histories name; what was erased is left out. */
export async function readKept(
	session: Session,
	streams: readonly (StreamName & { entries: readonly Entry[] })[],
	keys: Keys,
): Promise<KeptRows> {
	const named = streams.flatMap(({ company, entries }) => refsOf(entries).map((ref) => ({ company, ref })));
	const parameters = [named.map((one) => one.company), named.map((one) => one.ref)];
	const from = "from unnest($1::text[], $2::text[]) as t(company, ref) join";
	const on = "k on k.company = t.company and k.ref = t.ref where k.erased_at is null";
	const [words = [], personal = []] = (await session.runAll([
		{
			name: "kept-words",
			sql: `select k.company, k.ref, k.content ${from} words ${on} and k.content is not null`,
			parameters,
		},
		{
			name: "kept-personal",
			sql: `select k.company, k.ref, k.keep, k.sealed ${from} personal ${on} and k.sealed is not null`,
			parameters,
		},
	])) as [
		{ company: string; ref: string; content: string }[],
		{ company: string; ref: string; keep: Keep; sealed: Buffer }[],
	];
	const salt = Buffer.alloc(0); // of no account for searching
	return new Map<string, KeptRow>([
		...words.map(
			({ company, ref, content }) => [nameOf(company, ref), { ref, keep: "words", content, salt }] as const,
		),
		...personal.map(
			({ company, ref, keep, sealed }) =>
				[nameOf(company, ref), { ref, keep, content: unseal(sealed, keys), salt }] as const,
		),
	]);
}

/** As many texts as one command may bring, so that each stays below what one command may add (store/search.ts). */
const TEXTS_AT_ONCE = 20;

/** A case's search tokens, made anew as its commands made them. */
export function replaceTokens(
	kase: Case,
	entries: readonly Entry[],
	kept: KeptRows,
	keys: Keys,
): Statement[] {
	const rows = refsOf(entries).flatMap((ref) => kept.get(nameOf(kase.company, ref)) ?? []);
	const statements: Statement[] = [
		{
			name: "forget-tokens",
			sql: "delete from case_search where company = $1 and id = $2",
			parameters: [kase.company, kase.id],
		},
		...indexCase(kase, rows.slice(0, TEXTS_AT_ONCE), keys, true),
	];
	for (let from = TEXTS_AT_ONCE; from < rows.length; from += TEXTS_AT_ONCE)
		statements.push(...indexCase(kase, rows.slice(from, from + TEXTS_AT_ONCE), keys, false));
	return statements;
}
