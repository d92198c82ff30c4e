import { ROLES } from "#engine/actor.ts";
import { type CastMember, COMPANY, STAFF, WORKERS } from "./company.ts";

/** One password for the whole cast; the demo prints it. */
export const DEMO_PASSWORD = "redress-demo";

export interface DemoAccount {
	login: string;
	alias: string;
	role: string;
	password: string;
}

/** Login names are person ids. */
export function demoAccounts(): DemoAccount[] {
	const all: readonly CastMember[] = [...STAFF, ...WORKERS];
	return all
		.filter((one) => one.role in ROLES)
		.map((one) => ({ login: one.id, alias: one.alias, role: one.role, password: DEMO_PASSWORD }));
}

/** The same as the accounts that are to be made, in bulk. */
export function accountsToMake(): { company: string; person: string; login: string; password: string }[] {
	return demoAccounts().map(({ login, password }) => ({ company: COMPANY, person: login, login, password }));
}
