import { getMigrations } from "better-auth/db/migration";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { actorFor } from "./actors.ts";
import { deactivate } from "./people.ts";
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
import { createAccounts, setPassword } from "./users.ts";

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

describe("the library's tables", () => {
	test("are as the library wants them", async () => {
		const { toBeAdded, toBeCreated } = await getMigrations(under.accounts.auth.options);
		expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] });
	});
});

describe("signing in by name and password", () => {
	test("gives a cookie that no script can read, and the session says who it is", async () => {
		const response = await page.signIn("Li.Na@ACME ", PASSWORD);
		expect([response.statusCode, response.json()]).toEqual([200, {}]);
		const [token] = response.cookies;
		expect(token).toMatchObject({
			name: "redress.session_token",
			httpOnly: true,
			sameSite: "Lax",
			path: "/",
		});
		const answer = await page.session(cookiesOf(response));
		expect(answer.json()).toEqual({
			person: "li.na",
			name: "li.na of acme",
			kind: "person",
			company: "acme",
			capabilities: ["intake", "settle", "triage", "handle", "reveal"],
			roles: ["handler"],
			organisations: "all",
			trades: "all",
			language: "en",
		});
	});

	test("is believed from its signed copy for a while, which is renewed from the database", async () => {
		const [token, copy] = cookiesOf(await page.signIn("li.na@acme", PASSWORD)).split("; ");
		const asked = async (cookie: string) => (await actorFor(under.accounts, { cookie }, NOW))?.cookies;
		expect(await asked(`${token}; ${copy}`)).toEqual([]);
		expect(await asked(`${token}`)).toEqual([
			expect.stringMatching(/^redress\.session_data=.*Max-Age=60;.*HttpOnly/),
		]);
		expect(await asked(`${copy}`)).toBeUndefined();
	});

	test("secure cookies where the server is reached by https", async () => {
		const secure = await pageOver(accountsUnderTest(database, { publicUrl: "https://redress.example" }));
		const response = await secure.app.inject({
			method: "POST",
			url: "/api/session",
			payload: { login: "li.na@acme", password: PASSWORD },
		});
		expect(response.cookies).not.toHaveLength(0);
		for (const one of response.cookies) {
			expect(one).toMatchObject({ secure: true, httpOnly: true });
			expect(one.name).toMatch(/^__Secure-/);
		}
		await secure.app.close();
	});

	test.each([
		["a wrong password", "li.na@acme", "wrong password"],
		["a name that nobody has", "nobody@acme", PASSWORD],
		["a name that can't be", "no body!", PASSWORD],
		["a name too short", "x", PASSWORD],
	])("%s is refused in the same words", async (_, login, password) => {
		const response = await page.signIn(login, password, { language: "zh" });
		expect(response.statusCode).toBe(401);
		expect(response.headers["content-type"]).toContain("application/problem+json");
		expect(response.json()).toMatchObject({
			reason: "WrongPassword",
			title: "账号或密码不对，或者账号已停用。",
		});
		expect(response.cookies.filter((one) => one.value !== "")).toEqual([]);
	});

	test("a password is checked for names that nobody has too, so that time tells nothing", async () => {
		const timed = async (login: string) => {
			const start = performance.now();
			await page.signIn(login, "wrong password");
			return performance.now() - start;
		};
		const least = async (login: string) =>
			Math.min(await timed(login), await timed(login), await timed(login));
		const [known, unknown] = [await least("li.na@acme"), await least("nobody@acme")];
		expect(unknown).toBeGreaterThan(known / 3);
		expect(known).toBeGreaterThan(unknown / 3);
	});

	test("who has left can't sign in, and is refused at once where they are", async () => {
		await enterSignIn(under, "leaver", "handler", {});
		const cookie = cookiesOf(await page.signIn("leaver@acme", PASSWORD));
		expect((await page.session(cookie)).statusCode).toBe(200);
		expect(await deactivate(under.accounts, { company: "acme", person: "leaver" })).toEqual({ ok: true });
		expect((await page.session(cookie)).statusCode).toBe(401);
		expect((await page.signIn("leaver@acme", PASSWORD)).json()).toMatchObject({ reason: "WrongPassword" });
	});

	test("many accounts with one password are made at once, each for itself", async () => {
		const wanted = Array.from({ length: 50 }, (_, n) => ({
			company: "other",
			person: `p${n}`,
			login: `p${n}@other`,
			password: "the demo password",
		}));
		expect(await createAccounts(under.accounts, wanted)).toEqual({ ok: true });
		expect(await createAccounts(under.accounts, wanted.slice(0, 1))).toMatchObject({ ok: false });
		const [rows = []] = await database.read([
			{
				sql: `select distinct password from account_password a join account_user u on u.id = a."userId" where u.company = 'other' and u.person like 'p%'`,
				parameters: [],
			},
		]);
		expect(rows).toEqual([{ password: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) }]);
	});

	test("a session ends by signing out, and by a new password", async () => {
		await database.read([{ sql: "delete from account_session", parameters: [] }]);
		const cookie = cookiesOf(await page.signIn("li.na@acme", PASSWORD));
		const headers = { cookie, origin: "http://localhost:3000" };
		const out = await page.app.inject({ method: "DELETE", url: "/api/session", headers });
		expect(out.statusCode).toBe(204);
		expect(out.cookies.find((one) => one.name === "redress.session_token")).toMatchObject({
			value: "",
			maxAge: 0,
		});
		expect((await database.read([sessionsOf("li.na")]))[0]).toEqual([{ sessions: 0 }]);
		await page.signIn("li.na@acme", PASSWORD);
		expect((await database.read([sessionsOf("li.na")]))[0]).toEqual([{ sessions: 1 }]);
		await setPassword(under.accounts, { company: "acme", person: "li.na", password: PASSWORD });
		expect((await database.read([sessionsOf("li.na")]))[0]).toEqual([{ sessions: 0 }]);
	});

	const sessionsOf = (id: string) => ({
		sql: `select count(*) as sessions from account_session s join account_user u on u.id = s."userId" where u.person = $1`,
		parameters: [id],
	});
});

