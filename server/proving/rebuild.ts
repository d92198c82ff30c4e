import { isDeepStrictEqual } from "node:util";
import type { Case } from "#engine/case.ts";
import type { ConductFile } from "#engine/conduct.ts";
import { timersOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Timer } from "#engine/steps/step.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { newId } from "../ids.ts";
import { saveCaseRow } from "../store/case-rows.ts";
import { messageOf } from "../store/database/advice.ts";
import type { Session, Statement } from "../store/database/database.ts";
import { syncTimers } from "../store/due.ts";
import { type Entry, GENESIS } from "../store/history.ts";
import { foldCase, foldConduct } from "../store/refold.ts";
import { saveSnapshot } from "../store/snapshots.ts";
import {
	type KeptSnapshot,
	type KeptTimer,
	rowDifferences,
	snapshotDifferences,
	throughJson,
	timerDifferences,
} from "./differences.ts";
import { readKept, replaceTokens } from "./search-tokens.ts";
import { byStream, eachPage, namesOf, type StreamName } from "./streams.ts";

/** Something kept that is not what the history says. */
export interface Difference extends StreamName {
	/** A case's number, or what else the stream is. */
	what: string;
	problem: string;
	/** Only a person can mend it: there is nothing to rebuild from. */
	beyond: boolean;
}

export interface Rebuilt {
	streams: number;
	lines: number;
	differences: number;
	/** Of them, what could not be mended. */
	beyond: number;
}

export interface Telling {
	found: (difference: Difference) => void;
	/** After each page: streams behind us. */
	passed: (streams: number) => void;
}

/**
 * Folds every history and compares what is kept beside it: snapshot, list row, wake-ups. With `writes` all of them, and
 * the search tokens, are written anew from the histories.
 */
export async function rebuild(desk: Desk, writes: boolean, { found, passed }: Telling): Promise<Rebuilt> {
	const total: Rebuilt = { streams: 0, lines: 0, differences: 0, beyond: 0 };
	await eachPage(desk.database, writes, async (session, page) => {
		const world = { ...desk, now: desk.clock() };
		const streams = await readPage(session, page, writes);
		const checked = streams.map((one) => check(world, one));
		if (writes) await session.commitWith(await writesOfPage(desk, session, checked));
		for (const { differences } of checked) {
			for (const one of differences) found(one);
			total.differences += differences.length;
			total.beyond += differences.filter((one) => one.beyond).length;
		}
		total.streams += page.length;
		total.lines += streams.reduce((sum, one) => sum + one.entries.length, 0);
		passed(total.streams);
	});
	return total;
}

/** A stream with all that is kept of it. */
interface Stream extends StreamName {
	entries: Entry[];
	snapshot: (KeptSnapshot & { kind: string }) | null;
	row: Record<string, unknown> | null;
	timers: KeptTimer[];
}

async function readPage(session: Session, page: readonly StreamName[], lock: boolean): Promise<Stream[]> {
	const [snapshots = [], rows = [], timers = [], entries = []] = (await session.runAll([
		snapshotsOf(page, lock),
		rowsOf(page),
		timersOfPage(page),
		historiesOf(page),
	])) as [
		(StreamName & KeptSnapshot & { kind: string })[],
		(StreamName & { row: Record<string, unknown> })[],
		(StreamName & KeptTimer)[],
		Entry[],
	];
	const [snapshotOf, rowOf, timerOf, entriesOf] = [
		byStream(snapshots),
		byStream(rows),
		byStream(timers),
		byStream(entries),
	];
	return page.map((name) => ({
		...name,
		entries: entriesOf(name),
		snapshot: snapshotOf(name)[0] ?? null,
		row: plain(rowOf(name)[0]),
		timers: timerOf(name),
	}));
}

/** A list row without the name that it was read under. */
function plain(row: (StreamName & object) | undefined): Record<string, unknown> | null {
	if (!row) return null;
	const { stream: _, ...columns } = row;
	return columns;
}

interface Checked extends Stream {
	folded: { kind: "case"; state: Case; pack: LoadedPack } | { kind: "conduct"; state: ConductFile } | null;
	head: string;
	differences: Difference[];
}

