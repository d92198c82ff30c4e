import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Case } from "#engine/case.ts";
import { rebuild } from "../proving/rebuild.ts";
import { type DeskUnderTest, deskUnderTest } from "../proving/testing.ts";
import { type Imported, importFile } from "./import.ts";
import { parseMap } from "./map.ts";
import type { Order } from "./run.ts";

let under: DeskUnderTest;
let company: string;
let folder: string;

beforeAll(async () => {
	under = await deskUnderTest();
});
afterAll(() => under.database.close());
beforeEach(async () => {
	company = await under.company();
	folder = await mkdtemp(join(tmpdir(), "redress-import-"));
});
afterEach(() => rm(folder, { recursive: true }));

const MAP = `
key: id
verbatim: text
channel: { value: phone }
receivedAt: at
amount: claim
category: { column: sort, values: { 破损: damage } , otherwise: delay }
order: { number: no, facts: { fee: fee, insured: insured } }
parties:
  - { seat: recipient, name: name, phone: tel }
  - { seat: courier }
`;
const PLAIN_MAP = "key: id\nverbatim: text\nchannel: { value: phone }\nreceivedAt: at";

async function written(name: string, rows: readonly unknown[]): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, rows.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n"));
	return path;
}

async function runImport(file: string, map = PLAIN_MAP, changed: Partial<Order> = {}): Promise<Imported> {
	const pack = under.desk.packs.newest("express");
	if (!pack) throw new Error("no pack");
	return await importFile(under.desk, {
		company,
		pack,
		file,
		name: "complaints",
		map: parseMap(map, pack),
		rejects: join(folder, "rejects.jsonl"),
		batch: 4,
		again: false,
		say: ({ reason }) => reason,
		report: () => {},
		...changed,
	});
}

async function rejectsOf(): Promise<{ line: number; reasons: string[]; row: unknown }[]> {
	const text = await readFile(join(folder, "rejects.jsonl"), "utf8");
	return text
		.trim()
		.split("\n")
		.map((one) => JSON.parse(one));
}

async function caseOf(key: string): Promise<Case> {
	const [row] = await under.run(
		"select s.state from import_row i join snapshot s on s.company = i.company and s.stream = i.stream where i.company = $1 and i.key = $2",
		company,
		key,
	);
	return row?.state as Case;
}

const complaints = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: n,
		text: n % 3 === 0 ? `包裹压坏了 ${n}` : `无话可说 ${n}`,
		at: "2026-02-20 09:00",
	}));

describe("what becomes of a row", () => {
	test("it is a case with a number, a proposed category with its words, grades, and clocks from the true receipt", async () => {
		const file = await written("a.jsonl", [
			{ id: "x", text: "包裹压坏了，里面的花瓶碎了", at: "2026-02-20 09:00" },
		]);
		const done = await runImport(file);
		expect(done).toMatchObject({ rows: 1, accepted: 1, rejected: 0, now: 1 });
		expect(done.categories).toEqual([{ category: "damage", severity: "B", cases: 1 }]);
		const kase = await caseOf("key:x");
		expect(kase.number).toMatch(/^260302-[0-9A-Z]{8}$/);
		expect(kase.intake).toMatchObject({
			receivedAt: "2026-02-20T01:00:00.000Z",
			recordedAt: "2026-03-02T02:00:00.000Z",
			by: "system",
		});
		const [allegation] = kase.allegations;
		expect(allegation).toMatchObject({ category: null, classified: null, proposed: { category: "damage" } });
		expect(allegation?.proposed?.because).toContain("压坏");
		expect(kase.triage).toMatchObject({ severity: "B", by: "system" });
		const resolve = kase.clocks.find((one) => one.name === "resolve");
		expect(resolve).toMatchObject({
			kind: "statutory",
			startedAt: "2026-02-20T01:00:00.000Z",
			due: "2026-02-27T16:00:00.000Z",
		});
		expect(await under.run("select 1 from due where company = $1 and kind = 'effect'", company)).toEqual([]);
	});

	test("where no word leads to a category the system says other, with its reason kept", async () => {
		await runImport(await written("a.jsonl", [{ id: "x", text: "唉", at: "" }]));
		const kase = await caseOf("key:x");
		const [allegation] = kase.allegations;
		expect(allegation).toMatchObject({ category: "other", proposed: null, classified: { by: "system" } });
		const [why] = await under.run(
			"select content from words where ref = $1",
			allegation?.classified?.why?.ref,
		);
		expect(why?.content).toMatch(/^导入：/);
		expect(kase.intake?.receivedAt).toBe("2026-03-02T02:00:00.000Z");
	});

	test("every field of the map comes to its place", async () => {
		const row = {
			id: "x",
			text: "坏了",
			at: "2026-02-20 09:00",
			claim: "¥300",
			sort: "破损",
			no: "SF1",
			fee: "12.5",
			insured: "是",
			name: "李小明",
			tel: "138 0000 1234",
		};
		await runImport(await written("a.jsonl", [row]), MAP);
		const kase = await caseOf("key:x");
		expect(kase.intake?.claimed).toEqual({ amount: 30_000, currency: "CNY" });
		expect(kase.orders[0]).toMatchObject({ number: "SF1", facts: { fee: 1250, insured: true } });
		expect(kase.parties.map((one) => [one.seat, one.name !== null, one.phone !== null])).toEqual([
			["recipient", true, true],
			["courier", false, false],
		]);
		expect(kase.allegations[0]).toMatchObject({ category: "damage", accused: ["p2"] });
		expect(
			await under.run("select mask from personal where company = $1 and keep = 'phone'", company),
		).toEqual([{ mask: "138****1234" }]);
	});
});

