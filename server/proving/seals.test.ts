import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertSeal, sealOf } from "../store/seals.ts";
import type { Finding } from "./chains.ts";
import { verifySeals } from "./seals.ts";
import { type DeskUnderTest, deskUnderTest, fileOne } from "./testing.ts";

let under: DeskUnderTest;
let company: string;
let filed: { id: string; number: string }[];

beforeAll(async () => {
	under = await deskUnderTest();
});
afterAll(() => under.database.close());

/** Three days, a complaint on each, sealed in the night after. */
beforeEach(async () => {
	company = await under.company();
	filed = [];
	for (const day of [2, 3, 4]) {
		under.at(`2026-03-0${day}T02:00:00.000Z`);
		filed.push(await fileOne(under, company, `第${day}天的投诉`));
		// the end of the day in Shanghai
		const seal = await sealOf(under.database, company, `2026-03-0${day}`, `2026-03-0${day}T16:00:00.000Z`);
		await under.database.transaction((session) => session.commitWith([insertSeal(seal)]));
	}
});

async function findings(): Promise<Pick<Finding, "what" | "problem">[]> {
	const found: Finding[] = [];
	await verifySeals(under.database, (one) => found.push(one));
	return found.filter((one) => one.company === company).map(({ what, problem }) => ({ what, problem }));
}

const HEADS = "a history that it holds ends in another line now: a line was altered, or an end cut off";

test("seals as they were made are in order, whatever was recorded since", async () => {
	under.at("2026-03-05T02:00:00.000Z");
	await fileOne(under, company, "后来的投诉");
	expect(await findings()).toEqual([]);
});

test("a case that is gone with everything of it is missing from every seal since its day", async () => {
	for (const table of ["history", "snapshot"])
		await under.run(`delete from ${table} where stream = $1`, filed[1]?.id);
	await under.run("delete from case_row where id = $1", filed[1]?.id);
	expect(await findings()).toEqual([
		{
			what: "seal of 2026-03-03 (and of 1 later days)",
			problem: "2 histories were sealed, 1 of them are there now",
		},
	]);
});

test("an end cut off together with its snapshot shows", async () => {
	const [line] = await under.run(
		"select seq, hash from history where stream = $1 order by seq desc offset 1 limit 1",
		filed[2]?.id,
	);
	await under.run("delete from history where stream = $1 and seq > $2", filed[2]?.id, line?.seq);
	await under.run(
		"update snapshot set seq = $2, head = $3 where stream = $1",
		filed[2]?.id,
		line?.seq,
		line?.hash,
	);
	expect(await findings()).toEqual([{ what: "seal of 2026-03-04", problem: HEADS }]);
});

test("a seal that was altered, and one that follows a seal that is gone", async () => {
	await under.run("update seal set streams = streams + 1 where company = $1 and day = '2026-03-04'", company);
	await under.run("delete from seal where company = $1 and day = '2026-03-02'", company);
	const broken = "the seal was altered, or one before it is gone";
	expect(await findings()).toEqual([
		{ what: "seal of 2026-03-03", problem: broken },
		{ what: "seal of 2026-03-04", problem: broken },
		{ what: "seal of 2026-03-04", problem: "4 histories were sealed, 3 of them are there now" },
	]);
});
