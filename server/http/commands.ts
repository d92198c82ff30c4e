import type { FastifyReply } from "fastify";
import { z } from "zod";
import { type Answer, handle } from "../handle.ts";
import { type App, callerOf, type Edge } from "./app.ts";
import { vouchedFor } from "./filing.ts";
import { problemOf, sendProblem } from "./problem.ts";

const IdempotencyKey = z.object({ "idempotency-key": z.string().min(1).max(200).optional() });

/** The one write route, and its twin that files a new case. Every command of every step goes through here. */
export function commandRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	app.post(
		"/api/complaints",
		{
			schema: {
				summary: "File a complaint",
				tags: ["cases"],
				headers: IdempotencyKey,
				body: z.looseObject({ pack: z.string().min(1).max(60) }).describe("`pack` names the trade; the other fields are those of FileComplaint"),
			},
		},
		async (request, reply) => {
			const { actor } = callerOf(request);
			const { pack, ...fields } = request.body;
			const trusted = await vouchedFor(desk, actor, pack, fields);
			const answer = await handle(desk, { actor, case: null, pack, type: "FileComplaint", fields, trusted, idempotencyKey: request.headers["idempotency-key"] });
			return send(reply, answer, 201);
		},
	);
	app.post(
		"/api/cases/:id/commands",
		{
			schema: {
				summary: "Any command on a case",
				tags: ["cases"],
				headers: IdempotencyKey,
				params: z.object({ id: z.string().min(1).max(100) }),
				body: z.looseObject({ type: z.string().min(1).max(60), expected: z.int().min(0).optional() }),
			},
		},
		async (request, reply) => {
			const { actor } = callerOf(request);
			const { type, expected, ...fields } = request.body;
			const answer = await handle(desk, { actor, case: request.params.id, type, fields, expected, idempotencyKey: request.headers["idempotency-key"] });
			return send(reply, answer, 200);
		},
	);

	function send(reply: FastifyReply, answer: Answer, status: number) {
		if (answer.ok) return reply.status(answer.repeated ? 200 : status).send(answer);
		return sendProblem(reply, problemOf(answer, saying, reply.request.language));
	}
}
