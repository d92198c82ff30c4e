import { clear, createStore, del, entries, set, update } from "idb-keyval";
import { useEffect, useSyncExternalStore } from "react";
import type { Problem } from "../api.ts";

/** Files kept in the phone until they are where they belong: each with how far it is. */
export interface Keeping {
	id: string;
	/** The case; before there is one, `order:…`; of what is noted on an order on the road, `road:…`. */
	about: string;
	file: Blob;
	name: string;
	kind: "photo" | "video" | "audio" | "document" | "statement";
	title: string;
	recipe?: string;
	piece?: string;
	/** The idempotency key of the note on an order that it belongs to. */
	act?: string;
	/** Where the server has begun to receive it. */
	url?: string;
	/** All of it is there, though nobody may have said yet that it stands in the case. */
	whole?: boolean;
	/** It was all sent once before, and the server has let go of it. */
	anew?: boolean;
	/** Its id in the case, once it is there. */
	evidence?: string;
	refused?: Problem;
}

export interface Shown extends Keeping {
	/** 0 to 1. */
	progress: number;
	state: "waiting" | "sending" | "stopped" | "done" | "refused";
}

const shelf = () => createStore("redress-uploads", "files");
const listeners = new Set<() => void>();
let all: readonly Shown[] = [];
let loaded: Promise<void> | null = null;

/** What is kept now. */
export function shown(): readonly Shown[] {
	return all;
}

function show(next: readonly Shown[]): void {
	all = next;
	for (const one of listeners) one();
}

export function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Resolves when what was kept by an earlier page is in place. */
export function load(): Promise<void> {
	loaded ??= entries<string, Keeping>(shelf())
		.catch(() => [])
		.then((kept) =>
			show(kept.map(([, one]) => ({ ...one, progress: 0, state: one.refused ? "refused" : "waiting" }))),
		);
	return loaded;
}

/** For this page only. */
export function change(id: string, how: Partial<Shown>): void {
	show(all.map((one) => (one.id === id ? { ...one, ...how } : one)));
}

/** For the next page too. */
export async function keep(id: string, how: Partial<Keeping>): Promise<void> {
	await update<Keeping>(id, (one) => ({ ...(one as Keeping), ...how }), shelf()).catch(() => {});
}

/** It has arrived: the phone needs it no longer, though the page still shows it. */
export async function unkeep(id: string): Promise<void> {
	await del(id, shelf()).catch(() => {});
}

/** What a file is, by what the phone says of it. */
export function kindOf(type: string): Keeping["kind"] {
	const [family] = type.split("/");
	if (family === "image") return "photo";
	return family === "video" || family === "audio" ? family : "document";
}

/** Keeps a file; it is sent as soon as `useSending` runs for what it is about. */
export async function addFile(one: Omit<Keeping, "id">): Promise<string> {
	await load();
	const id = crypto.randomUUID();
	await set(id, { ...one, id }, shelf()).catch(() => {});
	show([...all, { ...one, id, progress: 0, state: "waiting" }]);
	return id;
}

export async function dropFile(id: string): Promise<void> {
	await unkeep(id);
	show(all.filter((one) => one.id !== id));
}

/** Files kept before there was a case now belong to it. */
export async function handOver(from: string, kase: string): Promise<void> {
	await load();
	for (const { id } of all.filter((one) => one.about === from)) {
		await keep(id, { about: kase });
		change(id, { about: kase });
	}
}

/** All of it is sent once again: the server has no such upload any more. */
export async function bringAnew(id: string): Promise<void> {
	await update<Keeping>(id, (one) => startedAnew(one as Keeping), shelf()).catch(() => {});
	show(all.map((one) => (one.id === id ? { ...startedAnew(one), state: "waiting", progress: 0 } : one)));
}

function startedAnew<One extends Keeping>({ url: _, whole: __, ...one }: One) {
	return { ...one, anew: true };
}

/** Nothing of whoever leaves stays in the phone. */
export async function clearFiles(): Promise<void> {
	await clear(shelf()).catch(() => {});
	show([]);
}

export function useFiles(about: string): Shown[] {
	useEffect(() => void load(), []);
	return useSyncExternalStore(subscribe, shown).filter((one) => one.about === about);
}
