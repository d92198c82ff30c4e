import type { Case } from "#engine/case.ts";
import type { Statement } from "./database/session.ts";
import { type KeptRow, type Keys, lookupOf } from "./kept.ts";
import { tokensOf } from "./tokens.ts";

/** The token of a phone, plate, name or account: its keyed hash, so that the index holds no personal data. */
export function hashToken(content: string, keys: Keys): string {
	return `#${lookupOf(content, keys).toString("hex").slice(0, 24)}`;
}

/** What one command may add, and how large a case's tokens may grow, in bytes: PostgreSQL stops at one mebibyte. */
const MOST_ADDED = 200_000;
const MOST_IN_ALL = 500_000;

/** Adds what a command brought to a case's search tokens. */
export function indexCase(kase: Case, rows: readonly KeptRow[], keys: Keys, first: boolean): Statement[] {
	const tokens = new Set<string>();
	if (first) for (const token of tokensOf(kase.number)) tokens.add(token);
	for (const one of kase.orders) for (const token of tokensOf(one.number)) tokens.add(token);
	for (const one of kase.proceedings) for (const token of tokensOf(one.number)) tokens.add(token);
	for (const row of rows) {
		if (row.keep === "words") for (const token of tokensOf(row.content)) tokens.add(token);
		else if (row.keep !== "address") tokens.add(hashToken(row.content, keys));
	}
	if (tokens.size === 0 || (!first && rows.length === 0)) return [];
	return [
		{
			name: "index-case",
			sql: `insert into case_search (company, id, v) values ($1, $2, array_to_tsvector($3::text[]))
on conflict (company, id) do update set v = case_search.v || excluded.v where length(case_search.v::text) < ${MOST_IN_ALL}`,
			parameters: [kase.company, kase.id, withinBytes(tokens)],
		},
	];
}

function withinBytes(tokens: ReadonlySet<string>): string[] {
	const kept: string[] = [];
	let bytes = 0;
	for (const token of tokens) {
		bytes += Buffer.byteLength(token);
		if (bytes > MOST_ADDED) break;
		kept.push(token);
	}
	return kept;
}
