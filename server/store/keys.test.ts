import { afterAll, beforeAll, expect, test } from "vitest";
import type { Table } from "./backup/tables.ts";
import { ownTables } from "./backup/tables.ts";
import type { Database } from "./database/database.ts";
import { testDatabase } from "./database/testing.ts";

// The sign-in library looks a session or a key up before it is known whose it is.
const LIBRARY = [
	"account_api_key",
	"account_password",
	"account_session",
	"account_two_factor",
	"account_user",
	"account_verification",
];

let database: Database<unknown>;
let tables: Table[];

beforeAll(async () => {
	database = await testDatabase();
	tables = await database.transaction((session) => ownTables(session));
});
afterAll(() => database.close());

test("the company leads the primary key of every table of ours", () => {
	const others = tables.filter(({ primaryKey }) => primaryKey[0] !== "company").map(({ name }) => name);
	expect(others).toEqual(LIBRARY);
	expect(tables.length).toBeGreaterThan(25);
});

test("no unique index of ours reaches across companies", async () => {
	const [rows = []] = await database.read([
		{
			sql: `select c.relname::text as "table", i.relname::text as index from pg_index x join pg_class i on i.oid = x.indexrelid
join pg_class c on c.oid = x.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
where x.indisunique and c.relnamespace = current_schema()::regnamespace and a.attname <> 'company' and c.relname <> 'migration'`,
			parameters: [],
		},
	]);
	const across = rows as { table: string; index: string }[];
	expect(across.filter(({ table }) => !LIBRARY.includes(table))).toEqual([]);
});
