import { newId } from "../ids.ts";
import { hasCode } from "../store/database/advice.ts";
import type { Session, Statement } from "../store/database/database.ts";
import { insertKept, type KeptRow, keep, lookupForm } from "../store/kept.ts";
import type { Accounts } from "./accounts.ts";
import { hashPassword } from "./passwords.ts";
import { type Done, insertUsers, signInProblem, streamOfPerson, takenOf, unusablePassword } from "./users.ts";
import { type AccountRefusal, refusalOf } from "./words.ts";

/** People of a company, for its administrator: each change in one transaction, seen by this process at once. */

/** A role, and where it holds; null: everywhere. */
export interface RoleGiven {
	role: string;
	organisations: string[] | null;
	trades: string[] | null;
}

export interface NewPerson {
	company: string;
	/** Without it one is made. */
	id?: string;
	kind: "staff" | "worker" | "customer";
	/** What colleagues and the other side see. */
	alias: string;
	/** Kept sealed. */
	name?: string;
	/** Kept sealed; one-time codes for signing in are sent there. */
	phone?: string;
	organisation?: string;
	language?: "zh" | "en";
	roles: RoleGiven[];
	signIn?: { login: string; password: string };
}

export type PersonMade = { ok: true; id: string } | { ok: false; refusal: AccountRefusal };

type Stand = Pick<Accounts, "database" | "keys" | "offices">;

/** Enters a person with their roles and, where given, their account. */
export async function createPerson(accounts: Stand, wanted: NewPerson): Promise<PersonMade> {
	const { company, signIn, phone, id = newId() } = wanted;
	const problem =
		(signIn && signInProblem(signIn.login, signIn.password)) ??
		(phone !== undefined && !/^\+?\d{5,20}$/.test(lookupForm(phone)) ? refusalOf("PhoneMalformed") : null);
	if (problem) return { ok: false, refusal: problem };
	const passwordHash = await (signIn ? hashPassword(signIn.password) : unusablePassword());
	const refs = { name: newId(), phone: newId() };
	const user = {
		id: newId(),
		company,
		person: id,
		alias: wanted.alias,
		login: signIn?.login ?? null,
		passwordHash,
	};
	try {
		const refusal = await accounts.database.transaction(async (session) => {
			const refused = await unknownIn(session, company, wanted.roles, wanted.organisation);
			if (refused) return refused;
			await session.commitWith([
				...insertKept(company, streamOfPerson(id), keptOf(wanted, refs), accounts.keys),
				insertPerson({ ...wanted, id }, wanted.name === undefined ? null : refs.name),
				...insertRoles(company, id, wanted.roles),
				...(signIn || phone
					? insertUsers([{ ...user, phoneRef: phone === undefined ? null : refs.phone }])
					: []),
			]);
			return null;
		});
		accounts.offices.forget(company);
		return refusal ? { ok: false, refusal } : { ok: true, id };
	} catch (error) {
		const { constraint } = error as { constraint?: string };
		const taken = hasCode(error, "23505") && constraint === "person_pkey";
		return {
			ok: false,
			refusal: taken ? refusalOf("PersonTaken", { person: id }) : takenOf(error, signIn?.login ?? id),
		};
	}
}

function keptOf({ name, phone }: NewPerson, refs: { name: string; phone: string }): KeptRow[] {
	const named = name === undefined ? [] : keep({ keep: "name", text: name }, () => refs.name).rows;
	return phone === undefined
		? named
		: [...named, ...keep({ keep: "phone", text: phone }, () => refs.phone).rows];
}

function insertPerson(person: NewPerson & { id: string }, nameRef: string | null): Statement {
	const { company, id, kind, alias, organisation = null, language = "zh" } = person;
	return {
		name: "insert-person",
		sql: "insert into person (company, id, kind, name_ref, alias, organisation, language) values ($1, $2, $3, $4, $5, $6, $7)",
		parameters: [company, id, kind, nameRef, alias, organisation, language],
	};
}

function insertRoles(company: string, person: string, roles: readonly RoleGiven[]): Statement[] {
	return roles.map(({ role, organisations, trades }) => ({
		name: "insert-membership",
		sql: `insert into membership (company, person, role, organisations, trades) values ($1, $2, $3, $4, $5)
on conflict (company, person, role) do update set organisations = excluded.organisations, trades = excluded.trades`,
		parameters: [company, person, role, organisations, trades],
	}));
}

