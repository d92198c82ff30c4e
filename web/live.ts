import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { ask } from "./api.ts";
import { sessionQuery } from "./queries.ts";

/** What happens elsewhere, as the server tells it: one stream for the whole page. */

export interface ChangedCase {
	id: string;
	number: string;
	seq: number;
}

/** Somebody who has a case open. */
export interface Present {
	person: string;
	doing: "looking" | "typing";
	/** The command being filled in. */
	about: string | null;
}

/** Since when the stream is cut, in milliseconds; null: it flows. */
let cutSince: number | null = null;
let present: ReadonlyMap<string, readonly Present[]> = new Map();
const watchers = new Set<() => void>();
const hearers = new Set<(cases: readonly ChangedCase[]) => void>();

function tellWatchers(): void {
	for (const one of watchers) one();
}

function watch(watcher: () => void): () => void {
	watchers.add(watcher);
	return () => watchers.delete(watcher);
}

/** Silence for so long is a line that was cut without a word; the server speaks every 20 seconds. */
const SILENCE_MS = 50_000;
/** A page that nobody looks at gives its line back after so long. */
const HIDDEN_MS = 5 * 60_000;
const FIRST_TRY_MS = 1_000;
const LAST_TRY_MS = 30_000;
/** Shorter cuts are not worth a word. */
const QUIET_MS = 3_000;

/** Below it stands what is read of calls that ring, of one's own and of how they were answered. */
export const callsKey = ["calls"] as const;

/** Pages that must hear even while nobody looks at them: a phone rings behind another window too. */
let needers = 0;

/** Keeps the stream open behind other windows too. */
export function useHearingAlways(): void {
	useEffect(() => {
		needers += 1;
		return () => {
			needers -= 1;
		};
	}, []);
}

/** Keeps the stream open until it is stopped. */
export function startLive(queries: QueryClient): () => void {
	let stream: EventSource | null = null;
	let last = "";
	let tries = 0;
	const timers: {
		[K in "silence" | "again" | "quiet" | "hidden"]?: ReturnType<typeof setTimeout> | undefined;
	} = {};
	const after = (name: keyof typeof timers, ms: number, run: () => void) => {
		clearTimeout(timers[name]);
		timers[name] = setTimeout(run, ms);
	};
	const close = () => {
		stream?.close();
		stream = null;
		clearTimeout(timers.silence);
	};
	const cut = () => {
		close();
		if (cutSince === null && timers.quiet === undefined) {
			const since = Date.now();
			after("quiet", QUIET_MS, () => {
				cutSince = since;
				tellWatchers();
			});
		}
		// the session may be over: then the door shows
		void queries.refetchQueries({ queryKey: sessionQuery.queryKey });
		tries += 1;
		after("again", Math.min(LAST_TRY_MS, FIRST_TRY_MS * 2 ** (tries - 1)), open);
	};
	const flows = () => {
		after("silence", SILENCE_MS, cut);
		const wasCut = cutSince !== null;
		tries = 0;
		clearTimeout(timers.quiet);
		timers.quiet = undefined;
		if (!wasCut) return;
		cutSince = null;
		tellWatchers();
		void queries.invalidateQueries();
	};
	function open() {
		close();
		if (document.hidden && last !== "" && needers === 0) return;
		const opened = new EventSource(last === "" ? "/api/live" : `/api/live?since=${last}`);
		stream = opened;
		after("silence", SILENCE_MS, cut);
		opened.onerror = cut;
		const on = (name: string, hear: (event: MessageEvent<string>) => void) =>
			opened.addEventListener(name, (event) => {
				flows();
				if (event.lastEventId) last = event.lastEventId;
				hear(event);
			});
		// what rang while nobody listened
		on("hello", () => void queries.invalidateQueries({ queryKey: callsKey }));
		on("beat", () => {});
		on("cases", ({ data }) => gather((JSON.parse(data) as { cases: ChangedCase[] }).cases, queries));
		on("presence", ({ data }) => setPresent(JSON.parse(data)));
		on("calls", () => void queries.invalidateQueries({ queryKey: callsKey }));
		on("reset", () => void queries.invalidateQueries());
		for (const name of ["ended", "changed"])
			on(name, () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }));
	}
	const seen = () => {
		if (document.hidden) return after("hidden", HIDDEN_MS, () => needers === 0 && close());
		clearTimeout(timers.hidden);
		if (!stream) open();
	};
	open();
	document.addEventListener("visibilitychange", seen);
	window.addEventListener("online", open);
	window.addEventListener("offline", cut);
	return () => {
		close();
		for (const timer of Object.values(timers)) clearTimeout(timer);
		document.removeEventListener("visibilitychange", seen);
		window.removeEventListener("online", open);
		window.removeEventListener("offline", cut);
		cutSince = null;
		present = new Map();
	};
}

