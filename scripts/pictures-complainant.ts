import type { BrowserContext, Page } from "playwright-core";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import type { Picture } from "./pictures-list.ts";

/** The complainant's pages on a phone, from the first question to where else one may turn. */

const size = { width: 390, height: 844 };
const PARCEL = { order: "YD7711880002", phone: "19900008802" };
const RESCUE = { order: "JY2026118801", phone: "19900008801" };
const LONG =
	"五月二日下午两点多，快递员打电话说放在门口，我六点下班回来箱子角已经压扁，里面的茶具碎了两只。我当场拍了照片，联系快递员，他说让我找商家，商家又让我找快递，来回推了三天，没有人给一句准话。".repeat(
		4,
	);

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Asks the API from the page; a refusal is an answer too: what was done for an earlier picture stays done. */
async function asks<T>(page: Page, path: string, body?: object, method = body ? "POST" : "GET"): Promise<T> {
	return (await page.evaluate(
		async ([to, sent, how]) => {
			const headers = { "content-type": "application/json" };
			const answer = await fetch(to, { method: how, headers, ...(sent ? { body: sent } : {}) });
			return await answer.json().catch(() => null);
		},
		[path, body ? JSON.stringify(body) : null, method] as const,
	)) as T;
}

const passes = new Map<string, Promise<Cookies>>();

/** Confirms the phone on an order, once for all pictures: codes are limited. */
async function proven(page: Page, of: typeof PARCEL): Promise<void> {
	const made = passes.get(of.order) ?? confirmed(page, of);
	passes.set(of.order, made);
	await page.context().addCookies(await made);
}

async function confirmed(page: Page, of: typeof PARCEL): Promise<Cookies> {
	const last = async () => (await asks<{ code: string | null }>(page, "/api/demo/code")).code;
	const before = await last();
	await asks(page, "/api/complain/code", of);
	let code = before;
	// the last one that went out may still be another order's
	while (!code || code === before) code = await last();
	await asks(page, "/api/complain/confirm", { ...of, code });
	return await page.context().cookies();
}

interface Filed {
	case: string;
	link: string;
}
let filing: Promise<Filed & { cookies: Cookies }> | null = null;

/** A complaint about a broken parcel, filed from this phone. */
async function followed(page: Page): Promise<Filed> {
	filing ??= (async () => {
		await proven(page, PARCEL);
		const filed = await asks<Filed>(page, "/api/complain/file", {
			category: "damage",
			words: LONG,
			wished: "赔偿损失",
			claimed: 12_000,
		});
		return { ...filed, cookies: await page.context().cookies() };
	})();
	const { cookies, ...filed } = await filing;
	await page.context().addCookies(cookies);
	return filed;
}

/** What the office has done in the case, by the first that it was done for. */
async function officeDoes(page: Page, { case: kase }: Filed, acts: readonly [string, string, object][]) {
	const mine = await page.context().cookies();
	for (const [login, type, fields] of acts) {
		await asks(page, "/api/session", { login, password: DEMO_PASSWORD });
		await asks(page, `/api/cases/${kase}/commands`, { type, ...fields });
	}
	await page.context().clearCookies();
	await page.context().addCookies(mine);
}

const OFFER: readonly [string, string, object][] = [
	["agent", "GradeCase", {}],
	["handler2", "ClaimCase", {}],
	[
		"handler2",
		"MakeOffer",
		{
			lines: [{ item: "compensation", amount: 6_000 }],
			grounds: "茶具四只碎两只，按您提供的订单价的一半，加上包装费。限额条款签约时未提示，不适用。",
		},
	],
];

const TALK: readonly [string, string, object][] = [
	["agent", "GradeCase", {}],
	["courier", "OpenDirectTalk", {}],
	["courier", "SendMessage", { to: "p1", words: "您好，我是送件的张师傅，茶具的事很抱歉，我先听您说。" }],
];

