import { type DehydratedState, dehydrate, hydrate, useQueryClient } from "@tanstack/react-query";
import { createStore, del, get, set } from "idb-keyval";
import { useEffect, useState } from "react";

/** What was read last is kept in the phone, for reading without a network; it goes when somebody signs out. */

const KEPT = new Set(["session", "mine", "case", "coach", "pack-told", "my-orders", "practice", "training"]);
const KEY = "read";
const PAUSE_MS = 1_000;

const shelf = () => createStore("redress-read", "answers");

/** False until what was kept is back in place. */
export function useKeeping(): boolean {
	const queries = useQueryClient();
	const [ready, setReady] = useState(false);
	useEffect(keepPages, []);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const save = () => {
			const state = dehydrate(queries, {
				// what could not be read anew, for want of a network, is kept as it was
				shouldDehydrateQuery: ({ queryKey, state: { data } }) =>
					data !== undefined && data !== null && KEPT.has(String(queryKey[0])),
			});
			// a browser that keeps nothing still shows what it reads
			void set(KEY, state, shelf()).catch(() => {});
		};
		void get<DehydratedState>(KEY, shelf())
			.then((state) => state && hydrate(queries, asOld(state)))
			.catch(() => {})
			.finally(() => setReady(true));
		const stop = queries.getQueryCache().subscribe(({ type }) => {
			if (type !== "updated") return;
			clearTimeout(timer);
			timer = setTimeout(save, PAUSE_MS);
		});
		return () => {
			stop();
			clearTimeout(timer);
		};
	}, [queries]);
	return ready;
}

// not 0, which is the age of a query that was never answered: it would not be filled in
const AS_OLD = { dataUpdatedAt: 1, status: "success", error: null, fetchStatus: "idle" } as const;

/** However lately it was read: what is kept may lack what was done last, so it is asked for anew where there is a network. */
function asOld(kept: DehydratedState): DehydratedState {
	const queries = kept.queries.map((one) => ({ ...one, state: { ...one.state, ...AS_OLD } }));
	return { ...kept, queries };
}

/** Nothing of whoever signs out stays in the phone. */
export async function forgetRead(): Promise<void> {
	await del(KEY, shelf()).catch(() => {});
}

/** Lets the page open without a network; a browser that can't just needs one. */
export function keepPages(): void {
	if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
	navigator.serviceWorker
		.register("/phone-worker.js", { scope: "/m" })
		.then(() => navigator.serviceWorker.ready)
		.then(({ active }) => {
			const fetched = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname);
			active?.postMessage({ keep: [...new Set(fetched)] });
		})
		.catch(() => {});
}
