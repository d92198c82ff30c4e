import { afterAll, beforeAll, expect, test } from "vitest";
import { COMPLAINT, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let first: { case: string; number: string };
let second: { case: string; number: string };

beforeAll(async () => {
	edge = await wholeEdge();
	first = await edge.file({
		verbatim: "我是李小明，电话13800001234，快递员张大勇（粤B·12345）把花瓶摔坏了，请尽快处理",
	});
	second = await edge.file({ parties: COMPLAINT.parties.slice(0, 1), verbatim: "收件一直没有送到" });
	await edge.tell("handler", second.case, "ClaimCase");
});
afterAll(() => edge.close());

interface Row {
	id: string;
	[key: string]: unknown;
}
async function list(who: string, query: string): Promise<Row[]> {
	const { status, body } = await edge.ask(who, "GET", `/api/cases?${query}`);
	expect(status).toBe(200);
	return (body as { cases: Row[] }).cases;
}
const numbers = async (who: string, query: string) => (await list(who, query)).map((one) => one.number);

test("a row says whom it is about, masked, and its first words without anybody's name, number or plate", async () => {
	const [row] = await list("handler", `id=${first.case}`);
	expect(row).toMatchObject({
		complainant: "李**",
		respondent: "张**",
		respondents: ["courier-1"],
		words: "我是李**，电话138…34，快递员张**（粤B***45）把花瓶摔坏了，请尽快处理",
		dueKind: expect.any(String),
		dueClock: expect.any(String),
		seq: expect.any(Number),
	});
	expect(row).not.toHaveProperty("wordsRef");
	expect(row).not.toHaveProperty("people");
});

test("a party of the case reads neither names nor words in its list", async () => {
	const [row] = await list("courier-1", "");
	expect(row).toMatchObject({ id: first.case, complainant: null, respondent: null, words: null });
});

test("erased words and names are gone from the row", async () => {
	const gone = await edge.file();
	await edge.rows(
		"update words set content = null, plain = null, salt = null, erased_at = now() where stream = $1",
		gone.case,
	);
	await edge.rows(
		"update personal set sealed = null, salt = null, erased_at = now() where stream = $1",
		gone.case,
	);
	const [row] = await list("handler", `id=${gone.case}`);
	expect(row).toMatchObject({ complainant: null, respondent: null, words: null });
});

test("a list may be narrowed to one's team: its members, or else the colleagues of one's organisation", async () => {
	expect(await numbers("handler-2", "team=true")).toEqual([second.number]);
	await edge.ask("admin", "PUT", "/api/teams/t1", { name: "t1", members: [{ person: "handler-2" }] });
	await edge.rows(
		"insert into team (company, id, name) values ('acme', 'alone', 'alone') on conflict do nothing",
	);
	await edge.rows(
		"insert into team_member (company, team, person) values ('acme', 'alone', 'handler-2') on conflict do nothing",
	);
	expect(await numbers("handler-2", "team=true")).toEqual([]);
	expect(await numbers("handler", "team=true")).toEqual([second.number]);
});

test("several lists are counted at once, each within its reader's sight", async () => {
	const url = `/api/cases/counts?list=${encodeURIComponent("mine=true&closed=false")}&list=unclaimed%3Dtrue&list=`;
	const { body } = await edge.ask("handler", "GET", url);
	const all = (await list("handler", "")).length;
	expect(body).toEqual({ counts: [1, all - 1, all] });
	expect((await edge.ask("courier-1", "GET", "/api/cases/counts?list=")).body).toEqual({ counts: [all - 1] });
	expect((await edge.ask("handler", "GET", "/api/cases/counts?list=mine%3Dperhaps")).status).toBe(422);
});

test("a command is rehearsed on many cases: who would refuse it and why, and nothing is written", async () => {
	const before = await edge.rows("select count(*) from history");
	const { status, body } = await edge.ask("handler-2", "POST", "/api/rehearsals", {
		type: "ClaimCase",
		cases: [first.case, second.case, "nowhere", first.case],
	});
	expect(status).toBe(200);
	expect(body).toEqual({
		answers: [
			{ case: first.case, taken: true, events: ["CaseClaimed"] },
			{ case: second.case, taken: false, problem: expect.objectContaining({ reason: "AlreadyClaimed" }) },
			{ case: "nowhere", taken: false, problem: expect.objectContaining({ status: 404 }) },
		],
	});
	expect(await edge.rows("select count(*) from history")).toEqual(before);
});

test.each([
	[{ type: "NoSuchCommand", cases: ["x"] }],
	[{ type: "AssignCase", fields: {}, cases: ["x"] }],
	[{ type: "AddEvidence", fields: { file: {} }, cases: ["x"] }],
	[{ type: "ClaimCase", cases: [] }],
	[{ type: "ClaimCase", cases: Array.from({ length: 101 }, (_, n) => `c${n}`) }],
])("a rehearsal of what no command takes is malformed: %#", async (body) => {
	const answer = await edge.ask("handler", "POST", "/api/rehearsals", body);
	expect(answer.status).toBe(422);
});

test("a rehearsal says what the command then does, for whoever may not as well", async () => {
	const { body } = await edge.ask("courier-1", "POST", "/api/rehearsals", {
		type: "ClaimCase",
		cases: [first.case],
	});
	expect(body).toMatchObject({ answers: [{ taken: false, problem: { reason: "NotAuthorised" } }] });
	expect(
		(await edge.ask("nobody", "POST", "/api/rehearsals", { type: "ClaimCase", cases: ["x"] })).status,
	).toBe(401);
});

test("lists are kept under names: one's own, and shared ones by whoever manages", async () => {
	const made = await edge.ask("handler", "POST", "/api/views", {
		name: "龙华",
		filter: "organisation=outlet-1",
	});
	expect(made).toMatchObject({ status: 201, body: { name: "龙华", own: true, shared: false } });
	const { id } = made.body as { id: string };
	expect(
		(await edge.ask("handler", "POST", "/api/views", { name: "x", filter: "", shared: true })).status,
	).toBe(403);
	expect((await edge.ask("handler-2", "GET", "/api/views")).body).toEqual({ views: [] });
	expect((await edge.ask("handler-2", "PATCH", `/api/views/${id}`, { name: "我的" })).status).toBe(404);
	expect((await edge.ask("handler", "PATCH", `/api/views/${id}`, { name: "龙华网点" })).body).toMatchObject({
		name: "龙华网点",
	});
	const shared = await edge.ask("manager", "POST", "/api/views", {
		name: "重大",
		filter: "severity=A",
		shared: true,
	});
	expect((await edge.ask("handler-2", "GET", "/api/views")).body).toEqual({
		views: [
			{
				id: (shared.body as { id: string }).id,
				name: "重大",
				filter: "severity=A",
				shared: true,
				own: false,
			},
		],
	});
	const other = `/api/views/${(shared.body as { id: string }).id}`;
	expect((await edge.ask("handler", "DELETE", other)).status).toBe(404);
	expect((await edge.ask("handler", "DELETE", `/api/views/${id}`)).status).toBe(204);
	expect((await edge.ask("manager", "DELETE", other)).status).toBe(204);
	for (const who of ["courier-1", `link:${first.case}:p1`])
		expect((await edge.ask(who, "GET", "/api/views")).status).toBe(403);
});
