import { z } from "zod";
import { CAPABILITIES } from "#engine/actor.ts";
import { accountProblem, refusalOf } from "../accounts/words.ts";
import { commit } from "../store/commit.ts";
import {
	administratorsWith,
	deleteRelation,
	deleteTeam,
	lockOffice,
	ORGANISATION_KINDS,
	putOrganisation,
	putRelation,
	putRole,
	putTeam,
	RELATION_KINDS,
	type Relation,
	readAllRelations,
	readOrganisations,
	readRoles,
	readTeams,
	unknownIds,
} from "../store/office-admin.ts";
import { administrator, colleague } from "./administrator.ts";
import type { App, Edge } from "./app.ts";
import type { FieldProblem } from "./hostile.ts";
import { sendMalformed, sendNotFound, sendProblem } from "./problem.ts";

const Id = z.string().regex(/^[\w.-]{1,60}$/, "letters, digits, and . _ - only");
const Label = z.string().trim().min(1).max(100);
const Organisation = z.strictObject({ name: Label, nameEn: Label, kind: z.enum(ORGANISATION_KINDS) });
const NewRelation = z.strictObject({
	child: Id,
	parent: Id,
	kind: z.enum(RELATION_KINDS),
	from: z.iso.date(),
	to: z.iso.date().nullable().default(null),
});
const RelationKey = z.object({ child: Id, parent: Id, from: z.iso.date() });
const GRANTED = CAPABILITIES.filter((one) => one !== "system");
const Role = z.strictObject({ capabilities: z.array(z.enum(GRANTED)).max(GRANTED.length) });
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 08:30");
const Member = z
	.strictObject({
		person: z.string().min(1).max(100),
		from: LocalTime.nullable().default(null),
		to: LocalTime.nullable().default(null),
	})
	.refine((one) => (one.from === null) === (one.to === null), "a shift has a beginning and an end");
const Team = z.strictObject({
	name: Label,
	organisation: Id.nullable().default(null),
	members: z.array(Member).max(500),
});
const tags = ["people"];

/** Who belongs to whom from which day, what a role may do, who is in which team. Read by the office, kept by administrators. */
export function organisationRoutes(app: App, edge: Edge): void {
	readingRoutes(app, edge);
	organisationKeeping(app, edge);
	relationKeeping(app, edge);
	roleKeeping(app, edge);
	teamKeeping(app, edge);
}

function readingRoutes(app: App, edge: Edge): void {
	const lists = {
		organisations: { summary: "Organisations", read: readOrganisations },
		relations: { summary: "Who belongs to whom, from which day to which", read: readAllRelations },
		roles: { summary: "Roles: bundles of capabilities", read: readRoles },
		teams: { summary: "Teams and their shifts", read: readTeams },
	};
	for (const [name, { summary, read }] of Object.entries(lists))
		app.get(`/api/${name}`, { schema: { summary, tags } }, async (request, reply) => {
			const actor = colleague(edge, request, reply);
			if (!actor) return reply;
			const [rows] = await edge.desk.database.read([read(actor.company)]);
			return { [name]: rows };
		});
}

function organisationKeeping(app: App, edge: Edge): void {
	const schema = {
		summary: "Enter or change an organisation",
		tags,
		params: z.object({ id: Id }),
		body: Organisation,
	};
	app.put("/api/organisations/:id", { schema }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const organisation = { id: request.params.id, ...request.body };
		await commit(edge.desk.database, putOrganisation(actor.company, organisation));
		edge.desk.offices.forget(actor.company);
		return organisation;
	});
}

function relationKeeping(app: App, edge: Edge): void {
	const { database, offices } = edge.desk;
	const putting = {
		summary: "Enter a relation, or change one that begins on that day",
		tags,
		body: NewRelation,
	};
	app.put("/api/relations", { schema: putting }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const relation = request.body;
		const wrong = await database.transaction(async (session) => {
			await lockOffice(session, company);
			const [unknown = [], known = []] = (await session.runAll([
				unknownIds("organisation", company, [relation.child, relation.parent]),
				readAllRelations(company),
			])) as [{ id: string }[], Relation[]];
			const [stranger] = unknown;
			if (stranger)
				return {
					at: stranger.id === relation.child ? "child" : "parent",
					problem: "there is no such organisation",
				};
			const problem = relationProblem(relation, known);
			if (!problem) await session.commitWith([putRelation(company, relation)]);
			return problem;
		});
		if (wrong) return sendMalformed(reply, [wrong], edge.saying);
		offices.forget(company);
		return relation;
	});
	const deleting = { summary: "Delete a relation that was entered by mistake", tags, params: RelationKey };
	app.delete("/api/relations/:child/:parent/:from", { schema: deleting }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { child, parent, from } = request.params;
		const [rows = []] = await commit(database, deleteRelation(actor.company, child, parent, from));
		offices.forget(actor.company);
		return rows.length > 0 ? reply.status(204).send() : sendNotFound(reply, edge.saying);
	});
}

