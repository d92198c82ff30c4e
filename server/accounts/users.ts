import { randomBytes } from "node:crypto";
import { newId } from "../ids.ts";
import { hasCode } from "../store/database/advice.ts";
import type { Statement } from "../store/database/database.ts";
import { type Keys, lookupOf } from "../store/kept.ts";
import type { Accounts } from "./accounts.ts";
import { hashPassword, PASSWORD_LENGTH } from "./passwords.ts";
import { type AccountRefusal, refusalOf } from "./words.ts";

/** Accounts as rows: a user is a person's account. Their sign-in name is unique across companies. */

export const MOST_IN_LOGIN = 100;

/** A sign-in name as it is compared: NFKC, lower case, no blanks around it. */
export function loginForm(login: string): string {
	return login.normalize("NFKC").trim().toLowerCase();
}

/** Letters of any script, digits and . _ + - @, so that both `li.na` and `li.na@company` will do. */
export function isLogin(login: string): boolean {
	const form = loginForm(login);
	return form.length >= 3 && form.length <= MOST_IN_LOGIN && /^[\p{L}\p{N}._+@-]+$/u.test(form);
}

/** The stream under which a person's own name and phone are kept. */
export function streamOfPerson(person: string): string {
	return `person-${person}`;
}

export interface NewUser {
	id: string;
	company: string;
	person: string;
	alias: string;
	/** null: signs in by phone code, or not at all (a holder of API keys). */
	login: string | null;
	phoneRef: string | null;
	passwordHash: string;
}

/** Many users in two statements. Without a login the password can't be used, but takes as long to refuse. */
export function insertUsers(users: readonly NewUser[]): Statement[] {
	if (users.length === 0) return [];
	const column = (of: (user: NewUser) => string | null) => users.map(of);
	return [
		{
			name: "insert-users",
			sql: `insert into account_user (id, name, email, "emailVerified", username, "twoFactorEnabled", company, person, "phoneRef")
select t.id, t.name, coalesce(t.login, t.id), true, t.login, false, t.company, t.person, t.phone
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as t(id, name, login, company, person, phone)`,
			parameters: [
				column((user) => user.id),
				column((user) => user.alias),
				column((user) => (user.login === null ? null : loginForm(user.login))),
				column((user) => user.company),
				column((user) => user.person),
				column((user) => user.phoneRef),
			],
		},
		{
			name: "insert-passwords",
			sql: `insert into account_password (id, "accountId", "providerId", "userId", password, "updatedAt")
select t.id, t.user_id, 'credential', t.user_id, t.password, current_timestamp
from unnest($1::text[], $2::text[], $3::text[]) as t(id, user_id, password)`,
			parameters: [users.map(() => newId()), column((user) => user.id), column((user) => user.passwordHash)],
		},
	];
}

/** Active users with this phone, of one company or of any; at most two, for none of several may be guessed. */
export function usersByPhone(phone: string, company: string | null, keys: Keys): Statement {
	return {
		name: "users-by-phone",
		sql: `select u.id, u.company, n.language from personal p
join account_user u on u.company = p.company and u."phoneRef" = p.ref
join person n on n.company = u.company and n.id = u.person
where p.lookup = $1 and p.keep = 'phone' and p.stream like 'person-%' and p.erased_at is null
  and n.active and ($2::text is null or p.company = $2) limit 2`,
		parameters: [lookupOf(phone, keys), company],
	};
}

/** What is wrong with a sign-in name and password, or null. */
export function signInProblem(login: string, password: string): AccountRefusal | null {
	if (!isLogin(login)) return refusalOf("LoginMalformed");
	const length = [...password.normalize("NFKC")].length;
	const { least, most } = PASSWORD_LENGTH;
	return length >= least && length <= most ? null : refusalOf("PasswordLength", { least, most });
}

