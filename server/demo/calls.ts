import { randomInt } from "node:crypto";
import { z } from "zod";
import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { App, Edge } from "../http/app.ts";
import { takeEvent } from "../http/call-events.ts";
import { callerOf } from "../http/caller.ts";
import { sendNotFound, sendRefusal } from "../http/problem.ts";
import { newId } from "../ids.ts";

/** The pretend phone of the demo: somebody on one of its orders calls. Everything after the ringing is real. */
export function pretendCallRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = {
		summary: "Pretend that one of the demo's customers calls",
		tags: ["demo"],
		body: z.strictObject({}).nullish(),
	};
	app.post("/api/demo/calls", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "intake"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["intake"] }), edge.saying);
		const caller = await somebody(edge, actor.company);
		if (!caller) return sendNotFound(reply, edge.saying);
		const call = `pretend-${newId()}`;
		const event = { event: "ringing" as const, call, caller, line: "投诉专线", to: actor.id };
		const taken = await takeEvent(desk, actor, event, true);
		return taken.is === "new" ? reply.status(201).send({ call }) : sendNotFound(reply, edge.saying);
	});
}

/** The phone of somebody on some order; the orders after a place drawn by lot. */
async function somebody({ desk, orders }: Edge, company: string): Promise<string | null> {
	const sql = "select number from orders where company = $1 and number >= $2 order by number limit 20";
	const lot = String.fromCharCode(65 + randomInt(26)) + String.fromCharCode(65 + randomInt(26));
	const [after = [], first = []] = (await desk.database.read(
		[lot, ""].map((from) => ({ sql, parameters: [company, from] })),
	)) as { number: string }[][];
	const numbers = after.length > 0 ? after : first;
	const number = numbers[numbers.length === 0 ? 0 : randomInt(numbers.length)]?.number;
	const found = number === undefined ? null : await orders.find(company, number);
	return found?.ok ? (found.order?.people.find((one) => one.phone)?.phone ?? null) : null;
}
