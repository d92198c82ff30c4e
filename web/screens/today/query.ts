import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ask } from "../../api.ts";
import { useChanges } from "../../live.ts";
import type { TodayAnswer } from "./figures.ts";

/** Time alone makes cases late: asked again every half minute while the board is looked at. */
const todayQuery = queryOptions({
	queryKey: ["today"],
	staleTime: 10_000,
	refetchInterval: 30_000,
	queryFn: () => ask<TodayAnswer>("GET", "/api/today"),
});

/** The server counts anew after three seconds: asked sooner, it would not know of the change. */
const AFTER_CHANGE_MS = 4_000;

/** The board, counted anew soon after a case has changed; changes that come close together are one. */
export function useBoard() {
	const queries = useQueryClient();
	const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
	useEffect(() => () => clearTimeout(waiting.current), []);
	useChanges(() => {
		waiting.current ??= setTimeout(() => {
			waiting.current = undefined;
			void queries.invalidateQueries({ queryKey: todayQuery.queryKey });
		}, AFTER_CHANGE_MS);
	});
	return useQuery(todayQuery);
}
