import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { orderBookContract } from "#server/ports/order-book.contract.ts";
import { type OrdersStandIn, ordersStandIn } from "../stand-ins/orders.ts";
import { hmacHeaders, httpOrders, type OrderBookSettings } from "./http.ts";

const secrets = {
	token: "a-token-that-must-not-show",
	keyId: "redress",
	secret: "a-secret-that-must-not-show",
};
const credentials: OrderBookSettings["credential"][] = [
	{ kind: "bearer", token: secrets.token },
	{ kind: "hmac", keyId: secrets.keyId, secret: secrets.secret },
];
const settingsFor = (endpoint: string, credential = credentials[0]!): OrderBookSettings => ({
	url: `${endpoint}/{company}/orders/{number}`,
	credential,
	timeoutMs: 2000,
	clock: () => "2026-03-01T03:07:30.000Z",
});
const pathOf = (company: string, number: string) => `/${company}/orders/${encodeURIComponent(number)}`;

for (const credential of credentials) {
	orderBookContract(`HTTP with ${credential.kind}`, async () => {
		const server = await ordersStandIn(secrets);
		return {
			book: httpOrders(settingsFor(server.url, credential)),
			enter: (company, number, record) => void server.records.set(pathOf(company, number), record),
			close: server.close,
		};
	});
}

describe("order book over HTTP", () => {
	let server: OrdersStandIn;
	beforeEach(async () => {
		server = await ordersStandIn(secrets);
		const record = { number: "1", trade: "express", status: "new", facts: {}, people: [], events: [] };
		server.records.set("/acme/orders/1", record);
	});
	afterEach(() => server.close());

	const find = (change: Partial<OrderBookSettings> = {}, number = "1") =>
		httpOrders({ ...settingsFor(server.url), ...change }).find("acme", number);
	const status = (code: number) => ({ status: code, body: "{}" });

	test("an outage is tried once more, and no more", async () => {
		server.next.push(status(503));
		expect(await find()).toMatchObject({ ok: true, order: { number: "1" } });
		server.next.push(status(503), status(502), status(503));
		expect(await find()).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		expect(server.asked).toBe(4);
	});

	test.each([
		[401, "misconfigured", false],
		[302, "misconfigured", false],
		[400, "refused", false],
	])("status %i is not tried again", async (code, reason, retry) => {
		server.next.push(status(code));
		expect(await find()).toMatchObject({ ok: false, reason, retry });
		expect(server.asked).toBe(1);
	});

	test("a system that doesn't answer, isn't there, or pours out data is a fault as a value", async () => {
		server.next.push("never", "never");
		expect(await find({ timeoutMs: 50 })).toMatchObject({ ok: false, reason: "timeout", retry: true });
		expect(await find({ url: "http://127.0.0.1:9/{number}" })).toMatchObject({
			ok: false,
			reason: "unreachable",
		});
		server.next.push({ status: 200, body: "x".repeat(1024 * 1024 + 1) });
		expect(await find()).toMatchObject({ ok: false, reason: "too-large", retry: false });
		server.next.push({ status: 200, body: "<html>" });
		expect(await find()).toMatchObject({ ok: false, reason: "unreadable", retry: false });
	});

	test("another order than the one asked for is not taken", async () => {
		server.records.set("/acme/orders/2", server.records.get("/acme/orders/1"));
		expect(await find({}, "2")).toMatchObject({ ok: false, reason: "unreadable" });
	});

	test("a number can't climb out of its place in the address", async () => {
		const record = { trade: "x", status: "x", facts: {}, people: [], events: [] };
		server.records.set("/acme/", { ...record, number: ".." });
		server.records.set("/acme/orders/", { ...record, number: "." });
		server.records.set("/acme/secret", { ...record, number: "../secret" });
		for (const number of ["../secret", "..", ".", "1?x=1", "1#x", "$&"]) {
			expect(await find({}, number)).toEqual({ ok: true, order: null });
		}
	});

	test("faults show no credential and no number", async () => {
		const wrong = await find({ credential: { kind: "hmac", keyId: "redress", secret: "another-secret" } });
		expect(wrong).toMatchObject({ ok: false, reason: "misconfigured" });
		server.next.push("never", "never");
		const mute = await find({ timeoutMs: 50 }, "13800138000");
		expect(JSON.stringify([wrong, mute])).not.toMatch(/secret|token|13800138000/);
	});

	test("an address without a place for the number stops the start", () => {
		for (const url of [
			"https://oms.example/orders",
			"ftp://oms.example/{number}",
			"{number}",
			"https://me:pw@oms.example/{number}",
		]) {
			expect(() => httpOrders({ ...settingsFor(server.url), url })).toThrow(
				/http or https, without a password, and contain \{number\}/,
			);
		}
	});

	test("the signed headers are HMAC-SHA256 over method, target and date", () => {
		expect(
			hmacHeaders({ keyId: "k", secret: "Jefe" }, "/a/orders/1?x=1", "2026-03-01T03:07:30.000Z"),
		).toEqual({
			"x-redress-key": "k",
			"x-redress-date": "2026-03-01T03:07:30.000Z",
			"x-redress-signature": "1c4c851ce333e57b2d0bd99cf423b054eb43966156854dafc587519438365a35",
		});
	});
});
