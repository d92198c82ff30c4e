import type { Page } from "playwright-core";
import {
	answering,
	asks,
	everyWay,
	never,
	type Picture,
	press,
	tablet,
	told,
	unreached,
} from "./pictures-ways.ts";

/** The rooms of the desk: by somebody who works in them, and empty, out of reach, waiting, with long words. */

const ROOMS: readonly [name: string, login: string, path: string, asked: string][] = [
	["approvals", "approver", "/approvals", "**/api/work/approvals*"],
	["questions", "outlet-lead", "/questions", "**/api/work/questions*"],
	["appeals", "reviewer", "/appeals", "**/api/work/appeals*"],
	["outside", "liaison", "/outside", "**/api/work/outside*"],
	["incidents", "handler", "/incidents", "**/api/work/incidents*"],
	["follow-ups", "quality", "/follow-ups", "**/api/work/follow-ups*"],
	["handover", "handler", "/handover", "**/api/work/handover*"],
];

interface WorkAnswer {
	items: object[];
	texts: Record<string, string>;
	next: string | null;
}
const emptied = (answer: WorkAnswer) => ({ ...answer, items: [], next: null });
const longer = (answer: WorkAnswer) => ({
	...answer,
	texts: Object.fromEntries(Object.entries(answer.texts).map(([ref, text]) => [ref, text.repeat(12)])),
});

const work: Picture[] = ROOMS.flatMap(([name, login, path, asked]) => [
	...everyWay({ name: `room-${name}`, login, path }),
	{ name: `room-${name}-empty`, login, path, before: answering(asked, emptied) },
	{ name: `room-${name}-error`, login, path, before: unreached(asked), steps: told },
	{ name: `room-${name}-loading`, login, path, before: never(asked) },
	{ name: `room-${name}-long`, login, path, before: answering(asked, longer) },
]);

const workStates: Picture[] = [
	{ name: "room-approvals-tablet", login: "approver", path: "/approvals", ...tablet },
	{ name: "room-approvals-return", login: "approver", path: "/approvals", steps: press("b") },
	{
		name: "room-questions-answered",
		login: "outlet-lead",
		path: "/questions",
		steps: async (page) => await page.getByRole("button", { name: "已答复" }).click(),
	},
	{ name: "room-appeals-assign", login: "manager", path: "/appeals", steps: press("a") },
	{ name: "room-outside-tablet", login: "liaison", path: "/outside", ...tablet },
	{ name: "room-incidents-offer", login: "handler", path: "/incidents", steps: press("f") },
	{ name: "room-incidents-new", login: "handler", path: "/incidents", steps: press("n") },
	{ name: "room-follow-ups-no-answer", login: "quality", path: "/follow-ups", steps: press("n") },
	{
		name: "room-handover-given",
		login: "handler",
		path: "/handover",
		steps: async (page) => {
			await page.locator(".handover-all .ant-select").click();
			await page.getByRole("option").nth(1).waitFor({ state: "attached" });
			await page.keyboard.press("ArrowDown");
			await page.keyboard.press("Enter");
		},
	},
];

/** Whatever rings or is talked in is over: pictures of calls don't disturb one another. */
async function hangUp(page: Page): Promise<void> {
	const { waiting, current } = await asks<{ waiting: { id: string }[]; current: { id: string } | null }>(
		page,
		"GET",
		"/api/calls/waiting",
	);
	for (const { id } of [...waiting, ...(current ? [current] : [])])
		await asks(page, "POST", "/api/calls", { event: "ended", call: id });
}
const onCall = async (page: Page) => {
	await press("p")(page);
	await page.getByRole("button", { name: /^(接听|Answer)/ }).click();
	await page.locator(".in-call .track").first().waitFor();
};

