import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commit } from "./commit.ts";
import type { Database } from "./database/database.ts";
import { testDatabase } from "./database/testing.ts";
import { type AlikeRow, alikeTo, insertPrints, readPrints } from "./picture-prints.ts";

let database: Database<unknown>;
const PICTURES = 2_000;
const COMPANY = "acme";
const bits = () => randomBytes(32).toString("hex");
const nameOf = (n: number) => String(n).padStart(64, "0");
const FIRST = { part: 0, bits: bits() };

beforeAll(async () => {
	database = await testDatabase<unknown>();
	const files = Array.from({ length: PICTURES }, (_, n) => nameOf(n));
	await commit(
		database,
		{ sql: "insert into company (company, name) values ($1, $1)", parameters: [COMPANY] },
		{
			sql: "insert into evidence_file (company, sha256, bytes, mime, kind, facts, uploaded_by, uploaded_at) select $1, name, 1, 'image/jpeg', 'image', '{\"cases\":[\"c1\"]}', 'x', now() from unnest($2::text[]) as name",
			parameters: [COMPANY, files],
		},
	);
	for (const [n, name] of files.entries()) {
		const parts = Array.from({ length: 12 }, (_, part) => ({ part, bits: bits() }));
		await commit(database, ...insertPrints(COMPANY, name, n === 0 ? [FIRST, ...parts.slice(1)] : parts));
	}
	await commit(database, { sql: "analyze picture_print", parameters: [] });
}, 120_000);
afterAll(() => database.close());

const MOST = { whole: 31, cut: 45 };

/** Some of a print's bits turned over, spread evenly. */
function turned(digits: string, count: number): string {
	const step = Math.floor(256 / count);
	let all = BigInt(`0x${digits}`);
	for (let n = 0; n < count; n++) all ^= 1n << BigInt(n * step);
	return all.toString(16).padStart(64, "0");
}

async function alike(part: number, digits: string, company = COMPANY): Promise<AlikeRow[]> {
	const rows = await database.read(alikeTo(company, "none", [{ part, bits: digits }], MOST));
	return rows.flat() as AlikeRow[];
}

test.each([0, 1, 8, 20, 28])(
	"a picture that differs in %i bits is found, with by how much",
	async (count) => {
		const digits = count === 0 ? FIRST.bits : turned(FIRST.bits, count);
		expect(await alike(0, digits)).toEqual([{ sha256: nameOf(0), part: 0, differs: count, cases: ["c1"] }]);
	},
);

test("one that differs more, or is another company's, isn't", async () => {
	expect(await alike(0, turned(FIRST.bits, 64))).toEqual([]);
	expect(await alike(0, FIRST.bits, "other")).toEqual([]);
});

test("what was written is read back", async () => {
	const [rows] = await database.read([readPrints(COMPANY, nameOf(0))]);
	expect(rows?.[0]).toEqual(FIRST);
	expect(rows).toHaveLength(12);
});

test("pictures are looked up by the index, never all of them", async () => {
	const [statement] = alikeTo(COMPANY, "none", [FIRST], MOST);
	const [rows = []] = await database.read([
		{ sql: `explain ${statement?.sql}`, parameters: statement?.parameters ?? [] },
	]);
	const plan = (rows as { "QUERY PLAN": string }[]).map((one) => one["QUERY PLAN"]).join("\n");
	for (const n of [1, 2, 3, 4])
		expect(plan).toMatch(new RegExp(`(Scan using|Scan on) picture_print_run${n}`));
	expect(plan).not.toMatch(/Seq Scan on (picture_print|evidence_file)/);
});

test("prints go with their file", async () => {
	await commit(database, {
		sql: "delete from evidence_file where company = $1 and sha256 = $2",
		parameters: [COMPANY, nameOf(1)],
	});
	expect((await database.read([readPrints(COMPANY, nameOf(1))]))[0]).toEqual([]);
});