function setPresent({ case: id, people }: { case: string; people: Present[] }): void {
	const next = new Map(present);
	if (people.length > 0) next.set(id, people);
	else next.delete(id);
	present = next;
	tellWatchers();
}

/** Changes that come close together are heard as one. */
const GATHER_MS = 150;
let gathered = new Map<string, ChangedCase>();

function gather(cases: readonly ChangedCase[], queries: QueryClient): void {
	if (gathered.size === 0)
		setTimeout(() => {
			const all = [...gathered.values()];
			gathered = new Map();
			refresh(all, queries);
			for (const one of hearers) one(all);
		}, GATHER_MS);
	for (const one of cases) gathered.set(one.id, one);
}

/** What is read of a case, under its id or its number. */
const ABOUT_A_CASE = new Set<unknown>(["case", "history", "notices", "similar", "pasts", "fault"]);

/** An open case is read anew, unless what is shown is as new already. */
function refresh(cases: readonly ChangedCase[], queries: QueryClient): void {
	const named = new Map(cases.flatMap((one) => [[one.id, one] as const, [one.number, one] as const]));
	void queries.invalidateQueries({
		predicate: ({ queryKey: [kind, id], state }) => {
			const changed = ABOUT_A_CASE.has(kind) ? named.get(String(id)) : undefined;
			if (!changed) return false;
			const shown = (state.data as { case?: { seq?: number } } | undefined)?.case?.seq;
			return kind !== "case" || shown === undefined || shown < changed.seq;
		},
	});
}

/** Hears of every change of a case that this person may see. */
export function useChanges(hear: (cases: readonly ChangedCase[]) => void): void {
	const latest = useRef(hear);
	latest.current = hear;
	useEffect(() => {
		const one = (cases: readonly ChangedCase[]) => latest.current(cases);
		hearers.add(one);
		return () => {
			hearers.delete(one);
		};
	}, []);
}

/** Since when the line is cut, in milliseconds; null: it flows. */
export function useCutSince(): number | null {
	return useSyncExternalStore(watch, () => cutSince);
}

const NOBODY: readonly Present[] = [];

/** Who has a case open; `own`: but for this person. */
export function usePresence(id: string, own: string | null = null): readonly Present[] {
	const people = useSyncExternalStore(watch, () => present.get(id) ?? NOBODY);
	return people.some((one) => one.person === own) ? people.filter((one) => one.person !== own) : people;
}

const SAY_ANEW_MS = 20_000;
/** Typing is over when nothing was typed for so long. */
const TYPING_MS = 8_000;

let here: { id: string; doing: Present["doing"]; about?: string } | null = null;
let typingEnds: ReturnType<typeof setTimeout> | undefined;

function sayHere(): void {
	if (!here || document.hidden) return;
	const { id, doing, about } = here;
	const body = { case: id, doing, ...(about ? { about } : {}) };
	// presence is a courtesy: where it can't be said nothing is lost
	ask("POST", "/api/presence", body).catch(() => {});
}

/** Says that this person has a case open, for as long as the page shows it; null: none. */
export function useHere(id: string | null): void {
	useEffect(() => {
		if (id === null) return;
		here = { id, doing: "looking" };
		sayHere();
		const timer = setInterval(sayHere, SAY_ANEW_MS);
		const leave = () => {
			void fetch(`/api/presence/${encodeURIComponent(id)}`, { method: "DELETE", keepalive: true }).catch(
				() => {},
			);
		};
		window.addEventListener("pagehide", leave);
		return () => {
			clearInterval(timer);
			window.removeEventListener("pagehide", leave);
			if (here?.id === id) here = null;
			leave();
		};
	}, [id]);
}

/** Says that this person is filling in a command on the case they have open; to be called at each change of the form. */
export function announceTyping(id: string, command: string): void {
	if (here?.id !== id) return;
	const already = here.doing === "typing" && here.about === command;
	here = { id, doing: "typing", about: command };
	if (!already) sayHere();
	clearTimeout(typingEnds);
	typingEnds = setTimeout(() => {
		if (here?.id !== id || here.doing !== "typing") return;
		here = { id, doing: "looking" };
		sayHere();
	}, TYPING_MS);
}