describe("too many tries", () => {
	test("lock a name for a while, in words, whether it exists or not, and then it opens again", async () => {
		for (const login of ["li.na@acme", "nobody@acme"]) {
			for (let n = 0; n < 10; n += 1)
				expect((await page.signIn(login, "wrong password", { from: `10.1.0.${n}` })).statusCode).toBe(401);
			under.at("2026-03-02T02:05:00.000Z");
			const locked = await page.signIn(login, PASSWORD);
			expect(locked.statusCode).toBe(429);
			expect(locked.headers["retry-after"]).toBe("600");
			expect(locked.json()).toMatchObject({
				reason: "LockedOut",
				title: "Too many tries: locked for now. Try again in 10 minutes.",
			});
			under.at("2026-03-02T02:00:00.000Z");
		}
		under.at("2026-03-02T02:15:00.001Z");
		expect((await page.signIn("li.na@acme", PASSWORD)).statusCode).toBe(200);
	});

	test("at the same moment are counted too", async () => {
		const tries = await Promise.all(
			Array.from({ length: 16 }, () => page.signIn("li.na@acme", "wrong password")),
		);
		const statuses = tries.map((one) => one.statusCode).sort();
		expect(statuses).toEqual([...Array(10).fill(401), ...Array(6).fill(429)]);
	});

	test("the right password clears the count", async () => {
		for (let round = 0; round < 3; round += 1) {
			for (let n = 0; n < 5; n += 1) await page.signIn("li.na@acme", "wrong password");
			expect((await page.signIn("li.na@acme", PASSWORD)).statusCode).toBe(200);
		}
	});

	test("of many names lock an address; those who sign in from there don't count", async () => {
		expect((await page.signIn("li.na@acme", PASSWORD, { from: "10.9.9.9" })).statusCode).toBe(200);
		const tries = Array.from(
			{ length: 100 },
			(_, n) => () => page.signIn(`nobody ${n}`, `${n}`, { from: "10.9.9.9" }),
		);
		for (const one of tries) await one();
		expect((await page.signIn("li.na@acme", PASSWORD, { from: "10.9.9.9" })).json()).toMatchObject({
			reason: "LockedOut",
		});
		expect((await page.signIn("li.na@acme", PASSWORD, { from: "10.9.9.8" })).statusCode).toBe(200);
	});
});
