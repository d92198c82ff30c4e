import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import type { Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";

/** Who works on which order, and the names of what they note on it. */

/** The same act sent again is the same one; a phone without a network knows it by its key alone. */
export function idFor({ id }: Actor, number: string, key: string): string {
	return createHash("sha256").update(`${id} ${number} ${key}`).digest("hex").slice(0, 32);
}

/** Whoever works for a trade, in person; otherwise the refusal has been sent. */
export function worker(edge: Edge, request: FastifyRequest, reply: FastifyReply): Actor | null {
	const { actor } = callerOf(request);
	if (!actor.link && actor.kind === "respondent" && can(actor, "respond")) return actor;
	sendRefusal(reply, refusal("NotAuthorised", { needs: ["respond"] }), edge.saying);
	return null;
}

/** An order on which somebody works; null where it is another's, or none. */
export async function ownOrder({ orders }: Edge, actor: Actor, number: string): Promise<OrderRecord | null> {
	const found = await orders.find(actor.company, number);
	return found.ok && found.order?.worker === actor.id ? found.order : null;
}
