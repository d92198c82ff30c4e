import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alibabaCallReports } from "../adapters/alibaba/call-reports.ts";
import { alibabaSmsReports } from "../adapters/alibaba/sms-reports.ts";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import { runDue } from "../jobs/loop.ts";
import { type Outside, pretendPorts } from "../jobs/ports.ts";
import { readWords } from "../saying.ts";
import { commit } from "../store/commit.ts";
import { insertKept } from "../store/kept.ts";
import { insertNotices, noteNotice } from "../store/notices.ts";
import { callsBackRoutes } from "./calls-back.ts";
import { downloadRoute } from "./evidence-download.ts";
import { lineRoutes } from "./lines.ts";
import { pretendCallsRoutes } from "./pretend-calls.ts";
import { receiptRoutes } from "./receipts.ts";
import { COMPANY, type TestEdge, testEdge } from "./testing.ts";

const KEY = "a-key-that-nobody-guesses-1";
let edge: TestEdge;
let outside: Outside;
let folder: string;
const reported: string[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "redress-lines-"));
	const store = diskEvidence(join(folder, "evidence"));
	const words = await readWords();
	edge = await testEdge((desk) => {
		const ports = pretendPorts(desk, store);
		outside = {
			...ports,
			words,
			place: { store, uploads: join(folder, "uploads"), maxBytes: 1024 * 1024 },
			linkFor: async () => "https://redress.test/c/x",
			privateWebhooks: true,
			report: (sentence) => reported.push(sentence),
		};
		return [
			lineRoutes(ports.caller),
			callsBackRoutes(alibabaCallReports({ key: KEY, poolKey: "FC1" })),
			receiptRoutes({ sms: alibabaSmsReports(KEY) }),
			pretendCallsRoutes,
			(app, own) => downloadRoute(app, own, store),
		];
	});
	await edge.rows("update person set kind = 'worker' where id = 'courier-1'");
});
beforeEach(() => {
	reported.length = 0;
	edge.now.at = "2026-03-02T02:00:00.000Z";
});
afterAll(async () => {
	await edge.close();
	await rm(folder, { recursive: true });
});

async function settle(): Promise<void> {
	for (let n = 0; n < 20; n += 1)
		if ((await runDue(edge.desk, outside, { now: edge.now.at, kinds: ["effect"] })) === 0) return;
}

/** A case whose first contact is the courier's. */
async function filed(): Promise<string> {
	const { case: id } = await edge.file();
	await edge.tell("handler", id, "ClaimCase");
	await settle();
	return id;
}

async function lineFor(who: string, id: string, to = "p1") {
	const asked = await edge.ask(who, "POST", `/api/cases/${id}/lines`, { to });
	if (asked.status !== 201 && asked.status !== 200) throw new Error(JSON.stringify(asked.body));
	return asked.body as { id: string; number: string; expiresAt: string; pretend: boolean };
}

async function phoneOf(person: string, phone: string): Promise<void> {
	const row = { ref: `phone-${person}`, keep: "phone" as const, content: phone, salt: Buffer.alloc(16) };
	await commit(edge.database, ...insertKept(COMPANY, `person-${person}`, [row], edge.desk.keys));
}

const stateOf = async (id: string) =>
	(await edge.ask("handler", "GET", `/api/cases/${id}`)).body as {
		case: {
			contacts: { id: string; party: string; outcome: string; as: string; by: string }[];
			evidence: { id: string; kind: string; from: string; file: { mime: string } }[];
		};
	};

describe("a line between two people of a case", () => {
	test("without a number of one's own there is none; with it, it is the same one for half an hour", async () => {
		const id = await filed();
		expect(await edge.ask("handler", "POST", `/api/cases/${id}/lines`, { to: "p1" })).toMatchObject({
			...{ status: 409, body: { type: "urn:redress:problem:no-own-phone" } },
		});
		await phoneOf("handler", "13711112222");
		const line = await lineFor("handler", id);
		expect(line).toMatchObject({ pretend: true, number: expect.stringMatching(/^170\d{8}$/) });
		expect(await lineFor("handler", id)).toEqual(line);
		expect(JSON.stringify(line)).not.toMatch(/13800001234|13711112222/);
		const rows = await edge.rows("select * from masked_line");
		expect(JSON.stringify(rows)).not.toMatch(/13800001234|13711112222/);
		edge.now.at = "2026-03-02T02:28:00.000Z";
		expect((await lineFor("handler", id)).id).not.toBe(line.id);
	});

	test("who may not call gets none: at night, to oneself, to nobody, by a key, into another's case", async () => {
		const id = await filed();
		const ask = (who: string, to: string) => edge.ask(who, "POST", `/api/cases/${id}/lines`, { to });
		expect((await ask("handler", "p9")).status).toBe(422);
		expect((await ask("courier-1", "p2")).status).toBe(403);
		expect((await ask("courier-2", "p1")).status).toBe(404);
		expect((await ask("key", "p1")).status).toBe(403);
		expect((await ask("finance", "p1")).status).toBe(403);
		expect((await ask(`link:${id}:p1`, "p2")).body).toMatchObject({ reason: "DirectTalkBarred" });
		edge.now.at = "2026-03-02T15:30:00.000Z";
		expect((await ask("handler", "p1")).body).toMatchObject({ reason: "QuietHours" });
	});
});

