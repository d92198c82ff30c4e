import { existsSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { PhoneHands, type Picture } from "./phone-hands.ts";
import { Story, yuan } from "./story.ts";

/**
 * A driver's whole way on their own phone, by hand: told, coached, calls, offers, is declined, explains with a photo,
 * loses, appeals, wins, and sees the score restored. Each test goes on where the one before ended.
 */

let office: Office;
let browser: RealBrowser;
let phone: PhoneHands;
let story: Story;

const ORDER = "HY2026118801";
const OTHER_SIDE = ["孟佳", "19900009003"];

beforeAll(async () => {
	expect(existsSync("dist/web/phone.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-09 10:00");
	browser = await openBrowser();
	story = await Story.filed(office, "agent", "freight-hailing", {
		...{ channel: "page", occurredAt: instantOf("2026-03-08 17:20"), wished: "退搬运费" },
		verbatim: "下单时选了搬运上六楼，司机没搬上楼，把货放在一楼物业就走了，搬运费照收。",
		parties: [
			{ seat: "shipper", name: "孟佳", phone: "19900009003" },
			{ seat: "driver", person: "driver", phone: "19900030010" },
		],
		orders: [
			{
				...{ number: ORDER, takenAt: instantOf("2026-03-08 15:00") },
				facts: {
					...{ fee: yuan(260), carryingOrdered: true, carryingFee: yuan(60) },
					...{ requirementShown: true, feePaid: true },
				},
			},
		],
	});
	phone = await PhoneHands.open(browser, office);
});
afterAll(async () => {
	await phone?.close();
	await browser?.close();
	await office?.close();
});

/** A photo as a phone takes it: when and where is written in it. */
async function takenAt(name: string, local: string): Promise<Picture> {
	const shade = [...name].reduce((sum, one) => sum + one.charCodeAt(0), 0) % 255;
	const buffer = await sharp({
		create: { width: 320, height: 240, channels: 3, background: { r: shade, g: 120, b: 90 } },
	})
		.withExif({
			IFD0: { Make: "Xiaomi", Model: "14" },
			IFD2: { DateTimeOriginal: `${local.replaceAll("-", ":")}:00`, OffsetTimeOriginal: "+08:00" },
			IFD3: {
				...{ GPSLatitudeRef: "N", GPSLatitude: "22/1 32/1 2400/100" },
				...{ GPSLongitudeRef: "E", GPSLongitude: "114/1 3/1 1800/100" },
			},
		})
		.jpeg()
		.toBuffer();
	return { name: `${name}.jpg`, mimeType: "image/jpeg", buffer };
}

/** The page anew, as when one comes back to it. */
async function looksAgain(): Promise<void> {
	await phone.goTo(`/m/case/${story.id}`);
	await phone.reads("的原话");
}

/** A button in the middle of the page, not the one under the thumb. */
const row = (name: string | RegExp) => phone.page.locator("main").getByRole("button", { name }).first();

describe("a driver on their phone", () => {
	test("is told at once: what is said, which order, what is at stake, by when; not who said it", async () => {
		const [told] = await story.toldTo("person:driver");
		expect(told).toMatchObject({ at: "2026-03-09 10:00", what: "complaint-filed-against-you" });
		await story.at("2026-03-09 10:03");
		await story.does("agent", "ClassifyAllegation", { allegation: "a1", category: "not-carried" });
		await story.does("agent", "GradeCase");
		await story.does("handler3", "ClaimCase");
		await phone.signsIn("driver");
		await phone.reads("待我回应 1");
		await phone.isSound();
		await row(/未搬运到位.*若认定有责，可能 −1 分/s).click();
		await phone.reads("没搬上楼，把货放在一楼物业就走了");
		await phone.reads(ORDER);
		await phone.reads(/请在 .*14:00 前联系客户/);
		await phone.reads("由客服接手");
		await phone.page.getByText("若认定您有责：−1 分").click();
		await phone.reads("定责前不扣分");
		await phone.reads("一般服务问题扣 1 分");
		await phone.isSound();
		for (const one of OTHER_SIDE) expect(await phone.page.content()).not.toContain(one);
	});

	test("reads the coach, then calls over the masked line: the first try is counted, the second reaches them", async () => {
		await row("怎么说更好").click();
		await phone.reads("不要这样");
		await phone.reads(`我是订单${ORDER}的司机`);
		await phone.isSound();
		await phone.tap("拨打客户");
		await phone.reads("今天 0/2");
		await phone.isSound();
		await phone.tap("取虚拟号拨打");
		await phone.reads("正在拨打");
		await phone.isSound();
		await phone.tap("没人接，挂断");
		await phone.reads("的原话");
		await office.tick();
		await phone.tap("拨打客户");
		await phone.reads("今天 1/2");
		await phone.reads("无人接听");
		await phone.tap("取虚拟号拨打");
		await phone.tap("演示：客户接听");
		await phone.reads("通话中");
		await phone.isSound();
		await phone.tap("挂断");
		await phone.reads("的原话");
		await office.tick();
		const kase = await story.case();
		expect(kase.contacts.map((one) => one.outcome)).toEqual(["no-answer", "reached"]);
		expect(kase.firstContact).toMatchObject({ by: "driver", as: "worker" });
	});

	test("offers within the limit, and reads the limit and its ground where it is passed", async () => {
		await row("提一个方案").click();
		await phone.reads("您想提哪一样");
		await phone.isSound();
		await row(/^退款.*最多 ¥78\.00/s).click();
		await phone.types("金额（元）", "100");
		await phone.reads(/超过您能提的上限 ¥78\.00/);
		await phone.reads("30% 与 100 元为公司默认");
		await phone.isSound();
		expect(await phone.page.getByRole("button", { name: "发给客户" }).isDisabled()).toBe(true);
		await phone.types("金额（元）", "30");
		await phone.types("跟客户怎么说", "没搬上楼是我没做好，先退您一部分运费。");
		await phone.tap("发给客户");
		await phone.reads("等客户答复");
		await phone.isSound();
		expect((await story.case()).offers).toMatchObject([{ from: "respondent", total: { amount: yuan(30) } }]);
	});

	test("is declined, and asked for an account: by when, and that otherwise the evidence decides", async () => {
		await story.does("p1", "DeclineOffer", { offer: "o1", why: "搬运费要全退。" });
		await story.does("p1", "CloseDirectTalk", { why: "not-agreed" });
		await story.does("handler3", "AskQuestion", {
			...{ party: "p2", about: "explanation" },
			words: "请说明为何没有搬上楼，并附证据。",
		});
		await looksAgain();
		await phone.reads("客户没有接受");
		await phone.reads(/请在 .*前说明情况/);
		await phone.reads("逾期未说明，将依据现有证据认定");
		await phone.reads("请说明为何没有搬上楼");
		await phone.isSound();
	});

	test("explains with a photo by recipe: heat is marked, time and place of the photo are read and shown", async () => {
		await phone.tap("写说明");
		await phone.types("当时是怎么回事", "这客户无理取闹。电梯停用，他当面同意放物业处。");
		await phone.reads("换成事实更有力");
		await phone.isSound();
		await row("去掉这几个字").click();
		expect(await phone.page.getByLabel("当时是怎么回事").inputValue()).not.toContain("无理取闹");
		await phone.types("当时是怎么回事", "14:20 到达，电梯贴有停用告示，货主当面同意放一楼物业。");
		await phone.tap("下一步：证据");
		await phone.reads("搬运与现场证据");
		await phone.brings("电梯停用告示或故障照片", await takenAt("电梯告示", "2026-03-08 16:50"));
		await phone.reads("照片上的时间：2026-03-08 16:50");
		await phone.reads("位置：22.5400, 114.0550");
		await phone.page.locator(".p-files .p-good").waitFor();
		await phone.isSound();
		await phone.tap("提交");
		await phone.reads("您的说明已收到");
		await phone.reads("货主当面同意放一楼物业");
		await phone.isSound();
		const kase = await story.case();
		expect(kase.hearings).toMatchObject([{ party: "p2", how: "explained" }]);
		// the recording of the call lies beside it
		expect(kase.evidence).toMatchObject([
			{ from: "company", kind: "audio" },
			{ from: "p2", kind: "photo", takenAt: instantOf("2026-03-08 16:50"), recipe: "carrying-proof" },
		]);
	});

	test("loses: the finding with its rule, and the point that waits for the appeal's window", async () => {
		await story.at("2026-03-10 09:30");
		await story.verified("handler3", "carrying-done", 0, ["complainant", "unloading-photos"]);
		await story.verified("handler3", "lift-out-of-order", false, ["complainant"]);
		await story.verified("handler3", "customer-agreed", false, ["complainant", "chat-record"]);
		await story.does("handler3", "ConfirmFacts");
		await story.does("handler3", "DecideFinding", {
			...{ allegation: "a1", upheld: "yes", liable: true, shares: { p2: 100 }, cause: "driver-omission" },
			reasons: "订单含搬运，未完成，且无货主同意变更的记录。",
		});
		await story.does("handler3", "NotifyFinding", { findings: ["f1"] });
		await story.does("handler3", "ImposeSanction", {
			...{ party: "p2", kind: "points", finding: "f1", reason: "未按订单提供搬运服务。" },
		});
		await looksAgain();
		await phone.reads("未搬运到位：属实");
		await phone.reads("且无货主同意变更的记录");
		await phone.reads("−1 分");
		await phone.reads(/申诉期内暂缓，.*起生效/);
		await phone.reads(/前可以申诉/);
		for (const rule of await phone.page.getByText("看依据").all()) await rule.click();
		await phone.reads("一般服务问题扣 1 分");
		await phone.isSound();
		await phone.goTo("/m/score");
		await phone.reads("待生效的处罚都生效后为 19 分");
		await phone.isSound();
	});

	test("appeals with new proof; the reviewer asks once for more, and gets it", async () => {
		await looksAgain();
		await phone.tap("我要申诉");
		await phone.reads("由没参与过这件事的复核人决定");
		await phone.isSound();
		await phone.page.getByLabel(/^有新证据/).check();
		await phone.types("说清楚", "物业可以证明电梯当天停用，货主同意放一楼。");
		await phone.brings("货主同意变更的聊天或通话记录", await takenAt("聊天记录", "2026-03-08 17:05"));
		await phone.page.locator(".p-files .p-good").waitFor();
		await phone.tap("提交申诉");
		await phone.reads("等待指派复核人，处罚暂缓");
		await phone.reads("申诉期间暂缓");
		await phone.isSound();
		expect((await story.case()).appeals).toMatchObject([{ party: "p2", evidence: ["e2", "e3"] }]);
		await story.does("manager", "AssignReviewer", { appeal: "z1", person: "reviewer" });
		await story.does("reviewer", "AskForSupplement", { appeal: "z1", words: "请补交物业盖章证明。" });
		await phone.goTo("/m");
		await phone.reads("复核人请您补充申诉材料");
		await looksAgain();
		await phone.reads("请补交物业盖章证明");
		await phone.tap("补充申诉材料");
		await phone.types("说清楚", "物业盖章证明已补交。");
		await phone.isSound();
		await phone.tap("提交");
		await phone.reads("复核人正在看");
		await phone.isSound();
		expect((await story.case()).appeals[0]?.supplement).not.toBeNull();
	});

	test("wins: the point is given back, the new finding clears them, and the score is whole", async () => {
		await story.at("2026-03-11 09:30");
		await story.does("reviewer", "DecideAppeal", {
			...{ appeal: "z1", result: "upheld" },
			reasons: "物业证明属实，原认定依据不足，重新认定。",
		});
		await story.does("manager", "AssignCase", { person: "handler2", why: "改判换人办理。" });
		await story.verified("handler2", "lift-out-of-order", true, ["property-office"]);
		await story.verified("handler2", "customer-agreed", true, ["dash-cam"]);
		await story.does("handler2", "DecideFinding", {
			...{ allegation: "a1", upheld: "yes", liable: false, shares: { customer: 100 } },
			...{ cause: "site-condition", reasons: "电梯停用属实，变更经货主同意。" },
		});
		await story.does("handler2", "NotifyFinding", { findings: ["f2"] });
		await looksAgain();
		await phone.reads("物业证明属实，原认定依据不足");
		await phone.reads("电梯停用属实，变更经货主同意");
		await phone.reads("原认定（已重新认定）");
		await phone.reads(/已冲回，分数复原/);
		await phone.isSound();
		await phone.goTo("/m");
		await phone.reads("已认定，我没有责任");
		await phone.tap("我的分");
		await phone.reads(/已冲回，分数复原/);
		expect(await phone.page.locator(".r-score-large").textContent()).toBe("20");
		expect(await phone.page.getByText("待生效").count()).toBe(0);
		expect(await phone.page.locator("main .r-struck").textContent()).toBe("−1");
		await phone.isSound();
		expect(await office.scoreOf("driver", "freight-hailing")).toBe(20);
		for (const one of OTHER_SIDE) expect(await phone.page.content()).not.toContain(one);
	});
});
