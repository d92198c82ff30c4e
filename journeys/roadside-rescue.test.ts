import { afterAll, beforeAll, expect, test } from "vitest";
import { breachedOf, duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { linesOf, rulesOf, standingOf } from "./read.ts";
import type { Visitor } from "./visitor.ts";

/**
 * The missed flight: the tow truck was sent the wrong way, the motorist lost flight and hotel. The customer is made
 * whole before anybody's share is settled; then the fault track, the consequences and the lesson. Each test is a
 * chapter and goes on where the one before ended.
 */

let office: Office;
let id: string;
let motorist: Visitor;

const as = (login: string) => office.as(login);
/** Whole yuan as fen. */
const yuan = (amount: number) => amount * 100;

beforeAll(async () => {
	office = await Office.open("2026-03-05 18:00");
});
afterAll(() => office.close());

test("the call is taken down once and whole; a number, a date and a link are with the motorist at once", async () => {
	const agent = await as("agent");
	const filed = await agent.files("roadside-rescue", {
		channel: "phone",
		receivedAt: instantOf("2026-03-05 17:58"),
		occurredAt: instantOf("2026-03-05 15:40"),
		verbatim: "机场高速爆胎叫的救援，走错道晚了一小时二十分，我的航班没赶上，机票酒店全废了，你们不处理我就找媒体。",
		place: "机场高速往机场方向十二公里处",
		wished: "赔机票和酒店，给个说法",
		claimed: { amount: yuan(2280), currency: "CNY" },
		parties: [
			{ seat: "motorist", name: "李启航", phone: "19900009001", plate: "粤B9F21K" },
			{ seat: "rescuer", person: "rescuer" },
			{ seat: "dispatch", person: "dispatcher" },
			{ seat: "map-platform", organisation: "technology" },
		],
		allegations: [{ accused: [1, 2, 3] }],
		orders: [{ number: "JY2026100081", takenAt: instantOf("2026-03-05 14:05"), facts: { fee: yuan(480), lateMinutes: 80 } }],
		flags: ["media", "churn"],
	});
	id = filed.case;
	const { case: kase } = await agent.sees(id);
	expect(kase.allegations[0]?.proposed?.category).toBe("missed-trip");
	await agent.does(id, "ClassifyAllegation", { allegation: "a1", category: "missed-trip" });
	expect(duesOf((await agent.sees(id)).case)).toMatchObject({
		acknowledge: "2026-03-05 18:03",
		"team-handover": "2026-03-05 18:30",
		"first-contact": "2026-03-05 18:30",
		resolve: "2026-03-13 00:00",
		"redress-limit": "2026-03-21 00:00",
	});
	await office.tick();
	const told = await office.told(id);
	expect(told.map((one) => `${one.what} ${one.whom}`).sort()).toEqual([
		"complaint-filed-against-you person:dispatcher",
		"complaint-filed-against-you person:rescuer",
		"complaint-received party:p1",
	]);
	expect(told.find((one) => one.whom === "party:p1")?.text).toContain(filed.number);
	motorist = await office.complainantOf(id);
	expect((await motorist.sees(id)).viewer).toBe("complainant");
});

test("media risk and the lost trip make it critical and A; the dedicated team has it within 30 minutes", async () => {
	await office.until("2026-03-05 18:04");
	await (await as("agent")).does(id, "GradeCase", { flags: ["consequential-loss"] });
	const graded = (await (await as("agent")).sees(id)).case;
	expect(graded.triage).toMatchObject({ urgency: "critical", severity: "A" });
	expect(rulesOf(graded.triage?.explanations)).toEqual([
		"roadside-rescue-severity/media-or-regulator",
		"roadside-rescue-urgency/media-or-regulator",
	]);
	expect(graded.route).toMatchObject({ fault: true, investigation: "full", team: "dedicated", row: "dedicated-a" });
	await office.until("2026-03-05 18:20");
	await (await as("handler")).does(id, "ClaimCase");
	expect(await (await as("handler2")).refused(id, "ClaimCase")).toMatchObject({
		status: 409,
		reason: "AlreadyClaimed",
		given: { by: "handler" },
	});
	await office.until("2026-03-05 18:26");
	await (await as("handler")).does(id, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "先致歉，确认人已到安全地点；告知专组接手、明早带方案回话。",
	});
	const { case: kase } = await (await as("handler")).sees(id);
	expect(kase.firstContact).toMatchObject({ by: "handler", as: "desk" });
	expect(breachedOf(kase)).toEqual([]);
	const told = (await office.told(id)).filter((one) => one.whom === "party:p1");
	expect(told.map((one) => one.what)).toEqual(["complaint-received", "account.code", "owner-taken"].filter((one) => one !== "account.code"));
});
