/** What the address of the room says: which subject, narrowed how. */

export const PEOPLE_TABS = ["people", "organisations", "keys", "webhooks", "reveals", "roles"] as const;
export type PeopleTab = (typeof PEOPLE_TABS)[number];

const NARROWED_BY = ["q", "kind", "role", "organisation", "person", "from", "to", "webhook"] as const;
export type PeopleSearch = { tab?: PeopleTab } & { [K in (typeof NARROWED_BY)[number]]?: string };

/** Reads an address; what it doesn't know is left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
	const tab = PEOPLE_TABS.find((one) => one === search.tab);
	const narrowed = NARROWED_BY.filter((name) => typeof search[name] === "string" && search[name] !== "");
	return { ...(tab ? { tab } : {}), ...Object.fromEntries(narrowed.map((name) => [name, search[name]])) };
}

/** The same without what is empty, so that addresses stay short. */
export function withoutEmpty(search: PeopleSearch): PeopleSearch {
	return readPeopleSearch(search);
}
