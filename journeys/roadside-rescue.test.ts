import { afterAll, beforeAll, expect, test } from "vitest";
import { breachedOf, duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { itemsOf, linesOf, Story, yuan } from "./story.ts";

/**
 * The missed flight: the tow truck was sent the wrong way, the motorist lost flight and hotel. The customer is made
 * whole before anybody's share is settled; then the fault track, the consequences and the lesson. Each test is a
 * chapter and goes on where the one before ended.
 */

let office: Office;
let story: Story;

beforeAll(async () => {
	office = await Office.open("2026-03-05 18:00");
	story = await Story.filed(office, "agent", "roadside-rescue", {
		channel: "phone",
		receivedAt: instantOf("2026-03-05 17:58"),
		occurredAt: instantOf("2026-03-05 15:40"),
		verbatim:
			"机场高速爆胎叫的救援，走错道晚了一小时二十分，我的航班没赶上，机票酒店全废了，你们不处理我就找媒体。",
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
		orders: [
			{
				number: "JY2026100081",
				takenAt: instantOf("2026-03-05 14:05"),
				facts: { fee: yuan(480), lateMinutes: 80 },
			},
		],
		flags: ["media", "churn"],
	});
});
afterAll(() => office.close());

test("the call is taken down once and whole; number, date and link are with the motorist, both sides know", async () => {
	const kase = await story.case();
	expect(kase.allegations[0]?.proposed?.category).toBe("missed-trip");
	expect(duesOf(kase)).toMatchObject({
		acknowledge: "2026-03-05 18:03",
		"team-handover": "2026-03-05 18:30",
		"first-contact": "2026-03-05 18:30",
		resolve: "2026-03-13 00:00",
		"redress-limit": "2026-03-21 00:00",
	});
	const told = await office.told(story.id);
	expect(told.map((one) => `${one.what} ${one.whom}`).sort()).toEqual([
		"complaint-filed-against-you party:p4",
		"complaint-filed-against-you person:dispatcher",
		"complaint-filed-against-you person:rescuer",
		"complaint-received party:p1",
	]);
	const [received] = await story.toldTo("party:p1");
	expect(received?.text).toContain(story.number);
	expect((await story.seenBy("p1")).viewer).toBe("complainant");
});

test("media risk and the lost trip make it critical and A; the dedicated team has it within thirty minutes", async () => {
	await story.at("2026-03-05 18:04");
	await story.does("agent", "ClassifyAllegation", { allegation: "a1", category: "missed-trip" });
	await story.does("agent", "GradeCase", { flags: ["consequential-loss"] });
	const { triage, route } = await story.case();
	expect(triage).toMatchObject({ urgency: "critical", severity: "A" });
	expect(triage?.explanations.map((one) => one.row)).toEqual(["media-or-regulator", "media-or-regulator"]);
	expect(route).toMatchObject({ row: "dedicated-a", fault: true, investigation: "full", team: "dedicated" });
	await story.at("2026-03-05 18:20");
	await story.does("handler", "ClaimCase");
	expect(await story.refused("handler2", "ClaimCase")).toMatchObject({
		status: 409,
		reason: "AlreadyClaimed",
		given: { by: "handler" },
	});
	expect((await story.toldTo("party:p1")).map((one) => one.what)).toContain("owner-taken");
	expect(breachedOf(await story.case())).toEqual([]);
});

test("the motorist is spoken to within thirty minutes; recordings and track are asked for within two hours", async () => {
	await story.at("2026-03-05 18:26");
	await story.does("handler", "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "先致歉，确认人已到安全地点；告知专组接手，明早带方案回话。",
	});
	await story.at("2026-03-05 18:40");
	await story.does("handler", "AskQuestion", {
		organisation: "dispatch",
		about: "records",
		words: "请交派单与指路的通话录音。",
	});
	await story.does("handler", "AskQuestion", {
		organisation: "technology",
		about: "records",
		words: "请交车辆轨迹与定位日志。",
	});
	for (const party of ["p2", "p3", "p4"])
		await story.does("handler", "AskQuestion", { party, about: "explanation", words: "请说明经过。" });
	const kase = await story.case();
	expect(kase.firstContact).toMatchObject({ by: "handler", as: "desk" });
	expect(duesOf(kase)).toMatchObject({
		"question q1": "2026-03-05 20:40",
		"question q2": "2026-03-05 20:40",
		"explanation q3": "2026-03-06 06:40",
		"explanation q4": "2026-03-06 06:40",
		"explanation q5": "2026-03-06 06:40",
	});
	const unheard = await story.refused("handler", "DecideFinding", {
		allegation: "a1",
		upheld: "yes",
		liable: true,
		shares: { p3: 60, p4: 40 },
		cause: "misdirected",
		reasons: "先入为主。",
	});
	expect(unheard).toMatchObject({ reason: "Unheard", given: { parties: ["p3", "p4"] } });
});

