import type { Database, Session, Statement } from "../store/database/database.ts";
import { type Entry, GENESIS, hashOf } from "../store/history.ts";
import { byStream, eachPage, namesOf, type StreamName } from "./streams.ts";

/** One thing found to be wrong. `seq` is the line of the history, null where the whole is meant. */
export interface Finding {
	company: string;
	/** A case's number, or what else the stream is. */
	what: string;
	seq: number | null;
	problem: string;
}

export interface Head {
	seq: number;
	head: string;
}

/**
 * What is wrong with one history: altered lines, lines left out, and an end that is not the one its snapshot has.
 * `entries` in order; `head` is the snapshot's, null where there is none.
 */
export function problemsOfChain(
	entries: readonly Entry[],
	head: Head | null,
): { seq: number | null; problem: string }[] {
	const found: { seq: number | null; problem: string }[] = [];
	// what the next line may be chained to: an altered hash alone must not make its successor look altered
	let previous: string[] = [GENESIS];
	let last = 0;
	for (const { hash, ...entry } of entries) {
		if (entry.seq < last + 1) found.push({ seq: entry.seq, problem: "no line can have this number" });
		else if (entry.seq > last + 1) {
			found.push({ seq: last + 1, problem: missing(last + 1, entry.seq - 1) });
			previous = [];
		}
		const computed = previous.map((one) => hashOf(one, entry));
		const altered = previous.length > 0 && !computed.includes(hash);
		if (altered) found.push({ seq: entry.seq, problem: `altered (${entry.type})` });
		previous = altered ? [hash, ...computed] : [hash];
		last = entry.seq;
	}
	return [...found, ...problemsOfHead(last, previous, head)];
}

function missing(from: number, to: number): string {
	return from === to ? "missing" : `missing, and all up to ${to}`;
}

function problemsOfHead(last: number, heads: readonly string[], snapshot: Head | null) {
	if (!snapshot) return [{ seq: null, problem: "has no snapshot, which every history has" }];
	const { seq, head } = snapshot;
	if (last === 0) return [{ seq: 1, problem: `missing, and all up to ${seq}: the whole history` }];
	if (seq > last) return [{ seq: last + 1, problem: `${missing(last + 1, seq)}: the end is cut off` }];
	if (seq < last) return [{ seq: seq + 1, problem: `not known to the snapshot, which ends at ${seq}` }];
	if (heads.includes(head)) return [];
	return [
		{ seq: last, problem: "not the end that the snapshot has: the history or the snapshot was rewritten" },
	];
}

/** Recomputes the chain of every history; `found` is told of each problem, `passed` of each page. */
export async function verifyChains(
	database: Database<unknown>,
	found: (finding: Finding) => void,
	passed: (streams: number) => void,
): Promise<{ streams: number; lines: number }> {
	const total = { streams: 0, lines: 0 };
	await eachPage(database, false, async (session, page) => {
		const { lines, findings } = await verifyPage(session, page);
		for (const one of findings) found(one);
		total.streams += page.length;
		total.lines += lines;
		passed(total.streams);
	});
	return total;
}

async function verifyPage(
	session: Session,
	page: readonly StreamName[],
): Promise<{ lines: number; findings: Finding[] }> {
	const [lines = [], heads = []] = (await session.runAll([exactHistories(page), headsOf(page)])) as [
		Entry[],
		(StreamName & Partial<Head> & { number: string | null; kind: string })[],
	];
	const linesOf = byStream(lines);
	const headOf = byStream(heads);
	const findings = page.flatMap((name) => {
		const [known] = headOf(name);
		const entries = linesOf(name);
		const { company, stream } = name;
		const { seq, head } = known ?? {};
		const kind = entries[0]?.kind ?? known?.kind;
		const what = known?.number ?? (kind === "conduct" ? `conduct file ${stream}` : `case ${stream}`);
		const snapshot = seq === undefined || seq === null || head === undefined ? null : { seq, head };
		// neither lines nor a snapshot: something else of a stream that is gone, which the check of the fold tells
		if (entries.length === 0 && !snapshot)
			return [{ company, what, seq: null, problem: "has neither history nor snapshot" }];
		return problemsOfChain(entries, snapshot).map((one) => ({ company, what, ...one }));
	});
	return { lines: lines.length, findings };
}

/**
 * Lines with instants as exact as they are stored: a change of a microsecond is a change too, and one that no
 * calendar reads must not stop the reading.
 */
function exactHistories(page: readonly StreamName[]): Statement {
	const exact = (column: string) =>
		`regexp_replace(to_char(h.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '000$', '') || 'Z'`;
	return {
		name: "exact-histories",
		sql: `select h.company, h.kind, h.stream, h.seq, ${exact("at")} as at, ${exact("recorded_at")} as "recordedAt",
  h.actor, h.command_id as "commandId", h.pack_version as "packVersion", h.type, h.data, h.hash
from unnest($1::text[], $2::text[]) as t(company, stream)
join history h on h.company = t.company and h.stream = t.stream order by h.company, h.stream, h.seq`,
		parameters: namesOf(page),
	};
}

function headsOf(page: readonly StreamName[]): Statement {
	return {
		name: "heads-of",
		sql: `select t.company, t.stream, s.seq, s.head, coalesce(s.kind, 'case') as kind,
  coalesce(r.number, case when s.kind = 'case' then s.state->>'number' end) as number
from unnest($1::text[], $2::text[]) as t(company, stream)
left join snapshot s on s.company = t.company and s.stream = t.stream
left join case_row r on r.company = t.company and r.id = t.stream`,
		parameters: namesOf(page),
	};
}
