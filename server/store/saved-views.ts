import type { Statement } from "./database/session.ts";

/** A list that somebody keeps under a name. */
export interface SavedView {
	id: string;
	owner: string;
	name: string;
	filter: string;
	shared: boolean;
}

/** So many of one's own at most. */
export const MOST_VIEWS = 50;

/** One's own in the order in which they were made, then those that others share. */
export function readViews(company: string, person: string): Statement {
	return {
		name: "read-views",
		sql: `select id, owner, name, filter, shared from saved_view where company = $1 and (owner = $2 or shared)
order by owner <> $2, made_at, id limit 200`,
		parameters: [company, person],
	};
}

/** Adds one, unless its owner has too many. */
export function insertView(company: string, view: SavedView, now: string): Statement {
	return {
		name: "insert-view",
		sql: `insert into saved_view (company, id, owner, name, filter, shared, made_at)
select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from saved_view where company = $1 and owner = $3) < ${MOST_VIEWS} returning id`,
		parameters: [company, view.id, view.owner, view.name, view.filter, view.shared, now],
	};
}

/** Changes what is given of one; its owner's, or a shared one where `anybodys`. */
export function updateView(
	company: string,
	person: string,
	anybodys: boolean,
	id: string,
	{ name, filter, shared }: { name?: string; filter?: string; shared?: boolean },
): Statement {
	return {
		name: "update-view",
		sql: `update saved_view set name = coalesce($5, name), filter = coalesce($6, filter), shared = coalesce($7, shared)
where company = $1 and id = $2 and (owner = $3 or $4 and shared) returning id, owner, name, filter, shared`,
		parameters: [company, id, person, anybodys, name ?? null, filter ?? null, shared ?? null],
	};
}

export function deleteView(company: string, person: string, anybodys: boolean, id: string): Statement {
	return {
		name: "delete-view",
		sql: "delete from saved_view where company = $1 and id = $2 and (owner = $3 or $4 and shared) returning id",
		parameters: [company, id, person, anybodys],
	};
}
