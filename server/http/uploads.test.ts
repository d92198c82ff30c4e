import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import { evidenceRoutes } from "./evidence.ts";
import { type TestEdge, testEdge } from "./testing.ts";

const MEBI = 1024 * 1024;
let folder: string;
let edge: TestEdge;
let kase: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "redress-uploads-"));
	const store = diskEvidence(join(folder, "evidence"));
	edge = await testEdge([evidenceRoutes({ store, uploads: join(folder, "uploads"), maxBytes: 6 * MEBI })]);
	kase = (await edge.file()).case;
});
afterAll(async () => {
	await edge.close();
	await rm(folder, { recursive: true });
});

/** A picture, and what a camera might append to it. */
async function bigPhoto(bytes: number): Promise<Buffer> {
	const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: "lime" } });
	return Buffer.concat([await picture.jpeg().toBuffer(), randomBytes(bytes)]);
}

describe("resumable uploads", () => {
	const tus = { "tus-resumable": "1.0.0" };
	const meta = (id: string) => `filename ${btoa("a.jpg")},case ${btoa(id)}`;
	const begin = (who: string, id: string, length: number) =>
		edge.ask(who, "POST", "/api/uploads", undefined, {
			...tus,
			"upload-length": String(length),
			"upload-metadata": meta(id),
		});
	const piece = (who: string, url: string, offset: number, bytes: Buffer) =>
		edge.ask(who, "PATCH", url, bytes, {
			...tus,
			"upload-offset": String(offset),
			"content-type": "application/offset+octet-stream",
		});

	test("go on where they broke off, and become evidence once", async () => {
		const bytes = await bigPhoto(3 * MEBI);
		const begun = await begin("courier-1", kase, bytes.length);
		expect(begun.status).toBe(201);
		const url = String(begun.headers.location);
		expect(url).toMatch(/^\/api\/uploads\/[\w-]{36}$/);
		const upload = url.slice(url.lastIndexOf("/") + 1);
		const take = () =>
			edge.ask("courier-1", "POST", `/api/cases/${kase}/evidence/from-upload`, {
				upload,
				kind: "photo",
				title: "电梯故障",
			});
		expect((await piece("courier-1", url, 0, bytes.subarray(0, MEBI))).status).toBe(204);
		expect((await take()).status).toBe(422);
		const where = await edge.app.inject({
			method: "HEAD",
			url,
			headers: { "x-test-actor": "courier-1", ...tus },
		});
		expect(where.headers["upload-offset"]).toBe(String(MEBI));
		expect((await piece("courier-1", url, 0, bytes)).status).toBe(409);
		expect((await piece("courier-1", url, MEBI, bytes.subarray(MEBI))).status).toBe(204);
		const [first, second] = await Promise.all([take(), take()]);
		expect([first.status, second.status].sort()).toEqual([200, 201]);
		const { evidence } = first.body as { evidence: string };
		expect((second.body as { evidence: string }).evidence).toBe(evidence);
		expect((await take()).body).toMatchObject({ repeated: true, evidence });
		const got = await edge.ask("courier-1", "GET", `/api/cases/${kase}/evidence/${evidence}`);
		expect(got.bytes.equals(bytes)).toBe(true);
		expect((await readdir(join(folder, "uploads"))).filter((one) => one.includes(upload))).toEqual([]);
	});

	test("a file brought twice under its key, as after a lost answer, is one piece of evidence", async () => {
		const bytes = await bigPhoto(1_000);
		const bring = async () => {
			const url = String((await begin("courier-1", kase, bytes.length)).headers.location);
			await piece("courier-1", url, 0, bytes);
			const body = { upload: url.slice(url.lastIndexOf("/") + 1), kind: "photo", title: "门口" };
			const path = `/api/cases/${kase}/evidence/from-upload`;
			return await edge.ask("courier-1", "POST", path, body, { "idempotency-key": "file-1" });
		};
		const [first, second] = [await bring(), await bring()];
		expect([first.status, second.status]).toEqual([201, 200]);
		expect(second.body).toMatchObject({ evidence: (first.body as { evidence: string }).evidence });
	});

	test("are nobody else's, bounded, and only for whoever may add evidence", async () => {
		const begun = await begin("courier-1", kase, 10);
		const url = String(begun.headers.location);
		expect((await piece("handler", url, 0, Buffer.alloc(10))).status).toBe(404);
		expect((await edge.ask("handler", "DELETE", url, undefined, tus)).status).toBe(404);
		expect((await begin("courier-1", kase, 7 * MEBI)).status).toBe(413);
		expect((await begin("finance", kase, 10)).status).toBe(403);
		expect((await begin("courier-2", kase, 10)).status).toBe(404);
		expect(
			(await edge.ask("courier-1", "POST", "/api/uploads", undefined, { ...tus, "upload-length": "3" }))
				.status,
		).toBe(422);
		expect((await edge.ask("courier-1", "GET", url)).status).toBe(404);
		expect((await edge.ask("courier-1", "DELETE", url, undefined, tus)).status).toBe(204);
		expect((await piece("courier-1", url, 0, Buffer.alloc(10))).status).toBe(404);
	});
});
