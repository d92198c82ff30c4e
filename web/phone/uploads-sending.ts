import { useEffect } from "react";
import { ask, type Problem, ProblemError, problemIn } from "../api.ts";
import { outbox } from "./outbox.ts";
import { isPassing } from "./outbox-queue.ts";
import { bringAnew, change, keep, load, type Shown, shown, subscribe, unkeep } from "./uploads-shelf.ts";

/**
 * Files on their way. A cut network, a closed page or a restarted phone go on where they stopped (tus), and the server
 * takes each once.
 */
const PIECE = 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 8_000];
const TRY_AGAIN_MS = 20_000;

/** Which files: those of a case, or those of all orders on the road. */
type Which = (about: string) => boolean;

/** Sends what is kept for a case, while the page is open, and again when the network is back. */
export function useSending(kase: string | null, headers: Record<string, string>, onDone: () => void): void {
	const sign = JSON.stringify(headers);
	useEffect(() => {
		if (kase === null) return;
		return startSending((about) => about === kase, JSON.parse(sign) as Record<string, string>, onDone);
	}, [kase, sign, onDone]);
}

/** The same for what was noted on orders. */
export function useSendingOfOrders(onDone: () => void): void {
	useEffect(() => startSending((about) => about.startsWith(ROAD), {}, onDone), [onDone]);
}

const ROAD = "road:";

/** What files noted on an order are about. */
export function roadOf(number: string): string {
	return ROAD + number;
}

/**
 * Fetches what sends files while there is a network: a browser that could not have it once does not ask again before the
 * page is opened anew.
 */
export function readyToSend(): void {
	import("tus-js-client").catch(() => {});
}
const READY_AFTER_MS = 3_000;

function startSending(which: Which, headers: Record<string, string>, onDone: () => void): () => void {
	const go = () => void sendAll(which, headers, onDone);
	const retry = () => {
		for (const one of shown())
			if (which(one.about) && one.state === "stopped") change(one.id, { state: "waiting" });
	};
	go();
	const stop = subscribe(go);
	addEventListener("online", retry);
	const timer = setInterval(retry, TRY_AGAIN_MS);
	const ready = setTimeout(readyToSend, READY_AFTER_MS);
	return () => {
		clearTimeout(ready);
		stop();
		removeEventListener("online", retry);
		clearInterval(timer);
	};
}

let running: Promise<void> | null = null;

async function sendAll(which: Which, headers: Record<string, string>, onDone: () => void): Promise<void> {
	await load();
	// one after the other: two at once are slower on a thin line
	if (running) return;
	const next = shown().find((one) => which(one.about) && one.state === "waiting");
	if (!next) return;
	running = sendOne(next, headers);
	await running;
	running = null;
	if (shown().find((one) => one.id === next.id)?.state === "done") onDone();
	await sendAll(which, headers, onDone);
}

async function sendOne(one: Shown, headers: Record<string, string>): Promise<void> {
	change(one.id, { state: "sending" });
	try {
		const url = one.whole && one.url ? one.url : await upload(one, headers);
		change(one.id, { whole: true });
		await keep(one.id, { whole: true });
		const { path, body } = destinationOf(one, url.slice(url.lastIndexOf("/") + 1));
		// brought twice, as when the server has let go of the first upload, it is still one piece of evidence
		const answer = await ask<{ evidence?: string }>("POST", path, body, {
			...headers,
			"idempotency-key": one.id,
		});
		await unkeep(one.id);
		change(one.id, { state: "done", progress: 1, ...(answer.evidence ? { evidence: answer.evidence } : {}) });
	} catch (error) {
		await stopped(one, problemIn(error));
	}
}

function destinationOf(one: Shown, upload: string): { path: string; body: object } {
	const { about, act, kind, title, recipe, piece } = one;
	if (act === undefined)
		return {
			path: `/api/cases/${encodeURIComponent(about)}/evidence/from-upload`,
			body: { upload, kind, title, recipe, piece },
		};
	const number = encodeURIComponent(about.slice(ROAD.length));
	return { path: `/api/mine/orders/${number}/acts/${encodeURIComponent(act)}/file`, body: { upload } };
}

async function stopped(one: Shown, problem: Problem): Promise<void> {
	const now = shown().find(({ id }) => id === one.id);
	// what it belongs to may itself still wait for the network
	const waits = outbox().all.some(({ id, refused }) => id === one.act && !refused);
	if (isPassing(problem) || (problem.status === 404 && waits)) return change(one.id, { state: "stopped" });
	if (problem.status === 404 && now?.whole && !now.anew) return await bringAnew(one.id);
	await keep(one.id, { refused: problem });
	change(one.id, { state: "refused", refused: problem });
}

/** Resolves with the address of the finished upload; rejects once the line stays cut. */
async function upload(one: Shown, headers: Record<string, string>): Promise<string> {
	const { Upload, DetailedError } = await import("tus-js-client");
	const { about, act, name } = one;
	return await new Promise((resolve, reject) => {
		const sending = new Upload(one.file, {
			endpoint: "/api/uploads",
			...(one.url ? { uploadUrl: one.url } : {}),
			headers,
			metadata: {
				...(act === undefined ? { case: about } : { order: about.slice(ROAD.length) }),
				filename: name,
			},
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
