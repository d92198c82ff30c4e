import { encode } from "uqr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complaintAddress } from "./receipt-code.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

test("the code on a receipt opens the page to complain about that order", async () => {
	const answer = await edge.ask("key", "GET", "/api/orders/YD%2F1/receipt-code");
	expect(answer.status).toBe(200);
	expect(answer.headers["content-type"]).toBe("image/svg+xml");
	const svg = answer.bytes.toString();
	const { size } = encode(complaintAddress("http://localhost:3000", "acme", "YD/1"), {
		ecc: "M",
		border: 4,
	});
	expect(complaintAddress("http://localhost:3000", "acme", "YD/1")).toBe(
		"http://localhost:3000/complain?order=YD%2F1&company=acme",
	);
	expect(svg).toContain(`viewBox="0 0 ${size * 10} ${size * 10}"`);
});

test("an outsider is told that it is not theirs to make", async () => {
	expect((await edge.ask("courier-1", "GET", "/api/orders/YD1/receipt-code")).status).toBe(403);
});
