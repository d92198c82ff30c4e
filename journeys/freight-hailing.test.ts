import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breachedOf, duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { itemsOf, linesOf, Story, yuan } from "./story.ts";

/**
 * The goods that were not carried upstairs: the driver talks with the customer through the platform and offers part of
 * the fee; the customer declines and pursues it. The finding is appealed with evidence, a new round by other people
 * clears the driver, and the customer keeps the refund. Each test is a chapter and goes on where the one before ended.
 */

let office: Office;

beforeAll(async () => {
	office = await Office.open("2026-03-09 10:00");
});
afterAll(() => office.close());

/** A complaint about one order with carrying for 60 of its 260 yuan. */
const notCarried = (phone: string, number: string) => ({
	channel: "page",
	occurredAt: instantOf("2026-03-08 17:20"),
	verbatim: "下单时选了搬运上六楼，司机没搬上楼，把货放在一楼物业就走了，搬运费照收。",
	wished: "退搬运费",
	parties: [
		{ seat: "shipper", name: "孟佳", phone },
		{ seat: "driver", person: "driver" },
	],
	orders: [
		{
			number,
			takenAt: instantOf("2026-03-08 15:00"),
			facts: {
				fee: yuan(260),
				carryingOrdered: true,
				carryingFee: yuan(60),
				requirementShown: true,
				feePaid: true,
			},
		},
	],
});
const finding = {
	allegation: "a1",
	upheld: "yes",
	liable: true,
	shares: { p2: 100 },
	cause: "driver-omission",
	reasons: "订单含搬运，未完成，且无客户同意变更的记录。",
};

