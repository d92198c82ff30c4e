import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { packsOf } from "../packs.ts";
import { fault } from "../ports/fault.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { insertDue } from "../store/due.ts";
import type { Claim } from "../store/due-claims.ts";
import { claimDue, type DueFigures, readDueFigures, settleDue } from "../store/due-claims.ts";
import { runDue, startLoop } from "./loop.ts";
import { MOST_ATTEMPTS } from "./outcome.ts";
import { type DeskUnderTest, deskUnderTest, MONDAY } from "./testing.ts";

let database: Database<unknown>;
let under: DeskUnderTest;

beforeAll(async () => {
	database = await testDatabase();
});
beforeEach(async () => {
	under = await deskUnderTest(database);
});
afterAll(() => database.close());

interface Row {
	id: string;
	key: string;
	at: string;
	attempts: number;
	claimedUntil: string | null;
	lastError: string | null;
	failedAt: string | null;
}

function rows(where: string, ...parameters: unknown[]): Promise<Row[]> {
	return under.read<Row>(
		`select id, key, at, attempts, claimed_until as "claimedUntil", last_error as "lastError", failed_at as "failedAt" from due where ${where} order by at, id`,
		...parameters,
	);
}

/** A wake-up as the write path would have written it, whatever the case thinks of it. */
async function timer(stream: string, key: string, payload: object, at = MONDAY): Promise<void> {
	await under.write(
		...insertDue([
			{ company: under.company, id: `${stream}-${key}`, stream, kind: "timer", key, at, payload },
		]),
	);
}

