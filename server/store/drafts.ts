import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "./database/session.ts";
import { type Keys, seal, unseal } from "./kept.ts";

/** What somebody has typed and not yet sent, by case and form. Nobody else reads it. */

/** Whose, and of which form. `stream` is the case, or `new`. */
export interface DraftOf {
	company: string;
	person: string;
	stream: string;
	form: string;
}

export interface DraftRow {
	form: string;
	sealed: Buffer;
	at: Instant;
}

/** So many drafts one person has at most; the oldest make room. */
export const MOST_DRAFTS = 200;

export function saveDraft(
	{ company, person, stream, form }: DraftOf,
	content: string,
	keys: Keys,
	at: Instant,
): Statement {
	return {
		name: "save-draft",
		sql: `insert into draft (company, person, stream, form, sealed, at) values ($1, $2, $3, $4, $5, $6)
on conflict (company, person, stream, form) do update set sealed = excluded.sealed, at = excluded.at`,
		parameters: [company, person, stream, form, seal(content, keys), at],
	};
}

/** Leaves a person their newest drafts. */
export function makeRoom(company: string, person: string): Statement {
	return {
		name: "make-room-for-drafts",
		sql: `delete from draft d using (
  select stream, form from draft where company = $1 and person = $2 order by at desc, stream, form offset ${MOST_DRAFTS}) as old
where d.company = $1 and d.person = $2 and d.stream = old.stream and d.form = old.form`,
		parameters: [company, person],
	};
}

/** One draft, or with `form` null all of a case; answers DraftRows. */
export function readDrafts(
	{ company, person, stream }: Omit<DraftOf, "form">,
	form: string | null,
): Statement {
	return {
		name: "read-drafts",
		sql: `select form, sealed, at from draft
where company = $1 and person = $2 and stream = $3 and ($4::text is null or form = $4) order by at desc`,
		parameters: [company, person, stream, form],
	};
}

export function dropDraft({ company, person, stream, form }: DraftOf): Statement {
	return {
		name: "drop-draft",
		sql: "delete from draft where company = $1 and person = $2 and stream = $3 and form = $4",
		parameters: [company, person, stream, form],
	};
}

/** Drafts untouched since then, so many at once; answers a row for each. */
export function oldDrafts(company: string, before: Instant, most: number): Statement {
	return {
		name: "old-drafts",
		sql: `delete from draft where ctid = any(array(
  select ctid from draft where company = $1 and at < $2 order by at limit ${most})) returning 1`,
		parameters: [company, before],
	};
}

/** What was typed; null when the key has changed since: a draft is no loss to stop for. */
export function draftContent({ sealed }: DraftRow, keys: Keys): unknown {
	try {
		return JSON.parse(unseal(sealed, keys)) as unknown;
	} catch {
		return null;
	}
}
