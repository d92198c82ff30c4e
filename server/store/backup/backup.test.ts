import { createHash } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskEvidence } from "#server/adapters/disk/evidence.ts";
import { type Database, openDatabase } from "../database/database.ts";
import { emptyPostgres } from "../database/testing.ts";
import { type BackupSettings, backup } from "./backup.ts";
import { restore } from "./restore.ts";

// From the embedded database to the embedded database; with DATABASE_URL also by way of PostgreSQL.

const schema = `
	CREATE TYPE mood AS ENUM ('calm', 'cross');
	CREATE TABLE outlet (company text, id int, parent int, PRIMARY KEY (company, id),
		FOREIGN KEY (company, parent) REFERENCES outlet);
	CREATE TABLE "Case" (
		company text, id bigint GENERATED ALWAYS AS IDENTITY, outlet int, verbatim text, body jsonb, plain json,
		sum numeric, share float8, at timestamptz, day date, photo bytea, tags text[], mood mood, words tsvector,
		length int GENERATED ALWAYS AS (char_length(verbatim)) STORED,
		PRIMARY KEY (company, id), FOREIGN KEY (company, outlet) REFERENCES outlet
	);
	CREATE TABLE event (company text, stream bigint, seq int, data text, PRIMARY KEY (company, stream, seq));
	CREATE TABLE kind (name text PRIMARY KEY);
	INSERT INTO kind VALUES ('complaint');
	CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events stay'; END $$;
	CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON event EXECUTE FUNCTION refuse();`;

const content = `
	INSERT INTO outlet VALUES ('east', 1, 3), ('east', 2, NULL), ('east', 3, 2);
	INSERT INTO "Case" (company, outlet, verbatim, body, plain, sum, share, at, day, photo, tags, mood, words) VALUES
		('east', 1, E'他说"不送"\\n\\t\\\\u0000 😀', '{"b": null, "a": [1.50, "x"]}', E'{"b" :1,\\n"a":1}', 12345678901234567890.10,
			0.1, '2026-03-01T03:07:30.123456Z', '2026-03-01', '\\x00ff', ARRAY['a,b', NULL, '"c"'], 'cross', 'a:1 b:2'),
		('east', NULL, NULL, 'null', NULL, 'NaN', 'Infinity', 'infinity', NULL, NULL, '{}', NULL, NULL);
	DELETE FROM "Case" WHERE id = 2;
	INSERT INTO "Case" (company, body) VALUES ('east', 'null');
	INSERT INTO event SELECT 'east', n / 10, n % 10, repeat('史', n % 700) FROM generate_series(1, 6000) AS n;
	INSERT INTO kind VALUES ('praise')`;

let folder: string;
let migrations: string;
let source: BackupSettings;
let file: string;
let before: unknown;
const photo = Buffer.alloc(200_000, "photo");

const statement = (sql: string) => ({ sql, parameters: [] });
const place = (name: string): BackupSettings => ({
	dataDir: join(folder, name),
	databaseUrl: null,
	secretKey: Buffer.alloc(32, 1),
	evidence: { kind: "disk", folder: join(folder, name, "evidence") },
});

/** A place with a database that has no tables yet: sooner there than one to be made. */
function blankPlace(name: string): BackupSettings {
	cpSync(join(folder, "blank"), join(folder, name), { recursive: true });
	return place(name);
}

async function inside<T>(
	settings: BackupSettings,
	use: (database: Database<unknown>) => Promise<T>,
): Promise<T> {
	const database = await openDatabase<unknown>(settings, { migrations });
	try {
		return await use(database);
	} finally {
		await database.close();
	}
}

