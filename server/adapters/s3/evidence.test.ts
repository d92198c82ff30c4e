import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { evidenceStoreContract } from "#server/ports/evidence-store.contract.ts";
import { type S3StandIn, s3StandIn } from "../stand-ins/s3.ts";
import { type S3Settings, s3Evidence } from "./evidence.ts";

const secretAccessKey = "a-secret-that-must-not-show";
const account = { bucket: "redress", accessKeyId: "AKIDEXAMPLE", secretAccessKey };

async function openBucket(): Promise<{ server: S3StandIn; settings: S3Settings; close(): Promise<void> }> {
	const server = await s3StandIn({ ...account, pageSize: 2 });
	const scratch = await mkdtemp(join(tmpdir(), "evidence-s3-"));
	const settings = {
		...account,
		endpoint: server.url,
		region: "cn-north-1",
		prefix: "evidence/",
		pathStyle: true,
		scratch,
		timeoutMs: 2000,
	};
	const close = async () => {
		await server.close();
		await rm(scratch, { recursive: true });
	};
	return { server, settings, close };
}

evidenceStoreContract("S3", async () => {
	const { server, settings, close } = await openBucket();
	return {
		store: s3Evidence(settings),
		async damage(sha256) {
			const content = server.objects.get(`evidence/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`);
			if (content === undefined) throw new Error("no such object");
			content[100] = (content[100] ?? 0) ^ 1;
		},
		leftovers: () => readdir(settings.scratch),
		close,
	};
});

describe("evidence in S3", () => {
	let under: Awaited<ReturnType<typeof openBucket>>;
	beforeEach(async () => {
		under = await openBucket();
	});
	afterEach(() => under.close());

	const put = (text: string, settings = under.settings) =>
		s3Evidence(settings).put(new Blob([text]).stream(), { maxBytes: 1000 });

	test("a store that alters what it is given is found out, and the file removed", async () => {
		under.server.spoilNext = true;
		expect(await put("waybill")).toMatchObject({ ok: false, reason: "damaged", retry: true });
		expect(under.server.objects.size).toBe(0);
		expect(await put("waybill")).toMatchObject({ ok: true, already: false });
	});

	test("a damaged copy is written anew", async () => {
		await put("waybill");
		for (const content of under.server.objects.values()) content[0] = 0;
		expect(await put("waybill")).toMatchObject({ ok: true, already: false });
	});

	test("listing goes through all pages and passes over what isn't evidence", async () => {
		for (const text of ["1", "2", "3", "4", "5"]) await put(text);
		under.server.objects.set("evidence/readme.txt", Buffer.from("x"));
		under.server.objects.set(`other/${"0".repeat(64)}`, Buffer.from("x"));
		const listed: unknown[] = [];
		for await (const one of s3Evidence(under.settings).list()) listed.push(one);
		expect(listed).toHaveLength(5);
	});

	test("a wrong key is a wrong setting, told without the key", async () => {
		const result = await put("waybill", { ...under.settings, secretAccessKey: "another-secret" });
		expect(result).toMatchObject({ ok: false, reason: "misconfigured", retry: false });
		expect(JSON.stringify(result)).not.toMatch(/secret|AKID/);
	});

	test("a bucket that isn't there is a wrong setting", async () => {
		expect(await put("waybill", { ...under.settings, bucket: "nowhere" })).toMatchObject({
			ok: false,
			reason: "misconfigured",
		});
	});

	test("a store that is out of order or away is worth another try", async () => {
		const stat = () => s3Evidence(under.settings).stat("0".repeat(64));
		under.server.trouble = { code: "NotImplemented", status: 501 };
		expect(await stat()).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		const away = s3Evidence({ ...under.settings, endpoint: "http://127.0.0.1:9" });
		expect(await away.stat("0".repeat(64))).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		under.server.mute = true;
		const mute = s3Evidence({ ...under.settings, timeoutMs: 50 });
		expect(await mute.stat("0".repeat(64))).toMatchObject({ ok: false, reason: "timeout", retry: true });
	});
});
