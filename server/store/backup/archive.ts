import { createHash, type Hash } from "node:crypto";
import { AdviceError } from "../database/advice.ts";

/** A part of an archive. `content` yields exactly `size` bytes. */
export interface Entry {
	name: string;
	size: number;
	content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A part as it is read: `content` is to be read before the next part is asked for. */
export interface ReadEntry {
	name: string;
	size: number;
	content: AsyncIterable<Uint8Array>;
	/** sha256, in hex, of all bytes of the archive before this part. */
	sha256Before: string;
}

const block = 512;
const magic = "ustar\u000000";

/**
 * The bytes of a tar (ustar) with the entries, and at its end one more that is made knowing the sha256 of everything
 * before it.
 *
 * @param madeAt seconds since 1970, the time every entry bears.
 */
export async function* writeArchive(
	entries: AsyncIterable<Entry>,
	last: (sha256Before: string) => Entry,
	madeAt: number,
): AsyncGenerator<Uint8Array> {
	const hash = createHash("sha256");
	for await (const entry of entries) {
		for await (const bytes of bytesOf(entry, madeAt)) {
			hash.update(bytes);
			yield bytes;
		}
	}
	yield* bytesOf(last(hash.digest("hex")), madeAt);
	yield Buffer.alloc(2 * block);
}

/** The text as an entry. */
export function textEntry(name: string, text: string): Entry {
	const bytes = Buffer.from(text);
	return { name, size: bytes.length, content: [bytes] };
}

/**
 * The entries of a tar, one after the other.
 *
 * @throws AdviceError when it is cut short or is no tar.
 */
export async function* readArchive(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadEntry> {
	const source = new Source(bytes);
	for (;;) {
		const sha256Before = source.sha256();
		const header = await source.take(block);
		if (header.every((byte) => byte === 0)) return;
		const { name, size } = parseHeader(header);
		const content = source.stream(size);
		yield { name, size, content, sha256Before };
		for await (const _ of content) {
			// What the reader left must be passed over.
		}
		await source.take(padding(size));
	}
}

/** All of an entry's content. */
export async function contentOf(entry: ReadEntry): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of entry.content) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function* bytesOf(entry: Entry, madeAt: number): AsyncGenerator<Uint8Array> {
	yield headerOf(entry, madeAt);
	let size = 0;
	for await (const chunk of entry.content) {
		size += chunk.length;
		yield chunk;
	}
	if (size !== entry.size)
		throw new Error(`${entry.name} has ${size} bytes where ${entry.size} were announced`);
	if (padding(size) > 0) yield Buffer.alloc(padding(size));
}

function padding(size: number): number {
	return (block - (size % block)) % block;
}

function headerOf({ name, size }: Entry, madeAt: number): Buffer {
	if (Buffer.byteLength(name) > 100) throw new Error(`the name ${name} is too long for a tar`);
	const header = Buffer.alloc(block);
	header.write(name, 0);
	header.write("0000600\0", 100);
	header.write("0000000\0".repeat(2), 108);
	writeSize(header, size);
	header.write(`${madeAt.toString(8).padStart(11, "0")}\0`, 136);
	header.write("0", 156);
	header.write(magic, 257);
	header.write(`${checksum(header).toString(8).padStart(6, "0")}\0 `, 148);
	return header;
}

function parseHeader(header: Buffer): { name: string; size: number } {
	const text = (start: number, length: number) =>
		header.toString("utf8", start, start + length).replace(/\0.*$/s, "");
	if (text(257, 6) !== "ustar" || Number.parseInt(text(148, 8), 8) !== checksum(header)) {
		throw new AdviceError("This file is not a backup, or is damaged: a part's heading can't be read.");
	}
	return { name: text(0, 100), size: readSize(header) };
}

const octalSizes = 8 ** 11;

/** From 8 GiB on in binary, as GNU tar has it. */
function writeSize(header: Buffer, size: number): void {
	if (size < octalSizes) header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
	else {
		header.writeUInt8(0x80, 124);
		header.writeBigUInt64BE(BigInt(size), 128);
	}
}

function readSize(header: Buffer): number {
	if (header[124] === 0x80) return Number(header.readBigUInt64BE(128));
	return Number.parseInt(header.toString("latin1", 124, 135), 8);
}

/** The sum of all bytes, those of the sum itself taken as spaces. */
function checksum(header: Buffer): number {
	return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

/** Bytes that arrive in pieces of any length, taken in pieces of the length asked for. */
class Source {
	readonly #pieces: AsyncIterator<Uint8Array>;
	readonly #hash: Hash = createHash("sha256");
	#rest: Uint8Array = new Uint8Array(0);

	constructor(bytes: AsyncIterable<Uint8Array>) {
		this.#pieces = bytes[Symbol.asyncIterator]();
	}

	/** Of all that was taken so far. */
	sha256(): string {
		return this.#hash.copy().digest("hex");
	}

	async take(size: number): Promise<Buffer> {
		const chunks: Uint8Array[] = [];
		for await (const chunk of this.stream(size)) chunks.push(chunk);
		return Buffer.concat(chunks);
	}

	/** The next `size` bytes, once: a second reading goes on where the first one stopped. */
	stream(size: number): AsyncIterable<Uint8Array> {
		let left = size;
		const next = async (): Promise<IteratorResult<Uint8Array>> => {
			if (left === 0) return { done: true, value: undefined };
			const value = await this.#piece(left);
			left -= value.length;
			return { done: false, value };
		};
		return { [Symbol.asyncIterator]: () => ({ next }) };
	}

	async #piece(most: number): Promise<Uint8Array> {
		while (this.#rest.length === 0) {
			const next = await this.#pieces.next();
			if (next.done === true) throw new AdviceError("The backup is cut short: use another copy of it.");
			this.#rest = next.value;
		}
		const piece = this.#rest.subarray(0, most);
		this.#rest = this.#rest.subarray(piece.length);
		this.#hash.update(piece);
		return piece;
	}
}