describe("wake-ups", () => {
	test("a clock warns at its time, not before, and the next threshold stands in the table", async () => {
		const { case: id } = await under.file();
		const contact = (await under.stateOf(id)).clocks.find((one) => one.name === "first-contact");
		const mine = `stream = '${id}' and kind = 'timer' and key like 'clock:${contact?.id}:%'`;
		const [first] = await rows(mine);
		under.now = instantPlus(first!.at, { minutes: -1 });
		await under.run({ kinds: ["timer"] });
		expect(await under.eventsOf(id)).not.toContain("ClockWarned");
		under.now = first!.at;
		await under.run({ kinds: ["timer"] });
		expect(await under.eventsOf(id)).toContain("ClockWarned");
		expect((await rows(mine)).map((one) => one.key)).not.toContain(first!.key);
		expect((await rows(mine)).map((one) => one.key)).toContain(`clock:${contact?.id}:100`);
	});

	test("thresholds that passed while nobody watched are caught up in order: warnings, the breach, its ladder", async () => {
		const { case: id } = await under.file();
		under.now = instantPlus(MONDAY, { days: 10 });
		await under.settle();
		const events = await under.eventsOf(id);
		expect(events.filter((one) => one === "ClockBreached").length).toBeGreaterThan(1);
		expect(events).toContain("ClockEscalated");
		expect(events.indexOf("ClockWarned")).toBeLessThan(events.indexOf("ClockBreached"));
		expect(await rows("kind = 'timer' and at <= $1", under.now)).toEqual([]);
	});

	test("what a case would refuse, or no longer wants, and what has no case, is done with at once", async () => {
		const { case: id } = await under.file();
		const before = await under.eventsOf(id);
		await timer(id, "clock:c99:50", { type: "NoticeClock", clock: "c99", percent: 50 });
		await timer(id, "offer:o1", { type: "ExpireOffer", offer: "o1" });
		// accepted if it were submitted, but the case has no such wake-up
		await timer(id, "stale", { type: "NoticeClock", clock: "c1", percent: 37 });
		await timer("nowhere", "offer:o1", { type: "ExpireOffer", offer: "o1" });
		expect(await under.run({ kinds: ["timer"] })).toBe(4);
		expect(await rows("kind = 'timer' and at <= $1", under.now)).toEqual([]);
		expect(await under.eventsOf(id)).toEqual(before);
		expect(under.reported).toEqual([]);
	});

	test("one that makes no sense is given up at once, and seen", async () => {
		const { case: id } = await under.file();
		await timer(id, "wrong", { type: "NoSuchCommand" });
		await under.run({ kinds: ["timer"] });
		const [row] = await rows("key = 'wrong'");
		expect(row).toMatchObject({ attempts: 1, failedAt: under.now });
		expect(under.reported[0]).toMatch(/NoSuchCommand/);
		const [figures = []] = (await database.read([readDueFigures(under.now)])) as DueFigures[][];
		expect(figures.find((one) => one.kind === "timer")).toMatchObject({ failed: 1, waiting: 0 });
		expect(await under.run({ kinds: ["timer"] })).toBe(0);
	});

	test("one that stands too early is put where the case wants it", async () => {
		const { case: id } = await under.file();
		const [first] = await rows("stream = $1 and kind = 'timer'", id);
		await under.write({ sql: "update due set at = $2 where id = $1", parameters: [first!.id, MONDAY] });
		await under.run({ kinds: ["timer"] });
		const [mended] = await rows("id = $1", first!.id);
		expect(mended).toEqual(first);
		expect(await under.eventsOf(id)).not.toContain("ClockWarned");
	});

	test("one that fails is held back, keeps the time that the case gave it, and rings when it can", async () => {
		const { case: id } = await under.file();
		const [first] = await rows("stream = $1 and kind = 'timer'", id);
		under.now = first!.at;
		const { packs } = under.desk;
		under.desk.packs = packsOf([]);
		await under.run({ kinds: ["timer"] });
		const [held] = await rows("id = $1", first!.id);
		expect(held).toMatchObject({
			at: first!.at,
			attempts: 1,
			lastError: expect.stringMatching(/^PackError at packs\.ts/),
		});
		expect(held!.claimedUntil! > under.now).toBe(true);
		expect(under.reported[0]).toContain("not installed");
		expect(await under.run({ kinds: ["timer"] })).toBe(0);
		under.desk.packs = packs;
		under.now = held!.claimedUntil!;
		await under.run({ kinds: ["timer"] });
		expect(await under.eventsOf(id)).toContain("ClockWarned");
		expect(await rows("id = $1", first!.id)).toEqual([]);
	});

	test("a timer that was moved while it was claimed is left as it was moved", async () => {
		await timer("s1", "k", { type: "ExpireOffer", offer: "o1" });
		const until = instantPlus(MONDAY, { minutes: 2 });
		const [claimed = []] = await database.transaction((session) =>
			session.commitWith([claimDue("timer", MONDAY, until, 10)]),
		);
		const claim = { ...(claimed[0] as Claim), until };
		const moved = instantPlus(MONDAY, { days: 1 });
		await timer("s1", "k", { type: "ExpireOffer", offer: "o1" }, moved);
		await under.write(...settleDue([{ claim, is: "done" }], MONDAY));
		expect(await rows("stream = 's1'")).toMatchObject([{ at: moved, claimedUntil: null }]);
	});

	test("the earliest due goes first, whatever the order they were written in", async () => {
		const filed = [];
		for (let n = 0; n < 6; n += 1) {
			under.now = instantPlus(MONDAY, { minutes: [3, 0, 5, 1, 4, 2][n]! });
			filed.push({ id: (await under.file()).case, at: under.now });
		}
		under.now = instantPlus(MONDAY, { minutes: 40 });
		under.committed.length = 0;
		for (let done = 1; done > 0; ) done = await under.run({ kinds: ["timer"], batch: 1 });
		const inOrder = filed.sort((a, b) => (a.at < b.at ? -1 : 1)).map((one) => one.id);
		expect([...new Set(under.committed)]).toEqual(inOrder);
	});

	test("a thousand wake-ups that nobody wants any more go in one sweep", async () => {
		const { case: id } = await under.file();
		const many = Array.from({ length: 1_000 }, (_, n) => ({
			company: under.company,
			id: `t${n}`,
			stream: n % 2 ? id : `gone-${n}`,
			kind: "timer" as const,
			key: `offer:o${n}`,
			at: MONDAY,
			payload: { type: "ExpireOffer", offer: `o${n}` },
		}));
		await under.write(...insertDue(many));
		let count = 0;
		for (let done = 1; done > 0; count += done) done = await under.run({ kinds: ["timer"] });
		expect(count).toBe(1_000);
		expect(await rows("id like 't%'")).toEqual([]);
	});
});

