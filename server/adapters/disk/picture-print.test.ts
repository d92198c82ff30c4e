import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PicturePrint, readPrints } from "./picture-print.ts";
import { scene } from "./testing-scene.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "prints-"));
});
afterAll(() => rm(folder, { recursive: true }));

const DETAIL = 50;
let count = 0;
async function prints(content: Buffer): Promise<PicturePrint[]> {
	const path = join(folder, String(count++));
	await writeFile(path, content);
	return await readPrints(path, DETAIL);
}

function differ(a: PicturePrint | undefined, b: PicturePrint | undefined): number {
	let different = BigInt(`0x${a?.bits}`) ^ BigInt(`0x${b?.bits}`);
	let bits = 0;
	for (; different > 0n; different &= different - 1n) bits += 1;
	return bits;
}

/** As pictures are compared: the whole of each against all parts of the other. */
function nearest(a: PicturePrint[], b: PicturePrint[]): number {
	return Math.min(...a.flatMap((one) => b.flatMap((two) => (one.part && two.part ? [] : differ(one, two)))));
}

const seed = fc.integer({ min: 1, max: 1_000_000 });

describe("the print of a picture", () => {
	test("is nearly the same when it was made smaller, saved badly, or its colours were taken out", async () => {
		await fc.assert(
			fc.asyncProperty(
				seed,
				fc.integer({ min: 30, max: 90 }),
				fc.integer({ min: 200, max: 640 }),
				async (n, quality, width) => {
					const original = await scene(n);
					const copy = await sharp(original)
						.greyscale(n % 2 === 0)
						.resize(width)
						.jpeg({ quality })
						.toBuffer();
					const [[a], [b]] = await Promise.all([prints(original), prints(copy)]);
					expect(differ(a, b)).toBeLessThanOrEqual(31);
				},
			),
			{ numRuns: 25, seed: 16 },
		);
	});

	test("is near to that of a part when edges were cut off", async () => {
		const cut = fc.integer({ min: 0, max: 4 });
		await fc.assert(
			fc.asyncProperty(seed, cut, cut, async (n, across, down) => {
				const original = await scene(n);
				const { width, height } = await sharp(original).metadata();
				const [left, top] = [Math.round((width * across) / 100), Math.round((height * down) / 100)];
				const copy = await sharp(original)
					.extract({ left, top, width: width - 2 * left, height: height - 2 * top })
					.jpeg({ quality: 75 })
					.toBuffer();
				expect(nearest(await prints(original), await prints(copy))).toBeLessThanOrEqual(45);
			}),
			{ numRuns: 25, seed: 16 },
		);
	});

	test("is far from that of another picture", async () => {
		await fc.assert(
			fc.asyncProperty(seed, seed, async (n, m) => {
				fc.pre(n !== m);
				const [a, b] = await Promise.all([scene(n).then(prints), scene(m).then(prints)]);
				expect(nearest(a, b)).toBeGreaterThan(60);
			}),
			{ numRuns: 40, seed: 16 },
		);
	});

	test("is there for a picture lying on its side as for the upright one", async () => {
		const original = await scene(7);
		const lying = await sharp(original).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		const [[a], [b]] = await Promise.all([prints(original), prints(lying)]);
		expect(differ(a, b)).toBeLessThanOrEqual(31);
	});

	test("isn't made of what shows next to nothing, nor of what can't be decoded", async () => {
		const plain = sharp({ create: { width: 400, height: 300, channels: 3, background: "white" } });
		expect(await prints(await plain.jpeg().toBuffer())).toEqual([]);
		expect(await prints(Buffer.from("not a picture"))).toEqual([]);
		expect(await prints((await scene(3)).subarray(0, 200))).toEqual([]);
	});
});
