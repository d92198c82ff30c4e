import type { Statement } from "./database/session.ts";

/** Resumable uploads under way: whose they are, and for which case. The bytes lie in the scratch folder. */
export interface UploadRow {
	id: string;
	/** The case. */
	stream: string;
	by: string;
	/** What was answered when it became evidence. */
	done: Record<string, unknown> | null;
}

export function openUpload(
	company: string,
	{ id, stream, by }: UploadRow,
	bytes: number,
	now: string,
): Statement {
	return {
		name: "open-upload",
		sql: "insert into upload (company, id, stream, by_actor, bytes, started_at) values ($1, $2, $3, $4, $5, $6)",
		parameters: [company, id, stream, by, bytes, now],
	};
}

/** Answers UploadRows. */
export function readUpload(company: string, id: string): Statement {
	return {
		name: "read-upload",
		sql: 'select id, stream, by_actor as "by", done from upload where company = $1 and id = $2',
		parameters: [company, id],
	};
}

/** How many uploads somebody has begun for a case and neither finished nor dropped: answers rows of `open`. */
export function openUploads(company: string, stream: string, by: string): Statement {
	return {
		name: "open-uploads",
		sql: "select count(*)::int as open from upload where company = $1 and stream = $2 and by_actor = $3 and done is null",
		parameters: [company, stream, by],
	};
}

export function closeUpload(company: string, id: string, done: Record<string, unknown>): Statement {
	return {
		name: "close-upload",
		sql: "update upload set done = $3::jsonb where company = $1 and id = $2",
		parameters: [company, id, JSON.stringify(done)],
	};
}

export function dropUpload(company: string, id: string): Statement {
	return {
		name: "drop-upload",
		sql: "delete from upload where company = $1 and id = $2",
		parameters: [company, id],
	};
}

/** Uploads begun before then, of every company: their time is over. */
export function dropUploadsBefore(before: string): Statement {
	return {
		name: "drop-uploads-before",
		sql: "delete from upload where started_at < $1",
		parameters: [before],
	};
}
