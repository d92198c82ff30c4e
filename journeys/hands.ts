import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { type Field, fieldsOf, type JsonSchema } from "../web/form/schema.ts";
import { openBrowser, type RealBrowser } from "./browser.ts";
import { FormHands, type Manner } from "./form-hands.ts";
import type { Done } from "./visitor.ts";

/** Where a picture of what went wrong is left. */
const PICTURES = ".pictures";

interface CommandInfo {
	type: string;
	schema: JsonSchema;
}

/** What the desk calls the commands, as it shows them. */
type CommandNames = Readonly<Record<string, string>>;

/**
 * People at the desk in a real browser: each in a profile of their own, signed in by hand. An act is chosen from the
 * list of acts of the case, its form filled as people fill it, and sent; by mouse, or by the keyboard alone.
 */
export class DeskHands {
	readonly #browser: RealBrowser;
	readonly #url: string;
	readonly #manner: Manner;
	readonly #names: CommandNames;
	readonly #pages = new Map<string, Promise<Page>>();
	#commands: Map<string, Field[]> | null = null;

	private constructor(browser: RealBrowser, url: string, manner: Manner, names: CommandNames) {
		this.#browser = browser;
		this.#url = url;
		this.#manner = manner;
		this.#names = names;
	}

	static async open(url: string, manner: Manner, names: CommandNames): Promise<DeskHands> {
		return new DeskHands(await openBrowser(), url, manner, names);
	}

	close(): Promise<void> {
		return this.#browser.close();
	}

	/** The page of somebody who is signed in; signs them in the first time. */
	page(login: string): Promise<Page> {
		const known = this.#pages.get(login);
		if (known) return known;
		const page = this.#signIn(login);
		this.#pages.set(login, page);
		return page;
	}

	/** Chooses an act in the case, fills its form and sends it; it must be accepted. */
	async does(login: string, kase: string, type: string, fields: Record<string, unknown>): Promise<Done> {
		const page = await this.page(login);
		try {
			return await this.#act(page, kase, type, fields);
		} catch (error) {
			await page.screenshot({ path: join(PICTURES, `failed-${login}-${type}.png`) });
			throw error;
		}
	}

	async #act(page: Page, kase: string, type: string, fields: Record<string, unknown>): Promise<Done> {
		await page.goto(`${this.#url}/cases/${kase}`);
		await page.locator("article.case").waitFor();
		await this.#chooseAct(page, type);
		const form = page.getByRole("dialog").locator("form.command-form").last();
		// keys go where the focus is, and it comes when the drawer has opened
		await form.locator(":focus").waitFor();
		const wanted = (await this.#fields(page)).get(type) ?? [];
		await new FormHands(page, form, this.#manner).fill(wanted, fields);
		return await this.#send(page, form, type);
	}

	async #send(page: Page, form: Locator, type: string): Promise<Done> {
		const answered = page.waitForResponse(
			(response) =>
				response.request().method() === "POST" &&
				/\/(commands|evidence)$/.test(new URL(response.url()).pathname),
		);
		if (this.#manner === "mouse") await form.locator("button[type=submit]").click();
		else await page.keyboard.press("Control+Enter");
		const response = await answered.catch(async () => {
			const faults = await page.locator(".ant-form-item-explain-error").allInnerTexts();
			throw new Error(`${type} was not sent: ${faults.join(" ")}`);
		});
		const body = (await response.json()) as Done;
		if (!response.ok()) throw new Error(`${type} was refused at the desk: ${JSON.stringify(body)}`);
		await page.locator("form.command-form").waitFor({ state: "detached" });
		return body;
	}

	async #chooseAct(page: Page, type: string): Promise<void> {
		await page.locator("#room").focus();
		await page.keyboard.press("a");
		const search = page.getByRole("dialog").getByRole("combobox");
		await search.waitFor();
		await search.and(page.locator(":focus")).waitFor();
		await page.keyboard.insertText(this.#names[type] ?? type);
		const option = page.locator(`#act-${type}`);
		await option.waitFor();
		if ((await option.getAttribute("aria-disabled")) === "true")
			throw new Error(`${type} may not be done: ${await option.innerText()}`);
		if (this.#manner === "mouse") return await option.click();
		while ((await option.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
	}

	async #signIn(login: string): Promise<Page> {
		const page = await this.#browser.page({ width: 1440, height: 900 });
		page.setDefaultTimeout(20_000);
		await page.goto(this.#url);
		await page.getByLabel("账号").waitFor();
		await page.getByLabel("账号").focus();
		await page.keyboard.type(login);
		await page.keyboard.press("Tab");
		await page.keyboard.type(DEMO_PASSWORD);
		await page.keyboard.press("Enter");
		await page.locator("#room").waitFor();
		return page;
	}

	async #fields(page: Page): Promise<Map<string, Field[]>> {
		if (this.#commands) return this.#commands;
		const { commands } = (await page.evaluate(async () => (await fetch("/api/commands")).json())) as {
			commands: CommandInfo[];
		};
		this.#commands = new Map(commands.map((one) => [one.type, fieldsOf(one.type, one.schema)]));
		return this.#commands;
	}
}
