import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AdviceError } from "./advice.ts";
import type { Database } from "./database.ts";
import type { Session } from "./session.ts";

/** A forward-only change of the schema: a file `0001-name.sql`. `sha256` is over the text with `\n` line ends. */
export interface Migration {
	number: number;
	name: string;
	sha256: string;
	sql: string;
}

/** A migration as the database remembers it. */
export interface AppliedMigration {
	number: number;
	name: string;
	sha256: string;
	applied_at: string;
}

/** This server's own migrations. */
export const ownMigrations = fileURLToPath(new URL("../migrations", import.meta.url));

/**
 * The migrations in `folder`, in order.
 *
 * @throws AdviceError when a name is malformed, doubled, or a number is left out.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	return await Promise.all(names.map((name, index) => readMigration(folder, name, index + 1)));
}

async function readMigration(folder: string, file: string, expected: number): Promise<Migration> {
	const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
	if (digits === undefined || name === undefined) {
		throw new AdviceError(`${join(folder, file)}: a migration is named like 0001-first-tables.sql.`);
	}
	if (Number(digits) !== expected) {
		const wanted = String(expected).padStart(4, "0");
		throw new AdviceError(
			`${join(folder, file)}: number ${wanted} was expected here; migrations count 1, 2, 3 …`,
		);
	}
	const sql = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n");
	return { number: expected, name, sha256: createHash("sha256").update(sql).digest("hex"), sql };
}

/**
 * Applies what is missing, each file in a transaction of its own. Processes that start together take turns. Answers
 * the migrations that were applied now.
 *
 * @throws AdviceError when an applied file was altered, or the database is newer than this release.
 */
export async function migrate(
	database: Pick<Database<unknown>, "kind" | "transaction">,
	migrations: readonly Migration[],
): Promise<Migration[]> {
	const applied = await database.transaction(async (session) => {
		await prepareMigrations(session, database.kind);
		const applied = await appliedMigrations(session);
		checkApplied(applied, migrations);
		return applied.length;
	});
	const done: Migration[] = [];
	for (const migration of migrations.slice(applied)) {
		const mine = await database.transaction(async (session) => {
			await prepareMigrations(session, database.kind);
			if ((await appliedMigrations(session)).length >= migration.number) return false;
			await applyMigration(session, migration);
			return true;
		});
		if (mine) done.push(migration);
	}
	return done;
}

/** Makes the table of applied migrations, and holds other processes off until this transaction ends. */
export async function prepareMigrations(session: Session, kind: "pglite" | "postgres"): Promise<void> {
	if (kind === "postgres") {
		await session.run({ sql: "SELECT pg_advisory_xact_lock(hashtext('redress migration'))", parameters: [] });
	}
	await session.run({
		sql: `CREATE TABLE IF NOT EXISTS migration (
			number integer PRIMARY KEY,
			name text NOT NULL,
			sha256 text NOT NULL,
			applied_at timestamptz NOT NULL DEFAULT now()
		)`,
		parameters: [],
	});
}

/** What has been applied, in order. The table must be there. */
export function appliedMigrations(session: Session): Promise<AppliedMigration[]> {
	return session.run({
		sql: "SELECT number, name, sha256, applied_at FROM migration ORDER BY number",
		parameters: [],
	});
}

/** Runs one migration in the session's transaction and remembers it. */
export async function applyMigration(
	session: Session,
	{ number, name, sha256, sql }: Migration,
): Promise<void> {
	try {
		await session.run({ sql, parameters: [] });
	} catch (error) {
		if (error instanceof Error) error.message = `${fileOf({ number, name })}: ${error.message}`;
		throw error;
	}
	await session.run({
		sql: "INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)",
		parameters: [number, name, sha256],
	});
}

/**
 * Checks what was applied against the files of this release.
 *
 * @throws AdviceError
 */
export function checkApplied(
	applied: readonly Omit<AppliedMigration, "applied_at">[],
	migrations: readonly Migration[],
): void {
	for (const [index, each] of applied.entries()) {
		const file = migrations[index];
		if (file === undefined) {
			throw new AdviceError(
				`The database is newer than this release: it has ${fileOf(each)}, and this release ends at ` +
					`${migrations.length}. Start the newer release again, or restore a backup made before the upgrade.`,
			);
		}
		if (each.number === file.number && each.sha256 === file.sha256) continue;
		throw new AdviceError(
			`${fileOf(file)} was altered after it had been applied to the database. ` +
				"Put the file back as it was released, and write the change as a new migration.",
		);
	}
}

function fileOf({ number, name }: { number: number; name: string }): string {
	return `Migration ${String(number).padStart(4, "0")}-${name}.sql`;
}