test("the night shift takes over whole; silence is noted when it is due, and everybody explains", async () => {
	await story.at("2026-03-05 20:00");
	await story.does("handler", "HandOverCase", {
		person: "handler4",
		note: "录音与定位日志20:40到期，车主已安抚。",
	});
	await story.at("2026-03-05 20:30");
	const recording = await story.proof("dispatcher", "audio", "派单与指路通话录音");
	await story.does("dispatcher", "AnswerQuestion", {
		question: "q1",
		words: "录音已上传。",
		evidence: [recording],
	});
	await story.at("2026-03-05 21:10");
	const late = await story.case();
	expect(late.questions.find((one) => one.id === "q2")?.noReply).toMatchObject({
		at: instantOf("2026-03-05 20:40"),
	});
	expect(breachedOf(late)).toEqual(["question"]);
	expect((await story.toldTo("person:handler4")).map((one) => one.what)).toContain("clock-breached");
	const log = await story.proof("engineer", "track", "车辆轨迹与定位日志");
	await story.does("engineer", "AnswerQuestion", {
		question: "q2",
		words: "该路段漂移约四百米，已复现。",
		evidence: [log],
	});
	await story.at("2026-03-05 22:30");
	await story.does("dispatcher", "Explain", { party: "p3", words: "把南出口说成了北出口，录音属实。" });
	await story.does("engineer", "Explain", { party: "p4", words: "定位漂移，地图把车放到了对向车道。" });
	await story.does("rescuer", "Explain", { words: "按调度指示走，到了才知道走反。" });
	expect((await story.seenBy("rescuer")).case.parties.find((one) => one.id === "p1")).toMatchObject({
		name: null,
		phone: null,
		plate: null,
	});
});

test("what is owed can't be reckoned before the loss is proved; then every line shows its rule", async () => {
	await story.at("2026-03-06 08:05");
	await story.does("handler4", "HandOverCase", { person: "handler", note: "材料已齐，等车主票据。" });
	expect(await story.refused("handler", "ComputeRemedy")).toMatchObject({
		reason: "FactsMissing",
		given: { facts: ["travel-loss", "lodging-loss"] },
	});
	await story.at("2026-03-06 09:10");
	const ticket = await story.proof("p1", "document", "机票退改差额与酒店订单");
	const evidence = [ticket];
	await story.does("handler", "RecordVerification", {
		fact: "wrong-direction",
		value: true,
		source: "dispatch-recording",
		evidence: ["e1"],
	});
	await story.does("handler", "RecordVerification", {
		fact: "position-drift",
		value: true,
		source: "positioning-log",
		evidence: ["e2"],
	});
	expect(await story.refused("handler", "ConfirmFacts")).toMatchObject({
		reason: "VerificationMissing",
		given: { fact: "travel-loss", need: 1 },
	});
	await story.does("handler", "RecordVerification", {
		fact: "travel-loss",
		value: yuan(1860),
		source: "carrier-record",
		evidence,
	});
	await story.does("handler", "RecordVerification", {
		fact: "lodging-loss",
		value: yuan(420),
		source: "receipt",
		evidence,
	});
	await story.at("2026-03-06 09:30");
	await story.does("handler", "ConfirmFacts");
	await story.does("handler", "ComputeRemedy");
	const kase = await story.case();
	expect(duesOf(kase)["facts-contact"]).toBe("2026-03-07 09:30");
	const [computed] = kase.computations;
	expect(linesOf(computed?.lines)).toEqual([
		["refund", yuan(480), "company", "owed", "trip-fee"],
		["compensation", yuan(1860), "company", "owed", "trip-travel"],
		["compensation", yuan(420), "company", "owed", "trip-lodging"],
		["free-service", 0, "company", "goodwill", "trip-vip"],
		["apology", 0, "company", "goodwill", "apology"],
	]);
	expect(computed?.lines[3]?.count).toBe(5);
	expect(computed?.total).toEqual({ amount: yuan(2760), currency: "CNY" });
	expect(computed?.lines[1]?.explanation).toMatchObject({
		table: "roadside-rescue-remedies",
		version: "2026-03",
		source: { kind: "statute" },
	});
	expect(computed?.lines[1]?.explanation?.arithmetic[0]).toMatchObject({
		result: "amount",
		expression: "travel_loss",
		value: yuan(1860),
	});
	expect(computed?.lines[1]?.explanation?.inputs.find((one) => one.fact === "travel-loss")?.value).toBe(
		yuan(1860),
	);
});

