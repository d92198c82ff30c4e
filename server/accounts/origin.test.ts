import { expect, test } from "vitest";
import { originProblem } from "./origin.ts";

const problem = (headers: Record<string, string>, method = "POST") =>
	originProblem({ method, headers: { host: "complaints.example", ...headers } }, "https://complaints.example")
		?.reason ?? null;

test.each([
	["our own page", { origin: "https://complaints.example", cookie: "a=b" }],
	["our own page, before anybody signed in", { origin: "https://complaints.example" }],
	[
		"the host that was asked, by another name",
		{ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000", cookie: "a=b" },
	],
	["a browser that says same origin only", { "sec-fetch-site": "same-origin", cookie: "a=b" }],
	["a program without cookies", {}],
	["an API key, from wherever", { authorization: "Bearer x", origin: "https://evil.example" }],
	["a link, from wherever", { authorization: "Link x", origin: "https://evil.example" }],
])("passes: %s", (_, headers) => {
	expect(problem(headers)).toBeNull();
});

test.each([
	["another site", { origin: "https://evil.example", cookie: "a=b" }],
	["another site, before anybody signed in", { origin: "https://evil.example" }],
	["a subdomain", { origin: "https://evil.complaints.example", cookie: "a=b" }],
	["another port", { origin: "https://complaints.example:8443", cookie: "a=b" }],
	["a sandboxed page", { origin: "null", cookie: "a=b" }],
	["a browser that says cross-site", { "sec-fetch-site": "cross-site" }],
	["a browser that says same-site", { "sec-fetch-site": "same-site", cookie: "a=b" }],
	["cookies from nowhere", { cookie: "a=b" }],
	["another scheme of authorization", { authorization: "Basic x", cookie: "a=b" }],
])("refused: %s", (_, headers) => {
	for (const method of ["POST", "PUT", "PATCH", "DELETE"])
		expect(problem(headers, method)).toBe("ForeignOrigin");
	expect(problem(headers, "GET")).toBeNull();
});
