import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { relationProblem } from "./organisations.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

const admin = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: object) =>
	edge.ask("admin", method, url, body);

test("everybody is told who they are", async () => {
	const { case: id } = await edge.file();
	const me = async (who: string) => (await edge.ask(who, "GET", "/api/me")).body;
	expect(await me("handler")).toMatchObject({
		id: "handler",
		company: { id: "acme", name: "Acme", zone: "Asia/Shanghai" },
		roles: ["handler"],
		belongsTo: ["desk"],
	});
	expect(await me(`link:${id}:p1`)).toMatchObject({
		kind: "complainant",
		link: { case: id, party: "p1" },
		alias: null,
	});
	expect((await edge.ask("nobody", "GET", "/api/me")).status).toBe(401);
});

const KEPT: ["GET" | "POST" | "PUT" | "PATCH" | "DELETE", string, object?][] = [
	["PUT", "/api/organisations/x", { name: "甲", nameEn: "A", kind: "outlet" }],
	["PUT", "/api/relations", { child: "outlet-1", parent: "hq", kind: "own", from: "2026-01-01" }],
	["DELETE", "/api/relations/outlet-1/south/2020-01-01"],
	["PUT", "/api/roles/x", { capabilities: ["intake"] }],
	["PUT", "/api/teams/x", { name: "夜班", members: [] }],
	["DELETE", "/api/teams/x"],
	["POST", "/api/people", { kind: "staff", alias: "新人" }],
	["PATCH", "/api/people/handler", { alias: "换名" }],
	["PUT", "/api/people/handler/roles", { roles: [] }],
	["POST", "/api/people/handler/deactivate"],
	["POST", "/api/people/handler/account", { login: "li.na", password: "long enough 1" }],
	["PUT", "/api/people/handler/password", { password: "long enough 1" }],
	["GET", "/api/keys"],
	["POST", "/api/keys", { person: "handler", name: "k", capabilities: ["handle"], days: null }],
	["DELETE", "/api/keys/x"],
	["GET", "/api/webhooks"],
	["POST", "/api/webhooks", { url: "https://example.com/", events: ["*"] }],
	["PATCH", "/api/webhooks/x", { active: false }],
	["DELETE", "/api/webhooks/x"],
	["POST", "/api/webhooks/x/ping"],
	["GET", "/api/webhooks/x/deliveries"],
	["POST", "/api/webhooks/x/deliveries/y/redeliver"],
];

test.each(KEPT)("%s %s is the administrator's alone", async (method, url, body) => {
	for (const who of ["handler", "manager", "courier-1", "link:x:p1", "key"])
		expect((await edge.ask(who, method, url, body)).status).toBe(403);
	expect((await edge.ask("nobody", method, url, body)).status).toBe(401);
});

