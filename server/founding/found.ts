import { randomBytes } from "node:crypto";
import { ROLES } from "#engine/actor.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { insertUsers, signInProblem, takenOf } from "../accounts/users.ts";
import type { AccountRefusal } from "../accounts/words.ts";
import { newId } from "../ids.ts";
import { hasCode } from "../store/database/advice.ts";
import type { Database, Statement } from "../store/database/database.ts";

/** A company as it begins: a head office, the usual roles, and one administrator who enters the rest. */
export interface NewCompany {
	/** Letters, digits, and . _ - only. */
	id: string;
	name: string;
	/** IANA time zone, in which its days and clocks run. */
	zone: string;
	/** The administrator's sign-in name, and person id. */
	login: string;
	/** What the administrator is called among colleagues. */
	alias: string;
	password: string;
}

export type Founded =
	| { ok: true }
	| { ok: false; refusal: AccountRefusal | { reason: "CompanyAlready" | "ZoneUnknown" | "IdMalformed" } };

/** Enters a company into the database, whole or not at all. Others that are there already stay as they are. */
export async function foundCompany(database: Database<unknown>, company: NewCompany): Promise<Founded> {
	const problem = signInProblem(company.login, company.password);
	if (problem) return { ok: false, refusal: problem };
	for (const id of [company.id, company.login])
		if (!/^[\w.-]{1,60}$/.test(id)) return { ok: false, refusal: { reason: "IdMalformed" } };
	if (!isZone(company.zone)) return { ok: false, refusal: { reason: "ZoneUnknown" } };
	const passwordHash = await hashPassword(company.password);
	const user = {
		...{ id: newId(), company: company.id, person: company.login, alias: company.alias },
		...{ login: company.login, phoneRef: null, passwordHash },
	};
	try {
		await database.transaction((session) =>
			session.commitWith([...companyRows(company), ...insertUsers([user])]),
		);
		return { ok: true };
	} catch (error) {
		const { constraint } = error as { constraint?: string };
		if (hasCode(error, "23505") && constraint === "company_pkey")
			return { ok: false, refusal: { reason: "CompanyAlready" } };
		return { ok: false, refusal: takenOf(error, company.login) };
	}
}

/** 20 letters and digits, about 119 bits. */
export function newPassword(): string {
	return randomBytes(15).toString("base64url");
}

/** The usual roles of a company, as rows. */
export function roleRows(company: string): Statement {
	const roles = Object.entries(ROLES);
	return {
		sql: "insert into role (company, role, capabilities) select $1, r.role, array(select jsonb_array_elements_text(r.capabilities)) from jsonb_to_recordset($2::jsonb) as r(role text, capabilities jsonb)",
		parameters: [company, JSON.stringify(roles.map(([role, capabilities]) => ({ role, capabilities })))],
	};
}

function companyRows({ id, name, zone, login, alias }: NewCompany): Statement[] {
	return [
		{ sql: "insert into company (company, name, zone) values ($1, $2, $3)", parameters: [id, name, zone] },
		{
			sql: "insert into organisation (company, id, name, name_en, kind) values ($1, 'hq', $2, $2, 'head-office')",
			parameters: [id, name],
		},
		roleRows(id),
		{
			sql: "insert into person (company, id, kind, alias, organisation) values ($1, $2, 'staff', $3, 'hq')",
			parameters: [id, login, alias],
		},
		{
			sql: "insert into membership (company, person, role, organisations, trades) values ($1, $2, 'admin', null, null)",
			parameters: [id, login],
		},
	];
}

function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}
