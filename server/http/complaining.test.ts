import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { openAccounts } from "../accounts/accounts.ts";
import { linkRoutes } from "../accounts/link-routes.ts";
import { packsOf, readPack, SHIPPED_PACKS } from "../packs.ts";
import { complainRoutes } from "./complaining.ts";
import { orderRoutes } from "./orders.ts";
import { COMPANY, type TestEdge, testEdge } from "./testing.ts";

const ORDER = "JY2026030001";
const PHONE = "13800001234";
const RESCUER = "13900005678";

let edge: TestEdge;
let codes: { phone: string; code: string }[];
let pending: Promise<void>[];

beforeEach(async () => {
	codes = [];
	pending = [];
	edge = await testEdge(({ database, keys, offices, clock }) => {
		const accounts = openAccounts({
			...{ database, keys, offices, clock },
			secretKey: Buffer.alloc(32, 7),
			publicUrl: "http://localhost:3000",
			sendCode: async ({ phone, code }) => {
				codes.push({ phone, code });
				return { ok: true, receipt: "1" };
			},
			later: (work) => {
				pending.push(work());
			},
			report: () => {},
		});
		return [linkRoutes(accounts), complainRoutes(accounts), orderRoutes];
	});
	const facts: unknown = parse(await readFile(join(SHIPPED_PACKS, "common", "facts.yaml"), "utf8"));
	const packs = ["express", "roadside-rescue"].map((one) => readPack(join(SHIPPED_PACKS, one), facts));
	edge.desk.packs = packsOf(await Promise.all(packs));
	await put(ORDER, { lateMinutes: 80, fee: 26_000 });
});
afterEach(() => edge.close());

async function put(number: string, facts: object, people: object[] = PEOPLE): Promise<void> {
	const body = { trade: "roadside-rescue", status: "done", facts, people, plate: "粤B12345", events: [] };
	const asked = await edge.ask("key", "PUT", `/api/orders/${number}`, body);
	expect(asked.status).toBe(201);
}
const PEOPLE = [
	{ role: "motorist", name: "李小明", phone: PHONE },
	{ role: "rescuer", name: "张大勇", phone: RESCUER },
];

const asNobody = (method: "GET" | "POST" | "PUT", path: string, body?: object, headers = {}) =>
	edge.ask("nobody", method, `/api/complain${path}`, body, headers);

async function askCode(order: string, phone: string) {
	const asked = await asNobody("POST", "/code", { company: COMPANY, order, phone });
	await Promise.all(pending);
	return asked;
}

/** Confirms the phone; answers the headers that open the order. */
async function pass(order = ORDER, phone = PHONE): Promise<Record<string, string>> {
	expect((await askCode(order, phone)).status).toBe(200);
	const code = codes.at(-1)?.code ?? "";
	const confirmed = await asNobody("POST", "/confirm", { company: COMPANY, order, phone, code });
	expect(confirmed.status).toBe(200);
	return { cookie: String(confirmed.headers["set-cookie"]).split(";")[0] ?? "" };
}

const TOLD = { category: "failed-job", words: "来了两个小时也没弄好" };
const paidTo = async () =>
	await edge.rows("select payload from due where kind = 'effect' and payload->>'do' = 'pay'");

