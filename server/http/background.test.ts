import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backgroundRoutes } from "./background.ts";
import { type TestEdge, testEdge } from "./testing.ts";

let edge: TestEdge;
let first: string;
let second: string;
let other: string;

beforeAll(async () => {
	edge = await testEdge([backgroundRoutes]);
	first = (await edge.file()).case;
	await edge.tell("manager", first, "GradeCase", { urgency: "ordinary", severity: "B", why: "易碎品" });
	edge.now.at = "2026-03-02T03:00:00.000Z";
	second = (await edge.file({ orders: [{ number: "SF5550001112", facts: { fee: 900 } }] })).case;
	other = (
		await edge.file({
			verbatim: "面单上的电话被人抄走，天天收到骚扰短信",
			parties: [{ seat: "sender", name: "欧阳娜娜", phone: "13911112222" }],
			orders: [{ number: "YT9988776655441", facts: { fee: 900 } }],
		})
	).case;
});
afterAll(() => edge.close());

const read = async <T>(who: string, id: string, what: string): Promise<T> => {
	const asked = await edge.ask(who, "GET", `/api/cases/${id}/${what}`);
	expect(asked.status).toBe(200);
	return asked.body as T;
};

interface Similar {
	cases: { id: string; because: string[]; finding: unknown; amount: unknown }[];
}
interface Pasts {
	parties: {
		party: string;
		side: string;
		bySeverity: Record<string, number>;
		open: number;
		year: number;
		count: number;
		more: boolean;
		recent: { id: string }[];
		conduct: { score: number; inForce: unknown[] } | null;
	}[];
}

test("a case is like another by its people, category and words, and says why", async () => {
	const { cases } = await read<Similar>("handler", second, "similar");
	expect(cases.map((one) => one.id)).toEqual([first]);
	expect(cases[0]).toMatchObject({
		because: ["respondent", "category", "words"],
		finding: null,
		amount: null,
	});
	expect((await read<Similar>("handler", other, "similar")).cases).toEqual([]);
});

test("earlier complaints of each side are counted by severity, a respondent's with score and sanctions", async () => {
	const { parties } = await read<Pasts>("handler", second, "pasts");
	expect(parties.map((one) => [one.party, one.side])).toEqual([
		["p1", "complainant"],
		["p2", "respondent"],
	]);
	for (const one of parties)
		expect(one).toMatchObject({
			bySeverity: { A: 0, B: 1, C: 0, none: 0 },
			...{ open: 1, year: 1, count: 1, more: false },
			recent: [{ id: first }],
		});
	expect(parties[0]?.conduct).toBeNull();
	expect(parties[1]?.conduct).toMatchObject({ inForce: [] });
	const nobody = await read<Pasts>("handler", other, "pasts");
	expect(nobody.parties.map((one) => one.count)).toEqual([0]);
});

test("the conduct file is for those whose work it is", async () => {
	const { parties } = await read<Pasts>("agent", second, "pasts");
	expect(parties.map((one) => one.conduct)).toEqual([null, null]);
});

test("the fault table's proposal comes with its explanation, or with what it still needs", async () => {
	await edge.tell("handler", second, "ClaimCase");
	const before = await read<{ proposals: unknown[] }>("handler", second, "fault");
	expect(before.proposals).toEqual([]);
	await edge.tell("handler", second, "ClassifyAllegation", { allegation: "a1", category: "damage" });
	const { proposals } = await read<{
		proposals: { upheld: string; proposal: unknown; missing: { reason: string } | null }[];
	}>("handler", second, "fault");
	expect(proposals.map((one) => one.upheld)).toEqual(["yes", "in-part"]);
	for (const one of proposals) expect(one.proposal === null).toBe(one.missing !== null);
});

describe.each(["similar", "pasts", "fault"])("%s", (what) => {
	test("is not there for the parties of the case, nor for strangers", async () => {
		for (const who of ["courier-1", `link:${second}:p1`])
			expect((await edge.ask(who, "GET", `/api/cases/${second}/${what}`)).status).toBe(404);
		expect((await edge.ask("handler", "GET", `/api/cases/none/${what}`)).status).toBe(404);
		expect((await edge.ask("nobody", "GET", `/api/cases/${second}/${what}`)).status).toBe(401);
	});
});
