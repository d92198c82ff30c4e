import type { Page } from "playwright-core";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { openBrowser } from "../journeys/browser.ts";
import { fill, prepareFill } from "./filling.ts";
import { type Ground, machine, openGround, type Times } from "./ground.ts";
import { table, whole, writeBetween } from "./report.ts";

/**
 * `npm run bench:desk [-- --quick]`: the pages in a real browser: how much is loaded first, how the inbox scrolls, how
 * soon a key is answered and a case is open. The figures go into bench/README.md; a quick run only prints them.
 */

const CASES = 100_000;
const ROWS = 2_000;
const SCROLLING_MS = 120_000;
/** Of a row of the inbox. */
const HEIGHT = 57;
const OPENED = 30;
/** Ten rows at a time, as a wheel turned fast. */
const STEP = 10 * HEIGHT;
/** A frame at 60 a second. */
const FRAME = 1_000 / 60;

interface Frames {
	count: number;
	dropped: number;
	longest: number;
}

interface DeskFigures {
	script: { files: number; bytes: number };
	firstRows: number;
	scrolling: Frames;
	keys: Times;
	opening: Times;
}

async function measure(ground: Ground, rows: number): Promise<DeskFigures> {
	const url = await ground.redress.app.listen({ port: 0, host: "127.0.0.1" });
	const browser = await openBrowser();
	try {
		const page = await browser.page({ width: 1440, height: 900 });
		await signIn(page, ground, url);
		const loading = scriptsLoaded(page);
		const started = performance.now();
		await page.goto(url);
		await page.locator(".case-line").first().waitFor();
		const firstRows = performance.now() - started;
		await page.waitForLoadState("networkidle").catch(() => {});
		const script = await loading();
		const scrolling = await scroll(page, rows);
		const keys = await pressKeys(page);
		const opening = await openCases(page);
		return { script, firstRows, scrolling, keys, opening };
	} finally {
		await browser.close();
	}
}

async function signIn(page: Page, { redress }: Ground, url: string): Promise<void> {
	const payload = { login: "handler", password: DEMO_PASSWORD };
	const signed = await redress.app.inject({ method: "POST", url: "/api/session", payload });
	const cookies = [signed.headers["set-cookie"] ?? []].flat().map((one) => {
		const [name = "", ...value] = (one.split(";")[0] ?? "").split("=");
		return { name, value: value.join("="), url };
	});
	await page.context().addCookies(cookies);
}

/** What the first page loads of JavaScript, as it travels. */
function scriptsLoaded(page: Page): () => Promise<DeskFigures["script"]> {
	const sizes: Promise<number>[] = [];
	const note = (response: Awaited<ReturnType<Page["waitForResponse"]>>) => {
		if (!new URL(response.url()).pathname.endsWith(".js")) return;
		sizes.push(
			response
				.request()
				.sizes()
				.then((one) => one.responseBodySize),
		);
	};
	page.on("response", note);
	return async () => {
		page.off("response", note);
		const all = await Promise.all(sizes);
		return { files: all.length, bytes: all.reduce((sum, one) => sum + one, 0) };
	};
}

/** Turns the wheel until so many rows have gone by, and counts the frames. */
async function scroll(page: Page, rows: number): Promise<Frames> {
	await page.locator(".cases-scroll").hover();
	await page.evaluate(() => {
		const frames: number[] = [];
		Object.assign(window, { frames });
		let before = performance.now();
		const note = (now: number) => {
			frames.push(now - before);
			before = now;
			requestAnimationFrame(note);
		};
		requestAnimationFrame(note);
	});
	const place = () => page.evaluate(() => document.querySelector(".cases-scroll")?.scrollTop ?? 0);
	// a list that is shorter ends before; so does one that takes too long
	const until = performance.now() + SCROLLING_MS;
	for (let at = 0; at < rows * HEIGHT && performance.now() < until; at = await place())
		await page.mouse.wheel(0, STEP);
	if ((await place()) < rows * HEIGHT) throw new Error(`the list ended, or stood still, before row ${rows}`);
	const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
	const dropped = frames.reduce((sum, one) => sum + Math.max(0, Math.round(one / FRAME) - 1), 0);
	return { count: frames.length, dropped, longest: Math.max(...frames) };
}

/** From a key to the frame that shows it, with thousands of rows in the list. */
async function pressKeys(page: Page): Promise<Times> {
	await page.evaluate(() => {
		const took: number[] = [];
		Object.assign(window, { took });
		addEventListener(
			"keydown",
			() => {
				const pressed = performance.now();
				requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - pressed)));
			},
			true,
		);
	});
	await page.locator(".case-line").nth(5).focus();
	for (let n = 0; n < OPENED; n++) {
		await page.keyboard.press("j");
		await page.waitForFunction((count) => (window as unknown as { took: number[] }).took.length > count, n);
	}
	return timesOf(await page.evaluate(() => (window as unknown as { took: number[] }).took));
}

/** From the click to the case with its history, each another one. */
async function openCases(page: Page): Promise<Times> {
	const took: number[] = [];
	for (let n = 0; n < OPENED; n++) {
		const line = page.locator(".case-line").nth(n % 12);
		const number = await line.locator(".case-number").innerText();
		await page.mouse.move(1_200, 880); // no reading ahead
		const started = performance.now();
		await line.evaluate((one: HTMLElement) => one.click());
		await page.locator("article.case").filter({ hasText: number }).waitFor();
		took.push(performance.now() - started);
		if (n % 12 === 11) await page.mouse.wheel(0, 15 * HEIGHT);
	}
	return timesOf(took.slice(3));
}

function timesOf(measured: readonly number[]): Times {
	const sorted = [...measured].sort((a, b) => a - b);
	const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
	return { p50: at(0.5), p95: at(0.95) };
}

function sectionOf(figures: DeskFigures, cases: number, rows: number): string {
	const { script, firstRows, scrolling, keys, opening } = figures;
	const ms = ({ p50, p95 }: Times) => `${whole(p50)} / ${whole(p95)}`;
	const head = `${new Date().toISOString().slice(0, 10)}; ${machine()}; ${whole(cases)} cases; browser, server and database on the same cores.`;
	return `${head}\n\n${table(
		["the desk in a browser", "aim", ""],
		[
			[
				`JavaScript of the first page, brotli, kB (${script.files} files)`,
				"350",
				whole(script.bytes / 1_000),
			],
			["from the address to the first rows, ms", "", whole(firstRows)],
			[`frames while scrolling through ${whole(rows)} rows`, "", whole(scrolling.count)],
			["of them dropped", "", whole(scrolling.dropped)],
			["longest frame, ms", "", whole(scrolling.longest)],
			[`key to frame with ${whole(rows)} rows read, ms p50 / p95`, "50", ms(keys)],
			["opening a case, ms p50 / p95", "200", ms(opening)],
		],
	)}`;
}

const quick = process.argv.includes("--quick");
const [cases, rows] = quick ? [5_000, 300] : [CASES, ROWS];
const ground = await openGround("pglite");
try {
	await fill(ground, await prepareFill(ground), 0, cases);
	const section = sectionOf(await measure(ground, rows), cases, rows);
	console.log(section);
	if (!quick) await writeBetween("desk", section);
} finally {
	await ground.close();
}
