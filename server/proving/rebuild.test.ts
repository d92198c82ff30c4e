import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { queryOf } from "../store/tokens.ts";
import { type Difference, type Rebuilt, rebuild } from "./rebuild.ts";
import { type DeskUnderTest, deskUnderTest, fileOne, urge } from "./testing.ts";

let under: DeskUnderTest;
let company: string;
let filed: { id: string; number: string };

beforeAll(async () => {
	under = await deskUnderTest();
});
afterAll(() => under.database.close());
beforeEach(async () => {
	under.at("2026-03-02T02:00:00.000Z");
	company = await under.company();
	filed = await fileOne(under, company, "包裹压坏了");
});

/** What a check finds in this test's company, and what it counts in all. */
async function check(writes = false): Promise<{ problems: string[]; total: Rebuilt }> {
	const found: Difference[] = [];
	const total = await rebuild(under.desk, writes, { found: (one) => found.push(one), passed: () => {} });
	const own = found.filter((one) => one.company === company);
	for (const one of own) expect([filed.number, "conduct file courier"]).toContain(one.what);
	return { problems: own.map((one) => one.problem), total };
}

const mend = () => check(true);

test("what was written is what the histories say, hours later too", async () => {
	expect((await check()).problems).toEqual([]);
	under.at("2026-03-02T12:00:00.000Z");
	const { problems } = await check();
	// by now some wake-ups should have been tried; nothing has run
	expect(problems).toEqual([]);
});

describe("a snapshot", () => {
	test.each([
		["state = jsonb_set(state, '{triage,severity}', '\"A\"')", "the snapshot differs in triage"],
		["state = state - 'hold'", "the snapshot differs in hold"],
		["state = state || '{\"extra\": 1}'", "the snapshot differs in extra"],
		["seq = seq - 1", /^the snapshot stands at line \d+, the history at \d+$/],
		["head = repeat('0', 64)", "the snapshot has another last hash"],
		["fold = 0", /^the snapshot was made by fold 0, this release folds by \d+$/],
	])("with %s is found, named and mended", async (change, problem) => {
		await under.run(`update snapshot set ${change} where stream = $1`, filed.id);
		expect((await check()).problems).toEqual([
			typeof problem === "string" ? problem : expect.stringMatching(problem),
		]);
		expect((await mend()).problems).toHaveLength(1);
		expect((await check()).problems).toEqual([]);
	});

	test("that is gone is made anew", async () => {
		await under.run("delete from snapshot where stream = $1", filed.id);
		expect((await check()).problems).toEqual(["there is no snapshot"]);
		await mend();
		expect((await check()).problems).toEqual([]);
	});
});

describe("a list row", () => {
	test.each([
		["severity = 'A', orders = '{X}'", "the list row differs in severity, orders"],
		["next_due = 'infinity'", "the list row differs in next_due"],
		["received_at = received_at + interval '1 second'", "the list row differs in received_at"],
	])("with %s is found, named and mended", async (change, problem) => {
		await under.run(`update case_row set ${change} where id = $1`, filed.id);
		expect((await check()).problems).toEqual([problem]);
		await mend();
		expect((await check()).problems).toEqual([]);
	});

	test("that is gone is made anew", async () => {
		await under.run("delete from case_row where id = $1", filed.id);
		expect((await check()).problems).toEqual(["there is no list row"]);
		await mend();
		expect((await check()).problems).toEqual([]);
	});
});

describe("wake-ups", () => {
	const timer = () => "kind = 'timer' and stream = $1 and key = 'clock:c1:100'";

	test("one that is gone, one too many, one moved and one that does another thing are found and mended", async () => {
		await under.run(`delete from due where ${timer()}`, filed.id);
		expect((await check()).problems).toEqual([
			expect.stringMatching(/^the wake-up clock:c1:100 at .* is missing$/),
		]);
		await mend();
		await under.run(
			"insert into due (company, id, stream, kind, key, at, payload) values ($1, 'stray', $2, 'timer', 'stray', now(), '{}')",
			company,
			filed.id,
		);
		expect((await check()).problems).toEqual(["the wake-up stray is one too many"]);
		await mend();
		await under.run(`update due set at = at + interval '1 day' where ${timer()}`, filed.id);
		expect((await check()).problems).toEqual([
			expect.stringMatching(/^the wake-up clock:c1:100 is at .* instead of /),
		]);
		await mend();
		await under.run(`update due set payload = payload || '{"percent": 99}' where ${timer()}`, filed.id);
		expect((await check()).problems).toEqual(["the wake-up clock:c1:100 does another thing"]);
		await mend();
		expect((await check()).problems).toEqual([]);
	});

	test("one that was tried and put off, and one that the case refuses, are no differences", async () => {
		under.at("2026-03-20T02:00:00.000Z");
		await under.run(`update due set at = '2026-03-21T00:00:00Z', attempts = 1 where ${timer()}`, filed.id);
		expect((await check()).problems).toEqual([]);
	});
});

