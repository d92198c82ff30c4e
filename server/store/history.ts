import type { Event } from "#engine/steps/event.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Statement } from "./database/session.ts";

/** One line of the history, as it is hashed and kept. */
export interface Entry {
	company: string;
	kind: "case" | "conduct";
	stream: string;
	seq: number;
	at: string;
	recordedAt: string;
	actor: string;
	commandId: string;
	packVersion: string;
	type: string;
	/** Canonical JSON. */
	data: string;
	hash: string;
}

/** The hash before the first line of a stream. */
export const GENESIS = "0".repeat(64);

/** `sha256(previous ‖ canonical line)`: a changed byte breaks every later line of its stream. */
export function hashOf(previous: string, entry: Omit<Entry, "hash">): string {
	return sha256(previous, canonical(entry));
}

export type Envelope = Pick<
	Entry,
	"company" | "kind" | "stream" | "at" | "recordedAt" | "actor" | "commandId" | "packVersion"
>;

/** Events as lines of their stream's history, chained to what stands before. */
export function chain(events: readonly Event[], envelope: Envelope, seq: number, head: string): Entry[] {
	let previous = head;
	return events.map(({ type, data }, n) => {
		const entry = { ...envelope, seq: seq + n + 1, type, data: canonical(data) };
		previous = hashOf(previous, entry);
		return { ...entry, hash: previous };
	});
}

/** All lines in one statement. */
export function appendHistory(entries: readonly Entry[]): Statement {
	const column = (name: keyof Entry) => entries.map((one) => one[name]);
	return {
		name: "append-history",
		sql: `insert into history (company, kind, stream, seq, at, recorded_at, actor, command_id, pack_version, type, data, hash)
select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])`,
		parameters: [
			column("company"),
			column("kind"),
			column("stream"),
			column("seq"),
			column("at"),
			column("recordedAt"),
			column("actor"),
			column("commandId"),
			column("packVersion"),
			column("type"),
			column("data"),
			column("hash"),
		],
	};
}

/** A stream's lines in order. */
export function readHistory(company: string, stream: string, after = 0, most = 10_000): Statement {
	return {
		name: "read-history",
		sql: `select company, kind, stream, seq, at, recorded_at as "recordedAt", actor, command_id as "commandId", pack_version as "packVersion", type, data, hash
from history where company = $1 and stream = $2 and seq > $3 order by seq limit $4`,
		parameters: [company, stream, after, most],
	};
}
