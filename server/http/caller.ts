import type { FastifyRequest } from "fastify";
import type { Caller } from "./app.ts";

/** Nobody is known to ask: answered with 401. */
export class Unauthenticated extends Error {}

/** The asker; throws what the error handler turns into 401. */
export function callerOf(request: FastifyRequest): Caller {
	if (!request.caller) throw new Unauthenticated();
	return request.caller;
}
