import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GENESIS, hashOf } from "../store/history.ts";
import { type Finding, problemsOfChain, verifyChains } from "./chains.ts";
import { type DeskUnderTest, deskUnderTest, fileOne, urge } from "./testing.ts";

let under: DeskUnderTest;
let company: string;
let filed: { id: string; number: string };

beforeAll(async () => {
	under = await deskUnderTest();
});
afterAll(() => under.database.close());
beforeEach(async () => {
	company = await under.company();
	filed = await fileOne(under, company, "包裹压坏了");
	await fileOne(under, company, "快递延误三天");
});

/** What verifying finds in this test's company. */
async function findings(): Promise<Finding[]> {
	const found: Finding[] = [];
	await verifyChains(
		under.database,
		(one) => found.push(one),
		() => {},
	);
	return found.filter((one) => one.company === company);
}

test("histories as they were written are in order", async () => {
	expect(await findings()).toEqual([]);
	const total = await verifyChains(
		under.database,
		() => {},
		() => {},
	);
	const [counted] = await under.run(
		"select count(*) as lines, count(distinct (company, stream)) as streams from history",
	);
	expect(total).toEqual(counted);
});

describe("an altered byte is found and named by case and line", () => {
	test.each([
		["data", "replace(data, 'phone', 'phonf')", 1],
		["data", "data || ' '", 3],
		["at", "at + interval '1 microsecond'", 2],
		["recorded_at", "recorded_at - interval '1 year'", 2],
		["at", "'infinity'", 2],
		["at", "timestamptz '4000-01-01 BC'", 2],
		["actor", "actor || '2'", 4],
		["command_id", "'x'", 2],
		["pack_version", "'2020-01'", 1],
		["type", "'ClockPaused'", 2],
		["kind", "'conduct'", 2],
		["hash", "reverse(hash)", 2],
	])("%s = %s in line %i", async (column, value, seq) => {
		const was = (
			await under.run(
				`update history set ${column} = ${value} where stream = $1 and seq = $2 returning type`,
				filed.id,
				seq,
			)
		)[0];
		expect(await findings()).toEqual([
			{ company, what: filed.number, seq, problem: `altered (${was?.type})` },
		]);
	});

	test("several, each by itself", async () => {
		await under.run("update history set actor = 'x' where stream = $1 and seq in (2, 3, 5)", filed.id);
		expect((await findings()).map((one) => one.seq)).toEqual([2, 3, 5]);
	});
});

describe("what is missing is found and named", () => {
	test.each([
		["the first", "seq = 1", 1, "missing"],
		["some in the middle", "seq in (3, 4)", 3, "missing, and all up to 4"],
	])("%s", async (_, which, seq, problem) => {
		await under.run(`delete from history where stream = $1 and ${which}`, filed.id);
		expect(await findings()).toEqual([{ company, what: filed.number, seq, problem }]);
	});

	test("the last: the end is cut off", async () => {
		const [last] = await under.run(
			"delete from history where stream = $1 and seq = (select max(seq) from history where stream = $1) returning seq",
			filed.id,
		);
		expect(await findings()).toEqual([
			{ company, what: filed.number, seq: last?.seq, problem: "missing: the end is cut off" },
		]);
	});

	test("a whole history", async () => {
		const lines = await under.run("delete from history where stream = $1 returning seq", filed.id);
		expect(await findings()).toEqual([
			{
				company,
				what: filed.number,
				seq: 1,
				problem: `missing, and all up to ${lines.length}: the whole history`,
			},
		]);
	});

	test("a snapshot", async () => {
		await under.run("delete from snapshot where stream = $1", filed.id);
		expect(await findings()).toEqual([
			{ company, what: filed.number, seq: null, problem: "has no snapshot, which every history has" },
		]);
	});

	test("everything but a list row", async () => {
		await under.run("delete from history where stream = $1", filed.id);
		await under.run("delete from snapshot where stream = $1", filed.id);
		expect(await findings()).toEqual([
			{ company, what: filed.number, seq: null, problem: "has neither history nor snapshot" },
		]);
	});
});

test("a last line that was written anew with a hash that fits is not the end that the snapshot has", async () => {
	const [line] = await under.run(
		`select company, kind, stream, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", actor, command_id as "commandId",
  pack_version as "packVersion", type, data, (select hash from history p where p.stream = h.stream and p.seq = h.seq - 1) as previous
from history h where stream = $1 order by seq desc limit 1`,
		filed.id,
	);
	const { previous, ...entry } = line as { previous: string; seq: number; data: string } & Record<
		string,
		unknown
	>;
	const forged = { ...entry, actor: "somebody" } as unknown as Parameters<typeof hashOf>[1];
	await under.run(
		"update history set actor = 'somebody', hash = $2 where stream = $1 and seq = $3",
		filed.id,
		hashOf(previous, forged),
		entry.seq,
	);
	expect(await findings()).toEqual([
		{
			company,
			what: filed.number,
			seq: entry.seq,
			problem: "not the end that the snapshot has: the history or the snapshot was rewritten",
		},
	]);
});

test("a line that the snapshot doesn't know is named", async () => {
	const state = await under.run("select seq, head, state from snapshot where stream = $1", filed.id);
	const answer = await urge(under, company, filed.id);
	expect(answer).toMatchObject({ ok: true });
	await under.run(
		"update snapshot set seq = $2, head = $3 where stream = $1",
		filed.id,
		state[0]?.seq,
		state[0]?.head,
	);
	const seq = Number(state[0]?.seq);
	expect(await findings()).toEqual([
		{ company, what: filed.number, seq: seq + 1, problem: `not known to the snapshot, which ends at ${seq}` },
	]);
});

test("an empty history without a snapshot has nothing to check", () => {
	expect(problemsOfChain([], null)).toHaveLength(1);
	expect(problemsOfChain([], { seq: 2, head: GENESIS })).toEqual([
		{ seq: 1, problem: "missing, and all up to 2: the whole history" },
	]);
});