/** A taken sign-in name, when that is what the database refused; anything else is thrown on. */
export function takenOf(error: unknown, login: string): AccountRefusal {
	const { constraint } = error as { constraint?: string };
	if (!hasCode(error, "23505") || !constraint?.startsWith("account_user_")) throw error;
	if (constraint === "account_user_person") return refusalOf("AccountAlready");
	return refusalOf("LoginTaken", { login });
}

let unusable: Promise<string> | null = null;

/** The hash of a password that nobody knows: refusing it takes as long as refusing any other. */
export function unusablePassword(): Promise<string> {
	unusable ??= hashPassword(randomBytes(32).toString("base64"));
	return unusable;
}

export interface NewAccount {
	company: string;
	person: string;
	login: string;
	password: string;
	/** What the person is called among colleagues; without it the person's id. */
	alias?: string;
}

export type Done = { ok: true } | { ok: false; refusal: AccountRefusal };

/** Accounts for people who have none yet, all or none; each password is hashed once, however many share it. */
export async function createAccounts(
	accounts: Pick<Accounts, "database">,
	wanted: readonly NewAccount[],
): Promise<Done> {
	for (const { login, password } of wanted) {
		const problem = signInProblem(login, password);
		if (problem) return { ok: false, refusal: problem };
	}
	const hashes = new Map<string, string>();
	for (const { password } of wanted)
		if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
	const users = wanted.map(({ company, person, login, password, alias = person }) => ({
		id: newId(),
		company,
		person,
		alias,
		login,
		phoneRef: null,
		passwordHash: hashes.get(password) ?? "",
	}));
	try {
		await accounts.database.transaction((session) => session.commitWith(insertUsers(users)));
		return { ok: true };
	} catch (error) {
		return { ok: false, refusal: takenOf(error, wanted.map(({ login }) => login).join(", ")) };
	}
}

/** One account; for many `createAccounts` is faster. */
export function createAccount(accounts: Pick<Accounts, "database">, wanted: NewAccount): Promise<Done> {
	return createAccounts(accounts, [wanted]);
}

/** The user that stands for a person, made without a login when there is none. */
export async function ensureUser(
	{ database }: Pick<Accounts, "database">,
	company: string,
	person: { id: string; alias: string },
): Promise<string> {
	const known: Statement = {
		name: "user-of-person",
		sql: "select id from account_user where company = $1 and person = $2",
		parameters: [company, person.id],
	};
	const id = newId();
	const user = { id, company, person: person.id, alias: person.alias, login: null, phoneRef: null };
	const passwordHash = await unusablePassword();
	return await database.transaction(async (session) => {
		// one at a time, so that two keys made at once share one user
		await session.run({
			sql: "select 1 from person where company = $1 and id = $2 for update",
			parameters: [company, person.id],
		});
		const [row] = await session.run<{ id: string }>(known);
		if (row) return row.id;
		await session.commitWith(insertUsers([{ ...user, passwordHash }]));
		return id;
	});
}

/** Gives a person a new password; whoever is signed in as them is signed out within a minute. */
export async function setPassword(
	accounts: Pick<Accounts, "database">,
	of: { company: string; person: string; password: string },
): Promise<Done> {
	const problem = signInProblem("any-name", of.password);
	if (problem) return { ok: false, refusal: problem };
	const hash = await hashPassword(of.password);
	const users = `select id from account_user where company = $1 and person = $2 and username is not null`;
	const [changed = []] = await accounts.database.transaction((session) =>
		session.commitWith([
			{
				sql: `update account_password set password = $3, "updatedAt" = current_timestamp where "userId" in (${users}) returning 1`,
				parameters: [of.company, of.person, hash],
			},
			{
				sql: `delete from account_session where "userId" in (${users})`,
				parameters: [of.company, of.person],
			},
		]),
	);
	return changed.length > 0
		? { ok: true }
		: { ok: false, refusal: refusalOf("UnknownPerson", { person: of.person }) };
}
