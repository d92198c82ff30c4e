import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { type Seal, sealOf } from "../store/seals.ts";
import { ensureNightlies, nextNight } from "./nightly.ts";
import { type DeskUnderTest, deskUnderTest } from "./testing.ts";

let database: Database<unknown>;
let under: DeskUnderTest;
const THREE = "2026-03-02T19:00:00.000Z"; // Tuesday, three in the morning in Shanghai
const MIDNIGHT = "2026-03-02T16:00:00.000Z";

beforeAll(async () => {
	database = await testDatabase();
});
beforeEach(async () => {
	under = await deskUnderTest(database);
	await ensureNightlies(under.desk);
});
afterAll(() => database.close());

const seals = () =>
	under.read<Seal>(
		"select company, day, streams, heads, hash from seal where company = $1 order by day",
		under.company,
	);
const nights = () =>
	under.read<{ at: string; attempts: number }>(
		"select at, attempts from due where kind = 'nightly' and company = $1",
		under.company,
	);

async function night(now: string): Promise<void> {
	under.now = now;
	while ((await under.run({ kinds: ["nightly"] })) > 0);
}

test("each company has one night in the table, at three by its own clock, however often that is ensured", async () => {
	await Promise.all([ensureNightlies(under.desk), ensureNightlies(under.desk)]);
	expect(await nights()).toEqual([{ at: THREE, attempts: 0 }]);
	expect(nextNight(THREE, "Asia/Shanghai")).toBe("2026-03-03T19:00:00.000Z");
	expect(nextNight("2026-03-28T12:00:00.000Z", "Europe/London")).toBe("2026-03-29T02:00:00.000Z");
});

test("the day before is sealed: every stream's head at its end, chained from day to day, and the night comes again", async () => {
	const first = await under.file();
	under.now = instantPlus(MIDNIGHT, { minutes: 30 });
	// after midnight: the new case and what follows in the first one belong to the next day's seal
	await under.act(under.actor("handler", "handler"), first.case, "ClaimCase");
	await under.file();
	await night(THREE);
	expect(await seals()).toMatchObject([{ day: "2026-03-02", streams: 1 }]);
	expect(await nights()).toEqual([{ at: "2026-03-03T19:00:00.000Z", attempts: 0 }]);
	await night("2026-03-03T19:00:00.000Z");
	const [one, two] = await seals();
	expect(two).toMatchObject({ day: "2026-03-03", streams: 2 });
	expect(two?.hash).not.toBe(one?.hash);
	// found again from the history, long after
	expect(await sealOf(database, under.company, "2026-03-02", MIDNIGHT)).toEqual(one);
	expect(await sealOf(database, under.company, "2026-03-03", instantPlus(MIDNIGHT, { days: 1 }))).toEqual(
		two,
	);
});

test("a cut tail, an altered head and a missing case show", async () => {
	const { case: id } = await under.file();
	const other = await under.file();
	await night(THREE);
	const [sealed] = await seals();
	const now = () => sealOf(database, under.company, "2026-03-02", MIDNIGHT);
	expect(await now()).toEqual(sealed);
	const last =
		"company = $1 and stream = $2 and seq = (select max(seq) from history h where h.company = $1 and h.stream = $2)";
	const [kept] = await under.read<{ hash: string }>(
		`select hash from history where ${last}`,
		under.company,
		id,
	);
	await under.write({
		sql: `update history set hash = repeat('f', 64) where ${last}`,
		parameters: [under.company, id],
	});
	expect((await now()).hash).not.toBe(sealed?.hash);
	await under.write({
		sql: `update history set hash = $3 where ${last}`,
		parameters: [under.company, id, kept?.hash],
	});
	expect(await now()).toEqual(sealed);
	await under.write({ sql: `delete from history where ${last}`, parameters: [under.company, id] });
	expect((await now()).hash).not.toBe(sealed?.hash);
	await under.write({
		sql: "delete from history where company = $1 and stream = $2",
		parameters: [under.company, other.case],
	});
	expect((await now()).streams).toBe(1);
});

test("old answers and old ended deliveries are cleared away, younger and unended ones are not", async () => {
	const day = (days: number) => instantPlus(THREE, { days: -days });
	const answer = (key: string, at: string) => ({
		sql: "insert into idempotency (company, actor, key, body, answer, at) values ($1, 'a', $2, '', '{}', $3)",
		parameters: [under.company, key, at],
	});
	const delivery = (id: string, at: string, delivered: boolean) => ({
		sql: "insert into delivery (company, id, webhook, event, stream, body, made_at, delivered_at) values ($1, $2, 'w', 'e', 's', '{}', $3, case when $4 then $3::timestamptz end)",
		parameters: [under.company, id, at, delivered],
	});
	await under.write(
		answer("old", day(8)),
		answer("young", day(6)),
		delivery("old", day(91), true),
		delivery("open", day(91), false),
		delivery("young", day(89), true),
	);
	await night(THREE);
	const keys = await under.read<{ key: string }>(
		"select key from idempotency where company = $1",
		under.company,
	);
	expect(keys.map((one) => one.key)).toEqual(["young"]);
	const left = await under.read<{ id: string }>(
		"select id from delivery where company = $1 order by id",
		under.company,
	);
	expect(left.map((one) => one.id)).toEqual(["open", "young"]);
	expect(under.reported).toEqual([]);
});
