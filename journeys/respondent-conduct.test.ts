import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { PhoneHands, pictureOf } from "./phone-hands.ts";
import { Story, yuan } from "./story.ts";

/** How one speaks, whom one is kept apart from, and what one learns: on the phone of whoever is complained of. */

let office: Office;
let browser: RealBrowser;
let phone: PhoneHands;

beforeAll(async () => {
	expect(existsSync("dist/web/phone.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-09 10:00");
	browser = await openBrowser();
});
afterEach(() => phone?.close());
afterAll(async () => {
	await browser?.close();
	await office?.close();
});

/** A complaint about goods that were not carried upstairs, with the driver first to talk. */
async function notCarried(number: string): Promise<Story> {
	const story = await Story.filed(office, "agent", "freight-hailing", {
		...{ channel: "page", verbatim: "说好搬上六楼，放在一楼就走了。", wished: "退搬运费" },
		parties: [
			{ seat: "shipper", name: "孟佳", phone: `1990001${number.slice(-4)}` },
			{ seat: "driver", person: "driver", phone: "19900030010" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [{ number, takenAt: instantOf("2026-03-08 15:00"), facts: { fee: yuan(260) } }],
	});
	await story.does("agent", "GradeCase");
	return story;
}

/** In the middle of the page, not under the thumb. */
const inside = (name: string | RegExp) => phone.page.locator("main").getByRole("button", { name }).first();

test("abuse and a deal outside the platform are stopped with the reason; the better words go out", async () => {
	const story = await notCarried("HY2026118811");
	await story.does("driver", "OpenDirectTalk");
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("driver");
	await phone.goTo(`/m/case/${story.id}/chat`);
	const send = phone.page.getByRole("button", { name: "发送" });
	const stopped = async (words: string, why: RegExp) => {
		await phone.types("消息", words);
		await phone.reads(why);
		await phone.isSound();
		expect(await send.isDisabled()).toBe(true);
	};
	await stopped("你他妈的讲不讲道理", /“他妈的”发不出去/);
	await stopped("打我手机 139 1234 5678 说", /发不出去：.*联系/);
	await stopped("我微信转您50元，您撤了投诉。", /“微信转您”发不出去：.*付款|“微信转您”发不出去：.*交易/);
	expect((await story.case()).messages).toEqual([]);
	await phone.tap("用这句");
	expect(await phone.page.getByLabel("消息").inputValue()).toContain("退款和补偿都走平台");
	await phone.page.getByText("发不出去").waitFor({ state: "detached" });
	await phone.tap("发送");
	await phone.page.locator(".r-told-mine", { hasText: "退款和补偿都走平台" }).waitFor();
	await phone.isSound();
	expect((await story.case()).messages).toHaveLength(1);
	expect((await story.seenBy("p1")).case.messages).toHaveLength(1);
	// heat is not stopped, but asked about; the server looks for itself, whatever the page lets through
	await phone.types("消息", "您这是无理取闹。");
	await phone.reads("请斟酌");
	expect(await send.isDisabled()).toBe(true);
	const slipped = await story.refused("driver", "SendMessage", { to: "p1", words: "加我微信私下说。" });
	expect(slipped).toMatchObject({ reason: "GuardBlocked", given: { rules: ["private-contact"] } });
	expect((await story.case()).messages).toHaveLength(1);
});

/** Whom dispatch must not match with a person, as the company's own system asks. */
async function keptApart(person: string, others: string[]): Promise<unknown> {
	const answer = await (await office.as("admin")).ask("POST", "/api/matches", { person, with: others });
	return (answer.body as { apart: unknown }).apart;
}

test("a customer is blocked with proof: dispatch keeps the two apart for the term, and the block can be lifted", async () => {
	const story = await Story.filed(office, "agent2", "ride-hailing", {
		...{ channel: "page", verbatim: "司机拒载，必须封号。", wished: "封号" },
		parties: [
			{ seat: "passenger", person: "customer-1", name: "窦某", phone: "19900009004" },
			{ seat: "driver", person: "cabbie", phone: "19900030012" },
		],
		allegations: [{ category: "refused", accused: [1] }],
		orders: [{ number: "WC2026118812", facts: { fee: yuan(23) } }],
	});
	await story.does("agent2", "GradeCase");
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("cabbie");
	await phone.goTo(`/m/case/${story.id}`);
	await inside("拉黑或举报").click();
	await phone.reads(/互不派单 \d+ 个月，不扣您的分/);
	await phone.isSound();
	await phone.types("发生了什么", "三次要求超员上车，不同意就投诉。");
	await phone.reads("请附至少一份证据");
	const proof = await pictureOf(phone.page, "聊天截图");
	await phone.brings("其他照片、视频或文件", proof);
	await phone.page.locator(".p-files .p-good").waitFor();
	await phone.page.locator(".p-act").getByRole("button", { name: "拉黑" }).click();
	await phone.reads("已拉黑，互不派单");
	await phone.isSound();
	const until = "2027-03-09 10:00";
	expect(await keptApart("customer-1", ["cabbie", "cabbie2"])).toEqual([
		{ person: "cabbie", until: instantOf(until) },
	]);
	expect(await keptApart("cabbie", ["customer-1", "customer-2"])).toHaveLength(1);
	await phone.goTo("/m/score");
	await phone.reads("您拉黑的客户");
	await phone.reads(/2027年3月9日/);
	await phone.reads("不影响您的分数和派单权重");
	await phone.isSound();
	expect(await office.scoreOf("cabbie", "ride-hailing")).toBe(20);
	expect(await phone.page.content()).not.toContain("窦某");
	await inside("您拉黑的客户").click();
	await phone.tap("解除拉黑");
	await phone.reads("已解除拉黑");
	expect(await keptApart("customer-1", ["cabbie"])).toEqual([]);
	await phone.goTo("/m/score");
	await phone.reads("每一分的来历");
	await phone.until(async () => (await phone.page.getByText("您拉黑的客户").count()) === 0);
});

test("training that was assigned: cards, questions, not passed, once more, passed", async () => {
	const story = await notCarried("HY2026118813");
	await story.does("quality", "AssignTraining", {
		...{ person: "driver", training: "complaint-call", due: instantOf("2026-03-20 18:00") },
	});
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("driver");
	await phone.reads("要完成的培训");
	await inside(/接到投诉怎么打这通电话.*3月20日/s).click();
	const learns = async (answers: RegExp[]) => {
		for (let card = 1; card < 4; card += 1) {
			await phone.reads(`第 ${card} / 4`);
			await phone.tap("下一张");
		}
		await phone.isSound();
		await phone.tap("开始答题");
		for (const [n, answer] of answers.entries()) {
			await phone.reads(`第 ${n + 1} / 3`);
			await phone.tap(answer);
			await phone.isSound();
			await phone.tap(n < 2 ? "下一题" : "提交");
		}
	};
	await learns([/每隔十分钟再打/, /直接微信转/, /听完，复述/]);
	await phone.reads("没通过（67 分及格）");
	await phone.reads("应该是：发一条平台消息");
	await phone.isSound();
	await phone.tap("再来一次");
	await learns([/发一条平台消息/, /在平台里按可用方案提出/, /听完，复述/]);
	await phone.reads("通过");
	expect(await phone.page.locator(".r-score").textContent()).toBe("100");
	await phone.tap("好了");
	await phone.reads("已通过，100 分");
	await phone.isSound();
	const { training } = (await story.case()).improvement;
	expect(training).toMatchObject([{ person: "driver", result: { score: 100, passed: true } }]);
});

test("a practice talk with a difficult customer goes wrong, and every line is scored with its reason", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("driver");
	await phone.tap("练习");
	await inside(/镜子碎了，责任说不清.*难缠的客户/s).click();
	await phone.reads("你把我镜子弄碎了");
	await phone.isSound();
	await inside("您先别吼，好好说话。").click();
	await phone.reads("火冒三丈");
	await phone.reads("你还赖我");
	await inside("曝光就曝光。").click();
	await phone.reads("没通过（70 分及格）");
	await phone.reads("投诉升级为 A 级");
	await phone.reads("火上浇油。 要求对方冷静，等于添火。");
	await phone.reads("这样说更好");
	await phone.isSound();
	await phone.tap("回到练习");
	await phone.reads("最好 0 分");
	await phone.isSound();
});
