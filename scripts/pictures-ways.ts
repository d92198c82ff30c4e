import type { Page } from "playwright-core";

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

const LIGHTS = [
	{ tag: "", dark: false },
	{ tag: "-dark", dark: true },
];
const small = { width: 1280, height: 720 };
export const tablet = { width: 834, height: 1112 };
export const phone = { width: 390, height: 844 };

/** In light and dark, in English, and small. */
export function everyWay(picture: Picture): Picture[] {
	return [
		...LIGHTS.map(({ tag, dark }) => ({ ...picture, name: `${picture.name}${tag}`, dark })),
		{ ...picture, name: `${picture.name}-en`, language: "en" as const },
		{ ...picture, ...small, name: `${picture.name}-1280` },
	];
}

/** What is asked of an address can't be reached. */
export const unreached = (address: string) => async (page: Page) => {
	await page.route(address, (route) => route.abort());
};

/** Until the page says that something failed: it tries again before. */
export const told = async (page: Page) => {
	await page.getByRole("alert").first().waitFor();
};

/** What is asked of an address takes for ever. */
export const never = (address: string) => async (page: Page) => {
	await page.route(address, () => {});
};

/** An address answers with something else than it has: an empty list, a long text. */
export const answering =
	<Answer>(address: string, change: (answer: Answer) => unknown) =>
	async (page: Page) => {
		await page.route(address, async (route) => {
			const answer = await route.fetch();
			await route.fulfill({ response: answer, json: change((await answer.json()) as Answer) });
		});
	};

/** Asks the API as whoever the page is signed in as; a refusal is an answer too. */
export async function asks<Answer>(page: Page, method: string, path: string, body?: object): Promise<Answer> {
	return (await page.evaluate(
		async ([how, to, sent]) => {
			const headers = { "content-type": "application/json" };
			const answer = await fetch(to, { method: how, ...(sent ? { headers, body: sent } : {}) });
			return await answer.json().catch(() => null);
		},
		[method, path, body ? JSON.stringify(body) : ""] as const,
	)) as Answer;
}

/** Presses keys one after the other, outside of any field. */
export const press =
	(...keys: string[]) =>
	async (page: Page) => {
		await page.locator("#room").focus();
		for (const key of keys) await page.keyboard.press(key);
	};