test("above the handler's own limit somebody else agrees first; the plan reaches the customer after sixteen hours", async () => {
	const plan = { computation: "r1", grounds: "责任在哪一方由我们内部去分，您的损失先由我们承担。" };
	expect(await story.refused("handler", "MakeOffer", plan)).toMatchObject({
		reason: "CeilingMissing",
		given: { total: yuan(2760), by: "duty" },
	});
	await story.does("handler", "RequestApproval", {
		ceiling: yuan(2760),
		grounds: "票据已核实，客户损失先行承担。",
	});
	expect(duesOf(await story.case())["approval l1"]).toBe("2026-03-06 11:30");
	expect(await story.refused("handler", "Approve", { approval: "l1" })).toMatchObject({ status: 403 });
	expect(await story.refused("dispatcher", "Approve", { approval: "l1" })).toMatchObject({ status: 403 });
	await story.at("2026-03-06 09:50");
	await story.does("approver", "Approve", { approval: "l1", words: "同意。" });
	await story.at("2026-03-06 10:00");
	const over = { ...plan, lines: [{ item: "compensation", amount: 1 }] };
	expect(await story.refused("handler", "MakeOffer", over)).toMatchObject({
		reason: "CeilingExceeded",
		given: { total: yuan(2760) + 1, ceiling: yuan(2760) },
	});
	await story.does("handler", "MakeOffer", plan);
	const kase = await story.case();
	expect(localOf(kase.offers[0]?.at ?? "")).toBe("2026-03-06 10:00");
	expect(kase.clocks.find((one) => one.name === "plan")?.stopped).toMatchObject({ why: "offer-made" });
	expect(kase.clocks.find((one) => one.name === "facts-contact")?.breachedAt).toBeNull();
	expect((await story.toldTo("party:p1")).at(-1)).toMatchObject({
		what: "offer-made",
		text: expect.stringContaining("2,760.00"),
	});
});

test("agreed in writing, paid by somebody else, carried out, confirmed and closed while the fault is still open", async () => {
	await story.at("2026-03-06 10:30");
	expect(await story.refused("p1", "AcceptOffer", { offer: "o1", through: "page" })).toMatchObject({
		reason: "SignatureMissing",
		given: { above: yuan(1000) },
	});
	const signed = await story.proof("p1", "document", "签署的和解协议");
	await story.does("p1", "AcceptOffer", { offer: "o1", through: "written", signed });
	expect(duesOf(await story.case()).pay).toBe("2026-03-10 00:00");
	await story.at("2026-03-06 11:00");
	expect(await story.refused("approver", "StartItem", { item: "x1", method: "wechat" })).toMatchObject({
		status: 403,
	});
	for (const item of ["x1", "x2", "x3"]) await story.does("finance", "StartItem", { item, method: "wechat" });
	await story.does("handler", "CompleteItem", { item: "x4", receipt: "VIP-5" });
	await story.does("handler", "CompleteItem", { item: "x5", words: "经理电话致歉。" });
	const paid = await office.paid(story.id);
	expect(paid.map((one) => [one.amount, one.state, one.tries])).toEqual([
		[yuan(480), "done", 1],
		[yuan(1860), "done", 1],
		[yuan(420), "done", 1],
	]);
	expect((await story.toldTo("party:p1")).filter((one) => one.what === "payment-sent")).toHaveLength(3);
	await story.at("2026-03-06 14:00");
	await story.does("p1", "Confirm", { through: "page", satisfied: true, words: "钱到账了，可以接受。" });
	await story.does("handler", "CloseCase", { outcome: "settled" });
	const kase = await story.case();
	expect(itemsOf(kase.items)).toEqual([
		"x1 refund done",
		"x2 compensation done",
		"x3 compensation done",
		"x4 free-service done",
		"x5 apology done",
	]);
	expect(kase.followUpPlan.map((one) => [one.attempt, localOf(one.due)])).toEqual([
		["first", "2026-03-08 11:00"],
		["second", "2026-03-21 00:00"],
	]);
	expect(kase.findings).toEqual([]);
	expect(await story.standing("responsibility")).toBe("open");
	expect((await story.toldTo("party:p1")).map((one) => one.what)).toContain("case-closed");
});

