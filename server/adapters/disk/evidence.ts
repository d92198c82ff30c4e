import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ByteRange, EvidenceStore, Opened, Put, StoredEvidence } from "#server/ports/evidence-store.ts";
import { isSha256 } from "#server/ports/evidence-store.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
import { verified } from "../sha256.ts";
import { diskFault, receive } from "./receive.ts";

const incoming = "incoming";

/**
 * Evidence as files under `folder`, at `ab/cd/<sha256>`. `folder` belongs in the data folder, outside anything a web
 * server serves by path. A file takes its place only after it has reached the disk: temporary file, fsync, rename,
 * fsync of the folder.
 */
export function diskEvidence(folder: string): EvidenceStore {
	const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
	return {
		put: (content, { maxBytes }) => put(folder, placeOf, content, maxBytes),
		open: (sha256, range) => openFile(placeOf, sha256, range),
		async stat(sha256) {
			const bytes = await sizeOf(placeOf, sha256);
			return bytes === null ? missing(sha256) : { ok: true, sha256, bytes };
		},
		async remove(sha256) {
			if ((await sizeOf(placeOf, sha256)) === null) return { ok: true, removed: false };
			try {
				await rm(placeOf(sha256), { force: true });
				await syncFolder(dirname(placeOf(sha256)));
				return { ok: true, removed: true };
			} catch (error) {
				return diskFault(error);
			}
		},
		list: () => list(folder),
	};
}

/** Removes uploads that a crash left half-received before the instant `before`; answers how many. */
export async function clearIncoming(folder: string, before: string): Promise<number> {
	let removed = 0;
	for (const name of await namesIn(join(folder, incoming))) {
		const path = join(folder, incoming, name);
		if ((await stat(path)).mtimeMs >= Date.parse(before)) continue;
		await rm(path, { force: true });
		removed += 1;
	}
	return removed;
}

type PlaceOf = (sha256: string) => string;

async function put(
	folder: string,
	placeOf: PlaceOf,
	content: AsyncIterable<Uint8Array>,
	maxBytes: number,
): Promise<Put> {
	const received = await receive(content, join(folder, incoming), maxBytes);
	if (!received.ok) return received;
	const { path, sha256, bytes } = received;
	try {
		const already = (await sizeOf(placeOf, sha256)) === bytes;
		if (already) await rm(path);
		else await takePlace(path, placeOf(sha256));
		await syncUpwards(dirname(placeOf(sha256)), folder);
		return { ok: true, sha256, bytes, already };
	} catch (error) {
		await rm(path, { force: true }).catch(() => {}); // the first error says more
		return diskFault(error);
	}
}

async function takePlace(from: string, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true, mode: 0o700 });
	await rename(from, to);
}

/** Syncs the file's folder and those above it: one of them may be new, made by this upload or by one beside it. */
async function syncUpwards(leaf: string, folder: string): Promise<void> {
	for (const one of [leaf, dirname(leaf), folder]) await syncFolder(one);
}

async function openFile(placeOf: PlaceOf, sha256: string, range: ByteRange | undefined): Promise<Opened> {
	const total = await sizeOf(placeOf, sha256);
	if (total === null) return missing(sha256);
	if (range === undefined) {
		return { ok: true, content: verified(createReadStream(placeOf(sha256)), sha256), bytes: total, total };
	}
	const span = spanOf(range, total);
	if (span === null) return fault("out-of-range", `the file has ${total} bytes`);
	return {
		ok: true,
		content: createReadStream(placeOf(sha256), span),
		bytes: span.end - span.start + 1,
		total,
	};
}

/** The range cut to the file's length, both ends included; null when it holds no byte. */
export function spanOf({ start, end }: ByteRange, total: number): { start: number; end: number } | null {
	const last = Math.min(end ?? total - 1, total - 1);
	return start < 0 || start > last ? null : { start, end: last };
}

async function* list(folder: string): AsyncGenerator<StoredEvidence> {
	for (const first of await namesIn(folder)) {
		if (!/^[0-9a-f]{2}$/.test(first)) continue;
		for (const second of await namesIn(join(folder, first))) {
			for (const sha256 of await namesIn(join(folder, first, second))) {
				if (!isSha256(sha256)) continue;
				yield { sha256, bytes: (await stat(join(folder, first, second, sha256))).size };
			}
		}
	}
}

async function sizeOf(placeOf: PlaceOf, sha256: string): Promise<number | null> {
	if (!isSha256(sha256)) return null;
	const found = await stat(placeOf(sha256)).catch(absent);
	return found?.isFile() ? found.size : null;
}

async function namesIn(folder: string): Promise<string[]> {
	return (await readdir(folder).catch(absent)) ?? [];
}

function absent(error: NodeJS.ErrnoException): null {
	if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
	throw error;
}

function missing(sha256: string): Fault {
	return fault(
		"not-found",
		isSha256(sha256) ? `no evidence ${sha256}` : "evidence is named by 64 hex digits",
	);
}

/** Makes a rename or removal survive a power cut. Windows can't open folders and orders them itself. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === "win32") return;
	const handle = await open(folder, "r");
	await handle.sync().finally(() => handle.close());
}
