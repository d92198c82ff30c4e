import type { Page } from "playwright-core";
import { makeLink } from "#server/accounts/links.ts";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { COMPANY } from "#server/demo/company.ts";
import { openBrowser, type RealBrowser } from "../journeys/browser.ts";
import { type Ground, machine, openGround } from "./ground.ts";
import { table, whole, writeBetween } from "./report.ts";

/**
 * `npm run bench:phone [-- --quick]`: the two phones' pages opened for the first time on a slow mobile network and a
 * slow phone, as Lighthouse has them. The figures go into bench/README.md; a quick run only prints them.
 */

/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms for each request; a processor four times slower. */
const SLOW_4G = {
	offline: false,
	latency: 150,
	downloadThroughput: (1.6 * 1_000_000) / 8,
	uploadThroughput: (750 * 1_000) / 8,
};
const SLOWER_CPU = 4;
const AIM_MS = 3_000;
const AIM_BYTES = 150_000;
const RUNS = 5;

interface Visit {
	script: number;
	requests: number;
	painted: number;
	usable: number;
}

interface Opened {
	what: string;
	path: string;
	/** Signed in as. */
	login?: string;
	/** What one can do first on it. */
	act: string;
}

/** The pages, with what is done first on each. */
async function pagesOf(ground: Ground): Promise<Opened[]> {
	const [open] = await ground.rows<{ stream: string; party: string }>(
		`select s.stream, party->>'id' as party from snapshot s cross join lateral jsonb_array_elements(s.state->'parties') as party
where s.kind = 'case' and s.state->'closure' = 'null'::jsonb and party->>'side' = 'complainant' and party->'phone' <> 'null'::jsonb
order by s.stream limit 1`,
	);
	const [mine] = await ground.rows<{ id: string }>(
		"select id from case_row where closed_at is null and respondents @> array['courier'] order by received_at desc limit 1",
	);
	if (!open || !mine) throw new Error("the demo has no open case of a complainant, or of the courier");
	const token = await makeLink(ground.redress.accounts, {
		company: COMPANY,
		case: open.stream,
		party: open.party,
		expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
	});
	return [
		{ what: "follow a complaint: /c/…", path: `/c/${token}`, act: ".p-act .p-button-strong" },
		{ what: "complain: /complain", path: "/complain", act: ".p-choice" },
		{ what: "what waits for the worker: /m", path: "/m", login: "courier", act: ".r-case" },
		{
			what: "one case of the worker: /m/case/…",
			path: `/m/case/${mine.id}`,
			login: "courier",
			act: ".p-act .p-button",
		},
		{ what: "the worker's door: /m", path: "/m", act: ".p-act .p-button-strong" },
	];
}

async function visit(browser: RealBrowser, ground: Ground, url: string, opened: Opened): Promise<Visit> {
	const page = await browser.page({ width: 390, height: 844 });
	try {
		if (opened.login) await signIn(page, ground, url, opened.login);
		const sizes: Promise<{ script: boolean; bytes: number }>[] = [];
		page.on("requestfinished", (request) => {
			const script = new URL(request.url()).pathname.endsWith(".js");
			sizes.push(request.sizes().then((one) => ({ script, bytes: one.responseBodySize })));
		});
		await slowDown(page);
		await page.addInitScript((act) => {
			// the first frame in which it stands there and can be pressed
			const look = () => {
				const found = document.querySelector<HTMLButtonElement>(act);
				if (found && !found.disabled) Object.assign(window, { usable: performance.now() });
				else requestAnimationFrame(look);
			};
			requestAnimationFrame(look);
		}, opened.act);
		await page.goto(url + opened.path, { waitUntil: "commit", timeout: 60_000 });
		await page.waitForFunction(() => "usable" in window, undefined, { timeout: 60_000 });
		await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
		const times = await page.evaluate(() => ({
			painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
			// what stands in the page before it is painted can't be touched yet
			usable: Math.max(
				(window as unknown as { usable: number }).usable,
				performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
			),
		}));
		await page.waitForLoadState("networkidle").catch(() => {});
		const all = await Promise.all(sizes);
		const script = all.filter((one) => one.script).reduce((sum, one) => sum + one.bytes, 0);
		return { ...times, script, requests: all.length };
	} finally {
		await page.context().close();
	}
}

async function slowDown(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send("Network.enable");
	await session.send("Network.emulateNetworkConditions", SLOW_4G);
	await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_CPU });
}

async function signIn(page: Page, { redress }: Ground, url: string, login: string): Promise<void> {
	const payload = { login, password: DEMO_PASSWORD };
	const signed = await redress.app.inject({ method: "POST", url: "/api/session", payload });
	const cookies = [signed.headers["set-cookie"] ?? []].flat().map((one) => {
		const [name = "", ...value] = (one.split(";")[0] ?? "").split("=");
		return { name, value: value.join("="), url };
	});
	await page.context().addCookies(cookies);
}

/** The middle one of several visits, by when it can be used. */
function middle(visits: readonly Visit[]): Visit {
	const sorted = [...visits].sort((a, b) => a.usable - b.usable);
	return sorted[Math.floor(sorted.length / 2)] as Visit;
}

function sectionOf(rows: readonly { what: string; seen: Visit }[], runs: number): string {
	const marked = (value: number, aim: number, text: string) => (value > aim ? `**${text}**` : text);
	const head = `${new Date().toISOString().slice(0, 10)}; ${machine()}; a first visit, nothing kept: 1.6 Mbit/s down, 750 kbit/s up, 150 ms a request, processor slowed ${SLOWER_CPU} times; the middle of ${runs}.`;
	return `${head}\n\n${table(
		[
			"the two phones on a slow network",
			"JavaScript, brotli, kB (aim 150)",
			"requests",
			"first words, ms",
			"can be used, ms (aim 3,000)",
		],
		rows.map(({ what, seen }) => [
			what,
			marked(seen.script, AIM_BYTES, whole(seen.script / 1_000)),
			whole(seen.requests),
			whole(seen.painted),
			marked(seen.usable, AIM_MS, whole(seen.usable)),
		]),
	)}`;
}

const quick = process.argv.includes("--quick");
const runs = quick ? 2 : RUNS;
const ground = await openGround("pglite");
const browser = await openBrowser();
try {
	const url = await ground.redress.app.listen({ port: 0, host: "127.0.0.1" });
	const rows = [];
	for (const opened of await pagesOf(ground)) {
		const visits: Visit[] = [];
		for (let run = 0; run < runs; run++) visits.push(await visit(browser, ground, url, opened));
		rows.push({ what: opened.what, seen: middle(visits) });
	}
	const section = sectionOf(rows, runs);
	console.log(section);
	if (!quick) await writeBetween("phone", section);
} finally {
	await browser.close();
	await ground.close();
}
