import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { DurableFiles } from "./durable-files.ts";

// The embedded database in a folder on disk: what a crash, a second process or a damaged folder does to it.

const folder = join(tmpdir(), `embedded-${process.pid}`);
const whole = join(folder, "whole");

const openIn = (dataDir: string): Promise<Database<unknown>> =>
	openDatabase({ dataDir, databaseUrl: null }, { migrations: null });
const statement = (sql: string, ...parameters: unknown[]) => ({ sql, parameters });

beforeAll(async () => {
	// An earlier first start that was interrupted must not be in the way.
	mkdirSync(join(whole, "database.new", "postgresql"), { recursive: true });
	writeFileSync(join(whole, "database.new", "postgresql", "half"), "");
	const database = await openIn(whole);
	await database.read([
		statement("CREATE TABLE note (id int PRIMARY KEY)"),
		statement("INSERT INTO note VALUES (1)"),
	]);
	await database.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the whole folder, altered. */
function copy(name: string, alter: (server: string) => void = () => {}): string {
	const dataDir = join(folder, name);
	cpSync(whole, dataDir, { recursive: true });
	alter(join(dataDir, "database", "postgresql"));
	return dataDir;
}

/** Another process that opens `dataDir`, says "open", then inserts and says each number that was committed. */
function writer(dataDir: string, first: number): ChildProcess {
	const module = new URL("./database.ts", import.meta.url).href;
	const code = `
		import { openDatabase } from ${JSON.stringify(module)};
		const place = { dataDir: ${JSON.stringify(dataDir)}, databaseUrl: null };
		const database = await openDatabase(place, { migrations: null });
		process.stdout.write("open\\n");
		for (let id = ${first}; ; id += 1) {
			const sql = "INSERT INTO note VALUES ($1)";
			await database.transaction((session) => session.commitWith([{ sql, parameters: [id] }]));
			process.stdout.write(id + "\\n");
		}`;
	return spawn(process.execPath, ["--input-type=module", "--eval", code], {
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** Kills the writer without warning once it has said `lines` lines; answers all that it said. */
async function killAfter(child: ChildProcess, lines: number): Promise<string[]> {
	const said: string[] = [];
	for await (const line of createInterface({ input: child.stdout! })) {
		said.push(line);
		if (said.length === lines) child.kill("SIGKILL");
	}
	return said;
}

describe("a process killed while it writes", () => {
	test("loses nothing that it had said was committed, twice over", async () => {
		const dataDir = copy("killed");
		const said: string[] = [];
		for (const first of [1000, 100_000]) {
			const child = writer(dataDir, first);
			const errors: Buffer[] = [];
			child.stderr!.on("data", (chunk) => errors.push(chunk));
			said.push(...(await killAfter(child, 150)));
			expect(Buffer.concat(errors).toString()).toBe("");
		}
		const numbers = said.filter((line) => line !== "open").map(Number);
		expect(numbers.length).toBeGreaterThan(290);
		const database = await openIn(dataDir);
		const [rows] = (await database.read([statement("SELECT id FROM note WHERE id > 1")])) as [
			{ id: number }[],
		];
		await database.close();
		const kept = new Set(rows.map((row) => row.id));
		expect(numbers.filter((number) => !kept.has(number))).toEqual([]);
	});
});

describe("a data folder", () => {
	test("opens again, with a mark beside the server's files and nothing left of an interrupted start", async () => {
		const database = await openIn(whole);
		expect(await database.read([statement("SELECT id FROM note")])).toEqual([[{ id: 1 }]]);
		expect(readdirSync(whole).sort()).toEqual(["database", "redress.lock"]);
		expect(readdirSync(join(whole, "database")).sort()).toEqual(["postgresql", "redress.json"]);
		await database.close();
		expect(existsSync(join(whole, "redress.lock"))).toBe(false);
	});

	test("in use by another process is refused", async () => {
		const dataDir = copy("in-use");
		const child = writer(dataDir, 1000);
		const line = await once(createInterface({ input: child.stdout! }), "line");
		expect(line).toEqual(["open"]);
		await expect(openIn(dataDir)).rejects.toThrow(`The data folder is in use by process ${child.pid}`);
		child.kill("SIGKILL");
		await once(child, "exit");
	});

	test("without a database is refused where none is to be made", async () => {
		const place = { dataDir: join(folder, "none"), databaseUrl: null };
		await expect(openDatabase(place, { migrations: null, create: false })).rejects.toThrow(
			"There is no database in",
		);
		expect(readdirSync(join(folder, "none"))).toEqual([]);
	});

	test("holding somebody else's files is refused, and nothing is written over them", async () => {
		const dataDir = join(folder, "foreign");
		mkdirSync(join(dataDir, "database"), { recursive: true });
		writeFileSync(join(dataDir, "database", "thesis.txt"), "years of work");
		await expect(openIn(dataDir)).rejects.toThrow("nothing is written over it");
		expect(readdirSync(join(dataDir, "database"))).toEqual(["thesis.txt"]);
	});

	const zeros = (file: string, size: number) => writeFileSync(file, Buffer.alloc(size));
	test.each<[string, string, (server: string) => void]>([
		["no PG_VERSION", "PG_VERSION is missing", (server) => rmSync(join(server, "PG_VERSION"))],
		["no mark", "no redress.json", (server) => rmSync(join(server, "..", "redress.json"))],
		["zeros in pg_control", "is damaged", (server) => zeros(join(server, "global", "pg_control"), 8192)],
		[
			"no write-ahead log",
			"pg_wal is missing",
			(server) => {
				for (const name of readdirSync(join(server, "pg_wal")))
					rmSync(join(server, "pg_wal", name), { recursive: true });
			},
		],
		[
			"an emptied write-ahead log",
			"could not locate a valid checkpoint record",
			(server) => {
				const log = readdirSync(join(server, "pg_wal")).filter((name) => name.length === 24);
				for (const name of log) zeros(join(server, "pg_wal", name), 16 * 1024 * 1024);
			},
		],
		["a missing catalogue", "could not open file", (server) => rmSync(join(server, "base", "5", "1259"))],
		[
			"another PostgreSQL",
			"was made by PostgreSQL 17",
			(server) => writeFileSync(join(server, "PG_VERSION"), "17\n"),
		],
	])("with %s is refused in words, and unlocked", async (name, reason, alter) => {
		const dataDir = copy(name.replaceAll(" ", "-"), alter);
		const error: unknown = await openIn(dataDir).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ name: "AdviceError", message: expect.stringContaining(reason) });
		expect(error).toMatchObject({ message: expect.stringContaining(join(dataDir, "database")) });
		expect(error).toMatchObject({ message: expect.not.stringContaining("Aborted()") });
		expect(readdirSync(dataDir)).toEqual(["database"]);
	});
});

describe("a server that dies under its database", () => {
	test("fails what is asked of it from then on, in words, and still closes", async () => {
		const dataDir = copy("dying");
		const database = await openIn(dataDir);
		rmSync(join(dataDir, "database", "postgresql", "global", "pg_control"));
		await expect(database.read([statement("CHECKPOINT")])).rejects.toThrow(
			"The embedded database has stopped",
		);
		await expect(database.read([statement("SELECT 1")])).rejects.toThrow("The embedded database has stopped");
		expect(await database.died).toMatchObject({ message: expect.stringContaining("pg_control") });
		await database.close();
		expect(existsSync(join(dataDir, "redress.lock"))).toBe(false);
	});
});

describe("durable files", () => {
	const hookOf = async (files: DurableFiles) => {
		const { emscriptenOpts } = await files.init({} as PGlite, {});
		return emscriptenOpts.preRun?.at(-1) as unknown as (module: object) => void;
	};

	test("force files and folders to disk", async () => {
		const files = new DurableFiles(folder);
		const module = { NODEFS: { stream_ops: {} as { fsync?: (stream: object) => number } } };
		(await hookOf(files))(module);
		const handle = await open(folder, "r");
		expect(module.NODEFS.stream_ops.fsync?.({ nfd: handle.fd, node: { mode: 0o040700 } })).toBe(0);
		await handle.close();
		expect(files.syncs).toBe(1);
	});

	test("refuse a PGlite that has no place for it", async () => {
		const hook = await hookOf(new DurableFiles(folder));
		expect(() => hook({ NODEFS: {} })).toThrow("cannot be made durable");
	});
});