test("bad rows of every kind are rejected with their line, why, and what they were", async () => {
	const good = {
		id: 1,
		text: "延误",
		at: "2026-02-20",
		claim: "1",
		sort: "",
		no: "n",
		fee: "1",
		insured: "否",
		name: "",
		tel: "",
	};
	const rows: [unknown, string | RegExp][] = [
		["{not json", /^the line is not JSON/],
		["[]", "the line holds no JSON object"],
		[{ ...good, id: 3, text: "  " }, "verbatim: nothing stands in text"],
		[{ ...good, id: 4, text: { a: 1 } }, "verbatim: text is not a text but an object"],
		[{ ...good, id: 5, text: "长".repeat(20_001) }, /^verbatim: .*20000/],
		[{ ...good, id: 6, at: "gestern" }, "receivedAt: at is not a time written as iso"],
		[{ ...good, id: 7, at: "2027-01-01" }, "InTheFuture"],
		[{ ...good, id: 7.5, at: "1911-10-10" }, "receivedAt: lies outside the years 1970 to 2100"],
		[{ ...good, id: 8, claim: "many" }, "amount: claim is not an amount in yuan such as 1234.50"],
		[{ ...good, id: 9, fee: "x" }, "order.facts.fee: fee is not an amount such as 1234.50"],
		[{ ...good, id: 10, insured: "perhaps" }, "order.facts.insured: insured is not yes or no (是 or 否)"],
		[{ ...good, id: 11, no: "n".repeat(81) }, /^orders.0.number: .*80/],
		[{ ...good, id: 12, text: "a\0b" }, "verbatim: holds a NUL character"],
		[{ ...good, id: 13, name: "\ud800" }, "parties.0.name: holds half a character (a lone surrogate)"],
		[{ ...good, id: 1 }, "key: the same as in line 1"],
	];
	const file = await written("a.jsonl", [good, ...rows.map(([row]) => row)]);
	const done = await runImport(file, MAP);
	expect(done).toMatchObject({ rows: 16, accepted: 1, rejected: 15 });
	const rejects = await rejectsOf();
	expect(rejects.map((one) => one.line)).toEqual(rows.map((_, n) => n + 2));
	for (const [n, [row, reason]] of rows.entries()) {
		expect(rejects[n]?.reasons).toEqual([
			typeof reason === "string" ? reason : expect.stringMatching(reason),
		]);
		expect(rejects[n]?.row).toEqual(row);
	}
});

test("a row has all its reasons, and a rejects file that was mended is imported itself", async () => {
	const rows = [
		{ id: 1, text: "", at: "?" },
		{ id: 2, text: "延误", at: "" },
	];
	await runImport(await written("a.jsonl", rows));
	const [reject] = await rejectsOf();
	expect(reject?.reasons).toHaveLength(2);
	const mended = await written("mended.jsonl", [
		{ ...reject, row: { id: 1, text: "包裹丢了", at: "2026-02-20" } },
	]);
	const done = await runImport(mended);
	expect(done).toMatchObject({ rows: 1, accepted: 1, rejected: 0 });
	expect((await caseOf("key:1")).intake?.receivedAt).toBe("2026-02-19T16:00:00.000Z");
	await expect(rejectsOf()).rejects.toThrow("ENOENT");
});

test("what only the database refuses is a reject too, and takes no other row with it", async () => {
	await under.run(`create function no_goblins() returns trigger language plpgsql as $$
begin if new.content like '%goblin%' then raise exception 'no goblins' using errcode = '22023'; end if; return new; end $$`);
	await under.run(
		"create or replace trigger no_goblins before insert on words for each row execute function no_goblins()",
	);
	const rows = complaints(9).map((one) => (one.id === 5 ? { ...one, text: "goblin" } : one));
	const done = await runImport(await written("a.jsonl", rows));
	expect(done).toMatchObject({ rows: 9, accepted: 8, rejected: 1 });
	expect(await rejectsOf()).toEqual([
		{ line: 6, reasons: ["the database refuses it: no goblins"], row: rows[5] },
	]);
});

