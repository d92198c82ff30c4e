import { afterAll, beforeAll, expect, test } from "vitest";
import { unseal } from "../store/kept.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
let link: string;

beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
	link = `link:${kase}:p1`;
});
afterAll(() => edge.close());

async function reachedAt(): Promise<string | null> {
	const { body } = await edge.ask(link, "GET", "/api/me/wishes");
	return (body as { ways: { channel: string; address: string | null }[] }).ways[0]?.address ?? null;
}

test("a new phone takes effect once the office has checked it; the old one stays sealed", async () => {
	const before = await reachedAt();
	await edge.tell(link, kase, "CorrectParty", { phone: "13722223333", why: "换号了" });
	expect(await reachedAt()).toBe(before);
	await edge.tell("handler", kase, "DecideCorrection", { correction: "k1", taken: true });
	expect(await reachedAt()).toBe("137****3333");
	const rows = (await edge.rows(
		"select sealed from personal where stream = $1 and keep = 'phone' and erased_at is null",
		kase,
	)) as { sealed: Buffer }[];
	const phones = rows.map((one) => unseal(Buffer.from(one.sealed), edge.desk.keys));
	expect(phones).toEqual(expect.arrayContaining(["13800001234", "13722223333"]));
	const { body } = await edge.ask("handler", "GET", `/api/search?q=13722223333`);
	expect(JSON.stringify(body)).toContain(kase);
});

test("who may not is told so, and nothing changes", async () => {
	for (const [who, type, fields, status] of [
		["courier-1", "CorrectParty", { party: "p1", phone: "13700000000" }, 403],
		[link, "CorrectParty", { party: "p2", phone: "13700000000" }, 403],
		[link, "DecideCorrection", { correction: "k1", taken: true }, 403],
		["handler", "CorrectParty", { party: "p1" }, 422],
	] as const)
		expect((await edge.ask(who, "POST", `/api/cases/${kase}/commands`, { type, ...fields })).status).toBe(
			status,
		);
	expect(await reachedAt()).toBe("137****3333");
});
