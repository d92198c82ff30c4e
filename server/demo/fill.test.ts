import { afterEach, beforeEach, expect, test } from "vitest";
import type { Desk } from "../handle.ts";
import { type TestEdge, testEdge } from "../http/testing.ts";
import { packsOf, readPacks } from "../packs.ts";
import { insertCompany } from "./company.ts";
import { fillDemo } from "./fill.ts";

/** Nothing but an empty database; then what a start that was stopped had written. */

let edge: TestEdge;
let desk: Desk;
beforeEach(async () => {
	edge = await testEdge([]);
	desk = { ...edge.desk, packs: packsOf(await readPacks()) };
	for (const { tablename } of await edge.rows(
		"select tablename from pg_tables where schemaname = 'public' and exists (select 1 from information_schema.columns c where c.table_name = tablename and c.column_name = 'company')",
	))
		await edge.rows(`delete from "${tablename}"`);
});
afterEach(() => edge.close());

const counted = async () => {
	const [row] = await edge.rows(
		"select (select count(*)::int from company) as companies, (select count(*)::int from snapshot) as cases, (select count(*)::int from account_user) as accounts, (select count(*)::int from membership) as members",
	);
	return row as { companies: number; cases: number; accounts: number; members: number };
};

test("an empty database becomes the demo once", async () => {
	expect(await fillDemo(desk, 2)).toMatchObject({ cases: 2 });
	const made = await counted();
	expect(made.companies).toBe(1);
	expect(made.cases).toBeGreaterThanOrEqual(2);
	expect(made.accounts).toBe(made.members);
	expect(await fillDemo(desk, 2)).toBeNull();
	expect(await counted()).toEqual(made);
});

test("a start that was stopped after the company is taken up again by the next", async () => {
	await edge.database.transaction((session) => session.commitWith(insertCompany("xinghe", "星河运输")));
	expect(await fillDemo(desk, 1)).toMatchObject({ cases: 1 });
	const made = await counted();
	expect(made.companies).toBe(1);
	expect(made.cases).toBeGreaterThanOrEqual(1);
	expect(made.accounts).toBe(made.members);
});

test("a company of one's own is left alone", async () => {
	await edge.database.transaction((session) =>
		session.commitWith([
			{ sql: "insert into company (company, name) values ('own', '自家')", parameters: [] },
		]),
	);
	expect(await fillDemo(desk, 1)).toBeNull();
	expect(await counted()).toMatchObject({ companies: 1, cases: 0, accounts: 0 });
});
