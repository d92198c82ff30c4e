import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { PhoneHands, pictureOf } from "./phone-hands.ts";
import { yuan } from "./story.ts";

/** The complainant's page on a phone, as they hold it: complaining, following, answering, on a bad line. */

let office: Office;
let browser: RealBrowser;
let phone: PhoneHands;

const PARCEL = "YD2026118802";
const RESCUE = "JY2026118801";
const FIRST_LOADS = [
	...(["zh", "tw", "en"] as const).map((language) => ["link", language] as const),
	...(["zh", "tw", "en"] as const).map((language) => ["/complain", language] as const),
	...(["zh", "tw", "en"] as const).map((language) => ["/m", language] as const),
];
const RECIPIENT = "19900008802";

beforeAll(async () => {
	expect(existsSync("dist/web/phone.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-05 10:00");
	browser = await openBrowser();
	await office.order(PARCEL, {
		...{ trade: "express", status: "done", events: [], facts: { fee: 1_500, insured: false } },
		...{ takenAt: instantOf("2026-03-04 16:00"), worker: "courier" },
		people: [{ role: "recipient", name: "许静", phone: RECIPIENT }],
	});
	await office.order(RESCUE, {
		...{ trade: "roadside-rescue", status: "done", events: [], facts: { fee: 26_000, lateMinutes: 80 } },
		...{ takenAt: instantOf("2026-03-05 06:00"), worker: "rescuer" },
		people: [{ role: "motorist", name: "何平", phone: "19900008801" }],
	});
});
afterEach(() => phone?.close());
afterAll(async () => {
	await browser?.close();
	await office?.close();
});

/** The case that was filed last from this phone. */
async function filedCase(): Promise<string> {
	const kept = await phone.page.evaluate(() => sessionStorage.getItem("redress.filed"));
	return (JSON.parse(kept ?? "{}") as { case: string }).case;
}

test("a recipient complains with photos, counters an offer, accepts, confirms; asked again, it is not solved", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.provesOrder("快递", PARCEL, RECIPIENT);
	await phone.isSound();
	await phone.tap("开始投诉");
	await phone.isSound();
	await phone.tap("收到的东西破了、坏了");
	await phone.types("用您自己的话", "箱子角压扁了，里面的茶具碎了两只。");
	await phone.page.reload();
	await phone.isSound();
	expect(await phone.page.getByLabel("用您自己的话").inputValue()).toContain("茶具碎了两只");
	await phone.tap("下一步");
	await phone.page.locator("input[type=file]").first().waitFor({ state: "attached" });
	const slots = phone.page.locator("input[type=file]");
	for (const [n, words] of ["外箱", "内物"].entries())
		await slots.nth(n).setInputFiles(await pictureOf(phone.page, words));
	await phone.isSound();
	await phone.tap("下一步");
	await phone.page.getByLabel("赔偿损失").check();
	await phone.isSound();
	await phone.tap("下一步");
	await phone.types("金额（元）", "120");
	await phone.isSound();
	await phone.tap("下一步");
	await phone.isSound();
	await phone.tap("提交投诉");
	await phone.reads("我们收到了");
	await phone.isSound();
	const kase = await filedCase();
	const agent = await office.as("agent");
	await phone.until(async () => (await agent.sees(kase)).case.evidence.length === 2);
	await phone.tap("查看进度");
	await phone.reads("包裹破损");
	await phone.isSound();

	const handler = await office.as("handler2");
	await agent.does(kase, "GradeCase");
	await handler.does(kase, "ClaimCase");
	const offer = (amount: number) => ({
		lines: [{ item: "compensation", amount }],
		grounds: "按两只茶杯的市价。",
	});
	await handler.does(kase, "MakeOffer", offer(yuan(60)));
	await office.tick();
	await phone.page.reload();
	await phone.reads("我们的方案");
	await phone.isSound();
	await phone.tap("还价");
	await phone.types("金额（元）", "90");
	await phone.types("理由", "是一套四只，配不上了。");
	await phone.isSound();
	await phone.tap("发送");
	await phone.reads("您还价");
	expect((await handler.sees(kase)).case.offers.at(-1)).toMatchObject({
		from: "complainant",
		total: { amount: yuan(90) },
	});
	await handler.does(kase, "MakeOffer", offer(yuan(90)));
	await phone.page.reload();
	await phone.reads("¥90.00");
	await phone.isSound();
	await phone.tap(/^接受$/);
	await phone.reads("确认接受");
	await phone.isSound();
	await phone.tap("确认接受");
	await phone.reads("双方约定");
	await (await office.as("finance")).does(kase, "StartItem", { item: "x1", method: "wechat" });
	await office.until("2026-03-05 11:00");
	await phone.page.reload();
	await phone.reads("解决了吗");
	await phone.isSound();
	await phone.tap("已解决");
	await phone.reads("您：已解决");
	await handler.does(kase, "CloseCase", { outcome: "settled" });
	await office.until("2026-03-06 15:00");
	await phone.page.reload();
	await phone.reads("办完几天了");
	await phone.isSound();
	await phone.types("还想说的（可不填）", "补寄的杯子也是裂的。");
	await phone.tap("没解决");
	await phone.page.locator(".p-told-mark", { hasText: "重新办理" }).waitFor();
	await phone.isSound();
	const { case: reopened } = await handler.sees(kase);
	expect(reopened.reopenings).toMatchObject([{ because: "not-satisfied" }]);
	expect(reopened.closure).toBeNull();
	expect((await office.paid(kase)).map((one) => [one.amount, one.tries])).toEqual([[yuan(90), 1]]);
});

