import { expect, test } from "vitest";
import { isPrivate, post } from "./post.ts";
import { standIn } from "./stand-ins/listen.ts";

test("addresses of this machine, of private networks and of nobody are private, the others are not", () => {
	const inner = [
		"127.0.0.1",
		"127.9.9.9",
		"10.0.0.1",
		"172.16.0.1",
		"172.31.255.255",
		"192.168.1.1",
		"169.254.169.254",
		"100.64.0.1",
		"0.0.0.0",
		"255.255.255.255",
		"::1",
		"::",
		"fd00::1",
		"fe80::1",
		"::ffff:10.0.0.1",
		"::ffff:169.254.169.254",
		"64:ff9b::a00:1",
	];
	const outer = [
		"1.1.1.1",
		"172.32.0.1",
		"172.15.255.255",
		"100.63.0.1",
		"100.128.0.1",
		"192.167.0.1",
		"223.5.5.5",
		"2606:4700::1111",
		"::ffff:1.1.1.1",
	];
	expect(inner.filter((one) => !isPrivate(one))).toEqual([]);
	expect(outer.filter(isPrivate)).toEqual([]);
});

test("what is no web address is not tried", async () => {
	const rest = { headers: {}, body: "{}", timeoutMs: 1_000, privateAllowed: true };
	for (const url of ["", "ftp://example.org/", "file:///etc/passwd", "not an address"])
		expect(await post({ url, ...rest })).toEqual({ status: null, error: "not-a-web-address" });
});

test("a receiver that never answers is given up in time", async () => {
	const silent = await standIn(() => "never");
	const answer = await post({
		url: silent.url,
		headers: {},
		body: "{}",
		timeoutMs: 50,
		privateAllowed: true,
	});
	await silent.close();
	expect(answer).toEqual({ status: null, error: "timeout" });
});

test("a long answer is not waited for", async () => {
	const chatty = await standIn(() => ({ status: 200, body: "x".repeat(5_000_000) }));
	const answer = await post({
		url: chatty.url,
		headers: {},
		body: "{}",
		timeoutMs: 5_000,
		privateAllowed: true,
	});
	await chatty.close();
	expect(answer).toEqual({ status: 200 });
});
