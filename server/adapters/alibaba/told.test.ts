import { describe, expect, test } from "vitest";
import { alibabaCallReports } from "./call-reports.ts";
import { alibabaSmsReports } from "./sms-reports.ts";

const key = "a-key-that-nobody-guesses-1";
const told = (body: unknown, query: Record<string, unknown> = { key }) => ({ headers: {}, query, body });

describe("what becomes of text messages", () => {
	const teller = alibabaSmsReports(key);
	const report = {
		phone_number: "13800138000",
		send_time: "2026-03-01 11:07:30",
		report_time: "2026-03-01 11:07:34",
		success: true,
		err_code: "DELIVERED",
		err_msg: "用户接收成功",
		sms_size: "1",
		biz_id: "900619322200000001^0",
		out_id: "case-1:3:0",
	};

	test("arrived, or why not, at Beijing's time; without the number", () => {
		const read = teller.read(told([report, { ...report, success: false, err_code: "MK:0001", biz_id: "2" }]));
		expect(read).toEqual({
			ok: true,
			told: [
				{ receipt: report.biz_id, delivered: true, why: null, at: "2026-03-01T03:07:34.000Z" },
				{ receipt: "2", delivered: false, why: "MK:0001", at: "2026-03-01T03:07:34.000Z" },
			],
			thanks: { type: "application/json", body: '{"code":0,"msg":"成功"}' },
		});
		expect(JSON.stringify(read)).not.toContain("13800138000");
	});

	test("without the key of the address it is nobody's", () => {
		for (const query of [{}, { key: "another" }, { key: [key] }, { key: "" }])
			expect(teller.read(told([report], query))).toMatchObject({ ok: false, reason: "misconfigured" });
		expect(teller.greet({ query: {} })).toBeNull();
		expect(teller.greet({ query: { key } })).toMatchObject({ body: expect.stringContaining('"code":0') });
	});

	test("what is no list is unreadable, entries of other kinds are left alone", () => {
		for (const body of [undefined, null, {}, "x", 1])
			expect(teller.read(told(body))).toMatchObject({ ok: false, reason: "unreadable" });
		expect(teller.read(told([{ content: "T", dest_code: "1" }, null, 3]))).toMatchObject({
			ok: true,
			told: [],
		});
	});
});

describe("what is told of calls over masked lines", () => {
	const teller = alibabaCallReports({ key, poolKey: "FC1" });
	const named = { pool_key: "FC1", sub_id: 100004306803, call_id: "43612633712c", out_id: "acme:line-1" };
	const report = {
		...named,
		phone_no: "13800138000",
		peer_no: "13900139000",
		secret_no: "17100000001",
		call_type: 0,
		call_time: "2021-08-25 20:11:29",
		start_time: "2021-08-25 20:11:38",
		release_time: "2021-08-25 20:11:41",
		release_cause: 16,
		unconnected_cause: 0,
	};
	const read = (...entries: unknown[]) => {
		const answer = teller.read(told(entries));
		if (!answer.ok) throw new Error(answer.detail);
		return answer.told;
	};

	test("a call that was talked in, with its times and without its numbers", () => {
		const calls = read(report);
		expect(calls).toEqual([
			{
				is: "ended",
				id: "43612633712c",
				ref: "acme:line-1",
				at: "2021-08-25T12:11:29.000Z",
				answeredAt: "2021-08-25T12:11:38.000Z",
				endedAt: "2021-08-25T12:11:41.000Z",
				back: false,
				outcome: "reached",
			},
		]);
		expect(JSON.stringify(calls)).not.toMatch(/1[378]\d{9}/);
	});

	test.each([
		[
			{ start_time: report.release_time, release_cause: 19 },
			{ outcome: "no-answer", answeredAt: null },
		],
		[{ start_time: report.release_time, release_cause: 1 }, { outcome: "wrong-number" }],
		[{ start_time: report.release_time, unconnected_cause: 2 }, { outcome: "barred" }],
		[{ call_type: 1 }, { back: true, outcome: "reached" }],
		[{ sub_id: "x", call_type: "0" }, { outcome: "reached" }],
	])("%j", (change, expected) => {
		expect(read({ ...report, ...change })).toMatchObject([expected]);
	});

	test("a recording, its time in milliseconds", () => {
		expect(read({ ...named, call_time: 1_629_893_489_000 })).toEqual([
			{ is: "recorded", id: "43612633712c", ref: "acme:line-1", at: "2021-08-25T12:11:29.000Z" },
		]);
	});

	test("the start, the ringing, text messages and other pools are left alone", () => {
		const { release_time: _, start_time: __, ...start } = report;
		expect(
			read(
				start,
				{ ...start, start_time: report.start_time, ring_time: report.start_time },
				{ ...report, call_type: 2 },
				{ ...report, pool_key: "FC2" },
				{ ...report, out_id: undefined },
				{ ...report, call_time: "yesterday" },
				null,
			),
		).toEqual([]);
	});
});
