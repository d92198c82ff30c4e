import type { z } from "zod";
import type { Actor } from "#engine/actor.ts";
import { type Case, emptyCase, FOLD } from "#engine/case.ts";
import { type ConductEvent, type ConductFile, emptyConduct, evolveConduct } from "#engine/conduct.ts";
import type { Refusal } from "#engine/decision.ts";
import { COMMANDS, decide, needsOf, timersOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Context, Effect } from "#engine/steps/step.ts";
import { dayOf } from "#engine/time/instant.ts";
import type { DayTables } from "./day-tables.ts";
import { newId, newNumber } from "./ids.ts";
import { contextPeople, type Offices } from "./office.ts";
import type { Packs } from "./packs.ts";
import { canonical, sha256 } from "./store/canonical.ts";
import { saveCaseRow } from "./store/case-rows.ts";
import type { Database, Session, Statement } from "./store/database/database.ts";
import { effectRows, insertDue, syncTimers } from "./store/due.ts";
import { appendHistory, chain, type Entry, GENESIS } from "./store/history.ts";
import { insertKept, type Keys, keep } from "./store/kept.ts";
import { refold } from "./store/refold.ts";
import { indexCase } from "./store/search.ts";
import { lockSnapshot, type Snapshot, saveSnapshot } from "./store/snapshots.ts";
import { deliveriesFor } from "./store/webhooks.ts";

/** Everything the write path stands on. */
export interface Desk {
	database: Database<unknown>;
	packs: Packs;
	offices: Offices;
	keys: Keys;
	days: DayTables;
	/** UTC instant with milliseconds. Handed in, so that tests can move it. */
	clock: () => string;
	/** Told after each commit: live views and the jobs' loop. */
	committed: (what: { company: string; case: string; seq: number; due: boolean }) => void;
}

export interface Request {
	actor: Actor;
	/** The case; null files a new one. */
	case: string | null;
	/** For a new case: which pack. */
	pack?: string;
	type: string;
	fields: Record<string, unknown>;
	/** Repeating a request with the same key does nothing and gives the same answer. */
	idempotencyKey?: string;
	/** Refuse when somebody else has changed the case since: the seq that was seen. */
	expected?: number;
	/** Set by timers: facts that the edge vouches for may be given by nobody else. */
	trusted?: Record<string, unknown>;
}

export interface Handled {
	ok: true;
	case: string;
	number: string;
	seq: number;
	events: { seq: number; type: string }[];
	repeated?: boolean;
}

export type Answer =
	| Handled
	| { ok: false; refusal: Refusal }
	| { ok: false; malformed: { at: string; problem: string }[] }
	| { ok: false; mismatch: true }
	| { ok: false; unknown: true };

/** The one write path: read and lock, decide, append, save, due rows and effects, all in one transaction. */
export async function handle(desk: Desk, request: Request): Promise<Answer> {
	const rule = COMMANDS.get(request.type);
	if (!rule) return { ok: false, malformed: [{ at: "type", problem: `there is no command ${request.type}` }] };
	const parsed = rule.schema.safeParse({ ...request.fields, ...request.trusted });
	if (!parsed.success) return { ok: false, malformed: problemsOf(parsed.error) };
	const office = await desk.offices.of(request.actor.company);
	try {
		return await desk.database.transaction((session) => inTransaction(desk, request, parsed.data, office, session));
	} catch (error) {
		// two requests with one key at the same moment: the second finds the first one's answer
		if (isDoubled(error)) return await desk.database.transaction((session) => inTransaction(desk, request, parsed.data, office, session));
		throw error;
	}
}

function problemsOf(error: z.ZodError): { at: string; problem: string }[] {
	return error.issues.map((issue) => ({ at: issue.path.join("."), problem: issue.message }));
}

function isDoubled(error: unknown): boolean {
	const { code, constraint } = error as { code?: string; constraint?: string };
	return code === "23505" && (constraint === "idempotency_pkey" || constraint === "snapshot_pkey");
}

type Office = Awaited<ReturnType<Offices["of"]>>;

