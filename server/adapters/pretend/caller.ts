import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { bindProblem, type Caller } from "#server/ports/caller.ts";
import type { Clock } from "#server/ports/clock.ts";
import { fault } from "#server/ports/fault.ts";

/** A line that would have been bound. */
export type PretendLine = { ref: string; number: string; expiresAt: string };

/**
 * Lends numbers that ring nowhere. The same case and the same two people get the same number, so that
 * demonstrations repeat. `lines` shows what is bound now.
 */
export function pretendCaller(clock: Clock): Caller & { lines(): PretendLine[] } {
	const held = new Map<string, PretendLine>();
	return {
		pretend: true,
		async recording({ id }) {
			return { ok: true, content: Readable.from([tone(id)]) };
		},
		async bind(request) {
			const problem = bindProblem(request);
			if (problem !== null) return fault("refused", problem);
			const digest = createHash("sha256")
				.update(JSON.stringify([request.ref, request.from, request.to]))
				.digest();
			const number = `170${String(digest.readUInt32BE(0) % 1e8).padStart(8, "0")}`;
			const end = Temporal.Instant.from(clock()).add({ minutes: request.minutes });
			const line = { number, expiresAt: end.toString({ fractionalSecondDigits: 3 }) };
			const binding = `pretend-${digest.toString("hex", 4, 12)}`;
			held.set(binding, { ref: request.ref, ...line });
			return { ok: true, ...line, binding };
		},
		async release(binding) {
			held.delete(binding);
			return { ok: true };
		},
		lines: () => [...held.values()],
	};
}

const RATE = 8_000;

/** A second of a tone that only this call has, as WAV: there was nobody to record. */
function tone(id: string): Buffer {
	const pitch = 300 + (createHash("sha256").update(id).digest().readUInt16BE(0) % 3_000) / 10;
	const head = Buffer.alloc(44);
	head.write("RIFF", 0);
	head.writeUInt32LE(36 + RATE * 2, 4);
	head.write("WAVEfmt ", 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20); // plain samples
	head.writeUInt16LE(1, 22); // one channel
	head.writeUInt32LE(RATE, 24);
	head.writeUInt32LE(RATE * 2, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write("data", 36);
	head.writeUInt32LE(RATE * 2, 40);
	const samples = Buffer.alloc(RATE * 2);
	for (let n = 0; n < RATE; n += 1)
		samples.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * pitch * n) / RATE)), n * 2);
	return Buffer.concat([head, samples]);
}
