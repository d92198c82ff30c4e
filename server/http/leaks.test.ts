import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES } from "#engine/actor.ts";
import { commit } from "../store/commit.ts";
import { insertNotices } from "../store/notices.ts";
import { COMPANY, formOf, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

/** What each side is, in the ways in which people write it; the words of the case are full of both. */
const COMPLAINANT = [
	"李小明",
	"13800001234",
	"138-0000-1234",
	"138 0000 1234",
	// what they had corrected since, and what waits to be
	"13722223333",
	"13733334444",
	"海德三道一号",
	"科技园路八号",
];
const RESPONDENT = ["张大勇", "13900005678", "139 0000 5678", "民治街道九号", "粤B12345", "粤B·12345"];

let edge: TestEdge;
let kase: string;
let gets: string[];

beforeAll(async () => {
	edge = await wholeEdge();
	const words = `我是李小明，电话138-0000-1234，住深圳市南山区海德三道一号，快递员张大勇（139 0000 5678，车牌粤B·12345，家在深圳市龙华区民治街道九号）摔坏了花瓶，事发科技园路八号`;
	// what goes out passes the guard, which knows numbers and plates but nobody's name
	const asking =
		"李小明（深圳市南山区海德三道一号）称张大勇（深圳市龙华区民治街道九号）在科技园路八号摔坏了花瓶，请说明";
	const { case: id } = await edge.file({
		verbatim: words,
		summary: words,
		wished: words,
		place: "深圳市南山区科技园路八号",
	});
	kase = id;
	const say = (who: string, type: string, fields: object) =>
		edge.tell(who, id, type, fields as Record<string, unknown>);
	await say("handler", "ClaimCase", {});
	await say("manager", "GradeCase", { urgency: "ordinary", severity: "B", why: words });
	await say("agent", "RecordUrging", { words });
	await say("agent", "AmendComplaint", { words, summary: words });
	await say(`link:${id}:p1`, "CorrectParty", { phone: "13722223333", why: words });
	await say("handler", "DecideCorrection", { correction: "k1", taken: true });
	await say(`link:${id}:p1`, "CorrectParty", { phone: "13733334444" });
	for (const to of [{ party: "p2", about: "explanation" }, { party: "p1" }, { organisation: "outlet-1" }])
		await say("handler", "AskQuestion", { ...to, words: asking });
	await say("courier-1", "Explain", { words });
	await say("officer", "AnswerQuestion", { question: "q3", words });
	await say("handler", "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words,
		said: [],
	});
	await say("handler", "RecordContact", {
		party: "p2",
		through: "call",
		outcome: "reached",
		words,
		said: [],
	});
	await say("handler", "Consult", { with: ["legal"], impact: "low", view: words });
	await say("regulator-liaison", "OpenProceeding", {
		body: "postal-12305",
		direction: "inbound",
		number: "GD-李小明-13800001234",
		words,
	});
	for (const [who, title] of [
		["courier-1", "张大勇拍的"],
		[`link:${id}:p1`, "李小明拍的"],
	] as const) {
		const form = formOf({ kind: "statement", title }, { bytes: Buffer.from(words), name: `${title}.txt` });
		const added = await edge.ask(who, "POST", `/api/cases/${id}/evidence`, form.body, form.headers);
		expect(added.status).toBe(201);
	}
	const notices = [
		{ key: "c", recipient: "party:p1", text: "李小明您好" },
		{ key: "r", recipient: "person:courier-1", text: "张大勇您好" },
		{ key: "h", recipient: "person:handler", text: words },
	].map((one) => ({ ...one, wording: "x", channel: "sms" as const, state: "sent" as const }));
	await commit(edge.database, ...insertNotices(COMPANY, id, notices, edge.now.at));
	await edge.ask("key", "PUT", "/api/orders/SF1234567890", {
		trade: "express",
		status: "x",
		facts: {},
		people: [{ role: "recipient", name: "李小明", phone: "13800001234" }],
		plate: "粤B12345",
		events: [],
	});
	const { body } = await edge.ask("nobody", "GET", "/api/openapi.json");
	const { paths } = body as { paths: Record<string, object> };
	gets = Object.entries(paths).flatMap(([path, operations]) => ("get" in operations ? [path] : []));
});
afterAll(() => edge.close());

