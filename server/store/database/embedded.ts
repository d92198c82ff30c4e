import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { AdviceError, messageOf } from "./advice.ts";
import type { ThreadData } from "./embedded-thread.ts";
import { damaged, holdsDatabase, placesIn, prepareDraft, settleDraft } from "./folder.ts";
import { takeLock } from "./lock.ts";
import { type FromThread, type ToThread, WireStream } from "./wire.ts";

/** A PostgreSQL server in a thread of this process. It has one session. */
export interface EmbeddedServer {
	/** A stream to be given to one pg.Client at a time. */
	connect(): Duplex;
	/** All its files, as a tar. */
	dump(): Promise<Uint8Array>;
	/** Resolves, with a sentence for people, when the server has died of itself. */
	died: Promise<Error>;
	close(): Promise<void>;
}

/**
 * Opens the database in `dataDir`, made there the first time (2 to 4 s), and keeps the folder locked until `close`.
 *
 * @param create false: refuse when there is none.
 * @throws AdviceError when the folder is in use, damaged, or somebody else's.
 */
export async function openEmbedded(dataDir: string, create: boolean): Promise<EmbeddedServer> {
	const places = placesIn(dataDir);
	makeFolder(dataDir);
	const unlock = takeLock(places.lock);
	try {
		if (!holdsDatabase(places)) {
			if (!create) throw new AdviceError(`There is no database in ${dataDir}: check DATA_DIR.`);
			prepareDraft(places);
			await (await startServer({ folder: places.draftServer, load: null })).close();
			await settleDraft(places, dataDir);
		}
		const server = await startServer({ folder: places.server, load: null }).catch((error) => {
			const reason = messageOf(error);
			if (!isFull(reason)) throw damaged(places.database, reason);
			throw new AdviceError(`The disk of ${dataDir} is full (${reason}): make room and start again.`);
		});
		return { ...server, close: () => server.close().finally(unlock) };
	} catch (error) {
		unlock();
		throw error;
	}
}

/** A server in memory, gone at `close`; with the content of a dump if its file is given. */
export function startInMemory(load: string | null): Promise<EmbeddedServer> {
	return startServer({ folder: null, load });
}

function makeFolder(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true });
	} catch (error) {
		throw new AdviceError(`DATA_DIR is "${dataDir}", which can't be made: ${messageOf(error)}`, {
			cause: error,
		});
	}
}

function isFull(reason: string): boolean {
	return /no space left|quota exceeded/i.test(reason);
}

async function startServer(workerData: ThreadData): Promise<EmbeddedServer> {
	const worker = new Worker(new URL("./embedded-thread.ts", import.meta.url), { workerData, execArgv: [] });
	const thread = new Thread(worker);
	await thread.ready;
	return {
		connect: () => thread.connect(),
		dump: () => thread.dump(),
		died: thread.died,
		close: () => thread.close(),
	};
}

/** This side of the thread: hands bytes to and fro, and fails everything once the thread is broken. */
class Thread {
	readonly ready: Promise<void>;
	readonly died: Promise<Error>;
	readonly #worker: Worker;
	readonly #clients = new Map<number, WireStream>();
	#count = 0;
	#broken: Error | null = null;
	#closing = false;
	readonly #tellDeath: (error: Error) => void;
	#asked: { resolve: (message: FromThread) => void; reject: (error: Error) => void } | null = null;

	constructor(worker: Worker) {
		this.#worker = worker;
		const { promise, resolve } = Promise.withResolvers<Error>();
		this.died = promise;
		this.#tellDeath = resolve;
		worker.on("message", (message: FromThread) => this.#receive(message));
		worker.on("error", (error) => this.#break(messageOf(error)));
		worker.on("exit", () => this.#break("it ended"));
		this.ready = this.#next().then(() => {});
	}

	connect(): Duplex {
		const client = ++this.#count;
		const stream = new WireStream(
			(bytes) => this.#post({ kind: "wire", client, bytes }, [bytes.buffer as ArrayBuffer]),
			() => {
				this.#clients.delete(client);
				this.#post({ kind: "reset" });
			},
		);
		if (this.#broken !== null) stream.destroy(this.#broken);
		else this.#clients.set(client, stream);
		return stream;
	}

	async dump(): Promise<Uint8Array> {
		const dumped = this.#next();
		this.#post({ kind: "dump" });
		const message = await dumped;
		if (message.kind !== "dumped") throw new Error("the embedded database gave no dump");
		return message.bytes;
	}

	async close(): Promise<void> {
		if (this.#broken !== null) return;
		this.#closing = true;
		const exited = once(this.#worker, "exit");
		this.#post({ kind: "close" });
		await exited;
	}

	/** The next answer that isn't for a client. Asked for one at a time. */
	#next(): Promise<FromThread> {
		return new Promise((resolve, reject) => {
			this.#asked = { resolve, reject };
		});
	}

	#post(message: ToThread, transfer: ArrayBuffer[] = []): void {
		if (this.#broken === null) this.#worker.postMessage(message, transfer);
	}

	#receive(message: FromThread): void {
		if (message.kind === "wire") this.#clients.get(message.client)?.push(message.bytes);
		else if (message.kind === "broken") this.#break(message.reason);
		else this.#asked?.resolve(message);
	}

	#break(reason: string): void {
		if (this.#broken !== null) return;
		const room = isFull(reason) ? "The disk is full: make room. " : "";
		this.#broken = new AdviceError(
			`The embedded database has stopped (${reason}). ${room}Start the server again; what it had confirmed is kept.`,
		);
		if (!this.#closing) this.#tellDeath(this.#broken);
		this.#asked?.reject(new Error(reason));
		for (const stream of this.#clients.values()) stream.destroy(this.#broken);
		void this.#worker.terminate();
	}
}