const finding = {
	allegation: "a1",
	upheld: "yes",
	liable: true,
	cause: "misdirected",
	reasons: "录音与轨迹：调度指错方向为主，地图漂移为次；救援员照指示走，无过错。",
};

test("then the shares: dispatch sixty, map forty, as the table proposes; another split must say why", async () => {
	await story.at("2026-03-07 10:00");
	const { obligations } = await story.seenBy("handler");
	expect(obligations.map((one) => one.what)).toContain("find");
	expect(
		await story.refused("handler", "DecideFinding", { ...finding, shares: { p3: 60, p4: 30 } }),
	).toMatchObject({ reason: "SharesNot100", given: { sum: 90 } });
	expect(await story.refused("handler", "DecideFinding", { ...finding, shares: { p3: 100 } })).toMatchObject({
		reason: "ReasonMissing",
	});
	expect(
		await story.refused("dispatcher", "DecideFinding", { ...finding, shares: { p2: 100 } }),
	).toMatchObject({ status: 403 });
	await story.does("handler", "DecideFinding", { ...finding, shares: { p3: 60, p4: 40 } });
	await story.at("2026-03-07 10:30");
	await story.does("handler", "NotifyFinding", { findings: ["f1"] });
	const kase = await story.case();
	expect(kase.findings[0]).toMatchObject({
		liable: true,
		shares: { p3: 60, p4: 40 },
		explanation: { table: "roadside-rescue-faults", row: "misdirected-and-drift" },
	});
	for (const whom of ["party:p1", "person:dispatcher", "person:rescuer"])
		expect((await story.toldTo(whom)).map((one) => one.what)).toContain("finding-notice");
	expect(kase.items.every((one) => one.done)).toBe(true);
});

test("fine, points and retraining for dispatch wait for the appeal window, then count; the rescuer keeps his score", async () => {
	const reason = "调度指路未复述确认，致客户误机。";
	await story.does("manager", "ImposeSanction", { party: "p3", kind: "fine", finding: "f1", reason });
	await story.does("manager", "ImposeSanction", { party: "p3", kind: "points", finding: "f1", reason });
	await story.does("manager", "ImposeSanction", { party: "p3", kind: "retraining", finding: "f1", reason });
	const kase = await story.case();
	expect(
		kase.sanctions.map((one) => [
			one.kind,
			one.points,
			one.rule?.row,
			localOf(one.effectiveFrom),
			one.inForce,
		]),
	).toEqual([
		["fine", 0, "dispatcher-fine", "2026-03-11 00:00", null],
		["points", -5, "main-a", "2026-03-11 00:00", null],
		["retraining", 0, "retrain", "2026-03-11 00:00", null],
	]);
	expect(await office.scoreOf("dispatcher", "roadside-rescue")).toBe(20);
	expect(
		await story.refused("manager", "ImposeSanction", {
			...{ party: "p2", kind: "points", finding: "f1", reason },
			...{ points: -1, override: "一并教育" },
		}),
	).toMatchObject({ reason: "NothingUpheld" });
	await story.does("quality", "AssignTraining", {
		person: "dispatcher",
		training: "place-check",
		due: instantOf("2026-03-14 18:00"),
	});
	expect((await story.toldTo("person:dispatcher")).map((one) => one.what)).toEqual(
		expect.arrayContaining(["sanction-imposed", "training-assigned"]),
	);
});

test("asked again within 48 hours by somebody who had nothing to do with it", async () => {
	await story.at("2026-03-08 10:00");
	const answer = {
		attempt: "first",
		satisfied: true,
		bothered: false,
		score: 4,
		advice: "派车前把方向问清楚。",
	};
	for (const own of ["handler", "handler4"])
		expect(await story.refused(own, "RecordFollowUp", answer)).toMatchObject({ reason: "HandlerAsksAgain" });
	await story.does("quality", "RecordFollowUp", answer);
	const kase = await story.case();
	expect(duesOf(kase)["follow-up"]).toBe("2026-03-08 11:00");
	expect(kase.clocks.find((one) => one.name === "follow-up")).toMatchObject({
		breachedAt: null,
		stopped: { why: "followed-up" },
	});
});

