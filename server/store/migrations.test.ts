import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "./database/database.ts";
import { migrate, ownMigrations, readMigrations } from "./database/migrate.ts";
import { emptyPostgres } from "./database/testing.ts";

/** A database as the first migration left it, with rows in it, is brought up to date and keeps them. */
let folder: string;
let database: Database<unknown>;
let drop = async () => {};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "redress-older-"));
	const [first = ""] = (await readdir(ownMigrations)).sort();
	await copyFile(join(ownMigrations, first), join(folder, first));
	const server = process.env.DATABASE_URL ? await emptyPostgres(process.env.DATABASE_URL) : null;
	drop = server?.drop ?? drop;
	database = await openDatabase<unknown>(
		{ dataDir: ":memory:", databaseUrl: server?.url ?? null },
		{ migrations: folder },
	);
});
afterAll(async () => {
	await database.close();
	await drop();
	await rm(folder, { recursive: true });
});

test("rows of the oldest release are there after every migration since", async () => {
	const rows = [
		"insert into company (company, name) values ('acme', 'Acme')",
		"insert into person (company, id, kind, alias) values ('acme', 'wang', 'staff', '王敏')",
		"insert into words (company, ref, stream, salt, content, plain) values ('acme', 'w1', 'c1', '\\x00', '原话', '原话')",
		"insert into history (company, kind, stream, seq, at, recorded_at, actor, command_id, pack_version, type, data, hash) values ('acme', 'case', 'c1', 1, now(), now(), 'wang', 'k1', '2026-01', 'UrgingRecorded', '{}', 'h1')",
		"insert into due (company, id, stream, kind, key, at, payload) values ('acme', 'd1', 'c1', 'timer', 'clock:c1:50', now(), '{\"type\":\"NoticeClock\"}')",
	];
	await database.transaction((session) => session.commitWith(rows.map((sql) => ({ sql, parameters: [] }))));
	const all = await readMigrations(ownMigrations);
	await migrate(database, all);
	const [applied = [], kept = []] = (await database.read([
		{ sql: "select number from migration order by number", parameters: [] },
		{
			sql: "select (select count(*) from company) + (select count(*) from person) + (select count(*) from words) + (select count(*) from history) + (select count(*) from due) as n",
			parameters: [],
		},
	])) as { number?: number; n?: string }[][];
	expect(applied).toHaveLength(all.length);
	expect(Number(kept[0]?.n)).toBe(rows.length);
});

test("migrating again changes nothing", async () => {
	await migrate(database, await readMigrations(ownMigrations));
});