async function inTransaction(desk: Desk, request: Request, fields: unknown, office: Office, session: Session): Promise<Answer> {
	const { company } = request.actor;
	const now = desk.clock();
	const body = request.idempotencyKey ? sha256(canonical([request.case, request.type, request.fields])) : "";
	const asked = await session.runAll([...readAnswer(request), ...(request.case ? [lockSnapshot(company, request.case)] : []), ...namedCases(company, request.type, fields)]);
	const known = request.idempotencyKey ? (asked.shift() as { body: string; answer: Handled }[])[0] : undefined;
	if (known) return known.body === body ? { ...known.answer, repeated: true } : { ok: false, mismatch: true };
	const row = request.case ? (asked.shift() as Snapshot<Case>[])[0] : undefined;
	if (request.case && !row) return { ok: false, unknown: true };
	const found = row ? await current(row, company, session) : null;
	const pack = found ? desk.packs.get(found.state.pack.name, found.state.pack.version) : desk.packs.newest(request.pack ?? "");
	if (!pack) return { ok: false, malformed: [{ at: "pack", problem: `there is no pack "${request.pack}"` }] };
	const before = found?.state ?? fresh(company, pack, now);
	if (request.expected !== undefined && request.expected !== before.seq) return { ok: false, refusal: { reason: "Conflict", detail: { seq: before.seq, expected: request.expected } } };
	const kept = keep(fields, newId);
	const context: Context = {
		now,
		actor: request.actor,
		pack,
		days: desk.days.current,
		words: kept.words,
		people: needsOf(request.type).includes("people") ? contextPeople(office, dayOf(now, office.zone)) : undefined,
		cases: needsOf(request.type).includes("cases") ? casesFrom((asked.shift() ?? []) as NamedCase[]) : undefined,
	};
	const decided = decide({ type: request.type, fields: kept.command }, before, context);
	if (!decided.ok) return decided;
	const commandId = newId();
	const envelope = { company, at: now, recordedAt: now, actor: request.actor.id, commandId, packVersion: pack.version };
	const entries = chain(decided.events, { ...envelope, kind: "case", stream: before.id }, before.seq, found?.head ?? GENESIS);
	const conduct = await enterConduct(decided.effects, envelope, session);
	const answer: Handled = {
		ok: true,
		case: before.id,
		number: before.number,
		seq: decided.next.seq,
		events: entries.map(({ seq, type }) => ({ seq, type })),
	};
	const effects = effectRows(company, before.id, decided.next.seq, decided.effects, now, newId);
	const timers = syncTimers(company, before.id, found ? timersOf(before, pack, desk.days.current) : [], timersOf(decided.next, pack, desk.days.current), newId);
	await session.commitWith([
		...insertKept(company, before.id, kept.rows, desk.keys),
		appendHistory([...entries, ...conduct.entries]),
		saveSnapshot(decided.next, "case", before.id, entries.at(-1)?.hash ?? GENESIS),
		...conduct.saved,
		saveCaseRow(decided.next, pack, now),
		...indexCase(decided.next, kept.rows, desk.keys, found === null),
		...timers,
		...insertDue(effects),
		...deliveriesFor(company, before.id, before.number, entries, now),
		...saveAnswer(request, body, answer, now),
	]);
	desk.committed({ company, case: before.id, seq: decided.next.seq, due: effects.length > 0 });
	return answer;
}

function fresh(company: string, pack: LoadedPack, now: string): Case {
	const number = newNumber(dayOf(now, pack.data.head.zone));
	return emptyCase(newId(), company, number, { name: pack.name, version: pack.version });
}

/** A snapshot made by an older fold is folded anew from its history. */
async function current(row: Snapshot<Case>, company: string, session: Session): Promise<Snapshot<Case>> {
	return row.fold === FOLD ? row : { ...row, state: await refold(company, row, session) };
}

function readAnswer({ actor, idempotencyKey }: Request): Statement[] {
	if (!idempotencyKey) return [];
	return [
		{
			name: "read-answer",
			sql: "select body, answer from idempotency where company = $1 and actor = $2 and key = $3",
			parameters: [actor.company, actor.id, idempotencyKey],
		},
	];
}

function saveAnswer({ actor, idempotencyKey }: Request, body: string, answer: Handled, now: string): Statement[] {
	if (!idempotencyKey) return [];
	return [
		{
			name: "save-answer",
			sql: "insert into idempotency (company, actor, key, body, answer, at) values ($1, $2, $3, $4, $5::jsonb, $6)",
			parameters: [actor.company, actor.id, idempotencyKey, body, JSON.stringify(answer), now],
		},
	];
}

interface NamedCase {
	id: string;
	number: string;
	closed: boolean;
	joined: boolean;
	orders: string[];
}

/** The other cases that a command names, for those that declare the need. */
function namedCases(company: string, type: string, fields: unknown): Statement[] {
	if (!needsOf(type).includes("cases")) return [];
	const { into, case: other, incident } = fields as Record<string, string | undefined>;
	const ids = [into, other, incident].filter((one) => one !== undefined);
	return [
		{
			name: "named-cases",
			sql: "select id, number, closed_at is not null as closed, joined, orders from case_row where company = $1 and id = any($2::text[])",
			parameters: [company, ids],
		},
	];
}

function casesFrom(rows: readonly NamedCase[]): NonNullable<Context["cases"]> {
	return Object.fromEntries(rows.map((one) => [one.id, one]));
}

/** Facts that enter conduct files, in the same transaction: locked, folded, chained, saved. */
async function enterConduct(effects: readonly Effect[], envelope: Omit<Parameters<typeof chain>[1], "kind" | "stream">, session: Session): Promise<{ entries: Entry[]; saved: Statement[] }> {
	const entering = new Map<string, ConductEvent[]>();
	for (const one of effects) if (one.do === "enter") entering.set(one.stream, [...(entering.get(one.stream) ?? []), one.event]);
	// in one order everywhere, so that two cases never wait for each other
	const streams = [...entering.keys()].sort();
	if (streams.length === 0) return { entries: [], saved: [] };
	const rows = await session.runAll(streams.map((stream) => lockSnapshot(envelope.company, stream)));
	const entries: Entry[] = [];
	const saved: Statement[] = [];
	for (const [n, stream] of streams.entries()) {
		const row = (rows[n] as Snapshot<ConductFile>[])[0];
		let file = row?.state ?? emptyConduct(stream, envelope.company);
		const lines = chain(entering.get(stream) ?? [], { ...envelope, kind: "conduct", stream }, file.seq, row?.head ?? GENESIS);
		for (const [m, event] of (entering.get(stream) ?? []).entries())
			file = evolveConduct(file, event, { at: envelope.at, by: envelope.actor, seq: (lines[m]?.seq ?? 0) });
		entries.push(...lines);
		saved.push(saveSnapshot(file, "conduct", stream, lines.at(-1)?.hash ?? GENESIS));
	}
	return { entries, saved };
}