test("search tokens are written anew", async () => {
	const search = async (text: string) =>
		(
			await under.run(
				"select id from case_search where company = $1 and v @@ $2::tsquery",
				company,
				queryOf(text),
			)
		).length;
	expect(await search("压坏")).toBe(1);
	const [was] = await under.run("select v::text as v from case_search where id = $1", filed.id);
	await under.run("update case_search set v = '' where id = $1", filed.id);
	expect(await search("压坏")).toBe(0);
	await mend();
	expect(await search("压坏")).toBe(1);
	expect(await under.run("select v::text as v from case_search where id = $1", filed.id)).toEqual([was]);
});

test("erased words and personal data stay out of the search tokens", async () => {
	await under.run(
		"update words set content = null, plain = null, salt = null, erased_at = now() where stream = $1",
		filed.id,
	);
	await under.run(
		"update personal set sealed = null, salt = null, lookup = null, erased_at = now() where stream = $1",
		filed.id,
	);
	await mend();
	const [row] = await under.run("select v::text as v from case_search where id = $1", filed.id);
	expect(row?.v).not.toMatch(/压坏|#/);
	expect(row?.v).toContain(filed.number.slice(0, 6));
});

test("a conduct file is folded too", async () => {
	const history = await under.run("select * from history where stream = $1 order by seq limit 1", filed.id);
	const data = JSON.stringify({ case: filed.id, provedFalse: false, upheld: null });
	await under.run(
		"insert into history (company, kind, stream, seq, at, recorded_at, actor, command_id, pack_version, type, data, hash) select company, 'conduct', 'courier', 1, at, recorded_at, actor, command_id, pack_version, 'ComplaintCounted', $2, repeat('1', 64) from history where stream = $1 and seq = 1",
		filed.id,
		data,
	);
	expect(history).toHaveLength(1);
	expect((await check()).problems).toEqual(["there is no snapshot"]);
	await mend();
	expect((await check()).problems).toEqual([]);
	const [snapshot] = await under.run(
		"select state from snapshot where company = $1 and stream = 'courier'",
		company,
	);
	expect(snapshot?.state).toMatchObject({ person: "courier", complaints: [{ case: filed.id }] });
});

describe("what nothing can be made from is left alone and told", () => {
	test("a case whose history is gone", async () => {
		await under.run("delete from history where stream = $1", filed.id);
		const { problems } = await check();
		expect(problems).toEqual(["there is no history, but a snapshot, a list row, wake-ups"]);
		expect((await mend()).total.beyond).toBe(1);
		expect(await under.run("select 1 as there from snapshot where stream = $1", filed.id)).toEqual([
			{ there: 1 },
		]);
		for (const table of ["snapshot", "due"])
			await under.run(`delete from ${table} where stream = $1`, filed.id);
		await under.run("delete from case_row where id = $1", filed.id);
	});

	test("a history that can't be folded", async () => {
		await under.run("update history set type = 'Unheard' where stream = $1 and seq = 2", filed.id);
		const { problems } = await check();
		expect(problems).toEqual(["the history can't be folded: no step knows the event Unheard"]);
		await under.run("update history set type = 'ClockStarted' where stream = $1 and seq = 2", filed.id);
	});
});

test("cases that moved on are still what their histories say, over many pages", async () => {
	for (let n = 0; n < 120; n++) await fileOne(under, company, `延误 ${n}`);
	const answer = await urge(under, company, filed.id);
	expect(answer).toMatchObject({ ok: true });
	const passed: number[] = [];
	const done = await rebuild(under.desk, false, {
		found: (one) => expect(one).toBeNull(),
		passed: (streams) => passed.push(streams),
	});
	expect(done.streams).toBeGreaterThan(120);
	expect(passed.at(-1)).toBe(done.streams);
	expect(passed.length).toBeGreaterThan(1);
});