test("on Monday the weekly review has it before it: cause, action with a date, a do-not rule", async () => {
	await story.at("2026-03-09 09:30");
	const week = await (await office.as("quality")).get<{
		cases: { id: string; severity: string; categories: string[] }[];
	}>("/api/cases?pack=roadside-rescue&sort=received");
	expect(week.cases).toMatchObject([{ id: story.id, severity: "A", categories: ["missed-trip"] }]);
	await story.does("quality", "RecordRootCause", {
		cause: "misdirected",
		words: "指路话术没有复述确认；该路段定位长期漂移无人报修。",
	});
	await story.does("quality", "OpenCorrectiveAction", {
		owner: "engineer",
		organisation: "technology",
		cause: "position-drift",
		words: "修复机场高速路段定位漂移",
		due: instantOf("2026-03-23 18:00"),
	});
	await story.does("quality", "AddDoNotRule", {
		place: "dispatch",
		words: "严禁凭印象指路：路名、方向、桩号必须复述一遍。",
	});
	const { improvement } = await story.case();
	expect(improvement.actions).toMatchObject([
		{ id: "t1", owner: "engineer", due: instantOf("2026-03-23 18:00"), done: null },
	]);
	expect((await story.toldTo("person:engineer")).map((one) => one.what)).toContain("corrective-action");
	const hers = await story.seenBy("engineer");
	expect(hers.case.improvement).toMatchObject({ actions: [{ id: "t1" }], doNot: [], rootCause: null });
	expect(hers.obligations).toMatchObject([{ command: "CompleteCorrectiveAction", about: "t1" }]);
});

test("the window passes without an appeal: the sanctions count, the training is passed", async () => {
	await story.at("2026-03-11 00:00");
	expect((await story.case()).sanctions.every((one) => one.inForce)).toBe(true);
	expect(await office.scoreOf("dispatcher", "roadside-rescue")).toBe(15);
	expect(await office.scoreOf("rescuer", "roadside-rescue")).toBe(20);
	await story.at("2026-03-12 15:00");
	const late = { findings: ["f1"], grounds: ["share-unfair"], words: "四成太多，定位误差在允许范围内。" };
	expect(await story.refused("engineer", "LodgeAppeal", { ...late, party: "p4" })).toMatchObject({
		reason: "WindowClosed",
		given: { until: instantOf("2026-03-11 00:00") },
	});
	expect(await story.refused("engineer", "LodgeAppeal", { ...late, party: "p3" })).toMatchObject({
		reason: "NotYourPart",
	});
	await story.does("quality", "RecordTrainingResult", { assignment: "j1", score: 50 });
	await story.does("quality", "RecordTrainingResult", { assignment: "j1", score: 100 });
	expect((await story.case()).improvement.training[0]?.result).toMatchObject({ score: 100, passed: true });
});

test("the map is mended by its date, somebody else proves it, the second look comes after a fortnight", async () => {
	await story.at("2026-03-20 16:00");
	await story.does("engineer", "CompleteCorrectiveAction", {
		action: "t1",
		words: "修正该路段匹配参数，回放三十条轨迹均正确。",
	});
	expect(
		await story.refused("engineer", "VerifyCorrectiveAction", {
			action: "t1",
			worked: true,
			words: "没问题。",
		}),
	).toMatchObject({ status: 403 });
	await story.does("quality", "RecordFollowUp", {
		attempt: "second",
		satisfied: true,
		bothered: false,
		score: 4,
	});
	await story.at("2026-04-20 10:00");
	await story.does("quality", "VerifyCorrectiveAction", {
		action: "t1",
		worked: true,
		words: "一个月内同路段无漂移投诉。",
	});
	expect((await story.case()).improvement.actions[0]?.verified).toMatchObject({
		by: "quality",
		worked: true,
	});
	expect(await story.standing("follow-up")).toBe("done");
	expect(await story.standing("improvement")).toBe("done");
});

test("the case enters the library in two steps, read by a second person, naming nobody", async () => {
	await story.does("quality", "DraftCaseStudy", {
		text: "高速爆胎，救援走错方向晚到八十分钟，客户误机。先赔后分责，次日十六小时内给出方案。",
		lesson: "指路必须复述；客户的损失先兜住。",
	});
	expect(await story.refused("quality", "PublishCaseStudy")).toMatchObject({ reason: "OwnProposal" });
	await story.does("manager", "PublishCaseStudy");
	const { study } = (await story.case()).improvement;
	expect(study?.published).toMatchObject({ by: "manager" });
	const { texts } = await story.seenBy("manager");
	expect(`${texts[study?.text.ref ?? ""]}${texts[study?.lesson.ref ?? ""]}`).not.toMatch(
		/李启航|19900009001|粤B9F21K/,
	);
});

test("the histories prove it: nothing altered, and everything kept beside them is what they say", async () => {
	expect(await office.differences()).toEqual([]);
});
