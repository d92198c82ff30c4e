import { type Instant, instantPlus } from "#engine/time/instant.ts";
import type { Statement } from "./database/session.ts";
import { type Keys, lookupOf, maskOf, seal } from "./kept.ts";

/** Calls as they lie in the database: the caller's number is sealed, and looked up by its keyed hash. */

export interface Ringing {
	id: string;
	line: string;
	/** Null: withheld. */
	caller: string | null;
	/** The one agent whom it was sent to. */
	to: string | null;
	at: string;
	pretend: boolean;
}

export interface CallRow {
	id: string;
	line: string;
	sealed: Buffer | null;
	lookup: Buffer | null;
	mask: string | null;
	to: string | null;
	ringingAt: string;
	answeredAt: string | null;
	answeredBy: string | null;
	rings: number | null;
	endedAt: string | null;
	recording: string | null;
	filedAs: string | null;
	pretend: boolean;
}

const COLUMNS = `id, line, sealed, lookup, mask, sent_to as "to", ringing_at as "ringingAt", answered_at as "answeredAt",
  answered_by as "answeredBy", rings, ended_at as "endedAt", recording, filed_as as "filedAs", pretend`;

/** Enters a call that rings; answers no row when it is known already. */
export function insertCall(company: string, call: Ringing, keys: Keys): Statement {
	const { caller } = call;
	return {
		name: "insert-call",
		sql: `insert into phone_call (company, id, line, sealed, lookup, mask, sent_to, ringing_at, pretend)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
		parameters: [
			company,
			call.id,
			call.line,
			caller === null ? null : seal(caller, keys),
			caller === null ? null : lookupOf(caller, keys),
			caller === null ? null : maskOf("phone", caller),
			call.to,
			call.at,
			call.pretend,
		],
	};
}

/** Somebody takes the call; answers no row when somebody has, or when it was over by then. */
export function answerCall(
	company: string,
	id: string,
	{ by, at, rings }: { by: string; at: string; rings: number },
): Statement {
	return {
		name: "answer-call",
		sql: `update phone_call set answered_by = $3, answered_at = $4, rings = $5 where company = $1 and id = $2
and answered_at is null and ringing_at <= $4 and (ended_at is null or ended_at >= $4) returning id`,
		parameters: [company, id, by, at, rings],
	};
}

/** The call is over; the recording may come later than the end. */
export function endCall(company: string, id: string, at: string, recording: string | null): Statement {
	return {
		name: "end-call",
		sql: `update phone_call set ended_at = coalesce(ended_at, $3), recording = coalesce(recording, $4)
where company = $1 and id = $2 and ringing_at <= $3 and (answered_at is null or answered_at <= $3) returning id`,
		parameters: [company, id, at, recording],
	};
}

/** A case was filed from the call; the first one counts. */
export function noteFiled(company: string, id: string, kase: string): Statement {
	return {
		name: "note-filed",
		sql: "update phone_call set filed_as = coalesce(filed_as, $3) where company = $1 and id = $2",
		parameters: [company, id, kase],
	};
}

export function readCall(company: string, id: string): Statement {
	return {
		name: "read-call",
		sql: `select ${COLUMNS} from phone_call where company = $1 and id = $2`,
		parameters: [company, id],
	};
}

/** A call that rang this long ago and was not answered has been given up. */
const RINGS_MINUTES = 3;
/** A call taken so long ago and never ended was not told of. */
const TALKS_HOURS = 6;

const ringsSince = (now: Instant) => instantPlus(now, { minutes: -RINGS_MINUTES });
const talksSince = (now: Instant) => instantPlus(now, { hours: -TALKS_HOURS });

const MOST_WAITING = 20;

/** Calls that ring for this person or for anybody, the longest first. */
export function waitingCalls(company: string, person: string, now: Instant): Statement {
	return {
		name: "waiting-calls",
		sql: `select ${COLUMNS} from phone_call where company = $1 and answered_at is null and ended_at is null and ringing_at >= $3
and (sent_to is null or sent_to = $2) order by ringing_at, id limit ${MOST_WAITING}`,
		parameters: [company, person, ringsSince(now)],
	};
}

/** The call that this person is in: taken, not over. */
export function currentCall(company: string, person: string, now: Instant): Statement {
	return {
		name: "current-call",
		sql: `select ${COLUMNS} from phone_call where company = $1 and answered_by = $2 and ringing_at >= $3 and ended_at is null
order by ringing_at desc, id desc limit 1`,
		parameters: [company, person, talksSince(now)],
	};
}

/** A call that rings or is talked in. */
export interface OpenCall {
	id: string;
	to: string | null;
	answeredBy: string | null;
}

const MOST_OPEN = 1_000;

/** Every call of a company that rings or is talked in, the latest first; answers OpenCalls. */
export function openCalls(company: string, now: Instant): Statement {
	return {
		name: "open-calls",
		sql: `select id, sent_to as "to", answered_by as "answeredBy" from phone_call
where company = $1 and ended_at is null and ringing_at >= $3 and (answered_at is not null or ringing_at >= $2)
order by ringing_at desc limit ${MOST_OPEN}`,
		parameters: [company, ringsSince(now), talksSince(now)],
	};
}

/** Calls, the latest first; one more than asked for. `person`: those they took. */
export function listCalls(
	company: string,
	person: string | null,
	after: { at: string; id: string } | null,
	most: number,
): Statement {
	const parameters: unknown[] = [company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["company = $1", ...(person === null ? [] : [`answered_by = ${put(person)}`])];
	if (after) conditions.push(`(ringing_at, id) < (${put(after.at)}::timestamptz, ${put(after.id)})`);
	return {
		sql: `select ${COLUMNS} from phone_call where ${conditions.join(" and ")} order by ringing_at desc, id desc limit ${put(most + 1)}`,
		parameters,
	};
}

/** What came in on one day for one agent; without an agent: what nobody took and nobody in particular was meant for. */
export interface CallFigure {
	day: string;
	agent: string | null;
	calls: number;
	answered: number;
	/** Answered within so many rings. */
	within: number;
	ringSeconds: number | null;
}

/** Calls by day and agent. An unanswered call counts for whom it was sent to. Pretended calls count as calls do. */
export function callFigures(
	company: string,
	{ from, until, rings, zone, person }: CallsAsked & { person: string | null },
): Statement {
	return {
		sql: `select to_char(ringing_at at time zone $5, 'YYYY-MM-DD') as day, coalesce(answered_by, sent_to) as agent, count(*)::int as calls,
  count(answered_at)::int as answered, (count(*) filter (where rings <= $4))::int as within,
  round(avg(extract(epoch from answered_at - ringing_at)))::int as "ringSeconds"
from phone_call where company = $1 and ringing_at >= $2 and ringing_at < $3 and ($6::text is null or coalesce(answered_by, sent_to) = $6)
group by 1, 2 order by 1 desc, 2 nulls last limit 5000`,
		parameters: [company, from, until, rings, zone, person],
	};
}

export interface CallsAsked {
	from: string;
	until: string;
	/** Within how many rings a call should be answered. */
	rings: number;
	zone: string;
}
