import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { BrowserContext, Page } from "playwright-core";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { openBrowser, type RealBrowser, seriousFaults } from "../journeys/browser.ts";
import { type Picture, pictures } from "./pictures-list.ts";

/**
 * `npm run pictures [-- WORD …] [--out FOLDER] [--at ADDRESS]`: a picture of every page and state (of those whose name
 * holds a WORD), taken in a real browser into `.pictures`, from a fresh demo or from one that runs at ADDRESS; says what
 * axe finds serious and what is wider than the screen.
 */

const ROOT = join(import.meta.dirname, "..");

/** The demo on a data folder of its own. */
async function startDemo(): Promise<{ url: string; stop: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), "redress-pictures-"));
	const port = 30_000 + (process.pid % 20_000);
	const child = spawn(process.execPath, [join(ROOT, "server", "main.ts")], {
		env: { ...process.env, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: "warn", DATABASE_URL: "" },
		stdio: ["ignore", "pipe", "inherit"],
	});
	const gone = new Promise<void>((resolve) => child.on("exit", () => resolve()));
	for await (const line of createInterface({ input: child.stdout })) if (line.includes("is at")) break;
	const stop = async () => {
		child.kill("SIGTERM");
		await gone;
		await rm(folder, { recursive: true, force: true });
	};
	return { url: `http://localhost:${port}`, stop };
}

/** Somebody's page, signed in without the door. */
async function pageOf(browser: RealBrowser, url: string, picture: Picture): Promise<Page> {
	const { width = 1440, height = 900, dark = false, language = "zh", login } = picture;
	const page = await browser.page({ width, height }, { dark });
	page.setDefaultTimeout(30_000);
	page.on("pageerror", (error) => console.log(`  ${picture.name}: the page broke: ${error.message}`));
	// any file of the same place: the pages themselves would lead on
	await page.goto(`${url}/icon.svg`);
	await page.evaluate((one) => localStorage.setItem("redress.language", one), language);
	if (login) await signIn(page, login);
	return page;
}

/** Who has signed in once stays so: only so many may sign in from one address in a while. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

async function signIn(page: Page, login: string): Promise<void> {
	const known = sessions.get(login);
	if (known) return await page.context().addCookies(known);
	await page.evaluate(
		async ([person, password]) => {
			const body = JSON.stringify({ login: person, password });
			const headers = { "content-type": "application/json" };
			const answer = await fetch("/api/session", { method: "POST", headers, body });
			if (!answer.ok) throw new Error(`${person} could not sign in: ${answer.status}`);
		},
		[login, DEMO_PASSWORD],
	);
	sessions.set(login, await page.context().cookies());
}

/** What stands on a page only by a slip of the programme: a value that has no words, a key without its text. */
async function slips(page: Page): Promise<string[]> {
	const text = await page.evaluate(() => document.body.innerText);
	return [...new Set(text.match(/\[object \w+\]|\bundefined\b|\bNaN\b|\bnull\b|\{\{\w+\}\}/g))].map(
		(slip) => `reads "${slip}"`,
	);
}

/** As high as what stands on it, so that what sticks to the foot lies at the foot and not across the middle. */
async function whole(page: Page): Promise<void> {
	const size = await page.evaluate(() => ({
		width: innerWidth,
		height: Math.max(innerHeight, document.documentElement.scrollHeight),
	}));
	await page.setViewportSize(size);
}

async function take(browser: RealBrowser, url: string, out: string, picture: Picture): Promise<boolean> {
	let page: Page | null = null;
	try {
		page = await pageOf(browser, url, picture);
		await picture.before?.(page);
		await page.goto(`${url}${typeof picture.path === "string" ? picture.path : await picture.path(page)}`);
		await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
		await picture.steps?.(page);
		await page
			.waitForFunction(() => !document.querySelector(".waiting"), null, { timeout: 5_000 })
			.catch(() => {});
		if (picture.full) await whole(page);
		await page.waitForTimeout(400);
		await page.screenshot({ path: join(out, `${picture.name}.png`) });
		const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		const faults = [...(await seriousFaults(page)), ...(await slips(page))];
		console.log(`${faults.length + Math.max(0, wider) === 0 ? "✓" : "✗"} ${picture.name}`);
		for (const fault of faults) console.log(`  ${fault}`);
		if (wider > 0) console.log(`  wider than the screen by ${wider}`);
		return faults.length === 0 && wider <= 0;
	} catch (error) {
		console.log(`✗ ${picture.name}: ${error instanceof Error ? error.message : error}`);
		return false;
	} finally {
		await page?.context().close();
	}
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { out: { type: "string" }, at: { type: "string" } },
});
const out = values.out ?? join(ROOT, ".pictures");
await mkdir(out, { recursive: true });
const wanted = pictures.filter(
	({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
const demo = values.at ? { url: values.at, stop: async () => {} } : await startDemo();
// fields for dates are written as the browser is: a Chinese one
process.env.LC_ALL = "zh_CN.UTF-8";
const browser = await openBrowser();
let wrong = 0;
try {
	for (const picture of wanted) wrong += (await take(browser, demo.url, out, picture)) ? 0 : 1;
} finally {
	await browser.close();
	await demo.stop();
}
console.log(`\n${wanted.length} pictures in ${out}, ${wrong} with faults`);
process.exitCode = wrong > 0 ? 1 : 0;
