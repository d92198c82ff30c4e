import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyFingerprint, readSettings, type Settings } from "./settings.ts";

const key = Buffer.alloc(32, 7).toString("base64");
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "settings-"));
});
afterEach(() => rm(folder, { recursive: true }));

function settingsOf(env: NodeJS.ProcessEnv): Settings {
	const read = readSettings(env);
	if (!read.ok) throw new Error(read.problems.join("\n"));
	return read.settings;
}

function problemsOf(env: NodeJS.ProcessEnv): string[] {
	const read = readSettings(env);
	return read.ok ? [] : read.problems;
}

describe("settings", () => {
	test("given nothing but a folder, all have their usual values", () => {
		expect(settingsOf({ DATA_DIR: folder, SECRET_KEY: key })).toEqual({
			port: 3000,
			host: "127.0.0.1",
			dataDir: folder,
			databaseUrl: null,
			secretKey: Buffer.alloc(32, 7),
			packsDir: null,
			portsFile: null,
			evidence: { kind: "disk", folder: join(folder, "evidence") },
			publicUrl: "http://localhost:3000",
			logLevel: "info",
			demo: true,
			maxUploadBytes: 500 * 1024 * 1024,
		});
	});

	test("given all of them, all are taken", () => {
		const s3 = {
			S3_BUCKET: "proofs",
			S3_ENDPOINT: "https://s3.example.com",
			S3_REGION: "cn-north-1",
			S3_ACCESS_KEY_ID: "id",
			S3_SECRET_ACCESS_KEY: "secret",
		};
		const settings = settingsOf({
			...s3,
			PORT: "8080",
			HOST: "0.0.0.0",
			DATA_DIR: folder,
			DATABASE_URL: "postgres://redress:pass@db/redress",
			SECRET_KEY: key,
			PACKS_DIR: "/srv/packs",
			EVIDENCE: "s3",
			PUBLIC_URL: "https://redress.example.com/",
			LOG_LEVEL: "DEBUG",
			DEMO: "true",
			MAX_UPLOAD_MB: "20",
		});
		expect(settings).toMatchObject({
			port: 8080,
			host: "0.0.0.0",
			packsDir: "/srv/packs",
			evidence: { kind: "s3", bucket: "proofs", region: "cn-north-1" },
			publicUrl: "https://redress.example.com",
			logLevel: "debug",
			demo: true,
			maxUploadBytes: 20 * 1024 * 1024,
		});
	});

	test("with DATABASE_URL there is no demo unless asked for, and the key must be given", () => {
		const env = { DATABASE_URL: "postgres://db/redress" };
		expect(settingsOf({ ...env, SECRET_KEY: key }).demo).toBe(false);
		expect(problemsOf(env)).toEqual([
			expect.stringMatching(/^SECRET_KEY is missing.*openssl rand -base64 32/),
		]);
	});

	test.each([
		["PORT", "80a", "set a whole number from 0 to 65535"],
		["PORT", "65536", "set a whole number from 0 to 65535"],
		["DATABASE_URL", "mysql://db", "postgres:// or postgresql://"],
		["SECRET_KEY", "short", "32 bytes in base64"],
		["EVIDENCE", "cloud", "set one of disk, s3"],
		["PUBLIC_URL", "redress.example.com", "http:// or https://"],
		["LOG_LEVEL", "loud", "set one of trace, debug"],
		["DEMO", "yes", "set one of true, false"],
		["MAX_UPLOAD_MB", "0", "set a whole number from 1"],
	])("a wrong %s (%s) is named with what to set", (name, value, advice) => {
		const problems = problemsOf({ DATA_DIR: folder, SECRET_KEY: key, [name]: value });
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain(name);
		expect(problems[0]).toContain(advice);
	});

	test("all that is wrong is told at once, and no password with it", () => {
		const problems = problemsOf({ PORT: "x", DEMO: "x", DATABASE_URL: "mysql://u:hunter2@db" });
		expect(problems).toHaveLength(3);
		expect(problems.join()).not.toContain("hunter2");
	});

	test("evidence in S3 names each variable that is missing", () => {
		const problems = problemsOf({ DATA_DIR: folder, SECRET_KEY: key, EVIDENCE: "s3", S3_BUCKET: "proofs" });
		expect(problems.map((each) => each.split(" ")[0]).sort()).toEqual([
			"S3_ACCESS_KEY_ID",
			"S3_ENDPOINT",
			"S3_REGION",
			"S3_SECRET_ACCESS_KEY",
		]);
	});
});

describe("the key of an embedded database", () => {
	test("is made once, for this user alone, and kept", async () => {
		const dataDir = join(folder, "new");
		const first = settingsOf({ DATA_DIR: dataDir }).secretKey;
		expect(first).toHaveLength(32);
		expect(settingsOf({ DATA_DIR: dataDir }).secretKey).toEqual(first);
		expect((await stat(join(dataDir, "secret.key"))).mode & 0o777).toBe(0o600);
		expect(await readdir(dataDir)).toEqual(["secret.key"]);
	});

	test("is not made when another setting is wrong, nor when a key must be there already", () => {
		problemsOf({ DATA_DIR: folder, PORT: "x" });
		const read = readSettings({ DATA_DIR: folder }, { newKey: false });
		expect(read).toMatchObject({ ok: false, problems: [expect.stringContaining("secret.key")] });
		expect(existsSync(join(folder, "secret.key"))).toBe(false);
	});

	test("is never replaced when it can't be read", async () => {
		await writeFile(join(folder, "secret.key"), "half a k");
		expect(problemsOf({ DATA_DIR: folder })[0]).toContain("put the right key back");
		expect(await readFile(join(folder, "secret.key"), "utf8")).toBe("half a k");
	});

	test("a folder that can't be made is a wrong setting", async () => {
		await mkdir(join(folder, "there"));
		await writeFile(join(folder, "there", "file"), "");
		expect(problemsOf({ DATA_DIR: join(folder, "there", "file", "data") })[0]).toContain("DATA_DIR");
	});

	test("is named by a fingerprint that differs between keys", () => {
		expect(keyFingerprint(Buffer.alloc(32, 1))).toMatch(/^[0-9a-f]{16}$/);
		expect(keyFingerprint(Buffer.alloc(32, 1))).not.toBe(keyFingerprint(Buffer.alloc(32, 2)));
	});
});
