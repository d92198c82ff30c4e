import type { Page } from "playwright-core";
import { APPEALED, ASKED, BLOCKED, GRADED, inCase, LOST, TALKED, WON } from "./pictures-cases.ts";
import type { Picture } from "./pictures-list.ts";
import { answering } from "./pictures-ways.ts";

/** The pages of whoever is complained of, on their phone; cases are filed and taken further for them. */

const size = { width: 390, height: 844, full: true };
const TRADITIONAL: ReadonlySet<string> = new Set([
	"door",
	"case-told",
	"case-coach",
	"case-lost",
	"score-waits",
	"practice",
	"order",
]);

/** In light and dark, and in English; the fullest pages in traditional Chinese too. */
function everyWay(picture: Picture, looker: { login?: string } = { login: "driver2" }): Picture[] {
	const one = { ...size, ...looker, ...picture, name: `worker-${picture.name}` };
	return [
		one,
		{ ...one, name: `${one.name}-dark`, dark: true },
		{ ...one, name: `${one.name}-en`, language: "en" },
		...(TRADITIONAL.has(picture.name) ? [{ ...one, name: `${one.name}-tw`, language: "tw" as const }] : []),
	];
}
const once = (picture: Picture): Picture => ({
	...size,
	login: "driver2",
	...picture,
	name: `worker-${picture.name}`,
});

const types =
	(text: string, n = 0) =>
	(page: Page) =>
		page.locator("textarea").nth(n).fill(text);
const act = (n: number) => (page: Page) => page.locator(".p-act button").nth(n).click();
const row = (n: number) => (page: Page) => page.locator("main button").nth(n).click();
const inTurn =
	(...steps: ((page: Page) => Promise<unknown>)[]) =>
	async (page: Page) => {
		for (const step of steps) await step(page);
	};
const failed = (page: Page) => page.getByRole("alert").waitFor();
const aborts = (what: string) => async (page: Page) => {
	await page.route(what, (route) => route.abort());
};
const never = (what: string) => async (page: Page) => {
	await page.route(what, () => {});
};
/** As at noon: between ten and eight nobody may be called. */
const byDay = answering("**/api/cases/*/coach", (coach: { contact: object }) => ({
	...coach,
	contact: { ...coach.contact, notNow: null },
}));
/** A call that rings, at whatever hour the picture is taken. */
const rings = async (page: Page) => {
	await byDay(page);
	const line = { id: "line", number: "95013123456", expiresAt: "2099-01-01T00:00:00Z", pretend: true };
	await page.route("**/api/cases/*/lines", (route) => route.fulfill({ json: line }));
	await page.route("**/api/pretend/calls", (route) =>
		route.fulfill({ json: { id: "call", answeredAt: null } }),
	);
};
const offline = async (page: Page) => {
	await page.context().setOffline(true);
	await page.evaluate(() => dispatchEvent(new Event("offline")));
};
const photo = async (page: Page) => {
	const png = await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 90 } });
	await page
		.locator("input[type=file]")
		.first()
		.setInputFiles({ name: "lift.png", mimeType: "image/png", buffer: png });
	await page.locator(".p-files .p-good").waitFor();
};
const answers = async (page: Page) => {
	for (let n = 0; n < 4; n += 1) await act(0)(page);
	for (let n = 0; n < 3; n += 1) await inTurn(row(0), act(0))(page);
	await page.locator(".r-score").waitFor();
};
const ORDER = "/m/orders/FR880021";

