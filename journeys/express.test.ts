import { afterAll, beforeAll, expect, test } from "vitest";
import { breachedOf, duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { itemsOf, linesOf, Story, yuan } from "./story.ts";

/**
 * The misdelivered parcel: signed for next door, found through the footage, brought in person with a voucher; the
 * courier is heard, points and a course follow, and the double check of the address becomes a rule. Each test is a
 * chapter and goes on where the one before ended.
 */

let office: Office;
let story: Story;

beforeAll(async () => {
	office = await Office.open("2026-03-02 10:00");
	story = await Story.filed(office, "agent", "express", {
		channel: "page",
		occurredAt: instantOf("2026-03-02 09:20"),
		verbatim: "显示签收但我没收到，签收照片不是我家门口，怀疑送到别人家了。",
		wished: "尽快找回来",
		parties: [
			{ seat: "recipient", name: "安可欣", phone: "19900009002", address: "龙华区民治街道锦绣花园三栋1204" },
			{ seat: "courier", person: "courier" },
			{ seat: "outlet", organisation: "outlet-longhua" },
		],
		allegations: [{ category: "misdelivery", accused: [1, 2] }],
		orders: [
			{
				number: "YD2026100035",
				takenAt: instantOf("2026-03-01 16:00"),
				facts: { fee: yuan(15), insured: false, delayDays: 0, serviceArea: "same-city" },
			},
		],
	});
});
afterAll(() => office.close());

test("a misdelivered parcel: contact within fifteen minutes, an answer within the seven days of the law", async () => {
	await story.at("2026-03-02 10:02");
	await story.does("agent", "GradeCase");
	const kase = await story.case();
	expect(kase.triage).toMatchObject({ urgency: "urgent", severity: "C" });
	expect(kase.route).toMatchObject({ row: "slight", firstContact: "worker", investigation: "short" });
	expect(duesOf(kase)).toMatchObject({
		acknowledge: "2026-03-02 10:05",
		"first-contact": "2026-03-02 10:15",
		resolve: "2026-03-10 00:00",
		plan: "2026-03-04 10:02",
		handover: "2026-03-02 10:32",
	});
	expect(kase.clocks.find((one) => one.name === "resolve")).toMatchObject({ kind: "statutory" });
	expect((await story.toldTo("person:courier")).map((one) => one.what)).toEqual([
		"complaint-filed-against-you",
	]);
	const { obligations } = await story.seenBy("courier");
	expect(obligations).toMatchObject([{ what: "first-contact", due: instantOf("2026-03-02 10:15") }]);
});

test("the courier's own call counts as the first contact; he sees no name, number or address", async () => {
	const seen = await story.seenBy("courier");
	expect(seen.viewer).toBe("respondent");
	expect(JSON.stringify(seen)).not.toMatch(/安|19900009002|锦绣花园/);
	await story.at("2026-03-02 10:12");
	await story.does("courier", "OpenDirectTalk");
	await story.does("courier", "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "报姓名致歉，承诺两小时内找回并送上门。",
	});
	const kase = await story.case();
	expect(kase.firstContact).toMatchObject({ by: "courier", as: "worker" });
	expect(kase.clocks.find((one) => one.name === "first-contact")).toMatchObject({
		breachedAt: null,
		stopped: { at: instantOf("2026-03-02 10:12"), why: "first-contact" },
	});
	expect(duesOf(kase)["find-parcel"]).toBe("2026-03-02 12:12");
	expect((await story.toldTo("party:p1")).map((one) => one.what)).toEqual([
		"complaint-received",
		"first-contact-summary",
	]);
});

test("a banned phrase and a private contact are stopped before they reach the customer", async () => {
	const blocked = await story.refused("courier", "SendMessage", {
		to: "p1",
		words: "这不是我的问题，加我微信13912345678说。",
	});
	expect(blocked).toMatchObject({ status: 409, reason: "GuardBlocked" });
	expect(blocked.given?.rules).toEqual(expect.arrayContaining(["mobile-number"]));
	expect(JSON.stringify(blocked)).not.toContain("13912345678");
	await story.does("courier", "SendMessage", {
		to: "p1",
		words: "让您受委屈了，包裹在隔壁楼，我去取，中午前送到您手上。",
	});
	await story.does("p1", "SendMessage", { to: "p2", words: "好的，我在家。" });
	const kase = await story.case();
	expect(kase.messages.map((one) => [one.from, one.to])).toEqual([
		["p2", "p1"],
		["p1", "p2"],
	]);
	expect(localOf(kase.directTalk?.until ?? "")).toBe("2026-03-02 11:12");
});

