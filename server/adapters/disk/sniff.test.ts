import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sniffUpload } from "./sniff.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sniff-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function sniff(content: Buffer | string, bounds?: Parameters<typeof sniffUpload>[1]) {
	const path = join(folder, "upload");
	await writeFile(path, content);
	return sniffUpload(path, bounds);
}

const bytes = (...parts: (string | number[])[]) =>
	Buffer.concat([
		...parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
		Buffer.alloc(600),
	]);
const ftyp = (brand: string) => bytes([0, 0, 0, 20], "ftyp", brand, [0, 0, 0, 0], brand);
const ogg = (codec: string) => bytes("OggS", new Array<number>(24).fill(0), codec);
const webm = bytes(
	Buffer.from(
		"1a45dfa3a34286810142f7810142f2810442f381084282847765626d42878102428581021853806701",
		"hex",
	).toString("latin1"),
);

/** A zip archive of files stored as they are. */
function zip(files: Record<string, string>): Buffer {
	const parts = Object.entries(files).map(([name, text]) => {
		const [nameBytes, content] = [Buffer.from(name), Buffer.from(text)];
		const head = Buffer.alloc(30);
		head.writeUInt32LE(0x04034b50, 0);
		head.writeUInt16LE(20, 4);
		head.writeUInt32LE(crc32(content), 14);
		head.writeUInt32LE(content.length, 18);
		head.writeUInt32LE(content.length, 22);
		head.writeUInt16LE(nameBytes.length, 26);
		return Buffer.concat([head, nameBytes, content]);
	});
	return Buffer.concat(parts);
}

function office(mainType: string): Buffer {
	const type = `application/vnd.openxmlformats-officedocument.${mainType}.main+xml`;
	return zip({
		"[Content_Types].xml": `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${type}"/></Types>`,
		"main.xml": "<x/>",
	});
}

const picture = () => sharp({ create: { width: 4, height: 3, channels: 3, background: "red" } });
const gpx = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- van 7 -->\n<gpx version="1.1"><trk/></gpx>';
const gb = (hex: string) => Buffer.from(hex, "hex");
/** 投诉 in GB 18030. */
const complaint = "cdb6cbdf";

describe("sniffing an upload", () => {
	test.each<[string, () => Buffer | string | Promise<Buffer>, string, string]>([
		["JPEG", () => picture().jpeg().toBuffer(), "image/jpeg", "image"],
		["PNG", () => picture().png().toBuffer(), "image/png", "image"],
		["WebP", () => picture().webp().toBuffer(), "image/webp", "image"],
		["GIF", () => picture().gif().toBuffer(), "image/gif", "image"],
		["HEIC", () => ftyp("heic"), "image/heic", "image"],
		["HEIC by its general brand", () => ftyp("mif1"), "image/heif", "image"],
		["MP4", () => ftyp("isom"), "video/mp4", "video"],
		["MOV", () => ftyp("qt  "), "video/quicktime", "video"],
		["WebM", () => webm, "video/webm", "video"],
		["MP3", () => bytes("ID3", [4, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64]), "audio/mpeg", "audio"],
		["M4A", () => ftyp("M4A "), "audio/x-m4a", "audio"],
		["WAV", () => bytes("RIFF", [0, 0, 0, 0], "WAVEfmt "), "audio/wav", "audio"],
		["OGG Vorbis", () => ogg("\u0001vorbis"), "audio/ogg", "audio"],
		["OGG Opus", () => ogg("OpusHead"), "audio/ogg", "audio"],
		["AMR", () => bytes("#!AMR\n"), "audio/amr", "audio"],
		["AAC", () => bytes([0xff, 0xf1, 0x50, 0x80]), "audio/aac", "audio"],
		["PDF", () => "%PDF-1.7\n%x", "application/pdf", "document"],
		[
			"DOCX",
			() => office("wordprocessingml.document"),
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"document",
		],
		[
			"XLSX",
			() => office("spreadsheetml.sheet"),
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			"document",
		],
		["GPX", () => gpx, "application/gpx+xml", "track"],
		["GPX without declaration", () => '\ufeff<gpx version="1.1"></gpx>', "application/gpx+xml", "track"],
		["JSON", () => '{"waybill":"SF1","lost":true}\n', "application/json", "text"],
		["CSV", () => '运单,原因\nSF1,"丢了, 三天"\nSF2,破损\n', "text/csv", "text"],
		["text", () => "快递三天没有到。\n客服不接电话，请处理。", "text/plain", "text"],
		["text with a bracket", () => "[补充] 司机拒载", "text/plain", "text"],
	])("%s is taken", async (_name, content, mime, kind) => {
		expect(await sniff(await content())).toMatchObject({ ok: true, mime, kind });
	});

	test("text says which character set it is in", async () => {
		expect(await sniff("投诉")).toMatchObject({ ok: true, charset: "utf-8" });
		expect(await sniff(gb(`${complaint}0a${complaint}`))).toMatchObject({
			ok: true,
			mime: "text/plain",
			charset: "gb18030",
		});
		expect(await sniff(Buffer.from("\ufeff投诉", "utf16le"))).toMatchObject({
			ok: true,
			charset: "utf-16le",
		});
	});

	test.each<[string, Buffer | string]>([
		["a web page", "<!DOCTYPE html><script>alert(1)</script>"],
		["a drawing that may carry scripts", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
		["other XML", '<?xml version="1.0"?><order/>'],
		["a web page after a comment", "<!-- gpx --><html></html>"],
		["a program", bytes([0x7f], "ELF", [2, 1, 1, 0])],
		["a Windows program", bytes("MZ")],
		["an archive", zip({ "a.txt": "x" })],
		[
			"a document with macros",
			zip({
				"[Content_Types].xml":
					'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
			}),
		],
		["an AVIF picture", ftyp("avif")],
		["bytes of no kind", Buffer.from([1, 2, 3, 4, 0xff, 0xfe, 0x00])],
	])("%s is not", async (_name, content) => {
		expect(await sniff(content)).toMatchObject({ ok: false, reason: "not-allowed" });
	});

	test("an empty file is told as such", async () => {
		expect(await sniff("")).toMatchObject({ ok: false, reason: "empty" });
	});

	test("each kind has its own bound, the bound itself included", async () => {
		expect(await sniff("x".repeat(100), { text: 100 })).toMatchObject({ ok: true, bytes: 100 });
		expect(await sniff("x".repeat(101), { text: 100 })).toMatchObject({ ok: false, reason: "too-large" });
		expect(await sniff(ftyp("isom"), { video: 100, image: 1e6 })).toMatchObject({
			ok: false,
			reason: "too-large",
		});
	});

	test("markup built to make the detector slow is answered at once", async () => {
		const before = performance.now();
		await sniff("<!---->".repeat(9000));
		await sniff(`<!--${"<!--".repeat(15_000)}`);
		expect(performance.now() - before).toBeLessThan(1000);
	});
});