function check(world: Desk & { now: Instant }, stream: Stream): Checked {
	const { company, entries, snapshot } = stream;
	const head = entries.at(-1)?.hash ?? GENESIS;
	const differ = (problem: string, beyond = false): Difference => ({
		company,
		stream: stream.stream,
		what: whatIs(stream),
		problem,
		beyond,
	});
	if (entries.length === 0) {
		const left = [
			snapshot && "a snapshot",
			stream.row && "a list row",
			stream.timers.length > 0 && "wake-ups",
		];
		const problem = `there is no history, but ${left.filter(Boolean).join(", ")}`;
		return { ...stream, head, folded: null, differences: [differ(problem, true)] };
	}
	try {
		const folded = fold(world, stream);
		const problems = [...snapshotDifferences(folded.state, head, snapshot)];
		if (folded.kind === "case") {
			problems.push(...rowDifferences(folded.state, folded.pack, stream.row));
			problems.push(
				...timerDifferences(
					folded.state,
					{ ...world, pack: folded.pack, days: world.days.current },
					stream.timers,
				),
			);
		}
		return { ...stream, head, folded, differences: problems.map((one) => differ(one)) };
	} catch (error) {
		const problem = `the history can't be folded: ${messageOf(error)}`;
		return { ...stream, head, folded: null, differences: [differ(problem, true)] };
	}
}

function whatIs({ stream, entries, snapshot, row }: Stream): string {
	if ((entries[0]?.kind ?? snapshot?.kind) === "conduct") return `conduct file ${stream}`;
	const number = row?.number ?? (snapshot?.state as { number?: unknown } | undefined)?.number;
	return typeof number === "string" ? number : `case ${stream}`;
}

function fold(
	{ packs }: Pick<Desk, "packs">,
	{ company, stream, entries }: Stream,
): NonNullable<Checked["folded"]> {
	if (entries[0]?.kind === "conduct")
		return { kind: "conduct", state: foldConduct(stream, company, entries) };
	const state = foldCase(stream, company, entries);
	return { kind: "case", state, pack: packs.get(state.pack.name, state.pack.version) };
}

async function writesOfPage(desk: Desk, session: Session, checked: readonly Checked[]): Promise<Statement[]> {
	const cases = checked.filter((one) => one.folded?.kind === "case");
	const kept = await readKept(session, cases, desk.keys);
	return checked.flatMap(({ folded, head, stream, company, entries, timers }): Statement[] => {
		if (!folded) return [];
		if (folded.kind === "conduct") return [saveSnapshot(folded.state, "conduct", stream, head)];
		const { state, pack } = folded;
		const wanted = timersOf(state, pack, desk.days.current);
		const before = asBefore(timers, wanted);
		return [
			saveSnapshot(state, "case", stream, head),
			saveCaseRow(state, pack, state.changedAt),
			...syncTimers(company, stream, before, wanted, newId),
			...replaceTokens(state, entries, kept, desk.keys),
		];
	});
}

/** Wake-ups as they are kept; one that would do another thing counts as moved, so that it is written anew. */
function asBefore(kept: readonly KeptTimer[], wanted: readonly Timer[]): Timer[] {
	const commands = new Map(wanted.map((one) => [one.key, one.command]));
	return kept.map(({ key, at, payload }) => {
		const command = commands.get(key) ?? { type: "" };
		return { key, at: isDeepStrictEqual(payload, throughJson(command)) ? at : "", command };
	});
}

function snapshotsOf(page: readonly StreamName[], lock: boolean): Statement {
	return {
		name: lock ? "lock-snapshots" : "snapshots-of-page",
		sql: `select s.company, s.stream, s.kind, s.seq, s.fold, s.head, s.state
from unnest($1::text[], $2::text[]) as t(company, stream)
join snapshot s on s.company = t.company and s.stream = t.stream order by s.company, s.stream${lock ? " for update of s" : ""}`,
		parameters: namesOf(page),
	};
}

function rowsOf(page: readonly StreamName[]): Statement {
	return {
		name: "rows-of-page",
		sql: `select r.id as stream, r.* from unnest($1::text[], $2::text[]) as t(company, stream)
join case_row r on r.company = t.company and r.id = t.stream`,
		parameters: namesOf(page),
	};
}

function timersOfPage(page: readonly StreamName[]): Statement {
	return {
		name: "timers-of-page",
		sql: `select d.company, d.stream, d.key, d.at, d.payload from unnest($1::text[], $2::text[]) as t(company, stream)
join due d on d.company = t.company and d.stream = t.stream and d.kind = 'timer' order by d.key`,
		parameters: namesOf(page),
	};
}

function historiesOf(page: readonly StreamName[]): Statement {
	return {
		name: "histories-of-page",
		sql: `select h.company, h.kind, h.stream, h.seq, h.at, h.recorded_at as "recordedAt", h.actor, h.command_id as "commandId", h.pack_version as "packVersion", h.type, h.data, h.hash
from unnest($1::text[], $2::text[]) as t(company, stream)
join history h on h.company = t.company and h.stream = t.stream order by h.company, h.stream, h.seq`,
		parameters: namesOf(page),
	};
}