describe("before the phone is confirmed", () => {
	test("the answer is the same whether or not there is such an order with such a phone", async () => {
		const right = await askCode(ORDER, PHONE);
		const wrongPhone = await askCode(ORDER, "13700000000");
		const wrongOrder = await askCode("JY000", PHONE);
		const worker = await askCode(ORDER, RESCUER);
		expect([wrongPhone, wrongOrder, worker].map((one) => [one.status, one.body])).toEqual(
			Array.from({ length: 3 }, () => [right.status, right.body]),
		);
		expect(codes.map((one) => one.phone)).toEqual([PHONE]);
		const tries = [
			await asNobody("POST", "/confirm", { company: COMPANY, order: ORDER, phone: PHONE, code: "000000" }),
			await asNobody("POST", "/confirm", { company: COMPANY, order: "JY000", phone: PHONE, code: "000000" }),
		];
		expect(tries[0]?.status).toBe(401);
		expect(tries[1]?.body).toEqual(tries[0]?.body);
	});

	test("neither a phone nor an order can be flooded, and the refusal tells nothing either", async () => {
		for (let n = 0; n < 6; n++) expect((await askCode(`JY${n}`, PHONE)).status).toBe(200);
		const [real, unreal] = [await askCode(ORDER, PHONE), await askCode("JY000", PHONE)];
		expect(real.status).toBe(429);
		expect(unreal.body).toEqual(real.body);
		for (let n = 0; n < 12; n++) await askCode(ORDER, `1370000000${n}`);
		expect((await askCode(ORDER, "13711111111")).status).toBe(429);
	});

	test("codes for one order are not guessed for long", async () => {
		await askCode(ORDER, PHONE);
		const code = codes[0]?.code ?? "";
		const wrong = code === "000000" ? "000001" : "000000";
		const tries: number[] = [];
		for (let n = 0; n < 16; n++)
			tries.push(
				(await asNobody("POST", "/confirm", { company: COMPANY, order: ORDER, phone: PHONE, code: wrong }))
					.status,
			);
		expect(tries.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 401));
		expect(tries[15]).toBe(429);
	});

	test("a company must be named where there are several, and must be there", async () => {
		for (const company of [undefined, "nobody"]) {
			const asked = await asNobody("POST", "/code", { company, order: ORDER, phone: PHONE });
			expect(asked.status).toBe(422);
		}
	});

	test.each([
		"",
		"redress.complaining=",
		"redress.complaining=forged",
		`redress.complaining=${"A".repeat(900)}`,
	])("nothing opens with %j", async (cookie) => {
		const headers = cookie ? { cookie } : {};
		expect((await asNobody("GET", "/order", undefined, headers)).status).toBe(401);
		expect((await asNobody("POST", "/file", TOLD, headers)).status).toBe(401);
		expect((await asNobody("POST", "/settle", { category: "late-arrival" }, headers)).status).toBe(401);
		expect((await asNobody("POST", "/follow", undefined, headers)).status).toBe(401);
	});
});

describe("once it is confirmed", () => {
	test("one sees one's own order, and nothing of whoever else is on it", async () => {
		const { body, status } = await asNobody("GET", "/order", undefined, await pass());
		expect(status).toBe(200);
		expect(body).toMatchObject({
			order: { number: ORDER, you: { seat: "motorist", name: "李**" } },
			running: null,
		});
		for (const secret of ["张大勇", RESCUER, "粤B12345", PHONE])
			expect(JSON.stringify(body)).not.toContain(secret);
	});

	test("the pass runs out within a day", async () => {
		const headers = await pass();
		edge.now.at = "2026-03-03T02:00:01.000Z";
		expect((await asNobody("GET", "/order", undefined, headers)).status).toBe(401);
	});

	test("traditional Chinese is for our words; one's own stay as they were written", async () => {
		const headers = { ...(await pass()), "accept-language": "zh-TW" };
		await asNobody("PUT", "/draft", { typed: { words: "车还没来" } }, headers);
		const { body } = await asNobody("GET", "/order", undefined, headers);
		const { kinds, draft } = body as { kinds: { plain: { zh: string } }[]; draft: unknown };
		expect(JSON.stringify(kinds)).toContain("救援車");
		expect(draft).toMatchObject({ typed: { words: "车还没来" } });
	});

	test("a draft is kept for the seat", async () => {
		const headers = await pass();
		expect((await asNobody("PUT", "/draft", { typed: { words: "刚写一半" } }, headers)).status).toBe(200);
		const { body } = await asNobody("GET", "/order", undefined, headers);
		expect(body).toMatchObject({ draft: { typed: { words: "刚写一半" } } });
	});

	test("a complaint is filed for this order by its own people, once for a key; its link follows the case", async () => {
		const headers = { ...(await pass()), "idempotency-key": "k1" };
		const filed = await asNobody("POST", "/file", TOLD, headers);
		expect(filed.status).toBe(201);
		const again = await asNobody("POST", "/file", TOLD, headers);
		expect(again.body).toMatchObject({ number: (filed.body as { number: string }).number, duplicate: false });
		const [row] = await edge.rows("select state from snapshot where kind = 'case'");
		expect(row?.state).toMatchObject({
			parties: [{ seat: "motorist" }, { seat: "rescuer" }, { seat: "dispatch" }, { seat: "provider" }],
			orders: [{ number: ORDER, facts: { lateMinutes: 80 } }],
			allegations: [{ category: "failed-job", accused: ["p2", "p3", "p4"] }],
			intake: { channel: "page", by: `order:${ORDER}` },
		});
		const link = String((filed.body as { link: string }).link).replace("/c/", "");
		const opened = await edge.ask("nobody", "POST", "/api/link", { token: link });
		expect(opened).toMatchObject({ status: 200, body: { party: "p1", confirmed: false } });
		expect(String(filed.headers["set-cookie"])).toContain("redress.link=");
	});

	test("a second complaint shows the case that is running", async () => {
		const headers = await pass();
		const first = await asNobody("POST", "/file", TOLD, { ...headers, "idempotency-key": "k1" });
		const second = await asNobody(
			"POST",
			"/file",
			{ words: "再说一遍" },
			{ ...headers, "idempotency-key": "k2" },
		);
		expect(second).toMatchObject({
			status: 200,
			body: { duplicate: true, number: (first.body as { number: string }).number },
		});
		expect((await asNobody("GET", "/order", undefined, headers)).body).toMatchObject({
			running: { number: (first.body as { number: string }).number },
			proven: [],
		});
		expect(await edge.rows("select 1 from case_row")).toHaveLength(1);
	});

	test("one of two people on an order never opens the other's case", async () => {
		const both = [...PEOPLE, { role: "policyholder", name: "王五", phone: "13600000001" }];
		await put("JY2", { lateMinutes: 5, fee: 100 }, both);
		await asNobody("POST", "/file", TOLD, await pass("JY2"));
		const other = await pass("JY2", "13600000001");
		expect((await asNobody("GET", "/order", undefined, other)).body).toMatchObject({ running: null });
		expect((await asNobody("POST", "/follow", undefined, other)).status).toBe(404);
		expect((await asNobody("POST", "/file", TOLD, other)).status).toBe(201);
		expect(await edge.rows("select 1 from case_row")).toHaveLength(2);
	});

	test("what doesn't belong into a filing is refused", async () => {
		const headers = await pass();
		for (const more of [{ category: "nonsense" }, { parties: [] }, { claimed: -1 }, { flags: ["media"] }]) {
			const asked = await asNobody("POST", "/file", { ...TOLD, ...more }, headers);
			expect([409, 422]).toContain(asked.status);
		}
		expect(await edge.rows("select 1 from case_row")).toEqual([]);
	});
});

