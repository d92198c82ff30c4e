import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { PhoneHands, pictureOf } from "./phone-hands.ts";
import { Story, yuan } from "./story.ts";

/** On the road: a bad line, and what is noted on an order before anybody complains. */

let office: Office;
let browser: RealBrowser;
let phone: PhoneHands;

const ORDER = "HY2026118831";

beforeAll(async () => {
	expect(existsSync("dist/web/phone.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-09 10:00");
	browser = await openBrowser();
	await office.order(ORDER, {
		...{ trade: "freight-hailing", status: "运输中", events: [], facts: { fee: yuan(260) } },
		...{ takenAt: instantOf("2026-03-09 08:00"), worker: "driver" },
		people: [
			{ role: "shipper", name: "孟佳", phone: "19900018831" },
			{ role: "consignee", name: "吴岚", phone: "19900018832" },
		],
	});
});
afterEach(() => phone?.close());
afterAll(async () => {
	await browser?.close();
	await office?.close();
});

const inside = (name: string | RegExp) => phone.page.locator("main").getByRole("button", { name }).first();

test("an account written and a photo taken without a network go out when it is back, each once", async () => {
	const story = await Story.filed(office, "agent", "freight-hailing", {
		...{ channel: "page", verbatim: "说好搬上六楼，放在一楼就走了。", wished: "退搬运费" },
		parties: [
			{ seat: "shipper", name: "孟佳", phone: "19900018830" },
			{ seat: "driver", person: "driver" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [{ number: "HY2026118830", facts: { fee: yuan(260) } }],
	});
	await story.does("agent", "GradeCase");
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("driver");
	await phone.goTo(`/m/case/${story.id}/explain`);
	await phone.types("当时是怎么回事", "先写一半");
	await phone.page.reload();
	await phone.page.getByLabel("当时是怎么回事").waitFor();
	expect(await phone.page.getByLabel("当时是怎么回事").inputValue()).toBe("先写一半");
	await phone.types("当时是怎么回事", "电梯停用，货主当面同意放一楼。");
	await phone.tap("下一步：证据");
	await phone.reads("搬运与现场证据");
	await phone.page.waitForLoadState("networkidle");
	await phone.page.context().setOffline(true);
	const photo = await pictureOf(phone.page, "电梯告示");
	await phone.brings("电梯停用告示或故障照片", photo);
	await phone.reads("照片没有记录时间");
	await phone.tap("提交");
	await phone.reads("网络恢复后自动发出：情况说明");
	await phone.reads("没有网络");
	await phone.isSound();
	expect((await story.case()).hearings).toEqual([]);
	// back again, but the first answer is lost: it is sent once more under the same key
	let lost = false;
	await phone.page.route(`**/api/cases/${story.id}/commands`, async (route) => {
		if (lost) return await route.continue();
		await route.fetch();
		await route.abort("connectionreset");
		lost = true;
	});
	await phone.page.context().setOffline(false);
	await phone.until(async () => lost);
	await phone.page.evaluate(() => dispatchEvent(new Event("online")));
	await phone.reads("我的说明");
	await phone.until(async () => (await story.case()).evidence.length === 1);
	await phone.reads("我的证据 1");
	await phone.page.getByText("网络恢复后自动发出").waitFor({ state: "detached" });
	await phone.isSound();
	const { case: kase, texts } = await (await office.as("manager")).sees(story.id);
	expect(kase.hearings.map((one) => one.words && texts[one.words.ref])).toEqual([
		"电梯停用，货主当面同意放一楼。",
	]);
	expect(kase.evidence).toMatchObject([
		{ from: "p2", recipe: "carrying-proof", piece: "lift-notice", file: { bytes: photo.buffer.length } },
	]);
});

/** Notes something on the order: what is filled in first, then the photo. */
async function notes(kind: string, filling: () => Promise<unknown>, act: RegExp): Promise<void> {
	await inside(kind).click();
	await filling();
	await phone.isSound();
	await phone.tap(act);
	await phone.reads("已记下的");
}

const photographs = async (words: string) => {
	await phone.brings("拍照或录像", await pictureOf(phone.page, words));
	await phone.reads("已选");
};

test("what is noted on an order, photographed and confirmed by the customer is proof when they complain", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("driver");
	await phone.tap("我的单");
	await inside(ORDER).click();
	await phone.reads("自动成为您的证据");
	await phone.isSound();
	await notes("客户的特殊要求", () => phone.types("说清楚", "要搬上六楼，电梯可能停用。"), /^记下$/);
	await notes("装货（揽收）拍照", () => photographs("装车前"), /^记下$/);
	await inside("放在别处").click();
	await phone.types("放在哪里", "一楼物业");
	await phone.types("取件码", "8-1024");
	await phone.reads("要先征得客户同意");
	await phone.isSound();
	await phone.page.getByLabel("客户已经同意放在别处").check();
	await phone.tap("记下并告诉客户");
	await phone.reads("放在别处（邻居、驿站）：一楼物业");
	expect(await office.lastSent("order.left")).toContain("一楼物业，取件码 8-1024");
	await notes("拍照加确认", () => photographs("交付"), /^记下并告诉客户$/);
	await phone.until(async () => (await phone.page.getByText("有照片").count()) === 2);

	const [, token = ""] = /\/m\/confirm\/([\w-]+)/.exec(await office.lastSent("order.handover")) ?? [];
	const customer = await PhoneHands.open(browser, office);
	await customer.goTo(`/m/confirm/${token}`);
	await customer.reads(`${ORDER} 都收到了吗`);
	await customer.isSound();
	await customer.tap("确认完好");
	await customer.reads("已记下您的回应");
	await customer.isSound();
	await customer.close();
	await phone.page.reload();
	await phone.reads("客户已回应");

	const story = await Story.filed(office, "agent", "freight-hailing", {
		...{ channel: "page", verbatim: "没搬上六楼，放在一楼物业就走了。", wished: "退搬运费" },
		parties: [
			{ seat: "consignee", name: "吴岚", phone: "19900018832" },
			{ seat: "driver", person: "driver" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [{ number: ORDER }],
	});
	const kase = await story.case();
	expect(kase.evidence.map((one) => [one.from, one.kind, one.file?.mime])).toEqual([
		["p2", "photo", "image/png"],
		["p2", "photo", "image/png"],
	]);
	const events = kase.orders[0]?.events.map((one) => one.what).join("；");
	for (const known of ["接单前问清：要搬上六楼", "经客户同意放在", "客户亲自确认"])
		expect(events).toContain(known);
	await phone.goTo(`/m/case/${story.id}`);
	await phone.reads("我的证据 2");
	await phone.reads("装货（揽收）拍照");
	await phone.isSound();
	for (const secret of ["吴岚", "19900018832"]) expect(await phone.page.content()).not.toContain(secret);
});
