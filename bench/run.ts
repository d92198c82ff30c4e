import { fill, prepareFill } from "./filling.ts";
import { type Ground, type Kind, machine, openGround } from "./ground.ts";
import { enterLead, readings } from "./reading.ts";
import { type Figures, report, sectionOf } from "./report.ts";
import { serving } from "./serving.ts";
import { fireTimers } from "./timers.ts";
import { importRate, writingRates } from "./writing.ts";

/**
 * `npm run bench [-- pglite|postgres] [--quick]`: measures, and writes the figures into bench/README.md; a quick run
 * only prints them. PostgreSQL is the one at DATABASE_URL, whose user must be allowed to create databases.
 */

interface Sizes {
	cases: number[];
	writes: number;
	imported: number;
	readings: number;
	timers: number;
	requests: number;
}

const FULL: Sizes = {
	cases: [10_000, 100_000, 1_000_000],
	writes: 3_000,
	imported: 10_000,
	readings: 200,
	timers: 100_000,
	requests: 5_000,
};
const QUICK: Sizes = {
	cases: [10_000],
	writes: 400,
	imported: 1_000,
	readings: 40,
	timers: 2_000,
	requests: 500,
};

async function measure(kind: Kind, sizes: Sizes): Promise<Figures> {
	const what = { kind, day: new Date().toISOString().slice(0, 10), machine: machine() };
	const written = await onGround(kind, (ground) => writingOf(ground, sizes));
	const served = await serving(kind, sizes.requests);
	say("served", served);
	const read = await onGround(kind, (ground) => readingOf(ground, sizes));
	return { ...what, ...written, served, ...read };
}

async function onGround<T>(kind: Kind, work: (ground: Ground) => Promise<T>): Promise<T> {
	const ground = await openGround(kind);
	try {
		return await work(ground);
	} finally {
		await ground.close();
	}
}

async function writingOf(
	ground: Ground,
	sizes: Sizes,
): Promise<Pick<Figures, "database" | "writing" | "imported">> {
	const database = await databaseOf(ground);
	const writing: Figures["writing"] = [];
	for (const writers of [1, 8]) {
		const rates = await writingRates(ground, sizes.writes, writers);
		writing.push({ writers, rates });
		say(`${writers} writers`, rates);
	}
	const imported = await importRate(ground, sizes.imported);
	say("imported a second", imported);
	return { database, writing, imported };
}

async function readingOf(ground: Ground, sizes: Sizes): Promise<Pick<Figures, "reading" | "timers">> {
	const models = await prepareFill(ground);
	await enterLead(ground);
	const reading: Figures["reading"] = [];
	let filled = 0;
	for (const cases of sizes.cases) {
		const before = performance.now();
		await fill(ground, models, filled, cases);
		filled = cases;
		say(`${cases} cases, filled in s`, Math.round((performance.now() - before) / 1000));
		const [size] = await ground.rows<{ bytes: number }>(
			"select pg_database_size(current_database()) as bytes",
		);
		const times = await readings(ground, cases, sizes.readings);
		reading.push({ cases, megabytes: (size?.bytes ?? 0) / 1e6, times });
		say(`${cases} cases`, times);
	}
	const timers = await fireTimers(ground, models, filled, sizes.timers);
	say("timers", timers);
	return { reading, timers };
}

async function databaseOf({ kind, rows }: Ground): Promise<string> {
	const [row] = await rows<Record<string, string>>(
		"select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers",
	);
	return `${kind === "pglite" ? "PGlite, PostgreSQL" : "PostgreSQL"} ${row?.version}, fsync ${row?.fsync}, shared_buffers ${row?.buffers}`;
}

function say(what: string, figures: unknown): void {
	console.log(`${new Date().toISOString().slice(11, 19)} ${what}`, figures);
}

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const named = args.filter((one) => one === "pglite" || one === "postgres");
const kinds: Kind[] =
	named.length > 0 ? named : process.env.DATABASE_URL ? ["pglite", "postgres"] : ["pglite"];
if (args.some((one) => one !== "--quick" && one !== "pglite" && one !== "postgres")) {
	console.error("npm run bench [-- pglite|postgres] [--quick]");
	process.exit(2);
}
if (kinds.includes("postgres") && !process.env.DATABASE_URL) {
	console.error("Set DATABASE_URL to a PostgreSQL whose user may create databases.");
	process.exit(2);
}
for (const kind of kinds) {
	const figures = await measure(kind, quick ? QUICK : FULL);
	console.log(`\n${sectionOf(figures)}`);
	if (!quick) await report(figures);
}
