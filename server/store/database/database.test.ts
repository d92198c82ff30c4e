import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, Session, Statement } from "./database.ts";
import { testDatabase } from "./testing.ts";

// On the embedded database, or, with DATABASE_URL, on PostgreSQL: both must answer alike.

interface Tables {
	note: { company: string; id: number; body: unknown; at: string | null };
}

const schema = `
	CREATE TABLE note (
		company text NOT NULL, id bigint NOT NULL, body jsonb, at timestamptz,
		CONSTRAINT note_pkey PRIMARY KEY (company, id)
	);
	CREATE TABLE reply (
		id bigint PRIMARY KEY, company text NOT NULL, note bigint NOT NULL,
		CONSTRAINT reply_note FOREIGN KEY (company, note) REFERENCES note DEFERRABLE INITIALLY DEFERRED
	);`;

let folder: string;
let database: Database<Tables>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "database-"));
	await writeFile(join(folder, "0001-note.sql"), schema);
	database = await testDatabase<Tables>(folder);
});
afterAll(async () => {
	await database.close();
	await rm(folder, { recursive: true });
});
beforeEach(() => database.read([statement("TRUNCATE note, reply")]));

const statement = (text: string, ...parameters: unknown[]): Statement => ({ sql: text, parameters });
const insert = (id: number, body: unknown = {}) =>
	statement(
		"INSERT INTO note (company, id, body) VALUES ('east', $1, $2) RETURNING id",
		id,
		JSON.stringify(body),
	);
