import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import { evidenceRoutes } from "./evidence.ts";
import { rangeOf } from "./evidence-download.ts";
import { type Asked, COMPLAINT, formOf, type TestEdge, testEdge } from "./testing.ts";

const MEBI = 1024 * 1024;
let folder: string;
let store: EvidenceStore;
let edge: TestEdge;
let kase: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "redress-evidence-"));
	store = diskEvidence(join(folder, "evidence"));
	edge = await testEdge([evidenceRoutes({ store, uploads: join(folder, "uploads"), maxBytes: 6 * MEBI })]);
	kase = (await edge.file()).case;
});
afterAll(async () => {
	await edge.close();
	await rm(folder, { recursive: true });
});

/** A photo of one colour: equal colours are equal bytes. */
async function photo(colour: string, taken?: string): Promise<Buffer> {
	const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: colour } });
	const exif = taken && { IFD2: { DateTimeOriginal: taken, OffsetTimeOriginal: "+08:00" } };
	return await picture
		.withExif(exif ? { ...exif } : {})
		.jpeg()
		.toBuffer();
}

async function add(
	who: string,
	bytes: Buffer,
	fields: Record<string, string> = {},
	to = kase,
): Promise<Asked> {
	const form = formOf({ kind: "photo", title: "外箱照片", ...fields }, { bytes });
	return await edge.ask(who, "POST", `/api/cases/${to}/evidence`, form.body, form.headers);
}

async function stored(): Promise<string[]> {
	const all: string[] = [];
	for await (const { sha256 } of store.list()) all.push(sha256);
	return all;
}

/** Nothing was written by what happens inside. */
async function nothingWritten(work: () => Promise<void>): Promise<void> {
	const counts = () =>
		edge.rows(
			"select (select count(*) from evidence_file) f, (select count(*) from history) h, (select count(*) from words) w",
		);
	const before = [await counts(), (await stored()).sort()];
	await work();
	expect([await counts(), (await stored()).sort()]).toEqual(before);
	expect(await readdir(join(folder, "uploads", "incoming")).catch(() => [])).toEqual([]);
}

describe("a form with a file", () => {
	test("becomes evidence with what its bytes say, and can be read back", async () => {
		const bytes = await photo("red", "2026:03:02 09:00:00");
		const added = await add("handler", bytes);
		expect(added).toMatchObject({
			status: 201,
			body: {
				ok: true,
				evidence: "e1",
				mime: "image/jpeg",
				bytes: bytes.length,
				takenAt: "2026-03-02T01:00:00.000Z",
			},
		});
		const read = await edge.ask("handler", "GET", `/api/cases/${kase}`);
		expect(read.body).toMatchObject({
			case: { evidence: [{ id: "e1", kind: "photo", from: "company", flags: [] }] },
		});
		const got = await edge.ask("handler", "GET", `/api/cases/${kase}/evidence/e1`);
		expect(got.status).toBe(200);
		expect(got.bytes.equals(bytes)).toBe(true);
		expect(got.headers).toMatchObject({
			"content-type": "image/jpeg",
			"x-content-type-options": "nosniff",
			"content-length": String(bytes.length),
		});
		expect(got.headers["content-security-policy"]).toContain("sandbox");
		expect(got.headers["content-disposition"]).toMatch(/^inline; filename="260302-[0-9A-Z]{6,8}-e1\.jpg"$/);
		const [row] = await edge.rows("select facts from evidence_file where sha256 = $1", (await stored())[0]);
		expect(row?.facts).toMatchObject({
			photo: { width: 40, takenAt: "2026-03-02T01:00:00.000Z" },
			cases: [kase],
		});
	});

	test("what looks odd is flagged for the office and not told to whoever sent it", async () => {
		const [order] = COMPLAINT.orders;
		const other = (await edge.file({ orders: [{ ...order, number: "SF0000000002" }] })).case;
		const odd = await photo("blue", "2026:02:01 09:00:00");
		await add("handler", odd);
		const again = await add(`link:${other}:p1`, odd, {}, other);
		expect(again.status).toBe(201);
		expect(JSON.stringify(again.body)).not.toContain("taken-before-order");
		const flags = ["taken-before-order", "seen-in-another-case"];
		const office = await edge.ask("handler", "GET", `/api/cases/${other}`);
		expect(office.body).toMatchObject({ case: { evidence: [{ from: "p1", flags }] } });
		const own = await edge.ask(`link:${other}:p1`, "GET", `/api/cases/${other}`);
		expect(own.body).toMatchObject({ case: { evidence: [{ from: "p1", flags: [] }] } });
	});

	test("the same request twice under one key is one piece of evidence", async () => {
		const bytes = await photo("green");
		const form = formOf({ kind: "photo", title: "一次" }, { bytes });
		const send = () =>
			edge.ask("handler", "POST", `/api/cases/${kase}/evidence`, form.body, {
				...form.headers,
				"idempotency-key": "k1",
			});
		const [first, second] = await Promise.all([send(), send()]);
		expect([first.status, second.status].sort()).toEqual([200, 201]);
		expect((first.body as { evidence: string }).evidence).toBe(
			(second.body as { evidence: string }).evidence,
		);
	});

	test.each<[string, Record<string, string>, (() => Promise<Buffer>) | null, number]>([
		["a page with scripts", {}, async () => Buffer.from("<html><script>alert(1)</script></html>"), 415],
		["a photo said to be a video", { kind: "video" }, () => photo("grey"), 422],
		["a kind that there isn't", { kind: "constructor" }, () => photo("grey"), 422],
		["an unknown recipe", { recipe: "constructor" }, () => photo("grey"), 422],
		["an unknown party", { from: "p9" }, () => photo("grey"), 422],
		["a field of the server's own", { flags: "[]" }, () => photo("grey"), 422],
		["half a character", { title: "a\u0000b" }, () => photo("grey"), 422],
		["an empty file", {}, async () => Buffer.alloc(0), 422],
		["no file", {}, null, 422],
		["a file beyond the limit", {}, async () => Buffer.alloc(6 * MEBI + 1, 1), 413],
	])("%s is refused, and nothing is left behind", async (_, fields, make, status) => {
		const bytes = await make?.();
		await nothingWritten(async () => {
			const form = formOf({ kind: "photo", title: "照片", ...fields }, bytes && { bytes });
			const refused = await edge.ask(
				"handler",
				"POST",
				`/api/cases/${kase}/evidence`,
				form.body,
				form.headers,
			);
			expect(refused.status).toBe(status);
			expect(refused.headers["content-type"]).toContain("application/problem+json");
		});
	});

	test("content that another case shows stays when it is refused here", async () => {
		const bytes = await photo("white");
		await add("handler", bytes);
		await nothingWritten(async () => {
			expect((await add("handler", bytes, { from: "p9" })).status).toBe(422);
		});
	});

	test("content that one takes while another is refused it stays", async () => {
		for (let n = 0; n < 8; n++) {
			const bytes = await photo(`rgb(${n}, 1, 2)`);
			const [taken, refused] = await Promise.all([
				add("handler", bytes),
				add("agent", bytes, { from: "p9" }),
			]);
			expect([taken.status, refused.status]).toEqual([201, 422]);
			const { evidence } = taken.body as { evidence: string };
			const got = await edge.ask("handler", "GET", `/api/cases/${kase}/evidence/${evidence}`);
			expect(got.bytes.equals(bytes)).toBe(true);
		}
	});

	test("whoever may not add evidence is refused before the body is read", async () => {
		const form = formOf({ kind: "photo", title: "照片" }, { bytes: await photo("black") });
		await nothingWritten(async () => {
			for (const [who, status] of [
				["finance", 403],
				["courier-2", 404],
				["link:other:p1", 404],
				["nobody", 401],
			] as const) {
				// a body that is no form at all would be found out, if anybody looked
				const headers = { "content-type": "multipart/form-data; boundary=x" };
				const refused = await edge.ask(who, "POST", `/api/cases/${kase}/evidence`, form.body, headers);
				expect(refused.status).toBe(status);
			}
		});
	});

	test("is bigger than a JSON body may be", async () => {
		const noise = Buffer.concat([await photo("pink"), Buffer.alloc(4 * MEBI, 7)]);
		expect((await add("handler", noise)).status).toBe(201);
	});
});

