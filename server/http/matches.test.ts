import { afterAll, beforeAll, expect, test } from "vitest";
import { COMPLAINT, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

/** Two who are kept apart by a block: what dispatch is told, and what whoever asked for it reads. */
let edge: TestEdge;
let kase: string;
const CUSTOMER = "courier-2";

beforeAll(async () => {
	edge = await wholeEdge();
	const [recipient, courier] = COMPLAINT.parties;
	({ case: kase } = await edge.file({ parties: [{ ...recipient, person: CUSTOMER }, courier] }));
	await edge.tell("courier-1", kase, "AddEvidence", { kind: "audio", title: "通话录音" });
	await edge.tell("courier-1", kase, "BlockParty", { party: "p1", reason: "辱骂", evidence: ["e1"] });
});
afterAll(() => edge.close());

const asks = async (who: string, person: string, others: string[]) =>
	await edge.ask(who, "POST", "/api/matches", { person, with: others });

test("dispatch is told from either side whom not to match, and until when; not why", async () => {
	const until = "2027-03-01T10:00:00.000Z";
	const told = await asks("key", CUSTOMER, ["courier-1", "handler", "nobody-known"]);
	expect(told).toMatchObject({ status: 200, body: { apart: [{ person: "courier-1" }] } });
	const [{ until: term } = { until: "" }] = (told.body as { apart: { until: string }[] }).apart;
	expect(term.slice(0, 7)).toBe(until.slice(0, 7));
	expect((await asks("key", "courier-1", [CUSTOMER, "courier-1"])).body).toMatchObject({
		apart: [{ person: CUSTOMER, until: term }],
	});
	expect((await asks("key", "handler", ["courier-1", CUSTOMER])).body).toMatchObject({ apart: [] });
	for (const secret of ["辱骂", kase, "李小明"]) expect(JSON.stringify(told.body)).not.toContain(secret);
});

test("it is not for the two sides to ask, nor for more than a page of people", async () => {
	for (const who of ["courier-1", "handler", `link:${kase}:p1`])
		expect((await asks(who, CUSTOMER, ["courier-1"])).status).toBe(403);
	expect((await asks("key", CUSTOMER, [])).status).toBe(422);
	const many = Array.from({ length: 201 }, (_, n) => `p-${n}`);
	expect((await asks("key", CUSTOMER, many)).status).toBe(422);
});

test("whoever asked for it reads it beside their score, unnamed, at no cost; lifted or run out, they may be matched", async () => {
	const mine = async () =>
		(await edge.ask("courier-1", "GET", "/api/mine")).body as {
			score: { score: number; base: number; entries: unknown[] };
			blocks: { case: string; mine: boolean; inForce: boolean }[];
		};
	const { score, blocks } = await mine();
	expect(blocks).toMatchObject([{ case: kase, mine: true, inForce: true }]);
	expect(score).toMatchObject({ score: score.base, entries: [] });
	const now = edge.now.at;
	edge.now.at = "2028-01-01T00:00:00.000Z";
	expect((await asks("key", CUSTOMER, ["courier-1"])).body).toMatchObject({ apart: [] });
	edge.now.at = now;
	await edge.tell("courier-1", kase, "LiftSanction", { sanction: "s1", why: "和解" });
	expect((await asks("key", CUSTOMER, ["courier-1"])).body).toMatchObject({ apart: [] });
	expect((await mine()).blocks).toMatchObject([{ inForce: false }]);
});
