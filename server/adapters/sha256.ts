import { createHash } from "node:crypto";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The sha256 of a stream in lower-case hex, and its length in bytes. Throws what the stream throws. */
export async function sha256Of(
	content: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; bytes: number }> {
	const hash = createHash("sha256");
	let bytes = 0;
	for await (const chunk of content) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { sha256: hash.digest("hex"), bytes };
}

/** Passes `content` on and ends in an error when, read to the end, it doesn't have the sha256 expected. */
export function verified(content: Readable, sha256: string): Readable {
	const hash = createHash("sha256");
	const check = new Transform({
		transform(chunk, _encoding, done) {
			hash.update(chunk);
			done(null, chunk);
		},
		flush(done) {
			const found = hash.digest("hex");
			done(
				found === sha256 ? null : new Error(`evidence ${sha256} is damaged: its bytes have sha256 ${found}`),
			);
		},
	});
	// The reader sees a failure as the error of `check`; pipeline's own promise would only repeat it.
	pipeline(content, check).catch(() => {});
	return check;
}
