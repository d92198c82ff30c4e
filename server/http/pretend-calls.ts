import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import { ownParty, viewerOf } from "#engine/views/case-view.ts";
import { newId } from "../ids.ts";
import type { CallTold } from "../ports/caller.ts";
import { type LineRow, readLines } from "../store/masked-lines.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { takeCalls } from "./calls-back.ts";
import { readCase } from "./cases.ts";
import { plain, sendNotFound, sendProblem } from "./problem.ts";

/** A call that rings or is talked in; the telephone company that isn't there remembers it in memory alone. */
interface OpenCall {
	id: string;
	line: LineRow;
	back: boolean;
	startedAt: Instant;
	answeredAt: Instant | null;
}

/** Nobody rings longer; what was never ended is forgotten. */
const FORGOTTEN_MS = 600_000;
const MOST_OPEN = 1_000;
const CallId = z.object({ id: z.string().min(1).max(100) });
const tags = ["pretend"];

/**
 * Calls over lines that ring nowhere, for trying out: they ring, are answered and end by these requests, and come back
 * as calls of a real provider do. Mounted only where calls are pretended.
 */
export function pretendCallsRoutes(app: App, edge: Edge): void {
	const open = new Map<string, OpenCall>();
	ringRoute(app, edge, open);
	openRoute(app, edge, open);
	answerRoute(app, edge, open);
	hangUpRoute(app, edge, open);
}

function ringRoute(app: App, edge: Edge, open: Map<string, OpenCall>): void {
	const schema = {
		summary: "Pretend that a masked number is dialled",
		description: "`back`: by the other side. Nothing rings but the pages that ask for open calls.",
		tags,
		body: z.strictObject({ line: z.string().min(1).max(100), back: z.boolean().default(false) }),
	};
	app.post("/api/pretend/calls", { schema }, async (request, reply) => {
		const { line: id, back } = request.body;
		const now = edge.desk.clock();
		forget(open, now);
		const line = await lineFor(edge, request, id);
		if (!line) return sendNotFound(reply, edge.saying);
		if (line.expiresAt <= now || open.size >= MOST_OPEN)
			return sendProblem(reply, plain("no-line", 409, edge.saying, request.language));
		const call: OpenCall = { id: `pretend-${newId()}`, line, back, startedAt: now, answeredAt: null };
		open.set(call.id, call);
		return reply.status(201).send(shown(call));
	});
}

function openRoute(app: App, edge: Edge, open: Map<string, OpenCall>): void {
	const schema = {
		summary: "Pretended calls of a case that ring or are talked in",
		tags,
		querystring: z.object({ case: z.string().min(1).max(100) }),
	};
	app.get("/api/pretend/calls", { schema }, async (request, reply) => {
		const asker = callerOf(request);
		const kase = await readCase(edge.desk, asker, request.query.case);
		if (!kase) return sendNotFound(reply, edge.saying);
		forget(open, edge.desk.clock());
		const theirs = [...open.values()].filter(
			({ line }) =>
				line.company === kase.company &&
				line.case === kase.id &&
				isOn(line, request, viewerOf(kase, asker.actor), ownParty(kase, asker.actor)?.id),
		);
		return { calls: theirs.map(shown) };
	});
}

function answerRoute(app: App, edge: Edge, open: Map<string, OpenCall>): void {
	const schema = { summary: "Pretend that the call is answered", tags, params: CallId };
	app.post("/api/pretend/calls/:id/answer", { schema }, async (request, reply) => {
		const call = await callFor(edge, request, reply, open);
		if (!call) return reply;
		call.answeredAt ??= edge.desk.clock();
		return shown(call);
	});
}

function hangUpRoute(app: App, edge: Edge, open: Map<string, OpenCall>): void {
	const schema = { summary: "Pretend that somebody hangs up", tags, params: CallId };
	app.post("/api/pretend/calls/:id/hang-up", { schema }, async (request, reply) => {
		const call = await callFor(edge, request, reply, open);
		if (!call) return reply;
		const { id, line, back, startedAt: at, answeredAt } = call;
		open.delete(id);
		const ref = `${line.company}:${line.id}`;
		const endedAt = edge.desk.clock();
		const told: CallTold[] = [
			{
				...({ is: "ended", id, ref, at, back, answeredAt, endedAt } as const),
				outcome: answeredAt ? "reached" : "no-answer",
			},
		];
		if (answeredAt) told.push({ is: "recorded", id, ref, at });
		await takeCalls(edge, told);
		return { ...shown(call), endedAt };
	});
}

async function callFor(
	edge: Edge,
	request: FastifyRequest<{ Params: { id: string } }>,
	reply: FastifyReply,
	open: Map<string, OpenCall>,
): Promise<OpenCall | null> {
	forget(open, edge.desk.clock());
	callerOf(request);
	const call = open.get(request.params.id);
	if (call && (await lineFor(edge, request, call.line.id))) return call;
	sendNotFound(reply, edge.saying);
	return null;
}

/** The line, when the asker is at one of its ends or of the office that sees the case. */
async function lineFor(edge: Edge, request: FastifyRequest, id: string): Promise<LineRow | null> {
	const asker = callerOf(request);
	const { company } = asker.actor;
	const [[line] = []] = (await edge.desk.database.read([readLines([{ company, id }])])) as LineRow[][];
	const kase = line?.pretend ? await readCase(edge.desk, asker, line.case) : null;
	if (!line || !kase) return null;
	return isOn(line, request, viewerOf(kase, asker.actor), ownParty(kase, asker.actor)?.id) ? line : null;
}

function isOn(line: LineRow, request: FastifyRequest, viewer: string, own: string | undefined): boolean {
	const { actor } = callerOf(request);
	const name = actor.link ? `party:${actor.link.case}:${actor.link.party}` : `person:${actor.id}`;
	return viewer === "staff" || line.caller === name || (own !== undefined && line.toParty === own);
}

function forget(open: Map<string, OpenCall>, now: Instant): void {
	for (const [id, call] of open) if (epochOf(now) - epochOf(call.startedAt) > FORGOTTEN_MS) open.delete(id);
}

function shown({ id, line, back, startedAt, answeredAt }: OpenCall) {
	return {
		id,
		line: line.id,
		case: line.case,
		number: line.number,
		back,
		startedAt,
		answeredAt,
		pretend: true,
	};
}
