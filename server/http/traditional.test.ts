import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

test("packs and problems come in traditional Chinese to whoever asks in it, cases as they were written", async () => {
	const asked = (path: string, language: string) =>
		edge.ask("handler", "GET", path, undefined, { "accept-language": language });
	const pack = (await asked("/api/packs/express", "zh-TW")).body as { title: { zh: string; en: string } };
	expect(pack.title).toEqual({ zh: "快遞", en: "Express delivery" });
	expect(((await asked("/api/packs/express", "zh-CN")).body as typeof pack).title.zh).toBe("快递");
	const wrong = { login: "nobody", password: "wrong password" };
	const refused = await edge.ask("nobody", "POST", "/api/session", wrong, { "accept-language": "zh-Hant" });
	expect(JSON.stringify(refused.body)).toContain("密碼");
	const { case: id } = await edge.file({ verbatim: "快递员态度恶劣" });
	expect(JSON.stringify((await asked(`/api/cases/${id}`, "zh-TW")).body)).toContain("快递员态度恶劣");
});
