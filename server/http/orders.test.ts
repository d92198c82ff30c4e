import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fault } from "../ports/fault.ts";
import { orderRoutes } from "./orders.ts";
import { COMPLAINT, type TestEdge, testEdge } from "./testing.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await testEdge([orderRoutes]);
});
afterAll(() => edge.close());

const RECORD = {
	trade: "express",
	status: "delivered",
	facts: { fee: 1_500, insured: true, declared: 50_000, serviceArea: "domestic" },
	people: [
		{ role: "寄件", name: "欧阳娜娜", phone: "13911112222" },
		{ role: "recipient", name: "李小明", phone: "13800001234" },
	],
	organisation: "outlet-1",
	worker: "courier-1",
	plate: "粤B12345",
	takenAt: "2026-03-01T08:00:00+08:00",
	events: [{ at: "2026-03-01T10:00:00+08:00", what: "已揽收", where: "深圳市南山区科技园路八号" }],
};
const put = (who: string, number: string, change: object = {}) =>
	edge.ask(who, "PUT", `/api/orders/${number}`, { ...RECORD, ...change });

describe("orders in by API", () => {
	test("an order is put in, replaced, and read back masked by the office", async () => {
		expect((await put("key", "YD1")).status).toBe(201);
		expect((await put("admin", "YD1", { status: "returned" })).status).toBe(200);
		const seen = await edge.ask("handler", "GET", "/api/orders/YD1");
		expect(seen.body).toMatchObject({
			number: "YD1",
			status: "returned",
			takenAt: "2026-03-01T00:00:00.000Z",
			people: [{ role: "寄件", name: "欧**", phone: "139****2222" }, { name: "李**" }],
			plate: "粤B***45",
		});
		const whole = await edge.ask("key", "GET", "/api/orders/YD1");
		expect(whole.body).toMatchObject({ people: [{ name: "欧阳娜娜" }, { phone: "13800001234" }] });
	});

	test("names, numbers and plates lie sealed", async () => {
		await put("key", "YD2");
		const [row] = await edge.rows("select record::text as record from orders where number = 'YD2'");
		expect(row?.record).not.toMatch(/李小明|13800001234|粤B12345/);
	});

	test.each<[string, object, string]>([
		["another number than in the address", { number: "YD4" }, "number"],
		["a trade that there isn't", { trade: "constructor" }, "trade"],
		["a misspelt fact", { facts: { insurred: true } }, "facts.insurred"],
		["a fact of another type", { facts: { insured: "yes" } }, "facts.insured"],
		["a value out of a closed set", { facts: { serviceArea: "moon" } }, "facts.serviceArea"],
		["a field that there isn't", { colour: "red" }, ""],
	])("%s is refused", async (_, change, at) => {
		const refused = await put("key", "YD3", change);
		expect(refused).toMatchObject({ status: 422, body: { fields: [{ at }] } });
		expect(await edge.rows("select 1 from orders where number = 'YD3'")).toEqual([]);
	});

	test("is for systems and administrators; reading for those who take and handle cases", async () => {
		for (const who of ["handler", "courier-1", "link:x:p1"]) expect((await put(who, "YD5")).status).toBe(403);
		for (const who of ["courier-1", "link:x:p1", "finance"])
			expect((await edge.ask(who, "GET", "/api/orders/YD1")).status).toBe(403);
		expect((await edge.ask("handler", "GET", "/api/orders/none")).status).toBe(404);
		expect((await put("nobody", "YD5")).status).toBe(401);
	});
});

/** The case as the handler sees it, after a filing. */
async function filed(fields: object) {
	const { case: id } = await edge.file({ parties: [], orders: [], ...fields });
	const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
	return body as {
		case: { orders: unknown[]; parties: Record<string, unknown>[]; intake: unknown };
		texts: Record<string, string>;
	};
}