const fail = (code: string) =>
	statement(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`);

async function ids(): Promise<number[]> {
	const rows = await database.kysely.selectFrom("note").select("id").orderBy("id").execute();
	return rows.map((row) => row.id);
}

describe("values", () => {
	test("arrive in one shape", async () => {
		const [[row]] = (await database.read([
			statement(`SELECT 42::bigint AS whole, 9007199254740993::bigint AS huge, count(*) AS many, 1.50::numeric AS exact,
				'2026-03-01 11:07:30+08'::timestamptz AS instant, '2026-03-01 03:07:30.1239Z'::timestamptz AS fine,
				'infinity'::timestamptz AS never, '2026-03-01'::date AS day, '{"a": [1, null]}'::jsonb AS body,
				ARRAY[1, 2]::bigint[] AS wholes, ARRAY['2026-03-01Z', NULL]::timestamptz[] AS instants,
				'投诉' AS words, NULL::timestamptz AS missing FROM note`),
		])) as [[unknown]];
		expect(row).toEqual({
			whole: 42,
			huge: "9007199254740993",
			many: 0,
			exact: "1.50",
			instant: "2026-03-01T03:07:30.000Z",
			fine: "2026-03-01T03:07:30.123Z",
			never: "infinity",
			day: "2026-03-01",
			body: { a: [1, null] },
			wholes: [1, 2],
			instants: ["2026-03-01T00:00:00.000Z", null],
			words: "投诉",
			missing: null,
		});
	});

	test("an instant comes back as it was given", async () => {
		const at = "2026-03-01T03:07:30.009Z";
		await database.kysely.insertInto("note").values({ company: "east", id: 1, body: {}, at }).execute();
		expect(await database.kysely.selectFrom("note").select("at").execute()).toEqual([{ at }]);
	});

	test("a library that expects Dates gets them", async () => {
		const at = new Date("2026-03-01T03:07:30.009Z");
		await sql`INSERT INTO note (company, id, at) VALUES ('east', 1, ${at})`.execute(database.kyselyWithDates);
		const rows = await database.kyselyWithDates.selectFrom("note").select(["id", "at"]).execute();
		expect(rows).toEqual([{ id: 1, at }]);
	});
});

describe("a transaction", () => {
	test("keeps all when its work returns", async () => {
		const answer = await database.transaction(async (session) => {
			await session.run(insert(1));
			return await session.runAll([insert(2), insert(3)]);
		});
		expect(answer).toEqual([[{ id: 2 }], [{ id: 3 }]]);
		expect(await ids()).toEqual([1, 2, 3]);
	});

	test("keeps nothing when its work throws", async () => {
		const work = async (session: Session) => {
			await session.runAll([insert(1)]);
			throw new Error("changed our mind");
		};
		await expect(database.transaction(work)).rejects.toThrow("changed our mind");
		expect(await ids()).toEqual([]);
	});

	test("may commit with its last statements, and is over then", async () => {
		const rows = await database.transaction(async (session) => {
			const rows = await session.commitWith([insert(1)]);
			await expect(session.run(insert(2))).rejects.toThrow("This transaction is over");
			expect(await ids()).toEqual([1]);
			return rows;
		});
		expect(rows).toEqual([[{ id: 1 }]]);
		expect(await ids()).toEqual([1]);
	});

	test("keeps nothing when a statement of its last message fails", async () => {
		await database.read([insert(2)]);
		const work = (session: Session) => session.commitWith([insert(1), insert(2), insert(3)]);
		await expect(database.transaction(work)).rejects.toMatchObject({
			code: "23505",
			constraint: "note_pkey",
		});
		expect(await ids()).toEqual([2]);
	});

	test("keeps nothing when the commit itself fails", async () => {
		const orphan = statement("INSERT INTO reply VALUES (1, 'east', 99)");
		const work = (session: Session) => session.commitWith([insert(1), orphan]);
		await expect(database.transaction(work)).rejects.toMatchObject({
			code: "23503",
			constraint: "reply_note",
		});
		expect(await ids()).toEqual([]);
	});

	test("does not pretend to have committed after a failure was swallowed", async () => {
		const work = async (session: Session) => {
			await session.run(insert(1));
			await session.run(statement("SELECT 1/0")).catch(() => {});
		};
		await expect(database.transaction(work)).rejects.toThrow("Nothing was committed");
		expect(await ids()).toEqual([]);
	});

	test("fails as pg fails, naming the statement", async () => {
		const error = await database.transaction((session) => session.run(statement("SELEC 1"))).catch((e) => e);
		expect(error).toBeInstanceOf(pg.DatabaseError);
		expect(error).toMatchObject({ code: "42601", severity: "ERROR", position: "1", statement: "SELEC 1" });
	});

	test("that runs nothing needs no database", async () => {
		expect(await database.transaction(async () => "nothing to do")).toBe("nothing to do");
	});

	test("with statements of one name parses them once, also after one has failed", async () => {
		const named = (id: number): Statement => ({ ...insert(id), name: "insert-note" });
		await database.transaction((session) => session.commitWith([named(1), named(2)]));
		await expect(database.transaction((session) => session.commitWith([named(3), named(1)]))).rejects.toThrow(
			"note_pkey",
		);
		await database.transaction((session) => session.commitWith([named(4)]));
		expect(await ids()).toEqual([1, 2, 4]);
	});

	test("that only reads can't write", async () => {
		const work = (session: Session) => session.run(insert(1));
		await expect(database.transaction(work, { readOnly: true })).rejects.toMatchObject({ code: "25006" });
	});

	test("twenty at once each see what those before them left", async () => {
		await database.read([insert(1, { count: 0 })]);
		const step = statement(
			`UPDATE note SET body = jsonb_build_object('count', (body->>'count')::int + 1) WHERE id = 1`,
		);
		await Promise.all(
			Array.from({ length: 20 }, () => database.transaction((session) => session.commitWith([step]))),
		);
		const [row] = await database.kysely.selectFrom("note").select("body").execute();
		expect(row?.body).toEqual({ count: 20 });
	});
});

describe("a serialisation failure or a deadlock", () => {
	test.each(["40001", "40P01"])("%s is tried again, from the beginning", async (code) => {
		let tries = 0;
		await database.transaction(async (session) => {
			tries += 1;
			await session.run(insert(tries));
			if (tries < 4) await session.run(fail(code));
		});
		expect(await ids()).toEqual([4]);
	});

	test("is thrown after the third retry; other errors at once", async () => {
		let tries = 0;
		const failWith = (code: string) =>
			database.transaction((session) => {
				tries += 1;
				return session.commitWith([fail(code)]);
			});
		await expect(failWith("40001")).rejects.toMatchObject({ code: "40001" });
		expect(tries).toBe(4);
		await expect(failWith("P0001")).rejects.toMatchObject({ code: "P0001" });
		expect(tries).toBe(5);
	});
});

describe("going past an open transaction is refused, where one session would wait for itself", () => {
	const past = "A query went past the open transaction";

	test.each<[string, () => Promise<unknown>]>([
		["Kysely", () => database.kysely.selectFrom("note").selectAll().execute()],
		["Kysely with Dates", () => database.kyselyWithDates.selectFrom("note").selectAll().execute()],
		["read", () => database.read([statement("SELECT 1")])],
		["another transaction", () => database.transaction((session) => session.run(statement("SELECT 1")))],
	])("%s", async (_name, misuse) => {
		const work = async (session: Session) => {
			await session.run(insert(1));
			await misuse();
		};
		await expect(database.transaction(work)).rejects.toThrow(past);
		expect(await ids()).toEqual([]);
	});

	test("even before its first statement", async () => {
		await expect(database.transaction(() => database.read([statement("SELECT 1")]))).rejects.toThrow(past);
	});

	test("but a query beside it waits its turn", async () => {
		const [, rows] = await Promise.all([
			database.transaction((session) => session.commitWith([insert(1)])),
			database.read([statement("SELECT 1 AS one")]),
		]);
		expect(rows).toEqual([[{ one: 1 }]]);
	});
});

describe("single queries", () => {
	test("asked together answer in order, and a failed one does not stop the next", async () => {
		expect(await database.read([statement("SELECT 1 AS a"), statement("SELECT $1::text AS b", "x")])).toEqual(
			[[{ a: 1 }], [{ b: "x" }]],
		);
		await expect(database.read([statement("SELECT 1/0"), insert(1)])).rejects.toMatchObject({
			code: "22012",
		});
		expect(await ids()).toEqual([1]);
	});

	test("many rows arrive whole", async () => {
		const [rows] = await database.read([
			statement("SELECT n, repeat('诉', 500) AS words FROM generate_series(1, 5000) AS n"),
		]);
		expect(rows).toHaveLength(5000);
		expect(rows?.at(-1)).toEqual({ n: 5000, words: "诉".repeat(500) });
	});

	test("a long one leaves this process free for others", async () => {
		let ticks = 0;
		const ticking = setInterval(() => {
			ticks += 1;
		}, 5);
		await database.read([statement("SELECT sum(n * n::numeric) FROM generate_series(1, 500000) AS n")]);
		clearInterval(ticking);
		expect(ticks).toBeGreaterThan(5);
	});
});
