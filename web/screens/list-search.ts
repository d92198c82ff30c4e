/** What the address of the inbox says: which view, narrowed how, in which order. */

export const VIEWS = [
	"waiting-for-me",
	"mine",
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
type ListSort = (typeof LIST_SORTS)[number];

const NARROWED_BY = ["pack", "step", "severity", "urgency"] as const;
export type NarrowedBy = (typeof NARROWED_BY)[number];

export type ListSearch = { view?: View; sort?: ListSort } & { [K in NarrowedBy]?: string };

/** Reads an address; what it doesn't know is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
	const view = VIEWS.find((one) => one === search.view);
	const sort = LIST_SORTS.find((one) => one === search.sort);
	const narrowed = NARROWED_BY.filter((name) => typeof search[name] === "string" && search[name] !== "");
	return {
		...(view ? { view } : {}),
		...(sort ? { sort } : {}),
		...Object.fromEntries(narrowed.map((name) => [name, String(search[name])])),
	};
}

interface Asker {
	person: string | null;
	capabilities: readonly string[];
}

/** The query of `GET /api/cases` for an address. `endOfToday` is an instant. */
export function listQuery(search: ListSearch, asker: Asker, endOfToday: string): string {
	const query = new URLSearchParams(viewQuery(search.view ?? "everyone", asker, endOfToday));
	for (const name of NARROWED_BY) if (search[name]) query.set(name, search[name]);
	query.set("sort", search.sort ?? (search.view === "closed" ? "changed" : "due"));
	query.set("limit", "50");
	return query.toString();
}

function viewQuery(view: View, { person, capabilities }: Asker, endOfToday: string): Record<string, string> {
	switch (view) {
		case "mine":
			return { mine: "true", closed: "false" };
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

/** The view to open with: what waits for this person. */
export function viewAtFirst({ capabilities }: Asker): View {
	if (capabilities.includes("handle") || capabilities.includes("intake")) return "everyone";
	return "waiting-for-me";
}