test("a rescue that came an hour late is paid for on one tap, and once", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.provesOrder("道路救援", RESCUE, "19900008801");
	await phone.reads("订单记录已经说明情况");
	await phone.isSound();
	await phone.page.getByRole("button", { name: /^马上收取/ }).dblclick();
	await phone.reads("已为您办好");
	await phone.isSound();
	const kase = await filedCase();
	await office.tick();
	await phone.tap("查看到账情况");
	await phone.reads("答应您的");
	await phone.isSound();
	await phone.goTo("/complain");
	await phone.reads("这张单");
	expect(await phone.page.getByRole("button", { name: /^马上收取/ }).count()).toBe(0);
	const paid = await office.paid(kase);
	expect(paid.map((one) => [one.state, one.tries])).toEqual([
		["done", 1],
		["done", 1],
	]);
	expect(paid.reduce((sum, one) => sum + one.amount, 0)).toBe(yuan(360));
});

/** A complaint taken down on the phone, whose complainant was sent a link. */
async function sentLink(number: string): Promise<{ kase: string; path: string }> {
	const agent = await office.as("agent");
	const filed = await agent.files("express", {
		...{ channel: "phone", verbatim: "快递送到别人家了，请找回来。" },
		parties: [
			{ seat: "recipient", name: "方宁", phone: `1990001${number}` },
			{ seat: "courier", person: "courier2" },
		],
		allegations: [{ category: "misdelivery", accused: [1] }],
		orders: [{ number: `YD202611${number}`, facts: { fee: 1_500, insured: false } }],
	});
	await office.tick();
	return { kase: filed.case, path: `/c/${await office.linkOf(filed.case)}` };
}

/** Opens the link and shows that the phone is one's own. */
async function opensAsOwn(path: string): Promise<void> {
	phone = await PhoneHands.open(browser, office);
	await phone.goTo(path);
	await phone.tap("确认是本人");
	await phone.getsCode(() => phone.tap("获取验证码"));
	await phone.page.getByText("现在只能看").waitFor({ state: "detached" });
}

test("an upload that is cut three times arrives whole, and once", async () => {
	const { kase, path } = await sentLink("8811");
	await opensAsOwn(path);
	await phone.tap("补充证据");
	let cuts = 0;
	await phone.page.route("**/api/uploads/*", async (route) => {
		const piece = route.request().method() === "PATCH";
		if (!piece || cuts >= 2) return await route.continue();
		cuts += 1;
		// the first piece never arrives; the second does, and only the answer is lost
		if (cuts === 2) await route.fetch();
		await route.abort("connectionreset");
	});
	await phone.page.route("**/evidence/from-upload", async (route) => {
		if (cuts >= 3) return await route.continue();
		cuts += 1;
		await route.fetch();
		await route.abort("connectionreset");
	});
	const picture = await pictureOf(phone.page, "八栋门口", 2_500_000);
	expect(picture.buffer.length).toBeGreaterThan(2 * 1024 * 1024);
	await phone.page.locator("input[type=file]").last().setInputFiles(picture);
	await phone.reads("网络断了");
	await phone.isSound();
	await phone.page.evaluate(() => dispatchEvent(new Event("online")));
	await phone.page.locator(".p-files .p-good").waitFor();
	expect(cuts).toBe(3);
	const { evidence } = (await (await office.as("handler")).sees(kase)).case;
	expect(evidence.map((one) => one.file)).toMatchObject([
		{
			bytes: picture.buffer.length,
			sha256: createHash("sha256").update(picture.buffer).digest("hex"),
		},
	]);
});