test("file and flags can't be given by an ordinary command", async () => {
	for (const fields of [{ flags: [] }, { file: { sha256: "0".repeat(64), bytes: 1, mime: "image/jpeg" } }]) {
		const body = { type: "AddEvidence", kind: "photo", title: "x", ...fields };
		const refused = await edge.ask("handler", "POST", `/api/cases/${kase}/commands`, body);
		expect(refused).toMatchObject({ status: 422, body: { fields: [{ at: Object.keys(fields)[0] }] } });
	}
});

describe("downloads", () => {
	test("serve a range, the end, and refuse what lies beyond", async () => {
		const bytes = await photo("navy");
		const { evidence } = (await add("handler", bytes)).body as { evidence: string };
		const get = (range: string) =>
			edge.ask("handler", "GET", `/api/cases/${kase}/evidence/${evidence}`, undefined, { range });
		const part = await get("bytes=10-19");
		expect(part.status).toBe(206);
		expect(part.bytes.equals(bytes.subarray(10, 20))).toBe(true);
		expect(part.headers["content-range"]).toBe(`bytes 10-19/${bytes.length}`);
		expect((await get("bytes=-5")).bytes.equals(bytes.subarray(-5))).toBe(true);
		expect((await get("bytes=99999999-")).status).toBe(416);
		expect((await get("bytes=0-1,4-5")).status).toBe(200);
		const head = await edge.app.inject({
			method: "HEAD",
			url: `/api/cases/${kase}/evidence/${evidence}`,
			headers: { "x-test-actor": "handler" },
		});
		expect(head.headers["content-length"]).toBe(String(bytes.length));
	});

	test("are for those who see the evidence", async () => {
		const { evidence } = (await add("courier-1", await photo("gold"))).body as { evidence: string };
		const status = async (who: string) =>
			(await edge.ask(who, "GET", `/api/cases/${kase}/evidence/${evidence}`)).status;
		expect(await status("courier-1")).toBe(200);
		expect(await status("handler")).toBe(200);
		expect(await status(`link:${kase}:p1`)).toBe(404);
		expect(await status("courier-2")).toBe(404);
		expect(await status("nobody")).toBe(401);
	});

	test.each<[string | undefined, number, unknown]>([
		[undefined, 10, null],
		["bytes=0-", 10, { start: 0 }],
		["bytes=2-4", 10, { start: 2, end: 4 }],
		["bytes=4-2", 10, null],
		["bytes=-3", 10, { start: 7 }],
		["bytes=-30", 10, { start: 0 }],
		["bytes=-0", 10, { start: 10 }],
		["bytes=-", 10, null],
		["bytes=a-b", 10, null],
	])("range %s of %i bytes", (header, total, range) => {
		expect(rangeOf(header, total)).toEqual(range);
	});
});
