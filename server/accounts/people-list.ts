import type { Instant } from "#engine/time/instant.ts";
import type { Statement } from "../store/database/database.ts";
import type { RoleGiven } from "./people.ts";

/** A person as the administrator sees them; name and phone are masked until they are revealed. */
export interface PersonListed {
	id: string;
	kind: "staff" | "worker" | "customer";
	alias: string;
	name: string | null;
	phone: string | null;
	organisation: string | null;
	language: "zh" | "en";
	active: boolean;
	login: string | null;
	twoFactor: boolean;
	/** When they signed in last, as far as it is still kept. */
	signedInAt: Instant | null;
	roles: RoleGiven[];
}

export interface PeopleFilter {
	/** In what they are called, sign in as, or bear as id. */
	q?: string | undefined;
	kind?: string | undefined;
	role?: string | undefined;
	organisation?: string | undefined;
	active?: boolean | undefined;
}

/** The last one of a page. */
export type PeoplePlace = Pick<PersonListed, "active" | "alias" | "id">;

/** People of the company by what they are called, those who left at the end; answers PersonListed. */
export function listPeople(
	company: string,
	filter: PeopleFilter,
	after: PeoplePlace | null,
	most: number,
): Statement {
	const parameters: unknown[] = [company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["p.company = $1"];
	if (filter.q) {
		const like = put(`%${filter.q.replaceAll(/[\\%_]/g, "\\$&")}%`);
		conditions.push(`(p.alias ilike ${like} or p.id ilike ${like} or u.username ilike ${like})`);
	}
	if (filter.kind) conditions.push(`p.kind = ${put(filter.kind)}`);
	if (filter.organisation) conditions.push(`p.organisation = ${put(filter.organisation)}`);
	if (filter.active !== undefined) conditions.push(`p.active = ${put(filter.active)}`);
	if (filter.role)
		conditions.push(
			`exists (select 1 from membership h where h.company = p.company and h.person = p.id and h.role = ${put(filter.role)})`,
		);
	if (after)
		conditions.push(
			`(not p.active, p.alias, p.id) > (${put(!after.active)}::boolean, ${put(after.alias)}, ${put(after.id)})`,
		);
	return {
		sql: `select p.id, p.kind, p.alias, n.mask as name, f.mask as phone, p.organisation, p.language, p.active,
  u.username as login, coalesce(u."twoFactorEnabled", false) as "twoFactor",
  (select max(s."createdAt") from account_session s where s."userId" = u.id) as "signedInAt",
  coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'organisations', m.organisations, 'trades', m.trades) order by m.role)
    from membership m where m.company = p.company and m.person = p.id), '[]') as roles
from person p left join account_user u on u.company = p.company and u.person = p.id
left join personal n on n.company = p.company and n.ref = p.name_ref
left join personal f on f.company = p.company and f.ref = u."phoneRef"
where ${conditions.join(" and ")} order by not p.active, p.alias, p.id limit ${put(most)}`,
		parameters,
	};
}

/** What ends when a person leaves. */
export interface Ending {
	/** Open cases that they own and somebody must take over. */
	cases: number;
	sessions: number;
	keys: number;
	teams: string[];
}

/** What would end if the person left now: one Ending, or nothing when there is nobody of that id. */
export function endingOf(company: string, person: string): Statement {
	const users = "select id from account_user where company = $1 and person = $2";
	return {
		name: "person-ending",
		sql: `select (select count(*) from case_row c where c.company = $1 and c.owner = $2 and c.closed_at is null)::int as cases,
  (select count(*) from account_session where "userId" in (${users}) and "expiresAt" > now())::int as sessions,
  (select count(*) from account_api_key where "referenceId" in (${users}) and enabled)::int as keys,
  array(select t.name from team_member m join team t on t.company = m.company and t.id = m.team where m.company = $1 and m.person = $2 order by t.name) as teams
from person where company = $1 and id = $2`,
		parameters: [company, person],
	};
}
