import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";

/** The administrator who asks; null: they are none, and the refusal has been sent. */
export function administrator(edge: Edge, request: FastifyRequest, reply: FastifyReply): Actor | null {
	const { actor } = callerOf(request);
	if (can(actor, "administer")) return actor;
	sendRefusal(reply, refusal("NotAuthorised", { needs: ["administer"] }), edge.saying);
	return null;
}

/** Somebody of the office, or a system of the company's; null: they are not, and the refusal has been sent. */
export function colleague(edge: Edge, request: FastifyRequest, reply: FastifyReply): Actor | null {
	const { actor } = callerOf(request);
	if (isColleague(actor)) return actor;
	sendRefusal(reply, refusal("NotAuthorised"), edge.saying);
	return null;
}

export function isColleague(actor: Actor): boolean {
	return (actor.kind === "person" || actor.kind === "key") && !can(actor, "respond", "complain");
}
