import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "#engine/journey.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
});
afterAll(() => edge.close());

describe("the interface's own description", () => {
	interface Api {
		openapi: string;
		paths: Record<
			string,
			Record<string, { requestBody?: { content: Record<string, { schema: { oneOf?: object[] } }> } }>
		>;
		components: { schemas: Record<string, { properties: Record<string, object> }> };
	}

	test("names every route and every command", async () => {
		const { body, status } = await edge.ask("nobody", "GET", "/api/openapi.json");
		expect(status).toBe(200);
		const { openapi, paths, components } = body as Api;
		expect(openapi).toBe("3.1.0");
		for (const path of [
			"/api/complaints",
			"/api/cases/{id}/commands",
			"/api/search",
			"/api/uploads/{upload}",
			"/api/webhooks/{id}/ping",
			"/metrics",
		])
			expect(Object.keys(paths)).toContain(path);
		const commands =
			paths["/api/cases/{id}/commands"]?.post?.requestBody?.content["application/json"]?.schema.oneOf ?? [];
		expect(commands).toHaveLength(COMMANDS.size - 1);
		expect(components.schemas.ClaimCase?.properties.type).toEqual({ const: "ClaimCase" });
		const dangling = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].filter(
			([, name]) => !components.schemas[name ?? ""],
		);
		expect(dangling).toEqual([]);
	});

	test("is a page that needs nothing from elsewhere", async () => {
		const page = await edge.ask("nobody", "GET", "/api/docs");
		expect(page.headers["content-type"]).toContain("text/html");
		expect(page.body).toContain("/api/cases/{id}/commands");
		expect(page.body).not.toMatch(/(src|href)="https?:|<script|@import/);
	});
});

describe("health", () => {
	test("alive, ready, and figures without anybody's name", async () => {
		expect((await edge.ask("nobody", "GET", "/healthz")).body).toEqual({ ok: true });
		const ready = await edge.ask("nobody", "GET", "/readyz");
		expect(ready).toMatchObject({
			status: 200,
			body: { ok: true, database: true, migrations: true, packs: true },
		});
		await edge.ask("handler", "POST", `/api/cases/${kase}/commands`, { type: "ClaimCase" });
		await edge.ask("handler-2", "POST", `/api/cases/${kase}/commands`, { type: "ClaimCase" });
		await edge.ask("handler-2", "POST", `/api/cases/${kase}/commands`, { type: "x".repeat(50) });
		await edge.rows("update due set failed_at = at where stream = $1 and key like '%:100'", kase);
		const { body, headers } = await edge.ask("nobody", "GET", "/metrics");
		expect(headers["content-type"]).toContain("text/plain; version=0.0.4");
		const text = String(body);
		expect(text).toContain('redress_commands_total{command="ClaimCase",result="accepted"} 1');
		expect(text).toContain('redress_commands_total{command="ClaimCase",result="AlreadyClaimed"} 1');
		expect(text).toContain('redress_commands_total{command="unknown",result="malformed"} 1');
		expect(text).toMatch(/redress_http_requests_total\{method="GET",route="\/healthz",status="200"\} 1/);
		expect(text).toMatch(/redress_http_request_seconds_bucket\{[^}]*le="\+Inf"\} \d+/);
		expect(text).toMatch(/redress_due_rows_failed\{kind="timer"\} [1-9]/);
		expect(text).toMatch(/redress_due_rows_waiting [1-9]/);
		expect(text).not.toMatch(/acme|handler|courier|x{50}/);
		for (const line of text.trim().split("\n"))
			expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? -?[\d.e+-]+|)$/);
	});

	test("a database that doesn't answer makes the process not ready, and no error", async () => {
		const down = await wholeEdge();
		await down.database.close();
		expect(await down.ask("nobody", "GET", "/readyz")).toMatchObject({
			status: 503,
			body: { ok: false, database: false },
		});
		expect((await down.ask("nobody", "GET", "/metrics")).status).toBe(200);
		expect((await down.ask("nobody", "GET", "/healthz")).status).toBe(200);
		await down.close();
	});
});
