import { createHash, type Hash } from "node:crypto";
import { dayNumber, type Instant, instantAt } from "#engine/time/instant.ts";
import { reached } from "#engine/time/zone.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database, Session } from "../store/database/database.ts";
import { GENESIS } from "../store/history.ts";
import type { Seal } from "../store/seals.ts";
import type { Finding } from "./chains.ts";

/**
 * The daily seals of every company, computed again from its histories as they are now (store/seals.ts makes them): a
 * cut end or a missing history shows even where the snapshot is gone with it.
 */
export async function verifySeals(
	database: Database<unknown>,
	found: (finding: Finding) => void,
): Promise<{ seals: number }> {
	const [companies = []] = (await database.read([
		{ sql: "select company, zone from company order by company", parameters: [] },
	])) as { company: string; zone: string }[][];
	let seals = 0;
	for (const { company, zone } of companies) {
		const { count, findings } = await database.transaction(
			(session) => verifyCompany(session, company, zone),
			{
				isolation: "repeatable read",
				readOnly: true,
			},
		);
		seals += count;
		for (const one of findings) found(one);
	}
	return { seals };
}

async function verifyCompany(
	session: Session,
	company: string,
	zone: string,
): Promise<{ count: number; findings: Finding[] }> {
	const seals = await session.run<Seal>({
		sql: "select company, day, streams, heads, hash from seal where company = $1 order by day",
		parameters: [company],
	});
	if (seals.length === 0) return { count: 0, findings: [] };
	const now = await recompute(
		session,
		company,
		seals.map((one) => endOf(one.day, zone)),
	);
	const findings = [...brokenLinks(company, seals), ...otherHeads(company, seals, now)];
	return { count: seals.length, findings };
}

/** The first moment of the day after. */
function endOf(day: string, zone: string): Instant {
	return instantAt(reached(zone, dayNumber(day) + 1, 0));
}

function brokenLinks(company: string, seals: readonly Seal[]): Finding[] {
	let previous = GENESIS;
	return seals.flatMap(({ day, streams, heads, hash }): Finding[] => {
		const computed = sha256(previous, canonical({ company, day, streams, heads }));
		previous = hash;
		const problem = "the seal was altered, or one before it is gone";
		return computed === hash ? [] : [{ company, what: `seal of ${day}`, seq: null, problem }];
	});
}

interface Heads {
	streams: number;
	heads: string;
}

/** One finding: what was altered before one day's end is missing from every later seal too. */
function otherHeads(company: string, seals: readonly Seal[], now: readonly Heads[]): Finding[] {
	const other = seals.flatMap((seal, n) => {
		const is = now[n];
		return is && (is.heads !== seal.heads || is.streams !== seal.streams) ? [{ seal, is }] : [];
	});
	const [first] = other;
	if (!first) return [];
	const { seal, is } = first;
	const later = other.length > 1 ? ` (and of ${other.length - 1} later days)` : "";
	const problem =
		is.streams === seal.streams
			? "a history that it holds ends in another line now: a line was altered, or an end cut off"
			: `${seal.streams} histories were sealed, ${is.streams} of them are there now`;
	return [{ company, what: `seal of ${seal.day}${later}`, seq: null, problem }];
}

interface Line {
	stream: string;
	seq: number;
	hash: string;
	recordedAt: Instant;
}

const LINES_AT_ONCE = 5_000;

/** What the seals of the days that end at `ends` would hold today: one pass over the company's lines. */
async function recompute(session: Session, company: string, ends: readonly Instant[]): Promise<Heads[]> {
	const days = ends.map((end) => ({ end, digest: createHash("sha256"), streams: 0 }));
	await session.run({
		// PGlite and PostgreSQL sort this on disk where it is large; the order is that of the seals
		sql: `declare sealed no scroll cursor for
select stream, seq, hash, recorded_at as "recordedAt" from history where company = $1 order by stream collate "C", seq`,
		parameters: [company],
	});
	let lines: Line[] = [];
	for (let page: Line[]; ; ) {
		page = await session.run<Line>({ sql: `fetch ${LINES_AT_ONCE} from sealed`, parameters: [] });
		for (const line of page) {
			if (lines.length > 0 && lines[0]?.stream !== line.stream) {
				addHeads(days, lines);
				lines = [];
			}
			lines.push(line);
		}
		if (page.length < LINES_AT_ONCE) break;
	}
	if (lines.length > 0) addHeads(days, lines);
	await session.run({ sql: "close sealed", parameters: [] });
	return days.map(({ digest, streams }) => ({ streams, heads: digest.digest("hex") }));
}

/** The last line of one history before each day's end. */
function addHeads(
	days: readonly { end: Instant; digest: Hash; streams: number }[],
	lines: readonly Line[],
): void {
	for (const day of days) {
		const head = lines.findLast((one) => one.recordedAt < day.end);
		if (!head) continue;
		day.digest.update(`${head.stream} ${head.seq} ${head.hash}\n`);
		day.streams += 1;
	}
}