describe("offered, declined, found, appealed, cleared", () => {
	let story: Story;
	beforeAll(async () => {
		story = await Story.filed(office, "agent", "freight-hailing", notCarried("19900009003", "HY2026100052"));
	});

	test("the driver is told at once, by when to speak and on which order; nothing is decided yet", async () => {
		const [told] = await story.toldTo("person:driver");
		expect(told).toMatchObject({ at: "2026-03-09 10:00", what: "complaint-filed-against-you" });
		expect(told?.text).toContain("HY2026100052");
		await story.at("2026-03-09 10:03");
		await story.does("agent", "ClassifyAllegation", { allegation: "a1", category: "not-carried" });
		await story.does("agent", "GradeCase");
		const kase = await story.case();
		expect(kase.triage).toMatchObject({ urgency: "ordinary", severity: "C" });
		expect(kase.route).toMatchObject({ row: "driver-first", firstContact: "worker", investigation: "short" });
		expect(duesOf(kase)).toMatchObject({
			acknowledge: "2026-03-09 10:05",
			"driver-contact": "2026-03-09 14:00",
			"first-contact": "2026-03-10 10:00",
			resolve: "2026-03-12 18:00",
			"resolve-limit": "2026-03-17 00:00",
			"team-handover": "2026-03-09 14:03",
		});
		const seen = await story.seenBy("driver");
		expect(seen.case.orders[0]?.number).toBe("HY2026100052");
		expect(seen.obligations).toMatchObject([{ what: "first-contact", due: instantOf("2026-03-09 14:00") }]);
		expect(seen.case.findings).toEqual([]);
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
	});

	test("calls go through the platform, are counted and capped, and are quiet at night", async () => {
		await story.at("2026-03-09 10:10");
		await story.does("handler3", "ClaimCase");
		await story.does("driver", "OpenDirectTalk");
		expect(localOf((await story.case()).directTalk?.until ?? "")).toBe("2026-03-10 10:10");
		const call = { party: "p1", through: "call", outcome: "no-answer" };
		await story.does("driver", "RecordContact", call);
		await story.at("2026-03-09 10:50");
		await story.does("driver", "RecordContact", call);
		expect(await story.refused("driver", "RecordContact", call)).toMatchObject({
			status: 409,
			reason: "TooManyAttempts",
			given: { most: 2, of: "day" },
		});
		await story.at("2026-03-09 11:30");
		await story.does("driver", "RecordContact", {
			...call,
			outcome: "reached",
			words: "先道歉，听客户说完，复述没搬上六楼，问还有什么没说到。",
			said: ["opening", "restate"],
		});
		const kase = await story.case();
		expect(kase.firstContact).toMatchObject({ by: "driver", as: "worker" });
		expect(kase.clocks.find((one) => one.name === "driver-contact")).toMatchObject({
			breachedAt: null,
			stopped: { why: "first-contact" },
		});
		expect(kase.contacts.map((one) => one.outcome)).toEqual(["no-answer", "no-answer", "reached"]);
	});

	test("a private transfer, a phone number and heat do not pass the guard", async () => {
		const write = (words: string) => story.refused("driver", "SendMessage", { to: "p1", words });
		expect(await write("我微信转您50元，您把投诉撤了吧。")).toMatchObject({
			reason: "GuardBlocked",
			given: { rules: ["private-payment"] },
		});
		expect(await write("打我手机 139 1234 5678 说。")).toMatchObject({
			reason: "GuardBlocked",
			given: { rules: expect.arrayContaining(["private-contact", "mobile-number"]) },
		});
		expect(await write("您这是无理取闹。")).toMatchObject({
			reason: "GuardAsksReason",
			given: { rules: ["heated"] },
		});
		await story.does("driver", "SendMessage", {
			to: "p1",
			words: "我可以在订单里退您一部分运费，下次免费帮您搬一次。",
		});
		expect((await story.case()).messages).toHaveLength(1);
		expect((await story.seenBy("p1")).case.messages).toHaveLength(1);
	});

	test("the driver may offer thirty percent of the fee and no more; the customer declines", async () => {
		const offer = (refund: number) => ({
			lines: [{ item: "refund", amount: refund }, { item: "free-service" }],
			grounds: "没搬上楼是我没做好，退一部分运费，下次免费搬运。",
		});
		expect(await story.refused("driver", "OfferAsWorker", offer(yuan(78) + 1))).toMatchObject({
			reason: "LimitExceeded",
			given: { item: "refund", ceiling: yuan(78) },
		});
		expect(
			await story.refused("driver", "OfferAsWorker", {
				lines: [{ item: "compensation", amount: 100 }],
				grounds: "另外补。",
			}),
		).toMatchObject({ reason: "LimitExceeded", given: { ceiling: 0 } });
		await story.at("2026-03-09 12:00");
		await story.does("driver", "OfferAsWorker", offer(yuan(30)));
		const [made] = (await story.case()).offers;
		expect(made).toMatchObject({ from: "respondent", party: "p2", total: { amount: yuan(30) } });
		expect(localOf(made?.until ?? "")).toBe("2026-03-13 00:00");
		expect((await story.toldTo("party:p1")).at(-1)).toMatchObject({
			what: "offer-made",
			text: expect.stringContaining("30.00"),
		});
		await story.at("2026-03-09 12:40");
		await story.does("p1", "DeclineOffer", { offer: "o1", why: "搬运费要全退。" });
		await story.does("p1", "CloseDirectTalk", { why: "not-agreed" });
		expect(await story.refused("driver", "SendMessage", { to: "p1", words: "您再考虑一下。" })).toMatchObject(
			{ reason: "DirectTalkBarred" },
		);
		expect((await story.case()).items).toEqual([]);
	});

	test("heard before he is found liable; the customer's refund is reckoned and paid", async () => {
		await story.at("2026-03-09 13:00");
		expect(await story.refused("handler3", "DecideFinding", finding)).toMatchObject({
			reason: "Unheard",
			given: { parties: ["p2"] },
		});
		await story.does("handler3", "AskQuestion", {
			party: "p2",
			about: "explanation",
			words: "请说明为何没有搬上楼，并附证据。",
		});
		expect(duesOf(await story.case())["explanation q1"]).toBe("2026-03-10 13:00");
		await story.at("2026-03-09 18:00");
		await story.does("driver", "Explain", { words: "电梯停用，客户当面同意放物业处，当时没有留下文字。" });
		await story.at("2026-03-10 09:30");
		await story.verified("handler3", "carrying-done", 0, ["complainant", "unloading-photos"]);
		await story.verified("handler3", "lift-out-of-order", false, ["complainant"]);
		await story.verified("handler3", "customer-agreed", false, ["complainant", "chat-record"]);
		await story.does("handler3", "ConfirmFacts");
		await story.does("handler3", "DecideFinding", finding);
		await story.does("handler3", "NotifyFinding", { findings: ["f1"] });
		await story.does("handler3", "ComputeRemedy");
		const kase = await story.case();
		expect(kase.findings[0]?.explanation?.row).toBe("simply-not-carried");
		expect(linesOf(kase.computations[0]?.lines)).toEqual([
			["refund", yuan(60), "company", "owed", "unused-carrying-fee"],
			["apology", 0, "company", "goodwill", "carrying-apology"],
		]);
		expect(kase.computations[0]?.lines[0]?.explanation?.arithmetic[0]).toMatchObject({
			expression: "percent(carrying_fee, 100 - carrying_done)",
			value: yuan(60),
		});
		await story.does("handler3", "MakeOffer", { computation: "r1", grounds: "搬运服务未提供，搬运费全退。" });
		expect((await story.case()).approvals).toEqual([]);
		await story.at("2026-03-10 10:30");
		await story.does("p1", "AcceptOffer", { offer: "o2", through: "page" });
		await story.does("finance", "StartItem", { item: "x1", method: "wechat" });
		await story.does("handler3", "CompleteItem", { item: "x2" });
		await story.does("p1", "Confirm", { through: "page", satisfied: true });
		await story.does("handler3", "CloseCase", { outcome: "settled" });
		expect((await office.paid(story.id)).map((one) => [one.amount, one.state, one.tries])).toEqual([
			[yuan(60), "done", 1],
		]);
		expect(breachedOf(await story.case())).toEqual([]);
	});

	test("a point is proposed and waits; the appeal with evidence keeps it waiting", async () => {
		await story.at("2026-03-10 11:00");
		await story.does("handler3", "ImposeSanction", {
			party: "p2",
			kind: "points",
			finding: "f1",
			reason: "未按订单提供搬运服务。",
		});
		const [points] = (await story.case()).sanctions;
		expect(points).toMatchObject({ points: -1, rule: { row: "small-fault" }, inForce: null });
		expect(localOf(points?.effectiveFrom ?? "")).toBe("2026-03-14 00:00");
		expect((await story.toldTo("person:driver")).map((one) => one.what)).toEqual(
			expect.arrayContaining(["finding-notice", "sanction-imposed"]),
		);
		await story.at("2026-03-12 20:00");
		const film = await story.proof("driver", "video", "行车记录仪：客户说放物业就行");
		const notice = await story.proof("driver", "photo", "电梯停用告示照片");
		await story.does("driver", "LodgeAppeal", {
			findings: ["f1"],
			grounds: ["new-evidence", "facts-wrong"],
			words: "14:20 到达，电梯贴有停用告示，已口头说明，客户同意放至一楼物业。",
			evidence: [film, notice],
		});
		expect(duesOf(await story.case())["appeal-decision z1"]).toBe("2026-03-20 00:00");
		await story.at("2026-03-14 08:00");
		expect((await story.case()).sanctions[0]?.inForce).toBeNull();
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
	});

	test("a reviewer who decided nothing before asks once for more, and decides with reasons", async () => {
		expect(
			await story.refused("manager", "AssignReviewer", { appeal: "z1", person: "handler2" }),
		).toMatchObject({ status: 403 });
		await story.does("manager", "AssignReviewer", { appeal: "z1", person: "reviewer" });
		const decision = {
			appeal: "z1",
			result: "upheld",
			reasons: "记录仪与物业证明属实，原认定依据不足，另案重定。",
		};
		expect(await story.refused("reviewer2", "DecideAppeal", decision)).toMatchObject({
			reason: "NotYourPart",
		});
		await story.does("reviewer", "AskForSupplement", { appeal: "z1", words: "请补交物业盖章证明。" });
		expect((await story.toldTo("person:driver")).at(-1)?.what).toBe("appeal-supplement-asked");
		await story.at("2026-03-15 10:00");
		const stamp = await story.proof("driver", "document", "物业盖章的电梯停用证明");
		const supplement = { appeal: "z1", words: "物业证明已补交。", evidence: [stamp] };
		await story.does("driver", "SupplementAppeal", supplement);
		expect(await story.refused("driver", "SupplementAppeal", supplement)).toMatchObject({
			reason: "SupplementUsed",
		});
		await story.at("2026-03-16 09:30");
		await story.does("reviewer", "DecideAppeal", decision);
		const kase = await story.case();
		expect(kase.appeals[0]?.decided).toMatchObject({ by: "reviewer", result: "upheld", newRound: 2 });
		expect(kase.round).toBe(2);
		expect(kase.sanctions[0]?.reversed).toMatchObject({ why: "appeal:z1" });
		expect((await story.toldTo("person:driver")).map((one) => one.what)).toEqual(
			expect.arrayContaining(["appeal-decided", "sanction-reversed"]),
		);
	});

	test("the new round is somebody else's; the driver is cleared, and the customer keeps the refund", async () => {
		expect(await story.refused("handler3", "DecideFinding", { ...finding, override: "维持" })).toMatchObject({
			reason: "DecidedBefore",
		});
		const duty = (await story.seenBy("manager")).obligations.find((one) => one.what === "find");
		expect(duty?.who).toEqual({ capability: "handle" });
		await story.does("manager", "AssignCase", { person: "handler2", why: "改判换人办理。" });
		await story.verified("handler2", "lift-out-of-order", true, ["property-office"]);
		await story.verified("handler2", "customer-agreed", true, ["dash-cam"]);
		await story.does("handler2", "DecideFinding", {
			allegation: "a1",
			upheld: "yes",
			liable: false,
			shares: { customer: 100 },
			cause: "site-condition",
			reasons: "电梯停用属实，变更经客户同意；未搬的搬运费仍应退。",
		});
		await story.does("handler2", "NotifyFinding", { findings: ["f2"] });
		const kase = await story.case();
		expect(kase.findings.at(-1)).toMatchObject({
			round: 2,
			liable: false,
			override: null,
			explanation: { row: "lift-out-and-agreed" },
		});
		expect(itemsOf(kase.items)).toEqual(["x1 refund done", "x2 apology done"]);
		expect(kase.items[0]).toMatchObject({ done: { at: instantOf("2026-03-10 10:30") }, recovery: null });
		expect((await office.paid(story.id)).map((one) => one.amount)).toEqual([yuan(60)]);
		await story.at("2026-04-15 00:00");
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
		expect((await office.conductOf("driver")).entries).toEqual([]);
	});
});

