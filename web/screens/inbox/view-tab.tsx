import type { ListSearch } from "./list-search.ts";

/** A view as it stands among the tabs. */
export interface ViewTab {
	key: string;
	label: string;
	search: ListSearch;
	current: boolean;
	/** Up to 100, which stands for more. */
	count: number | undefined;
}

export function Count({ of }: { of: number | undefined }) {
	if (of === undefined) return null;
	return <span className="views-count">{of >= 100 ? "99+" : of}</span>;
}
