import type { Instant } from "#engine/time/instant.ts";
import type { CallEnded } from "../ports/caller.ts";
import type { Statement } from "./database/session.ts";

/** Masked lines lent for a case, and the calls over them, as they lie in the database: no real number among them. */

export interface LineRow {
	company: string;
	id: string;
	case: string;
	/** `person:…`, or `party:…` for whoever has a link. */
	caller: string;
	fromParty: string | null;
	toParty: string;
	number: string;
	binding: string;
	madeAt: Instant;
	expiresAt: Instant;
	pretend: boolean;
}

const LINE = `company, id, stream as "case", caller, from_party as "fromParty", to_party as "toParty", number, binding,
  made_at as "madeAt", expires_at as "expiresAt", pretend`;

export function insertLine(line: LineRow): Statement {
	return {
		name: "insert-line",
		sql: `insert into masked_line (company, id, stream, caller, from_party, to_party, number, binding, made_at, expires_at, pretend)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		parameters: [
			line.company,
			line.id,
			line.case,
			line.caller,
			line.fromParty,
			line.toParty,
			line.number,
			line.binding,
			line.madeAt,
			line.expiresAt,
			line.pretend,
		],
	};
}

/** The line between two people of a case that is still good at `at`. */
export function readOpenLine(
	company: string,
	case_: string,
	caller: string,
	toParty: string,
	at: Instant,
): Statement {
	return {
		name: "read-open-line",
		sql: `select ${LINE} from masked_line where company = $1 and stream = $2 and caller = $3 and to_party = $4
and released_at is null and expires_at > $5 order by made_at desc limit 1`,
		parameters: [company, case_, caller, toParty, at],
	};
}

/** Lines by company and id. */
export function readLines(named: readonly { company: string; id: string }[]): Statement {
	return {
		name: "read-lines",
		sql: `select ${LINE} from masked_line where (company, id) in (select * from unnest($1::text[], $2::text[]))`,
		parameters: [named.map((one) => one.company), named.map((one) => one.id)],
	};
}

export function releaseLine(company: string, id: string, at: Instant): Statement {
	return {
		name: "release-line",
		sql: "update masked_line set released_at = coalesce(released_at, $3) where company = $1 and id = $2",
		parameters: [company, id, at],
	};
}

export interface MaskedCallRow {
	id: string;
	line: string;
	case: string;
	back: boolean;
	startedAt: Instant;
	answeredAt: Instant | null;
	endedAt: Instant | null;
	outcome: CallEnded["outcome"] | null;
	/** The contact that it became in the case; or why it became none. */
	contact: string | null;
	refused: string | null;
	recorded: boolean;
	/** The recording's evidence in the case; or why there is none. */
	evidence: string | null;
	recordingFault: string | null;
	pretend: boolean;
}

const CALL = `c.id, c.line, c.stream as "case", c.back, c.started_at as "startedAt", c.answered_at as "answeredAt", c.ended_at as "endedAt",
  c.outcome, c.contact, c.refused, c.recorded, c.evidence, c.recording_fault as "recordingFault", c.pretend`;

/** The end of a call, once; told again it changes nothing. Answers its id when it is news. */
export function noteCallEnded(line: LineRow, call: CallEnded, toldAt: Instant): Statement {
	return {
		name: "note-call-ended",
		sql: `insert into masked_call (company, id, line, stream, back, started_at, answered_at, ended_at, outcome, pretend, told_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (company, id) do update set back = excluded.back, started_at = excluded.started_at, answered_at = excluded.answered_at,
  ended_at = excluded.ended_at, outcome = excluded.outcome where masked_call.ended_at is null and masked_call.line = excluded.line
returning id`,
		parameters: [
			line.company,
			call.id,
			line.id,
			line.case,
			call.back,
			call.at,
			call.answeredAt,
			call.endedAt,
			call.outcome,
			line.pretend,
			toldAt,
		],
	};
}

/** That there is a recording; it may be told of before the call's end. Answers its id when it is news. */
export function noteCallRecorded(
	line: LineRow,
	call: { id: string; at: Instant },
	toldAt: Instant,
): Statement {
	return {
		name: "note-call-recorded",
		sql: `insert into masked_call (company, id, line, stream, back, started_at, recorded, pretend, told_at)
values ($1, $2, $3, $4, false, $5, true, $6, $7)
on conflict (company, id) do update set recorded = true where not masked_call.recorded and masked_call.line = excluded.line returning id`,
		parameters: [line.company, call.id, line.id, line.case, call.at, line.pretend, toldAt],
	};
}

export function readMaskedCall(company: string, id: string): Statement {
	return {
		name: "read-masked-call",
		sql: `select ${CALL} from masked_call c where c.company = $1 and c.id = $2`,
		parameters: [company, id],
	};
}

/** A call with the line that it went over. */
export interface CallOfCase extends MaskedCallRow {
	caller: string;
	fromParty: string | null;
	toParty: string;
}

/** The calls of a case, the latest first, at most 200; with a caller only those over lines that they asked for. */
export function callsOfCase(company: string, case_: string, caller: string | null): Statement {
	return {
		name: "calls-of-case",
		sql: `select ${CALL}, l.caller, l.from_party as "fromParty", l.to_party as "toParty" from masked_call c
join masked_line l on l.company = c.company and l.id = c.line
where c.company = $1 and c.stream = $2 and ($3::text is null or l.caller = $3) order by c.started_at desc, c.id desc limit 200`,
		parameters: [company, case_, caller],
	};
}

/** What became of a call in the case. */
export function noteCallTaken(
	company: string,
	id: string,
	taken: { contact?: string; refused?: string; evidence?: string; recordingFault?: string },
): Statement {
	return {
		name: "note-call-taken",
		sql: `update masked_call set contact = coalesce(contact, $3), refused = coalesce(refused, $4), evidence = coalesce(evidence, $5),
  recording_fault = coalesce(recording_fault, $6) where company = $1 and id = $2`,
		parameters: [
			company,
			id,
			taken.contact ?? null,
			taken.refused ?? null,
			taken.evidence ?? null,
			taken.recordingFault ?? null,
		],
	};
}
