import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, fault } from "#server/ports/fault.ts";

/** A file in the scratch folder that has reached the disk; whoever asked for it moves or removes it. */
export type Received = { path: string; sha256: string; bytes: number };

/**
 * Writes `content` into a new file of `folder` (made if need be, readable by this user alone), hashing on the way,
 * and syncs it to disk. On a fault nothing is left behind.
 * Faults: too-large, interrupted (the content broke off), full, misconfigured (the folder can't be written).
 */
export async function receive(
	content: AsyncIterable<Uint8Array>,
	folder: string,
	maxBytes: number,
): Promise<({ ok: true } & Received) | Fault> {
	const path = join(folder, randomUUID());
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const file = await open(path, "wx", 0o600);
		const written = await write(content, file, maxBytes).finally(() => file.close());
		if (!written.ok) await rm(path, { force: true });
		return written.ok ? { ...written, path } : written;
	} catch (error) {
		await rm(path, { force: true }).catch(() => {}); // the first error says more
		return diskFault(error);
	}
}

async function write(content: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number) {
	const hash = createHash("sha256");
	const chunks = content[Symbol.asyncIterator]();
	let bytes = 0;
	for (;;) {
		const next = await chunks.next().catch(() => null);
		if (next === null) return fault("interrupted", `the upload broke off after ${bytes} bytes`);
		if (next.done) break;
		bytes += next.value.length;
		if (bytes > maxBytes) {
			await chunks.return?.();
			return fault("too-large", `the file is larger than the ${maxBytes} bytes allowed`);
		}
		hash.update(next.value);
		await writeAll(file, next.value);
	}
	await file.sync();
	return { ok: true as const, sha256: hash.digest("hex"), bytes };
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
	for (let offset = 0; offset < chunk.length; ) {
		offset += (await file.write(chunk, offset)).bytesWritten;
	}
}

/** The disk's error as a fault; one that isn't about room or rights is a broken world and is thrown. */
export function diskFault(error: unknown): Fault {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code === "ENOSPC" || code === "EDQUOT") return fault("full", "no room left on the disk for evidence");
	if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code)) {
		return fault(
			"misconfigured",
			`the evidence folder can't be written (${code}): check its path, owner and rights`,
		);
	}
	throw error;
}
