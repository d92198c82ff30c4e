import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

const admin = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: object) =>
	edge.ask("admin", method, url, body);

describe("webhooks", () => {
	const make = async (events: string[] = ["*"]) =>
		(await admin("POST", "/api/webhooks", { url: "https://example.com/hook", events })).body as {
			id: string;
			secret: string;
		};

	test("the secret is shown once; what happens is logged for delivery without words", async () => {
		const hook = await make(["ComplaintFiled"]);
		expect(hook.secret).toMatch(/^whsec_[\w-]{43}$/);
		const list = await admin("GET", "/api/webhooks");
		expect(JSON.stringify(list.body)).not.toContain(hook.secret);
		const { case: id } = await edge.file();
		const log = await admin("GET", `/api/webhooks/${hook.id}/deliveries`);
		expect(log.body).toMatchObject({
			deliveries: [{ event: "ComplaintFiled", stream: id, attempts: [], deliveredAt: null }],
			next: null,
		});
		expect(JSON.stringify(log.body)).not.toMatch(/花瓶|李小明/);
		expect((await admin("PATCH", `/api/webhooks/${hook.id}`, { active: false })).body).toMatchObject({
			active: false,
		});
		await edge.file();
		const after = (await admin("GET", `/api/webhooks/${hook.id}/deliveries`)).body as {
			deliveries: object[];
		};
		expect(after.deliveries).toHaveLength(1);
	});

	test("a ping and a redelivery become due", async () => {
		const hook = await make();
		const ping = await admin("POST", `/api/webhooks/${hook.id}/ping`);
		expect(ping.status).toBe(202);
		const { delivery } = ping.body as { delivery: string };
		const due = () =>
			edge.rows("select key, payload from due where kind = 'delivery' and key = $1", delivery);
		expect(await due()).toEqual([{ key: delivery, payload: { delivery } }]);
		await edge.rows("delete from due where key = $1", delivery);
		await edge.rows("update delivery set given_up_at = made_at where id = $1", delivery);
		expect((await admin("POST", `/api/webhooks/${hook.id}/deliveries/${delivery}/redeliver`)).status).toBe(
			202,
		);
		expect(await due()).toHaveLength(1);
		expect(await edge.rows("select given_up_at from delivery where id = $1", delivery)).toEqual([
			{ given_up_at: null },
		]);
		expect((await admin("POST", `/api/webhooks/${hook.id}/deliveries/none/redeliver`)).status).toBe(404);
		expect((await admin("DELETE", `/api/webhooks/${hook.id}`)).status).toBe(204);
		expect(await due()).toEqual([]);
		expect((await admin("GET", `/api/webhooks/${hook.id}/deliveries`)).status).toBe(404);
	});

	test("the log goes on page by page", async () => {
		const hook = await make();
		for (let n = 0; n < 5; n++) await admin("POST", `/api/webhooks/${hook.id}/ping`);
		const seen: string[] = [];
		let after = "";
		do {
			const page = (
				await admin("GET", `/api/webhooks/${hook.id}/deliveries?limit=2${after && `&after=${after}`}`)
			).body as {
				deliveries: { id: string }[];
				next: string | null;
			};
			seen.push(...page.deliveries.map((one) => one.id));
			after = page.next ?? "";
		} while (after);
		expect(new Set(seen).size).toBe(5);
	});

	test.each([
		["a scheme of its own", { url: "file:///etc/passwd", events: ["*"] }],
		["a password in it", { url: "https://me:pw@example.com", events: ["*"] }],
		["no address", { url: "example", events: ["*"] }],
		["an event that there isn't", { url: "https://example.com", events: ["toString"] }],
		["no event", { url: "https://example.com", events: [] }],
	])("%s is refused", async (_, body) => {
		expect((await admin("POST", "/api/webhooks", body)).status).toBe(422);
	});
});
