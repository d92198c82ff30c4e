import type { Readable } from "node:stream";
import type { Fault } from "./fault.ts";

/** One stored file: its sha256 in lower-case hex is its name, so that equal content is stored once. */
export type StoredEvidence = { sha256: string; bytes: number };

/** Bytes `start` to `end`, counted from 0, both included; without `end`, to the last byte. */
export type ByteRange = { start: number; end?: number };

/** `already`: the same content was there before. */
export type Put = ({ ok: true; already: boolean } & StoredEvidence) | Fault;

/** `bytes` counts what `content` will yield, `total` the whole file. */
export type Opened = { ok: true; content: Readable; bytes: number; total: number } | Fault;

/**
 * Keeps evidence files by their content. It knows nothing of companies or cases: whoever removes a file
 * makes sure first that no other record refers to the same sha256.
 */
export interface EvidenceStore {
	/**
	 * Stores `content`. When it answers `ok` the bytes are durable and have the sha256 given.
	 * Faults: too-large (nothing is kept), interrupted (the stream broke off), full, damaged, and the way there.
	 */
	put(content: AsyncIterable<Uint8Array>, limits: { maxBytes: number }): Promise<Put>;
	/**
	 * Opens a file for reading. Read whole, the stream ends in an error if the bytes no longer have their sha256.
	 * Faults: not-found (also for a malformed name), out-of-range.
	 */
	open(sha256: string, range?: ByteRange): Promise<Opened>;
	/** The size of a file. Fault: not-found. */
	stat(sha256: string): Promise<({ ok: true } & StoredEvidence) | Fault>;
	/** Removes a file; `removed` is false when there was none. */
	remove(sha256: string): Promise<{ ok: true; removed: boolean } | Fault>;
	/** Every stored file, in no promised order. Throws when the store can't be read. */
	list(): AsyncIterable<StoredEvidence>;
}

/** Whether `text` is a sha256 in lower-case hex: the only names a store accepts. */
export function isSha256(text: string): boolean {
	return /^[0-9a-f]{64}$/.test(text);
}
