import type { Actor } from "#engine/actor.ts";
import { can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import { asked, NOBODYS } from "./case-rows.ts";
import type { Statement } from "./database/session.ts";

/** What a list may be narrowed by; each a set of values, any of which will do. */
export interface CaseFilter {
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
	order?: string[];
	closed?: boolean;
	breached?: boolean;
	mine?: boolean;
	/** Without an owner. */
	unclaimed?: boolean;
	dueBefore?: string;
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
	[column: string]: unknown;
}

const COLUMNS = `id, number, pack, kind, source, channel, organisation, owner, urgency, severity, step, outcome, restricted, joined, categories, orders, waiting, received_at as "receivedAt", changed_at as "changedAt", nullif(next_due, 'infinity') as due, nullif(statutory_due, 'infinity') as "statutoryDue", breached, closed_at as "closedAt", amount, next_due::text as "dueKey"`;

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

/** The condition under which rows are within an actor's scope (engine/journey.ts `maySee`, as SQL). */
export function scopeOf(actor: Actor, put: (value: unknown) => string): string[] {
	if (actor.kind === "system") return [];
	if (actor.kind === "complainant") return [`id = ${put(actor.link?.case ?? "")}`];
	const named = [actor.id, ...(can(actor, "answer") ? actor.belongsTo.map(asked) : [])];
	if (!can(actor, ...STAFF)) return [`people && ${put(named)}::text[]`];
	const conditions: string[] = [];
	if (!can(actor, "safety", "legal", "liaise")) {
		// a restricted case comes to those whose duty it waits for
		const duties = (["approve", "duty", "pay"] as const)
			.filter((one) => can(actor, one))
			.map((one) => `can:${one}`);
		const calls = duties.length > 0 ? ` or waiting && ${put(duties)}::text[]` : "";
		conditions.push(`(not restricted${calls})`);
	}
	if (actor.trades !== "all") conditions.push(`pack = any(${put(actor.trades)}::text[])`);
	if (actor.organisations !== "all")
		conditions.push(`line && ${put([...actor.organisations, NOBODYS])}::text[]`);
	if (conditions.length === 0) return [];
	return [`(${conditions.join(" and ")} or people && ${put(named)}::text[])`];
}

const ARRAY_COLUMNS: Partial<Record<keyof CaseFilter, string>> = {
	category: "categories",
	respondent: "respondents",
	waiting: "waiting",
	order: "orders",
	organisation: "line",
};
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
	if (filter.waiting?.length) conditions.push("(closed_at is null or waiting <> '{}')");
	// every respondent is one of the people, who have an index
	if (filter.respondent?.length) conditions.push(`people && ${put(filter.respondent)}::text[]`);
	if (filter.breached) conditions.push("breached");
	if (filter.mine) conditions.push(`owner = ${put(actor.id)}`);
	if (filter.unclaimed) conditions.push("owner is null");
	if (filter.dueBefore) conditions.push(`next_due < ${put(filter.dueBefore)}::timestamptz`);
	return conditions;
}