/** Every address that can be read, for the case and all that hangs on it. */
function addresses(): string[] {
	const evidence = ["e1", "e2"];
	const queries = ["李小明", "13800001234", "张大勇", "粤B12345", "花瓶", "SF1234567890"].map(
		(q) => `?q=${encodeURIComponent(q)}`,
	);
	return gets.flatMap((path) => {
		if (path === "/api/search") return queries.map((query) => path + query);
		if (path.includes("{evidence}"))
			return evidence.map((one) => path.replace("{id}", kase).replace("{evidence}", one));
		return [
			path
				.replace("{number}", "SF1234567890")
				.replace("{name}", "express")
				.replace("{language}", "zh")
				.replace("{id}", kase)
				.replaceAll(/\{\w+\}/g, "x"),
		];
	});
}

/** Where what may not be seen is seen after all. */
async function leaks(who: string, secrets: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const url of addresses()) {
		const { status, bytes } = await edge.ask(who, "GET", url);
		if (status >= 400) continue;
		const text = bytes.toString("utf8");
		found.push(...secrets.filter((one) => text.includes(one)).map((one) => `${url}: ${one}`));
	}
	return found;
}

describe("whoever reads whatever can be read", () => {
	test("the respondent finds no name, number or address of the complainant", async () => {
		const own = (await leaks("courier-1", COMPLAINANT)).filter(
			(one) => !one.startsWith(`/api/cases/${kase}/evidence/e1:`),
		);
		expect(own).toEqual([]);
	});

	test("the complainant finds none of the respondent's", async () => {
		const own = (await leaks(`link:${kase}:p1`, RESPONDENT)).filter(
			(one) => !one.startsWith(`/api/cases/${kase}/evidence/e2:`),
		);
		expect(own).toEqual([]);
	});

	test("each reads their own case, words and evidence", async () => {
		const courier = await edge.ask("courier-1", "GET", `/api/cases/${kase}`);
		expect(courier).toMatchObject({ status: 200, body: { viewer: "respondent" } });
		expect(JSON.stringify(courier.body)).toContain("摔坏了花瓶");
		const complainant = await edge.ask(`link:${kase}:p1`, "GET", `/api/cases/${kase}`);
		expect(JSON.stringify(complainant.body)).toContain("我是李小明");
		expect((await edge.ask("courier-1", "GET", `/api/cases/${kase}/evidence/e1`)).status).toBe(200);
		expect((await edge.ask("courier-1", "GET", `/api/cases/${kase}/evidence/e2`)).status).toBe(404);
	});

	test("an officer who was asked finds neither side's", async () => {
		expect(await leaks("officer", [...COMPLAINANT, ...RESPONDENT])).toEqual([]);
	});

	test("a stranger to the case finds nothing of it at all", async () => {
		for (const who of ["courier-2", "link:another:p1"])
			expect(await leaks(who, [...COMPLAINANT, ...RESPONDENT, "花瓶"])).toEqual([]);
	});

	test("the office reads words as they were said, and names and numbers masked", async () => {
		const { body } = await edge.ask("handler", "GET", `/api/cases/${kase}`);
		const { texts, case: shown } = body as {
			texts: Record<string, string>;
			case: { parties: { name: { ref: string } }[] };
		};
		expect(texts[shown.parties[0]!.name.ref]).toBe("李**");
	});
});

test("what a list shows can be opened, and what can be opened is listed, for every role", async () => {
	const hidden = (await edge.file()).case;
	await edge.tell("handler", hidden, "RestrictCase", { why: "未成年人" });
	const asked = (await edge.file({ parties: [{ seat: "outlet", organisation: "outlet-1" }] })).case;
	await edge.tell("handler", asked, "AskQuestion", { party: "p1", words: "请说明" });
	const inspected = (await edge.file()).case;
	await edge.tell("handler", inspected, "OrderInspection", {
		place: "仓库",
		planned: "2026-03-03T00:00:00.000Z",
		inspector: "officer",
	});
	const all = (await edge.rows("select id from case_row")).map((one) => String(one.id));
	for (const who of [
		...Object.keys(ROLES).filter((one) => one !== "worker" && one !== "partner"),
		"courier-1",
		"courier-2",
		`link:${kase}:p1`,
		"key",
	]) {
		const { body } = await edge.ask(who, "GET", "/api/cases?limit=200");
		const listed = (body as { cases: { id: string }[] }).cases.map((one) => one.id).sort();
		const open: string[] = [];
		for (const id of all) if ((await edge.ask(who, "GET", `/api/cases/${id}`)).status === 200) open.push(id);
		expect({ who, listed }).toEqual({ who, listed: open.sort() });
	}
});
