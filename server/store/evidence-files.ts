import type { EvidenceStore } from "../ports/evidence-store.ts";
import type { Fault } from "../ports/fault.ts";
import type { Database, Statement } from "./database/database.ts";

/** Which evidence files a company has, and which of its cases show them. The files themselves lie in the evidence store. */
export interface EvidenceFile {
	sha256: string;
	bytes: number;
	mime: string;
	kind: string;
	/** What a photo says of itself; the character set of a text. */
	facts: Record<string, unknown>;
}

/**
 * Notes that a case shows a file. To be written in the command's own transaction, whose lock keeps others from removing
 * the file meanwhile: see `removeUnreferenced`.
 */
export function noteEvidenceFile(
	company: string,
	file: EvidenceFile,
	kase: string,
	by: string,
	now: string,
): Statement[] {
	return [
		lockFile(file.sha256),
		{
			name: "note-evidence-file",
			sql: `insert into evidence_file (company, sha256, bytes, mime, kind, facts, uploaded_by, uploaded_at)
values ($1, $2, $3, $4, $5, $6::jsonb || jsonb_build_object('cases', jsonb_build_array($7::text)), $8, $9)
on conflict (company, sha256) do update set facts = case when evidence_file.facts->'cases' ? $7 then evidence_file.facts
  else jsonb_set(evidence_file.facts, '{cases}', coalesce(evidence_file.facts->'cases', '[]') || to_jsonb($7::text)) end`,
			parameters: [
				company,
				file.sha256,
				file.bytes,
				file.mime,
				file.kind,
				JSON.stringify(file.facts),
				kase,
				by,
				now,
			],
		},
	];
}

/** The cases of a company that show a file: answers rows of `cases`. */
export function casesShowing(company: string, sha256: string): Statement {
	return {
		name: "cases-showing",
		sql: "select coalesce(facts->'cases', '[]') as cases from evidence_file where company = $1 and sha256 = $2",
		parameters: [company, sha256],
	};
}

/** A file as it is known: answers a row of `bytes`, `mime`, `kind`, `facts`. */
export function fileOf(company: string, sha256: string): Statement {
	return {
		name: "evidence-file",
		sql: "select bytes::int as bytes, mime, kind, facts from evidence_file where company = $1 and sha256 = $2",
		parameters: [company, sha256],
	};
}

/**
 * Removes a file's content when no company refers to it any more. Whoever notes the same content at that moment waits,
 * and finds afterwards that it must be stored again.
 */
export async function removeUnreferenced(
	database: Pick<Database<unknown>, "transaction">,
	store: EvidenceStore,
	sha256: string,
): Promise<{ ok: true; removed: boolean } | Fault> {
	return await database.transaction(async (session) => {
		const [, rows = []] = await session.runAll([
			lockFile(sha256),
			{
				name: "file-referenced",
				sql: "select 1 from company c where exists (select 1 from evidence_file e where e.company = c.company and e.sha256 = $1) limit 1",
				parameters: [sha256],
			},
		]);
		return rows.length > 0 ? { ok: true, removed: false } : await store.remove(sha256);
	});
}

function lockFile(sha256: string): Statement {
	return {
		name: "lock-file",
		sql: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
		parameters: [sha256],
	};
}
