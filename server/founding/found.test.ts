import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPassword } from "../accounts/passwords.ts";
import { Offices } from "../office.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { foundCompany, newPassword } from "./found.ts";

let database: Database<unknown>;
beforeAll(async () => {
	database = await testDatabase();
});
afterAll(() => database.close());

const NEW = {
	...{ id: "kuaida", name: "快达物流", zone: "Asia/Shanghai" },
	...{ login: "boss", alias: "boss", password: newPassword() },
};

async function rows(sql: string): Promise<Record<string, unknown>[]> {
	const [found = []] = await database.read([{ sql, parameters: [] }]);
	return found as Record<string, unknown>[];
}

test("a founded company has the usual roles and an administrator who can sign in", async () => {
	expect(await foundCompany(database, NEW)).toEqual({ ok: true });
	const office = await new Offices(database).of("kuaida");
	expect(office.people.get("boss")?.capabilities).toEqual(["administer"]);
	const [handler] = await rows("select capabilities from role where company = 'kuaida' and role = 'handler'");
	expect(handler?.capabilities).toEqual(["intake", "settle", "triage", "handle", "reveal"]);
	const [password] = await rows(
		`select password from account_password p join account_user u on u.id = p."userId" where u.username = 'boss'`,
	);
	expect(await verifyPassword({ hash: String(password?.password), password: NEW.password })).toBe(true);
});

test.each([
	["the same id again", { login: "boss2" }, "CompanyAlready"],
	["a sign-in name that another company has", { id: "other" }, "LoginTaken"],
	["a short password", { id: "other", login: "boss3", password: "short" }, "PasswordLength"],
	["a time zone that is none", { id: "other", login: "boss3", zone: "Moon/Sea" }, "ZoneUnknown"],
	["an id with a blank", { id: "an other", login: "boss3" }, "IdMalformed"],
])("%s is refused, and nothing is written", async (_, changed, reason) => {
	const before = await rows("select count(*) as n from company");
	expect(await foundCompany(database, { ...NEW, ...changed })).toMatchObject({
		ok: false,
		refusal: { reason },
	});
	expect(await rows("select count(*) as n from company")).toEqual(before);
});
