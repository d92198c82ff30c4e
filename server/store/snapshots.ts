import { type Case, FOLD } from "#engine/case.ts";
import type { ConductFile } from "#engine/conduct.ts";
import type { Statement } from "./database/session.ts";

/** A stream's folded state, saved in the command's own transaction. `fold` says by which fold it was made. */
export interface Snapshot<S> {
	stream: string;
	seq: number;
	fold: number;
	/** Hash of the last line of the history. */
	head: string;
	state: S;
}

/** Reads and locks, so that commands on one stream follow one another. */
export function lockSnapshot(company: string, stream: string, kind: "case" | "conduct"): Statement {
	return {
		name: "lock-snapshot",
		sql: "select stream, seq, fold, head, state from snapshot where company = $1 and stream = $2 and kind = $3 for update",
		parameters: [company, stream, kind],
	};
}

/** A case's. */
export function readSnapshot(company: string, stream: string): Statement {
	return {
		name: "read-snapshot",
		sql: "select stream, seq, fold, head, state from snapshot where company = $1 and stream = $2 and kind = 'case'",
		parameters: [company, stream],
	};
}

/** The conduct files of several people, as they stand; whoever has none is left out. */
export function readConduct(company: string, people: readonly string[]): Statement {
	return {
		name: "read-conduct",
		sql: "select stream, seq, fold, head, state from snapshot where company = $1 and stream = any($2::text[]) and kind = 'conduct'",
		parameters: [company, people],
	};
}

export function saveSnapshot(
	state: Case | ConductFile,
	kind: "case" | "conduct",
	stream: string,
	head: string,
): Statement {
	return {
		name: "save-snapshot",
		sql: `insert into snapshot (company, stream, kind, seq, fold, head, state) values ($1, $2, $3, $4, $5, $6, $7::jsonb)
on conflict (company, stream) do update set seq = excluded.seq, fold = excluded.fold, head = excluded.head, state = excluded.state`,
		parameters: [state.company, stream, kind, state.seq, FOLD, head, JSON.stringify(state)],
	};
}
