import type { Asked, TestEdge } from "./testing.ts";

/** For tests: files sent piece by piece, as the phones send them. */

const TUS = { "tus-resumable": "1.0.0" };

/** Begins an upload with this metadata. */
export async function beginUpload(
	edge: TestEdge,
	who: string,
	metadata: Record<string, string>,
	length: number,
): Promise<Asked> {
	const pairs = Object.entries(metadata).map(
		([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`,
	);
	return await edge.ask(who, "POST", "/api/uploads", undefined, {
		...TUS,
		"upload-length": String(length),
		"upload-metadata": pairs.join(","),
	});
}

/** The next piece of an upload. */
export async function sendPiece(
	edge: TestEdge,
	who: string,
	url: string,
	offset: number,
	bytes: Buffer,
): Promise<Asked> {
	return await edge.ask(who, "PATCH", url, bytes, {
		...TUS,
		"upload-offset": String(offset),
		"content-type": "application/offset+octet-stream",
	});
}

/** The photo of something noted on an order, sent whole. */
export async function sendActFile(
	edge: TestEdge,
	who: string,
	{ number, act }: { number: string; act: string },
	bytes: Buffer,
): Promise<Asked> {
	const begun = await beginUpload(edge, who, { order: number }, bytes.length);
	const url = String(begun.headers.location);
	await sendPiece(edge, who, url, 0, bytes);
	return await edge.ask(who, "POST", `/api/mine/orders/${number}/acts/${act}/file`, {
		upload: url.slice(url.lastIndexOf("/") + 1),
	});
}
