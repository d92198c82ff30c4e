import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { COMMANDS } from "#engine/journey.ts";
import { type Answer, handle } from "../handle.ts";
import { noteFiled } from "../store/calls.ts";
import { commit } from "../store/commit.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callOf } from "./call-events.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { edgeOnlyIn } from "./edge-only.ts";
import { vouchedFor } from "./filing.ts";
import { problemOf, sendMalformed, sendProblem } from "./problem.ts";

export const IdempotencyKey = z.object({ "idempotency-key": z.string().min(1).max(200).optional() });
const CaseId = z.object({ id: z.string().min(1).max(100) });

/** The one write route, and its twin that files a new case. Every command of every step goes through here. */
export function commandRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const filing = z
		.looseObject({ pack: z.string().min(1).max(60) })
		.describe("`pack` names the trade; the other fields are those of FileComplaint");
	app.post(
		"/api/complaints",
		{ schema: { summary: "File a complaint", tags: ["cases"], headers: IdempotencyKey, body: filing } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			const { pack, ...fields } = request.body;
			const type = "FileComplaint";
			const foreign = edgeOnlyIn(type, fields);
			if (foreign.length > 0) return sendMalformed(reply, foreign, saying);
			const call = calledBy(fields);
			if (call !== null && !(await callOf(desk, actor.company, call)))
				return sendMalformed(reply, [{ at: "call.id", problem: "there is no such call" }], saying);
			const known = desk.packs.newest(pack);
			const about = known && { pack: known, takenAt: null, counted: true };
			const trusted = about ? await vouchedFor(edge, actor, about, fields) : {};
			const idempotencyKey = request.headers["idempotency-key"];
			const answer = await handle(desk, { actor, case: null, pack, type, fields, trusted, idempotencyKey });
			if (answer.ok && call !== null)
				await commit(desk.database, noteFiled(actor.company, call, answer.case));
			if (answer.ok && !answer.repeated) await edge.filed?.(actor.company, answer.case);
			return sendAnswer(request, reply, type, answer, edge, 201);
		},
	);
	const body = z.looseObject({ type: z.string().min(1).max(60), expected: z.int().min(0).optional() });
	app.post(
		"/api/cases/:id/commands",
		{
			schema: {
				summary: "Any command on a case",
				tags: ["cases"],
				headers: IdempotencyKey,
				params: CaseId,
				body,
			},
		},
		async (request, reply) => {
			const caller = callerOf(request);
			const { type, expected, ...fields } = request.body;
			const foreign = edgeOnlyIn(type, fields);
			if (foreign.length > 0) return sendMalformed(reply, foreign, saying);
			const { id } = request.params;
			const trusted = type === "AmendComplaint" ? await vouchedForCase(edge, caller, id, fields) : {};
			const idempotencyKey = request.headers["idempotency-key"];
			const { actor } = caller;
			const answer = await handle(desk, { actor, case: id, type, fields, trusted, expected, idempotencyKey });
			return sendAnswer(request, reply, type, answer, edge);
		},
	);
}

/** The call that a filing says it came by. */
function calledBy({ call }: Record<string, unknown>): string | null {
	const parsed = z.looseObject({ id: z.string().min(1).max(100) }).safeParse(call);
	return parsed.success ? parsed.data.id : null;
}

async function vouchedForCase(edge: Edge, caller: Caller, id: string, fields: Record<string, unknown>) {
	const kase = await readCase(edge.desk, caller, id);
	if (!kase) return {};
	const pack = edge.desk.packs.get(kase.pack.name, kase.pack.version);
	const takenAt = kase.orders[0]?.takenAt ?? null;
	return await vouchedFor(edge, caller.actor, { pack, takenAt, counted: false }, fields);
}

/** Sends what became of a command, and notes it for the figures. */
export async function sendAnswer(
	request: FastifyRequest,
	reply: FastifyReply,
	type: string,
	answer: Answer,
	edge: Edge,
	status = 200,
): Promise<FastifyReply> {
	request.outcome = { command: COMMANDS.has(type) ? type : "unknown", result: resultOf(answer) };
	if (answer.ok) return reply.status(answer.repeated ? 200 : status).send(answer);
	const office = await edge.desk.offices.of(callerOf(request).actor.company);
	const names = Object.fromEntries([...office.people.values()].map((one) => [one.id, one.alias]));
	return sendProblem(reply, problemOf(answer, edge.saying, request.language, { command: type, names }));
}

function resultOf(answer: Answer): string {
	if (answer.ok) return answer.repeated ? "repeated" : "accepted";
	if ("refusal" in answer) return answer.refusal.reason;
	if ("malformed" in answer) return "malformed";
	return "mismatch" in answer ? "mismatch" : "unknown-case";
}
