import { z } from "zod";
import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { Keep } from "#engine/kept.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import { newId } from "../ids.ts";
import { findCase } from "../store/case-read.ts";
import { unseal } from "../store/kept.ts";
import { logReveal, type RevealRow, readReveals, readSealed } from "../store/reveals.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { sendNotFound, sendRefusal } from "./problem.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
const Wanted = z.strictObject({
	/** The reference, as it stands in the case. */
	ref: z.string().min(1).max(100),
	why: z.string().trim().min(2).max(500),
});

/** Names, phones and addresses in plain, one at a time, to whoever may and says why; and who had them shown. */
export function revealRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const revealing = {
		summary: "Show personal data in plain; logged",
		tags: ["cases"],
		params: CaseId,
		body: Wanted,
	};
	app.post("/api/cases/:id/reveal", { schema: revealing }, async (request, reply) => {
		const caller = callerOf(request);
		const { company, id: person } = caller.actor;
		const kase = await readCase(desk, caller, request.params.id);
		if (!kase) return sendNotFound(reply, edge.saying);
		if (!can(caller.actor, "reveal") || viewerOf(kase, caller.actor) !== "staff")
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["reveal"] }), edge.saying);
		const { ref, why } = request.body;
		const log = { id: newId(), at: desk.clock(), person, stream: kase.id, ref, why };
		const found = await desk.database.transaction(async (session) => {
			const [row] = await session.run<{ keep: Keep; sealed: Buffer }>(readSealed(company, kase.id, ref));
			if (row) await session.commitWith([logReveal(company, log)]);
			return row;
		});
		if (!found) return sendNotFound(reply, edge.saying);
		return reply
			.header("cache-control", "no-store")
			.send({ ref, keep: found.keep, content: unseal(found.sealed, desk.keys) });
	});
	const listing = { summary: "Who had personal data shown", tags: ["cases"], params: CaseId };
	app.get("/api/cases/:id/reveals", { schema: listing }, async (request, reply) => {
		const caller = callerOf(request);
		const { actor } = caller;
		if (!can(actor, "administer", "manage"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["administer", "manage"] }), edge.saying);
		// an administrator watches over who looks at what, without seeing the cases themself
		const { id } = request.params;
		const kase = can(actor, "administer")
			? await findCase(desk.database, actor.company, id)
			: await readCase(desk, caller, id);
		if (!kase) return sendNotFound(reply, edge.saying);
		const [rows = []] = (await desk.database.read([readReveals(actor.company, kase.id)])) as RevealRow[][];
		const { people } = await desk.offices.of(actor.company);
		return { reveals: rows.map((one) => ({ ...one, alias: people.get(one.person)?.alias ?? null })) };
	});
}
