import { afterAll, beforeAll, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { MOST_DRAFTS, oldDrafts } from "../store/drafts.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
});
afterAll(() => edge.close());

const at = (form: string, of = kase) => `/api/drafts/${of}/${form}`;
const typed = { words: "电话 13800001234", to: "p1" };

test("kept, found again by the same person in any browser, and thrown away", async () => {
	expect((await edge.ask("handler", "GET", at("SendMessage"))).body).toEqual({ draft: null });
	const kept = await edge.ask("handler", "PUT", at("SendMessage"), { typed });
	expect(kept).toMatchObject({ status: 200, body: { at: edge.now.at } });
	expect((await edge.ask("handler", "GET", at("SendMessage"))).body).toEqual({
		draft: { typed, at: edge.now.at },
	});
	expect((await edge.ask("handler", "GET", `/api/drafts/${kase}`)).body).toEqual({
		drafts: [{ form: "SendMessage", at: edge.now.at }],
	});
	await edge.ask("handler", "PUT", at("SendMessage"), { typed: { words: "改过" } });
	expect((await edge.ask("handler", "GET", at("SendMessage"))).body).toMatchObject({
		draft: { typed: { words: "改过" } },
	});
	expect((await edge.ask("handler", "DELETE", at("SendMessage"))).status).toBe(204);
	expect((await edge.ask("handler", "GET", at("SendMessage"))).body).toEqual({ draft: null });
});

test("nobody else reads it, and in the database it is sealed", async () => {
	await edge.ask("handler", "PUT", at("AddNote"), { typed });
	expect((await edge.ask("handler-2", "GET", at("AddNote"))).body).toEqual({ draft: null });
	const [row] = await edge.rows("select sealed from draft where form = 'AddNote'");
	expect(Buffer.from(row?.sealed as Uint8Array).toString("latin1")).not.toContain("13800001234");
});

test("by the number as by the id, it is one and the same", async () => {
	const { case: id, number } = await edge.file();
	await edge.ask("handler", "PUT", at("AddNote", number), { typed: { words: "x" } });
	expect((await edge.ask("handler", "GET", at("AddNote", id))).body).toMatchObject({
		draft: { typed: { words: "x" } },
	});
});

test("a complaint that has no case yet has drafts too; a case that may not be seen has none", async () => {
	expect((await edge.ask("agent", "PUT", at("express", "new"), { typed: { a: 1 } })).status).toBe(200);
	expect((await edge.ask("courier-2", "PUT", at("Explain"), { typed })).status).toBe(404);
	expect((await edge.ask("courier-2", "GET", at("Explain"))).status).toBe(404);
	expect((await edge.ask("nobody", "PUT", at("Explain"), { typed })).status).toBe(401);
	expect((await edge.ask("courier-1", "PUT", at("Explain"), { typed })).status).toBe(200);
});

test.each([
	["a form of no name", "PUT", at("1x", "new"), { typed }],
	["nothing typed", "PUT", at("x", "new"), {}],
	["more than any form takes", "PUT", at("x", "new"), { typed: { words: "字".repeat(70_000) } }],
] as const)("refused: %s", async (_, method, url, body) => {
	expect((await edge.ask("handler", method, url, body)).status).toBe(422);
	expect(await edge.rows("select 1 from draft where form = 'x'")).toEqual([]);
});

test("the oldest make room, and what nobody touched for long is swept", async () => {
	for (let n = 0; n <= MOST_DRAFTS; n += 1) {
		edge.now.at = instantPlus(edge.now.at, { minutes: 1 });
		await edge.ask("reviewer", "PUT", at(`f${n}`, "new"), { typed: { n } });
	}
	const left = await edge.rows("select form from draft where person = 'reviewer' order by at");
	expect(left).toHaveLength(MOST_DRAFTS);
	expect(left[0]).toEqual({ form: "f1" });
	const before = instantPlus(edge.now.at, { minutes: 1 });
	await edge.database.transaction((session) => session.commitWith([oldDrafts("acme", before, 5_000)]));
	expect(await edge.rows("select 1 from draft")).toEqual([]);
});
