import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Database, embeddedDatabase, openDatabase } from "./database.ts";
import { startInMemory } from "./embedded.ts";
import { type Migration, migrate, ownMigrations, readMigrations } from "./migrate.ts";

const packages = new URL("../../../node_modules/", import.meta.url);
const cache = fileURLToPath(new URL(".cache/redress/", packages));
const keptDumps = 5;

/**
 * A migrated database with nothing in it, of its own, gone at `close`: in memory, or, when DATABASE_URL is set, a new
 * one on that server (whose user must be allowed to create databases). The first call after a change of the
 * migrations takes 3 s, others about half a second.
 *
 * @param migrations the folder of migrations; without it the server's own.
 */
export async function testDatabase<Tables>(migrations = ownMigrations): Promise<Database<Tables>> {
	const databaseUrl = process.env.DATABASE_URL;
	if (databaseUrl) return await ownPostgres(databaseUrl, migrations);
	const files = await readMigrations(migrations);
	const dump = join(cache, `${await fingerprint(files)}.tar`);
	if (!existsSync(dump)) return await makeDump(dump, files);
	const now = new Date();
	await utimes(dump, now, now);
	return embeddedDatabase(await startInMemory(dump), console.warn);
}

async function fingerprint(migrations: readonly Migration[]): Promise<string> {
	const pglite = await readFile(new URL("@electric-sql/pglite/package.json", packages), "utf8");
	const parts = [pglite, ...migrations.map((each) => `${each.number} ${each.name} ${each.sha256}`)];
	return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 24);
}

/** Makes the database from the migrations, and leaves a dump of it for others. Several may do so at once. */
async function makeDump<Tables>(dump: string, migrations: readonly Migration[]): Promise<Database<Tables>> {
	const server = await startInMemory(null);
	const database = embeddedDatabase<Tables>(server, console.warn);
	await migrate(database, migrations);
	await database.read([{ sql: "CHECKPOINT", parameters: [] }]);
	await mkdir(cache, { recursive: true });
	const draft = `${dump}.${randomBytes(4).toString("hex")}`;
	await writeFile(draft, await server.dump());
	await rename(draft, dump);
	await dropOldDumps();
	return database;
}

async function dropOldDumps(): Promise<void> {
	const dumps = (await readdir(cache))
		.filter((name) => name.endsWith(".tar"))
		.map((name) => join(cache, name));
	const dated = await Promise.all(
		dumps.map(async (path) => ({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 })),
	);
	dated.sort((a, b) => b.at - a.at);
	await Promise.all(dated.slice(keptDumps).map(({ path }) => rm(path, { force: true })));
}

async function ownPostgres<Tables>(databaseUrl: string, migrations: string): Promise<Database<Tables>> {
	const { url, drop } = await emptyPostgres(databaseUrl);
	try {
		const place = { dataDir: "", databaseUrl: url };
		const database = await openDatabase<Tables>(place, { migrations, connections: 5 });
		return { ...database, close: () => database.close().finally(drop) };
	} catch (error) {
		await drop();
		throw error;
	}
}

/** A new database without tables on the server at `databaseUrl`. */
export async function emptyPostgres(
	databaseUrl: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `redress_test_${randomBytes(6).toString("hex")}`;
	await onServer(databaseUrl, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
	const url = new URL(databaseUrl);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => onServer(databaseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(databaseUrl: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}
