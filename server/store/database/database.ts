import {
	Kysely,
	type PostgresCursor,
	PostgresDialect,
	type PostgresPool,
	type PostgresPoolClient,
	type PostgresQueryResult,
} from "kysely";
import type pg from "pg";
import { AdviceError, messageOf } from "./advice.ts";
import { type EmbeddedServer, openEmbedded, startInMemory } from "./embedded.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { GuardedPool } from "./pool.ts";
import { readAll, type Session, type Statement, type TransactionOptions, transact } from "./session.ts";
import { values, valuesWithDates } from "./values.ts";

export type { Session, Statement, TransactionOptions } from "./session.ts";

/** One database, whichever server runs it. `Tables` is its schema for Kysely. */
export interface Database<Tables> {
	kind: "pglite" | "postgres";
	/** Single queries, each on its own. Not inside `transaction`: it refuses there. Close the database, not this. */
	kysely: Kysely<Tables>;
	/** The same, with timestamptz as Date, for libraries that expect one. */
	kyselyWithDates: Kysely<Tables>;
	/** See `transact`. */
	transaction<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>;
	/** Rows of several statements, asked in one message, each seeing what is committed when it runs. */
	read(statements: readonly Statement[]): Promise<unknown[][]>;
	/** Resolves when the embedded server has died of itself (a full disk, say): the process had best end then. */
	died: Promise<Error>;
	/** Waits for what is under way, then closes. */
	close(): Promise<void>;
}

/** `dataDir` ":memory:" keeps the embedded database in memory, for tests. */
export interface DatabasePlace {
	dataDir: string;
	databaseUrl: string | null;
}

export interface OpenOptions {
	/** The folder of migrations to bring the database up to; null leaves it as it is. */
	migrations: string | null;
	/** false: refuse when the data folder holds no embedded database. */
	create?: boolean;
	/** Connections at most, on PostgreSQL. */
	connections?: number;
	/** Told, in a sentence, of connections that were lost. */
	report?: (sentence: string) => void;
}

/**
 * Opens the embedded database in `place.dataDir`, or PostgreSQL at `place.databaseUrl`, and migrates it.
 *
 * @throws AdviceError when it can't be used, saying what to do.
 */
export async function openDatabase<Tables>(
	place: DatabasePlace,
	options: OpenOptions,
): Promise<Database<Tables>> {
	const database =
		place.databaseUrl === null
			? await openPglite<Tables>(place.dataDir, options)
			: await openPostgres<Tables>(place.databaseUrl, options);
	if (options.migrations === null) return database;
	try {
		await migrate(database, await readMigrations(options.migrations));
		return database;
	} catch (error) {
		await database.close();
		throw error;
	}
}

async function openPglite<Tables>(dataDir: string, options: OpenOptions): Promise<Database<Tables>> {
	const inMemory = dataDir === ":memory:";
	return embeddedDatabase(
		inMemory ? await startInMemory(null) : await openEmbedded(dataDir, options.create ?? true),
		options.report ?? console.warn,
	);
}

/** A database on a server that has been started; closing it closes the server. */
export function embeddedDatabase<Tables>(
	server: EmbeddedServer,
	report: (sentence: string) => void,
): Database<Tables> {
	const pool = new GuardedPool(
		{
			stream: () => server.connect(),
			// What the environment says about other servers must not reach this one.
			user: "postgres",
			database: "postgres",
			host: "embedded",
			ssl: false,
			max: 1,
			idleTimeoutMillis: 0,
			connectionTimeoutMillis: 120_000,
			pipeline: true,
			types: values,
		},
		report,
	);
	return assemble("pglite", pool, server);
}

async function openPostgres<Tables>(databaseUrl: string, options: OpenOptions): Promise<Database<Tables>> {
	const pool = new GuardedPool(
		{
			connectionString: databaseUrl,
			application_name: "redress",
			max: options.connections ?? 10,
			connectionTimeoutMillis: 30_000,
			keepAlive: true,
			pipeline: true,
			types: values,
		},
		options.report ?? console.warn,
	);
	try {
		await checkServer(pool);
	} catch (error) {
		await pool.end();
		throw error;
	}
	return assemble("postgres", pool, { died: new Promise(() => {}), close: async () => {} });
}

/** @throws AdviceError unless it answers, is PostgreSQL 15 or later, and stores UTF-8. */
async function checkServer(pool: GuardedPool): Promise<void> {
	const asked =
		"SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding";
	const answer = await pool.query<{ version: number; encoding: string }>(asked).catch((error: unknown) => {
		throw new AdviceError(`PostgreSQL can't be reached, check DATABASE_URL: ${messageOf(error)}`, {
			cause: error,
		});
	});
	const [server] = answer.rows;
	if (server === undefined || server.version < 150_000) {
		throw new AdviceError("DATABASE_URL leads to a PostgreSQL older than 15: use 15 or later.");
	}
	if (server.encoding !== "UTF8") {
		throw new AdviceError(
			`DATABASE_URL leads to a database in ${server.encoding}: make one with ENCODING 'UTF8'.`,
		);
	}
}

function assemble<Tables>(
	kind: "pglite" | "postgres",
	pool: GuardedPool,
	server: Pick<EmbeddedServer, "died" | "close">,
): Database<Tables> {
	let closing: Promise<void> | null = null;
	return {
		kind,
		kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }),
		kyselyWithDates: new Kysely({ dialect: new PostgresDialect({ pool: datePool(pool) }) }),
		transaction: (work, options = {}) => transact(pool, work, options),
		read: (statements) => readAll(pool, statements),
		died: server.died,
		close() {
			closing ??= pool.end().finally(() => server.close());
			return closing;
		},
	};
}

/** The same connections, asked to give timestamptz as Date. */
function datePool(pool: GuardedPool): PostgresPool {
	return {
		options: pool.options,
		end: () => pool.end(),
		connect: async () => withDates(await pool.connect()),
	};
}

function withDates(client: pg.PoolClient): PostgresPoolClient {
	function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
	function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
	function query(text: unknown, parameters: readonly unknown[] = []): unknown {
		if (typeof text !== "string") throw new Error("Cursors are not offered: read in pages.");
		return client.query({ text, values: [...parameters], types: valuesWithDates });
	}
	return { query, release: (destroy) => client.release(destroy) };
}
