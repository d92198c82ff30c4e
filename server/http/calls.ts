import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { Instant, instantPlus } from "#engine/time/instant.ts";
import {
	type CallFigure,
	type CallRow,
	callFigures,
	currentCall,
	listCalls,
	waitingCalls,
} from "../store/calls.ts";
import type { App, Edge } from "./app.ts";
import { CallEvent, callOf, takeEvent } from "./call-events.ts";
import { RING_SECONDS, RINGS_AIMED_AT, ringSeconds } from "./call-times.ts";
import { callerOf } from "./caller.ts";
import { callerKnown } from "./caller-known.ts";
import { placeOf, readPlace } from "./place.ts";
import { plain, sendMalformed, sendNotFound, sendProblem, sendRefusal } from "./problem.ts";

const CallId = z.object({ id: z.string().min(1).max(100) });
const tags = ["calls"];

/** Calls: told of by the phone system, taken by agents, measured for those who look after them. */
export function callRoutes(app: App, edge: Edge): void {
	eventRoute(app, edge);
	waitingRoute(app, edge);
	listRoute(app, edge);
	figuresRoute(app, edge);
	oneRoute(app, edge);
}

function eventRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "Tell of a call: it rings, was answered, has ended",
		description:
			"For the phone system (an API key that may file) and for agents, who may say that they answer and that they hang up. The same event again changes nothing and answers 200; what contradicts an earlier one answers 409.",
		tags,
		body: CallEvent,
	};
	app.post("/api/calls", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const needs = ["file-by-api", "intake"] as const;
		if (!can(actor, ...needs))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...needs] }), edge.saying);
		const taken = await takeEvent(edge.desk, actor, request.body);
		if (taken.is === "malformed") return sendMalformed(reply, taken.fields, edge.saying);
		if (taken.is === "unknown") return sendNotFound(reply, edge.saying);
		if (taken.is === "conflict") {
			const office = await edge.desk.offices.of(actor.company);
			const by = office.people.get(taken.by ?? "")?.alias ?? null;
			return sendProblem(reply, { ...plain("conflict", 409, edge.saying, request.language), by });
		}
		return reply.status(taken.is === "new" ? 201 : 200).send(shown(taken.call));
	});
}

function waitingRoute(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = { summary: "Calls that ring for you, and the one that you are in", tags };
	app.get("/api/calls/waiting", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "intake"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["intake"] }), edge.saying);
		const now = desk.clock();
		const [waiting = [], current = []] = (await desk.database.read([
			waitingCalls(actor.company, actor.id, now),
			currentCall(actor.company, actor.id, now),
		])) as CallRow[][];
		return {
			waiting: waiting.map(shown),
			current: current[0] ? shown(current[0]) : null,
			ring: { seconds: RING_SECONDS, aim: RINGS_AIMED_AT },
			now,
		};
	});
}

const ListQuery = z.object({
	after: z.string().max(300).optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});
const Place = z.tuple([Instant, z.string().max(100)]);

function listRoute(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = {
		summary: "Calls, the latest first: your own, or all for those who manage",
		tags,
		querystring: ListQuery,
	};
	app.get("/api/calls", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "intake", ...OVERSEERS))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["intake", ...OVERSEERS] }), edge.saying);
		const { after, limit } = request.query;
		const place = after === undefined ? null : readPlace(after, Place, ([at, id]) => ({ at, id }));
		if (after !== undefined && !place)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		const person = can(actor, ...OVERSEERS) ? null : actor.id;
		const [rows = []] = (await desk.database.read([
			listCalls(actor.company, person, place, limit),
		])) as CallRow[][];
		const page = rows.slice(0, limit);
		const last = rows.length > limit ? page.at(-1) : undefined;
		return { calls: page.map(shown), next: last ? placeOf([last.ringingAt, last.id]) : null };
	});
}

const OVERSEERS = ["manage", "quality"] as const;
const MOST_DAYS = 92;
const FiguresQuery = z.object({
	from: Instant.optional(),
	until: Instant.optional(),
	/** Within how many rings a call should be answered. */
	rings: z.coerce.number().int().min(1).max(20).default(RINGS_AIMED_AT),
});

function figuresRoute(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = {
		summary: "Calls by day and agent: answered, within so many rings, seconds to the answer",
		description:
			"The last seven days unless `from` and `until` say otherwise, at most 92. Agents see their own.",
		tags,
		querystring: FiguresQuery,
	};
	app.get("/api/calls/figures", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "intake", ...OVERSEERS))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...OVERSEERS, "intake"] }), edge.saying);
		const { rings, until = desk.clock() } = request.query;
		const from = request.query.from ?? instantPlus(until, { days: -7 });
		if (from > until || instantPlus(from, { days: MOST_DAYS }) < until)
			return sendMalformed(
				reply,
				[{ at: "from", problem: `at most ${MOST_DAYS} days before \`until\`` }],
				edge.saying,
			);
		const { zone } = await desk.offices.of(actor.company);
		const person = can(actor, ...OVERSEERS) ? null : actor.id;
		const [figures = []] = (await desk.database.read([
			callFigures(actor.company, { from, until, rings, zone, person }),
		])) as CallFigure[][];
		return { rings, figures };
	});
}

function oneRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "A call and its caller: their orders, cases and history, as far as you may see them",
		tags,
		params: CallId,
	};
	app.get("/api/calls/:id", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "intake", ...OVERSEERS))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["intake", ...OVERSEERS] }), edge.saying);
		const call = await callOf(edge.desk, actor.company, request.params.id);
		if (!call || !maySee(actor, call)) return sendNotFound(reply, edge.saying);
		return { call: shown(call), ...(await callerKnown(edge, actor, call)) };
	});
}

/** A call in which somebody else is, or that rings at somebody else's desk, is theirs. */
function maySee(actor: Actor, { answeredBy, to }: CallRow): boolean {
	const whose = answeredBy ?? to;
	return whose === null || whose === actor.id || can(actor, ...OVERSEERS);
}

/** A call as it is sent: the number masked. */
function shown({ sealed: _, lookup: __, mask, ringingAt, answeredAt, ...rest }: CallRow) {
	return {
		...rest,
		caller: mask,
		ringingAt,
		answeredAt,
		ringSeconds: answeredAt === null ? null : ringSeconds(ringingAt, answeredAt),
	};
}
