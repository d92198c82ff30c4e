import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEdge, testEdge } from "../http/testing.ts";
import { actorOf } from "../office.ts";
import { estimates, type FoundCase, findAlongDates, findCases, isSurelyCommon } from "./case-search.ts";
import { queryOf } from "./tokens.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await testEdge([]);
});
afterAll(() => edge.close());

async function handler() {
	const person = (await edge.desk.offices.of("acme")).people.get("handler");
	return actorOf("acme", person!, ["desk"]);
}

test("along the dates the same cases are found, in the same order and pages, as through the index of words", async () => {
	for (const verbatim of ["花瓶碎了", "快递晚到", "两只花瓶都碎了", "又一只花瓶", "没有人接电话"]) {
		await edge.file({ verbatim });
		edge.now.at = new Date(Date.parse(edge.now.at) + 60_000).toISOString();
	}
	const actor = await handler();
	const query = queryOf("花瓶") ?? "";
	const [through = [], along = []] = (await edge.database.read([
		findCases(actor, { by: "words", query }, null, 10),
		findAlongDates(actor, { query }, null, 10),
	])) as FoundCase[][];
	expect(along).toHaveLength(3);
	expect(through.map((one) => one.id)).toEqual(along.map((one) => one.id));
	expect(through[0]).toMatchObject({ ...along[0], matched: 3, count: 3 });

	const [next = []] = (await edge.database.read([
		findAlongDates(actor, { query }, along[0] ?? null, 1),
	])) as FoundCase[][];
	expect(next.map((one) => one.id)).toEqual(along.slice(1).map((one) => one.id));
});

test("a word is taken for common when the planner expects it in very many cases, and in a good part of all", async () => {
	const plans = (...rows: number[]) =>
		rows.map((count) => [{ "QUERY PLAN": [{ Plan: { "Plan Rows": count } }] }]);
	expect(isSurelyCommon(plans(60_000, 1_000_000))).toBe(true);
	// a rare word of ten million cases, which the planner knows nothing of
	expect(isSurelyCommon(plans(6_000, 10_000_000))).toBe(false);
	// a small company, where all are quickly looked at
	expect(isSurelyCommon(plans(900, 1_000))).toBe(false);

	const asked = await edge.database.read(estimates("acme", { query: queryOf("花瓶") ?? "" }));
	expect(isSurelyCommon(asked)).toBe(false);
});
