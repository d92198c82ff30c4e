import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAPABILITIES } from "#engine/actor.ts";
import { hostileIn } from "./hostile.ts";
import { type CommandSchema, commandSchemas } from "./schemas.ts";
import { COMPLAINT, type TestEdge } from "./testing.ts";
import { like, nasty, RAW, type Schema, text } from "./testing-nonsense.ts";
import { wholeEdge } from "./testing-whole.ts";

const RUNS = 1_000;

let edge: TestEdge;
let routes: { method: Method; path: string; schema: Schema | null }[];
let cases: string[];

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
beforeAll(async () => {
	edge = await wholeEdge();
	const { body } = await edge.ask("nobody", "GET", "/api/openapi.json");
	const { paths } = body as {
		paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
	};
	routes = Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, { requestBody }]) => ({
			method: method.toUpperCase() as Method,
			path,
			schema: requestBody?.content["application/json"]?.schema ?? null,
		})),
	);
	const filed = [await edge.file(), await edge.file(), await edge.file()].map((one) => one.case);
	await edge.tell("handler", filed[1]!, "ClaimCase");
	await edge.tell("manager", filed[1]!, "GradeCase", { urgency: "ordinary", severity: "C", why: "小事" });
	await edge.tell("handler", filed[1]!, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "怎么回事",
	});
	cases = filed;
	const outside: readonly string[] = ["system", "respond", "complain"];
	const capabilities = CAPABILITIES.filter((one) => !outside.includes(one));
	await edge.ask("admin", "PUT", "/api/roles/all", { capabilities });
	await edge.ask("admin", "POST", "/api/people", {
		id: "all",
		kind: "staff",
		alias: "all",
		roles: [{ role: "all" }],
	});
});
afterAll(() => edge.close());

/** `all` may do anything that the office may, so that half of it gets past the door. */
const WHO = [
	...Array.from({ length: 15 }, () => "all"),
	"handler",
	"agent",
	"manager",
	"admin",
	"quality",
	"regulator-liaison",
	"safety",
	"finance",
	"reviewer",
	"legal",
	"officer",
	"courier-1",
	"link",
	"key",
	"nobody",
];
const TABLES =
	"history snapshot case_row case_search words personal reveal due idempotency evidence_file upload orders phone_call webhook delivery notice organisation relation role person membership team team_member company saved_view presence wish push_subscription link masked_line masked_call".split(
		" ",
	);

async function counts(): Promise<unknown> {
	return await edge.rows(
		`select ${TABLES.map((one) => `(select count(*) from ${one}) as ${one}`).join(", ")}`,
	);
}

async function send(who: string, method: Method, url: string, body: Buffer | undefined, type: string) {
	const actor = who === "link" ? `link:${cases[0]}:p1` : who;
	const headers: Record<string, string> = body === undefined ? {} : { "content-type": type };
	const before = await counts();
	const answer = await edge.ask(actor, method, url, body, headers);
	if (answer.status >= 500) throw new Error(`${method} ${url} as ${actor}: ${JSON.stringify(answer.body)}`);
	if (answer.status >= 400) {
		expect(answer.headers["content-type"]).toContain("application/problem+json");
		expect(await counts()).toEqual(before);
	}
	return answer;
}

