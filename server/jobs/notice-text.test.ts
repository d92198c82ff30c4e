import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
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

describe("what is said", () => {
	test("somebody's own words reach a party only as far as the guard lets them, and without numbers", async () => {
		const { case: id } = await under.file();
		const plan = (await under.stateOf(id)).clocks.find((one) => one.kind === "promise" && !one.stopped);
		const extend = (why: string, hours: number) =>
			under.act(under.actor("handler", "handler"), id, "ExtendPromise", {
				clock: plan!.id,
				due: instantPlus(plan!.due, { hours }),
				why,
			});
		await extend("等分拨中心调监控，电话 13900002222", 1);
		await under.run({ kinds: ["effect"] });
		await extend("这不是我的问题", 2);
		await under.run({ kinds: ["effect"] });
		const texts = (await under.notices("promise-extended")).map((one) => one.text);
		expect(texts[0]).toContain("原因：等分拨中心调监控，电话 139****。");
		expect(texts[1]).toContain("原因：…。");
		expect(texts.join("")).not.toContain("这不是我的问题");
	});

	test("staff are told which clock it is and why they are asked", async () => {
		const { case: id } = await under.file();
		await under.act(under.actor("handler", "handler"), id, "ClaimCase");
		await under.act(under.actor("handler", "handler"), id, "EscalateCase", {
			to: "duty",
			why: "客户要找媒体",
		});
		under.now = instantPlus(MONDAY, { hours: 2 });
		await under.settle();
		const escalated = (await under.notices("escalated")).map((one) => `${one.recipient} ${one.text}`);
		expect(escalated.find((one) => one.includes("客户要找媒体"))).toMatch(/^person:duty-manager/);
		expect(escalated.find((one) => one.includes("首次联系"))).toBeDefined();
		const state = await under.stateOf(id);
		const breached = state.clocks.find((one) => one.breachedAt);
		expect(breached).toBeDefined();
		expect((await under.notices("clock-breached"))[0]).toMatchObject({
			recipient: "person:handler",
			text: expect.stringContaining(state.number),
		});
	});

	test.each(["zh", "en"])(
		"every notice can be made for everybody (%s), and leaves no blank of its own",
		async (language) => {
			await under.write({
				sql: "update person set language = $2 where company = $1",
				parameters: [under.company, language],
			});
			under.desk.offices.forget(under.company);
			const { case: id } = await under.file({ language });
			await under.act(under.actor("handler", "handler"), id, "ClaimCase");
			const wording = under.desk.packs.all[0]!.data.wording[language as "zh" | "en"].notices;
			const keys = Object.keys(wording);
			for (const notice of keys)
				for (const to of [{ party: "p1" }, { party: "p2" }, { capability: "handle" }])
					await under.effect(id, { do: "notify", to, notice });
			await under.settle();
			const all = await under.notices();
			expect(under.reported).toEqual([]);
			expect(all.length).toBeGreaterThanOrEqual(3 * keys.length);
			for (const one of all) {
				expect(one.text, one.wording).not.toMatch(/\{\{|\}\}|undefined|null|NaN|\[object/);
				expect(one.text).toMatch(language === "zh" ? /\p{Script=Han}{2}/u : /[a-z]{2,} [a-z]{2,}/);
			}
		},
	);
});
