import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { evidenceStoreContract } from "#server/ports/evidence-store.contract.ts";
import { clearIncoming, diskEvidence } from "./evidence.ts";

const placeOf = (folder: string, sha256: string) =>
	join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

evidenceStoreContract("disk", async () => {
	const folder = await mkdtemp(join(tmpdir(), "evidence-"));
	return {
		store: diskEvidence(folder),
		async damage(sha256) {
			const content = await readFile(placeOf(folder, sha256));
			content[100] = (content[100] ?? 0) ^ 1;
			await writeFile(placeOf(folder, sha256), content);
		},
		leftovers: () => readdir(join(folder, "incoming")),
		close: () => rm(folder, { recursive: true }),
	};
});

describe("evidence on disk", () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "evidence-"));
	});
	afterEach(() => rm(folder, { recursive: true }));

	const put = (text: string) => diskEvidence(folder).put(new Blob([text]).stream(), { maxBytes: 1000 });

	test("lies two folders deep under its own name, for this user alone", async () => {
		const stored = await put("waybill");
		if (!stored.ok) throw new Error(stored.detail);
		const found = await stat(placeOf(folder, stored.sha256));
		expect(found.size).toBe(7);
		expect(found.mode & 0o077).toBe(0);
	});

	test("a shorter file left in its place by a damaged disk is replaced", async () => {
		const stored = await put("waybill");
		if (!stored.ok) throw new Error(stored.detail);
		await writeFile(placeOf(folder, stored.sha256), "way");
		expect(await put("waybill")).toMatchObject({ ok: true, already: false });
		expect(await readFile(placeOf(folder, stored.sha256), "utf8")).toBe("waybill");
	});

	test("a folder that can't be one is a wrong setting", async () => {
		await writeFile(join(folder, "file"), "");
		const result = await diskEvidence(join(folder, "file")).put(new Blob(["x"]).stream(), { maxBytes: 10 });
		expect(result).toMatchObject({ ok: false, reason: "misconfigured", retry: false });
	});

	test("half-received uploads older than the given instant are cleared, younger ones stay", async () => {
		await mkdir(join(folder, "incoming"));
		for (const [name, at] of [
			["old", "2026-03-01T00:00:00.000Z"],
			["young", "2026-03-02T00:00:00.000Z"],
		] as const) {
			await writeFile(join(folder, "incoming", name), "x");
			await utimes(join(folder, "incoming", name), new Date(at), new Date(at));
		}
		expect(await clearIncoming(folder, "2026-03-01T12:00:00.000Z")).toBe(1);
		expect(await readdir(join(folder, "incoming"))).toEqual(["young"]);
	});
});