describe("whatever comes in, nothing breaks and nothing is half-written", () => {
	test("every route with every kind of nonsense", { timeout: 240_000 }, async () => {
		const commands = commandSchemas();
		const any = fc.record({
			route: fc.nat(),
			who: fc.constantFrom(...WHO),
			params: fc.array(
				fc.oneof(
					{ weight: 4, arbitrary: fc.nat().map((n) => cases[n % cases.length]!) },
					{ weight: 2, arbitrary: text },
				),
				{ minLength: 3, maxLength: 3 },
			),
			query: fc.option(
				fc.dictionary(
					fc.constantFrom("q", "after", "limit", "sort", "pack", "dueBefore", "closed", "version", "x"),
					nasty,
					{ maxKeys: 3 },
				),
			),
			raw: fc.option(fc.constantFrom(...RAW), { freq: 8 }),
			command: fc.nat(),
			seed: fc.nat(),
		});
		await fc.assert(
			fc.asyncProperty(any, async ({ who, params, query, raw, seed, ...at }) => {
				const route = routes[at.route % routes.length]!;
				const command = commands[at.command % commands.length]!;
				const left = [...params];
				const path = route.path.replaceAll(/\{\w+\}/g, () => encodable(left.shift() ?? "x"));
				const search = query
					? `?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, value.toWellFormed()]))}`
					: "";
				const body =
					route.method === "GET" || route.method === "DELETE"
						? undefined
						: (raw ?? bodyFor(route.schema, command, seed));
				await send(who, route.method, path + search, body, "application/json");
			}),
			{ numRuns: RUNS },
		);
	});

	test("every command with fields much like its own", { timeout: 240_000 }, async () => {
		const schemas = commandSchemas();
		const any = fc.constantFrom(...schemas.map((one) => one.type)).chain((type) =>
			fc.record({
				type: fc.constant(type),
				fields: like(schemas.find((one) => one.type === type)?.schema as Schema),
				who: fc.constantFrom(...WHO),
				at: fc.nat(2),
			}),
		);
		await fc.assert(
			fc.asyncProperty(any, async ({ type, fields, who, at }) => {
				const filing = type === "FileComplaint";
				const body = Buffer.from(
					JSON.stringify({ ...(fields as object), ...(filing ? { pack: "express" } : { type }) }),
				);
				await send(
					who,
					"POST",
					filing ? "/api/complaints" : `/api/cases/${cases[at]}/commands`,
					body,
					"application/json",
				);
			}),
			{ numRuns: RUNS },
		);
	});

	test("addresses that can't be read", async () => {
		for (const url of [
			"/api/cases/%ff",
			"/api/cases/%00",
			"/api/cases/%",
			"/api/cases/%ed%a0%80",
			`/api/cases/${"x".repeat(5_000)}`,
			"/api/cases/..%2f..%2fetc",
			"//api//cases",
			"/api/nothing/here",
		]) {
			const answer = await edge.ask("handler", "GET", url);
			expect(answer.status).toBeGreaterThanOrEqual(400);
			expect(answer.status).toBeLessThan(500);
			expect(answer.headers["content-type"]).toContain("application/problem+json");
		}
	});

	test("types that nobody asked for", async () => {
		for (const type of [
			"text/plain",
			"application/xml",
			"multipart/form-data",
			"multipart/form-data; boundary=x",
			"application/json; charset=latin1",
			"application/offset+octet-stream",
			"image/png",
			"x",
		])
			for (const { method, path } of routes.filter((one) => one.method === "POST" || one.method === "PUT")) {
				const url = path.replaceAll(/\{\w+\}/g, cases[0]!);
				await send(
					"handler",
					method,
					url,
					Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="'),
					type,
				);
			}
	});

	test("a key in the header that nobody can store", async () => {
		for (const key of ["\0", "a\0b", "x".repeat(300), ""]) {
			const answer = await edge.ask("agent", "POST", "/api/complaints", COMPLAINT, {
				"idempotency-key": key,
			});
			expect(answer.status).toBe(422);
		}
	});
});

/** A body as the route's schema wants it, or a command for the routes that take any. */
function bodyFor(schema: Schema | null, command: CommandSchema, seed: number): Buffer {
	const arbitrary = schema?.properties ? like(schema) : like(command.schema as Schema);
	const [value] = fc.sample(arbitrary, { seed, numRuns: 1 });
	return Buffer.from(JSON.stringify(value) ?? "");
}

function encodable(text: string): string {
	return encodeURIComponent(text.toWellFormed()) || "x";
}

describe("what no field of ours takes", () => {
	test.each<[string, unknown, string | null]>([
		["a NUL character", { a: ["x", "y\0"] }, "a.1"],
		["a lone surrogate", { a: { b: "\ud800" } }, "a.b"],
		["a key with a NUL character", { "a\0": 1 }, "a\0"],
		["a list without end", { list: Array.from({ length: 1_001 }, () => 0) }, "list"],
		["nothing wrong", { a: [1, "二", "💥", null, { b: true }] }, null],
	])("%s", (_, value, at) => {
		expect(hostileIn(value)?.at ?? null).toBe(at);
	});

	test("nesting deeper than any command, and more values than any", () => {
		let deep: unknown = 1;
		for (let n = 0; n < 40; n++) deep = { deep };
		expect(hostileIn(deep)?.problem).toMatch(/nested/);
		const wide = Array.from({ length: 999 }, () => Array.from({ length: 99 }, () => 0));
		expect(hostileIn(wide)?.problem).toMatch(/values/);
	});
});
