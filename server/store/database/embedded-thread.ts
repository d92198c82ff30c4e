import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, protocol } from "@electric-sql/pglite";
import { messageOf } from "./advice.ts";
import { DurableFiles, durableOptions, proveDurable } from "./durable-files.ts";
import { type FromThread, joined, type ToThread } from "./wire.ts";

// The thread that runs the embedded PostgreSQL server: a long query blocks this thread and not the web server.

/** `folder` null: in memory, from the dump in the file `load` if that is given. */
export type ThreadData = { folder: string | null; load: string | null };

const answerBytes = 256 * 1024;
const lastWords: string[] = [];
let aborted = false;

const db = await start(workerData as ThreadData).catch(giveUp);
let turn = Promise.resolve();
parentPort?.on("message", (message: ToThread) => {
	turn = turn
		.then(() => handle(message))
		.catch((error) => answer({ kind: "broken", reason: reasonOf(error) }));
});
answer({ kind: "ready" });

async function start({ folder, load }: ThreadData): Promise<PGlite> {
	const listen = { onStderr: remember };
	if (folder === null) {
		const loadDataDir = load === null ? {} : { loadDataDir: new Blob([await readFile(load)]) };
		return await PGlite.create({ ...listen, ...loadDataDir });
	}
	const files = new DurableFiles(folder);
	const db = await PGlite.create({ ...listen, ...durableOptions(files) });
	await proveDurable(db, files);
	return db;
}

/** PGlite carries on after the server has panicked, on memory that can't be trusted: its abort is only heard here. */
function remember(line: string): boolean {
	aborted ||= line.startsWith("Aborted(");
	lastWords.push(line);
	if (lastWords.length > 20) lastWords.shift();
	return false;
}

async function handle(message: ToThread): Promise<void> {
	switch (message.kind) {
		case "wire":
			return await exchange(message.bytes, (bytes) =>
				answer({ kind: "wire", client: message.client, bytes }),
			);
		case "reset":
			await exchange(protocol.serialize.query("ROLLBACK"), () => {});
			return await exchange(protocol.serialize.query("DISCARD ALL"), () => {});
		case "dump": {
			const dump = await db.dumpDataDir("none");
			return answer({ kind: "dumped", bytes: new Uint8Array(await dump.arrayBuffer()) });
		}
		case "close":
			await db.close();
			answer({ kind: "closed" });
			parentPort?.close();
	}
}

/** Has the server work through `bytes`; what it answers is passed on in pieces of some size. */
async function exchange(bytes: Uint8Array, pass: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<void> {
	let pieces: Uint8Array[] = [];
	let size = 0;
	const flush = () => {
		if (size > 0) pass(joined(pieces));
		pieces = [];
		size = 0;
	};
	const onRawData = (piece: Uint8Array) => {
		pieces.push(piece.slice()); // the server's own memory: it will be written over
		size += piece.length;
		if (size >= answerBytes) flush();
	};
	await db.execProtocolRawStream(bytes, { syncToFs: false, onRawData });
	if (aborted) throw new Error("it aborted");
	flush();
}

/** Ends the thread as it is: the files are those of a crash, which the next start recovers from. */
function giveUp(error: unknown): never {
	answer({ kind: "broken", reason: reasonOf(error) });
	process.exit();
}

function answer(message: FromThread): void {
	parentPort?.postMessage(message, "bytes" in message ? [message.bytes.buffer as ArrayBuffer] : []);
}

/** The server's own last complaint says more than "Aborted()". */
function reasonOf(error: unknown): string {
	const complaint = lastWords.find((line) => /\b(PANIC|FATAL):/.test(line));
	return complaint === undefined ? messageOf(error) : complaint.replace(/^.*?\b(PANIC|FATAL):\s*/, "");
}
