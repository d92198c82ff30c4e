import { z } from "zod";
import { CAPABILITIES } from "#engine/actor.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../accounts/api-keys.ts";
import { createPerson, deactivate, reactivate, setRoles } from "../accounts/people.ts";
import { type Ending, endingOf, listPeople, type PersonListed } from "../accounts/people-list.ts";
import { refuse } from "../accounts/routes.ts";
import { createAccount, setPassword } from "../accounts/users.ts";
import { refusalOf } from "../accounts/words.ts";
import { commit } from "../store/commit.ts";
import { unknownIds, updatePerson } from "../store/office-admin.ts";
import { administrator, isColleague } from "./administrator.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed } from "./problem.ts";

const PersonId = z.string().regex(/^[\w.-]{1,60}$/, "letters, digits, and . _ - only");
const Id = z.object({ id: z.string().min(1).max(100) });
const Alias = z.string().trim().min(1).max(100);
const Ids = z.array(z.string().min(1).max(60)).max(200).nullable();
const RoleGiven = z.strictObject({
	role: z.string().min(1).max(60),
	/** Null: everywhere. */
	organisations: Ids.default(null),
	trades: Ids.default(null),
});
const Roles = z.array(RoleGiven).max(50);
const SignIn = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(200) });
const NewPerson = z.strictObject({
	id: PersonId.optional(),
	kind: z.enum(["staff", "worker", "customer"]),
	alias: Alias,
	name: Alias.optional(),
	phone: z.string().min(1).max(40).optional(),
	organisation: PersonId.optional(),
	language: z.enum(["zh", "en"]).optional(),
	roles: Roles.default([]),
	signIn: SignIn.optional(),
});
const PersonChange = z.strictObject({
	alias: Alias.optional(),
	organisation: PersonId.nullable().optional(),
	language: z.enum(["zh", "en"]).optional(),
});
const NewKey = z.strictObject({
	person: z.string().min(1).max(100),
	name: Alias,
	capabilities: z.array(z.enum(CAPABILITIES)).min(1).max(CAPABILITIES.length),
	/** Null: never runs out. */
	days: z.int().min(1).max(365).nullable(),
});
const ListQuery = z.object({
	q: z.string().trim().max(100).optional(),
	kind: NewPerson.shape.kind.optional(),
	role: z.string().max(60).optional(),
	organisation: z.string().max(60).optional(),
	active: z
		.enum(["true", "false"])
		.transform((value) => value === "true")
		.optional(),
	after: z.string().max(600).optional(),
	limit: z.coerce.number().int().min(1).max(500).default(100),
});
const Place = z.tuple([z.boolean(), z.string().max(200), z.string().max(100)]);
const tags = ["people"];

/** Who one is, who the people are, and what they may do; kept by administrators. */
export function peopleRoutes(accounts: Accounts): Plugin {
	return (app, edge) => {
		meRoute(app, edge);
		listRoute(app, edge);
		keepingRoutes(app, edge, accounts);
		leavingRoutes(app, edge, accounts);
		signInRoutes(app, edge, accounts);
		keyRoutes(app, edge, accounts);
	};
}

function meRoute(app: App, edge: Edge): void {
	app.get("/api/me", { schema: { summary: "Who you are and what you may do", tags } }, async (request) => {
		const { actor, language } = callerOf(request);
		const { id, kind, company, capabilities, organisations, trades, belongsTo, link } = actor;
		const { people, name, zone } = await edge.desk.offices.of(company);
		const person = people.get(id);
		return {
			id,
			kind,
			company: { id: company, name, zone },
			alias: person?.alias ?? null,
			roles: person?.roles ?? [],
			language: language ?? request.language,
			...{ capabilities, organisations, trades, belongsTo },
			...(link ? { link } : {}),
		};
	});
}

function listRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "People",
		description:
			"Administrators see everybody a page at a time with their accounts, names and phones masked; colleagues whom to assign to.",
		tags,
		querystring: ListQuery,
	};
	app.get("/api/people", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (isColleague(actor) && !actor.capabilities.includes("administer")) {
			const { people } = await edge.desk.offices.of(actor.company);
			const staff = [...people.values()].filter((one) => one.kind === "staff");
			return {
				people: staff.map(({ id, kind, alias, organisation, capabilities }) => ({
					id,
					kind,
					alias,
					organisation,
					capabilities,
				})),
			};
		}
		if (!administrator(edge, request, reply)) return reply;
		const { after, limit, ...filter } = request.query;
		const last =
			after === undefined ? null : readPlace(after, Place, ([active, alias, id]) => ({ active, alias, id }));
		if (after !== undefined && !last)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		const [rows = []] = (await edge.desk.database.read([
			listPeople(actor.company, filter, last, limit + 1),
		])) as PersonListed[][];
		const people = rows.slice(0, limit);
		const end = rows.length > limit ? people.at(-1) : undefined;
		return { people, next: end ? placeOf([end.active, end.alias, end.id]) : null };
	});
}

