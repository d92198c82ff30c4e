import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Exif } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPhoto } from "./photo.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "photo-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: Buffer, limits?: Parameters<typeof readPhoto>[1]) {
	const path = join(folder, "photo");
	await writeFile(path, content);
	return readPhoto(path, limits);
}

const photo = (exif: Exif) =>
	sharp({ create: { width: 40, height: 30, channels: 3, background: "red" } })
		.withExif(exif)
		.jpeg()
		.toBuffer();

const inShanghai: Exif = {
	IFD0: { Make: "HUAWEI", Model: "P60" },
	IFD2: { DateTimeOriginal: "2026:03:01 11:07:30", OffsetTimeOriginal: "+08:00" },
	IFD3: {
		GPSLatitudeRef: "N",
		GPSLatitude: "31/1 13/1 30/1",
		GPSLongitudeRef: "E",
		GPSLongitude: "121/1 28/1 0/1",
	},
};

describe("reading a photo", () => {
	test("its time, place, device and size are told", async () => {
		const result = await read(await photo(inShanghai));
		expect(result).toEqual({
			ok: true,
			width: 40,
			height: 30,
			takenLocal: "2026-03-01T11:07:30",
			takenAt: "2026-03-01T03:07:30.000Z",
			position: { latitude: expect.closeTo(31.225, 6), longitude: expect.closeTo(121.466667, 6) },
			device: "HUAWEI P60",
			...{ satelliteAt: null, digitizedLocal: null, savedLocal: null, software: null, withPosition: [] },
		});
	});

	test("without an offset the wall clock stays, and the satellites' time gives the instant", async () => {
		const local: Exif = { IFD2: { DateTimeOriginal: "2026:03:01 11:07:30" } };
		expect(await read(await photo(local))).toMatchObject({
			takenLocal: "2026-03-01T11:07:30",
			takenAt: null,
		});
		const gps: Exif = { ...local, IFD3: { GPSDateStamp: "2026:03:01", GPSTimeStamp: "3/1 7/1 30/1" } };
		expect(await read(await photo(gps))).toMatchObject({ takenAt: "2026-03-01T03:07:30.000Z" });
	});

	test("its other times, its software and what stands beside the position are told", async () => {
		const full: Exif = {
			IFD0: { DateTime: "2026:03:01 19:00:00", Software: "Adobe Photoshop 25.0" },
			IFD2: { DateTimeOriginal: "2026:03:01 11:07:30", DateTimeDigitized: "2026:03:01 11:07:31" },
			IFD3: {
				...inShanghai.IFD3,
				GPSDateStamp: "2026:03:01",
				GPSTimeStamp: "3/1 7/1 30/1",
				GPSAltitude: "12/1",
			},
		};
		expect(await read(await photo(full))).toMatchObject({
			digitizedLocal: "2026-03-01T11:07:31",
			savedLocal: "2026-03-01T19:00:00",
			satelliteAt: "2026-03-01T03:07:30.000Z",
			software: "Adobe Photoshop 25.0",
			withPosition: expect.arrayContaining(["GPSDateStamp", "GPSTimeStamp", "GPSAltitude"]),
		});
	});

	test("what a camera without clock or fix writes counts as nothing", async () => {
		const blank: Exif = {
			IFD2: { DateTimeOriginal: "0000:00:00 00:00:00", OffsetTimeOriginal: "+08:00" },
			IFD3: {
				GPSLatitudeRef: "N",
				GPSLatitude: "0/1 0/1 0/1",
				GPSLongitudeRef: "E",
				GPSLongitude: "0/1 0/1 0/1",
			},
		};
		expect(await read(await photo(blank))).toMatchObject({
			ok: true,
			takenLocal: null,
			takenAt: null,
			position: null,
		});
	});

	test("a picture that says nothing of itself still has a size, also turned upright", async () => {
		const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: "red" } });
		expect(await read(await plain.clone().png().toBuffer())).toMatchObject({
			width: 40,
			height: 30,
			device: null,
		});
		const turned = await plain.withMetadata({ orientation: 6 }).jpeg().toBuffer();
		expect(await read(turned)).toMatchObject({ width: 30, height: 40 });
	});

	test("a few bytes that would unfold into billions of pixels are refused unread", async () => {
		expect(await read(pngOf(60_000, 60_000))).toMatchObject({ ok: false, reason: "too-many-pixels" });
		expect(await read(pngOf(10, 10))).toMatchObject({ ok: true, width: 10 });
		expect(await read(pngOf(10, 10), { maxBytes: 1e6, maxPixels: 99 })).toMatchObject({
			reason: "too-many-pixels",
		});
	});

	test("what isn't a picture, and what is too large to read, are faults as values", async () => {
		expect(await read(Buffer.from("not a picture"))).toMatchObject({ ok: false, reason: "unreadable" });
		expect(
			await read(Buffer.from('<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"/>')),
		).toMatchObject({
			ok: false,
			reason: "unreadable",
		});
		const cut = (await photo(inShanghai)).subarray(0, 60);
		expect(await read(cut)).toMatchObject({ ok: false, reason: "unreadable" });
		expect(await read(Buffer.alloc(11), { maxBytes: 10, maxPixels: 99 })).toMatchObject({
			reason: "too-large",
		});
	});
});

/** A PNG whose header claims this size, with next to nothing behind it. */
function pngOf(width: number, height: number): Buffer {
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.length);
		sum.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, sum]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2], 8);
	const parts = [
		chunk("IHDR", head),
		chunk("IDAT", deflateSync(Buffer.alloc(10))),
		chunk("IEND", Buffer.alloc(0)),
	];
	return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}
