import { createStore, del, entries, set, update } from "idb-keyval";
import { useEffect, useSyncExternalStore } from "react";
import { ask, type Problem, ProblemError, problemIn } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { isPassing } from "./outbox-queue.ts";
import { content } from "./words.yaml";

/**
 * Files on their way into a case. Each is kept in the phone until it is there whole; a cut network, a closed page or a
 * restarted phone go on where they stopped (tus), and the server takes each once.
 */
export interface Keeping {
	id: string;
	/** The case; before there is one, `order:…`. */
	about: string;
	file: Blob;
	name: string;
	kind: "photo" | "video" | "audio" | "document" | "statement";
	title: string;
	recipe?: string;
	piece?: string;
	/** Where the server has begun to receive it. */
	url?: string;
	/** All of it is there, though nobody may have said yet that it stands in the case. */
	whole?: boolean;
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
let shown: readonly Shown[] = [];
let loaded: Promise<void> | null = null;

function show(next: readonly Shown[]): void {
	shown = next;
	for (const one of listeners) one();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function load(): Promise<void> {
	loaded ??= entries<string, Keeping>(shelf())
		.catch(() => [])
		.then((all) =>
			show(all.map(([, one]) => ({ ...one, progress: 0, state: one.refused ? "refused" : "waiting" }))),
		);
	return loaded;
}

function change(id: string, how: Partial<Shown>): void {
	show(shown.map((one) => (one.id === id ? { ...one, ...how } : one)));
}

async function keep(id: string, how: Partial<Keeping>): Promise<void> {
	await update<Keeping>(id, (one) => ({ ...(one as Keeping), ...how }), shelf()).catch(() => {});
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
	show([...shown, { ...one, id, progress: 0, state: "waiting" }]);
	return id;
}

export async function dropFile(id: string): Promise<void> {
	await del(id, shelf()).catch(() => {});
	show(shown.filter((one) => one.id !== id));
}

/** Files kept before there was a case now belong to it. */
export async function handOver(from: string, kase: string): Promise<void> {
	await load();
	for (const { id } of shown.filter((one) => one.about === from)) {
		await keep(id, { about: kase });
		change(id, { about: kase });
	}
}

export function useFiles(about: string): Shown[] {
	useEffect(() => void load(), []);
	return useSyncExternalStore(subscribe, () => shown).filter((one) => one.about === about);
}

const running = new Map<string, Promise<void>>();
const PIECE = 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 8_000];

/** Sends what is kept for a case, while the page is open, and again when the network is back. */
export function useSending(kase: string | null, headers: Record<string, string>, onDone: () => void): void {
	const sign = JSON.stringify(headers);
	useEffect(() => {
		if (kase === null) return;
		const go = () => void sendAll(kase, JSON.parse(sign) as Record<string, string>, onDone);
		go();
		const stop = subscribe(go);
		addEventListener("online", retry);
		const timer = setInterval(retry, 20_000);
		function retry() {
			for (const one of shown)
				if (one.about === kase && one.state === "stopped") change(one.id, { state: "waiting" });
		}
		return () => {
			stop();
			removeEventListener("online", retry);
			clearInterval(timer);
		};
	}, [kase, sign, onDone]);
}

async function sendAll(kase: string, headers: Record<string, string>, onDone: () => void): Promise<void> {
	await load();
	// one after the other: two at once are slower on a thin line
	if (running.size > 0) return;
	const next = shown.find((one) => one.about === kase && one.state === "waiting");
	if (!next) return;
	const work = sendOne(next, kase, headers).then(async () => {
		running.delete(next.id);
		if (shown.find((one) => one.id === next.id)?.state === "done") onDone();
		await sendAll(kase, headers, onDone);
	});
	running.set(next.id, work);
	await work;
}

async function sendOne(one: Shown, kase: string, headers: Record<string, string>): Promise<void> {
	change(one.id, { state: "sending" });
	try {
		const url = one.whole && one.url ? one.url : await upload(one, kase, headers);
		change(one.id, { whole: true });
		await keep(one.id, { whole: true });
		const { kind, title, recipe, piece } = one;
		const { evidence } = await ask<{ evidence: string }>(
			"POST",
			`/api/cases/${encodeURIComponent(kase)}/evidence/from-upload`,
			{ upload: url.slice(url.lastIndexOf("/") + 1), kind, title, recipe, piece },
			// brought twice, as when the server has let go of the first upload, it is still one piece of evidence
			{ ...headers, "idempotency-key": one.id },
		);
		await del(one.id, shelf()).catch(() => {});
		change(one.id, { state: "done", progress: 1, evidence });
	} catch (error) {
		const problem = problemIn(error);
		if (isPassing(problem)) return change(one.id, { state: "stopped" });
		if (problem.status === 404 && one.whole) return await bringAnew(one.id);
		await keep(one.id, { refused: problem });
		change(one.id, { state: "refused", refused: problem });
	}
}

/** The server has no such upload any more: all of it is sent once again. */
async function bringAnew(id: string): Promise<void> {
	await update<Keeping>(id, (one) => withoutPlace(one as Keeping), shelf()).catch(() => {});
	show(shown.map((one) => (one.id === id ? { ...withoutPlace(one), state: "waiting", progress: 0 } : one)));
}

function withoutPlace<One extends Keeping>({ url: _, whole: __, ...one }: One): Omit<One, "url" | "whole"> {
	return one;
}

/** Resolves with the address of the finished upload; rejects once the line stays cut. */
async function upload(one: Shown, kase: string, headers: Record<string, string>): Promise<string> {
	const { Upload, DetailedError } = await import("tus-js-client");
	return await new Promise((resolve, reject) => {
		const sending = new Upload(one.file, {
			endpoint: "/api/uploads",
			...(one.url ? { uploadUrl: one.url } : {}),
			headers,
			metadata: { case: kase, filename: one.name },
			chunkSize: PIECE,
			retryDelays: RETRY_MS,
			// the address is kept with the file itself, which outlives the page
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => {
				const url = sending.url ?? "";
				change(one.id, { url });
				void keep(one.id, { url });
			},
			onProgress: (sent, total) => change(one.id, { progress: total > 0 ? sent / total : 0 }),
			onSuccess: () => resolve(sending.url ?? one.url ?? ""),
			onError: (error) => {
				const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
				reject(problemOf(status));
			},
		});
		sending.start();
	});
}

/** A line that was cut, a server that is busy, or another piece still coming in: worth another try. */
function problemOf(status: number): ProblemError {
	const passing = status === 0 || status >= 500 || status === 423;
	return new ProblemError({ type: "urn:redress:problem:upload", title: "", status: passing ? 0 : status });
}

/** The files kept for something, each with how far it is; `onDrop`: they may be taken back. */
export function FileList({ files, onDrop }: { files: readonly Shown[]; onDrop?: (id: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	if (files.length === 0) return null;
	return (
		<ul className="p-files">
			{files.map((one) => (
				<li key={one.id}>
					<Preview one={one} />
					<div>
						<span>{one.title}</span>
						<Progress one={one} />
					</div>
					{onDrop && one.state !== "sending" && one.state !== "done" && (
						<button
							type="button"
							className="p-icon"
							aria-label={t("drop", { what: one.title })}
							onClick={() => onDrop(one.id)}
						>
							<Icon name="close" />
						</button>
					)}
				</li>
			))}
		</ul>
	);
}

function Preview({ one }: { one: Shown }) {
	const url = usePreview(one);
	if (url) return <img className="p-thumb" src={url} alt="" />;
	return (
		<span className="p-thumb">
			<Icon
				name={
					one.kind === "video" ? "film" : one.kind === "statement" || one.kind === "audio" ? "sound" : "file"
				}
			/>
		</span>
	);
}

const urls = new WeakMap<Blob, string>();

function usePreview({ kind, file }: Shown): string | null {
	if (kind !== "photo") return null;
	const known = urls.get(file);
	if (known) return known;
	const made = URL.createObjectURL(file);
	urls.set(file, made);
	return made;
}

function Progress({ one }: { one: Shown }) {
	const t = useRoomWords(content as RoomWords);
	const percent = Math.round(one.progress * 100);
	switch (one.state) {
		case "waiting":
			return <small className="p-quiet">{one.about.startsWith("order:") ? t("kept") : t("waiting")}</small>;
		case "sending":
			return (
				<>
					<progress max={1} value={one.progress} aria-label={t("sending", { percent })} />
					<small className="p-quiet">{t("sending", { percent })}</small>
				</>
			);
		case "stopped":
			return <small className="p-fault">{t("stopped", { percent })}</small>;
		case "done":
			return <small className="p-good">{t("done")}</small>;
		case "refused":
			return <small className="p-fault">{one.refused?.status === 413 ? t("too-large") : t("refused")}</small>;
	}
}
