import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { diskEvidence } from "#server/adapters/disk/evidence.ts";
import type { EvidenceStore } from "#server/ports/evidence-store.ts";
import { keyFingerprint } from "#server/settings.ts";
import { AdviceError, hasCode, messageOf } from "../database/advice.ts";
import { type Database, openDatabase } from "../database/database.ts";
import {
	applyMigration,
	checkApplied,
	type Migration,
	migrate,
	ownMigrations,
	prepareMigrations,
	readMigrations,
} from "../database/migrate.ts";
import type { Session } from "../database/session.ts";
import { contentOf, type ReadEntry, readArchive } from "./archive.ts";
import type { BackupSettings, BackupSummary } from "./backup.ts";
import { type Ending, endingName, type Heading, headingName, parseEnding, parseHeading } from "./format.ts";
import { countRows, loosen, ownTables, type Table, writeRows } from "./tables.ts";

/**
 * Puts a backup into an empty database and its evidence files beside it, all or nothing (evidence files of a failed
 * restore may stay; they are found again by the next one). A backup of an older release is brought up to this one.
 *
 * @param migrations the folder of migrations; without it the server's own.
 * @throws AdviceError when the backup is damaged or doesn't fit, or the database isn't empty.
 */
export async function restore(
	settings: BackupSettings,
	file: string,
	migrations = ownMigrations,
): Promise<BackupSummary> {
	const files = await readMigrations(migrations);
	const heading = await throughFile(file, readHeading);
	checkHeading(heading, settings, files);
	const database = await openDatabase<unknown>(settings, { migrations: null });
	try {
		const summary = await database.transaction(async (session) => {
			await refuseFull(session, database.kind);
			await prepareMigrations(session, database.kind);
			for (const migration of files.slice(0, heading.migrations.length))
				await applyMigration(session, migration);
			const restoring = new Restoring(session, heading, evidenceOf(settings));
			return await throughFile(file, (entries) => restoring.run(entries));
		});
		await migrate(database, files);
		return summary;
	} finally {
		await database.close();
	}
}

/** Reads the file's entries with `use`; what is wrong with the file itself is said in words. */
async function throughFile<T>(
	file: string,
	use: (entries: AsyncGenerator<ReadEntry>) => Promise<T>,
): Promise<T> {
	const packed = createReadStream(file);
	const bytes = packed.pipe(createGunzip());
	packed.once("error", (error) => bytes.destroy(error));
	try {
		return await use(readArchive(bytes));
	} catch (error) {
		if (hasCode(error, "ENOENT")) throw new AdviceError(`There is no file ${file}.`);
		if (!hasCode(error, "Z_DATA_ERROR", "Z_BUF_ERROR")) throw error;
		throw new AdviceError(
			`${file} is not a backup, or is damaged (${messageOf(error)}): use another copy of it.`,
		);
	} finally {
		packed.destroy();
		bytes.destroy();
	}
}

async function readHeading(entries: AsyncGenerator<ReadEntry>): Promise<Heading> {
	const first = await entries.next();
	if (first.done === true || first.value.name !== headingName) {
		throw new AdviceError("This file is not a backup of this server: its heading is missing.");
	}
	return await parseHeading(first.value);
}

function checkHeading(heading: Heading, settings: BackupSettings, files: readonly Migration[]): void {
	const own = keyFingerprint(settings.secretKey);
	if (heading.keyFingerprint !== own) {
		throw new AdviceError(
			`The backup belongs to the key ${heading.keyFingerprint}, and this server has ${own}: ` +
				"set SECRET_KEY to the key of the server it was made on, or put its secret.key into DATA_DIR.",
		);
	}
	if (heading.evidence !== settings.evidence.kind) {
		const what =
			heading.evidence === "disk"
				? "carries its evidence files"
				: "leaves its evidence files in their bucket";
		throw new AdviceError(`The backup ${what}: restore it with EVIDENCE=${heading.evidence}.`);
	}
	checkApplied(heading.migrations, files);
}

async function refuseFull(session: Session, kind: Database<unknown>["kind"]): Promise<void> {
	if ((await ownTables(session)).length === 0) return;
	throw new AdviceError(
		kind === "pglite"
			? 'There is a database in DATA_DIR already: set another DATA_DIR, or move its folder "database" aside.'
			: "The database at DATABASE_URL is not empty: make a new one, and set DATABASE_URL to that.",
	);
}

