import { hashPassword } from "../accounts/passwords.ts";
import { insertUsers, type NewUser } from "../accounts/users.ts";
import type { Desk } from "../handle.ts";
import { newId } from "../ids.ts";
import { accountsToMake, demoAccounts } from "./accounts.ts";
import { COMPANY } from "./company.ts";
import { type Seeded, seedDemo } from "./seed.ts";

/**
 * An empty database becomes the demo, once. The accounts are written with the last of the cases: a start that was
 * stopped half-way, with a company that nobody can sign in to, is taken up again by the next. Null when there was
 * nothing to do.
 */
export async function fillDemo(desk: Desk, cases?: number): Promise<Seeded | null> {
	const [rows = []] = await desk.database.read([
		{
			sql: "select exists (select 1 from company where company <> $1) or exists (select 1 from account_user where company = $1) as done",
			parameters: [COMPANY],
		},
	]);
	if ((rows[0] as { done: boolean }).done) return null;
	return await seedDemo(desk, desk.clock(), insertUsers(await demoUsers()), cases);
}

/** The demo's accounts; the one password is hashed once. */
export async function demoUsers(): Promise<NewUser[]> {
	const aliases = new Map(demoAccounts().map((one) => [one.login, one.alias]));
	const hashes = new Map<string, string>();
	for (const { password } of accountsToMake())
		if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
	return accountsToMake().map(({ company, person, login, password }) => ({
		id: newId(),
		company,
		person,
		alias: aliases.get(login) ?? person,
		login,
		phoneRef: null,
		passwordHash: hashes.get(password) ?? "",
	}));
}
