import type { Actor, Capability } from "#engine/actor.ts";
import type { Context } from "#engine/steps/step.ts";
import type { Database, Statement } from "./store/database/database.ts";

/** People, their capabilities and the organisations' lines: who is who in a company. */

export interface PersonRow {
	id: string;
	kind: "staff" | "worker" | "customer";
	alias: string;
	organisation: string | null;
	language: "zh" | "en";
	capabilities: Capability[];
	organisations: string[] | "all";
	trades: string[] | "all";
	roles: string[];
}

/** Everybody with a role, their capabilities joined over their memberships. */
export function readPeople(company: string): Statement {
	return {
		name: "read-people",
		sql: `select p.id, p.kind, p.alias, p.organisation, p.language, m.role, m.organisations, m.trades, r.capabilities
from person p join membership m on m.company = p.company and m.person = p.id join role r on r.company = m.company and r.role = m.role
where p.company = $1 and p.active`,
		parameters: [company],
	};
}

interface MembershipRow {
	id: string;
	kind: PersonRow["kind"];
	alias: string;
	organisation: string | null;
	language: "zh" | "en";
	role: string;
	organisations: string[] | null;
	trades: string[] | null;
	capabilities: Capability[];
}

export function peopleFrom(rows: readonly unknown[]): Map<string, PersonRow> {
	const people = new Map<string, PersonRow>();
	for (const row of rows as MembershipRow[]) {
		const known = people.get(row.id);
		people.set(row.id, {
			id: row.id,
			kind: row.kind,
			alias: row.alias,
			organisation: row.organisation,
			language: row.language,
			capabilities: [...new Set([...(known?.capabilities ?? []), ...row.capabilities])],
			organisations: widest(known?.organisations, row.organisations),
			trades: widest(known?.trades, row.trades),
			roles: [...(known?.roles ?? []), row.role],
		});
	}
	return people;
}

function widest(known: string[] | "all" | undefined, more: string[] | null): string[] | "all" {
	if (known === "all" || more === null) return "all";
	return [...new Set([...(known ?? []), ...more])];
}

/** Staff and workers as actors; a worker acts as a respondent. */
export function actorOf(company: string, person: PersonRow, belongsTo: readonly string[]): Actor {
	return {
		id: person.id,
		kind: person.capabilities.includes("respond") ? "respondent" : "person",
		company,
		capabilities: person.capabilities,
		organisations: person.organisations,
		trades: person.trades,
		belongsTo,
	};
}

/** Relations in force on a day, for computing lines. */
export function readRelations(company: string): Statement {
	return {
		name: "read-relations",
		sql: `select r.child, r.parent, r.kind, r.from_day::text as "fromDay", r.to_day::text as "toDay", o.kind as "parentKind"
from relation r join organisation o on o.company = r.company and o.id = r.parent where r.company = $1`,
		parameters: [company],
	};
}

export interface RelationRow {
	child: string;
	parent: string;
	kind: string;
	fromDay: string;
	toDay: string | null;
	parentKind: string;
}

/**
 * An organisation's own line on a day: itself and those above it. Head office, which is above everybody, is left out,
 * and so are organisations it merely works with (carriers, partners).
 */
export function lineOf(organisation: string, relations: readonly RelationRow[], day: string): string[] {
	const line = new Set([organisation]);
	const queue = [organisation];
	for (let child = queue.pop(); child; child = queue.pop())
		for (const one of relations) {
			const inForce = one.fromDay <= day && (!one.toDay || day <= one.toDay);
			const above = one.kind === "own" || one.kind === "franchised";
			if (
				one.child !== child ||
				!inForce ||
				!above ||
				one.parentKind === "head-office" ||
				line.has(one.parent)
			)
				continue;
			line.add(one.parent);
			queue.push(one.parent);
		}
	return [...line];
}

/** What changes rarely in a company, read at most every few seconds. */
export interface Office {
	people: Map<string, PersonRow>;
	relations: RelationRow[];
	zone: string;
	name: string;
}

const STALE_MS = 5_000;

/** Keeps each company's office for a short while; `forget` after it was changed here. */
export class Offices {
	readonly #database: Pick<Database<unknown>, "read">;
	readonly #kept = new Map<string, { office: Promise<Office>; until: number }>();

	constructor(database: Pick<Database<unknown>, "read">) {
		this.#database = database;
	}

	of(company: string): Promise<Office> {
		const known = this.#kept.get(company);
		const now = performance.now();
		if (known && known.until > now) return known.office;
		const office = this.#read(company);
		this.#kept.set(company, { office, until: now + STALE_MS });
		office.catch(() => this.#kept.delete(company));
		return office;
	}

	forget(company: string): void {
		this.#kept.delete(company);
	}

	async #read(company: string): Promise<Office> {
		const named: Statement = {
			sql: "select name, zone from company where company = $1",
			parameters: [company],
		};
		const [people = [], relations = [], [row] = []] = await this.#database.read([
			readPeople(company),
			readRelations(company),
			named,
		]);
		const { name, zone } = (row ?? { name: company, zone: "Asia/Shanghai" }) as {
			name: string;
			zone: string;
		};
		return { people: peopleFrom(people), relations: relations as RelationRow[], zone, name };
	}
}

/** People as the engine wants them for duties that rise and for assignments. */
export function contextPeople(office: Office, day: string): NonNullable<Context["people"]> {
	return [...office.people.values()]
		.filter((one) => one.kind === "staff")
		.map((one) => ({
			id: one.id,
			capabilities: one.capabilities,
			belongsTo: one.organisation ? lineOf(one.organisation, office.relations, day) : [],
		}));
}
