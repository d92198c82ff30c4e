import type { Actor } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import type { ConductFile } from "#engine/conduct.ts";
import type { Refusal } from "#engine/decision.ts";
import { needsOf } from "#engine/journey.ts";
import {
	type Change,
	conductEntering,
	decideChange,
	enterConduct,
	writesOf,
	writesOfConduct,
} from "./change.ts";
import type { DayTables } from "./day-tables.ts";
import { decideOn, type NamedCase, namedCases, parseFields } from "./deciding.ts";
import type { FieldProblem } from "./field-faults.ts";
import type { Offices } from "./office.ts";
import type { Packs } from "./packs.ts";
import { canonical, sha256 } from "./store/canonical.ts";
import type { Database, Session, Statement } from "./store/database/database.ts";
import { GENESIS } from "./store/history.ts";
import type { Keys } from "./store/kept.ts";
import { lockSnapshot, type Snapshot } from "./store/snapshots.ts";

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
	/** Rows of the edge's own that are written if, and only if, the command is accepted. */
	also?: readonly Statement[];
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
	| { ok: false; malformed: FieldProblem[] }
	| { ok: false; mismatch: true }
	| { ok: false; unknown: true };

/** The one write path: read and lock, decide, append, save, due rows and effects, all in one transaction. */
export async function handle(desk: Desk, request: Request): Promise<Answer> {
	const parsed = parseFields(request);
	if (!parsed.ok) return parsed;
	const office = await desk.offices.of(request.actor.company);
	const filing = request.case === null && needsOf(request.type).length === 0;
	try {
		if (filing) return await fileAtOnce(desk, request, parsed.fields);
		return await inTransaction(desk, request, parsed.fields, office);
	} catch (error) {
		// two requests with one key at the same moment, or one sent again: the first one's answer stands;
		// or a case number drawn twice, which is drawn anew
		if (isDoubled(error)) return await inTransaction(desk, request, parsed.fields, office);
		throw error;
	}
}

function inTransaction(desk: Desk, request: Request, fields: unknown, office: Office): Promise<Answer> {
	return desk.database.transaction((session) => onCase(desk, request, fields, office, session));
}

/**
 * A filing locks nothing and reads nothing: it is decided before the transaction begins, and everything travels in
 * one message. A key used before shows as a doubled row.
 */
async function fileAtOnce(desk: Desk, request: Request, fields: unknown): Promise<Answer> {
	const pack = desk.packs.newest(request.pack ?? "");
	if (!pack) return { ok: false, malformed: [{ at: "pack", problem: `there is no pack "${request.pack}"` }] };
	const now = desk.clock();
	const { actor, type } = request;
	const change = decideChange({
		before: null,
		head: GENESIS,
		pack,
		actor,
		type,
		fields,
		now,
		days: desk.days.current,
	});
	if ("ok" in change) return change;
	const answer = answerOf(change);
	const writes = [
		...saveAnswer(request, bodyOf(request), answer, now),
		...writesOf(change, desk.days.current, desk.keys),
		...(request.also ?? []),
	];
	await desk.database.transaction((session) => session.commitWith(writes));
	told(desk, change);
	return answer;
}

function answerOf({ next, entries }: Change): Handled {
	const events = entries.map((one) => ({ seq: one.seq, type: one.type }));
	return { ok: true, case: next.id, number: next.number, seq: next.seq, events };
}

function told(desk: Desk, { next, effects }: Change): void {
	desk.committed({ company: next.company, case: next.id, seq: next.seq, due: effects.length > 0 });
}

/** What is compared when a key is used again. */
function bodyOf({ idempotencyKey, case: id, type, fields }: Request): string {
	return idempotencyKey ? sha256(canonical([id, type, fields])) : "";
}

function isDoubled(error: unknown): boolean {
	const { code, constraint } = error as { code?: string; constraint?: string };
	return (
		code === "23505" && ["idempotency_pkey", "snapshot_pkey", "case_row_number"].includes(constraint ?? "")
	);
}

type Office = Awaited<ReturnType<Offices["of"]>>;

async function onCase(
	desk: Desk,
	request: Request,
	fields: unknown,
	office: Office,
	session: Session,
): Promise<Answer> {
	const { company } = request.actor;
	const now = desk.clock();
	const body = bodyOf(request);
	// the lock comes first: of two requests with one key at the same moment, the second then sees the first one's answer
	const asked = await session.runAll([
		...(request.case ? [lockSnapshot(company, request.case, "case")] : []),
		...readAnswer(request),
		...namedCases(company, request.type, fields),
	]);
	const row = request.case ? (asked.shift() as Snapshot<Case>[])[0] : undefined;
	const known = request.idempotencyKey
		? (asked.shift() as { body: string; answer: Handled }[])[0]
		: undefined;
	if (known) return known.body === body ? { ...known.answer, repeated: true } : { ok: false, mismatch: true };
	if (request.case && !row) return { ok: false, unknown: true };
	const read = (statements: readonly Statement[]) => session.runAll(statements);
	const world = { office, now, row: row ?? null, cases: (asked.shift() ?? []) as NamedCase[], read };
	const change = await decideOn(desk, request, fields, world);
	if ("ok" in change) return change;
	const conduct = await lockedConduct(change, session);
	const answer = answerOf(change);
	await session.commitWith([
		...writesOf(change, desk.days.current, desk.keys),
		...conduct,
		...(request.also ?? []),
		...saveAnswer(request, body, answer, now),
	]);
	told(desk, change);
	return answer;
}

/** What a change enters into conduct files: each locked, folded, chained. */
async function lockedConduct(change: Change, session: Session): Promise<Statement[]> {
	const entering = conductEntering(change.effects);
	if (entering.length === 0) return [];
	const rows = await session.runAll(
		entering.map(([person]) => lockSnapshot(change.envelope.company, person, "conduct")),
	);
	return entering.flatMap(([person, events], n) => {
		const row = (rows[n] as Snapshot<ConductFile>[])[0] ?? null;
		return writesOfConduct(enterConduct(row, person, events, change.envelope));
	});
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

function saveAnswer(
	{ actor, idempotencyKey }: Request,
	body: string,
	answer: Handled,
	now: string,
): Statement[] {
	if (!idempotencyKey) return [];
	return [
		{
			name: "save-answer",
			sql: "insert into idempotency (company, actor, key, body, answer, at) values ($1, $2, $3, $4, $5::jsonb, $6)",
			parameters: [actor.company, actor.id, idempotencyKey, body, JSON.stringify(answer), now],
		},
	];
}
