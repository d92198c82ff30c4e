import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { actorFor } from "./actors.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "./api-keys.ts";
import { createPerson, deactivate, type NewPerson, setRoles } from "./people.ts";
import { listPeople, type PersonListed } from "./people-list.ts";
import { sweepAccounts } from "./sweep.ts";
import { type AccountsUnderTest, accountsUnderTest, enterCompany } from "./testing.ts";

let database: Database<unknown>;
let under: AccountsUnderTest;
let company = "";
let companies = 0;

const NOW = "2026-03-02T02:00:00.000Z";
const everywhere = (...roles: string[]) => roles.map((role) => ({ role, organisations: null, trades: null }));

beforeAll(async () => {
	database = await testDatabase();
	under = accountsUnderTest(database);
});
afterAll(() => database.close());
beforeEach(async () => {
	companies += 1;
	company = `company-${companies}`;
	await enterCompany(database, company);
});

const everybody = async () =>
	(await database.read([listPeople(company, {}, null, 100)]))[0] as PersonListed[];
const enter = (more: Partial<NewPerson>) =>
	createPerson(under.accounts, {
		company,
		kind: "staff",
		alias: "阿丽",
		roles: everywhere("handler"),
		...more,
	});
const asker = (key: string, now = NOW) => actorFor(under.accounts, { authorization: `Bearer ${key}` }, now);

describe("a person", () => {
	test("is entered with roles, name and phone sealed, and listed with masks", async () => {
		const roles = [{ role: "handler", organisations: ["north"], trades: ["express"] }];
		const signIn = { login: `Li@${company}`, password: "a long password" };
		const made = await enter({
			id: "li",
			name: "李丽",
			phone: "13800001234",
			organisation: "desk",
			roles,
			signIn,
		});
		expect(made).toEqual({ ok: true, id: "li" });
		expect(await everybody()).toEqual([
			{
				id: "li",
				kind: "staff",
				alias: "阿丽",
				name: "李**",
				phone: "138****1234",
				organisation: "desk",
				language: "zh",
				active: true,
				login: `li@${company}`,
				twoFactor: false,
				signedInAt: null,
				roles,
			},
		]);
		const [rows] = await database.read([
			{ sql: "select * from personal where company = $1", parameters: [company] },
		]);
		expect(JSON.stringify(rows)).not.toMatch(/李丽|13800001234/);
	});

	test.each([
		["UnknownRole", { roles: everywhere("handler", "nonsense") }],
		["UnknownOrganisation", { organisation: "nowhere" }],
		["UnknownOrganisation", { roles: [{ role: "handler", organisations: ["nowhere"], trades: null }] }],
		["PhoneMalformed", { phone: "call me" }],
		["LoginMalformed", { signIn: { login: "a b", password: "a long password" } }],
		["PasswordLength", { signIn: { login: "li.li", password: "short" } }],
	])("is refused with %s, and nothing of it is written", async (reason, more) => {
		expect(await enter({ name: "李丽", ...more })).toMatchObject({ ok: false, refusal: { reason } });
		expect(await everybody()).toEqual([]);
		const [rows] = await database.read([
			{ sql: "select 1 from personal where company = $1", parameters: [company] },
		]);
		expect(rows).toEqual([]);
	});

	test("whose id or sign-in name is taken is refused whole", async () => {
		const signIn = { login: `wang@${company}`, password: "a long password" };
		await enter({ id: "wang", signIn });
		expect(await enter({ id: "wang" })).toMatchObject({ refusal: { reason: "PersonTaken" } });
		const second = await enter({
			id: "wang-2",
			name: "王",
			signIn: { ...signIn, login: signIn.login.toUpperCase() },
		});
		expect(second).toMatchObject({ refusal: { reason: "LoginTaken" } });
		expect((await everybody()).map((one) => one.id)).toEqual(["wang"]);
	});

	test("gets other roles, which this process sees at once", async () => {
		await enter({ id: "li" });
		expect((await under.accounts.offices.of(company)).people.get("li")?.roles).toEqual(["handler"]);
		expect(
			await setRoles(under.accounts, { company, person: "li", roles: everywhere("agent", "reviewer") }),
		).toEqual({ ok: true });
		expect((await under.accounts.offices.of(company)).people.get("li")?.roles.sort()).toEqual([
			"agent",
			"reviewer",
		]);
		expect(await setRoles(under.accounts, { company, person: "no", roles: [] })).toMatchObject({
			refusal: { reason: "UnknownPerson" },
		});
	});

	test("who administers alone can't leave or give that up; with a second one they can", async () => {
		await enter({ id: "first", roles: everywhere("admin") });
		const drop = () => setRoles(under.accounts, { company, person: "first", roles: everywhere("agent") });
		const leave = (person: string) => deactivate(under.accounts, { company, person });
		expect(await drop()).toMatchObject({ refusal: { reason: "LastAdministrator" } });
		expect(await leave("first")).toMatchObject({ refusal: { reason: "LastAdministrator" } });
		await enter({ id: "second", roles: everywhere("admin", "agent") });
		const answers = await Promise.all([leave("first"), leave("second")]);
		expect(answers.filter((one) => one.ok)).toHaveLength(1);
	});
});