describe("a complaint that names an order", () => {
	beforeAll(async () => {
		await put("key", "YD9");
	});

	test("freezes what the book says of it, and takes names and phones for seats without any", async () => {
		const { case: kase, texts } = await filed({
			orders: [{ number: "YD9" }],
			parties: [{ seat: "recipient" }, { seat: "courier" }, { seat: "outlet" }],
		});
		expect(kase.orders).toEqual([
			{
				id: "w1",
				number: "YD9",
				trade: "express",
				takenAt: "2026-03-01T00:00:00.000Z",
				facts: RECORD.facts,
				events: [{ at: "2026-03-01T02:00:00.000Z", what: "已揽收" }],
			},
		]);
		const [recipient, courier, outlet] = kase.parties as { name: { ref: string }; phone: { ref: string } }[];
		expect([texts[recipient!.name.ref], texts[recipient!.phone.ref]]).toEqual(["李**", "138****1234"]);
		expect(courier).toMatchObject({
			person: "courier-1",
			organisation: "outlet-1",
			line: ["outlet-1", "south"],
		});
		expect(outlet).toMatchObject({ person: null, organisation: "outlet-1" });
		// the order may change afterwards: the case does not
		await put("key", "YD9", { facts: { fee: 1 } });
		const again = await edge.rows(
			"select state->'orders'->0->'facts' as facts from snapshot where state->'orders'->0->>'number' = 'YD9'",
		);
		expect(again[0]?.facts).toEqual(RECORD.facts);
		await put("key", "YD9");
	});

	test("what the office states itself stays, and so does a party that was named", async () => {
		const { case: kase, texts } = await filed({
			orders: [{ number: "YD9", facts: { fee: 700 } }],
			parties: [{ seat: "recipient", name: "王五" }],
		});
		expect(kase.orders).toMatchObject([{ facts: { fee: 700 } }]);
		const [party] = kase.parties as { name: { ref: string }; phone: null }[];
		expect([texts[party!.name.ref], party!.phone]).toEqual(["王**", null]);
	});

	test("outside the office the book's word counts, not the author's", async () => {
		const own = { ...COMPLAINT, parties: [], orders: [{ number: "YD9", facts: { declared: 99_999_999 } }] };
		const answer = await edge.ask("courier-1", "POST", "/api/complaints", own);
		expect(answer.status).toBe(201);
		const { case: id } = answer.body as { case: string };
		const [row] = await edge.rows(
			"select state->'orders'->0->'facts'->'declared' as declared from snapshot where stream = $1",
			id,
		);
		expect(row?.declared).toBe(50_000);
	});

	test("doesn't wait for an order system that is out of order", async () => {
		const down = await testEdge([], {
			edge: {
				orders: {
					ofPhone: async () => ({ ok: true, orders: [] }),
					find: async () => fault("timeout", "no answer"),
				},
			},
		});
		try {
			const { case: id } = await down.file({ orders: [{ number: "YD9" }] });
			const { body } = await down.ask("handler", "GET", `/api/cases/${id}`);
			expect(body).toMatchObject({ case: { orders: [{ number: "YD9", facts: {} }] } });
		} finally {
			await down.close();
		}
	});

	test("line and repeat are the server's: an author who gives them is refused", async () => {
		for (const extra of [{ repeat: 3 }, { parties: [{ seat: "courier", line: [] }] }]) {
			const refused = await edge.ask("agent", "POST", "/api/complaints", { ...COMPLAINT, ...extra });
			expect(refused).toMatchObject({ status: 422, body: { type: "urn:redress:problem:malformed" } });
		}
		const { case: id } = await edge.file();
		const amend = {
			type: "AmendComplaint",
			words: "还有网点",
			parties: [{ seat: "outlet", organisation: "outlet-2" }],
		};
		expect((await edge.ask("agent", "POST", `/api/cases/${id}/commands`, amend)).status).toBe(200);
		const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
		expect((body as { case: { parties: object[] } }).case.parties.at(-1)).toMatchObject({
			line: ["outlet-2", "south"],
		});
	});

	test("counts earlier like complaints of the same phone within the pack's window", async () => {
		const caller = { parties: [{ seat: "recipient", phone: "13700000001" }], orders: [] };
		const repeat = async (fields: object) => (await filed({ ...caller, ...fields })).case.intake;
		expect(await repeat({})).toMatchObject({ repeat: 0 });
		expect(await repeat({ parties: [{ seat: "recipient", phone: "+86 137-0000-0001" }] })).toMatchObject({
			repeat: 1,
		});
		expect(await repeat({ verbatim: "快递员骂人，态度恶劣" })).toMatchObject({ repeat: 0 });
		expect(await repeat({ parties: [{ seat: "recipient", phone: "13700000002" }] })).toMatchObject({
			repeat: 0,
		});
		edge.now.at = "2028-01-01T00:00:00.000Z";
		expect(await repeat({})).toMatchObject({ repeat: 0 });
	});
});