const phone: Picture[] = [
	...everyWay({ name: "room-phone", login: "agent", path: "/phone" }),
	...everyWay({
		name: "room-phone-ringing",
		login: "agent2",
		path: "/phone",
		before: hangUp,
		steps: async (page) => {
			await press("p")(page);
			await page.locator(".ringing-who b").waitFor();
		},
	}),
	...everyWay({ name: "room-phone-call", login: "agent2", path: "/phone", before: hangUp, steps: onCall }),
	...everyWay({
		name: "room-phone-read-out",
		login: "agent2",
		path: "/phone",
		before: hangUp,
		steps: async (page) => {
			await onCall(page);
			await page.locator("#verbatim").fill("快件写着已签收，我人在外地，问了家里也没有人收到。");
			await page.locator(".intake-end button[type=submit]").click();
			await page.locator(".read-out-number").waitFor();
		},
	}),
	{
		name: "room-phone-error",
		login: "agent",
		path: "/phone",
		before: unreached("**/api/calls/waiting*"),
		steps: told,
	},
	{ name: "room-phone-loading", login: "agent", path: "/phone", before: never("**/api/calls/waiting*") },
];

const FILLED =
	"快递员电话 13800001234，运单 YD7711880002，昨天下午三点在龙华大道把箱子扔在楼道，赔我 560 元。";
/** A complaint being taken down, with what was found in its words. */
export const typed = async (page: Page) => {
	await page.locator("#verbatim").fill(FILLED);
	await page.locator(".chip").first().waitFor();
};

const filing: Picture[] = [
	...everyWay({ name: "room-filing", login: "agent", path: "/new" }),
	{
		name: "room-filing-typed",
		login: "agent",
		path: "/new",
		// the whole form: what sticks to the foot would lie across it on a page-long picture
		height: 1404,
		steps: typed,
	},
	{
		name: "room-filing-missing",
		login: "agent2",
		path: "/new",
		steps: async (page) => {
			await page.locator("#verbatim").fill("");
			await page.locator(".intake-end button[type=submit]").click();
			await page.locator(".ant-form-item-explain-error").first().waitFor();
		},
	},
];

interface BoardAnswer {
	open: object[];
	waiting: object[];
	contacts: object[];
	late: object[];
}
const board: Picture[] = [
	...everyWay({ name: "room-today", login: "manager", path: "/today" }),
	{ name: "room-today-whole", login: "manager", path: "/today", full: true },
	{
		name: "room-today-empty",
		login: "manager",
		path: "/today",
		full: true,
		before: answering("**/api/today", (answer: BoardAnswer) => ({
			...{ ...answer, open: [], waiting: [], contacts: [], late: [], reopened: 0, appealed: 0 },
			hours: { today: Array(24).fill(0), usual: Array(24).fill(0) },
			closed: { closed: 0, onTheSpot: 0, broken: 0, promises: 0, promisesKept: 0 },
		})),
	},
	{
		name: "room-today-error",
		login: "manager",
		path: "/today",
		before: unreached("**/api/today"),
		steps: told,
	},
	{ name: "room-today-loading", login: "manager", path: "/today", before: never("**/api/today") },
];

/** The first example of a pack, tried. */
const example = async (page: Page) => {
	await page.getByRole("combobox", { name: /^(从一个例子|Start from)/ }).click();
	await page.locator(".ant-select-item-option").first().click();
	await page.waitForLoadState("networkidle");
};
const packs: Picture[] = [
	...everyWay({ name: "room-packs", login: "manager", path: "/packs" }),
	...everyWay({ name: "room-pack", login: "manager", path: "/packs/express" }),
	...["clocks", "fault", "remedies", "approvals", "reputation", "appeals", "bodies", "guard", "wording"].map(
		(part) => ({ name: `room-pack-part-${part}`, login: "manager", path: `/packs/express?part=${part}` }),
	),
	{ name: "room-pack-found", login: "manager", path: "/packs/express?q=%E4%BF%9D%E4%BB%B7" },
	{ name: "room-pack-found-none", login: "manager", path: "/packs/express?q=zzzz" },
	{ name: "room-pack-not-there", login: "manager", path: "/packs/none" },
	...everyWay({
		name: "room-pack-try",
		login: "manager",
		path: "/packs/express?part=try",
		full: true,
		steps: example,
	}),
];

