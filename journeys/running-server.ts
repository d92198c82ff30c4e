import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createAccounts } from "#server/accounts/users.ts";
import { accountsToMake } from "#server/demo/accounts.ts";
import { COMPANY, insertCompany } from "#server/demo/company.ts";
import { type Database, openDatabase } from "#server/store/database/database.ts";
import { ownMigrations } from "#server/store/database/migrate.ts";

const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "server", "main.ts");
const SCRIPTS = join(ROOT, "scripts");

/** `npm start` as a process of its own on a data folder of its own, to be killed and started again. */
export class RunningServer {
	readonly #folder: string;
	readonly #port: number;
	#child: ChildProcess | null = null;
	readonly url: string;

	private constructor(folder: string, port: number) {
		this.#folder = folder;
		this.#port = port;
		this.url = `http://127.0.0.1:${port}`;
	}

	/** A new data folder with the demo's company and accounts, and no case; not yet started. */
	static async prepared(): Promise<RunningServer> {
		const server = new RunningServer(await mkdtemp(join(tmpdir(), "redress-crash-")), await freePort());
		await server.withDatabase(async (database) => {
			await database.transaction((session) => session.commitWith(insertCompany(COMPANY, "星河运输")));
			const made = await createAccounts({ database }, accountsToMake());
			if (!made.ok) throw new Error(`no accounts: ${JSON.stringify(made.refusal)}`);
		});
		return server;
	}

	/** Starts it; resolves when it takes requests. */
	async start(): Promise<void> {
		const child = spawn(process.execPath, [MAIN], {
			env: this.#environment(),
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#child = child;
		let said = "";
		child.stderr?.on("data", (text) => {
			said += text;
		});
		for await (const line of createInterface({ input: child.stdout })) if (line.includes("is at")) return;
		throw new Error(`the server did not start: ${said}`);
	}

	/** Kills it on the spot: nothing is finished, nothing is written any more. */
	async kill(): Promise<void> {
		await this.#end("SIGKILL");
	}

	/** Asks it to stop and waits until it has. */
	async stop(): Promise<void> {
		await this.#end("SIGTERM");
	}

	/** Runs a script of the product on the data folder while no server does; its exit code and what it said. */
	async runs(script: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
		const child = spawn(process.execPath, [join(SCRIPTS, script), ...args], {
			env: this.#environment(),
			stdio: ["ignore", "pipe", "pipe"],
		});
		let said = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (text) => {
				said += text;
			});
		const [code] = await once(child, "close");
		return { code: code as number | null, said };
	}

	#environment(): NodeJS.ProcessEnv {
		const { PATH = "", HOME = "" } = process.env;
		const own = { DATA_DIR: this.#folder, PORT: String(this.#port), DEMO: "false", LOG_LEVEL: "silent" };
		return { PATH, HOME, ...own };
	}

	/** Looks into the database while no server runs on it. */
	async withDatabase<T>(look: (database: Database<unknown>) => Promise<T>): Promise<T> {
		const place = { dataDir: this.#folder, databaseUrl: null };
		const database = await openDatabase<unknown>(place, { migrations: ownMigrations });
		try {
			return await look(database);
		} finally {
			await database.close();
		}
	}

	async remove(): Promise<void> {
		await this.kill();
		await rm(this.#folder, { recursive: true, force: true });
	}

	async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
		const child = this.#child;
		this.#child = null;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = once(child, "exit");
		child.kill(signal);
		await gone;
	}
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const address = probe.address();
	probe.close();
	await once(probe, "close");
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}
