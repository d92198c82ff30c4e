import { afterAll, beforeAll, expect, test } from "vitest";
import { type Actor, ROLES } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { readDayTables } from "./day-tables.ts";
import { type Answer, type Desk, type Handled, handle } from "./handle.ts";
import { Offices } from "./office.ts";
import { packsOf, readPack } from "./packs.ts";
import type { Database } from "./store/database/database.ts";
import { testDatabase } from "./store/database/testing.ts";
import { type Entry, GENESIS, hashOf, readHistory } from "./store/history.ts";
import { keysFrom } from "./store/kept.ts";
import { foldCase } from "./store/refold.ts";
import { readSnapshot, type Snapshot } from "./store/snapshots.ts";

const readSome = async () =>
	packsOf([
		await readPack(
			"packs/express",
			(await import("yaml")).parse((await import("node:fs")).readFileSync("packs/common/facts.yaml", "utf8")),
		),
	]);
let database: Database<unknown>;
let desk: Desk;
let now = "2026-03-02T02:00:00.000Z";

beforeAll(async () => {
	database = await testDatabase();
	await database.transaction(async (session) => {
		await session.run({ sql: "insert into company (company, name) values ('acme', 'Acme')", parameters: [] });
	});
	desk = {
		database,
		packs: await readSome(),
		offices: new Offices(database),
		keys: keysFrom(Buffer.alloc(32, 7)),
		days: readDayTables(),
		clock: () => now,
		committed: () => {},
	};
});
afterAll(() => database.close());

function person(id: string, role: string, belongsTo: string[] = ["desk"]): Actor {
	return {
		id,
		kind: role === "worker" ? "respondent" : "person",
		company: "acme",
		capabilities: ROLES[role] ?? [],
		organisations: "all",
		trades: "all",
		belongsTo,
	};
}
const agent = person("agent", "agent");
const handler = person("handler", "handler");

const complaint = {
	channel: "phone",
	verbatim: "包裹被压坏了，里面的花瓶碎了，保价300元",
	claimed: { amount: 30000, currency: "CNY" },
	parties: [
		{ seat: "recipient", name: "李小明", phone: "13800001234" },
		{ seat: "courier", person: "courier-1", organisation: "outlet-1" },
	],
	orders: [{ number: "SF1234567890", facts: { fee: 1200, insured: true, declared: 30000 } }],
};

function accepted(answer: Answer): Handled {
	if (!answer.ok) throw new Error(JSON.stringify(answer));
	return answer;
}

async function file(key?: string): Promise<Handled> {
	return accepted(
		await handle(desk, {
			actor: agent,
			case: null,
			pack: "express",
			type: "FileComplaint",
			fields: complaint,
			idempotencyKey: key,
		}),
	);
}

async function stateOf(id: string): Promise<Snapshot<Case>> {
	const [rows = []] = (await database.read([readSnapshot("acme", id)])) as Snapshot<Case>[][];
	return rows[0]!;
}

test("a filing gets a number, clocks and a proposed category with the words that led to it", async () => {
	const filed = await file();
	expect(filed.number).toMatch(/^260302-[0-9A-Z]{8}$/);
	const { state } = await stateOf(filed.case);
	expect(state.allegations[0]?.proposed?.category).toBe("damage");
	expect(state.allegations[0]?.proposed?.because.length).toBeGreaterThan(0);
	expect(state.clocks.map((one) => one.name)).toContain("resolve");
	expect(state.clocks.find((one) => one.name === "resolve")?.kind).toBe("statutory");
});

test("the history is chained, folds to the snapshot, and holds no word and no name", async () => {
	const filed = await file();
	const [entries = []] = (await database.read([readHistory("acme", filed.case)])) as Entry[][];
	let previous = GENESIS;
	for (const { hash, ...entry } of entries) {
		expect(hashOf(previous, entry)).toBe(hash);
		previous = hash;
	}
	const { state, head } = await stateOf(filed.case);
	expect(head).toBe(previous);
	expect(foldCase(filed.case, "acme", entries)).toEqual(state);
	expect(JSON.stringify(entries)).not.toMatch(/花瓶|李小明|13800001234/);
});

test("the same idempotency key files once, another body under it is refused", async () => {
	const [first, second] = await Promise.all([file("once"), file("once")]);
	expect(second.case).toBe(first.case);
	const other = await handle(desk, {
		actor: agent,
		case: null,
		pack: "express",
		type: "FileComplaint",
		fields: { ...complaint, channel: "mail" },
		idempotencyKey: "once",
	});
	expect(other).toEqual({ ok: false, mismatch: true });
});

test("of twenty who claim at once one wins, and nineteen are told who", async () => {
	const filed = await file();
	const claims = await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			handle(desk, {
				actor: person(`handler-${n}`, "handler"),
				case: filed.case,
				type: "ClaimCase",
				fields: {},
			}),
		),
	);
	const winners = claims.filter((one) => one.ok);
	expect(winners).toHaveLength(1);
	const { state } = await stateOf(filed.case);
	for (const one of claims)
		if (!one.ok)
			expect(one).toMatchObject({
				refusal: { reason: "AlreadyClaimed", detail: { by: state.owner?.person } },
			});
});

test("a refusal writes nothing", async () => {
	const filed = await file();
	const before = await stateOf(filed.case);
	const answer = await handle(desk, {
		actor: handler,
		case: filed.case,
		type: "CloseCase",
		fields: { outcome: "settled" },
	});
	expect(answer).toMatchObject({ ok: false, refusal: { reason: "NotAgreed" } });
	expect(await stateOf(filed.case)).toEqual(before);
});

test("the due table holds exactly the timers of the case", async () => {
	const filed = await file();
	const [rows = []] = (await database.read([
		{
			sql: "select key, at from due where stream = $1 and kind = 'timer' order by key",
			parameters: [filed.case],
		},
	])) as { key: string; at: string }[][];
	expect(rows.length).toBeGreaterThan(0);
	const { state } = await stateOf(filed.case);
	const resolve = state.clocks.find((one) => one.name === "resolve");
	expect(rows.find((one) => one.key === `clock:${resolve?.id}:100`)?.at).toBe(resolve?.due);
	now = "2026-03-02T02:05:00.000Z";
	accepted(await handle(desk, { actor: handler, case: filed.case, type: "ClaimCase", fields: {} }));
});