const behind = (page_: string) => async (page: Page) => `${(await followed(page)).link}/${page_}`;
const about = (of: typeof PARCEL, path: string) => async (page: Page) => {
	await proven(page, of);
	return path;
};
/** The order once more, when its complaint is there already. */
const running = async (page: Page) => {
	await followed(page);
	return "/complain";
};
/** What was typed before, so that every question can be opened. */
const typed = (path: string) => async (page: Page) => {
	await proven(page, PARCEL);
	const draft = { category: "damage", words: LONG, wishes: ["compensation"], amount: "120" };
	await page.evaluate(([order, text]) => localStorage.setItem(`redress.complaining.${order}`, text), [
		PARCEL.order,
		JSON.stringify({ typed: draft, at: new Date(Date.now() + 60_000).toISOString() }),
	] as const);
	return path;
};
let offering: Promise<void> | null = null;
const offered = async (page: Page) => {
	const filed = await followed(page);
	offering ??= officeDoes(page, filed, OFFER);
	await offering;
	return filed.link;
};
/** The courier has begun to talk with the complainant. */
let talking: Promise<void> | null = null;
const talked = (page_: string) => async (page: Page) => {
	const filed = await followed(page);
	talking ??= officeDoes(page, filed, TALK);
	await talking;
	return `${filed.link}/${page_}`;
};
const tap = (n: number) => (page: Page) => page.locator(".p-act .p-button").nth(n).click();

const renewing = (page: Page) => page.locator(".p-card .p-link").last().click();
const looking = (page: Page) => page.locator(".p-look").click();

/** In light and dark, in English and traditional Chinese. */
function everyWay(picture: Picture): Picture[] {
	const one = { ...size, full: true, ...picture };
	return [
		one,
		{ ...one, name: `${one.name}-dark`, dark: true },
		{ ...one, name: `${one.name}-en`, language: "en" },
		{ ...one, name: `${one.name}-tw`, language: "tw" },
	];
}

const failed = (page: Page) => page.getByRole("alert").waitFor();
const unreached = (what: string) => async (page: Page) => {
	await page.route(what, (route) => route.abort());
};

/** In this order: a complaint is asked about before it is filed, and followed before an offer is made. */
export const complainantPictures: readonly Picture[] = [
	...everyWay({ name: "complain-trade", path: "/complain" }),
	...everyWay({ name: "complain-order", path: `/complain?order=${PARCEL.order}` }),
	...everyWay({ name: "complain-found", path: about(PARCEL, "/complain") }),
	...everyWay({ name: "complain-proven", path: about(RESCUE, "/complain") }),
	...["kind", "words", "proof", "wish", "amount", "check"].flatMap((one) =>
		everyWay({ name: `complain-${one}`, path: typed(`/complain/${one}`) }),
	),
	{
		...{ ...size, name: "complain-unreached", path: "/complain" },
		...{ before: unreached("**/api/complain/order"), steps: failed },
	},
	...everyWay({ name: "follow-begun", path: behind("") }),
	...["messages", "add", "call", "mine", "correct", "reach", "urge", "withdraw", "story"].flatMap((one) =>
		everyWay({ name: `follow-${one}`, path: behind(one) }),
	),
	...["messages", "call"].flatMap((one) => everyWay({ name: `follow-talk-${one}`, path: talked(one) })),
	...everyWay({ name: "complain-running", path: running }),
	...everyWay({ name: "follow-offer", path: offered }),
	...everyWay({ name: "follow-decline", path: offered, steps: tap(0), full: false }),
	...everyWay({ name: "follow-accept", path: offered, steps: tap(2), full: false }),
	...["counter", "review", "outside"].flatMap((one) =>
		everyWay({ name: `follow-${one}`, path: behind(one) }),
	),
	...everyWay({ name: "follow-renew", path: behind("mine"), steps: renewing, full: false }),
	...everyWay({ name: "follow-look", path: behind(""), steps: looking, full: false }),
	...everyWay({ name: "follow-forged", path: "/c/not-a-link-at-all" }),
	{
		...{ ...size, name: "follow-unreached", path: behind("") },
		...{ before: unreached("**/api/link"), steps: failed },
	},
];
