import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Teller } from "../ports/receipts.ts";
import type { App, Edge } from "./app.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const Query = z.record(z.string(), z.unknown());

/**
 * An address at which a provider tells of its own accord. Nobody signs in here: each provider is known in the way that
 * it documents, and whoever is not finds nothing. Nothing of what is told is logged.
 */
export function toldRoute<T>(
	app: App,
	edge: Edge,
	path: string,
	summary: string,
	tellerOf: (request: FastifyRequest) => Teller<T> | undefined,
	take: (told: readonly T[], request: FastifyRequest) => Promise<void>,
): void {
	app.register(async (scope: App) => {
		// providers tell in JSON or in XML
		scope.addContentTypeParser(["text/xml", "application/xml"], { parseAs: "string" }, (_, body, done) =>
			done(null, body),
		);
		const tags = ["providers"];
		scope.get(
			path,
			{ schema: { summary: `${summary}: whether somebody listens`, tags } },
			async (request, reply) => {
				const thanks = tellerOf(request)?.greet({ query: Query.parse(request.query) });
				return thanks ? thank(reply, thanks) : sendNotFound(reply, edge.saying);
			},
		);
		scope.post(path, { schema: { summary, tags } }, async (request, reply) => {
			const teller = tellerOf(request);
			if (!teller) return sendNotFound(reply, edge.saying);
			const { headers, body } = request;
			const read = teller.read({ headers, query: Query.parse(request.query), body });
			if (!read.ok && read.reason === "misconfigured") return sendNotFound(reply, edge.saying);
			if (!read.ok) return sendMalformed(reply, [{ at: "", problem: read.detail }], edge.saying);
			if (read.told.length > 0) await take(read.told, request);
			return thank(reply, read.thanks);
		});
	});
}

function thank(reply: FastifyReply, { type, body }: { type: string; body: string }): FastifyReply {
	return reply.type(`${type}; charset=utf-8`).send(body);
}