describe("calls come back", () => {
	test("a call that was talked in is an attempt of whoever called, its recording evidence, each once", async () => {
		const id = await filed();
		const line = await lineFor("handler", id);
		const rung = await edge.ask("handler", "POST", "/api/pretend/calls", { line: line.id });
		expect(rung).toMatchObject({ status: 201, body: { pretend: true, answeredAt: null } });
		const call = (rung.body as { id: string }).id;
		// the other end sees it ring
		expect(await edge.ask(`link:${id}:p1`, "GET", `/api/pretend/calls?case=${id}`)).toMatchObject({
			body: { calls: [{ id: call }] },
		});
		expect((await edge.ask("courier-2", "POST", `/api/pretend/calls/${call}/answer`)).status).toBe(404);
		edge.now.at = "2026-03-02T02:00:09.000Z";
		await edge.ask(`link:${id}:p1`, "POST", `/api/pretend/calls/${call}/answer`);
		edge.now.at = "2026-03-02T02:03:00.000Z";
		expect((await edge.ask("handler", "POST", `/api/pretend/calls/${call}/hang-up`)).status).toBe(200);
		expect((await edge.ask("handler", "POST", `/api/pretend/calls/${call}/hang-up`)).status).toBe(404);
		await settle();
		expect(reported).toEqual([]);
		const { case: kase } = await stateOf(id);
		expect(kase.contacts).toMatchObject([{ party: "p1", outcome: "reached", as: "desk", by: "handler" }]);
		expect(kase.evidence).toMatchObject([{ kind: "audio", from: "company", file: { mime: "audio/wav" } }]);
		const evidence = kase.evidence[0]!.id;
		expect((await edge.ask("handler", "GET", `/api/cases/${id}/evidence/${evidence}`)).status).toBe(200);
		// neither side hears it
		for (const who of ["courier-1", `link:${id}:p1`])
			expect((await edge.ask(who, "GET", `/api/cases/${id}/evidence/${evidence}`)).status).toBe(404);
		expect(await edge.ask("handler", "GET", `/api/cases/${id}/calls`)).toMatchObject({
			body: { calls: [{ id: call, outcome: "reached", contact: "k1", evidence, caller: "person:handler" }] },
		});
		expect(await edge.ask("courier-1", "GET", `/api/cases/${id}/calls`)).toMatchObject({
			body: { calls: [] },
		});
	});

	test("a courier who may talk calls, and it counts as theirs; the other side's call back counts when it was taken", async () => {
		const id = await filed();
		await edge.tell("handler", id, "OpenDirectTalk", { party: "p2" });
		const line = await lineFor("courier-1", id);
		for (const [back, answer] of [
			[true, false],
			[true, true],
			[false, false],
		] as const) {
			const who = back ? `link:${id}:p1` : "courier-1";
			const rung = await edge.ask(who, "POST", "/api/pretend/calls", { line: line.id, back });
			const call = `/api/pretend/calls/${(rung.body as { id: string }).id}`;
			if (answer) await edge.ask("courier-1", "POST", `${call}/answer`);
			edge.now.at = new Date(Date.parse(edge.now.at) + 60_000).toISOString();
			await edge.ask(who, "POST", `${call}/hang-up`);
			await settle();
		}
		const { case: kase } = await stateOf(id);
		expect(kase.contacts).toMatchObject([
			{ outcome: "reached", as: "worker", by: "courier-1" },
			{ outcome: "no-answer", as: "worker", by: "courier-1" },
		]);
		const { body } = await edge.ask("courier-1", "GET", `/api/cases/${id}/calls`);
		const { calls } = body as { calls: { refused: string | null; evidence: unknown }[] };
		expect(calls.map((one) => one.refused)).toEqual([null, null, "rang-back"]);
		expect(calls.every((one) => one.evidence === null)).toBe(true);
	});

	test("attempts are counted and capped, and then the number leads nowhere", async () => {
		const id = await filed();
		const line = await lineFor("handler", id);
		for (let n = 0; n < 8; n += 1) {
			const rung = await edge.ask("handler", "POST", "/api/pretend/calls", { line: line.id });
			const call = (rung.body as { id: string }).id;
			await edge.ask("handler", "POST", `/api/pretend/calls/${call}/hang-up`);
			await settle();
		}
		const { case: kase } = await stateOf(id);
		const { perDay } = edge.desk.packs.all[0]!.data.contact;
		expect(kase.contacts).toHaveLength(perDay);
		const [row] = await edge.rows("select released_at from masked_line where id = $1", line.id);
		expect(row?.released_at).not.toBeNull();
		const { body } = await edge.ask("handler", "GET", `/api/cases/${id}/calls`);
		const { calls } = body as { calls: { refused: string | null }[] };
		expect(calls.filter((one) => one.refused === "TooManyAttempts")).toHaveLength(8 - perDay);
		expect((await edge.ask("handler", "POST", `/api/cases/${id}/lines`, { to: "p1" })).body).toMatchObject({
			reason: "TooManyAttempts",
		});
	});

	test("as the provider tells them, however often and in whatever order; without the key nobody is heard", async () => {
		const id = await filed();
		const line = await lineFor("handler", id);
		const named = { pool_key: "FC1", sub_id: 1, call_id: "c-1", out_id: `${COMPANY}:${line.id}` };
		const report = {
			...{ ...named, phone_no: "13711112222", peer_no: "13800001234", secret_no: line.number, call_type: 0 },
			...{
				call_time: "2026-03-02 09:58:00",
				start_time: "2026-03-02 09:58:09",
				release_time: "2026-03-02 09:59:00",
			},
		};
		const recording = { ...named, call_time: Date.parse("2026-03-02T01:58:00Z") };
		const tell = (body: object, key = KEY) => edge.ask("nobody", "POST", `/api/calls-back?key=${key}`, body);
		expect((await tell([report], "wrong")).status).toBe(404);
		expect((await tell({ not: "a list" })).status).toBe(422);
		expect((await edge.ask("nobody", "GET", `/api/calls-back?key=${KEY}`)).body).toMatchObject({ code: 0 });
		for (const body of [[recording], [report], [report, recording], [report]]) {
			expect(await tell(body)).toMatchObject({ status: 200, body: { code: 0 } });
			await settle();
		}
		const unknown = { ...report, call_id: "c-2", out_id: `${COMPANY}:nothing` };
		expect((await tell([unknown, { ...report, out_id: "x" }])).status).toBe(200);
		const { case: kase } = await stateOf(id);
		expect(kase.contacts).toHaveLength(1);
		expect(kase.evidence).toHaveLength(1);
		const rows = await edge.rows("select row_to_json(c)::text as row from masked_call c");
		expect(JSON.stringify(rows)).not.toMatch(/13711112222|13800001234/);
	});
});

