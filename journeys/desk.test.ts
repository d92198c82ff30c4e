import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { openBrowser, type RealBrowser, seriousFaults } from "./browser.ts";
import { Office } from "./office.ts";

/** The first web face in a real browser: a handler signs in, takes a complaint up, finds it again, in two languages. */
let office: Office;
let browser: RealBrowser;
let page: Page;
let number: string;

beforeAll(async () => {
	expect(existsSync("dist/web/index.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-05 10:00");
	browser = await openBrowser();
	page = await browser.page({ width: 1440, height: 900 });
	page.setDefaultTimeout(30_000);
	const agent = await office.as("agent");
	const filed = await agent.files("express", {
		channel: "phone",
		verbatim: "包裹送错楼了，签收照片不是我家的门，请帮我找回来。",
		parties: [
			{ seat: "recipient", name: "安可欣", phone: "19900009002" },
			{ seat: "courier", person: "courier2" },
		],
		allegations: [{ category: "misdelivery", accused: [1] }],
		orders: [
			{
				number: "YD2026100035",
				facts: { fee: 1500, insured: false, serviceArea: "same-city", delayDays: 0 },
			},
		],
	});
	number = filed.number;
	await agent.does(filed.case, "GradeCase");
});
afterAll(async () => {
	await browser?.close();
	await office?.close();
});

test("the handler signs in, sees the case among those to be claimed, and claims it", async () => {
	await page.goto(office.url);
	await page.getByLabel("账号").fill("handler");
	await page.getByLabel("密码").fill(DEMO_PASSWORD);
	await page
		.getByRole("button", { name: "登 录" })
		.or(page.getByRole("button", { name: "登录" }))
		.click();
	await page.getByRole("heading", { name: "收件箱" }).waitFor();
	expect(await seriousFaults(page)).toEqual([]);
	await page.getByText("待认领").first().click();
	await page.getByText(number).first().click();
	await page.getByText("包裹送错楼了", { exact: false }).first().waitFor();
	expect(await seriousFaults(page)).toEqual([]);
	await page
		.locator(".next")
		.getByRole("button", { name: /认\s?领/ })
		.click();
	await page.locator("form.command-form button[type=submit]").click();
	await page.locator("form.command-form").waitFor({ state: "detached" });
	await page
		.getByText("负责人：王敏")
		.or(page.getByText(/负责人.*王敏/))
		.first()
		.waitFor();
});

test("what may not be done is said with its reason", async () => {
	await page.locator("#room").focus();
	await page.keyboard.press("a");
	await page.getByRole("dialog").getByRole("combobox").fill("完成");
	const completing = page.locator("#act-CompleteItem");
	await completing.waitFor();
	expect(await completing.getAttribute("aria-disabled")).toBe("true");
	expect(await completing.innerText()).toContain("方案还没有定下来");
	expect(await seriousFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
});

test("search finds it by words, with the words marked", async () => {
	await page.keyboard.press("Control+k");
	await page.getByRole("dialog").getByRole("combobox").fill("签收照片");
	await page.locator("mark").first().waitFor();
	await page.keyboard.press("Escape");
});

test("everything reads in English and in traditional Chinese too, and fits a phone", async () => {
	await page.goto(office.url);
	await page.locator("select.language").selectOption("tw");
	await page.locator("html[lang=zh-TW]").waitFor();
	await page.getByText("篩選").first().waitFor();
	await page.locator("select.language").selectOption("en");
	await page.getByRole("heading", { name: "Inbox" }).waitFor();
	await page.setViewportSize({ width: 390, height: 844 });
	const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	expect(wider).toBeLessThanOrEqual(0);
	expect(await seriousFaults(page)).toEqual([]);
});