/** All that is in a database, as text, whatever the server. */
function everything(settings: BackupSettings): Promise<unknown> {
	return inside(settings, (database) =>
		database.read([
			statement(`SELECT md5(string_agg(c::text, '|' ORDER BY id)) AS cases, max(length) AS longest, bool_or(body IS NULL)
				AS none, sum(char_length(plain::text)) AS plain FROM "Case" AS c`),
			statement(`SELECT md5(string_agg(o::text, '|' ORDER BY id)) AS outlets, count(*) FROM outlet AS o`),
			statement(
				`SELECT md5(string_agg(e::text, '|' ORDER BY stream, seq)) AS events, count(*) FROM event AS e`,
			),
			statement(`SELECT name FROM kind ORDER BY name`),
		]),
	);
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "backup-"));
	migrations = join(folder, "migrations");
	mkdirSync(migrations);
	await writeFile(join(migrations, "0001-all.sql"), schema);
	await (await openDatabase(place("blank"), { migrations: null })).close();
	source = blankPlace("source");
	await inside(source, (database) => database.transaction((session) => session.run(statement(content))));
	before = await everything(source);
	const store = diskEvidence(join(folder, "source", "evidence"));
	for (const bytes of [photo, Buffer.from("waybill"), Buffer.alloc(0)]) {
		await store.put(new Blob([bytes]).stream(), { maxBytes: 1_000_000 });
	}
	file = join(folder, "redress.backup");
});
afterAll(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const altered = async (name: string, alter: (tar: Buffer) => Buffer): Promise<string> => {
	const other = join(folder, name);
	await writeFile(other, gzipSync(alter(gunzipSync(await readFile(file))), { level: 1 }));
	return other;
};

describe("a backup", () => {
	test("holds every table and evidence file, and not the key", async () => {
		expect(await backup(source, file)).toEqual({ tables: 4, rows: 6007, files: 3, damaged: [] });
		const tar = gunzipSync(await readFile(file)).toString("latin1");
		expect(tar).toContain("tables/event/000001.jsonl");
		expect(tar).not.toContain(Buffer.alloc(32, 1).toString("latin1"));
		expect((await readdir(folder)).sort()).toEqual(["blank", "migrations", "redress.backup", "source"]);
	});

	test("does not replace a file, nor make one of nothing", async () => {
		await expect(backup(source, file)).rejects.toThrow("exists already");
		await expect(backup(place("nowhere"), join(folder, "none"))).rejects.toThrow("There is no database in");
	});

	test("waits for no server: it is refused while one is running", async () => {
		const other = join(folder, "other.backup");
		await inside(source, () => expect(backup(source, other)).rejects.toThrow("is in use by process"));
	});

	test("comes back whole, and goes on counting where it stopped", async () => {
		const target = place("target");
		expect(await restore(target, file, migrations)).toEqual({ tables: 4, rows: 6007, files: 3, damaged: [] });
		expect(await everything(target)).toEqual(before);
		const stored = await diskEvidence(join(folder, "target", "evidence")).stat(sha256(photo));
		expect(stored).toMatchObject({ ok: true, bytes: photo.length });
		await inside(target, async (database) => {
			const [rows] = await database.read([
				statement(`INSERT INTO "Case" (company) VALUES ('east') RETURNING id`),
			]);
			expect(rows).toEqual([{ id: 4 }]);
			await expect(database.read([statement("DELETE FROM event")])).rejects.toThrow("events stay");
			await expect(database.read([statement("INSERT INTO outlet VALUES ('east', 9, 99)")])).rejects.toThrow(
				"outlet",
			);
		});
		await expect(restore(target, file, migrations)).rejects.toThrow(
			"There is a database in DATA_DIR already",
		);
	});

	test("of an older release is brought up to this one; one of a newer release is refused", async () => {
		await writeFile(join(migrations, "0002-later.sql"), `ALTER TABLE "Case" ADD colour text DEFAULT 'red';`);
		const target = blankPlace("upgraded");
		await restore(target, file, migrations);
		await inside(target, async (database) => {
			const [rows] = await database.read([statement(`SELECT DISTINCT colour FROM "Case"`)]);
			expect(rows).toEqual([{ colour: "red" }]);
		});
		await rm(join(migrations, "0002-later.sql"));
		const none = join(folder, "none");
		mkdirSync(none);
		await expect(restore(place("older"), file, none)).rejects.toThrow("newer than this release");
	});

	test("is refused with another key or another place for evidence, before anything is made", async () => {
		const stranger = { ...place("stranger"), secretKey: Buffer.alloc(32, 2) };
		await expect(restore(stranger, file, migrations)).rejects.toThrow("The backup belongs to the key");
		const s3 = {
			kind: "s3",
			bucket: "",
			endpoint: "",
			region: "",
			accessKeyId: "",
			secretAccessKey: "",
		} as const;
		const bucket = { ...place("stranger"), evidence: s3 };
		await expect(restore(bucket, file, migrations)).rejects.toThrow("restore it with EVIDENCE=disk");
		expect(await readdir(folder)).not.toContain("stranger");
	});
});

describe("a damaged backup", () => {
	let target: BackupSettings;
	beforeAll(() => {
		target = blankPlace("refused");
	});

	test("is refused in words, and leaves the database empty for the next try", async () => {
		const swap = (from: string, to: string) => (tar: Buffer) => {
			const at = tar.indexOf(from);
			tar.write(to, at);
			return tar;
		};
		const cases: [string, string][] = [
			[await altered("a-word", swap("praise", "prause")), "its sha256 is another"],
			[await altered("a-row", swap('["east","1","1"', 'X"east","1","1"')), "can't be put into the database"],
			[await altered("a-photo", swap("photophoto", "photoPhoto")), `evidence ${sha256(photo)} is altered`],
			[await altered("cut", (tar) => tar.subarray(0, 100_000)), "cut short"],
			[join(folder, "missing"), "There is no file"],
		];
		for (const [damaged, reason] of cases) {
			const error: unknown = await restore(target, damaged, migrations).catch((thrown: unknown) => thrown);
			expect(error).toMatchObject({ name: "AdviceError", message: expect.stringContaining(reason) });
		}
	});

	test("cut in its packed form, or packed by nobody, is refused in words", async () => {
		const packed = await readFile(file);
		await writeFile(join(folder, "half"), packed.subarray(0, packed.length / 2));
		await expect(restore(target, join(folder, "half"), migrations)).rejects.toThrow(
			"is not a backup, or is damaged",
		);
		await writeFile(join(folder, "letter"), "Dear operator");
		await expect(restore(target, join(folder, "letter"), migrations)).rejects.toThrow(
			"is not a backup, or is damaged",
		);
		expect(await restore(target, file, migrations)).toMatchObject({ rows: 6007 });
		expect(await everything(target)).toEqual(before);
	});
});

describe("evidence that has gone bad on disk", () => {
	test("does not keep the rest from being backed up, and is told of", async () => {
		const settings = place("target");
		const name = sha256(photo);
		const path = join(folder, "target", "evidence", name.slice(0, 2), name.slice(2, 4), name);
		await writeFile(path, Buffer.alloc(1000, "rot"));
		const rotten = join(folder, "rotten.backup");
		expect(await backup(settings, rotten)).toMatchObject({ files: 3, damaged: [name] });
		const target = blankPlace("after-rot");
		expect(await restore(target, rotten, migrations)).toMatchObject({ files: 3, damaged: [name] });
		const store = diskEvidence(join(folder, "after-rot", "evidence"));
		expect(await store.stat(sha256(Buffer.from("waybill")))).toMatchObject({ ok: true });
		expect(await store.stat(name)).toMatchObject({ ok: false });
	});
});

const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl) {
	describe("a backup between the two kinds of database", () => {
		test("comes back whole on PostgreSQL, and from there on the embedded one", async () => {
			const { url, drop } = await emptyPostgres(databaseUrl);
			try {
				const postgres = { ...place("postgres"), databaseUrl: url };
				await restore(postgres, file, migrations);
				expect(await everything(postgres)).toEqual(before);
				await expect(restore(postgres, file, migrations)).rejects.toThrow("DATABASE_URL is not empty");
				await inside(postgres, () => backup(postgres, join(folder, "from-postgres.backup")));
				const home = blankPlace("home");
				await restore(home, join(folder, "from-postgres.backup"), migrations);
				expect(await everything(home)).toEqual(before);
			} finally {
				await drop();
			}
		});
	});
}