describe("organisations, roles and teams", () => {
	test("an organisation and its relations count from their day, for the lines of cases filed then", async () => {
		expect(
			(
				await admin("PUT", "/api/organisations/outlet-9", {
					name: "新网点",
					nameEn: "New outlet",
					kind: "outlet",
				})
			).status,
		).toBe(200);
		const relation = { child: "outlet-9", parent: "south", kind: "franchised", from: "2026-02-01" };
		expect((await admin("PUT", "/api/relations", { ...relation, to: "2026-02-28" })).status).toBe(200);
		const line = async (takenAt: string) => {
			const { case: id } = await edge.file({
				parties: [{ seat: "outlet", organisation: "outlet-9" }],
				orders: [{ number: "A1", takenAt, facts: { fee: 1 } }],
			});
			const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
			return (body as { case: { parties: { line: string[] }[] } }).case.parties[0]?.line;
		};
		expect(await line("2026-02-10T00:00:00.000Z")).toEqual(["outlet-9", "south"]);
		expect(await line("2026-03-01T12:00:00.000Z")).toEqual(["outlet-9"]);
		const { body } = await edge.ask("handler", "GET", "/api/relations");
		expect((body as { relations: object[] }).relations).toContainEqual({ ...relation, to: "2026-02-28" });
		expect((await admin("DELETE", "/api/relations/outlet-9/south/2026-02-01")).status).toBe(204);
		expect((await admin("DELETE", "/api/relations/outlet-9/south/2026-02-01")).status).toBe(404);
	});

	test.each<[string, Parameters<typeof relationProblem>[0], string | null]>([
		["to oneself", { child: "a", parent: "a", kind: "own", from: "2026-01-01", to: null }, "parent"],
		[
			"that ends before it begins",
			{ child: "a", parent: "z", kind: "own", from: "2026-01-02", to: "2026-01-01" },
			"to",
		],
		[
			"beside another of the same two",
			{ child: "a", parent: "b", kind: "carrier", from: "2025-06-01", to: null },
			"from",
		],
		[
			"after the other ended",
			{ child: "a", parent: "b", kind: "carrier", from: "2026-01-01", to: null },
			null,
		],
		[
			"in place of one that begins that day",
			{ child: "a", parent: "b", kind: "carrier", from: "2025-01-01", to: null },
			null,
		],
		["in a circle", { child: "c", parent: "a", kind: "own", from: "2025-06-01", to: null }, "parent"],
		[
			"in a circle of other days",
			{ child: "c", parent: "a", kind: "own", from: "2026-01-01", to: null },
			null,
		],
		[
			"of a mere partner in a circle",
			{ child: "c", parent: "a", kind: "partner", from: "2025-06-01", to: null },
			null,
		],
	])("a relation %s", (_, relation, at) => {
		const known = [
			{ child: "a", parent: "b", kind: "own" as const, from: "2025-01-01", to: "2025-12-31" },
			{ child: "b", parent: "c", kind: "franchised" as const, from: "2025-01-01", to: null },
		];
		expect(relationProblem(relation, known)?.at ?? null).toBe(at);
	});

	test("unknown organisations, circles and the last administrator are refused", async () => {
		const refused = await admin("PUT", "/api/relations", {
			child: "nowhere",
			parent: "hq",
			kind: "own",
			from: "2026-01-01",
		});
		expect(refused).toMatchObject({ status: 422, body: { fields: [{ at: "child" }] } });
		expect((await admin("PUT", "/api/roles/x", { capabilities: ["system"] })).status).toBe(422);
		expect(await admin("PUT", "/api/roles/admin", { capabilities: [] })).toMatchObject({
			status: 409,
			body: { reason: "LastAdministrator" },
		});
		expect((await admin("PUT", "/api/roles/admin", { capabilities: ["administer", "quality"] })).status).toBe(
			200,
		);
		expect(await admin("PUT", "/api/people/admin/roles", { roles: [] })).toMatchObject({ status: 409 });
	});

	test("a role of the company's own gives what it bundles at once", async () => {
		await admin("PUT", "/api/roles/night-desk", { capabilities: ["intake"] });
		await admin("POST", "/api/people", {
			id: "night",
			kind: "staff",
			alias: "夜班",
			organisation: "desk",
			roles: [{ role: "night-desk" }],
		});
		const file = (
			await edge.ask("night", "POST", "/api/complaints", {
				pack: "express",
				channel: "phone",
				verbatim: "包裹破损",
			})
		).status;
		expect(file).toBe(201);
	});

	test("a team has its members and shifts", async () => {
		const team = {
			name: "夜班",
			organisation: "desk",
			members: [
				{ person: "agent", from: "22:00", to: "06:00" },
				{ person: "handler", from: null, to: null },
			],
		};
		expect((await admin("PUT", "/api/teams/night", team)).status).toBe(200);
		expect((await edge.ask("handler", "GET", "/api/teams")).body).toEqual({
			teams: [{ id: "night", ...team }],
		});
		expect(
			(await admin("PUT", "/api/teams/night", { ...team, members: [{ person: "stranger" }] })).status,
		).toBe(422);
		expect(
			(
				await admin("PUT", "/api/teams/night", {
					...team,
					members: [{ person: "agent", from: "25:00", to: "06:00" }],
				})
			).status,
		).toBe(422);
		expect((await admin("DELETE", "/api/teams/night")).status).toBe(204);
	});
});

describe("people and keys", () => {
	test("a person is entered, changed, given roles, and leaves", async () => {
		const made = await admin("POST", "/api/people", {
			kind: "staff",
			alias: "王敏",
			name: "王小敏",
			phone: "13600001111",
			organisation: "desk",
			roles: [{ role: "handler", trades: ["express"] }],
			signIn: { login: "wang.min", password: "correct horse" },
		});
		expect(made.status).toBe(201);
		const { id } = made.body as { id: string };
		expect((await edge.ask(id, "GET", "/api/cases")).status).toBe(200);
		expect(
			(await admin("PATCH", `/api/people/${id}`, { alias: "王敏（夜）", organisation: null })).status,
		).toBe(200);
		const { body } = await admin("GET", "/api/people");
		expect((body as { people: object[] }).people).toContainEqual(
			expect.objectContaining({
				id,
				alias: "王敏（夜）",
				name: "王**",
				phone: "136****1111",
				organisation: null,
				login: "wang.min",
			}),
		);
		expect((await admin("PUT", `/api/people/${id}/roles`, { roles: [{ role: "none" }] })).status).toBe(422);
		expect((await admin("POST", `/api/people/${id}/deactivate`)).status).toBe(204);
		const colleagues = (await edge.ask("handler", "GET", "/api/people")).body as { people: { id: string }[] };
		expect(colleagues.people.map((one) => one.id)).not.toContain(id);
		expect(JSON.stringify(colleagues)).not.toContain("wang.min");
		expect((await edge.ask("courier-1", "GET", "/api/people")).status).toBe(403);
	});

	test("a key is shown once and withdrawn", async () => {
		const body = { person: "handler", name: "订单系统", capabilities: ["handle"], days: 30 };
		const made = await admin("POST", "/api/keys", body);
		expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^redress_/) } });
		const { id, key } = made.body as { id: string; key: string };
		const listed = JSON.stringify((await admin("GET", "/api/keys")).body);
		expect(listed).toContain(id);
		expect(listed).not.toContain(key);
		expect((await admin("POST", "/api/keys", { ...body, capabilities: ["administer"] })).status).toBe(422);
		expect((await admin("DELETE", `/api/keys/${id}`)).status).toBe(204);
		expect((await admin("DELETE", "/api/keys/none")).status).toBe(404);
	});
});
