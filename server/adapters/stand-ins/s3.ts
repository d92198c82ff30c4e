import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type StandIn } from "./listen.ts";
import { sigV4Problem } from "./sigv4.ts";

export type S3StandIn = StandIn & {
	/** Key to content, without the bucket. */
	objects: Map<string, Buffer>;
	/** Set to have the next request answered with this S3 error code and status. */
	trouble: { code: string; status: number } | null;
	/** Set to leave requests without an answer. */
	mute: boolean;
	/** Set to have the next upload stored with a byte changed, as a faulty store would. */
	spoilNext: boolean;
};

const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * A bucket in memory that speaks the part of the S3 REST API the evidence store uses: PUT, GET with Range, HEAD,
 * DELETE and ListObjectsV2. It checks the Signature Version 4 of every request and refuses chunk-signed uploads.
 */
export async function s3StandIn(settings: {
	bucket: string;
	accessKeyId: string;
	secretAccessKey: string;
	pageSize: number;
}): Promise<S3StandIn> {
	const state: Omit<S3StandIn, keyof StandIn> = {
		objects: new Map(),
		trouble: null,
		mute: false,
		spoilNext: false,
	};
	const server = await listen(async (request, response) => {
		const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
		const content = await buffer(request);
		const signed = { method: request.method ?? "", url, headers: request.headers };
		const problem =
			sigV4Problem(signed, settings.accessKeyId, settings.secretAccessKey) ?? bodyProblem(request, content);
		if (state.mute) return;
		if (state.trouble !== null) {
			const { code, status } = state.trouble;
			state.trouble = null;
			return refuse(response, status, code);
		}
		if (problem !== null) return refuse(response, problem === "NotImplemented" ? 501 : 403, problem);
		const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
		if (bucket !== settings.bucket) return refuse(response, 404, "NoSuchBucket");
		const key = rest.join("/");
		if (key === "") return listObjects(state.objects, url.searchParams, settings.pageSize, response);
		if (request.method === "PUT") return putObject(state, key, content, response);
		return readOrRemove(state.objects, key, request, response);
	});
	return Object.assign(state, server);
}

function bodyProblem(request: IncomingMessage, content: Buffer): string | null {
	if (request.headers["content-encoding"]?.includes("aws-chunked")) return "NotImplemented";
	const told = request.headers["x-amz-content-sha256"];
	if (told === "UNSIGNED-PAYLOAD") return null;
	return told === createHash("sha256").update(content).digest("hex") ? null : "XAmzContentSHA256Mismatch";
}

function refuse(response: ServerResponse, status: number, code: string): void {
	const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
	response.writeHead(status, { "content-type": "application/xml" }).end(body);
}

function putObject(
	state: Pick<S3StandIn, "objects" | "spoilNext">,
	key: string,
	content: Buffer,
	response: ServerResponse,
) {
	if (state.spoilNext) content[0] = (content[0] ?? 0) ^ 1;
	state.spoilNext = false;
	state.objects.set(key, content);
	response.writeHead(200, { etag: '"stored"' }).end();
}

function readOrRemove(
	objects: Map<string, Buffer>,
	key: string,
	request: IncomingMessage,
	response: ServerResponse,
) {
	const content = objects.get(key);
	if (request.method === "DELETE") {
		objects.delete(key);
		return void response.writeHead(204).end();
	}
	if (content === undefined) return refuse(response, 404, "NoSuchKey");
	if (request.method === "HEAD")
		return void response.writeHead(200, { "content-length": content.length }).end();
	const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
	if (range === null) return void response.writeHead(200, { "content-length": content.length }).end(content);
	const part = content.subarray(Number(range[1]), Number(range[2]) + 1);
	if (part.length === 0) return refuse(response, 416, "InvalidRange");
	const where = `bytes ${range[1]}-${range[2]}/${content.length}`;
	response.writeHead(206, { "content-length": part.length, "content-range": where }).end(part);
}

function listObjects(
	objects: Map<string, Buffer>,
	query: URLSearchParams,
	pageSize: number,
	response: ServerResponse,
) {
	if (query.get("list-type") !== "2") return refuse(response, 501, "NotImplemented");
	const after = query.get("continuation-token") ?? "";
	const keys = [...objects.keys()]
		.filter((key) => key.startsWith(query.get("prefix") ?? "") && key > after)
		.sort();
	const page = keys.slice(0, pageSize);
	const contents = page.map(
		(key) => `<Contents><Key>${escapeXml(key)}</Key><Size>${objects.get(key)?.length}</Size></Contents>`,
	);
	const more = keys.length > page.length;
	const next = more ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? "")}</NextContinuationToken>` : "";
	const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
	response.writeHead(200, { "content-type": "application/xml" }).end(body);
}
