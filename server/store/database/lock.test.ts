import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeLock } from "./lock.ts";

let folder: string;
let file: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "lock-"));
	file = join(folder, "redress.lock");
});
afterEach(() => rm(folder, { recursive: true }));

function endedProcess(): number {
	return spawnSync(process.execPath, ["--version"]).pid;
}

async function leaveLock(holder: object): Promise<void> {
	await writeFile(file, JSON.stringify({ pid: process.pid, started: null, host: hostname(), ...holder }));
}

describe("the lock on a data folder", () => {
	test("is taken once, and free again when given back", () => {
		const unlock = takeLock(file);
		expect(() => takeLock(file)).toThrow(`in use by process ${process.pid}`);
		unlock();
		expect(existsSync(file)).toBe(false);
		takeLock(file)();
	});

	test("is taken over from a process that has ended, leaving nothing behind", async () => {
		await leaveLock({ pid: endedProcess() });
		const unlock = takeLock(file);
		expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid });
		expect(await readdir(folder)).toEqual(["redress.lock"]);
		unlock();
	});

	test("is taken over when the number has gone to another process since", async () => {
		await leaveLock({ started: "long ago" });
		takeLock(file)();
		expect(existsSync(file)).toBe(false);
	});

	test("is never taken from a living process whose start is unknown", async () => {
		await leaveLock({});
		expect(() => takeLock(file)).toThrow("Stop that server first");
	});

	test("is never taken from another machine", async () => {
		await leaveLock({ pid: endedProcess(), host: "elsewhere" });
		expect(() => takeLock(file)).toThrow(`"elsewhere", which can't be seen from here`);
	});

	test("that was cut short is left alone", async () => {
		await writeFile(file, '{"pid": 1');
		expect(() => takeLock(file)).toThrow(`delete it and start again`);
		expect(await readFile(file, "utf8")).toBe('{"pid": 1');
	});

	test("is not taken over while another process is at it", async () => {
		await leaveLock({ pid: endedProcess() });
		await writeFile(`${file}.taken`, "");
		expect(() => takeLock(file)).toThrow(`delete ${file}.taken`);
	});

	test("that somebody else holds by now is not given back by its former holder", async () => {
		const unlock = takeLock(file);
		await leaveLock({ pid: 1 });
		unlock();
		expect(existsSync(file)).toBe(true);
	});
});
