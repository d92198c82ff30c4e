import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type Actor, ROLES } from "#engine/actor.ts";
import { createAccounts } from "#server/accounts/users.ts";
import { compose, type Redress } from "#server/compose.ts";
import { accountsToMake, DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { COMPANY } from "#server/demo/company.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { openDatabase, type Statement } from "#server/store/database/database.ts";
import { ownMigrations } from "#server/store/database/migrate.ts";
import { emptyPostgres } from "#server/store/database/testing.ts";

export type Kind = "pglite" | "postgres";

/** The whole application on a fresh database of its own, with the demo's company, people and cases; gone at `close`. */
export interface Ground {
	kind: Kind;
	redress: Redress;
	/** The clock, once it is set; else the time of day. */
	clock: { at: string | null };
	/** Signs somebody of the cast in, through the routes: answers a reader of addresses, which must answer 200. */
	as(login: string): Promise<(url: string) => Promise<string>>;
	rows<R>(sql: string, ...parameters: unknown[]): Promise<R[]>;
	write(statements: readonly Statement[]): Promise<void>;
	close(): Promise<void>;
}

/** Durable on disk in both cases: PGlite with real fsync, PostgreSQL as it is set up. */
export async function openGround(kind: Kind): Promise<Ground> {
	const folder = await mkdtemp(join(tmpdir(), "redress-bench-"));
	const server = kind === "postgres" ? await emptyPostgres(process.env.DATABASE_URL ?? "") : null;
	const databaseUrl = server?.url ?? null;
	const database = await openDatabase<unknown>(
		{ dataDir: folder, databaseUrl },
		{ migrations: ownMigrations },
	);
	const clock: Ground["clock"] = { at: null };
	const settings = {
		...{ port: 0, host: "127.0.0.1", publicUrl: "http://127.0.0.1", logLevel: "silent" as const },
		...{
			dataDir: folder,
			databaseUrl,
			secretKey: Buffer.alloc(32, 1),
			packsDir: null,
			portsFile: null,
			demo: false,
		},
		...{ evidence: { kind: "disk" as const, folder: join(folder, "evidence") }, maxUploadBytes: 10_000_000 },
	};
	const redress = await compose(settings, {
		...{ database, rate: 1_000_000_000, report: () => {} },
		clock: () => clock.at ?? new Date().toISOString(),
	});
	await seedDemo(redress.desk, redress.desk.clock());
	const made = await createAccounts(redress.accounts, accountsToMake());
	if (!made.ok) throw new Error(`no accounts: ${JSON.stringify(made.refusal)}`);
	redress.desk.offices.forget(COMPANY);
	return {
		...{ kind, redress, clock },
		as: (login) => signIn(redress, login),
		rows: async <R>(sql: string, ...parameters: unknown[]) =>
			(await database.read([{ sql, parameters }]))[0] as R[],
		write: async (statements) => {
			await database.transaction((session) => session.commitWith(statements));
		},
		close: async () => {
			await redress.close();
			await server?.drop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function signIn({ app }: Redress, login: string): Promise<(url: string) => Promise<string>> {
	const payload = { login, password: DEMO_PASSWORD };
	const signed = await app.inject({ method: "POST", url: "/api/session", payload });
	if (signed.statusCode !== 200) throw new Error(`${login} is not signed in: ${signed.payload}`);
	const cookie = cookiesIn(signed.headers["set-cookie"]);
	return async (url) => {
		const answer = await app.inject({ method: "GET", url, headers: { cookie } });
		if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.payload}`);
		return answer.payload;
	};
}

/** Set-Cookie headers as a Cookie header. */
export function cookiesIn(set: string | readonly string[] | undefined): string {
	return [set ?? []]
		.flat()
		.map((one) => one.split(";")[0])
		.join("; ");
}

/** Somebody of the demo's company with a role and no limits. */
export function person(id: string, role: string): Actor {
	const everywhere = { organisations: "all", trades: "all", belongsTo: ["service"] } as const;
	return { id, kind: "person", company: COMPANY, capabilities: ROLES[role] ?? [], ...everywhere };
}

/** Runs `work` n times on so many writers at once; operations a second. */
export async function rate(
	n: number,
	writers: number,
	work: (n: number) => Promise<unknown>,
): Promise<number> {
	let next = 0;
	const started = performance.now();
	const writer = async () => {
		for (let mine = next++; mine < n; mine = next++) await work(mine);
	};
	await Promise.all(Array.from({ length: writers }, writer));
	return n / ((performance.now() - started) / 1000);
}

/** Milliseconds. */
export interface Times {
	p50: number;
	p95: number;
}

/** Median and 95th percentile of `n` runs, one after the other; some runs beforehand don't count. */
export async function times(n: number, work: (n: number) => Promise<unknown>): Promise<Times> {
	for (let warm = 0; warm < Math.min(20, n); warm++) await work(n + warm);
	const measured: number[] = [];
	for (let run = 0; run < n; run++) {
		const started = performance.now();
		await work(run);
		measured.push(performance.now() - started);
	}
	measured.sort((a, b) => a - b);
	return { p50: measured[Math.floor(n * 0.5)] ?? 0, p95: measured[Math.floor(n * 0.95)] ?? 0 };
}

/** What it ran on, and how busy that was before. */
export function machine(): string {
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const model = cpus()[0]?.model.trim() || "unknown processor";
	const load = loadavg()[0]?.toFixed(1);
	return `${model}, ${cpus().length} cores, ${gigabytes} GiB, Node ${process.version}, load before: ${load}`;
}
