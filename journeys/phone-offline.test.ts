import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { PhoneHands, pictureOf } from "./phone-hands.ts";

/** The worker's phone without a network: it opens, is read, notes with photos; and leaves nothing behind at the end. */

let office: Office;
let browser: RealBrowser;
let phone: PhoneHands;
const ORDER = "YD2026119901";

beforeAll(async () => {
	expect(existsSync("dist/web/phone.html"), "the pages are built by `npm test` beforehand").toBe(true);
	office = await Office.open("2026-03-05 10:00");
	browser = await openBrowser();
	await office.order(ORDER, {
		...{ trade: "express", status: "派送中", events: [], facts: { fee: 1_500 }, worker: "courier" },
		takenAt: instantOf("2026-03-05 08:00"),
		people: [{ role: "recipient", name: "许静", phone: "19900009901" }],
	});
});
afterEach(() => phone?.close());
afterAll(async () => {
	await browser?.close();
	await office?.close();
});

/** What lies in a store of the phone. */
async function storedIn(base: string, store: string): Promise<string[]> {
	return await phone.page.evaluate(
		([name, of]) =>
			new Promise<string[]>((resolve, reject) => {
				const asking = indexedDB.open(name);
				asking.onerror = () => reject(asking.error);
				asking.onsuccess = () => {
					const reading = asking.result.transaction(of).objectStore(of).getAll();
					reading.onerror = () => reject(reading.error);
					reading.onsuccess = () => {
						asking.result.close();
						resolve(reading.result.map((one: unknown) => JSON.stringify(one)));
					};
				};
			}),
		[base, store] as const,
	);
}

/** The pages of a first visit, and what was read, are kept by now. */
async function isKept(): Promise<void> {
	await phone.until(async () => (await storedIn("redress-read", "answers")).join().includes(ORDER));
	await phone.until(() =>
		phone.page.evaluate(async () => {
			await navigator.serviceWorker.ready;
			const kept = await (await caches.open("phone-pages-1")).keys();
			const paths = kept.map((one) => new URL(one.url).pathname);
			const wanted = performance
				.getEntriesByType("resource")
				.map((one) => new URL(one.name).pathname)
				.filter((path) => path.startsWith("/assets/"));
			// what sends files piece by piece is fetched last, by itself
			const sends = paths.some((one) => /^\/assets\/browser-/.test(one));
			return sends && paths.includes("/m") && wanted.every((one) => paths.includes(one));
		}),
	);
}

/** Goes to the order by the pages themselves, as one does without a network. */
async function opensOrder(): Promise<void> {
	const rooms = phone.page.getByRole("navigation", { name: "分区" });
	await rooms.getByRole("button", { name: "我的单" }).click();
	await phone.page.getByText(ORDER).first().click();
	await phone.reads("有人投诉时会自动成为您的证据");
}

async function photographs(words: string): Promise<void> {
	await phone.page.getByText("装前外观").first().click();
	await phone.page
		.locator("input[type=file]")
		.first()
		.setInputFiles(await pictureOf(phone.page, words));
	await phone.tap(/^记下$/);
}

test("it opens without a network after one visit, and what is photographed then arrives once it is back", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("courier");
	await opensOrder();
	await isKept();
	await phone.page.context().setOffline(true);
	await phone.page.reload();
	await phone.reads(ORDER);
	await phone.reads("没有网络");
	await phone.isSound();
	await photographs("装车前");
	await phone.reads(/网络断了|等待上传/);
	await phone.isSound();
	await phone.page.context().setOffline(false);
	await phone.page.locator(".p-files .p-good").waitFor({ timeout: 40_000 });
	await phone.reads("有照片");
	await phone.isSound();
	// a file that can't be taken says so, and what to do
	await phone.page.getByText("装前外观").first().click();
	await phone.page
		.locator("input[type=file]")
		.first()
		.setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture at all") });
	await phone.tap(/^记下$/);
	await phone.page.locator(".p-files .p-fault").waitFor();
	await phone.isSound();
	await phone.page.getByRole("button", { name: /^删除/ }).click();
	await phone.page.locator(".p-files .p-fault").waitFor({ state: "detached" });
});

test("whoever signs out with something unsent is told first; then nothing stays in the phone", async () => {
	phone = await PhoneHands.open(browser, office);
	await phone.signsIn("courier");
	await opensOrder();
	await phone.page.route("**/api/uploads*", (route) => route.abort("connectionreset"));
	await photographs("卸货后");
	await phone.page.locator(".p-files li").waitFor();
	await phone.goTo("/m");
	await phone.tap("退出");
	await phone.reads("还有 1 样没有发出");
	await phone.isSound();
	await phone.tap("先不退出");
	await phone.tap("退出");
	await phone.tap("不要了，退出");
	await phone.reads("登录");
	expect(await storedIn("redress-uploads", "files")).toEqual([]);
});
