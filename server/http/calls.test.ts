import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callRoutes } from "./calls.ts";
import { duplicateRoutes } from "./duplicates.ts";
import { orderRoutes } from "./orders.ts";
import { type TestEdge, testEdge } from "./testing.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await testEdge([callRoutes, duplicateRoutes, orderRoutes]);
});
afterAll(() => edge.close());

const tell = (who: string, event: string, call: string, fields: object = {}) =>
	edge.ask(who, "POST", "/api/calls", { event, call, ...fields });
const ring = (call: string, fields: object = {}) =>
	tell("key", "ringing", call, { caller: "13800001234", line: "4000", ...fields });
const at = (time: string) => `2026-03-02T${time}.000Z`;
const count = async () => (await edge.rows("select count(*)::int as n from phone_call"))[0]?.n;

describe("a call is told of", () => {
	test("once, however often it is sent; the number lies sealed", async () => {
		expect(await ring("c1")).toMatchObject({ status: 201, body: { id: "c1", caller: "138****1234" } });
		expect(await ring("c1")).toMatchObject({ status: 200 });
		expect((await ring("c1", { caller: "13900005678" })).status).toBe(409);
		const [row] = await edge.rows("select phone_call::text as t from phone_call where id = 'c1'");
		expect(row?.t).not.toContain("13800001234");
	});

	test("its rings are measured from the first ring to the answer", async () => {
		await ring("c2", { at: at("01:00:00") });
		const answered = { by: "agent", at: at("01:00:12") };
		const first = await tell("key", "answered", "c2", answered);
		expect(first).toMatchObject({ status: 201, body: { ringSeconds: 12, rings: 3, answeredBy: "agent" } });
		expect((await tell("key", "answered", "c2", answered)).status).toBe(200);
		expect(await tell("key", "answered", "c2", { by: "handler" })).toMatchObject({
			status: 409,
			body: { by: "agent" },
		});
		expect((await tell("key", "ended", "c2", { at: at("01:05:00"), recording: "rec/2.wav" })).status).toBe(
			201,
		);
		expect((await tell("key", "ended", "c2", { recording: "rec/2.wav" })).status).toBe(200);
	});

	test("the phone system's own count of rings goes before ours", async () => {
		await ring("c3", { at: at("01:10:00") });
		const taken = await tell("key", "answered", "c3", { by: "agent", at: at("01:10:20"), rings: 4 });
		expect(taken.body).toMatchObject({ rings: 4, ringSeconds: 20 });
		await tell("key", "ended", "c3");
	});

	test.each<[string, string, object, number]>([
		["an answer before the first ring", "answered", { by: "agent", at: "2026-03-01T00:00:00.000Z" }, 422],
		["a time to come", "answered", { by: "agent", at: "2026-03-02T03:00:00.000Z" }, 422],
		["a person that there isn't", "answered", { by: "nobody" }, 422],
		["an end before the first ring", "ended", { at: "2026-03-01T00:00:00.000Z" }, 422],
	])("%s is refused", async (_, event, fields, status) => {
		await ring("c4");
		expect((await tell("key", event, "c4", fields)).status).toBe(status);
		const [row] = await edge.rows("select answered_at, ended_at from phone_call where id = 'c4'");
		expect(row).toEqual({ answered_at: null, ended_at: null });
	});

	test("an unknown call, nonsense, and people outside the office are refused", async () => {
		const before = await count();
		expect((await tell("key", "answered", "none", { by: "agent" })).status).toBe(404);
		expect((await ring("c5", { caller: "李小明" })).status).toBe(422);
		expect((await tell("key", "sung", "c5")).status).toBe(422);
		for (const who of ["courier-1", "finance", "link:x:p1"])
			expect((await tell(who, "ringing", "c5", { line: "1" })).status).toBe(403);
		expect(await count()).toBe(before);
	});

	test("a withheld number is no obstacle", async () => {
		expect(await tell("key", "ringing", "c6", { line: "4000" })).toMatchObject({
			status: 201,
			body: { caller: null },
		});
		const seen = await edge.ask("agent", "GET", "/api/calls/c6");
		expect(seen.body).toMatchObject({ orders: [], cases: [], name: null });
	});
});