test("three sides confirm where it is: customer, outlet's records and the courier's own check; found in time", async () => {
	await story.at("2026-03-02 10:25");
	await story.does("handler2", "ClaimCase");
	await story.does("handler2", "AskQuestion", {
		organisation: "outlet-longhua",
		about: "records",
		words: "请交签收底单和派送监控。",
	});
	await story.does("handler2", "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明投递楼栋与签收情况。",
	});
	await story.does("handler2", "AskQuestion", {
		party: "p3",
		about: "explanation",
		words: "请说明派件核对流程。",
	});
	expect(duesOf(await story.case())).toMatchObject({
		"question q1": "2026-03-02 11:25",
		"explanation q2": "2026-03-03 10:25",
		"explanation q3": "2026-03-03 10:25",
	});
	await story.at("2026-03-02 11:00");
	const footage = await story.proof("outlet-lead", "video", "八栋电梯口监控片段");
	await story.does("outlet-lead", "AnswerQuestion", {
		question: "q1",
		words: "监控显示放在八栋1204门口。",
		evidence: [footage],
	});
	await story.does("courier", "Explain", { words: "把三栋看成了八栋，八栋住户已答应归还。" });
	await story.does("outlet-lead", "Explain", { party: "p3", words: "网点没有二次核对的规定。" });
	await story.at("2026-03-02 11:40");
	await story.verified("handler2", "lost", false, ["complainant", "outlet-record", "courier"]);
	await story.verified("handler2", "customer-fault", false, ["outlet-record"]);
	await story.does("handler2", "ConfirmFacts");
	const kase = await story.case();
	expect(kase.verifications.filter((one) => one.fact === "lost").map((one) => one.source)).toEqual([
		"complainant",
		"outlet-record",
		"courier",
	]);
	expect(kase.clocks.find((one) => one.name === "find-parcel")).toMatchObject({
		breachedAt: null,
		stopped: { why: "facts-confirmed" },
	});
});

test("the rules give the parcel brought in person, a voucher and an apology; the customer chooses to accept", async () => {
	await story.does("handler2", "ComputeRemedy");
	const [computed] = (await story.case()).computations;
	expect(linesOf(computed?.lines)).toEqual([
		["redelivery", 0, "courier", "owed", "misdelivery-bring"],
		["voucher", yuan(10), "company", "goodwill", "misdelivery-voucher"],
		["apology", 0, "outlet", "goodwill", "apology"],
	]);
	await story.at("2026-03-02 11:50");
	await story.does("handler2", "MakeOffer", {
		computation: "r1",
		grounds: "送错已找回，由快递员当面送达并致歉，另附优惠券。",
	});
	expect((await story.case()).approvals).toEqual([]);
	expect((await story.toldTo("party:p1")).at(-1)).toMatchObject({
		what: "offer-made",
		text: expect.stringContaining("10.00"),
	});
	await story.at("2026-03-02 12:05");
	await story.does("p1", "AcceptOffer", { offer: "o1", through: "page" });
	const kase = await story.case();
	expect(kase.offers[0]?.accepted).toMatchObject({ through: "page" });
	expect(duesOf(kase).pay).toBe("2026-03-06 00:00");
});

test("every item leaves its trace and the customer is told; confirmed and closed the same day", async () => {
	await story.at("2026-03-02 12:40");
	await story.does("courier", "CompleteItem", { item: "x1", words: "当面送达，客户核对包装完好。" });
	expect(await story.refused("handler2", "Confirm", { through: "spoken", satisfied: true })).toMatchObject({
		reason: "ItemsOpen",
		given: { items: ["x2", "x3"] },
	});
	await story.does("handler2", "CompleteItem", { item: "x2", receipt: "YHQ-10-7731" });
	await story.does("outlet-lead", "CompleteItem", { item: "x3", words: "站长电话致歉。" });
	const told = (await story.toldTo("party:p1")).map((one) => one.what);
	expect(told.filter((one) => one === "item-done")).toHaveLength(3);
	await story.at("2026-03-02 13:30");
	await story.does("p1", "Confirm", { through: "page", satisfied: true, words: "收到了，态度很好。" });
	await story.does("handler2", "CloseCase", { outcome: "settled" });
	const kase = await story.case();
	expect(itemsOf(kase.items)).toEqual(["x1 redelivery done", "x2 voucher done", "x3 apology done"]);
	expect(kase.followUpPlan.map((one) => [one.attempt, localOf(one.due)])).toEqual([
		["first", "2026-03-03 12:40"],
	]);
	expect(breachedOf(kase)).toEqual([]);
});