/** Locks the company's people against other changes, and tells the first role or organisation that isn't there. */
async function unknownIn(
	session: Session,
	company: string,
	roles: readonly RoleGiven[],
	organisation?: string,
): Promise<AccountRefusal | null> {
	const named = [
		...roles.flatMap((one) => one.organisations ?? []),
		...(organisation === undefined ? [] : [organisation]),
	];
	const [, unknownRoles = [], unknownOrganisations = []] = await session.runAll([
		lockPeople(company),
		{
			name: "unknown-roles",
			sql: "select t.role from unnest($2::text[]) as t(role) where not exists (select 1 from role r where r.company = $1 and r.role = t.role) limit 1",
			parameters: [company, roles.map((one) => one.role)],
		},
		{
			name: "unknown-organisations",
			sql: "select t.id from unnest($2::text[]) as t(id) where not exists (select 1 from organisation o where o.company = $1 and o.id = t.id) limit 1",
			parameters: [company, named],
		},
	]);
	const [role] = unknownRoles as { role: string }[];
	const [place] = unknownOrganisations as { id: string }[];
	if (role) return refusalOf("UnknownRole", role);
	return place ? refusalOf("UnknownOrganisation", { organisation: place.id }) : null;
}

function lockPeople(company: string): Statement {
	return {
		name: "lock-people",
		sql: "select 1 from company where company = $1 for update",
		parameters: [company],
	};
}

/** Gives a person these roles in place of the earlier ones. */
export async function setRoles(
	accounts: Stand,
	of: { company: string; person: string; roles: RoleGiven[] },
): Promise<Done> {
	const { company, person, roles } = of;
	const refusal = await accounts.database.transaction(async (session) => {
		const refused =
			(await unknownIn(session, company, roles)) ??
			(await unknownPerson(session, company, person)) ??
			(await lastAdministrator(session, company, person, roles));
		if (refused) return refused;
		await session.commitWith([
			{ sql: "delete from membership where company = $1 and person = $2", parameters: [company, person] },
			...insertRoles(company, person, roles),
		]);
		return null;
	});
	accounts.offices.forget(company);
	return refusal ? { ok: false, refusal } : { ok: true };
}

/** A person leaves: no session, key or code of theirs is good any more. What they did stays. */
export async function deactivate(
	accounts: Stand & Pick<Accounts, "keysSeen">,
	of: { company: string; person: string },
): Promise<Done> {
	const { company, person } = of;
	const users = "select id from account_user where company = $1 and person = $2";
	const refusal = await accounts.database.transaction(async (session) => {
		await session.run(lockPeople(company));
		const refused =
			(await unknownPerson(session, company, person)) ??
			(await lastAdministrator(session, company, person, []));
		if (refused) return refused;
		const parameters = [company, person];
		await session.commitWith([
			{ sql: "update person set active = false where company = $1 and id = $2", parameters },
			{ sql: `delete from account_session where "userId" in (${users})`, parameters },
			{ sql: `update account_api_key set enabled = false where "referenceId" in (${users})`, parameters },
			{ sql: `delete from one_time_code where company = $1 and subject in (${users})`, parameters },
		]);
		return null;
	});
	accounts.offices.forget(company);
	accounts.keysSeen.clear();
	return refusal ? { ok: false, refusal } : { ok: true };
}

/** A person comes back: they may sign in again, with the roles that they have. Keys stay withdrawn. */
export async function reactivate(
	accounts: Stand,
	{ company, person }: { company: string; person: string },
): Promise<Done> {
	const [rows = []] = await accounts.database.transaction((session) =>
		session.commitWith([
			{
				sql: "update person set active = true where company = $1 and id = $2 returning id",
				parameters: [company, person],
			},
		]),
	);
	accounts.offices.forget(company);
	return rows.length > 0 ? { ok: true } : { ok: false, refusal: refusalOf("UnknownPerson", { person }) };
}

async function unknownPerson(
	session: Session,
	company: string,
	person: string,
): Promise<AccountRefusal | null> {
	const found = await session.run({
		sql: "select 1 from person where company = $1 and id = $2",
		parameters: [company, person],
	});
	return found.length > 0 ? null : refusalOf("UnknownPerson", { person });
}

/** A refusal when the person administers now, would not with these roles, and nobody else does. */
async function lastAdministrator(
	session: Session,
	company: string,
	person: string,
	roles: readonly RoleGiven[],
): Promise<AccountRefusal | null> {
	const [row] = await session.run<{ now: boolean; others: boolean; still: boolean }>({
		sql: `with administrator as (select p.id from person p join membership m on m.company = p.company and m.person = p.id
  join role r on r.company = m.company and r.role = m.role where p.company = $1 and p.active and 'administer' = any(r.capabilities))
select exists (select 1 from administrator where id = $2) as now, exists (select 1 from administrator where id <> $2) as others,
  exists (select 1 from role where company = $1 and role = any($3::text[]) and 'administer' = any(capabilities)) as still`,
		parameters: [company, person, roles.map((one) => one.role)],
	});
	return row?.now && !row.others && !row.still ? refusalOf("LastAdministrator") : null;
}
