import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { hasCode } from "./advice.ts";
import type { GuardedPool } from "./pool.ts";

/**
 * SQL with its parameters ($1 …), as Kysely's `compile()` gives it. A `name` lets a connection parse and plan the
 * text once only: for texts that are always the same, one name for one text. A JavaScript array becomes a PostgreSQL
 * array; for jsonb give JSON text.
 */
export interface Statement {
	sql: string;
	parameters: readonly unknown[];
	name?: string;
}

/** An open transaction. After an error nothing more can be done in it. */
export interface Session {
	/** The rows of one statement. */
	run<R>(statement: Statement): Promise<R[]>;
	/** The rows of each statement; they travel in one message. The first error is thrown; those after it did nothing. */
	runAll(statements: readonly Statement[]): Promise<unknown[][]>;
	/** As `runAll`, and COMMIT in the same message: the session is over, whether it succeeds or throws. */
	commitWith(statements: readonly Statement[]): Promise<unknown[][]>;
}

export interface TransactionOptions {
	isolation?: "read committed" | "repeatable read" | "serializable";
	readOnly?: boolean;
}

const begin = (options: TransactionOptions) =>
	["BEGIN", options.isolation && `ISOLATION LEVEL ${options.isolation}`, options.readOnly && "READ ONLY"]
		.filter(Boolean)
		.join(" ");

/**
 * Runs `work` in a transaction: committed when it returns (or by its own `commitWith`), rolled back when it throws.
 * BEGIN travels with the first statements; no connection is taken before. On a serialisation failure or a deadlock
 * `work` is run again, up to three times: it must do nothing outside that can't be done twice.
 */
export async function transact<T>(
	pool: GuardedPool,
	work: (session: Session) => Promise<T>,
	options: TransactionOptions,
): Promise<T> {
	for (let retries = 0; ; retries += 1) {
		const mark = { open: true };
		const transaction = new OpenTransaction(pool, begin(options), mark);
		try {
			return await pool.guarded(mark, async () => {
				const result = await work(transaction);
				await transaction.finish();
				return result;
			});
		} catch (error) {
			await transaction.abandon();
			if (retries === 3 || !hasCode(error, "40001", "40P01")) throw error;
		}
		await pause(5 * 4 ** retries * (0.5 + Math.random()));
	}
}

/** Runs the statements on one connection, in one message, each on its own: for reading. */
export async function readAll(pool: GuardedPool, statements: readonly Statement[]): Promise<unknown[][]> {
	const client = await pool.connect();
	try {
		return rowsOf(await send(client, statements));
	} finally {
		client.release();
	}
}

class OpenTransaction implements Session {
	readonly #pool: GuardedPool;
	readonly #begin: Statement;
	readonly #mark: { open: boolean };
	#client: Promise<pg.PoolClient> | null = null;
	#begun = false;

	constructor(pool: GuardedPool, beginning: string, mark: { open: boolean }) {
		this.#pool = pool;
		this.#begin = { sql: beginning, parameters: [] };
		this.#mark = mark;
	}

	async run<R>(statement: Statement): Promise<R[]> {
		const [rows] = await this.runAll([statement]);
		return rows as R[];
	}

	async runAll(statements: readonly Statement[]): Promise<unknown[][]> {
		return rowsOf(await this.#send(statements));
	}

	async commitWith(statements: readonly Statement[]): Promise<unknown[][]> {
		const sent = this.#send([...statements, commit]);
		this.#mark.open = false;
		try {
			const answers = await sent;
			refuseRollback(answers.pop());
			return rowsOf(answers);
		} finally {
			await this.#release();
		}
	}

	/** Commits unless that has been done. */
	async finish(): Promise<void> {
		if (!this.#mark.open) return;
		if (this.#client === null) this.#mark.open = false;
		else await this.commitWith([]);
	}

	/** Rolls back unless it is over. Never throws: the error that led here counts more. */
	async abandon(): Promise<void> {
		if (this.#mark.open && this.#client !== null) await this.#send([rollback]).catch(() => {});
		this.#mark.open = false;
		await this.#release();
	}

	async #send(statements: readonly Statement[]): Promise<pg.QueryResult[]> {
		if (!this.#mark.open) throw new Error("This transaction is over: nothing more can be run in it.");
		this.#client ??= this.#pool.checkOut();
		const client = await this.#client;
		if (this.#begun) return await send(client, statements);
		this.#begun = true;
		const [, ...answers] = await send(client, [this.#begin, ...statements]);
		return answers;
	}

	async #release(): Promise<void> {
		const client = await this.#client?.catch(() => null);
		this.#client = null;
		client?.release(client.getTransactionStatus() !== "I");
	}
}

const commit: Statement = { sql: "COMMIT", parameters: [] };
const rollback: Statement = { sql: "ROLLBACK", parameters: [] };

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and no error. */
function refuseRollback(answer: pg.QueryResult | undefined): void {
	if (answer?.command === "COMMIT") return;
	throw new Error("Nothing was committed: an earlier statement of this transaction had failed.");
}

/** All statements are written before the first answer is awaited; the connection is in pipeline mode. */
async function send(client: pg.PoolClient, statements: readonly Statement[]): Promise<pg.QueryResult[]> {
	const answers = await Promise.allSettled(statements.map((statement) => client.query(queryOf(statement))));
	return answers.map((answer, index) => {
		if (answer.status === "fulfilled") return answer.value;
		throw Object.assign(answer.reason, { statement: statements[index]?.sql });
	});
}

function queryOf({ sql, parameters, name }: Statement): pg.QueryConfig {
	return { text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) };
}

/** Several commands in one text answer with a list, of which the last counts. */
function rowsOf(answers: readonly pg.QueryResult[]): unknown[][] {
	return answers.map((answer) => (Array.isArray(answer) ? answer.at(-1) : answer).rows);
}
