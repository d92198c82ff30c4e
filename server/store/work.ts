import type { Actor } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { scopeOf } from "./case-list.ts";
import { asked } from "./case-rows.ts";
import type { Statement } from "./database/session.ts";
import type { Snapshot } from "./snapshots.ts";
import { DUE_IN, type RoomDue, type WorkRoom } from "./work-rooms.ts";

/** The cases of the rooms of work, by keyset; each page comes with its snapshots in one statement. */

/** Where a page ended: the value it is sorted by (an instant or `infinity`; in lists by id alone empty), and the id. */
export interface Place {
	value: string;
	id: string;
}

/** A case of a page: its snapshot, and what only its row knows. */
export interface WorkRow extends Snapshot<Case> {
	id: string;
	step: string;
	nextDue: string | null;
	statutoryDue: string | null;
	breached: boolean;
	/** What the page is sorted by, as text. */
	key: string;
	/** The same as an instant or `infinity`; not in lists by id. */
	sorted?: string;
}

type Put = (value: unknown) => string;

interface Page {
	actor: Actor;
	/** Beside company and scope. */
	conditions: (put: Put) => string[];
	by: RoomDue | "next_due" | "changed_at" | "id";
	descending?: boolean;
	after: Place | null;
	most: number;
}

/** Cases in which something waits in a room, by when the first of it is due there. */
export function listRoom(
	room: WorkRoom,
	actor: Actor,
	narrowed: (put: Put) => string[],
	after: Place | null,
	most: number,
): Statement {
	return pageOf({
		actor,
		by: DUE_IN[room],
		after,
		most,
		conditions: (put) => [`${DUE_IN[room]} is not null`, ...narrowed(put)],
	});
}

/** Whom the case waits for: any of these. */
export function waitingFor(whom: readonly string[]): (put: Put) => string[] {
	return (put) => [`waiting && ${put([...whom])}::text[]`];
}

/** Asked of the actor's own organisations. */
export function askedOfOwn({ belongsTo }: Actor): (put: Put) => string[] {
	return (put) => [`people && ${put(belongsTo.map(asked))}::text[]`];
}

/** Every case in which the actor's organisations were asked something, the last changed first. */
export function listAsked(actor: Actor, after: Place | null, most: number): Statement {
	return pageOf({
		actor,
		by: "changed_at",
		descending: true,
		after,
		most,
		conditions: askedOfOwn(actor),
	});
}

/** The actor's own open cases, the most pressing first. */
export function listOwn(actor: Actor, after: Place | null, most: number): Statement {
	return pageOf({
		actor,
		by: "next_due",
		after,
		most,
		conditions: (put) => [`owner = ${put(actor.id)}`, "closed_at is null"],
	});
}

/** The cases under a mass incident. */
export function listChildren(actor: Actor, incident: string, after: Place | null, most: number): Statement {
	return pageOf({ actor, by: "id", after, most, conditions: (put) => [`incident = ${put(incident)}`] });
}

function pageOf({ actor, conditions, by, descending = false, after, most }: Page): Statement {
	const parameters: unknown[] = [actor.company];
	const put: Put = (value) => `$${parameters.push(value)}`;
	const all = ["company = $1", ...conditions(put), ...scopeOf(actor, put)];
	const sign = descending ? "<" : ">";
	const way = descending ? "desc" : "asc";
	if (after && by === "id") all.push(`id ${sign} ${put(after.id)}`);
	else if (after) all.push(`(${by}, id) ${sign} (${put(after.value)}::timestamptz, ${put(after.id)})`);
	const order = by === "id" ? `id ${way}` : `${by} ${way}, id ${way}`;
	return {
		sql: `select r.*, s.stream, s.seq, s.fold, s.head, s.state from (
  select id, step, nullif(next_due, 'infinity') as "nextDue", nullif(statutory_due, 'infinity') as "statutoryDue", breached, ${by} as sorted, ${by}::text as key
  from case_row where ${all.join(" and ")} order by ${order} limit ${put(most + 1)}
) r join snapshot s on s.company = $1 and s.stream = r.id order by r.sorted ${way}, r.id ${way}`,
		parameters,
	};
}

/**
 * Incidents that the actor may see, the newest first. Their ids are walked along the index, one step an incident,
 * whatever the number of cases under each.
 */
export function listIncidents(actor: Actor, after: Place | null, most: number): Statement {
	const parameters: unknown[] = [actor.company];
	const put: Put = (value) => `$${parameters.push(value)}`;
	const scope = scopeOf(actor, put);
	const before = after ? `and incident < ${put(after.id)}` : "";
	return {
		sql: `with recursive known (incident) as (
  (select incident from case_row where company = $1 and incident is not null ${before} order by incident desc limit 1)
  union all
  select (select c.incident from case_row c where c.company = $1 and c.incident is not null and c.incident < known.incident order by c.incident desc limit 1)
  from known where known.incident is not null
)
select r.*, s.stream, s.seq, s.fold, s.head, s.state from (
  select id, step, nullif(next_due, 'infinity') as "nextDue", nullif(statutory_due, 'infinity') as "statutoryDue", breached, id as key
  from known join (select * from case_row where ${["company = $1", ...scope].join(" and ")}) as c on c.id = known.incident
  limit ${put(most + 1)}
) r join snapshot s on s.company = $1 and s.stream = r.id order by r.id desc`,
		parameters,
	};
}

/** How far the cases under each incident are; only those that the actor may see count. */
export interface Progress {
	incident: string;
	cases: number;
	closed: number;
	late: number;
	unowned: number;
}

export function countChildren(actor: Actor, incidents: readonly string[]): Statement {
	const parameters: unknown[] = [actor.company, incidents];
	const put: Put = (value) => `$${parameters.push(value)}`;
	return {
		sql: `select incident, count(*)::int as cases, count(closed_at)::int as closed, count(*) filter (where breached and closed_at is null)::int as late, count(*) filter (where owner is null)::int as unowned
from case_row where ${["company = $1", "incident = any($2::text[])", ...scopeOf(actor, put)].join(" and ")} group by incident`,
		parameters,
	};
}
