import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
let link: string;

beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
	link = `link:${kase}:p1`;
});
afterAll(() => edge.close());

const WISHES = { channels: ["email", "sms"], language: "en", quiet: { from: "20:00", to: "09:00" } };

describe("how one wishes to be told", () => {
	test("without a word of theirs: by text message to the complainant, in the product to a courier", async () => {
		const complainant = await edge.ask(link, "GET", "/api/me/wishes");
		expect(complainant).toMatchObject({
			status: 200,
			body: {
				channels: ["sms", "wechat", "email", "push"],
				inProduct: false,
				quiet: null,
				urgentRings: true,
			},
		});
		expect((complainant.body as { ways: unknown }).ways).toContainEqual({
			...{ channel: "sms", open: true, address: "138****1234" },
		});
		expect(await edge.ask("courier-1", "GET", "/api/me/wishes")).toMatchObject({
			body: { channels: ["push"], inProduct: true },
		});
	});

	test("what is said is kept; the address is sealed and shown masked", async () => {
		const saved = await edge.ask(link, "PUT", "/api/me/wishes", {
			...WISHES,
			email: "li.xiaoming@example.com",
		});
		expect(saved).toMatchObject({ status: 200, body: { channels: ["email", "sms"], language: "en" } });
		const again = await edge.ask(link, "PUT", "/api/me/wishes", { ...WISHES, urgentRings: false });
		expect(again.body).toMatchObject({ urgentRings: false, quiet: { from: "20:00", to: "09:00" } });
		expect(JSON.stringify(again.body)).toContain("l***@example.com");
		expect(JSON.stringify(again.body)).not.toContain("xiaoming");
		const [row] = await edge.rows(
			"select email::text, email_mask from wish where holder = $1",
			`party:${kase}:p1`,
		);
		expect(JSON.stringify(row)).not.toContain("xiaoming");
		const gone = await edge.ask(link, "PUT", "/api/me/wishes", { ...WISHES, email: null });
		expect((gone.body as { ways: { channel: string; address: unknown }[] }).ways[2]?.address).toBeNull();
	});

	test("the language alone changes nothing else", async () => {
		await edge.ask(link, "PUT", "/api/me/wishes", WISHES);
		expect(await edge.ask(link, "PATCH", "/api/me/wishes", { language: "zh" })).toMatchObject({
			status: 200,
			body: { language: "zh" },
		});
		expect((await edge.ask(link, "GET", "/api/me/wishes")).body).toMatchObject({ ...WISHES, language: "zh" });
		for (const body of [{}, { language: "fr" }, { language: "en", channels: [] }])
			expect((await edge.ask(link, "PATCH", "/api/me/wishes", body)).status).toBe(422);
	});

	test.each([
		[{ ...WISHES, channels: ["pigeon"] }],
		[{ ...WISHES, channels: ["sms", "sms"] }],
		[{ ...WISHES, quiet: { from: "25:00", to: "08:00" } }],
		[{ ...WISHES, quiet: { from: "08:00", to: "08:00" } }],
		[{ ...WISHES, email: "nobody" }],
		[{ ...WISHES, more: 1 }],
		[{}],
	])("%j is refused", async (body) => {
		expect((await edge.ask(link, "PUT", "/api/me/wishes", body)).status).toBe(422);
	});

	test("a key has no wishes, nobody no answer, and a link to nothing finds nothing", async () => {
		for (const [who, status] of [
			["key", 404],
			["nobody", 401],
			["link:another:p1", 404],
		] as const)
			for (const url of ["/api/me/wishes", "/api/push"])
				expect((await edge.ask(who, "GET", url)).status).toBe(status);
	});

	test("WeChat by the code that it gave the browser, and no longer", async () => {
		expect(await edge.ask(link, "PUT", "/api/me/wechat", { code: "abc" })).toMatchObject({
			body: { bound: true },
		});
		expect(await edge.ask(link, "GET", "/api/me/wishes")).toMatchObject({
			body: { wechat: { bound: true }, channels: ["wechat", "email", "sms"] },
		});
		await edge.ask(link, "DELETE", "/api/me/wechat");
		expect(await edge.ask(link, "GET", "/api/me/wishes")).toMatchObject({
			body: { wechat: { bound: false } },
		});
	});
});

describe("browsers that are rung", () => {
	const subscription = (n: number) => ({
		endpoint: `https://push.example/${n}`,
		keys: { p256dh: "A".repeat(87), auth: "A".repeat(22) },
	});

	test("added once, counted, taken away only by their own", async () => {
		for (const n of [1, 1, 2])
			expect((await edge.ask("courier-1", "POST", "/api/push", subscription(n))).status).toBe(201);
		expect((await edge.ask("courier-1", "GET", "/api/push")).body).toEqual({
			...{ key: null, pretend: true, devices: 2 },
		});
		const { endpoint } = subscription(1);
		expect((await edge.ask("courier-2", "DELETE", "/api/push", { endpoint })).status).toBe(204);
		expect((await edge.ask("courier-1", "GET", "/api/push")).body).toMatchObject({ devices: 2 });
		await edge.ask("courier-1", "DELETE", "/api/push", { endpoint });
		expect((await edge.ask("courier-1", "GET", "/api/push")).body).toMatchObject({ devices: 1 });
	});

	test("the oldest give way, and no endpoint lies in the table in plain", async () => {
		for (let n = 10; n < 25; n += 1) {
			edge.now.at = new Date(Date.parse(edge.now.at) + 1_000).toISOString();
			await edge.ask(link, "POST", "/api/push", subscription(n));
		}
		expect((await edge.ask(link, "GET", "/api/push")).body).toMatchObject({ devices: 10 });
		const rows = await edge.rows("select id, sealed::text from push_subscription");
		expect(JSON.stringify(rows)).not.toContain("push.example");
	});

	test("what is no subscription is refused", async () => {
		for (const body of [
			{},
			{ ...subscription(1), endpoint: "ftp://push.example" },
			{ ...subscription(1), endpoint: "x" },
			{ ...subscription(1), keys: { p256dh: "A", auth: "A" } },
		])
			expect((await edge.ask("courier-1", "POST", "/api/push", body)).status).toBe(422);
	});
});