function evidenceOf({ evidence }: BackupSettings): EvidenceStore | null {
	return evidence.kind === "disk" ? diskEvidence(evidence.folder) : null;
}

/** One restore under way, in a migrated database and an open transaction. */
class Restoring {
	readonly #session: Session;
	readonly #heading: Heading;
	readonly #store: EvidenceStore | null;
	readonly #tables = new Map<string, Table>();
	#files = 0;
	/** Evidence whose bytes don't have the sha256 they go by. */
	readonly #damaged: string[] = [];

	constructor(session: Session, heading: Heading, store: EvidenceStore | null) {
		this.#session = session;
		this.#heading = heading;
		this.#store = store;
	}

	async run(entries: AsyncGenerator<ReadEntry>): Promise<BackupSummary> {
		for (const table of await ownTables(this.#session)) this.#tables.set(table.name, table);
		const fasten = await loosen(this.#session, [...this.#tables.values()]);
		let ending: Ending | null = null;
		for await (const entry of entries) {
			if (entry.name === endingName) ending = await this.#verify(entry);
			else if (entry.name.startsWith("tables/")) await this.#fill(entry);
			else if (entry.name.startsWith("evidence/")) await this.#put(entry);
		}
		if (ending === null) throw new AdviceError("The backup is cut short: use another copy of it.");
		await this.#session.runAll([
			...fasten.map((sql) => ({ sql, parameters: [] })),
			...this.#heading.sequences.map(({ name, value }) => ({
				sql: "SELECT setval(quote_ident($1)::regclass, $2)",
				parameters: [name, value],
			})),
		]);
		const rows = Object.values(ending.rows).reduce((sum, count) => sum + count, 0);
		return { tables: this.#tables.size, rows, files: this.#files, damaged: ending.damaged };
	}

	async #fill(entry: ReadEntry): Promise<void> {
		const name = entry.name.split("/")[1] ?? "";
		const table = this.#tables.get(name);
		const columns = this.#heading.tables.find((each) => each.name === name)?.columns;
		if (table === undefined || columns === undefined) {
			throw new AdviceError(`The backup holds a table "${name}" that this release doesn't have.`);
		}
		const lines = (await contentOf(entry)).toString("utf8").trimEnd().split("\n");
		try {
			await writeRows(this.#session, table, columns, lines);
		} catch (error) {
			const why = `${entry.name} can't be put into the database (${messageOf(error)})`;
			throw new AdviceError(`The backup is damaged: ${why}. Use another copy of it.`, { cause: error });
		}
	}

	async #put(entry: ReadEntry): Promise<void> {
		if (this.#store === null)
			throw new AdviceError("The backup carries evidence files: restore it with EVIDENCE=disk.");
		const expected = entry.name.slice("evidence/".length);
		const stored = await this.#store.put(entry.content, { maxBytes: entry.size });
		if (!stored.ok) throw new AdviceError(`Evidence file ${expected} can't be written: ${stored.detail}`);
		this.#files += 1;
		if (stored.sha256 === expected) return;
		this.#damaged.push(expected);
		if (!stored.already) await this.#store.remove(stored.sha256);
	}

	/** The sum over all bytes, the rows as the database counts them now, and the files. */
	async #verify(entry: ReadEntry): Promise<Ending> {
		const ending = await parseEnding(entry);
		const rows = await countRows(this.#session, this.#heading.tables);
		const wrong = [
			...(ending.sha256 === entry.sha256Before ? [] : ["its sha256 is another"]),
			...(ending.files === this.#files ? [] : [`${this.#files} of ${ending.files} evidence files are there`]),
			...this.#damaged
				.filter((each) => !ending.damaged.includes(each))
				.map((each) => `evidence ${each} is altered`),
			...Object.entries(ending.rows)
				.filter(([name, count]) => rows[name] !== count)
				.map(([name, count]) => `${rows[name] ?? 0} of ${count} rows of "${name}" are there`),
		];
		if (wrong.length === 0) return ending;
		throw new AdviceError(`The backup is damaged (${wrong.join("; ")}): use another copy of it.`);
	}
}
