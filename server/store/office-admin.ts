import type { Capability } from "#engine/actor.ts";
import { ROLES } from "#engine/actor.ts";
import type { Session, Statement } from "./database/session.ts";

/** Organisations with their dated relations, roles and teams, as their administrator keeps them. */

export const ORGANISATION_KINDS = [
	"head-office",
	"branch",
	"outlet",
	"department",
	"carrier",
	"provider",
	"rental",
	"aggregator",
	"insurer",
	"partner",
] as const;
export const RELATION_KINDS = [
	"own",
	"franchised",
	"carrier",
	"provider",
	"rental",
	"aggregator",
	"insurer",
	"partner",
] as const;

export interface Organisation {
	id: string;
	name: string;
	nameEn: string;
	kind: (typeof ORGANISATION_KINDS)[number];
}

/** `to` is the last day; null: until further notice. */
export interface Relation {
	child: string;
	parent: string;
	kind: (typeof RELATION_KINDS)[number];
	from: string;
	to: string | null;
}

export interface Team {
	id: string;
	name: string;
	organisation: string | null;
	/** Local times HH:MM; null: no shift. */
	members: { person: string; from: string | null; to: string | null }[];
}

export function readOrganisations(company: string): Statement {
	return {
		name: "read-organisations",
		sql: `select id, name, name_en as "nameEn", kind from organisation where company = $1 order by id`,
		parameters: [company],
	};
}

export function readAllRelations(company: string): Statement {
	return {
		name: "read-all-relations",
		sql: `select child, parent, kind, from_day as "from", to_day as "to" from relation where company = $1 order by child, from_day, parent`,
		parameters: [company],
	};
}

/** In the order in which a case meets them; a company's own roles after those it began with. */
export function readRoles(company: string): Statement {
	return {
		name: "read-roles",
		sql: "select role, capabilities from role where company = $1 order by array_position($2::text[], role), role",
		parameters: [company, Object.keys(ROLES)],
	};
}

export function readTeams(company: string): Statement {
	return {
		name: "read-teams",
		sql: `select t.id, t.name, t.organisation, coalesce((select jsonb_agg(jsonb_build_object('person', m.person, 'from', m.shift_from, 'to', m.shift_to) order by m.person)
  from team_member m where m.company = t.company and m.team = t.id), '[]') as members
from team t where t.company = $1 order by t.id`,
		parameters: [company],
	};
}

export function putOrganisation(company: string, { id, name, nameEn, kind }: Organisation): Statement {
	return {
		name: "put-organisation",
		sql: `insert into organisation (company, id, name, name_en, kind) values ($1, $2, $3, $4, $5)
on conflict (company, id) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind`,
		parameters: [company, id, name, nameEn, kind],
	};
}

export function putRelation(company: string, { child, parent, kind, from, to }: Relation): Statement {
	return {
		name: "put-relation",
		sql: `insert into relation (company, child, parent, kind, from_day, to_day) values ($1, $2, $3, $4, $5, $6)
on conflict (company, child, parent, from_day) do update set kind = excluded.kind, to_day = excluded.to_day`,
		parameters: [company, child, parent, kind, from, to],
	};
}

/** Answers the relation's child, or nothing when there was none. */
export function deleteRelation(company: string, child: string, parent: string, from: string): Statement {
	return {
		name: "delete-relation",
		sql: "delete from relation where company = $1 and child = $2 and parent = $3 and from_day = $4 returning child",
		parameters: [company, child, parent, from],
	};
}

export function putRole(company: string, role: string, capabilities: readonly Capability[]): Statement {
	return {
		name: "put-role",
		sql: `insert into role (company, role, capabilities) values ($1, $2, $3)
on conflict (company, role) do update set capabilities = excluded.capabilities`,
		parameters: [company, role, capabilities],
	};
}

/** A team with exactly these members. */
export function putTeam(company: string, { id, name, organisation, members }: Team): Statement[] {
	return [
		{
			name: "put-team",
			sql: `insert into team (company, id, name, organisation) values ($1, $2, $3, $4)
on conflict (company, id) do update set name = excluded.name, organisation = excluded.organisation`,
			parameters: [company, id, name, organisation],
		},
		{
			name: "clear-team",
			sql: "delete from team_member where company = $1 and team = $2",
			parameters: [company, id],
		},
		{
			name: "fill-team",
			sql: `insert into team_member (company, team, person, shift_from, shift_to)
select $1, $2, t.person, t.shift_from, t.shift_to from unnest($3::text[], $4::text[], $5::text[]) as t(person, shift_from, shift_to)`,
			parameters: [
				company,
				id,
				members.map((one) => one.person),
				members.map((one) => one.from),
				members.map((one) => one.to),
			],
		},
	];
}

export function deleteTeam(company: string, id: string): Statement[] {
	const parameters = [company, id];
	return [
		{ sql: "delete from team_member where company = $1 and team = $2", parameters },
		{ sql: "delete from team where company = $1 and id = $2 returning id", parameters },
	];
}

/** Changes of who is who follow one another. */
export async function lockOffice(session: Session, company: string): Promise<void> {
	await session.run({
		name: "lock-people",
		sql: "select 1 from company where company = $1 for update",
		parameters: [company],
	});
}

/** Ids among `ids` that no organisation (or person) bears: answers rows of `id`. */
export function unknownIds(
	table: "organisation" | "person",
	company: string,
	ids: readonly string[],
): Statement {
	return {
		sql: `select t.id from unnest($2::text[]) as t(id) where not exists (select 1 from ${table} o where o.company = $1 and o.id = t.id)`,
		parameters: [company, ids],
	};
}

/** Whether anybody active could still administer if this role did, or did not: one row of `some`. */
export function administratorsWith(company: string, role: string, administers: boolean): Statement {
	return {
		name: "administrators-with",
		sql: `select exists (select 1 from person p join membership m on m.company = p.company and m.person = p.id
  left join role r on r.company = m.company and r.role = m.role and r.role <> $2
  where p.company = $1 and p.active and ('administer' = any(r.capabilities) or (m.role = $2 and $3::boolean))) as some`,
		parameters: [company, role, administers],
	};
}

/** Changes what is given of a person; answers rows of `id`. */
export function updatePerson(
	company: string,
	id: string,
	change: {
		alias?: string | undefined;
		organisation?: string | null | undefined;
		language?: string | undefined;
	},
): Statement {
	return {
		name: "update-person",
		sql: `update person set alias = coalesce($3, alias), language = coalesce($4, language),
  organisation = case when $6 then $5 else organisation end where company = $1 and id = $2 returning id`,
		parameters: [
			company,
			id,
			change.alias ?? null,
			change.language ?? null,
			change.organisation ?? null,
			change.organisation !== undefined,
		],
	};
}