describe("an API key", () => {
	const make = (more: object = {}) =>
		createApiKey(under.accounts, {
			company,
			person: "erp",
			name: "ERP",
			capabilities: ["file-by-api"],
			days: null,
			...more,
		});
	const keyOf = async (more: object = {}) => {
		const made = await make(more);
		if (!made.ok) throw new Error(made.refusal.reason);
		return made;
	};
	beforeEach(() =>
		enter({ id: "erp", alias: "ERP", organisation: "outlet-1", roles: everywhere("integration") }),
	);

	test("acts as its person with no more than its own capabilities", async () => {
		const { key } = await keyOf();
		expect(await asker(key)).toMatchObject({
			actor: {
				id: "erp",
				kind: "key",
				company,
				capabilities: ["file-by-api"],
				belongsTo: ["outlet-1", "north"],
			},
			person: { id: "erp" },
			cookies: [],
		});
		await setRoles(under.accounts, { company, person: "erp", roles: everywhere("agent") });
		expect((await asker(key))?.actor.capabilities).toEqual([]);
	});

	test("is good for far more than ten requests a day", async () => {
		const { key } = await keyOf();
		for (let n = 0; n < 50; n += 1) {
			under.accounts.keysSeen.clear();
			expect(await asker(key)).not.toBeNull();
		}
	});

	test("is shown once, kept as a hash, and listed by its first letters", async () => {
		const { id, key } = await keyOf({ days: 30 });
		const [rows] = await database.read([{ sql: "select * from account_api_key", parameters: [] }]);
		expect(JSON.stringify(rows)).not.toContain(key);
		expect(await listApiKeys(under.accounts, company)).toEqual([
			{
				id,
				person: "erp",
				name: "ERP",
				start: key.slice(0, 12),
				capabilities: ["file-by-api"],
				enabled: true,
				madeAt: expect.any(String),
				usedAt: null,
				expiresAt: expect.any(String),
			},
		]);
	});

	test("is refused for what its person may not do, and for nobody", async () => {
		expect(await make({ capabilities: ["administer"] })).toMatchObject({ refusal: { reason: "NotTheirs" } });
		expect(await make({ person: "nobody" })).toMatchObject({ refusal: { reason: "UnknownPerson" } });
		for (const wrong of [{ name: " " }, { days: 0 }, { days: 1.5 }, { capabilities: [] }])
			expect(await make(wrong)).toMatchObject({ refusal: { reason: "Malformed" } });
	});

	test("withdrawn, run out, unknown, or of one who left is nobody's", async () => {
		const [one, two, three] = [await keyOf(), await keyOf({ days: 1 }), await keyOf()];
		for (const { key } of [one, two, three]) expect(await asker(key)).not.toBeNull();
		expect(await revokeApiKey(under.accounts, { company: "another", id: one.id })).toMatchObject({
			refusal: { reason: "UnknownKey" },
		});
		expect(await revokeApiKey(under.accounts, { company, id: one.id })).toEqual({ ok: true });
		expect(await asker(one.key)).toBeNull();
		await database.read([
			{
				sql: `update account_api_key set "expiresAt" = current_timestamp - interval '1 second' where id = $1`,
				parameters: [two.id],
			},
		]);
		under.accounts.keysSeen.clear();
		expect(await asker(two.key)).toBeNull();
		await deactivate(under.accounts, { company, person: "erp" });
		expect(await asker(three.key)).toBeNull();
		for (const wrong of ["", "x", `redress_${"a".repeat(64)}`, `${three.key}a`])
			expect(await asker(wrong)).toBeNull();
	});
});

describe("nobody known", () => {
	test("is null for no, strange, or half credentials", async () => {
		for (const authorization of [
			undefined,
			"",
			"Bearer",
			"Bearer ",
			"Basic YTpi",
			"Link",
			"Link a b",
			"Bearer a b",
		])
			expect(await actorFor(under.accounts, { authorization, cookie: "a=b" }, NOW)).toBeNull();
		expect(
			await actorFor(under.accounts, { cookie: "redress.session_token=nonsense; redress.link=x" }, NOW),
		).toBeNull();
	});
});

describe("sweeping", () => {
	test("drops what has run out and keeps the rest", async () => {
		const hex = (n: number) => Buffer.from([n]);
		await database.read([
			{ sql: "delete from attempt", parameters: [] },
			{
				sql: "insert into attempt (company, key, times) values ('', $1, array[$3::timestamptz]), ('', $2, array[$4::timestamptz])",
				parameters: [hex(1), hex(2), "2026-02-28T00:00:00.000Z", "2026-03-02T01:00:00.000Z"],
			},
			{
				sql: "insert into one_time_code (company, purpose, subject, code, expires_at) values ('c', 'sign-in', 'old', $1, $2), ('c', 'sign-in', 'new', $1, $3)",
				parameters: [hex(1), "2026-03-02T01:59:59.000Z", "2026-03-02T02:00:01.000Z"],
			},
		]);
		await sweepAccounts(database, NOW);
		const left = await database.read([
			{ sql: "select encode(key, 'hex') as key from attempt", parameters: [] },
			{ sql: "select subject from one_time_code", parameters: [] },
		]);
		expect(left).toEqual([[{ key: "02" }], [{ subject: "new" }]]);
	});
});
