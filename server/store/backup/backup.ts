import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { diskEvidence } from "#server/adapters/disk/evidence.ts";
import { keyFingerprint, type Settings } from "#server/settings.ts";
import { AdviceError, hasCode } from "../database/advice.ts";
import { openDatabase } from "../database/database.ts";
import { syncOne } from "../database/folder.ts";
import { appliedMigrations } from "../database/migrate.ts";
import type { Session } from "../database/session.ts";
import { type Entry, textEntry, writeArchive } from "./archive.ts";
import { endingEntry, headingEntry } from "./format.ts";
import { ownSequences, ownTables, readRows } from "./tables.ts";

/** What of the settings a backup and a restore need. */
export type BackupSettings = Pick<Settings, "dataDir" | "databaseUrl" | "secretKey" | "evidence">;

export interface BackupSummary {
	tables: number;
	rows: number;
	/** Evidence files in the backup. */
	files: number;
	/** The sha256 of evidence files that no longer have their content. */
	damaged: string[];
}

/**
 * Writes the database and the evidence files, as they are at one moment, into `file`. On PostgreSQL the server may
 * go on working; the embedded database must not be in use.
 *
 * @throws AdviceError when it can't be done; then no `file` is left.
 */
export async function backup(settings: BackupSettings, file: string): Promise<BackupSummary> {
	if (existsSync(file)) throw new AdviceError(`${file} exists already: name another file.`);
	const partial = `${file}.partial`;
	const database = await openDatabase<unknown>(settings, { migrations: null, create: false });
	try {
		const write = async (session: Session) => {
			const contents = new Contents(settings);
			const madeAt = new Date();
			const seconds = Math.floor(madeAt.getTime() / 1000);
			const bytes = writeArchive(
				contents.entries(session, madeAt),
				(sha256) => contents.ending(sha256),
				seconds,
			);
			await pipeline(
				bytes,
				createGzip({ level: 4 }),
				createWriteStream(partial, { mode: 0o600, flush: true }),
			);
			return contents.summary();
		};
		const summary = await database.transaction(write, { isolation: "repeatable read", readOnly: true });
		await rename(partial, file);
		await syncOne(dirname(file));
		return summary;
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	} finally {
		await database.close();
	}
}

/** Gives the entries one after the other, and counts what it gave. */
class Contents {
	readonly #settings: BackupSettings;
	readonly #rows = new Map<string, number>();
	#files = 0;
	readonly #damaged: string[] = [];

	constructor(settings: BackupSettings) {
		this.#settings = settings;
	}

	async *entries(session: Session, madeAt: Date): AsyncGenerator<Entry> {
		const tables = await ownTables(session);
		if (tables.length === 0) throw new AdviceError("The database is empty: there is nothing to back up.");
		const migrations = await appliedMigrations(session).catch((error) => {
			if (!hasCode(error, "42P01")) throw error;
			throw new AdviceError("This is not a database of this server: it has no table of migrations.");
		});
		yield headingEntry({
			format: 1,
			madeAt: madeAt.toISOString(),
			keyFingerprint: keyFingerprint(this.#settings.secretKey),
			evidence: this.#settings.evidence.kind,
			migrations: migrations.map(({ number, name, sha256 }) => ({ number, name, sha256 })),
			tables: tables.map(({ name, columns }) => ({ name, columns })),
			sequences: await ownSequences(session),
		});
		for (const table of tables) {
			this.#rows.set(table.name, 0);
			let part = 0;
			for await (const lines of readRows(session, table)) {
				part += 1;
				this.#rows.set(table.name, (this.#rows.get(table.name) ?? 0) + lines.length);
				yield textEntry(
					`tables/${table.name}/${String(part).padStart(6, "0")}.jsonl`,
					`${lines.join("\n")}\n`,
				);
			}
		}
		if (this.#settings.evidence.kind === "disk") yield* this.#evidence(this.#settings.evidence.folder);
	}

	/** After the tables, so that every file they refer to is there. */
	async *#evidence(folder: string): AsyncGenerator<Entry> {
		const store = diskEvidence(folder);
		for await (const { sha256 } of store.list()) {
			const opened = await store.open(sha256);
			if (!opened.ok && opened.reason === "not-found") continue; // erased since it was listed
			if (!opened.ok) throw new AdviceError(`Evidence file ${sha256} can't be read: ${opened.detail}`);
			this.#files += 1;
			const content = filled(opened.content, opened.bytes, () => this.#damaged.push(sha256));
			yield { name: `evidence/${sha256}`, size: opened.bytes, content };
		}
	}

	ending(sha256: string): Entry {
		return endingEntry({
			sha256,
			rows: Object.fromEntries(this.#rows),
			files: this.#files,
			damaged: this.#damaged,
		});
	}

	summary(): BackupSummary {
		const rows = [...this.#rows.values()].reduce((sum, count) => sum + count, 0);
		return { tables: this.#rows.size, rows, files: this.#files, damaged: this.#damaged };
	}
}

/** A file that has gone bad must not keep all the rest from being backed up: it is filled up, and told of. */
async function* filled(
	content: AsyncIterable<Uint8Array>,
	size: number,
	damaged: () => void,
): AsyncGenerator<Uint8Array> {
	let given = 0;
	try {
		for await (const chunk of content) {
			given += chunk.length;
			yield chunk;
		}
	} catch {
		damaged();
	}
	for (; given < size; given += Math.min(size - given, 65_536)) {
		yield new Uint8Array(Math.min(size - given, 65_536));
	}
}
