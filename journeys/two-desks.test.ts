import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeskHands } from "./hands.ts";
import { Office } from "./office.ts";
import type { Done } from "./visitor.ts";

/** Two handlers at two desks over the same cases: a race, who is looking, two edits at once, and a line that breaks. */

let office: Office;
let hands: DeskHands;
let wang: Page;
let liu: Page;
let first: Done;
let second: Done;

const complaint = (verbatim: string, phone: string) => ({
	channel: "phone",
	verbatim,
	parties: [
		{ seat: "recipient", name: "安可欣", phone },
		{ seat: "courier", person: "courier2" },
	],
	allegations: [{ category: "misdelivery", accused: [1] }],
});

async function filed(verbatim: string, phone: string): Promise<Done> {
	const agent = await office.as("agent");
	const done = await agent.files("express", complaint(verbatim, phone));
	await agent.does(done.case, "GradeCase");
	return done;
}

beforeAll(async () => {
	office = await Office.open("2026-03-05 10:00");
	hands = await DeskHands.open(office.url, "mouse", {});
	first = await filed("包裹送错楼了，请帮我找回来。", "19900009002");
	second = await filed("快递放在门口被淋湿了。", "19900009003");
	wang = await hands.page("handler");
	liu = await hands.page("handler2");
});
afterAll(async () => {
	await hands?.close();
	await office?.close();
});

const line = (page: Page, done: Done) => page.locator(`[data-case="${done.case}"]`);

test("both claim the same case by one key: one has it, the other is told who", async () => {
	for (const page of [wang, liu]) {
		await page.goto(`${office.url}/cases/${first.case}?view=everyone`);
		await page.locator("article.case").waitFor();
		await line(page, first).focus();
	}
	await Promise.all([wang.keyboard.press("c"), liu.keyboard.press("c")]);
	const won = `${first.number} 已由您认领`;
	const notices = [wang, liu].map((page) =>
		page.locator(".ant-message-notice-content, .ant-message-notice").first(),
	);
	await Promise.all(notices.map((one) => one.waitFor()));
	const said = await Promise.all(notices.map((one) => one.innerText()));
	expect(said.filter((one) => one.includes(won))).toHaveLength(1);
	const winner = said[0]?.includes(won) ? "王敏" : "刘洋";
	expect(said.find((one) => !one.includes(won))).toContain(winner);
	for (const page of [wang, liu]) await page.locator(".case-head").getByText(winner).first().waitFor();
});

test("each sees that the other is looking, and what they are typing", async () => {
	await wang.locator(".case-head .present").waitFor();
	expect(await wang.locator(".case-head .present").getAttribute("aria-label")).toContain("刘洋正在看");
	await liu.goto(`${office.url}/?view=everyone`);
	await line(liu, first).locator(".present[aria-label*=王敏]").waitFor();
	await wang.goto(`${office.url}/cases/${first.case}?view=everyone&do=RecordUrging`);
	await wang.locator("form.command-form textarea").first().fill("客户来电催问");
	await liu.locator(`[data-case="${first.case}"] .present[aria-label*=正在填写]`).waitFor();
});

test("what two people write at once is never lost: the later one sees what changed, and goes on", async () => {
	await liu.goto(`${office.url}/cases/${first.case}?view=everyone&do=RecordUrging`);
	await liu.locator("form.command-form textarea").first().fill("客户第二次来电催问");
	await wang.locator("form.command-form textarea").first().focus();
	await wang.keyboard.press("Control+Enter");
	await wang.locator("form.command-form").waitFor({ state: "detached" });
	await liu.getByText("您填写期间，案件有了变动").waitFor();
	expect(await liu.locator("form.command-form textarea").first().inputValue()).toBe("客户第二次来电催问");
	await liu.getByRole("button", { name: "已看过，按最新内容继续" }).click();
	await liu.locator("form.command-form textarea").first().focus();
	await liu.keyboard.press("Control+Enter");
	await liu.locator("form.command-form").waitFor({ state: "detached" });
	const { urgings } = (await (await office.as("manager")).sees(first.case)).case;
	expect(urgings.map((one) => one.by)).toEqual(["handler", "handler2"]);
});

test("a line that is gone for a minute is said, and nothing is missed when it is back", async () => {
	await liu.goto(`${office.url}/?view=everyone`);
	await line(liu, second).waitFor();
	await liu.context().setOffline(true);
	await liu.getByText("网络断开了").first().waitFor();
	const third = await filed("催了三次没人回。", "19900009004");
	await (await office.as("handler")).does(second.case, "ClaimCase");
	await liu.context().setOffline(false);
	await liu.getByText("网络断开了").first().waitFor({ state: "detached" });
	await line(liu, second).getByText("王敏").waitFor();
	await liu
		.getByRole("button", { name: "1 件新案件" })
		.click({ timeout: 5_000 })
		.catch(() => {});
	await line(liu, third).waitFor();
});

test("a complaint that the agent takes down opens as a case, with its category and its number", async () => {
	const zhao = await hands.page("agent");
	await zhao.goto(`${office.url}/new`);
	await zhao.locator("[id=verbatim]").fill("快递箱子压扁了，里面的花瓶碎了。");
	await zhao.locator("[id=parties_0_name]").fill("李小明");
	await zhao.locator("[id=parties_0_phone]").fill("13800001234");
	await zhao.locator("form button[type=submit]").click();
	await zhao.locator("article.case").getByText("里面的花瓶碎了").first().waitFor();
	await zhao.getByRole("heading", { name: /破损/ }).waitFor();
});
