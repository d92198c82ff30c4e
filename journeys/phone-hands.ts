import type { Page } from "playwright-core";
import { expect } from "vitest";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { type RealBrowser, seriousFaults } from "./browser.ts";
import type { Office } from "./office.ts";

/** A phone in somebody's hand: 390 by 844, with a browser profile of its own. */
export class PhoneHands {
	readonly page: Page;
	readonly #office: Office;

	private constructor(page: Page, office: Office) {
		this.page = page;
		this.#office = office;
	}

	static async open(browser: RealBrowser, office: Office): Promise<PhoneHands> {
		const page = await browser.page({ width: 390, height: 844 });
		page.setDefaultTimeout(15_000);
		return new PhoneHands(page, office);
	}

	async goTo(path: string): Promise<void> {
		await this.page.goto(`${this.#office.url}${path}`);
	}

	/** Presses a button, by what stands on it. */
	async tap(name: string | RegExp): Promise<void> {
		await this.page.getByRole("button", { name }).first().click();
	}

	async types(label: string | RegExp, text: string): Promise<void> {
		await this.page.getByLabel(label).first().fill(text);
	}

	async reads(text: string | RegExp): Promise<void> {
		await this.page.getByText(text).first().waitFor();
	}

	/** Asks for a code and types it in when the text message has come; the sixth figure sends it. */
	async getsCode(asking: () => Promise<void>): Promise<void> {
		const code = () => this.#office.lastCode().catch(() => null);
		const before = await code();
		await asking();
		await this.page.locator(".p-code").waitFor();
		await this.until(async () => (await code()) !== before);
		await this.page.locator(".p-code").fill(await this.#office.lastCode());
	}

	/** Finds the order and shows that the phone on it is one's own. */
	async provesOrder(trade: string, order: string, phone: string): Promise<void> {
		await this.goTo("/complain");
		await this.tap(trade);
		await this.types(/号$/, order);
		await this.types(/手机号$/, phone);
		await this.getsCode(() => this.tap("获取验证码"));
		await this.reads(order);
	}

	/** Enters the page of whoever is complained of, by name and password. */
	async signsIn(login: string): Promise<void> {
		await this.goTo("/m");
		await this.tap("用账号和密码登录");
		await this.types("账号", login);
		await this.types("密码", DEMO_PASSWORD);
		await this.tap("登录");
		await this.page.getByRole("navigation", { name: "分区" }).waitFor();
	}

	/** Chooses a file for a place of the recipe. */
	async brings(label: string, file: Picture): Promise<void> {
		await this.page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles(file);
	}

	/** Nothing on the page is out of reach: axe finds nothing serious, and nothing is wider than the phone. */
	async isSound(): Promise<void> {
		expect(await seriousFaults(this.page), await this.page.title()).toEqual([]);
		const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(wider).toBeLessThanOrEqual(0);
	}

	/** Waits for what comes of itself. */
	async until(holds: () => Promise<boolean>): Promise<void> {
		await expect.poll(holds, { timeout: 15_000 }).toBe(true);
	}

	/** How many bytes of JavaScript come over the line at a first visit. */
	async measures(path: string, language: "zh" | "tw" | "en"): Promise<number> {
		await this.page.addInitScript((one) => localStorage.setItem("redress.language", one), language);
		const sizes: Promise<number>[] = [];
		this.page.on("requestfinished", (request) => {
			if (new URL(request.url()).pathname.endsWith(".js"))
				sizes.push(request.sizes().then((one) => one.responseBodySize));
		});
		await this.goTo(path);
		await this.page.waitForLoadState("networkidle");
		return (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}
}

export interface Picture {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** A real picture, unlike every other, of so many bytes at least. */
export async function pictureOf(page: Page, words: string, bytes = 0): Promise<Picture> {
	const data = await page.evaluate(
		async ([text, least]) => {
			const canvas = document.createElement("canvas");
			// noise doesn't shrink: about three bytes for every pixel
			canvas.width = canvas.height = Math.max(64, Math.ceil(Math.sqrt(least / 2)));
			const drawing = canvas.getContext("2d");
			if (!drawing) throw new Error("no canvas");
			const noise = drawing.createImageData(canvas.width, canvas.height);
			let seed = [...text].reduce((sum, one) => sum + one.charCodeAt(0), 1);
			for (let n = 0; n < noise.data.length; n++) {
				seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
				noise.data[n] = n % 4 === 3 ? 255 : seed >>> 24;
			}
			drawing.putImageData(noise, 0, 0);
			drawing.fillText(text, 4, 20);
			const url = canvas.toDataURL("image/png");
			return url.slice(url.indexOf(",") + 1);
		},
		[words, bytes] as const,
	);
	return { name: `${words}.png`, mimeType: "image/png", buffer: Buffer.from(data, "base64") };
}
