import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type Actor, ROLES } from "#engine/actor.ts";
import { readDayTables } from "#server/day-tables.ts";
import type { Desk } from "#server/handle.ts";
import { Offices } from "#server/office.ts";
import { readPacks } from "#server/packs.ts";
import { type Database, openDatabase } from "#server/store/database/database.ts";
import { ownMigrations } from "#server/store/database/migrate.ts";
import { emptyPostgres } from "#server/store/database/testing.ts";
import { keysFrom } from "#server/store/kept.ts";

/** A fresh database of the kind to be measured, with a desk on it; gone at `close`. */
export interface Ground {
	kind: "pglite" | "postgres";
	desk: Desk;
	database: Database<unknown>;
	close(): Promise<void>;
}

export const COMPANY = "bench";

/** Durable on disk in both cases: PGlite with real fsync, PostgreSQL as it is set up. */
export async function openGround(kind: Ground["kind"]): Promise<Ground> {
	const folder = await mkdtemp(join(tmpdir(), "redress-bench-"));
	const server = kind === "postgres" ? await emptyPostgres(process.env.DATABASE_URL ?? "") : null;
	const place = { dataDir: folder, databaseUrl: server?.url ?? null };
	const database = await openDatabase<unknown>(place, { migrations: ownMigrations, connections: 8 });
	await database.transaction((session) =>
		session.commitWith([
			{ sql: "insert into company (company, name) values ($1, 'Bench')", parameters: [COMPANY] },
		]),
	);
	const desk: Desk = {
		database,
		packs: await readPacks(),
		offices: new Offices(database),
		keys: keysFrom(Buffer.alloc(32, 1)),
		days: readDayTables(),
		clock: () => new Date().toISOString(),
		committed: () => {},
	};
	const close = async () => {
		await database.close();
		await server?.drop();
		await rm(folder, { recursive: true, force: true });
	};
	return { kind, desk, database, close };
}

export function person(id: string, role: string): Actor {
	return {
		id,
		kind: "person",
		company: COMPANY,
		capabilities: ROLES[role] ?? [],
		organisations: "all",
		trades: "all",
		belongsTo: ["desk"],
	};
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

/** Median and 95th percentile of `n` runs, in milliseconds; some runs beforehand don't count. */
export async function times(
	n: number,
	work: (n: number) => Promise<unknown>,
): Promise<{ p50: number; p95: number }> {
	for (let warm = 0; warm < Math.min(20, n); warm++) await work(warm);
	const measured: number[] = [];
	for (let run = 0; run < n; run++) {
		const started = performance.now();
		await work(run);
		measured.push(performance.now() - started);
	}
	measured.sort((a, b) => a - b);
	return { p50: measured[Math.floor(n * 0.5)] ?? 0, p95: measured[Math.floor(n * 0.95)] ?? 0 };
}

export function machine(): string {
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${gigabytes} GiB, Node ${process.version}`;
}
