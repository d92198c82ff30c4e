import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { ask } from "../api.ts";
import { readStored, store, storedNames } from "../parts/stored.ts";
import { useWho } from "../screens/who.ts";
import { DraftKeeper, type DraftState, GONE } from "./draft-keeper.ts";
import type { Typed } from "./values.ts";

/** What was typed into a form and not yet sent: on the server, and in this browser until it is there. */

export interface Draft {
	/** What was typed before; null: nothing; undefined: it is still being looked for. */
	typed: Typed | null | undefined;
	state: DraftState;
	keep: (typed: Typed) => void;
	drop: () => void;
}

/**
 * The draft of a form of a case.
 * @param kase its id, or `new`
 * @param form the command, and what it is about where it matters: `SendMessage.p1`
 */
export function useDraft(kase: string, form: string): Draft {
	const person = useWho().person ?? "";
	const here = useMemo(() => readHere(person, kase, form), [person, kase, form]);
	const there = useQuery({
		queryKey: ["draft", kase, form],
		enabled: here === undefined,
		// each opening of the form asks anew: another browser may have typed more
		staleTime: 0,
		gcTime: 0,
		retry: false,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
		queryFn: async () =>
			(await ask<{ draft: { typed: Typed; at: string } | null }>("GET", pathOf(kase, form))).draft,
	});
	const [state, setState] = useState<DraftState>({ is: "none" });
	const keeper = useRef<DraftKeeper>(null);
	useEffect(() => {
		setState({ is: "none" });
		const own = new DraftKeeper(placesOf(person, kase, form), setState);
		keeper.current = own;
		const flush = () => void own.flush();
		window.addEventListener("online", flush);
		window.addEventListener("pagehide", flush);
		return () => {
			window.removeEventListener("online", flush);
			window.removeEventListener("pagehide", flush);
			own.close();
		};
	}, [person, kase, form]);
	const before = there.data?.at;
	return {
		typed: here === undefined ? (there.isPending ? undefined : (there.data?.typed ?? null)) : here,
		state: state.is === "none" && before ? { is: "kept", at: before } : state,
		keep: (typed) => keeper.current?.keep(typed),
		drop: () => keeper.current?.drop(),
	};
}

/** Sends what another page of this browser could not: after a lost connection, a session that had expired, a crash. */
export async function sendLeftDrafts(person: string): Promise<void> {
	for (const name of storedNames(`${PREFIX}${person}/`)) {
		const [, kase = "", form = ""] = name.split("/");
		const text = readStored(name);
		const places = placesOf(person, kase, form);
		try {
			if (text === GONE) await places.remove();
			else if (text) await places.put(JSON.parse(text) as Typed);
			if (readStored(name) === text) store(name, null);
		} catch {
			// it stays here for the next time
		}
	}
}

const PREFIX = "draft/";
const nameOf = (person: string, kase: string, form: string) => `${PREFIX}${person}/${kase}/${form}`;
const pathOf = (kase: string, form: string) =>
	`/api/drafts/${encodeURIComponent(kase)}/${encodeURIComponent(form)}`;

/** What this browser alone has; null: it was thrown away here; undefined: ask the server. */
function readHere(person: string, kase: string, form: string): Typed | null | undefined {
	const text = readStored(nameOf(person, kase, form));
	if (text === null) return undefined;
	try {
		return JSON.parse(text) as Typed | null;
	} catch {
		return undefined;
	}
}

function placesOf(person: string, kase: string, form: string) {
	const path = pathOf(kase, form);
	return {
		store: (text: string | null) => store(nameOf(person, kase, form), text),
		put: (typed: Typed) => ask<{ at: string }>("PUT", path, { typed }),
		remove: () => ask("DELETE", path),
		later: (run: () => void, ms: number) => {
			const timer = setTimeout(run, ms);
			return () => clearTimeout(timer);
		},
	};
}

/** The draft of a form that has no case yet, in this browser alone. */
export function readDraft(kase: string, form: string): Typed | null {
	const text = readStored(`draft.${kase}.${form}`);
	try {
		return text === null ? null : (JSON.parse(text) as Typed);
	} catch {
		return null;
	}
}

export function keepDraft(kase: string, form: string, typed: Typed): void {
	store(`draft.${kase}.${form}`, JSON.stringify(typed));
}

export function dropDraft(kase: string, form: string): void {
	store(`draft.${kase}.${form}`, null);
}

/** A key under which the same form is taken once, however often it is sent. */
export function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
