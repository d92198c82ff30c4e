import type { Page } from "playwright-core";
import { complainantPictures } from "./pictures-complainant.ts";
import { respondentPictures } from "./pictures-respondent.ts";
import { roomPictures, typed } from "./pictures-rooms.ts";
import { everyWay, never, type Picture, phone, press, tablet, told, unreached } from "./pictures-ways.ts";

export type { Picture } from "./pictures-ways.ts";

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

/** Of the stories of the seed documents much more is recorded than of any other case. */
const story = (pack: string) => async (page: Page) => {
	const id = await page.evaluate(async (name) => {
		const answer = await fetch(`/api/cases?limit=100&sort=received&pack=${name}`);
		const { cases } = (await answer.json()) as { cases: { id: string; seq: number }[] };
		return cases.sort((one, other) => other.seq - one.seq)[0]?.id ?? null;
	}, pack);
	if (!id) throw new Error(`no case of ${pack}`);
	return `/cases/${id}`;
};

const door: Picture[] = [
	...everyWay({ name: "door", path: "/" }),
	{ name: "door-tw", path: "/", language: "tw" },
	{ name: "door-phone", path: "/", ...phone },
];

const inbox: Picture[] = [
	...everyWay({ name: "inbox", login: "handler", path: "/?view=everyone" }),
	{ name: "inbox-tw", login: "handler", path: "/?view=everyone", language: "tw" },
	{ name: "inbox-tablet", login: "handler", path: "/?view=everyone", ...tablet },
	{ name: "inbox-phone", login: "handler", path: "/?view=everyone", ...phone },
	{ name: "inbox-empty", login: "handler", path: "/?view=everyone&channel=mail&severity=S&step=follow-up" },
	{
		name: "inbox-error",
		login: "handler",
		path: "/?view=everyone",
		before: unreached("**/api/cases?*"),
		steps: told,
	},
	{ name: "inbox-loading", login: "handler", path: "/?view=everyone", before: never("**/api/cases?*") },
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

/** Root cause, corrective action and do-not list, at the end of what comes after. */
const lesson = async (page: Page) => {
	await tab(/^后续/)(page);
	await page.getByRole("heading", { name: /^改进/ }).evaluate((one) => one.scrollIntoView());
};

/** Those of the README, in its order. */
const readme: Picture[] = [
	{ name: "readme-1-call", login: "agent2", path: "/new", steps: typed },
	{ name: "readme-2-case", login: "handler", path: firstOf("closed=false&step=triage&category=damage") },
	{ name: "readme-3-history", login: "quality", path: flight },
	{ name: "readme-4-remedy", login: "quality", path: flight, steps: tab(/^处理方案/) },
	{ name: "readme-5-responsibility", login: "quality", path: flight, steps: tab(/^定责/) },
	{ name: "readme-6-lesson", login: "quality", path: flight, steps: lesson },
	{ name: "readme-7-today", login: "manager", path: "/today" },
];

export const pictures: readonly Picture[] = [
	...door,
	...inbox,
	...cases,
	...roomPictures,
	...over,
	...readme,
	...complainantPictures,
	...respondentPictures,
];
