import type { Page } from "playwright-core";
import { complainantPictures } from "./pictures-complainant.ts";

/** One picture: who looks at what, how large, in which light and language, and in what state. */
export interface Picture {
	name: string;
	/** Nobody: the door. */
	login?: string;
	path: string | ((page: Page) => Promise<string>);
	width?: number;
	height?: number;
	dark?: boolean;
	language?: "zh" | "tw" | "en";
	full?: boolean;
	/** Before the page is opened: how the network is to behave. */
	before?: (page: Page) => Promise<void>;
	/** On the open page, until it shows what is wanted. */
	steps?: (page: Page) => Promise<void>;
}

/** The first case of a list, as the address of the list has it. */
const firstOf =
	(query: string, at = 0) =>
	async (page: Page): Promise<string> => {
		const id = await page.evaluate(
			async ([filter, n]) => {
				const answer = await fetch(`/api/cases?limit=20&${filter}`);
				const { cases } = (await answer.json()) as { cases: { id: string }[] };
				return cases[Number(n)]?.id ?? null;
			},
			[query, String(at)] as const,
		);
		if (!id) throw new Error(`no case with ${query}`);
		return `/cases/${id}`;
	};

/** The stories of the seed documents are the oldest cases of their trades. */
const story = (pack: string) => firstOf(`pack=${pack}&sort=received&closed=true`);

const LIGHTS = [
	{ tag: "", dark: false },
	{ tag: "-dark", dark: true },
];
const small = { width: 1280, height: 720 };
const tablet = { width: 834, height: 1112 };
const phone = { width: 390, height: 844 };

/** In light and dark, in English, and small. */
function everyWay(picture: Picture): Picture[] {
	return [
		...LIGHTS.map(({ tag, dark }) => ({ ...picture, name: `${picture.name}${tag}`, dark })),
		{ ...picture, name: `${picture.name}-en`, language: "en" as const },
		{ ...picture, ...small, name: `${picture.name}-1280` },
	];
}

const door: Picture[] = [
	...everyWay({ name: "door", path: "/" }),
	{ name: "door-tw", path: "/", language: "tw" },
	{ name: "door-phone", path: "/", ...phone },
];

const unreached = async (page: Page) => {
	await page.route("**/api/cases?*", (route) => route.abort());
};
/** It is asked for again and again before that is said. */
const told = async (page: Page) => {
	await page.getByRole("alert").first().waitFor();
};
const never = async (page: Page) => {
	await page.route("**/api/cases?*", () => {});
};

const inbox: Picture[] = [
	...everyWay({ name: "inbox", login: "handler", path: "/?view=everyone" }),
	{ name: "inbox-tw", login: "handler", path: "/?view=everyone", language: "tw" },
	{ name: "inbox-tablet", login: "handler", path: "/?view=everyone", ...tablet },
	{ name: "inbox-phone", login: "handler", path: "/?view=everyone", ...phone },
	{ name: "inbox-empty", login: "handler", path: "/?view=everyone&channel=mail&severity=S&step=follow-up" },
	{ name: "inbox-error", login: "handler", path: "/?view=everyone", before: unreached, steps: told },
	{ name: "inbox-loading", login: "handler", path: "/?view=everyone", before: never },
	{ name: "inbox-officer", login: "officer", path: "/" },
];

const cases: Picture[] = [
	...everyWay({ name: "case-new", login: "handler", path: firstOf("closed=false&step=triage") }),
	...everyWay({ name: "case-flight", login: "quality", path: story("roadside-rescue") }),
	{ name: "case-parcel", login: "handler", path: story("express") },
	{ name: "case-carried", login: "handler", path: story("freight-hailing") },
	{ name: "case-ride", login: "handler", path: story("ride-hailing") },
	...everyWay({ name: "case-freight", login: "handler", path: story("logistics-enterprise") }),
	{ name: "case-tw", login: "handler", path: firstOf("closed=false&step=remedy"), language: "tw" },
	{ name: "case-remedy", login: "handler", path: firstOf("closed=false&step=remedy") },
	{ name: "case-remedy-full", login: "handler", path: firstOf("closed=false&step=remedy"), height: 2400 },
	{ name: "case-tablet", login: "handler", path: firstOf("closed=false&step=remedy"), ...tablet },
	{ name: "case-phone", login: "handler", path: firstOf("closed=false&step=remedy"), ...phone, full: true },
	{ name: "case-not-there", login: "handler", path: "/cases/none" },
	{ name: "nowhere", login: "handler", path: "/no/such/room" },
];

/** Every room, by somebody who works in it, and by somebody for whom it is empty. */
const ROOMS: readonly [string, string, string, string?][] = [
	["phone", "agent", "/phone"],
	["filing", "agent", "/new"],
	["approvals", "approver", "/approvals", "duty"],
	["questions", "outlet-lead", "/questions", "engineer"],
	["appeals", "reviewer", "/appeals", "reviewer2"],
	["outside", "liaison", "/outside"],
	["incidents", "handler", "/incidents"],
	["follow-ups", "quality", "/follow-ups"],
	["handover", "handler", "/handover", "agent2"],
	["today", "manager", "/today"],
	["packs", "manager", "/packs"],
	["pack", "manager", "/packs/express"],
	["people", "admin", "/people"],
];
const rooms: Picture[] = ROOMS.flatMap(([name, login, path, idle]) => [
	...everyWay({ name: `room-${name}`, login, path }),
	...(idle ? [{ name: `room-${name}-empty`, login: idle, path }] : []),
]);

const press =
	(...keys: string[]) =>
	async (page: Page) => {
		await page.locator("#room").focus();
		for (const key of keys) await page.keyboard.press(key);
	};
const open = firstOf("closed=false&step=remedy");
const over: Picture[] = [
	...everyWay({ name: "keys", login: "handler", path: "/", steps: press("?") }),
	...everyWay({ name: "acts", login: "handler", path: open, steps: press("a") }),
	...everyWay({ name: "note", login: "handler", path: open, steps: press("n") }),
	{
		name: "search",
		login: "handler",
		path: "/",
		steps: async (page) => {
			await press("Control+k")(page);
			await page.getByRole("dialog").getByRole("combobox").fill("航班");
			await page.locator("mark").first().waitFor();
		},
	},
];

const tab = (name: RegExp) => async (page: Page) => {
	await page.getByRole("tab", { name }).click();
};
const flight = firstOf("pack=roadside-rescue&category=missed-trip&severity=A&closed=true&sort=received");

/** Those of the README, in its order. */
const readme: Picture[] = [
	{ name: "readme-1-call", login: "agent", path: "/new" },
	{ name: "readme-2-case", login: "handler", path: firstOf("closed=false&unclaimed=true&step=triage") },
	{ name: "readme-3-history", login: "quality", path: flight },
	{ name: "readme-4-remedy", login: "quality", path: flight, steps: tab(/^处理方案/) },
	{ name: "readme-5-responsibility", login: "quality", path: flight, steps: tab(/^定责/) },
	{ name: "readme-6-lesson", login: "quality", path: flight, steps: tab(/^后续/) },
	{ name: "readme-7-today", login: "manager", path: "/today" },
];

export const pictures: readonly Picture[] = [
	...door,
	...inbox,
	...cases,
	...rooms,
	...over,
	...readme,
	...complainantPictures,
];