describe("claims", () => {
	test("two loops at the same time on one database do each row once", async () => {
		for (let n = 0; n < 12; n += 1) await under.file();
		const effects = await rows("kind = 'effect'");
		const counts = await Promise.all([
			under.run({ kinds: ["effect"] }),
			under.run({ kinds: ["effect"] }),
			under.run({ kinds: ["effect"], batch: 5 }),
		]);
		expect(counts[0]! + counts[1]! + counts[2]!).toBe(effects.length);
		expect(under.sent.map((one) => one.idempotencyKey).sort()).toEqual(
			[...new Set(under.sent.map((one) => one.idempotencyKey))].sort(),
		);
		expect(under.sent).toHaveLength(12);
		expect(await rows("kind = 'effect'")).toEqual([]);
	});

	test("rows of a process that died come back when their claim has run out, not before", async () => {
		await under.file();
		const until = instantPlus(MONDAY, { minutes: 5 });
		await database.transaction((session) => session.commitWith([claimDue("effect", MONDAY, until, 10)]));
		expect(await under.run({ kinds: ["effect"] })).toBe(0);
		under.now = until;
		expect(await under.run({ kinds: ["effect"] })).toBe(2);
	});

	test("rows not begun are given back when the process is to stop", async () => {
		await under.file();
		await runDue(under.desk, under.outside, { now: under.now, kinds: ["effect"], stopping: () => true });
		expect(under.sent).toEqual([]);
		expect(await rows("kind = 'effect'")).toMatchObject([
			{ attempts: 0, claimedUntil: null },
			{ attempts: 0, claimedUntil: null },
		]);
	});
});

describe("failures", () => {
	test("a failing row is tried again later each time, then given up; others are not held up", async () => {
		const notifier = under.outside.notifier;
		under.outside.notifier = {
			send: async (message) =>
				message.wording === "complaint-received" ? fault("throttled", "too many") : notifier.send(message),
		};
		await under.file();
		const waits: number[] = [];
		for (let tries = 0; tries < MOST_ATTEMPTS; tries += 1) {
			await under.run({ kinds: ["effect"] });
			const [row] = await rows("kind = 'effect'");
			if (row?.failedAt) break;
			expect(row).toMatchObject({ attempts: tries + 1, lastError: "throttled" });
			waits.push(Date.parse(row!.at) - Date.parse(under.now));
			under.now = row!.at;
		}
		expect(waits).toHaveLength(MOST_ATTEMPTS - 1);
		expect(waits[0]).toBeLessThan(7_000);
		expect(waits.at(-1)).toBeGreaterThan(2_000_000);
		const [row] = await rows("kind = 'effect'");
		expect(row).toMatchObject({ attempts: MOST_ATTEMPTS, lastError: "throttled", failedAt: under.now });
		expect(await under.run({ kinds: ["effect"] })).toBe(0);
		// the courier was told all the same
		expect(
			await under.read(
				"select 1 from notice where company = $1 and recipient = 'person:courier-1'",
				under.company,
			),
		).toHaveLength(1);
	});

	test("what was thrown is kept by name and place, never by its words", async () => {
		under.outside.notifier = {
			send: async () => {
				throw new TypeError("13800001234 can't be called");
			},
		};
		await under.file();
		await under.run({ kinds: ["effect"] });
		const [row] = await rows("kind = 'effect'");
		expect(row?.lastError).toMatch(/^TypeError at loop\.test\.ts:\d+$/);
	});
});

describe("the loop that keeps running", () => {
	test("woken, it looks at once; stopped, it has finished what it began", async () => {
		const told = Promise.withResolvers<void>();
		const notifier = under.outside.notifier;
		under.outside.notifier = {
			send: async (message) => {
				const result = await notifier.send(message);
				told.resolve();
				return result;
			},
		};
		const loop = startLoop(under.desk, under.outside, { everyMs: 3_600_000 });
		under.desk.committed = () => loop.wake();
		await under.file();
		await told.promise;
		await loop.stop();
		expect(
			await under.read(
				"select 1 from notice where company = $1 and state = 'sent' and channel = 'sms'",
				under.company,
			),
		).toHaveLength(1);
		expect(await rows("claimed_until is not null")).toEqual([]);
		expect(await rows("company = $1 and kind = 'nightly'", under.company)).toHaveLength(1);
		const left = await rows("kind = 'effect'");
		await under.file();
		expect(await rows("kind = 'effect'")).toHaveLength(left.length + 2);
	});
});