describe("an agent takes a call", () => {
	test("it waits for whom it is meant, and is theirs once taken", async () => {
		edge.now.at = at("02:10:00");
		await ring("w1", { to: "agent" });
		await ring("w2");
		const waiting = async (who: string) =>
			(await edge.ask(who, "GET", "/api/calls/waiting")).body as {
				waiting: { id: string }[];
				current: { id: string } | null;
			};
		expect((await waiting("agent")).waiting.map((one) => one.id)).toEqual(["w1", "w2"]);
		expect((await waiting("handler")).waiting.map((one) => one.id)).toEqual(["w2"]);
		expect((await edge.ask("handler", "GET", "/api/calls/w1")).status).toBe(404);
		edge.now.at = at("02:10:04");
		expect(await tell("agent", "answered", "w1")).toMatchObject({ status: 201, body: { rings: 1 } });
		expect((await tell("handler", "answered", "w1")).status).toBe(409);
		expect(await waiting("agent")).toMatchObject({ waiting: [{ id: "w2" }], current: { id: "w1" } });
		await tell("agent", "ended", "w1");
		expect(await waiting("agent")).toMatchObject({ current: null });
		// nobody picked up: after a while it waits no longer
		edge.now.at = at("02:20:00");
		expect((await waiting("agent")).waiting).toEqual([]);
	});

	test("and may not state what only the phone system measures", async () => {
		await ring("w3");
		for (const fields of [{ at: at("02:20:00") }, { rings: 1 }, { by: "handler" }])
			expect((await tell("agent", "answered", "w3", fields)).status).toBe(422);
	});

	test("the caller's orders and cases are found by their number, masked", async () => {
		await edge.ask("key", "PUT", "/api/orders/YD77", {
			trade: "express",
			status: "delivered",
			facts: { fee: 1_500 },
			people: [
				{ role: "寄件", name: "欧阳娜娜", phone: "13911112222" },
				{ role: "recipient", name: "李小明", phone: "138 0000 1234" },
			],
			organisation: "outlet-1",
			takenAt: "2026-03-01T00:00:00.000Z",
			events: [],
		});
		const { case: id } = await edge.file();
		await ring("w4");
		const { body } = await edge.ask("agent", "GET", "/api/calls/w4");
		expect(body).toMatchObject({
			name: "李**",
			orders: [{ number: "YD77", role: "recipient", people: [{ name: "欧**" }, { phone: "138****1234" }] }],
			cases: [{ id }],
			history: { open: 1, bySeverity: {} },
		});
		expect(JSON.stringify(body)).not.toMatch(/13800001234|李小明|欧阳娜娜/);
	});
});

describe("a complaint by phone", () => {
	const parties = [{ seat: "recipient", name: "李小明" }, { seat: "courier" }];

	test("carries the measured call, the caller's number and the lines that were said", async () => {
		edge.now.at = at("03:00:00");
		await ring("f1", { to: "agent" });
		edge.now.at = at("03:00:11");
		await tell("agent", "answered", "f1");
		const { case: id } = await edge.file({ call: { id: "f1" }, said: ["take-down.1"], parties });
		const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
		expect(body).toMatchObject({
			case: { intake: { call: { id: "f1", ringSeconds: 11, rings: 3 }, said: ["take-down.1"] } },
		});
		const [kept] = await edge.rows("select mask from personal where stream = $1 and keep = 'phone'", id);
		expect(kept).toEqual({ mask: "138****1234" });
		expect(await edge.rows("select filed_as from phone_call where id = 'f1'")).toEqual([{ filed_as: id }]);
		// outsiders learn nothing of how their call was taken
		const own = await edge.ask(`link:${id}:p1`, "GET", `/api/cases/${id}`);
		expect(own.body).not.toHaveProperty("case.intake.call");
	});

	test("a number that the caller gives goes before the one they call from", async () => {
		await ring("f2");
		const given = [{ seat: "recipient", name: "李小明", phone: "13700007777" }];
		const { case: id } = await edge.file({ call: { id: "f2" }, parties: given });
		const [kept] = await edge.rows("select mask from personal where stream = $1 and keep = 'phone'", id);
		expect(kept).toEqual({ mask: "137****7777" });
	});

	test.each<[string, object]>([
		["a call that there isn't", { call: { id: "none" } }],
		["rings that the agent states", { call: { id: "f1", rings: 1 } }],
		["a call for a letter", { call: { id: "f1" }, channel: "mail" }],
	])("%s is refused", async (_, fields) => {
		const before = await edge.rows("select count(*) from case_row");
		const filing = { pack: "express", channel: "phone", verbatim: "摔坏了", parties, ...fields };
		expect((await edge.ask("agent", "POST", "/api/complaints", filing)).status).toBe(422);
		expect(await edge.rows("select count(*) from case_row")).toEqual(before);
	});
});

