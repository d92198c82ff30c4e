import { Duplex } from "node:stream";

/** What the server thread is told. `wire`: bytes of the PostgreSQL protocol, whole messages. */
export type ToThread =
	| { kind: "wire"; client: number; bytes: Uint8Array }
	| { kind: "reset" }
	| { kind: "dump" }
	| { kind: "close" };

/** What the server thread answers. */
export type FromThread =
	| { kind: "ready" }
	| { kind: "wire"; client: number; bytes: Uint8Array }
	| { kind: "dumped"; bytes: Uint8Array }
	| { kind: "closed" }
	| { kind: "broken"; reason: string };

// AuthenticationOk, then ReadyForQuery (idle): there is nobody to be authenticated against.
const greeting = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
const terminate = 0x58;

/**
 * Stands in for the socket between a pg.Client and the embedded server. All that is written within one tick goes out
 * as one message, so that a transaction's statements cost one way there and back.
 */
export class WireStream extends Duplex {
	readonly #post: (bytes: Uint8Array) => void;
	readonly #closed: () => void;
	#greeted = false;
	#waiting: Uint8Array[] = [];

	constructor(post: (bytes: Uint8Array) => void, closed: () => void) {
		super({ decodeStrings: true });
		this.#post = post;
		this.#closed = closed;
	}

	/** Called by pg.Client in place of a socket's own `connect`. */
	connect(): this {
		queueMicrotask(() => this.emit("connect"));
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	setKeepAlive(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _read(): void {}

	override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		if (!this.#greeted) {
			this.#greeted = true;
			this.push(greeting);
		} else if (chunk[0] !== terminate) {
			// Terminate would end the server, not the session: `_destroy` resets the session instead.
			if (this.#waiting.push(chunk) === 1) queueMicrotask(() => this.#send());
		}
		done();
	}

	override _final(done: (error?: Error | null) => void): void {
		this.push(null);
		done();
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#closed();
		done(error);
	}

	#send(): void {
		const bytes = joined(this.#waiting);
		this.#waiting = [];
		this.#post(bytes);
	}
}

/** One array that owns its memory, so that it can be handed to another thread without copying. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
	let offset = 0;
	for (const chunk of chunks) {
		all.set(chunk, offset);
		offset += chunk.length;
	}
	return all;
}
