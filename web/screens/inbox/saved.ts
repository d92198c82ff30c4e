import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { STAFF } from "#engine/actor.ts";
import { ask } from "../../api.ts";
import { useWho } from "../who.ts";

/** A list kept under a name: one's own, or shared by others. */
export interface SavedView {
	id: string;
	name: string;
	filter: string;
	shared: boolean;
	own: boolean;
}

const viewsQuery = queryOptions({
	queryKey: ["views"],
	staleTime: 60_000,
	queryFn: async () => (await ask<{ views: SavedView[] }>("GET", "/api/views")).views,
});

/** Those whom only their own questions reach keep no lists. */
export function useMayKeep(): boolean {
	const { capabilities } = useWho();
	return STAFF.some((one) => capabilities.includes(one));
}

/** The lists that this person kept, and those that others share. */
export function useSavedViews(): readonly SavedView[] {
	return useQuery({ ...viewsQuery, enabled: useMayKeep() }).data ?? [];
}

/** Keeps, changes and forgets lists. */
export function useKeeping() {
	const queries = useQueryClient();
	const done = () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
	const path = (id: string) => `/api/views/${encodeURIComponent(id)}`;
	return {
		keep: async (view: { name: string; filter: string; shared?: boolean }) => {
			const kept = await ask<SavedView>("POST", "/api/views", view);
			await done();
			return kept;
		},
		change: async (id: string, changed: { name?: string; filter?: string; shared?: boolean }) => {
			await ask("PATCH", path(id), changed);
			await done();
		},
		forget: async (id: string) => {
			await ask("DELETE", path(id));
			await done();
		},
	};
}
