import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
let number: string;
beforeAll(async () => {
	edge = await wholeEdge();
	({ case: kase, number } = await edge.file());
	await edge.tell("handler", kase, "GradeCase", { urgency: "ordinary", severity: "C", why: "小事" });
	await edge.tell("handler", kase, "ClaimCase");
});
afterAll(() => edge.close());

interface Preview {
	notices: { wording: string; channel: string; at: string | null; to: string[]; text: string }[];
	letter: { letter: string; subject: string; body: string } | null;
}
const preview = async (who: string, body: object) =>
	await edge.ask(who, "POST", `/api/cases/${kase}/preview`, body);
const message = { type: "SendMessage", to: "p1", words: "您的包裹我们正在核对" };

test("what a message would send, to whom and through what; nothing is written and no link is made", async () => {
	const counted =
		"select (select count(*) from history) as h, (select count(*) from words) as w, (select count(*) from link) as l, (select count(*) from due) as d";
	const before = await edge.rows(counted);
	const { status, body } = await preview("handler", message);
	expect(status).toBe(200);
	expect((body as Preview).notices).toEqual([
		{
			wording: "message",
			language: "zh",
			channel: "sms",
			at: null,
			to: ["party:p1"],
			text: `${number}有新消息：您的包裹我们正在核对 查看和回复：http://localhost:3000/c/…`,
		},
	]);
	expect(await edge.rows(counted)).toEqual(before);
});

test("at night a text message says until when it waits", async () => {
	const day = edge.now.at;
	edge.now.at = "2026-03-02T15:30:00.000Z";
	const { body } = await preview("handler", message);
	expect((body as Preview).notices[0]?.at).toBe("2026-03-03T00:00:00.000Z");
	edge.now.at = day;
});

test("what would be refused is refused in the same words, with the field at fault", async () => {
	expect(await preview("handler", { ...message, words: "加我微信" })).toMatchObject({
		status: 409,
		body: { reason: "GuardBlocked", given: { rules: ["private-contact"] } },
	});
	expect(await preview("handler", { type: "SendMessage", to: "p1" })).toMatchObject({
		status: 422,
		body: { fields: [{ at: "words", problem: "missing" }] },
	});
	expect(await preview("handler", { ...message, expected: 1 })).toMatchObject({
		status: 409,
		body: { reason: "Conflict" },
	});
});

test("outsiders preview nothing: a notice to the other side would show", async () => {
	expect((await preview("courier-1", { ...message, to: "company" })).status).toBe(403);
	expect((await preview(`link:${kase}:p1`, { ...message, to: "company" })).status).toBe(403);
	expect((await preview("courier-2", message)).status).toBe(404);
	expect((await edge.ask("courier-1", "GET", `/api/cases/${kase}/blanks`)).status).toBe(404);
});

test("a letter goes with a final position, filled with the case as it would be", async () => {
	await edge.tell("handler", kase, "RecordContact", { party: "p1", through: "call", outcome: "reached" });
	const { status, body } = await preview("handler", {
		type: "CloseCase",
		outcome: "withdrawn",
	});
	if (status === 200) expect((body as Preview).letter?.subject).toContain(number);
	else expect(body).toHaveProperty("reason");
	const claimed = await edge.file();
	const graded = await edge.ask("handler", "POST", `/api/cases/${claimed.case}/preview`, {
		type: "ClaimCase",
	});
	expect((graded.body as Preview).letter).toMatchObject({
		letter: "accepted",
		subject: `投诉已受理（${claimed.number}）`,
	});
	expect((graded.body as Preview).letter?.body).not.toMatch(/\{\{|李小明/);
});

test("blanks of ready words, for the side that is spoken to", async () => {
	const { body } = await edge.ask("handler", "GET", `/api/cases/${kase}/blanks?party=p1`);
	expect(body).toMatchObject({
		blanks: { number, handler: "handler", order: "SF1234567890", customer: "李**" },
	});
	const other = await edge.ask("handler", "GET", `/api/cases/${kase}/blanks?party=p2`);
	expect(JSON.stringify(other.body)).not.toContain("李");
	expect((await edge.ask("handler", "GET", `/api/cases/${kase}/blanks?party=p9`)).status).toBe(404);
});

test("the library holds what was published, and the office alone reads it", async () => {
	expect((await edge.ask("handler", "GET", "/api/case-studies?q=x")).body).toEqual({ studies: [] });
	expect((await edge.ask("courier-1", "GET", "/api/case-studies")).status).toBe(403);
	await edge.tell("quality", kase, "DraftCaseStudy", { text: "经过……", lesson: "先核对门牌再签收" });
	expect((await edge.ask("handler", "GET", "/api/case-studies")).body).toEqual({ studies: [] });
	await edge.tell("manager", kase, "PublishCaseStudy");
	expect((await edge.ask("handler", "GET", "/api/case-studies?q=门牌")).body).toMatchObject({
		studies: [{ case: kase, number, lesson: "先核对门牌再签收" }],
	});
});
