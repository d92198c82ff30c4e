import { createHmac } from "node:crypto";
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

describe("the second factor", () => {
	test("is asked for after the password, and gives the session", async () => {
		await enterSignIn(under, "careful", "admin", { phone: "13700007777" });
		const first = cookiesOf(await page.signIn("careful@acme", PASSWORD));
		const enabled = await page.post("/api/auth/two-factor/enable", { password: PASSWORD }, { cookie: first });
		const { totpURI, backupCodes } = enabled.json<{ totpURI: string; backupCodes: string[] }>();
		expect(totpURI).toContain("careful%40acme");
		expect(backupCodes).toHaveLength(10);
		const code = await totp(totpURI);
		expect(
			(await page.post("/api/auth/two-factor/verify-totp", { code }, { cookie: first })).statusCode,
		).toBe(200);

		const half = await page.signIn("careful@acme", PASSWORD);
		expect(half.json()).toMatchObject({ twoFactor: true });
		const cookie = cookiesOf(half);
		expect((await page.session(cookie)).statusCode).toBe(401);
		const wrong = await page.post("/api/auth/two-factor/verify-totp", { code: "000000" }, { cookie });
		expect(wrong.json()).toMatchObject({ status: 401, reason: "WrongCode" });
		const right = await page.post(
			"/api/auth/two-factor/verify-totp",
			{ code: await totp(totpURI) },
			{ cookie },
		);
		expect(right.body).not.toContain("token");
		expect((await page.session(cookiesOf(right))).json()).toMatchObject({ person: "careful" });
	});

	test("is asked for after a phone code too", async () => {
		await page.post("/api/auth/phone-code/send", { phone: "137 0000 7777" });
		await under.settled();
		const code = under.sent.at(-1)?.code;
		const half = await page.post("/api/auth/sign-in/phone-number", { phone: "13700007777", code });
		expect(half.json()).toMatchObject({ twoFactor: true });
		expect((await page.session(cookiesOf(half))).statusCode).toBe(401);
	});

	async function totp(uri: string): Promise<string> {
		const secret = new URL(uri).searchParams.get("secret") ?? "";
		const bits = [...secret].map((one) =>
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0"),
		);
		const bytes = bits.join("").match(/.{8}/g) ?? [];
		const counter = Buffer.alloc(8);
		counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
		const mac = createHmac("sha1", Buffer.from(bytes.map((one) => Number.parseInt(one, 2))))
			.update(counter)
			.digest();
		const at = (mac[19] ?? 0) & 15;
		return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
	}
});

describe("signing in by phone code", () => {
	const send = (phone: string, more: object = {}) =>
		page.post("/api/auth/phone-code/send", { phone, ...more });
	const enter = (phone: string, code: string | undefined, more: object = {}) =>
		page.post("/api/auth/sign-in/phone-number", { phone, code, ...more });

	test("a code is sent to the phone, opens a session once, and is kept only as a keyed hash", async () => {
		const before = under.sent.length;
		expect((await send("+86 138-0000-1111")).json()).toEqual({ sent: true });
		await under.settled();
		expect(under.sent.slice(before)).toEqual([
			{
				company: "acme",
				phone: "+86 138-0000-1111",
				code: expect.stringMatching(/^\d{6}$/),
				minutes: 10,
				language: "en",
			},
		]);
		const code = under.sent.at(-1)?.code ?? "";
		const [rows] = await database.read([
			{ sql: "select encode(code, 'hex') as code from one_time_code", parameters: [] },
		]);
		expect(JSON.stringify(rows)).not.toContain(Buffer.from(code).toString("hex"));
		const response = await enter("13800001111", code);
		expect((await page.session(cookiesOf(response))).json()).toMatchObject({ person: "li.na" });
		expect((await enter("13800001111", code)).json()).toMatchObject({ reason: "WrongCode" });
	});

	test("a phone that nobody has is answered alike, and nothing is sent", async () => {
		const before = under.sent.length;
		expect((await send("13999999999")).json()).toEqual({ sent: true });
		await under.settled();
		expect(under.sent).toHaveLength(before);
		expect((await enter("13999999999", "123456")).json()).toMatchObject({ status: 401, reason: "WrongCode" });
	});

	test("five wrong tries use a code up, and after ten minutes it is no longer good", async () => {
		await send("13800001111");
		await under.settled();
		const code = under.sent.at(-1)?.code ?? "";
		const wrong = code === "000000" ? "000001" : "000000";
		for (let n = 0; n < 5; n += 1) await enter("13800001111", wrong);
		expect((await enter("13800001111", code)).statusCode).toBe(401);
		await send("13800001111");
		await under.settled();
		const next = under.sent.at(-1)?.code;
		under.at("2026-03-02T02:10:00.000Z");
		expect((await enter("13800001111", next)).statusCode).toBe(401);
		under.at("2026-03-02T02:09:59.999Z");
		expect((await enter("13800001111", next)).statusCode).toBe(200);
	});

	test("a phone gets three codes an hour", async () => {
		const before = under.sent.length;
		for (let n = 0; n < 5; n += 1) await send("13800001111");
		await under.settled();
		expect(under.sent.length - before).toBe(3);
		under.at("2026-03-02T03:00:00.001Z");
		await send("13800001111");
		await under.settled();
		expect(under.sent.length - before).toBe(4);
	});

	test("who works for two companies names one", async () => {
		await enterSignIn(under, "courier", "worker", { phone: "13600006666", company: "acme" });
		await enterSignIn(under, "courier", "worker", { phone: "13600006666", company: "other" });
		const before = under.sent.length;
		await send("13600006666");
		await under.settled();
		expect(under.sent).toHaveLength(before);
		await send("13600006666", { company: "other" });
		await under.settled();
		const code = under.sent.at(-1)?.code;
		expect((await enter("13600006666", code, { company: "acme" })).statusCode).toBe(401);
		const response = await enter("13600006666", code, { company: "other" });
		expect((await page.session(cookiesOf(response))).json()).toMatchObject({
			company: "other",
			kind: "respondent",
		});
	});
});