describe("run again", () => {
	/** What must be the same however often an import was cut off. */
	const resultOf = async () =>
		await under.run(
			`select i.key, i.line, i.reasons, r.severity, r.categories,
  (select array_agg(h.type order by h.seq) from history h where h.company = i.company and h.stream = i.stream) as events
from import_row i left join case_row r on r.company = i.company and r.id = i.stream where i.company = $1 order by i.line`,
			company,
		);

	test("cut off after any batch it goes on where it stood, with nothing lost and nothing doubled", async () => {
		const rows = [...complaints(14), { id: 3, text: "twice" }, "{"];
		const file = await written("a.jsonl", rows);
		for (let run = 0; run < 3; run++) {
			const cutOff = runImport(file, PLAIN_MAP, {
				report: () => {
					throw new Error("the plug is pulled");
				},
			});
			await expect(cutOff).rejects.toThrow("the plug is pulled");
		}
		const done = await runImport(file);
		expect(done).toMatchObject({ rows: 16, accepted: 14, rejected: 2 });
		expect(done.now).toBeLessThan(16);
		const result = await resultOf();
		expect((await rejectsOf()).map((one) => one.line)).toEqual([15, 16]);
		expect(await under.run("select count(*) as cases from case_row where company = $1", company)).toEqual([
			{ cases: 14 },
		]);

		// the same, uninterrupted, elsewhere
		company = await under.company();
		await runImport(file);
		expect(await resultOf()).toEqual(result);
		const differences: string[] = [];
		await rebuild(under.desk, false, { found: (one) => differences.push(one.problem), passed: () => {} });
		expect(differences).toEqual([]);
	});

	test("a finished import does nothing more, but writes the rejects again", async () => {
		const file = await written("a.jsonl", [...complaints(5), "{"]);
		await runImport(file);
		await rm(join(folder, "rejects.jsonl"));
		expect(await runImport(file)).toMatchObject({ rows: 6, accepted: 5, rejected: 1, now: 0 });
		expect(await rejectsOf()).toHaveLength(1);
	});

	test("the same file with another map is refused, unless it is wanted", async () => {
		const file = await written("a.jsonl", complaints(3));
		await runImport(file);
		const other = PLAIN_MAP.replace("phone", "mail");
		await expect(runImport(file, other)).rejects.toThrow("was imported before, with another map or pack");
		expect(await runImport(file, other, { again: true })).toMatchObject({ accepted: 3, now: 3 });
		expect(await under.run("select count(*) as cases from case_row where company = $1", company)).toEqual([
			{ cases: 6 },
		]);
	});

	test("two processes at once on one file double nothing", async () => {
		const file = await written("a.jsonl", complaints(12));
		const both = await Promise.allSettled([runImport(file), runImport(file)]);
		for (const one of both)
			if (one.status === "rejected")
				expect(String(one.reason)).toContain("Another process is importing this file");
		expect(await runImport(file)).toMatchObject({ rows: 12, accepted: 12, rejected: 0 });
		expect(await under.run("select count(*) as cases from case_row where company = $1", company)).toEqual([
			{ cases: 12 },
		]);
	});
});

test("CSV, and progress that reaches the end", async () => {
	const path = join(folder, "a.csv");
	await writeFile(path, 'id,text,at\n1,"延误，\n很久",2026-02-20 09:00\n2,丢了\n3,无,\n');
	const progress: number[] = [];
	const done = await runImport(path, PLAIN_MAP, {
		report: ({ done, rejected }) => progress.push(done, rejected),
	});
	expect(done).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
	expect(progress).toEqual([3, 1]);
	expect(await rejectsOf()).toEqual([
		{ line: 4, reasons: ["2 cells, where the header has 3"], row: { id: "2", text: "丢了", at: "" } },
	]);
});

test("photos made on the road come into the cases about their orders, and an import cut off brings them later", async () => {
	const rows = [
		{ id: "x", text: "包裹压坏了", at: "2026-02-20 09:00", no: "YD-ROAD" },
		{ id: "y", text: "包裹压坏了", at: "2026-02-20 09:00", no: "YD-OTHER" },
	];
	await under.run(
		"insert into order_act (company, id, number, kind, by_person, at, sealed, sha256) values ($1, 'a1', 'YD-ROAD', 'loading', 'x', now(), '', 'f1')",
		company,
	);
	const carried: string[] = [];
	const withRoadProof = async (of: string, kase: string) => {
		carried.push(`${of} ${kase}`);
	};
	const map = `${PLAIN_MAP}\norder: { number: no }`;
	const file = await written("a.jsonl", rows);
	await runImport(file, map);
	expect(carried).toEqual([]);
	await runImport(file, map, { withRoadProof });
	expect(carried).toEqual([`${company} ${(await caseOf("key:x")).id}`]);
});
