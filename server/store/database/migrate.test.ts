import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "./database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { testDatabase } from "./testing.ts";

let empty: string;
let folder: string;
let database: Database<{ migration: { number: number; name: string; sha256: string } }>;

beforeAll(async () => {
	empty = await mkdtemp(join(tmpdir(), "no-migrations-"));
	database = await testDatabase(empty);
});
afterAll(async () => {
	await database.close();
	await rm(empty, { recursive: true });
});

beforeEach(async () => {
	await database.read([{ sql: "DROP TABLE IF EXISTS migration, note, reply", parameters: [] }]);
	folder = await mkdtemp(join(tmpdir(), "migrations-"));
	await write("0001-note.sql", "CREATE TABLE note (id int PRIMARY KEY);\nCREATE INDEX ON note (id);\n");
	await write("0002-reply.sql", "CREATE TABLE reply (id int PRIMARY KEY);");
	return () => rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const run = async () => (await migrate(database, await readMigrations(folder))).map(({ number }) => number);
const remembered = () =>
	database.kysely.selectFrom("migration").select(["number", "name"]).orderBy("number").execute();

describe("migrations", () => {
	test("are applied in order, once", async () => {
		expect(await run()).toEqual([1, 2]);
		expect(await run()).toEqual([]);
		await write("0003-more.sql", "ALTER TABLE note ADD words text;");
		expect(await run()).toEqual([3]);
		expect(await remembered()).toEqual([
			{ number: 1, name: "note" },
			{ number: 2, name: "reply" },
			{ number: 3, name: "more" },
		]);
	});

	test("are applied once by servers that start together", async () => {
		const migrations = await readMigrations(folder);
		const done = await Promise.all([migrate(database, migrations), migrate(database, migrations)]);
		expect(done.flat()).toHaveLength(2);
		expect(await remembered()).toHaveLength(2);
	});

	test("one that fails leaves nothing of itself, names itself, and keeps those before it", async () => {
		await write("0002-reply.sql", "CREATE TABLE reply (id int PRIMARY KEY);\nALTER TABLE nowhere ADD x int;");
		await expect(run()).rejects.toThrow('Migration 0002-reply.sql: relation "nowhere" does not exist');
		expect(await remembered()).toEqual([{ number: 1, name: "note" }]);
		await write("0002-reply.sql", "CREATE TABLE reply (id int PRIMARY KEY);");
		expect(await run()).toEqual([2]);
	});

	test("one altered after it was applied is refused; other line ends are no change", async () => {
		await run();
		await write("0001-note.sql", "CREATE TABLE note (id int PRIMARY KEY);\r\nCREATE INDEX ON note (id);\r\n");
		expect(await run()).toEqual([]);
		await write("0001-note.sql", "CREATE TABLE note (id bigint PRIMARY KEY);");
		await write("0003-more.sql", "ALTER TABLE note ADD words text;");
		await expect(run()).rejects.toThrow("0001-note.sql was altered after it had been applied");
		expect(await remembered()).toHaveLength(2);
	});

	test("a database newer than the release is refused", async () => {
		await run();
		await rm(join(folder, "0002-reply.sql"));
		await expect(run()).rejects.toThrow(
			"The database is newer than this release: it has Migration 0002-reply.sql, and this release ends at 1",
		);
	});

	test.each([
		["0003_more.sql", "is named like 0001-first-tables.sql"],
		["0004-more.sql", "number 0003 was expected here"],
		["0002-again.sql", "number 0003 was expected here"],
	])("a file named %s is refused", async (name, advice) => {
		await write(name, "SELECT 1;");
		await expect(run()).rejects.toThrow(advice);
	});
});