test("the courier bears eighty, the outlet that has no double check twenty; points and a course after the window", async () => {
	await story.at("2026-03-02 15:00");
	await story.does("handler2", "DecideFinding", {
		allegation: "a1",
		upheld: "yes",
		liable: true,
		shares: { p2: 80, p3: 20 },
		cause: "careless-check",
		reasons: "监控与八栋住户证实送错，未二次核对门牌。",
	});
	await story.does("handler2", "NotifyFinding", { findings: ["f1"] });
	const { findings } = await story.case();
	expect(findings[0]).toMatchObject({ override: null, explanation: { row: "wrong-door" } });
	const reason = "派件未二次核对门牌。";
	await story.does("quality", "ImposeSanction", { party: "p2", kind: "points", finding: "f1", reason });
	await story.does("quality", "ImposeSanction", { party: "p2", kind: "retraining", finding: "f1", reason });
	expect(
		(await story.case()).sanctions.map((one) => [
			one.kind,
			one.points,
			one.rule?.row,
			localOf(one.effectiveFrom),
		]),
	).toEqual([
		["points", -1, "main-c", "2026-03-06 00:00"],
		["retraining", 0, "retrain", "2026-03-06 00:00"],
	]);
	expect(await office.scoreOf("courier", "express")).toBe(20);
});

test("asked again within 24 hours, by somebody else", async () => {
	await story.at("2026-03-03 10:00");
	const answer = { attempt: "first", satisfied: true, bothered: false, score: 5, advice: "处理很快" };
	expect(await story.refused("handler2", "RecordFollowUp", answer)).toMatchObject({
		reason: "HandlerAsksAgain",
	});
	await story.does("quality", "RecordFollowUp", answer);
	const kase = await story.case();
	expect(kase.clocks.find((one) => one.name === "follow-up")).toMatchObject({
		breachedAt: null,
		stopped: { why: "followed-up" },
	});
	expect(await story.standing("follow-up")).toBe("done");
});

test("the courier's failure report proposes the double check, and it becomes a rule, a course and an action", async () => {
	await story.at("2026-03-03 18:00");
	await story.does("courier", "ProposeImprovement", {
		target: "process",
		words: "失误分析：看错楼栋。建议派件前二次核对楼栋与门牌，异楼栋时拦截签收。",
	});
	await story.at("2026-03-04 10:00");
	await story.does("quality", "DecideProposal", {
		proposal: "y1",
		taken: true,
		why: "采纳，先在龙华网点试行。",
	});
	await story.does("quality", "RecordRootCause", { cause: "careless-check", words: "没有二次核对的流程。" });
	await story.does("quality", "OpenCorrectiveAction", {
		owner: "outlet-lead",
		organisation: "outlet-longhua",
		cause: "process-gap",
		words: "派件端加楼栋二次核对",
		due: instantOf("2026-03-18 18:00"),
	});
	await story.does("quality", "AddDoNotRule", { place: "lounge", words: "交件前不看第二遍面单，不许交。" });
	await story.does("quality", "AssignTraining", {
		person: "courier",
		training: "double-check",
		due: instantOf("2026-03-11 18:00"),
	});
	const { improvement } = await story.case();
	expect(improvement.proposals[0]).toMatchObject({ by: "courier", decided: { by: "quality", taken: true } });
	expect((await story.toldTo("person:outlet-lead")).map((one) => one.what)).toContain("corrective-action");
	expect((await story.toldTo("person:courier")).map((one) => one.what)).toContain("training-assigned");
});

test("after the window one point is gone from the courier's score; the anonymous case enters the library in two steps", async () => {
	await story.at("2026-03-06 00:00");
	expect(await office.scoreOf("courier", "express")).toBe(19);
	await story.at("2026-03-06 09:00");
	await story.does("quality", "DraftCaseStudy", {
		text: "同名小区相邻两栋看错楼号，监控找回，当面送达。",
		lesson: "交件前二次核对楼栋与门牌。",
	});
	expect(await story.refused("quality", "PublishCaseStudy")).toMatchObject({ reason: "OwnProposal" });
	await story.does("manager", "PublishCaseStudy");
	expect((await story.case()).improvement.study?.published).toMatchObject({ by: "manager" });
});

test("the histories prove it: nothing altered, and everything kept beside them is what they say", async () => {
	expect(await office.differences()).toEqual([]);
});
