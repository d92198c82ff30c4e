import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { AdviceError } from "./advice.ts";

type Connected = (
	error: Error | undefined,
	client: pg.PoolClient | undefined,
	done: (release?: unknown) => void,
) => void;

/**
 * A pg.Pool that refuses to hand out a second connection inside an open transaction: the embedded database has one
 * session, so that waiting for another would never end. It refuses on PostgreSQL too, so that every test finds it.
 */
export class GuardedPool extends pg.Pool {
	readonly #transactions = new AsyncLocalStorage<{ open: boolean }>();

	constructor(config: pg.PoolConfig, report: (sentence: string) => void) {
		super({ ...config, onConnect: prepareSession });
		this.on("error", (error) => report(`A connection to the database was lost: ${error.message}`));
		// Without a listener of its own, a client lost while it is in use would end the process.
		this.on("connect", (client) => client.on("error", () => {}));
	}

	override connect(): Promise<pg.PoolClient>;
	override connect(callback: Connected): void;
	override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
		const error = this.#refusal();
		if (error !== null) {
			if (callback === undefined) return Promise.reject(error);
			callback(error, undefined, () => {});
			return undefined;
		}
		if (callback === undefined) return this.checkOut();
		super.connect(callback);
		return undefined;
	}

	/** A connection for the transaction itself, past the guard. To be released. */
	async checkOut(): Promise<pg.PoolClient> {
		try {
			return await super.connect();
		} catch (error) {
			if (!(error instanceof Error) || !error.message.startsWith("timeout exceeded")) throw error;
			throw new AdviceError(
				"No connection to the database became free in time: it is overloaded, or one was kept without being released.",
				{ cause: error },
			);
		}
	}

	/** Runs `work` so that `connect`, and another `guarded`, refuse until `mark.open` is false. */
	async guarded<T>(mark: { open: boolean }, work: () => Promise<T>): Promise<T> {
		const error = this.#refusal();
		if (error !== null) throw error;
		return await this.#transactions.run(mark, work);
	}

	#refusal(): Error | null {
		if (this.#transactions.getStore()?.open !== true) return null;
		return new Error(
			"A query went past the open transaction: inside transaction(work) use the session that work is given, " +
				"and open no second transaction.",
		);
	}
}

/**
 * All sessions count in UTC, whatever the server's or the user's default is. Plans are made for solid disks, and our
 * statements are too short to be worth compiling: PostgreSQL's defaults would read whole tables instead of an index.
 */
async function prepareSession(client: pg.ClientBase): Promise<void> {
	await client.query("SET TIME ZONE 'UTC'; SET random_page_cost = 1.1; SET jit = off");
}