interface Hook {
	id: string;
	url: string;
}
/** A webhook whose deliveries fail: nobody is at home there. */
async function hooked(page: Page): Promise<string> {
	const url = "http://localhost:9/events";
	const { webhooks } = await asks<{ webhooks: Hook[] }>(page, "GET", "/api/webhooks");
	const known = webhooks.find((one) => one.url === url);
	const made = known ?? (await asks<Hook>(page, "POST", "/api/webhooks", { url, events: ["*"] }));
	if (!known) await asks(page, "POST", `/api/webhooks/${made.id}/ping`);
	return `/people?tab=webhooks&webhook=${made.id}`;
}
const GIVEN_UP = ["notify", "pay", null].map((does, n) => ({
	...{ id: `g${n}`, kind: does ? "effect" : "timer", does, case: `c${n}`, number: `261123-7K4Q${n}M9P` },
	...{ attempts: 12, error: "connect ECONNREFUSED 10.0.4.17:443", failedAt: "2026-11-23T02:10:00.000Z" },
}));

/** A key by which another system comes in. */
async function keyed(page: Page): Promise<string> {
	const { keys } = await asks<{ keys: object[] }>(page, "GET", "/api/keys");
	const key = { person: "agent", name: "订单系统登记投诉", capabilities: ["intake"], days: 90 };
	if (keys.length === 0) await asks(page, "POST", "/api/keys", key);
	return "/people?tab=keys";
}
const SHOWN = [
	["handler", "王敏", "phone", "139****0021", "约回电时间，虚拟号接不通"],
	["liaison", "梁联络", "name", "李**", "答复 12315 来函，须写投诉人全名"],
	["safety", "高安全", "plate", "粤B***21", "交警来电核对车辆"],
].map(([person, alias, keep, mask, why], n) => ({
	...{ id: `r${n}`, at: "2026-11-23T02:10:00.000Z", person, alias, keep, mask, why },
	...{ case: `c${n}`, number: `261123-7K4Q${n}M9P` },
}));
const seen = answering("**/api/reveals*", () => ({ reveals: SHOWN, next: null }));

const tabbed = (tab: string) =>
	everyWay({ name: `room-people-${tab}`, login: "admin", path: `/people?tab=${tab}` });
const people: Picture[] = [
	...everyWay({ name: "room-people", login: "admin", path: "/people" }),
	...["organisations", "roles"].flatMap(tabbed),
	{ name: "room-people-keys-empty", login: "admin", path: "/people?tab=keys" },
	...everyWay({ name: "room-people-keys", login: "admin", path: keyed }),
	{ name: "room-people-reveals-empty", login: "admin", path: "/people?tab=reveals" },
	...everyWay({ name: "room-people-reveals", login: "admin", path: "/people?tab=reveals", before: seen }),
	...everyWay({ name: "room-people-webhooks", login: "admin", path: hooked }),
	{ name: "room-people-found-none", login: "admin", path: "/people?q=zzzz" },
	...everyWay({
		name: "room-people-one",
		login: "admin",
		path: "/people?q=handler",
		steps: async (page) => {
			await page.locator(".people-name").first().click();
			await page.locator(".ant-drawer-body .person-part").last().waitFor();
		},
	}),
	{
		name: "room-people-new",
		login: "admin",
		path: "/people",
		steps: async (page) => await page.getByRole("button", { name: "添加人员" }).click(),
	},
	{
		name: "room-people-new-key",
		login: "admin",
		path: "/people?tab=keys",
		steps: async (page) => await page.locator(".people-act button").click(),
	},
	{
		name: "room-people-given-up",
		login: "admin",
		path: "/people?tab=webhooks",
		before: answering("**/api/given-up*", () => ({ givenUp: GIVEN_UP, next: null })),
	},
	{
		name: "room-people-error",
		login: "admin",
		path: "/people",
		before: unreached("**/api/people?*"),
		steps: told,
	},
	{ name: "room-people-loading", login: "admin", path: "/people", before: never("**/api/people?*") },
];

export const roomPictures: readonly Picture[] = [
	...phone,
	...filing,
	...work,
	...workStates,
	...board,
	...packs,
	...people,
];
