import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPLAINT, type TestEdge } from "./testing.ts";
import { sendActFile } from "./testing-uploads.ts";
import { wholeEdge } from "./testing-whole.ts";

/** The page of whoever is complained of: what it reads, what it may, and that nobody of the other side is in it. */
let edge: TestEdge;
let kase: string;
const OTHER_SIDE = ["李小明", "13800001234", "海德三道", "科技园路"];

beforeAll(async () => {
	edge = await wholeEdge();
	({ case: kase } = await edge.file());
});
afterAll(() => edge.close());

const body = <T>(asked: { body: unknown }) => asked.body as T;

describe("what is told to the courier", () => {
	test("their cases with what is at stake, and their score; nobody of the other side", async () => {
		const asked = await edge.ask("courier-1", "GET", "/api/mine");
		expect(asked.status).toBe(200);
		const mine = body<{ cases: { id: string; atStake: { points: number }[] }[]; score: { score: number } }>(
			asked,
		);
		expect(mine.cases.map((one) => one.id)).toEqual([kase]);
		expect(mine.cases[0]?.atStake.some((one) => one.points < 0)).toBe(true);
		expect(mine.score.score).toBeGreaterThan(0);
		for (const one of OTHER_SIDE) expect(JSON.stringify(mine)).not.toContain(one);
	});

	test("the coach: lines with the facts filled in, the do-not list, tries left, offers with their ground", async () => {
		const asked = await edge.ask("courier-1", "GET", `/api/cases/${kase}/coach`);
		expect(asked.status).toBe(200);
		const coach = body<{
			tracks: { lines: { say: string }[] }[];
			contact: { to: string; today: number; perDay: number };
			mayOffer: { offers: { item: string; source: { ref: string } }[] };
		}>(asked);
		expect(coach.tracks.length).toBeGreaterThan(0);
		expect(coach.contact).toMatchObject({ today: 0, perDay: expect.any(Number) });
		expect(coach.mayOffer.offers.map((one) => one.item)).toContain("apology");
		for (const one of OTHER_SIDE) expect(JSON.stringify(coach)).not.toContain(one);
	});

	test("it is theirs alone", async () => {
		expect((await edge.ask("courier-2", "GET", `/api/cases/${kase}/coach`)).status).toBe(404);
		expect((await edge.ask("handler", "GET", `/api/cases/${kase}/coach`)).status).toBe(404);
		expect((await edge.ask("handler", "GET", "/api/mine")).status).toBe(403);
		expect(body<{ cases: unknown[] }>(await edge.ask("courier-2", "GET", "/api/mine")).cases).toEqual([]);
	});
});

describe("practice", () => {
	test("a whole way is scored and kept once; half a way is refused", async () => {
		const { talks } = body<{ talks: { id: string }[] }>(
			await edge.ask("courier-1", "GET", "/api/mine/practice"),
		);
		expect(talks.map((one) => one.id)).toContain("express-left-at-door");
		const url = "/api/mine/practice/express-left-at-door";
		expect((await edge.ask("courier-1", "POST", url, { path: [0] })).status).toBe(422);
		const key = { "idempotency-key": "talk-1" };
		const path = [0, 0, 0, 0];
		const scored = await edge.ask("courier-1", "POST", url, { path }, key);
		expect(scored.body).toMatchObject({ score: 100, passed: true });
		await edge.ask("courier-1", "POST", url, { path }, key);
		const { results } = body<{ results: unknown[] }>(
			await edge.ask("courier-1", "GET", "/api/mine/practice"),
		);
		expect(results).toHaveLength(1);
	});
});

describe("training", () => {
	test("the questions come without their answers, and are scored here", async () => {
		const due = "2026-03-20T10:00:00+08:00";
		const pack = edge.desk.packs.newest("express");
		const [training = ""] = Object.keys(pack?.data.improvement.training ?? {});
		await edge.tell("quality", kase, "AssignTraining", { person: "courier-1", training, due });
		const url = `/api/mine/training/${kase}/j1`;
		const asked = await edge.ask("courier-1", "GET", url);
		expect(JSON.stringify(asked.body)).not.toContain('"right"');
		const questions = pack?.data.improvement.training[training]?.questions ?? [];
		const answers = questions.map((one) => one.right);
		expect((await edge.ask("courier-1", "POST", url, { answers: [] })).status).toBe(422);
		expect((await edge.ask("courier-2", "POST", url, { answers })).status).toBe(404);
		const claimed = { type: "RecordTrainingResult", assignment: "j1", score: 100 };
		expect(await edge.ask("courier-1", "POST", `/api/cases/${kase}/commands`, claimed)).toMatchObject({
			status: 403,
			body: { reason: "NotAuthorised" },
		});
		expect((await edge.ask("courier-1", "POST", url, { answers })).body).toMatchObject({
			score: 100,
			passed: true,
		});
		const { training: mine } = body<{ training: { result: { passed: boolean } | null }[] }>(
			await edge.ask("courier-1", "GET", "/api/mine"),
		);
		expect(mine[0]?.result?.passed).toBe(true);
	});
});