describe("what the order proves by itself", () => {
	test("an hour late: the remedy stands there with its arithmetic, and is paid on one tap, once", async () => {
		const headers = await pass();
		const { body } = await asNobody("GET", "/order", undefined, headers);
		expect((body as { proven: unknown[] }).proven).toMatchObject([
			{
				category: "late-arrival",
				total: { amount: 36_000 },
				lines: [{ item: "refund" }, { item: "compensation" }, { item: "apology" }],
			},
		]);
		const settling = () => asNobody("POST", "/settle", { category: "late-arrival" }, headers);
		const all = await Promise.all([settling(), settling(), settling()]);
		expect(all.map((one) => one.status).sort()).toEqual([200, 200, 201]);
		expect((await settling()).status).toBe(200);
		expect(await edge.rows("select 1 from case_row")).toHaveLength(1);
		expect(await paidTo()).toHaveLength(2);
		const [row] = await edge.rows("select state from snapshot where kind = 'case'");
		expect(row?.state).toMatchObject({
			triage: { by: "system" },
			offers: [{ by: "system", accepted: { through: "page" } }],
			items: [{ started: { by: "system" } }, { started: { by: "system" } }, { started: null }],
			approvals: [],
		});
	});

	test.each<[string, object, string]>([
		["nothing late", { lateMinutes: 5, fee: 26_000 }, "late-arrival"],
		["more than anybody may give alone", { lateMinutes: 80, fee: 60_000 }, "late-arrival"],
		["a kind that somebody has to look into", { lateMinutes: 80, fee: 26_000 }, "missed-trip"],
		["a promise of something free that asks no order", { fee: 26_000 }, "no-updates"],
	])("not at once: %s", async (_, facts, category) => {
		await put("JY3", facts);
		const headers = await pass("JY3");
		const { body } = await asNobody("GET", "/order", undefined, headers);
		expect((body as { proven: { category: string }[] }).proven.map((one) => one.category)).not.toContain(
			category,
		);
		expect((await asNobody("POST", "/settle", { category }, headers)).status).toBe(409);
		expect(await edge.rows("select 1 from case_row")).toEqual([]);
	});

	test("an order that a case is about already is not paid for at once besides", async () => {
		await edge.file({
			pack: "roadside-rescue",
			orders: [{ number: ORDER }],
			parties: [{ seat: "motorist", phone: "13611112222" }],
		});
		const headers = await pass();
		expect((await asNobody("GET", "/order", undefined, headers)).body).toMatchObject({ proven: [] });
		expect((await asNobody("POST", "/settle", { category: "late-arrival" }, headers)).status).toBe(409);
		expect(await paidTo()).toEqual([]);
	});
});
