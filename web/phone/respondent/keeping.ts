import { dehydrate, hydrate, useQueryClient } from "@tanstack/react-query";
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
				shouldDehydrateQuery: ({ queryKey, state: { status, data } }) =>
					status === "success" && data !== null && KEPT.has(String(queryKey[0])),
			});
			// a browser that keeps nothing still shows what it reads
			void set(KEY, state, shelf()).catch(() => {});
		};
		void get(KEY, shelf())
			.then((state) => state && hydrate(queries, state))
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

/** Nothing of whoever signs out stays in the phone. */
export async function forgetRead(): Promise<void> {
	await del(KEY, shelf()).catch(() => {});
}

/** Lets the page open without a network; a browser that can't just needs one. */
export function keepPages(): void {
	if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
	void navigator.serviceWorker.register("/phone-worker.js", { scope: "/m" }).catch(() => {});
}
