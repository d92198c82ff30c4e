import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import {
	DeleteObjectCommand,
	GetObjectCommand,
	HeadObjectCommand,
	PutObjectCommand,
	paginateListObjectsV2,
	S3Client,
	S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ByteRange, EvidenceStore, Opened, Put, StoredEvidence } from "#server/ports/evidence-store.ts";
import { isSha256 } from "#server/ports/evidence-store.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
import { spanOf } from "../disk/evidence.ts";
import { type Received, receive } from "../disk/receive.ts";
import { sha256Of, verified } from "../sha256.ts";

export type S3Settings = {
	/** Leave out for AWS itself; give the address of any other S3-compatible store. */
	endpoint?: string;
	region: string;
	bucket: string;
	/** Put before every key, e.g. `evidence/`. */
	prefix: string;
	accessKeyId: string;
	secretAccessKey: string;
	/** Bucket in the path rather than in the host name; most stores other than AWS want it. */
	pathStyle: boolean;
	/** A local folder for files on their way: they are hashed and measured before they leave. */
	scratch: string;
	/** Longest silence of the other side before giving up. */
	timeoutMs: number;
};

type Bucket = { client: S3Client; name: string; prefix: string; scratch: string };

/** One PutObject takes no more than 5 GiB (Amazon S3 user guide, "Uploading objects"). */
const maxObjectBytes = 5 * 1024 ** 3;

/**
 * Evidence in an S3 bucket, at `<prefix>ab/cd/<sha256>`. Every file is read back after writing and its sha256 compared,
 * and the SDK's own checksums are off: with them, streamed uploads reached some stores with chunk marks inside.
 */
export function s3Evidence(settings: S3Settings): EvidenceStore {
	const bucket: Bucket = {
		client: clientOf(settings),
		name: settings.bucket,
		prefix: settings.prefix,
		scratch: settings.scratch,
	};
	return {
		put: (content, { maxBytes }) => put(bucket, content, maxBytes),
		open: (sha256, range) => openObject(bucket, sha256, range),
		async stat(sha256) {
			const size = await sizeOf(bucket, sha256);
			return size.ok ? { ok: true, sha256, bytes: size.bytes } : size;
		},
		remove: (sha256) => remove(bucket, sha256),
		list: () => list(bucket),
	};
}

/** Faults are told as values; the SDK's own warnings on the console would only repeat them without context. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function clientOf(settings: S3Settings): S3Client {
	return new S3Client({
		...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
		region: settings.region,
		credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
		forcePathStyle: settings.pathStyle,
		requestChecksumCalculation: "WHEN_REQUIRED",
		responseChecksumValidation: "WHEN_REQUIRED",
		logger: silent,
		requestHandler: { connectionTimeout: settings.timeoutMs, socketTimeout: settings.timeoutMs },
	});
}

async function put(bucket: Bucket, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Put> {
	const received = await receive(content, bucket.scratch, Math.min(maxBytes, maxObjectBytes));
	if (!received.ok) return received;
	try {
		return await upload(bucket, received);
	} finally {
		await rm(received.path, { force: true });
	}
}

async function upload(bucket: Bucket, received: Received): Promise<Put> {
	const { sha256, bytes } = received;
	if (await holds(bucket, received)) return { ok: true, sha256, bytes, already: true };
	const body = createReadStream(received.path);
	const command = new PutObjectCommand({ ...at(bucket, sha256), Body: body, ContentLength: bytes });
	const sent = await attempt(() => bucket.client.send(command));
	body.destroy();
	if (!sent.ok) return sent;
	if (await holds(bucket, received)) return { ok: true, sha256, bytes, already: false };
	await remove(bucket, sha256);
	return fault("damaged", `evidence ${sha256} could not be read back from ${bucket.name} as it was written`);
}

/** Whether the bucket has exactly these bytes: size first, then the hash of what is read back. */
async function holds(bucket: Bucket, { sha256, bytes }: Received): Promise<boolean> {
	const size = await sizeOf(bucket, sha256);
	if (!size.ok || size.bytes !== bytes) return false;
	const found = await attempt(async () => {
		const answer = await bucket.client.send(new GetObjectCommand(at(bucket, sha256)));
		return sha256Of(answer.Body as Readable);
	});
	return found.ok && found.value.sha256 === sha256;
}