test("what was written without a network goes out when it is back, once, in its order", async () => {
	const { kase, path } = await sentLink("8812");
	await opensAsOwn(path);
	await phone.tap("留言");
	await phone.page.getByLabel("留言").waitFor();
	await phone.types("留言", "我先写一半");
	await phone.page.reload();
	await phone.page.getByLabel("留言").waitFor();
	expect(await phone.page.getByLabel("留言").inputValue()).toBe("我先写一半");
	await phone.page.context().setOffline(true);
	for (const words of ["门卫说没见过快递员。", "请先问隔壁八栋。"]) {
		await phone.types("留言", words);
		await phone.tap("发送");
		await phone.page.locator(".p-told-waiting", { hasText: words }).waitFor();
	}
	await phone.isSound();
	// back again, but the first answer is lost: it is sent once more under the same key
	let lost = false;
	await phone.page.route(`**/api/cases/${kase}/commands`, async (route) => {
		if (lost) return await route.continue();
		await route.fetch();
		await route.abort("connectionreset");
		lost = true;
	});
	await phone.page.context().setOffline(false);
	await phone.until(async () => lost);
	await phone.page.evaluate(() => dispatchEvent(new Event("online")));
	await phone.page.locator(".p-told-waiting").first().waitFor({ state: "detached" });
	await phone.page.locator(".p-told-waiting").waitFor({ state: "detached" });
	const agent = await office.as("agent");
	const { messages } = (await agent.sees(kase)).case;
	const { texts } = await agent.sees(kase);
	expect(messages.map((one) => texts[one.words.ref])).toEqual(["门卫说没见过快递员。", "请先问隔壁八栋。"]);
});

test("a link that was passed on is read-only until the code; one withdrawn or run out says what to do", async () => {
	const { kase, path } = await sentLink("8813");
	const agent = await office.as("agent");
	phone = await PhoneHands.open(browser, office);
	await phone.goTo(path);
	await phone.reads("现在只能看");
	await phone.isSound();
	await phone.tap("留言");
	await phone.types("留言", "请快一点。");
	await phone.tap("发送");
	await phone.reads("确认是本人");
	await phone.isSound();
	expect((await agent.sees(kase)).case.messages).toEqual([]);
	await phone.getsCode(() => phone.tap("获取验证码"));
	await phone.page.locator(".p-told-mine", { hasText: "请快一点。" }).waitFor();
	expect((await agent.sees(kase)).case.messages).toHaveLength(1);
	await office.withdrawLinks(kase);
	await phone.goTo(path);
	await phone.reads("这个链接已作废");
	await phone.isSound();
	await phone.goTo(`${path.slice(0, -6)}xxxxxx`);
	await phone.reads("这个链接不完整");
	const old = await sentLink("8814");
	await office.until("2026-06-10 10:00");
	await phone.goTo(old.path);
	await phone.reads("这个链接过期了");
	await phone.isSound();
	await phone.tap("用单号和手机号找回");
	await phone.reads("您用的是哪项服务");
});

test("the first load is light: at most 150 kB of JavaScript as sent, in every language", async () => {
	const { path } = await sentLink("8815");
	for (const [address, language] of FIRST_LOADS) {
		phone = await PhoneHands.open(browser, office);
		const sent = await phone.measures(address === "link" ? path : address, language);
		expect(sent, `${address} ${language}`).toBeLessThanOrEqual(150_000);
		expect(sent).toBeGreaterThan(50_000);
		await phone.close();
	}
});
