import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPANY, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

/** What the administrator reads and mends: who saw whose data, what was given up, who is there, what ends. */
let edge: TestEdge;
const admin = (method: "GET" | "POST", url: string, body?: object) => edge.ask("admin", method, url, body);

beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

test.each([
	["GET", "/api/reveals"],
	["GET", "/api/given-up"],
	["POST", "/api/given-up/x/retry"],
	["GET", "/api/people/handler/ending"],
	["POST", "/api/people/handler/reactivate"],
] as const)("%s %s is the administrator's", async (method, url) => {
	for (const who of ["handler", "manager", "quality", "courier-1", "key"])
		expect((await edge.ask(who, method, url)).status).toBe(403);
});

describe("who saw whose data", () => {
	interface Log {
		reveals: { at: string; person: string; number: string; keep: string; mask: string; why: string }[];
		next: string | null;
	}
	const log = async (query = "") => (await admin("GET", `/api/reveals${query}`)).body as Log;

	beforeAll(async () => {
		const { case: id } = await edge.file();
		const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
		const { parties } = (body as { case: { parties: { phone: { ref: string } }[] } }).case;
		for (const [who, at] of [
			["handler", "2026-03-02T03:00:00.000Z"],
			["safety", "2026-03-02T04:00:00.000Z"],
			["handler", "2026-03-03T03:00:00.000Z"],
		] as const) {
			edge.now.at = at;
			const asked = { ref: parties[0]?.phone.ref ?? "", why: "回电核实" };
			expect((await edge.ask(who, "POST", `/api/cases/${id}/reveal`, asked)).status).toBe(200);
		}
	});

	test("over the whole company, the latest first, with the mask and never the data", async () => {
		const { reveals, next } = await log();
		expect(reveals.map((one) => [one.person, one.at.slice(5, 13)])).toEqual([
			["handler", "03-03T03"],
			["safety", "03-02T04"],
			["handler", "03-02T03"],
		]);
		expect(reveals[0]).toMatchObject({ keep: "phone", mask: "138****1234", why: "回电核实" });
		expect(JSON.stringify(reveals)).not.toContain("13800001234");
		expect(next).toBeNull();
	});

	test("by person and by day", async () => {
		expect((await log("?person=safety")).reveals).toHaveLength(1);
		const day = "?from=2026-03-02T00:00:00.000Z&to=2026-03-03T00:00:00.000Z";
		expect((await log(day)).reveals.map((one) => one.person)).toEqual(["safety", "handler"]);
	});

	test("page by page, none twice", async () => {
		const first = await log("?limit=2");
		const second = await log(`?limit=2&after=${first.next}`);
		expect([first.reveals.length, second.reveals.length, second.next]).toEqual([2, 1, null]);
		expect((await admin("GET", "/api/reveals?after=nonsense")).status).toBe(422);
	});
});

describe("what was given up", () => {
	test("is seen with its reason, and taken up again once", async () => {
		const { case: id, number } = await edge.file();
		await edge.database.transaction((session) =>
			session.commitWith([
				{
					sql: `insert into due (company, id, stream, kind, key, at, payload, attempts, last_error, failed_at)
values ($1, 'd-lost', $2, 'effect', 'lost', now(), '{"do":"notify"}', 9, 'no such number', now())`,
					parameters: [COMPANY, id],
				},
			]),
		);
		expect((await admin("GET", "/api/given-up")).body).toMatchObject({
			givenUp: [
				{ id: "d-lost", kind: "effect", does: "notify", number, attempts: 9, error: "no such number" },
			],
			next: null,
		});
		expect((await admin("POST", "/api/given-up/d-lost/retry")).status).toBe(202);
		expect((await admin("POST", "/api/given-up/d-lost/retry")).status).toBe(404);
		expect((await admin("GET", "/api/given-up")).body).toMatchObject({ givenUp: [] });
		expect(await edge.rows("select attempts, failed_at from due where id = 'd-lost'")).toEqual([
			{ attempts: 0, failed_at: null },
		]);
	});
});

describe("people", () => {
	const ids = async (query: string) => {
		const { people } = (await admin("GET", `/api/people?${query}`)).body as { people: { id: string }[] };
		return people.map((one) => one.id);
	};

	test("are found by name and role, and told page by page", async () => {
		expect(await ids("q=COURIER")).toEqual(["courier-1", "courier-2"]);
		expect(await ids("role=reviewer")).toEqual(["reviewer"]);
		expect(await ids("kind=worker&organisation=outlet-1")).toEqual(["courier-1", "courier-2"]);
		expect(await ids("q=%25")).toEqual([]);
		const all = await ids("limit=500");
		const pages: string[] = [];
		for (let after = ""; ; ) {
			const { body } = await admin("GET", `/api/people?limit=7${after && `&after=${after}`}`);
			const { people, next } = body as { people: { id: string }[]; next: string | null };
			pages.push(...people.map((one) => one.id));
			if (!next) break;
			after = next;
		}
		expect(pages).toEqual(all);
	});

	test("leave with what ends told beforehand, and may come back", async () => {
		const { case: id } = await edge.file();
		await edge.tell("handler-2", id, "ClaimCase");
		expect((await admin("GET", "/api/people/handler-2/ending")).body).toEqual({
			...{ cases: 1, sessions: 0, keys: 0, teams: [] },
		});
		expect((await admin("GET", "/api/people/nobody/ending")).status).toBe(404);
		expect((await admin("POST", "/api/people/handler-2/deactivate")).status).toBe(204);
		expect(await ids("active=false")).toEqual(["handler-2"]);
		expect((await admin("POST", "/api/people/handler-2/reactivate")).status).toBe(204);
		expect(await ids("active=false")).toEqual([]);
		expect((await admin("POST", "/api/people/nobody/reactivate")).status).toBe(404);
	});
});

describe("a pack's examples", () => {
	test("are read by the office, and each may be tried as it stands", async () => {
		const { body } = await edge.ask("handler", "GET", "/api/packs/express/examples");
		const [first] = (body as { examples: { example: string; given: object }[] }).examples;
		const tried = await edge.ask("handler", "POST", "/api/packs/express/try", { given: first?.given });
		expect(tried.status).toBe(200);
		expect((await edge.ask("courier-1", "GET", "/api/packs/express/examples")).status).toBe(403);
		expect((await edge.ask("handler", "GET", "/api/packs/none/examples")).status).toBe(404);
	});
});
