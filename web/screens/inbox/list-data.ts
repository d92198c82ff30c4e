import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ask, type CasePage, type CaseRow } from "../../api.ts";
import { type ChangedCase, useChanges, useCutSince } from "../../live.ts";
import { firstPage, type Pages, rowsOf, standsBefore, withRows } from "./list-pages.ts";

/** The rows of a list: pages as one scrolls, kept fresh in place; what is new waits to be called for. */

const ROWS = "case-list";
const MOST_AT_ONCE = 100;

/**
 * Under a name of its own: a list is never read anew behind its reader's back, or rows would move under the pointer.
 */
export const rowsQuery = (filter: string) =>
	infiniteQueryOptions({
		queryKey: [ROWS, filter],
		// a list that is opened again is read again, one that lies open is not
		staleTime: 30_000,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
		initialPageParam: "",
		queryFn: ({ pageParam }) =>
			ask<CasePage>(
				"GET",
				`/api/cases?${filter}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ""}`,
			),
		getNextPageParam: (page) => page.next,
	});

/** The rows of a list, and how many more have come since. */
export function useRows(filter: string) {
	const queries = useQueryClient();
	const list = useInfiniteQuery(rowsQuery(filter));
	const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
	// biome-ignore lint/correctness/useExhaustiveDependencies: another list has other news
	useEffect(() => setFresh(new Set()), [filter]);
	const rows = useMemo(() => rowsOf(list.data), [list.data]);
	const known = useMemo(() => new Set(rows.map((one) => one.id)), [rows]);
	const complete = list.data !== undefined && !list.hasNextPage;
	useChanges((cases) => {
		void readChanged(cases, known, filter).then(({ changed, others }) => {
			if (changed.length > 0) replaceRows(queries, changed);
			const sort = new URLSearchParams(filter).get("sort");
			const last = complete ? null : (rows.at(-1) ?? null);
			// what stands further down is read there
			const added = others
				.filter((one) => last === null || standsBefore(one, last, sort))
				.map((one) => one.id);
			if (added.length > 0) setFresh((before) => new Set([...before, ...added]));
		});
	});
	const cut = useCutSince() !== null;
	const { refetch } = list;
	useEffect(() => {
		if (!cut) return;
		// without the stream the list is read anew once it flows again
		return () => void refetch();
	}, [cut, refetch]);
	const showFresh = useCallback(async () => {
		setFresh(new Set());
		queries.setQueryData<Pages>(rowsQuery(filter).queryKey, (data) => data && firstPage(data));
		await refetch();
	}, [queries, filter, refetch]);
	return { list, rows, complete, fresh: fresh.size, showFresh };
}

/** The changed cases as they are now: those shown, and those that fit the list and are not shown. */
async function readChanged(
	cases: readonly ChangedCase[],
	known: ReadonlySet<string>,
	filter: string,
): Promise<{ changed: CaseRow[]; others: CaseRow[] }> {
	const shown = cases.filter((one) => known.has(one.id)).slice(0, MOST_AT_ONCE);
	const unknown = cases.filter((one) => !known.has(one.id)).slice(0, MOST_AT_ONCE);
	const read = async (query: string, ids: readonly ChangedCase[]) =>
		ids.length === 0
			? []
			: (await ask<CasePage>("GET", `/api/cases?${query}&id=${ids.map((one) => one.id).join(",")}`)).cases;
	try {
		const [changed, others] = await Promise.all([
			read(`limit=${MOST_AT_ONCE}`, shown),
			read(filter.replace(/(^|&)limit=\d+/, `$1limit=${MOST_AT_ONCE}`), unknown),
		]);
		return { changed, others };
	} catch {
		return { changed: [], others: [] }; // the line is cut: all is read anew when it flows
	}
}

/** Puts rows in place of their older selves, in every list that was read. */
export function replaceRows(queries: ReturnType<typeof useQueryClient>, rows: readonly CaseRow[]): void {
	const byId = new Map(rows.map((one) => [one.id, one]));
	queries.setQueriesData<Pages>({ queryKey: [ROWS] }, (data) => data && withRows(data, byId));
}
