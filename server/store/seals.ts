import { createHash } from "node:crypto";
import type { Instant } from "#engine/time/instant.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Database, Statement } from "./database/database.ts";
import { GENESIS } from "./history.ts";

/**
 * The daily seal: one hash over the head of every stream of a company as it stood at the end of a day, chained to the
 * seal before. It can be computed again from the history at any later time, so that a cut tail, a missing stream and
 * an altered line show, unless every seal since was forged too.
 */
export interface Seal {
	company: string;
	/** The local day whose end it seals. */
	day: string;
	streams: number;
	/** sha256 over `stream seq hash` of every stream, one a line, in order of the streams' code units. */
	heads: string;
	/** sha256 of the seal before and of this one's canonical JSON. */
	hash: string;
}

/** The seal over everything recorded before `end`; reads page by page, each on its own. */
export async function sealOf(
	database: Pick<Database<unknown>, "read">,
	company: string,
	day: string,
	end: Instant,
): Promise<Seal> {
	const digest = createHash("sha256");
	let streams = 0;
	for await (const { stream, seq, hash } of headsBefore(database, company, end)) {
		digest.update(`${stream} ${seq} ${hash}\n`);
		streams += 1;
	}
	const heads = digest.digest("hex");
	const [previous = []] = (await database.read([sealBefore(company, day)])) as { hash: string }[][];
	const hash = sha256(previous[0]?.hash ?? GENESIS, canonical({ company, day, streams, heads }));
	return { company, day, streams, heads, hash };
}

interface Head {
	stream: string;
	seq: number;
	hash: string;
}

const PAGE = 2_000;

async function* headsBefore(
	database: Pick<Database<unknown>, "read">,
	company: string,
	end: Instant,
): AsyncGenerator<Head> {
	for (let after = ""; ; ) {
		const [rows = []] = (await database.read([headsPage(company, after, end)])) as (Head & {
			seq: number | null;
		})[][];
		for (const row of rows) if (row.seq !== null) yield row;
		const last = rows.at(-1);
		if (!last || rows.length < PAGE) return;
		after = last.stream;
	}
}

/** Streams in order with their last line before `end`; `seq` is null for one that began later. */
function headsPage(company: string, after: string, end: Instant): Statement {
	return {
		name: "heads-page",
		sql: `select s.stream, h.seq, h.hash from (
  select stream from snapshot where company = $1 and stream collate "C" > $2 order by stream collate "C" limit ${PAGE}
) s left join lateral (
  select seq, hash from history where company = $1 and stream = s.stream and recorded_at < $3 order by seq desc limit 1
) h on true order by s.stream collate "C"`,
		parameters: [company, after, end],
	};
}

function sealBefore(company: string, day: string): Statement {
	return {
		name: "seal-before",
		sql: "select hash from seal where company = $1 and day < $2::date order by day desc limit 1",
		parameters: [company, day],
	};
}

/** A day is sealed once. */
export function insertSeal({ company, day, streams, heads, hash }: Seal): Statement {
	return {
		name: "insert-seal",
		sql: "insert into seal (company, day, streams, heads, hash) values ($1, $2, $3, $4, $5) on conflict (company, day) do nothing",
		parameters: [company, day, streams, heads, hash],
	};
}

export function readSeal(company: string, day: string): Statement {
	return {
		name: "read-seal",
		sql: "select company, day, streams, heads, hash from seal where company = $1 and day = $2::date",
		parameters: [company, day],
	};
}
