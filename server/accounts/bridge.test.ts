import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import {
	type AccountsUnderTest,
	accountsUnderTest,
	cookiesOf,
	enterCompany,
	enterSignIn,
	NOW,
	PASSWORD,
	type PageUnderTest,
	pageOver,
} from "./testing.ts";

let database: Database<unknown>;
let page: PageUnderTest;
let under: AccountsUnderTest;

beforeAll(async () => {
	database = await testDatabase();
	await enterCompany(database, "acme");
	await enterCompany(database, "other");
	under = accountsUnderTest(database);
	page = await pageOver(under);
	await enterSignIn(under, "li.na", "handler", { phone: "13800001111" });
});
afterAll(async () => {
	await page.app.close();
	await database.close();
});
beforeEach(async () => {
	under.at(NOW);
	await database.read([{ sql: "delete from attempt", parameters: [] }]);
});

describe("the doors", () => {
	test.each([
		["POST", "/api/auth/sign-up/email"],
		["POST", "/api/auth/sign-in/email"],
		["POST", "/api/auth/update-user"],
		["POST", "/api/auth/api-key/create"],
		["GET", "/api/auth/api-key/list"],
		["POST", "/api/auth/is-username-available"],
		["GET", "/api/auth/list-sessions"],
		["GET", "/api/auth/get-session"],
		["GET", "/api/auth/ok"],
	] as const)("%s %s is shut", async (method, url) => {
		const cookie = cookiesOf(await page.signIn("li.na@acme", PASSWORD));
		const origin = "http://localhost:3000";
		const response = await page.app.inject({
			method,
			url,
			headers: { cookie, origin },
			...(method === "POST" ? { payload: {} } : {}),
		});
		expect(response.statusCode).toBe(404);
	});

	test("other sites can't use the cookie, nor sign anybody in", async () => {
		const cookie = cookiesOf(await page.signIn("li.na@acme", PASSWORD));
		const asked = { cookie, origin: "https://evil.example" };
		expect((await page.post("/api/auth/sign-out", {}, asked)).json()).toMatchObject({
			status: 403,
			reason: "ForeignOrigin",
		});
		expect((await page.signIn("li.na@acme", PASSWORD, { origin: "https://evil.example" })).statusCode).toBe(
			403,
		);
		const headers = { cookie, origin: "https://evil.example" };
		expect((await page.app.inject({ method: "DELETE", url: "/api/session", headers })).statusCode).toBe(403);
		expect((await page.session(cookie)).statusCode).toBe(200);
	});

	test("a cookie that was tampered with, and one of another secret, are nobody's", async () => {
		const cookie = cookiesOf(await page.signIn("li.na@acme", PASSWORD));
		expect((await page.session(cookie.replace(/session_token=.{5}/, "session_token=AAAAA"))).statusCode).toBe(
			401,
		);
		const elsewhere = await pageOver(accountsUnderTest(database));
		expect(
			(await elsewhere.app.inject({ method: "GET", url: "/api/session", headers: { cookie } })).statusCode,
		).toBe(401);
		await elsewhere.app.close();
	});

	test("one's own password is changed by giving the old one", async () => {
		await enterSignIn(under, "changer", "handler", {});
		const cookie = cookiesOf(await page.signIn("changer@acme", PASSWORD));
		const change = (currentPassword: string, newPassword: string) =>
			page.post("/api/auth/change-password", { currentPassword, newPassword }, { cookie });
		expect((await change("not that one", "another password")).json()).toMatchObject({
			reason: "WrongPassword",
		});
		expect((await change(PASSWORD, "short")).json()).toMatchObject({ reason: "PasswordLength" });
		expect((await change(PASSWORD, "another password")).statusCode).toBe(200);
		expect((await page.signIn("changer@acme", "another password")).statusCode).toBe(200);
	});

	test("bodies of any shape are refused without failing", async () => {
		const bodies = [
			{},
			{ login: 1 },
			{ login: "li.na@acme", password: "x".repeat(200) },
			{ phone: {} },
			{ code: null },
		];
		for (const url of [
			"/api/session",
			"/api/auth/sign-in/username",
			"/api/auth/sign-in/phone-number",
			"/api/auth/phone-code/send",
			"/api/auth/two-factor/verify-totp",
		])
			for (const body of bodies) expect((await page.post(url, body)).statusCode).toBeLessThan(500);
		expect(under.reported).toEqual([]);
	});
});