/** In this order: what is done for one picture is seen on those of the lists after it. */
export const respondentPictures: readonly Picture[] = [
	...everyWay({ name: "door", path: "/m" }, {}),
	...everyWay({ name: "case-told", path: inCase(GRADED) }),
	...everyWay({ name: "case-coach", path: inCase(GRADED, "coach") }),
	...everyWay({ name: "case-call", path: inCase(GRADED, "call"), before: byDay }),
	...everyWay({
		name: "case-ringing",
		path: inCase(TALKED, "call"),
		steps: act(0),
		full: false,
		before: rings,
	}),
	...everyWay({ name: "case-begin-talk", path: inCase(GRADED, "offer"), full: false }),
	...everyWay({ name: "case-offer", path: inCase(TALKED, "offer"), steps: row(0) }),
	...everyWay({
		name: "case-offer-above",
		path: inCase(TALKED, "offer"),
		steps: inTurn(row(0), (page) => page.locator(".r-amount").fill("100")),
	}),
	...everyWay({ name: "case-offered", path: inCase(TALKED) }),
	...everyWay({ name: "case-chat", path: inCase(TALKED, "chat"), full: false }),
	...everyWay({
		...{ name: "case-chat-stopped", path: inCase(TALKED, "chat"), full: false },
		steps: types("我微信转您50元，您撤了投诉。"),
	}),
	once({
		name: "case-chat-asked",
		path: inCase(TALKED, "chat"),
		full: false,
		steps: types("您这是无理取闹。"),
	}),
	...everyWay({ name: "case-asked", path: inCase(ASKED) }),
	...everyWay({
		name: "case-explain",
		path: inCase(ASKED, "explain"),
		steps: types("这客户无理取闹。电梯停用。"),
	}),
	...everyWay({
		...{ name: "case-proof", path: inCase(ASKED, "explain") },
		steps: inTurn(types("14:20 到达，电梯贴有停用告示。"), act(0), photo),
	}),
	once({
		name: "case-offline",
		path: inCase(ASKED, "explain"),
		steps: inTurn(types("电梯停用。"), offline, act(0), act(0)),
	}),
	...everyWay({ name: "case-lost", path: inCase(LOST) }),
	...everyWay({ name: "case-appeal", path: inCase(LOST, "appeal") }),
	...everyWay({ name: "score-waits", path: async (page) => (await inCase(LOST)(page)) && "/m/score" }),
	...everyWay({ name: "case-supplement", path: inCase(APPEALED, "appeal") }),
	...everyWay({ name: "case-appealed", path: inCase(APPEALED) }),
	...everyWay({ name: "case-won", path: inCase(WON) }),
	...everyWay({ name: "case-no-appeal", path: inCase(WON, "appeal"), full: false }),
	...everyWay({ name: "case-propose", path: inCase(BLOCKED, "propose") }),
	...everyWay({ name: "case-block", path: inCase(GRADED, "block") }),
	...everyWay({ name: "case-blocked", path: inCase(BLOCKED, "block") }),
	once({ name: "case-not-mine", path: "/m/case/none" }),
	once({ name: "case-unreached", path: inCase(WON), before: aborts("**/api/cases/*/coach"), steps: failed }),
	...everyWay({ name: "home", path: "/m" }),
	...everyWay({ name: "home-quiet", path: "/m", login: "keeper" }),
	once({ name: "home-loading", path: "/m", before: never("**/api/mine"), full: false }),
	once({ name: "home-unreached", path: "/m", before: aborts("**/api/mine"), steps: failed }),
	once({ name: "home-offline", path: "/m", steps: offline }),
	once({ name: "stranger", path: "/m", login: "handler" }),
	...everyWay({ name: "score", path: "/m/score" }),
	once({ name: "score-quiet", path: "/m/score", login: "keeper" }),
	...everyWay({ name: "learn", path: "/m/learn" }),
	...everyWay({ name: "practice", path: "/m/practice/freight-broken-mirror", steps: row(1) }),
	...everyWay({
		name: "practice-end",
		path: "/m/practice/freight-broken-mirror",
		steps: inTurn(row(1), row(1)),
	}),
	...everyWay({ name: "training-card", path: training, full: false }),
	...everyWay({
		name: "training-question",
		path: training,
		steps: inTurn(act(0), act(0), act(0), act(0), row(1)),
		full: false,
	}),
	...everyWay({ name: "training-failed", path: training, steps: answers }),
	...everyWay({ name: "orders", path: "/m/orders", login: "driver" }),
	once({ name: "orders-courier", path: "/m/orders", login: "courier3" }),
	...everyWay({ name: "order", path: ORDER, login: "driver" }),
	...["need", "loading", "delay", "left", "second", "refused", "abnormal", "handover"].flatMap((kind) =>
		everyWay({ name: `order-${kind}`, path: `${ORDER}/${kind}`, login: "driver", full: false }),
	),
	once({ name: "confirm-gone", path: `/m/confirm/${"x".repeat(60)}` }),
];

async function training(page: Page): Promise<string> {
	const path = await inCase(BLOCKED)(page);
	return `${path.replace("/case/", "/training/")}/j1`;
}
