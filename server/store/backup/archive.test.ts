import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { contentOf, type Entry, readArchive, textEntry, writeArchive } from "./archive.ts";

const entries: Entry[] = [
	textEntry("one.txt", "first"),
	textEntry("empty.txt", ""),
	{ name: "whole-block", size: 512, content: [Buffer.alloc(200, 1), Buffer.alloc(312, 2)] },
	textEntry("chinese.txt", "投诉".repeat(1000)),
];

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
}

async function written(items: readonly Entry[]): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of writeArchive(each(items), (sha256) => textEntry("last", sha256), 1_772_334_450)) {
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** The bytes in pieces of `size`, as a file or a network might give them. */
function pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
	const count = Math.ceil(bytes.length / size);
	return each(Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)));
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<[string, string, string][]> {
	const found: [string, string, string][] = [];
	for await (const entry of readArchive(bytes)) {
		found.push([entry.name, (await contentOf(entry)).toString("latin1"), entry.sha256Before]);
	}
	return found;
}

describe("an archive", () => {
	test.each([1, 7, 512, 100_000])("comes back as it was written, in pieces of %d bytes", async (size) => {
		const bytes = await written(entries);
		const found = await read(pieces(bytes, size));
		expect(found.map(([name]) => name)).toEqual([
			"one.txt",
			"empty.txt",
			"whole-block",
			"chinese.txt",
			"last",
		]);
		expect(Buffer.from(found[3]![1], "latin1").toString()).toBe("投诉".repeat(1000));
		expect(found[2]![1]).toHaveLength(512);
	});

	test("vouches at its end for every byte before", async () => {
		const bytes = await written(entries);
		const [, sum, before] = (await read(pieces(bytes, 999))).at(-1)!;
		const upTo = bytes.length - 4 * 512; // the last heading, its content, and two blocks of zeros
		expect(sum).toBe(createHash("sha256").update(bytes.subarray(0, upTo)).digest("hex"));
		expect(before).toBe(sum);
	});

	test("is passed over where its content is not wanted", async () => {
		const names: string[] = [];
		for await (const entry of readArchive(pieces(await written(entries), 100))) names.push(entry.name);
		expect(names).toHaveLength(5);
	});

	test("is a tar", async () => {
		const listed = spawnSync("tar", ["tf", "-"], { input: await written(entries) });
		expect(listed.stdout.toString().trim().split("\n")).toEqual([
			"one.txt",
			"empty.txt",
			"whole-block",
			"chinese.txt",
			"last",
		]);
	});

	test("that is cut short, or is something else, is refused", async () => {
		const bytes = await written(entries);
		await expect(read(pieces(bytes.subarray(0, 1600), 512))).rejects.toThrow("The backup is cut short");
		await expect(read(pieces(Buffer.alloc(2048, "x"), 512))).rejects.toThrow("This file is not a backup");
		bytes[130] = 0x39; // a size of which the heading's sum knows nothing
		await expect(read(pieces(bytes, 512))).rejects.toThrow("heading can't be read");
	});

	test("holds sizes from 8 GiB on", async () => {
		const size = 9 * 1024 ** 3;
		const writing = writeArchive(each([{ name: "film", size, content: [] }]), () => textEntry("last", ""), 0);
		const heading = (await writing.next()).value as Uint8Array;
		const { value } = await readArchive(each([heading])).next();
		expect(value).toMatchObject({ name: "film", size });
	});

	test("is not finished with content that isn't as long as was said", async () => {
		await expect(written([{ name: "short", size: 10, content: [Buffer.alloc(9)] }])).rejects.toThrow(
			"9 bytes where 10",
		);
	});
});