describe("the driver forges his proof", () => {
	let story: Story;
	beforeAll(async () => {
		await office.until("2026-05-11 10:00");
		story = await Story.filed(office, "agent", "freight-hailing", notCarried("19900009013", "HY2026100061"));
		await story.does("agent", "ClassifyAllegation", { allegation: "a1", category: "not-carried" });
		await story.does("agent", "GradeCase");
		await story.does("handler3", "ClaimCase");
		await story.does("driver", "Explain", { words: "电梯停用，客户同意放一楼。" });
		await story.verified("handler3", "carrying-done", 0, ["complainant", "unloading-photos"]);
		await story.verified("handler3", "lift-out-of-order", false, ["property-office"]);
		await story.verified("handler3", "customer-agreed", false, ["chat-record"]);
		await story.does("handler3", "DecideFinding", finding);
		await story.does("handler3", "NotifyFinding", { findings: ["f1"] });
	});

	test("evidence found to be forged does not carry the appeal; the finding stands", async () => {
		await story.at("2026-05-12 10:00");
		const shot = await story.proof("driver", "photo", "聊天截图：客户同意放一楼");
		await story.does("driver", "LodgeAppeal", {
			findings: ["f1"],
			grounds: ["new-evidence"],
			words: "有客户同意的聊天截图。",
			evidence: [shot],
		});
		await story.does("manager", "AssignReviewer", { appeal: "z1", person: "reviewer" });
		await story.does("reviewer", "JudgeEvidence", {
			evidence: shot,
			as: "forged",
			why: "平台聊天记录里没有这条，截图时间与订单不符。",
		});
		await story.does("reviewer", "DecideAppeal", {
			appeal: "z1",
			result: "dismissed",
			reasons: "证据系伪造，原认定依据充分，维持。",
		});
		const kase = await story.case();
		expect(kase.evidence[0]?.judged).toMatchObject({ by: "reviewer", as: "forged" });
		expect(kase.round).toBe(1);
		expect(kase.findings[0]).toMatchObject({ liable: true });
	});

	test("forging costs ten points and a week without orders; reversed, every entry is undone and the score is whole", async () => {
		await story.verified("handler2", "forged-by", "worker", ["chat-record"]);
		const because = { party: "p2", finding: "f1", reason: "伪造聊天截图。", evidence: ["e1"] };
		expect(
			await story.refused("quality", "ImposeSanction", { ...because, kind: "suspension", evidence: [] }),
		).toMatchObject({ reason: "EvidenceMissing" });
		await story.does("quality", "ImposeSanction", { ...because, kind: "suspension" });
		await story.does("quality", "ImposeSanction", { ...because, kind: "points" });
		expect(
			(await story.case()).sanctions.map((one) => [
				one.kind,
				one.points,
				one.rule?.row,
				localOf(one.effectiveFrom),
			]),
		).toEqual([
			["suspension", 0, "forged-by-driver-suspension", "2026-05-20 00:00"],
			["points", -10, "forged-by-driver", "2026-05-16 00:00"],
		]);
		await story.at("2026-05-16 00:00");
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(10);
		await story.at("2026-05-20 09:00");
		expect((await story.case()).sanctions[0]).toMatchObject({ until: instantOf("2026-05-27 00:00") });
		for (const sanction of ["s1", "s2"])
			await story.does("reviewer2", "ReverseSanction", {
				sanction,
				why: "重新鉴定：截图为客户本人提供，未伪造。",
			});
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
		expect(
			(await office.conductOf("driver")).entries.map((one) => [one.kind, one.points, one.reversed !== null]),
		).toEqual([
			["points", -10, true],
			["suspension", 0, true],
		]);
	});
});