describe("figures", () => {
	test("by day and agent, within three rings or as asked; agents see their own", async () => {
		edge.now.at = "2026-03-10T02:00:00.000Z";
		const day = (time: string) => `2026-03-09T${time}.000Z`;
		for (const [id, rang, answered, by] of [
			["g1", "01:00:00", "01:00:04", "agent"],
			["g2", "02:00:00", "02:00:30", "agent"],
			["g3", "03:00:00", null, null],
			["g4", "04:00:00", "04:00:10", "handler"],
		] as const) {
			await ring(id, { at: day(rang) });
			if (answered) await tell("key", "answered", id, { by, at: day(answered) });
		}
		const asked = (who: string, more = "") =>
			edge.ask(who, "GET", `/api/calls/figures?from=2026-03-09T00:00:00Z&until=2026-03-10T00:00:00Z${more}`);
		expect((await asked("quality")).body).toEqual({
			rings: 3,
			figures: [
				{ day: "2026-03-09", agent: "agent", calls: 2, answered: 2, within: 1, ringSeconds: 17 },
				{ day: "2026-03-09", agent: "handler", calls: 1, answered: 1, within: 1, ringSeconds: 10 },
				{ day: "2026-03-09", agent: null, calls: 1, answered: 0, within: 0, ringSeconds: null },
			],
		});
		expect((await asked("manager", "&rings=10")).body).toMatchObject({ figures: [{ within: 2 }, {}, {}] });
		expect((await asked("agent")).body).toMatchObject({ figures: [{ agent: "agent" }] });
		expect((await asked("agent")).body).toHaveProperty("figures.length", 1);
		expect((await asked("courier-1")).status).toBe(403);
		const long = "/api/calls/figures?from=2025-01-01T00:00:00Z&until=2026-03-10T00:00:00Z";
		expect((await edge.ask("quality", "GET", long)).status).toBe(422);
	});

	test("the list pages by keyset: one's own, or all", async () => {
		const first = await edge.ask("quality", "GET", "/api/calls?limit=3");
		const { calls, next } = first.body as { calls: { id: string }[]; next: string };
		expect(calls).toHaveLength(3);
		const second = await edge.ask("quality", "GET", `/api/calls?limit=3&after=${encodeURIComponent(next)}`);
		const ids = (second.body as { calls: { id: string }[] }).calls.map((one) => one.id);
		expect(ids.some((id) => calls.some((one) => one.id === id))).toBe(false);
		const own = (await edge.ask("agent", "GET", "/api/calls")).body as { calls: { answeredBy: string }[] };
		expect(new Set(own.calls.map((one) => one.answeredBy))).toEqual(new Set(["agent"]));
		expect((await edge.ask("quality", "GET", "/api/calls?after=x")).status).toBe(422);
	});
});

describe("duplicates", () => {
	const alike = async (who: string, query: string) => edge.ask(who, "GET", `/api/cases/duplicates?${query}`);

	test("by order, phone or call; open ones and those of late", async () => {
		edge.now.at = "2026-04-01T02:00:00.000Z";
		const orders = [{ number: "DUP1", facts: { fee: 1_200 } }];
		const { case: id } = await edge.file({
			orders,
			parties: [
				{ seat: "recipient", name: "赵六", phone: "13612340000" },
				{ seat: "courier", person: "courier-1" },
			],
		});
		await ring("d1", { caller: "136-1234-0000" });
		for (const query of ["order=DUP1", "order=dup1", "phone=136%201234%200000", "call=d1"])
			expect((await alike("agent", query)).body).toMatchObject({ duplicates: [{ id }] });
		const both = await alike("agent", "order=DUP1&call=d1&pack=express");
		expect(both.body).toMatchObject({ duplicates: [{ id, byOrder: true, byPerson: true }] });
		expect((await alike("agent", "order=OTHER")).body).toEqual({ duplicates: [] });
		expect((await alike("agent", "")).body).toEqual({ duplicates: [] });
	});

	test("only for those who take complaints, and within what they may see", async () => {
		for (const who of ["courier-1", "finance", "link:x:p1"])
			expect((await alike(who, "order=DUP1")).status).toBe(403);
		const [row] = await edge.rows("select id from case_row where 'DUP1' = any(orders)");
		await edge.tell("handler", String(row?.id), "RestrictCase", { why: "未成年人" });
		expect((await alike("agent", "order=DUP1")).body).toEqual({ duplicates: [] });
		expect((await alike("safety", "order=DUP1")).body).toMatchObject({ duplicates: [{ id: row?.id }] });
	});
});
