import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import { commit } from "../store/commit.ts";
import { type GivenUp, readGivenUp, takeUpAgain } from "../store/given-up.ts";
import { administrator } from "./administrator.ts";
import type { App, Edge } from "./app.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const Page = z.object({
	after: z.string().max(400).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Place = z.tuple([Instant, z.string().max(200)]);
const Id = z.object({ id: z.string().min(1).max(200) });
const tags = ["webhooks"];

/** What the background gave up (notices, payments, deliveries, wake-ups): seen and tried again by the administrator. */
export function givenUpRoutes(app: App, edge: Edge): void {
	const { database, clock } = edge.desk;
	const listing = {
		summary: "Work in the background that was given up, the latest first",
		tags,
		querystring: Page,
	};
	app.get("/api/given-up", { schema: listing }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { after, limit } = request.query;
		const last = after === undefined ? null : readPlace(after, Place, ([failedAt, id]) => ({ failedAt, id }));
		if (after !== undefined && !last)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		const [rows = []] = (await database.read([readGivenUp(actor.company, last, limit + 1)])) as GivenUp[][];
		const page = rows.slice(0, limit);
		const end = rows.length > limit ? page.at(-1) : undefined;
		return { givenUp: page, next: end ? placeOf([end.failedAt, end.id]) : null };
	});
	const again = { summary: "Try what was given up again", tags, params: Id };
	app.post("/api/given-up/:id/retry", { schema: again }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const [rows = []] = await commit(database, takeUpAgain(company, request.params.id, clock()));
		if (rows.length === 0) return sendNotFound(reply, edge.saying);
		edge.desk.committed({ company, case: "", seq: 0, due: true });
		return reply.status(202).send({ id: request.params.id });
	});
}
