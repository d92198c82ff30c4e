import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { ROLES, systemOf } from "#engine/actor.ts";
import { Bulk } from "../bulk.ts";
import { readDayTables } from "../day-tables.ts";
import { type Answer, type Desk, handle } from "../handle.ts";
import { Offices } from "../office.ts";
import { packsOf, readPack, SHIPPED_PACKS } from "../packs.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { keysFrom } from "../store/kept.ts";

/** A desk on a database of its own, with one trade and a clock that is moved by hand. */
export interface DeskUnderTest {
	desk: Desk;
	database: Database<unknown>;
	/** UTC with milliseconds. */
	at(now: string): void;
	/** Runs SQL for what no command would do. */
	run(sql: string, ...parameters: unknown[]): Promise<Record<string, unknown>[]>;
	/** A new company with one outlet; answers its id. */
	company(): Promise<string>;
}

export async function deskUnderTest(): Promise<DeskUnderTest> {
	const database = await testDatabase<unknown>();
	const facts = parse(await readFile(join(SHIPPED_PACKS, "common", "facts.yaml"), "utf8"));
	let now = "2026-03-02T02:00:00.000Z";
	const desk: Desk = {
		database,
		packs: packsOf([await readPack(join(SHIPPED_PACKS, "express"), facts)]),
		offices: new Offices(database),
		keys: keysFrom(Buffer.alloc(32, 7)),
		days: readDayTables(),
		clock: () => now,
		committed: () => {},
	};
	const run = async (sql: string, ...parameters: unknown[]) =>
		await database.transaction((session) => session.run<Record<string, unknown>>({ sql, parameters }));
	const at = (moved: string) => {
		now = moved;
	};
	let companies = 0;
	const company = async () => {
		const id = `company-${++companies}`;
		await run("insert into company (company, name) values ($1, $1)", id);
		await run(
			"insert into organisation (company, id, name, name_en, kind) values ($1, 'outlet-1', '网点', 'Outlet', 'outlet')",
			id,
		);
		return id;
	};
	return { desk, database, run, company, at };
}

/** Files a complaint and has it graded; answers the case's id and number. */
export async function fileOne(
	{ desk }: DeskUnderTest,
	company: string,
	verbatim: string,
): Promise<{ id: string; number: string }> {
	const bulk = new Bulk(desk);
	const actor = systemOf(company);
	const fields = {
		channel: "phone",
		verbatim,
		parties: [{ seat: "recipient", name: "李小明", phone: "13800001234" }],
	};
	const at = desk.clock();
	const pack = desk.packs.newest("express") ?? undefined;
	const filed = await bulk.play({ actor, case: null, pack, type: "FileComplaint", fields, at });
	if (!filed.ok) throw new Error(JSON.stringify(filed));
	await bulk.play({ actor, case: filed.case.id, type: "GradeCase", fields: {}, at });
	await bulk.write();
	return { id: filed.case.id, number: filed.case.number };
}

/** Has the complainant's urging recorded on a case, on the write path. */
export function urge({ desk }: DeskUnderTest, company: string, id: string): Promise<Answer> {
	const agent = {
		...systemOf(company),
		id: "agent",
		kind: "person" as const,
		capabilities: ROLES.agent ?? [],
	};
	return handle(desk, { actor: agent, case: id, type: "RecordUrging", fields: { words: "请尽快处理" } });
}