test("what became of a message is noted, and one that did not arrive goes out again", async () => {
	const id = await filed();
	const key = `${id}:x:party:p1`;
	const notice = { key, wording: "offer-made", recipient: "party:p1", text: "处理方案" };
	await commit(
		edge.database,
		...insertNotices(COMPANY, id, [{ ...notice, channel: "sms", state: "sending" }], edge.now.at),
	);
	const sent = { state: "sent", channel: "sms", receipt: "biz-77^0", tried: [] } as const;
	await commit(edge.database, noteNotice(COMPANY, key, sent, edge.now.at));
	const report = {
		biz_id: "biz-77^0",
		success: false,
		err_code: "MK:0001",
		report_time: "2026-03-02 10:00:00",
	};
	const tell = (query: string) => edge.ask("nobody", "POST", `/api/receipts/sms${query}`, [report]);
	expect((await tell("")).status).toBe(404);
	expect((await edge.ask("nobody", "POST", "/api/receipts/wechat", {})).status).toBe(404);
	expect(await tell(`?key=${KEY}`)).toMatchObject({ status: 200, body: { code: 0 } });
	const [row] = await edge.rows("select state, tried from notice where key = $1", key);
	expect(row).toMatchObject({ state: "failed", tried: [{ channel: "sms", why: "MK:0001" }] });
	expect(await edge.rows("select payload from due where key = $1", `resend:${key}`)).toEqual([
		{ payload: { do: "resend", notice: key } },
	]);
});
