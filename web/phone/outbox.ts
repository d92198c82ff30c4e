import { createStore, get, set } from "idb-keyval";
import { useSyncExternalStore } from "react";
import { ask, problemIn } from "../api.ts";
import { type Ground, Outbox, type Sending } from "./outbox-queue.ts";

/** The outbox of this browser, kept in IndexedDB. */

const KEY = "outbox";
const TRY_AGAIN_MS = 15_000;

function browserGround(): Ground {
	const store = createStore("redress-outbox", "sendings");
	return {
		// a browser that keeps nothing still sends what it can
		read: () =>
			get<Sending[]>(KEY, store)
				.then((all) => all ?? [])
				.catch(() => []),
		write: (all) => set(KEY, all, store).catch(() => {}),
		post: async ({ path, body, headers, id }) => {
			try {
				return { ok: true, answer: await ask("POST", path, body, { ...headers, "idempotency-key": id }) };
			} catch (error) {
				return { ok: false, problem: problemIn(error) };
			}
		},
	};
}

let mine: Outbox | null = null;

/** The outbox of this browser; it begins to send as soon as somebody looks. */
export function outbox(): Outbox {
	if (mine) return mine;
	const made = new Outbox(browserGround());
	mine = made;
	const flush = () => void made.flush();
	addEventListener("online", flush);
	document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
	setInterval(() => made.all.some((one) => !one.refused) && flush(), TRY_AGAIN_MS);
	flush();
	return made;
}

/** What waits, or was refused, about one thing. */
export function useWaiting(about: string): Sending[] {
	const box = outbox();
	const all = useSyncExternalStore(box.subscribe, () => box.all);
	return all.filter((one) => one.about === about);
}