async function openObject(bucket: Bucket, sha256: string, range: ByteRange | undefined): Promise<Opened> {
	const size = await sizeOf(bucket, sha256);
	if (!size.ok) return size;
	const total = size.bytes;
	const span = range === undefined ? undefined : spanOf(range, total);
	if (span === null) return fault("out-of-range", `the file has ${total} bytes`);
	const part = span === undefined ? {} : { Range: `bytes=${span.start}-${span.end}` };
	const answer = await attempt(() =>
		bucket.client.send(new GetObjectCommand({ ...at(bucket, sha256), ...part })),
	);
	if (!answer.ok) return answer;
	const content = answer.value.Body as Readable;
	if (span === undefined) return { ok: true, content: verified(content, sha256), bytes: total, total };
	return { ok: true, content, bytes: span.end - span.start + 1, total };
}

async function remove(bucket: Bucket, sha256: string): Promise<{ ok: true; removed: boolean } | Fault> {
	const size = await sizeOf(bucket, sha256);
	if (!size.ok) return size.reason === "not-found" ? { ok: true, removed: false } : size;
	const removed = await attempt(() => bucket.client.send(new DeleteObjectCommand(at(bucket, sha256))));
	return removed.ok ? { ok: true, removed: true } : removed;
}

async function* list(bucket: Bucket): AsyncGenerator<StoredEvidence> {
	const pages = paginateListObjectsV2(
		{ client: bucket.client },
		{ Bucket: bucket.name, Prefix: bucket.prefix },
	);
	for await (const page of pages) {
		for (const { Key = "", Size = 0 } of page.Contents ?? []) {
			const sha256 = Key.slice(Key.lastIndexOf("/") + 1);
			if (isSha256(sha256) && keyOf(bucket, sha256) === Key) yield { sha256, bytes: Size };
		}
	}
}

async function sizeOf(bucket: Bucket, sha256: string): Promise<{ ok: true; bytes: number } | Fault> {
	if (!isSha256(sha256)) return fault("not-found", "evidence is named by 64 hex digits");
	const head = await attempt(() => bucket.client.send(new HeadObjectCommand(at(bucket, sha256))));
	return head.ok ? { ok: true, bytes: head.value.ContentLength ?? 0 } : head;
}

function keyOf(bucket: Bucket, sha256: string): string {
	return `${bucket.prefix}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

function at(bucket: Bucket, sha256: string): { Bucket: string; Key: string } {
	return { Bucket: bucket.name, Key: keyOf(bucket, sha256) };
}

async function attempt<T>(ask: () => Promise<T>): Promise<{ ok: true; value: T } | Fault> {
	try {
		return { ok: true, value: await ask() };
	} catch (error) {
		return faultOf(error);
	}
}

/** The SDK's error as a fault. Only its name and status are told: its message may quote the access key. */
function faultOf(error: unknown): Fault {
	if (!(error instanceof Error)) throw error;
	const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
	if (!(error instanceof S3ServiceException)) {
		if (/timeout|ETIMEDOUT/i.test(error.name + code)) return fault("timeout", `the evidence bucket: ${code}`);
		return fault("unreachable", `the evidence bucket: ${code}`);
	}
	const status = error.$metadata.httpStatusCode ?? 0;
	const detail = `the evidence bucket answered ${status} ${error.name}`;
	if (error.name === "NoSuchBucket") return fault("misconfigured", detail);
	if (status === 404) return fault("not-found", detail);
	if (status === 429 || error.name === "SlowDown") return fault("throttled", detail);
	if (status >= 500) return fault("unreachable", detail);
	if (status === 507 || error.name === "QuotaExceeded") return fault("full", detail);
	return fault("misconfigured", detail);
}