describe("on the road", () => {
	const number = "YD1";
	const url = `/api/mine/orders/${number}/acts`;

	beforeAll(async () => {
		const order = {
			...{ trade: "express", status: "派送中", facts: { fee: 1_200 }, worker: "courier-1" },
			people: [{ role: "recipient", name: "李小明", phone: "13800001234" }],
			events: [],
		};
		expect((await edge.ask("key", "PUT", `/api/orders/${number}`, order)).status).toBe(201);
	});

	test("one's own orders, nobody named", async () => {
		const asked = await edge.ask("courier-1", "GET", "/api/mine/orders");
		expect(body<{ orders: { number: string }[] }>(asked).orders.map((one) => one.number)).toEqual([number]);
		for (const one of OTHER_SIDE) expect(JSON.stringify(asked.body)).not.toContain(one);
		expect(
			body<{ orders: unknown[] }>(await edge.ask("courier-2", "GET", "/api/mine/orders")).orders,
		).toEqual([]);
	});

	test("what a kind needs is asked for; left elsewhere only with consent; a delay goes to the customer once", async () => {
		const left = { kind: "left", place: "3 号楼驿站", code: "8-1024" };
		expect((await edge.ask("courier-1", "POST", url, left)).status).toBe(422);
		expect(
			(await edge.ask("courier-1", "POST", url, { kind: "delay", until: "2026-01-01T00:00:00Z" })).status,
		).toBe(422);
		expect((await edge.ask("courier-2", "POST", url, { kind: "need", words: "要搬运" })).status).toBe(404);
		const delay = { kind: "delay", until: "2026-03-02T06:00:00Z" };
		const key = { "idempotency-key": "d1" };
		expect(await edge.ask("courier-1", "POST", url, delay, key)).toMatchObject({
			status: 201,
			body: { told: true },
		});
		expect(await edge.ask("courier-1", "POST", url, delay, key)).toMatchObject({ status: 200 });
		const sent = await edge.rows("select 1 from notice where wording = 'order.delay'");
		expect(sent).toHaveLength(1);
	});

	test("a photo of the hand-over, the customer's own tap, and all of it in the case that comes", async () => {
		const key = { "idempotency-key": "h1" };
		await edge.ask("courier-1", "POST", url, { kind: "handover" }, key);
		const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } })
			.jpeg()
			.toBuffer();
		expect((await sendActFile(edge, "courier-1", { number, act: "h1" }, picture)).status).toBe(201);
		const [row] = await edge.rows(
			"select w.content as text from notice n join words w on w.company = n.company and w.ref = n.text_ref where n.wording = 'order.handover'",
		);
		const [, token = ""] = /\/m\/confirm\/([\w-]+)/.exec(String(row?.text)) ?? [];
		const tap = `/api/hand-overs/${token}`;
		expect((await edge.ask("nobody", "GET", tap)).body).toMatchObject({ order: number, confirmedAt: null });
		expect((await edge.ask("nobody", "POST", tap, { fine: false })).status).toBe(422);
		expect((await edge.ask("nobody", "POST", tap, { fine: true })).body).toMatchObject({ repeated: false });
		expect((await edge.ask("nobody", "POST", tap, { fine: true })).body).toMatchObject({ repeated: true });
		expect((await edge.ask("nobody", "GET", `/api/hand-overs/${token.slice(0, -4)}AAAA`)).status).toBe(404);

		const parties = COMPLAINT.parties.map(({ seat, ...one }) => ({ seat, ...one }));
		const filed = await edge.ask("agent", "POST", "/api/complaints", {
			...COMPLAINT,
			parties,
			orders: [{ number }],
		});
		expect(filed.status).toBe(201);
		const { case: id } = body<{ case: string }>(filed);
		const { case: found } = body<{
			case: {
				orders: { events: { what: string }[] }[];
				evidence: { from: string; file: { mime: string } }[];
			};
		}>(await edge.ask("handler", "GET", `/api/cases/${id}`));
		const events = found.orders[0]?.events.map((one) => one.what).join("；");
		expect(events).toContain("已提前告知会晚到");
		expect(events).toContain("客户亲自确认");
		expect(found.evidence).toMatchObject([{ from: "p2", file: { mime: "image/jpeg" } }]);
	});
});