function keepingRoutes(app: App, edge: Edge, accounts: Accounts): void {
	const { database, offices } = edge.desk;
	const making = { summary: "Enter a person, with roles and an account", tags, body: NewPerson };
	app.post("/api/people", { schema: making }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const made = await createPerson(accounts, { company: actor.company, ...given(request.body) });
		return made.ok ? reply.status(201).send({ id: made.id }) : refuse(request, reply, made.refusal);
	});
	const changing = {
		summary: "Change what a person is called, where they belong",
		tags,
		params: Id,
		body: PersonChange,
	};
	app.patch("/api/people/:id", { schema: changing }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { id } = request.params;
		const { organisation } = request.body;
		const [unknown = []] = await database.read([
			unknownIds("organisation", actor.company, organisation ? [organisation] : []),
		]);
		if (unknown.length > 0)
			return sendMalformed(
				reply,
				[{ at: "organisation", problem: "there is no such organisation" }],
				edge.saying,
			);
		const [rows = []] = await commit(database, updatePerson(actor.company, id, request.body));
		offices.forget(actor.company);
		return rows.length > 0 ? { id } : refuse(request, reply, refusalOf("UnknownPerson", { person: id }));
	});
	const roles = {
		summary: "Give a person these roles in place of the earlier ones",
		tags,
		params: Id,
		body: z.strictObject({ roles: Roles }),
	};
	app.put("/api/people/:id/roles", { schema: roles }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const done = await setRoles(accounts, { company, person: request.params.id, roles: request.body.roles });
		return done.ok ? { roles: request.body.roles } : refuse(request, reply, done.refusal);
	});
}

function leavingRoutes(app: App, edge: Edge, accounts: Accounts): void {
	const ending = { summary: "What would end if a person left", tags, params: Id };
	app.get("/api/people/:id/ending", { schema: ending }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { id: person } = request.params;
		const [[found] = []] = (await edge.desk.database.read([endingOf(actor.company, person)])) as Ending[][];
		return found ?? refuse(request, reply, refusalOf("UnknownPerson", { person }));
	});
	const returning = { summary: "A person who left comes back, with the roles they had", tags, params: Id };
	app.post("/api/people/:id/reactivate", { schema: returning }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const done = await reactivate(accounts, { company: actor.company, person: request.params.id });
		return done.ok ? reply.status(204).send() : refuse(request, reply, done.refusal);
	});
	const leaving = { summary: "A person leaves: sessions and keys end at once", tags, params: Id };
	app.post("/api/people/:id/deactivate", { schema: leaving }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const done = await deactivate(accounts, { company: actor.company, person: request.params.id });
		return done.ok ? reply.status(204).send() : refuse(request, reply, done.refusal);
	});
}

/** Leaves out what was not given. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]: Exclude<T[K], undefined>;
	};
}

function signInRoutes(app: App, edge: Edge, accounts: Accounts): void {
	const account = { summary: "Give a person an account", tags, params: Id, body: SignIn };
	app.post("/api/people/:id/account", { schema: account }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const { id: person } = request.params;
		const [unknown = []] = await edge.desk.database.read([unknownIds("person", company, [person])]);
		if (unknown.length > 0) return refuse(request, reply, refusalOf("UnknownPerson", { person }));
		const done = await createAccount(accounts, { company, person, ...request.body });
		return done.ok ? reply.status(201).send({ id: person }) : refuse(request, reply, done.refusal);
	});
	const password = {
		summary: "Give a person a new password",
		tags,
		params: Id,
		body: SignIn.pick({ password: true }),
	};
	app.put("/api/people/:id/password", { schema: password }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const done = await setPassword(accounts, { company, person: request.params.id, ...request.body });
		return done.ok ? reply.status(204).send() : refuse(request, reply, done.refusal);
	});
}

function keyRoutes(app: App, edge: Edge, accounts: Accounts): void {
	app.get(
		"/api/keys",
		{ schema: { summary: "API keys, never their text", tags } },
		async (request, reply) => {
			const actor = administrator(edge, request, reply);
			if (!actor) return reply;
			return { keys: await listApiKeys(accounts, actor.company) };
		},
	);
	const making = { summary: "Make an API key; its text is shown this once", tags, body: NewKey };
	app.post("/api/keys", { schema: making }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const made = await createApiKey(accounts, { company: actor.company, ...request.body });
		if (!made.ok) return refuse(request, reply, made.refusal);
		return reply.status(201).header("cache-control", "no-store").send({ id: made.id, key: made.key });
	});
	app.delete(
		"/api/keys/:id",
		{ schema: { summary: "Withdraw an API key", tags, params: Id } },
		async (request, reply) => {
			const actor = administrator(edge, request, reply);
			if (!actor) return reply;
			const done = await revokeApiKey(accounts, { company: actor.company, id: request.params.id });
			return done.ok ? reply.status(204).send() : refuse(request, reply, done.refusal);
		},
	);
}
