import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import type { Office } from "../office.ts";
import { plainOf } from "../store/tokens.ts";

/** A colleague or worker found by what the office calls them. `at`: from and to of each match in the alias. */
export interface PersonHit {
	id: string;
	alias: string;
	kind: string;
	organisation: string | null;
	roles: string[];
	at: [number, number][];
}

const MOST = 8;

/** Everybody of the company whose alias or id holds all the terms, whoever begins so first; for those in the office. */
export function peopleCalled(office: Office, actor: Actor, terms: readonly string[]): PersonHit[] {
	if (!can(actor, ...STAFF, "answer", "administer") || terms.length === 0) return [];
	const found: (PersonHit & { first: number })[] = [];
	for (const { id, alias, kind, organisation, roles } of office.people.values()) {
		const plain = plainOf(alias);
		const named = terms.every((term) => plain.includes(term));
		if (!named && !terms.every((term) => id.toLowerCase().startsWith(term))) continue;
		// a form of another length has its places elsewhere: then nothing is marked
		const at =
			named && plain.length === alias.length
				? terms.map((term): [number, number] => [plain.indexOf(term), plain.indexOf(term) + term.length])
				: [];
		found.push({
			id,
			alias,
			kind,
			organisation,
			roles,
			at,
			first: named ? plain.indexOf(terms[0] ?? "") : 99,
		});
	}
	return found
		.sort((a, b) => a.first - b.first || (a.alias < b.alias ? -1 : 1))
		.slice(0, MOST)
		.map(({ first: _, ...one }) => one);
}
