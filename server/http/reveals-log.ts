import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import { type RevealLogged, readRevealLog } from "../store/reveals.ts";
import { administrator } from "./administrator.ts";
import type { App, Edge } from "./app.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed } from "./problem.ts";

const Query = z.object({
	person: z.string().min(1).max(100).optional(),
	/** From this instant, and up to before that one. */
	from: Instant.optional(),
	to: Instant.optional(),
	after: z.string().max(400).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Place = z.tuple([Instant, z.string().max(100)]);

/** Who had whose data shown, over the whole company: for the administrator, who sees the masks and never the data. */
export function revealLogRoutes(app: App, edge: Edge): void {
	const schema = {
		summary: "Who had personal data shown in plain, in which case, of which kind, and why; the latest first",
		tags: ["people"],
		querystring: Query,
	};
	app.get("/api/reveals", { schema }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { after, limit, ...filter } = request.query;
		const last = after === undefined ? null : readPlace(after, Place, ([at, id]) => ({ at, id }));
		if (after !== undefined && !last)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		const [rows = []] = (await edge.desk.database.read([
			readRevealLog(actor.company, filter, last, limit + 1),
		])) as RevealLogged[][];
		const page = rows.slice(0, limit);
		const end = rows.length > limit ? page.at(-1) : undefined;
		return { reveals: page, next: end ? placeOf([end.at, end.id]) : null };
	});
}
