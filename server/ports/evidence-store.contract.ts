import { createHash, randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EvidenceStore } from "./evidence-store.ts";

export type EvidenceStoreUnderTest = {
	store: EvidenceStore;
	/** Changes the stored bytes of a file behind the store's back, keeping their number. */
	damage(sha256: string): Promise<void>;
	/** Names of half-received files lying about. */
	leftovers(): Promise<string[]>;
	close(): Promise<void>;
};

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

async function* pieces(content: Buffer, size = 65_536): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function* breakingOff(): AsyncGenerator<Uint8Array> {
	yield Buffer.from("the first half");
	throw new Error("client went away");
}

/** What every evidence store keeps to. `open` gives a fresh, empty store. */
export function evidenceStoreContract(name: string, open: () => Promise<EvidenceStoreUnderTest>): void {
	describe(`evidence store: ${name}`, () => {
		let under: EvidenceStoreUnderTest;
		const listed = async () => {
			const names: string[] = [];
			for await (const one of under.store.list()) names.push(one.sha256);
			return names.sort();
		};
		const put = (content: Buffer, maxBytes = 10_000_000) => under.store.put(pieces(content), { maxBytes });
		const read = async (name: string, range?: { start: number; end?: number }) => {
			const opened = await under.store.open(name, range);
			if (!opened.ok) throw new Error(opened.detail);
			return { ...opened, content: await buffer(opened.content) };
		};

		beforeEach(async () => {
			under = await open();
		});
		afterEach(() => under.close());

		test("what is put comes back byte for byte, under its sha256", async () => {
			const content = randomBytes(3_000_001);
			expect(await put(content)).toEqual({
				ok: true,
				sha256: sha256(content),
				bytes: content.length,
				already: false,
			});
			const back = await read(sha256(content));
			expect(back).toMatchObject({ bytes: content.length, total: content.length });
			expect(back.content.equals(content)).toBe(true);
			expect(await under.store.stat(sha256(content))).toEqual({
				ok: true,
				sha256: sha256(content),
				bytes: content.length,
			});
		});

		test("the same content is stored once, also when it comes twice at the same time", async () => {
			const content = randomBytes(200_000);
			const both = await Promise.all([put(content), put(content)]);
			const third = await put(content);
			expect(both.every((result) => result.ok)).toBe(true);
			expect(third).toMatchObject({ ok: true, already: true, sha256: sha256(content) });
			expect(await listed()).toEqual([sha256(content)]);
			expect(await under.leftovers()).toEqual([]);
		});

		test("an empty file is a file", async () => {
			const none = Buffer.alloc(0);
			expect(await put(none)).toMatchObject({ ok: true, bytes: 0 });
			expect((await read(sha256(none))).content).toHaveLength(0);
		});

		test("a file as large as allowed is taken, one byte more is refused and leaves nothing", async () => {
			const content = randomBytes(100_000);
			expect(await put(content, 99_999)).toMatchObject({ ok: false, reason: "too-large", retry: false });
			expect(await listed()).toEqual([]);
			expect(await under.leftovers()).toEqual([]);
			expect(await put(content, 100_000)).toMatchObject({ ok: true });
		});

		test("an upload that breaks off leaves nothing and may be tried again", async () => {
			const result = await under.store.put(breakingOff(), { maxBytes: 1000 });
			expect(result).toMatchObject({ ok: false, reason: "interrupted", retry: true });
			expect(await listed()).toEqual([]);
			expect(await under.leftovers()).toEqual([]);
		});

		test("a part can be read", async () => {
			const content = Buffer.from("0123456789");
			await put(content);
			const name = sha256(content);
			expect(await read(name, { start: 2, end: 4 })).toMatchObject({
				bytes: 3,
				total: 10,
				content: Buffer.from("234"),
			});
			expect((await read(name, { start: 7 })).content.toString()).toBe("789");
			expect((await read(name, { start: 8, end: 99 })).content.toString()).toBe("89");
			expect(await under.store.open(name, { start: 10 })).toMatchObject({
				ok: false,
				reason: "out-of-range",
			});
			expect(await under.store.open(name, { start: 5, end: 4 })).toMatchObject({
				ok: false,
				reason: "out-of-range",
			});
		});

		test("what was never put, and what is no sha256, is not found", async () => {
			for (const name of ["0".repeat(64), "A".repeat(64), "../../../etc/passwd", "", `${"0".repeat(62)}/x`]) {
				expect(await under.store.open(name)).toMatchObject({ ok: false, reason: "not-found" });
				expect(await under.store.stat(name)).toMatchObject({ ok: false, reason: "not-found" });
				expect(await under.store.remove(name)).toEqual({ ok: true, removed: false });
			}
		});

		test("what is removed is gone, and the rest stays", async () => {
			const [kept, gone] = [Buffer.from("kept"), Buffer.from("gone")];
			await put(kept);
			await put(gone);
			expect(await listed()).toEqual([sha256(kept), sha256(gone)].sort());
			expect(await under.store.remove(sha256(gone))).toEqual({ ok: true, removed: true });
			expect(await under.store.remove(sha256(gone))).toEqual({ ok: true, removed: false });
			expect(await under.store.stat(sha256(gone))).toMatchObject({ ok: false, reason: "not-found" });
			expect(await listed()).toEqual([sha256(kept)]);
		});

		test("bytes altered behind the store's back are not handed out as whole", async () => {
			const content = randomBytes(50_000);
			await put(content);
			await under.damage(sha256(content));
			await expect(read(sha256(content))).rejects.toThrow(/damaged/);
		});
	});
}
