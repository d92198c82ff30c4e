import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Case } from "#engine/case.ts";
import { readDayTables } from "#server/day-tables.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { Offices } from "#server/office.ts";
import { packsOf, readPacks } from "#server/packs.ts";
import { testDatabase } from "#server/store/database/testing.ts";
import { type Entry, readHistory } from "#server/store/history.ts";
import { keysFrom } from "#server/store/kept.ts";

/**
 * `npm run golden -- VERSION`: keeps the histories of a release's demo stories, with what they fold to.
 * Every later release must fold them to the same, and may add to it (engine/golden, tried by server/store/golden.test.ts).
 */
const [version] = process.argv.slice(2);
if (!version) throw new Error("Say the version: npm run golden -- 0.1.0");
const now = "2026-11-20T03:00:00.000Z";
const database = await testDatabase();
const desk = {
	database,
	packs: packsOf(await readPacks()),
	offices: new Offices(database),
	keys: keysFrom(randomBytes(32)),
	days: readDayTables(),
	clock: () => now,
	committed: () => {},
};
await seedDemo(desk, now);
const [rows = []] = (await database.read([
	{ sql: "select stream, state from snapshot where kind = 'case' order by stream limit 14", parameters: [] },
])) as { stream: string; state: Case }[][];
const lines: string[] = [];
for (const { stream, state } of rows) {
	const [entries = []] = (await database.read([readHistory(state.company, stream)])) as Entry[][];
	lines.push(JSON.stringify({ stream, company: state.company, state, entries }));
}
await database.close();
const file = join(import.meta.dirname, "..", "engine", "golden", `${version}.jsonl.gz`);
await writeFile(file, gzipSync(lines.join("\n"), { level: 9 }));
console.log(`${lines.length} histories kept in ${file}`);
