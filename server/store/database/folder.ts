import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, readdir, rename, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { AdviceError, hasCode } from "./advice.ts";

/** The places inside a data folder that belong to the embedded database. */
export interface Places {
	lock: string;
	/** Holds the mark and the server's own folder; appears whole, under its name, or not at all. */
	database: string;
	/** PostgreSQL's own files. */
	server: string;
	/** Where a database is made before it takes its name. */
	draft: string;
	draftServer: string;
}

const markName = "redress.json";
const serverName = "postgresql";
const postgresVersion = "18";

export function placesIn(dataDir: string): Places {
	const database = join(dataDir, "database");
	const draft = join(dataDir, "database.new");
	return {
		lock: join(dataDir, "redress.lock"),
		database,
		server: join(database, serverName),
		draft,
		draftServer: join(draft, serverName),
	};
}

/**
 * Whether the data folder holds a database. The server would make a new one over whatever it doesn't recognise, so a
 * folder that is neither ours and whole nor empty is refused here.
 *
 * @throws AdviceError saying what is damaged and what to do.
 */
export function holdsDatabase(places: Places): boolean {
	const { database, server } = places;
	if (!existsSync(database) || readdirSync(database).length === 0) return false;
	if (!existsSync(join(database, markName))) {
		throw new AdviceError(
			`${database} is not empty and holds no database of this server (no ${markName}): nothing is written over it. ` +
				"Set another DATA_DIR, or move that folder aside.",
		);
	}
	for (const part of ["PG_VERSION", "global/pg_control", "base", "pg_wal"]) {
		if (!existsSync(join(server, part))) throw damaged(database, `${part} is missing`);
	}
	if (readdirSync(join(server, "pg_wal")).every((name) => !/^[0-9A-F]{24}$/.test(name))) {
		throw damaged(database, "the write-ahead log in pg_wal is missing");
	}
	const version = readFileSync(join(server, "PG_VERSION"), "utf8").trim();
	if (version === postgresVersion) return true;
	throw new AdviceError(
		`The database in ${database} was made by PostgreSQL ${version}; this release brings ${postgresVersion}. ` +
			"Make a backup with the release that made it (npm run backup FILE), move the folder aside, and restore here.",
	);
}

/** What to say when the server doesn't start on its folder. */
export function damaged(database: string, reason: string): AdviceError {
	return new AdviceError(
		`The database in ${database} is damaged and can't be opened: ${reason}. ` +
			"Move that folder aside (keep it), and put back the last backup with: npm run restore FILE",
	);
}

/** Clears what an interrupted first start left, and makes room for a new database. */
export function prepareDraft(places: Places): void {
	rmSync(places.draft, { recursive: true, force: true });
	mkdirSync(places.draft, { recursive: true, mode: 0o700 });
}

/** Marks the finished draft, forces it to disk, and gives it its name. */
export async function settleDraft(places: Places, dataDir: string): Promise<void> {
	const mark = { what: "the embedded database of Redress", postgres: postgresVersion };
	writeFileSync(join(places.draft, markName), `${JSON.stringify(mark, null, "\t")}\n`);
	await syncTree(places.draft);
	await rmdir(places.database).catch((error) => {
		if (!hasCode(error, "ENOENT")) throw error;
	});
	await rename(places.draft, places.database);
	await syncOne(dataDir);
}

async function syncTree(folder: string): Promise<void> {
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		await (entry.isDirectory() ? syncTree(path) : syncOne(path));
	}
	await syncOne(folder);
}

/** Forces a file, or the names in a folder, to disk. */
export async function syncOne(path: string): Promise<void> {
	const handle = await open(path, "r");
	try {
		await handle.sync();
	} catch (error) {
		// Windows can't force folders, nor files opened for reading.
		if (!hasCode(error, "EPERM", "EISDIR", "EINVAL")) throw error;
	} finally {
		await handle.close();
	}
}
