import type { InfiniteData } from "@tanstack/react-query";
import type { CasePage, CaseRow } from "../../api.ts";

/** The pages of a list as they were read. */

export type Pages = InfiniteData<CasePage, unknown>;

/** All rows, each once. */
export function rowsOf(data: Pages | undefined): CaseRow[] {
	const seen = new Set<string>();
	// a case whose due time moved may stand in two pages
	return (data?.pages ?? [])
		.flatMap((page) => page.cases)
		.filter((one) => !seen.has(one.id) && seen.add(one.id));
}

export function firstPage({ pages, pageParams }: Pages): Pages {
	return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) };
}

/** Whether a row stands before another in an order of lists (as `SORTS` of the server has them). */
export function standsBefore(row: CaseRow, other: CaseRow, sort: string | null): boolean {
	if (sort === "received") return row.receivedAt > other.receivedAt;
	if (sort === "changed") return row.changedAt > other.changedAt;
	return (row.due ?? NEVER) < (other.due ?? NEVER);
}

/** After every instant. */
const NEVER = "9999";

/** Pages in which no row has changed stay the same object. */
export function withRows(data: Pages, byId: ReadonlyMap<string, CaseRow>): Pages {
	const pages = data.pages.map((page) =>
		page.cases.some((one) => byId.has(one.id))
			? { ...page, cases: page.cases.map((one) => byId.get(one.id) ?? one) }
			: page,
	);
	return { ...data, pages };
}
