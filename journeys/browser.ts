import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";

/** A real browser from npm, with Chinese letters, for journeys and pictures. */
export interface RealBrowser {
	browser: Browser;
	/** A page of this size, in a profile of its own. */
	page: (size: { width: number; height: number }, options?: { dark?: boolean }) => Promise<Page>;
	close: () => Promise<void>;
}

/** Its own arguments: the package's own would switch off the web's security and run everything in one process. */
const ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-dev-shm-usage",
	"--hide-scrollbars",
	"--font-render-hinting=none",
];

/** Starts the browser; it and its fonts lie in a folder of their own, removed at the end. */
export async function openBrowser(): Promise<RealBrowser> {
	const home = await mkdtemp(join(tmpdir(), "redress-browser-"));
	const environment = { ...process.env, HOME: home, TMPDIR: home, FONTCONFIG_FILE: await writeFonts(home) };
	const browser = await playwright.launch({
		executablePath: await unpacked(home),
		args: ARGUMENTS,
		headless: true,
		env: environment as Record<string, string>,
	});
	return {
		browser,
		page: async (size, { dark = false } = {}) => {
			const context = await browser.newContext({
				viewport: size,
				locale: "zh-CN",
				timezoneId: "Asia/Shanghai",
				colorScheme: dark ? "dark" : "light",
				reducedMotion: "reduce",
			});
			return context.newPage();
		},
		close: async () => {
			await browser.close();
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** Unpacks the browser below `home`: in the shared folder for scratch files an older one might be taken instead. */
async function unpacked(home: string): Promise<string> {
	const before = process.env.TMPDIR;
	process.env.TMPDIR = home;
	try {
		return await chromium.executablePath();
	} finally {
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	}
}

/** A font setup that knows one family with Chinese letters, in two weights. */
async function writeFonts(home: string): Promise<string> {
	const require = createRequire(import.meta.url);
	const fonts = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
	const folders = ["400Regular", "700Bold"].map((one) => join(fonts, one)).filter((one) => existsSync(one));
	const file = join(home, "fonts.conf");
	await mkdir(join(home, "font-cache"));
	await writeFile(
		file,
		`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((one) => `<dir>${one}</dir>`).join("")}<cachedir>${join(home, "font-cache")}</cachedir></fontconfig>`,
	);
	return file;
}

/** Faults that axe finds on the page as it stands; only those it calls serious or critical. */
export async function seriousFaults(page: Page): Promise<string[]> {
	const require = createRequire(import.meta.url);
	// run in the page's own world without a script element, which the pages' security policy would stop
	await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
	return page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
		interface Violation {
			id: string;
			impact: string | null;
			help: string;
			nodes: { html: string; failureSummary?: string }[];
		}
		const { violations } = await axe.run();
		return violations
			.filter((one) => one.impact === "serious" || one.impact === "critical")
			.map(
				(one) =>
					`${one.id}: ${one.help}: ${one.nodes
						.slice(0, 3)
						.map((node) => node.html.slice(0, 160))
						.join(" | ")}`,
			);
	});
}
