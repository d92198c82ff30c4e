import type { Actor } from "#engine/actor.ts";
import { can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import { asked, NOBODYS } from "./case-rows.ts";
import type { Statement } from "./database/session.ts";

/** What a list may be narrowed by; each a set of values, any of which will do. */
export interface CaseFilter {
	id?: string[];
	pack?: string[];
	step?: string[];
	severity?: string[];
	urgency?: string[];
	owner?: string[];
	kind?: string[];
	channel?: string[];
	category?: string[];
	organisation?: string[];
	respondent?: string[];
	waiting?: string[];
	/** Waiting for somebody named, whoever that is. */
	named?: boolean;
	order?: string[];
	closed?: boolean;
	breached?: boolean;
	mine?: boolean;
	/** Owned by somebody of the asker's teams or, without any, of their organisation. */
	team?: boolean;
	/** Without an owner. */
	unclaimed?: boolean;
	dueBefore?: string;
	/** Without a severity yet. */
	ungraded?: boolean;
	receivedFrom?: string;
	receivedBefore?: string;
	closedFrom?: string;
	reopenedFrom?: string;
	/** With an appeal or a review that is open. */
	appealed?: boolean;
	/** A promise, or a term set by law, was not kept. */
	broken?: boolean;
	/** Whether the first contact kept its time; a case without one yet is neither. */
	contactKept?: boolean;
	onTheSpot?: boolean;
}

export const SORTS = {
	due: { column: "next_due", direction: "asc" },
	changed: { column: "changed_at", direction: "desc" },
	received: { column: "received_at", direction: "desc" },
} as const;
export type Sort = keyof typeof SORTS;

/** A list row as it is sent; `due` is null where nothing is running. */
export interface CaseListRow {
	id: string;
	number: string;
	/** References for `rowWords`, and who has a part in the case: not sent. */
	complainantRef: string | null;
	respondentRef: string | null;
	wordsRef: string | null;
	people: string[];
	[column: string]: unknown;
}

const COLUMNS = `id, number, pack, kind, source, channel, organisation, owner, urgency, severity, step, outcome, restricted, joined, categories, orders, waiting, received_at as "receivedAt", changed_at as "changedAt", nullif(next_due, 'infinity') as due, nullif(statutory_due, 'infinity') as "statutoryDue", due_clock as "dueClock", due_kind as "dueKind", due_from as "dueFrom", seq, respondents, breached, closed_at as "closedAt", amount, next_due::text as "dueKey", complainant_ref as "complainantRef", respondent_ref as "respondentRef", words_ref as "wordsRef", people`;

/**
 * One page of cases that the actor may see, by keyset: never an offset, never a count of everything.
 * @param after the sort value and id of the last row seen
 * @param most rows asked for; one more is read, to know whether there is a next page
 */
export function listCases(
	actor: Actor,
	filter: CaseFilter,
	sort: Sort,
	after: { value: string; id: string } | null,
	most: number,
): Statement {
	const parameters: unknown[] = [actor.company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["company = $1", ...scopeOf(actor, put), ...narrowed(filter, actor, put)];
	const { column, direction } = SORTS[sort];
	if (after)
		conditions.push(
			`(${column}, id) ${direction === "asc" ? ">" : "<"} (${put(after.value)}::timestamptz, ${put(after.id)})`,
		);
	return {
		sql: `select ${COLUMNS} from case_row where ${conditions.join(" and ")} order by ${column} ${direction}, id ${direction} limit ${put(most + 1)}`,
		parameters,
	};
}

/** How many cases of a list the actor may see, counted no further than `most`. */
export function countCases(actor: Actor, filter: CaseFilter, most: number): Statement {
	const parameters: unknown[] = [actor.company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["company = $1", ...scopeOf(actor, put), ...narrowed(filter, actor, put)];
	return {
		sql: `select count(*)::int as count from (select from case_row where ${conditions.join(" and ")} limit ${put(most)}) as found`,
		parameters,
	};
}

/** The condition under which rows are within an actor's scope (engine/journey.ts `maySee`, as SQL). */
export function scopeOf(actor: Actor, put: (value: unknown) => string): string[] {
	if (actor.kind === "system") return [];
	if (actor.kind === "complainant") return [`id = ${put(actor.link?.case ?? "")}`];
	const named = () => `people && ${put(namesOf(actor))}::text[]`;
	if (!can(actor, ...STAFF)) return [named()];
	const conditions = boundsOf(actor, put);
	if (!seesRestricted(actor)) {
		const duties = dutiesOf(actor);
		const calls = duties.length > 0 ? ` or waiting && ${put(duties)}::text[]` : "";
		conditions.unshift(`(not restricted${calls})`);
	}
	if (conditions.length === 0) return [];
	return [`(${conditions.join(" and ")} or ${named()})`];
}

/** The part of the scope of somebody of the office that names nobody: all whose reach is the same see these cases. */
export function reachOf(actor: Actor, put: (value: unknown) => string): string[] {
	const open = seesRestricted(actor) ? [] : ["not restricted"];
	return [...open, ...boundsOf(actor, put)];
}

/** The rest of their scope: cases beyond their reach that name them, or wait for a duty of theirs. */
export function beyondReachOf(actor: Actor, put: (value: unknown) => string): string[] {
	const reach = reachOf(actor, put);
	if (reach.length === 0) return ["false"];
	const ways = [`people && ${put(namesOf(actor))}::text[]`];
	const duties = dutiesOf(actor);
	if (duties.length > 0)
		ways.push([`waiting && ${put(duties)}::text[]`, ...boundsOf(actor, put)].join(" and "));
	return [`(${ways.join(" or ")})`, `not (${reach.join(" and ")})`];
}

/** Under which names a case may have a place for them. */
function namesOf(actor: Actor): string[] {
	return [actor.id, ...(can(actor, "answer") ? actor.belongsTo.map(asked) : [])];
}

function seesRestricted(actor: Actor): boolean {
	return can(actor, "safety", "legal", "liaise");
}

/** A restricted case comes to those whose duty it waits for. */
function dutiesOf(actor: Actor): string[] {
	const duties = ["approve", "duty", "pay"] as const;
	return duties.filter((one) => can(actor, one)).map((one) => `can:${one}`);
}

/** The trades and organisations that the actor is kept to. */
function boundsOf(actor: Actor, put: (value: unknown) => string): string[] {
	const bounds: string[] = [];
	if (actor.trades !== "all") bounds.push(`pack = any(${put(actor.trades)}::text[])`);
	if (actor.organisations !== "all") bounds.push(`line && ${put([...actor.organisations, NOBODYS])}::text[]`);
	return bounds;
}

const ARRAY_COLUMNS: Partial<Record<keyof CaseFilter, string>> = {
	category: "categories",
	respondent: "respondents",
	waiting: "waiting",
	order: "orders",
	organisation: "line",
};
const BOUNDS = [
	["receivedFrom", "received_at >="],
	["receivedBefore", "received_at <"],
	["closedFrom", "closed_at >="],
	["reopenedFrom", "reopened_at >="],
] as const;
/** How a case went (case-figures.ts). */
const WENT = { broken: "(promises_broken > 0)", contactKept: "contact_kept", onTheSpot: "on_the_spot" };
const PLAIN_COLUMNS = ["pack", "step", "severity", "urgency", "owner", "kind", "channel"] as const;

function narrowed(filter: CaseFilter, actor: Actor, put: (value: unknown) => string): string[] {
	const conditions: string[] = [];
	for (const name of PLAIN_COLUMNS) {
		const values = filter[name];
		if (values?.length === 1) conditions.push(`${name} = ${put(values[0])}`);
		else if (values && values.length > 1) conditions.push(`${name} = any(${put(values)}::text[])`);
	}
	for (const [name, column] of Object.entries(ARRAY_COLUMNS)) {
		const values = filter[name as keyof CaseFilter];
		if (Array.isArray(values) && values.length > 0) conditions.push(`${column} && ${put(values)}::text[]`);
	}
	if (filter.closed !== undefined)
		conditions.push(filter.closed ? "closed_at is not null" : "closed_at is null");
	// said so, because the indexes are cut by it (migrations/0005-lists.sql)
	if (filter.waiting?.length || filter.named) conditions.push("(closed_at is null or waiting <> '{}')");
	if (filter.named) conditions.push("exists (select from unnest(waiting) as who where who like 'person:%')");
	// every respondent is one of the people, who have an index
	if (filter.respondent?.length) conditions.push(`people && ${put(filter.respondent)}::text[]`);
	if (filter.breached) conditions.push("breached");
	if (filter.mine) conditions.push(`owner = ${put(actor.id)}`);
	if (filter.id) conditions.push(`id = any(${put(filter.id)}::text[])`);
	if (filter.team) conditions.push(`owner = any(array(${colleagues(put(actor.id))}))`);
	if (filter.unclaimed) conditions.push("owner is null");
	if (filter.ungraded) conditions.push("severity is null");
	if (filter.appealed) conditions.push("appeals_due is not null");
	if (filter.dueBefore) conditions.push(`next_due < ${put(filter.dueBefore)}::timestamptz`);
	for (const [name, bound] of BOUNDS)
		if (filter[name]) conditions.push(`${bound} ${put(filter[name])}::timestamptz`);
	for (const [name, column] of Object.entries(WENT))
		if (filter[name as keyof typeof WENT] !== undefined)
			conditions.push(`${column} = ${put(filter[name as keyof typeof WENT])}`);
	return conditions;
}

function colleagues(person: string): string {
	return `select theirs.person from team_member mine join team_member theirs on theirs.company = mine.company and theirs.team = mine.team
  where mine.company = $1 and mine.person = ${person}
union select theirs.id from person mine join person theirs on theirs.company = mine.company and theirs.organisation = mine.organisation and theirs.kind = 'staff'
  where mine.company = $1 and mine.id = ${person} and not exists (select from team_member where company = $1 and person = ${person})`;
}