const ABOVE: ReadonlySet<string> = new Set(["own", "franchised"]);

/** What is wrong with a relation beside those known; one that begins on the same day is replaced. */
export function relationProblem(relation: Relation, known: readonly Relation[]): FieldProblem | null {
	const { child, parent, from, to } = relation;
	if (child === parent) return { at: "parent", problem: "nobody belongs to themself" };
	if (to !== null && to < from) return { at: "to", problem: "lies before the first day" };
	const others = known.filter((one) => !(one.child === child && one.parent === parent && one.from === from));
	const meanwhile = others.filter(
		(one) => (to === null || one.from <= to) && (one.to === null || from <= one.to),
	);
	if (meanwhile.some((one) => one.child === child && one.parent === parent))
		return {
			at: "from",
			problem: "these two have another relation on some of these days: end that one first",
		};
	if (ABOVE.has(relation.kind) && isAbove(child, parent, meanwhile))
		return { at: "parent", problem: "belongs to this child itself on some of these days" };
	return null;
}

/** Whether `top` stands above `start` by any chain of own and franchised relations. */
function isAbove(top: string, start: string, relations: readonly Relation[]): boolean {
	const seen = new Set([start]);
	const queue = [start];
	for (let one = queue.pop(); one !== undefined; one = queue.pop())
		for (const { child, parent, kind } of relations) {
			if (child !== one || !ABOVE.has(kind) || seen.has(parent)) continue;
			seen.add(parent);
			queue.push(parent);
		}
	return seen.has(top);
}

function roleKeeping(app: App, edge: Edge): void {
	const { database, offices } = edge.desk;
	const schema = { summary: "Enter or change a role", tags, params: z.object({ role: Id }), body: Role };
	app.put("/api/roles/:role", { schema }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const { role } = request.params;
		const capabilities = [...new Set(request.body.capabilities)];
		const kept = await database.transaction(async (session) => {
			await lockOffice(session, company);
			const administers = capabilities.includes("administer");
			const [row] = await session.run<{ some: boolean }>(administratorsWith(company, role, administers));
			if (row?.some) await session.commitWith([putRole(company, role, capabilities)]);
			return row?.some;
		});
		if (!kept) return sendProblem(reply, accountProblem(refusalOf("LastAdministrator"), request.language));
		offices.forget(company);
		return { role, capabilities };
	});
}

function teamKeeping(app: App, edge: Edge): void {
	const { database } = edge.desk;
	const params = z.object({ id: Id });
	const putting = { summary: "Enter or change a team, with all its members", tags, params, body: Team };
	app.put("/api/teams/:id", { schema: putting }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const team = { id: request.params.id, ...request.body };
		const persons = team.members.map((one) => one.person);
		const twice = persons.find((one, n) => persons.indexOf(one) !== n);
		const [strangers = [], places = []] = (await database.read([
			unknownIds("person", company, persons),
			unknownIds("organisation", company, team.organisation === null ? [] : [team.organisation]),
		])) as { id: string }[][];
		const [stranger] = strangers;
		if (twice)
			return sendMalformed(reply, [{ at: "members", problem: `${twice} is there twice` }], edge.saying);
		if (stranger)
			return sendMalformed(
				reply,
				[{ at: "members", problem: `there is nobody called ${stranger.id}` }],
				edge.saying,
			);
		if (places.length > 0)
			return sendMalformed(
				reply,
				[{ at: "organisation", problem: "there is no such organisation" }],
				edge.saying,
			);
		await commit(database, ...putTeam(company, team));
		return team;
	});
	app.delete(
		"/api/teams/:id",
		{ schema: { summary: "Delete a team", tags, params } },
		async (request, reply) => {
			const actor = administrator(edge, request, reply);
			if (!actor) return reply;
			const rows = (await commit(database, ...deleteTeam(actor.company, request.params.id))).at(-1) ?? [];
			return rows.length > 0 ? reply.status(204).send() : sendNotFound(reply, edge.saying);
		},
	);
}