describe("the driver's small offer is taken", () => {
	test("settled without a finding; what was agreed goes to both sides as a text; the driver's money is his to bear", async () => {
		await office.until("2026-06-01 10:00");
		const story = await Story.filed(
			office,
			"agent",
			"freight-hailing",
			notCarried("19900009014", "HY2026100062"),
		);
		await story.does("agent", "ClassifyAllegation", { allegation: "a1", category: "not-carried" });
		await story.does("agent", "GradeCase");
		await story.does("handler3", "ClaimCase");
		await story.does("driver", "OpenDirectTalk");
		await story.does("driver", "RecordContact", { party: "p1", through: "call", outcome: "reached" });
		await story.does("driver", "OfferAsWorker", {
			lines: [{ item: "refund", amount: yuan(50) }],
			grounds: "退五十元，以后先问清楚再走。",
		});
		await story.does("p1", "AcceptOffer", { offer: "o1", through: "page" });
		expect((await story.toldTo("party:p1")).map((one) => one.what)).toContain("agreement-text");
		expect((await story.toldTo("person:driver")).map((one) => one.what)).toContain("agreement-text");
		await story.does("finance", "StartItem", { item: "x1", method: "wechat" });
		await story.does("p1", "Confirm", { through: "page", satisfied: true });
		await story.does("handler3", "CloseCase", { outcome: "settled" });
		const kase = await story.case();
		expect(kase.items[0]).toMatchObject({ bearer: "driver", amount: { amount: yuan(50) } });
		expect(kase.findings).toEqual([]);
		expect(kase.closure?.outcome).toBe("settled");
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
	});
});

test("the histories prove it: nothing altered, and everything kept beside them is what they say", async () => {
	expect(await office.differences()).toEqual([]);
});
