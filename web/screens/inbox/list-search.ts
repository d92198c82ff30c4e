/** What the address of the inbox says: which view, narrowed how, in which order. */

export const VIEWS = [
	"waiting-for-me",
	"mine",
	"my-team",
	"unclaimed",
	"due-today",
	"overdue",
	"approvals",
	"appeals",
	"everyone",
	"closed",
] as const;
export type View = (typeof VIEWS)[number];

export const LIST_SORTS = ["due", "received", "changed"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

/** What a list may be narrowed by; several values with commas between. */
export const NARROWED_BY = [
	"pack",
	"step",
	"severity",
	"urgency",
	"organisation",
	"owner",
	"category",
	"due",
	"channel",
	"respondent",
] as const;
export type NarrowedBy = (typeof NARROWED_BY)[number];

export const DUE = ["overdue", "today", "day", "week"] as const;

/** Stands among owners for: nobody yet. */
export const NOBODY = "nobody";

/**
 * `view`: one of VIEWS; `saved`: the list kept under a name that this came from; `also`: a query laid over it all, as
 * links from figures carry it.
 */
export type ListSearch = { view?: View; sort?: ListSort; saved?: string; also?: string } & {
	[K in NarrowedBy]?: string;
};

/** Reads an address; what it doesn't know is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
	const view = VIEWS.find((one) => one === search.view);
	const sort = LIST_SORTS.find((one) => one === search.sort);
	const texts = [...NARROWED_BY, "saved", "also"] as const;
	const narrowed = texts.filter((name) => typeof search[name] === "string" && search[name] !== "");
	return {
		...(view ? { view } : {}),
		...(sort ? { sort } : {}),
		...Object.fromEntries(narrowed.map((name) => [name, String(search[name])])),
	};
}

export interface Asker {
	person: string | null;
	capabilities: readonly string[];
}

/** The moments that "today" and the like stand for. */
export interface Moments {
	now: string;
	endOfToday: string;
}

/** The query of `GET /api/cases` for an address: who is sought, without order and length. */
export function filterQuery(search: ListSearch, asker: Asker, moments: Moments): URLSearchParams {
	const query = new URLSearchParams(viewQuery(search.view ?? "everyone", asker, moments));
	for (const name of NARROWED_BY) {
		const value = search[name];
		if (!value) continue;
		if (name === "due") laid(query, dueQuery(value, moments));
		else if (name === "owner" && value === NOBODY) query.set("unclaimed", "true");
		else query.set(name, value);
	}
	if (search.also) laid(query, Object.fromEntries(new URLSearchParams(search.also)));
	return query;
}

/** The same with its order and length. */
export function listQuery(search: ListSearch, asker: Asker, moments: Moments): string {
	const query = filterQuery(search, asker, moments);
	if (!query.has("sort")) query.set("sort", sortOf(search));
	query.set("limit", "50");
	return query.toString();
}

/** The order in which a list stands. */
export function sortOf({ sort, view }: ListSearch): ListSort {
	return sort ?? (view === "closed" ? "changed" : "due");
}

function laid(query: URLSearchParams, over: Record<string, string>): void {
	for (const [name, value] of Object.entries(over))
		if (value === "") query.delete(name);
		else query.set(name, value);
}

const HOUR = 3_600_000;

function dueQuery(due: string, { now, endOfToday }: Moments): Record<string, string> {
	const within = (hours: number) => new Date(Date.parse(now) + hours * HOUR).toISOString();
	switch (due) {
		case "overdue":
			return { dueBefore: now, closed: "false" };
		case "today":
			return { dueBefore: endOfToday, closed: "false" };
		case "day":
			return { dueBefore: within(24), closed: "false" };
		case "week":
			return { dueBefore: within(7 * 24), closed: "false" };
		default:
			return {};
	}
}

/** What a view asks for. */
function viewQuery(
	view: View,
	{ person, capabilities }: Asker,
	{ endOfToday }: Moments,
): Record<string, string> {
	switch (view) {
		case "mine":
			return { mine: "true", closed: "false" };
		case "my-team":
			return { team: "true", closed: "false" };
		case "unclaimed":
			return { unclaimed: "true", closed: "false" };
		case "due-today":
			return { dueBefore: endOfToday, closed: "false" };
		case "overdue":
			return { breached: "true", closed: "false" };
		case "waiting-for-me":
			return { waiting: [`person:${person ?? ""}`, ...capabilities.map((one) => `can:${one}`)].join(",") };
		case "approvals":
			return { waiting: "can:approve,can:duty" };
		case "appeals":
			return { waiting: "can:review" };
		case "closed":
			return { closed: "true" };
		case "everyone":
			return { closed: "false" };
	}
}

const FOR_CASES: readonly View[] = ["mine", "my-team", "unclaimed"];

/** The views that make sense for somebody, in their order. */
export function viewsFor({ capabilities }: Asker): View[] {
	const can = (...any: string[]) => any.some((one) => capabilities.includes(one));
	return VIEWS.filter((view) => {
		if (view === "approvals") return can("approve", "duty", "manage");
		if (view === "appeals") return can("review", "manage");
		if (FOR_CASES.includes(view)) return can("handle", "intake", "triage", "manage", "liaise", "safety");
		return true;
	});
}

/** The view to open with: what waits for this person. */
export function viewAtFirst({ capabilities }: Asker): View {
	if (capabilities.includes("handle") || capabilities.includes("intake")) return "everyone";
	return "waiting-for-me";
}

/** How a list is kept under a name: its address without where it came from. */
export function keptFilter(search: ListSearch): string {
	const { saved: _, ...kept } = search;
	return new URLSearchParams(kept as Record<string, string>).toString();
}

/** The address of a list that was kept. */
export function searchOf(filter: string, saved: string): ListSearch {
	return { ...readListSearch(Object.fromEntries(new URLSearchParams(filter))), saved };
}

/** The address without what is empty. */
export function withoutEmpty(search: ListSearch): ListSearch {
	return Object.fromEntries(
		Object.entries(search).filter(([, value]) => value !== undefined && value !== ""),
	);
}
