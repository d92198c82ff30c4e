import { z } from "zod";
import { can } from "#engine/actor.ts";
import { COMMANDS, STAFF } from "#engine/journey.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import { commit } from "../store/commit.ts";
import { endPresence, savePresence, sweepPresence } from "../store/presence.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { sendNotFound } from "./problem.ts";

/** Whoever says nothing for so long has gone. Pages say it anew every 20 seconds. */
const STAYS_MS = 45_000;

const Here = z.strictObject({
	case: z.string().min(1).max(100),
	doing: z.enum(["looking", "typing"]).default("looking"),
	/** The command being filled in. */
	about: z
		.string()
		.refine((type) => COMMANDS.has(type), "no such command")
		.optional(),
});
const Id = z.object({ id: z.string().min(1).max(100) });

/** Who of the office has a case open, and what they are typing. */
export function presenceRoutes(app: App, { desk, saying }: Edge, moved: (company: string) => void): void {
	const tags = ["live"];
	app.post(
		"/api/presence",
		{ schema: { summary: "I have this case open; to be said every 20 seconds", tags, body: Here } },
		async (request, reply) => {
			const caller = callerOf(request);
			const { company, id: person } = caller.actor;
			const { case: id, doing, about = null } = request.body;
			const kase = can(caller.actor, ...STAFF) ? await readCase(desk, caller, id) : null;
			if (!kase || viewerOf(kase, caller.actor) !== "staff") return sendNotFound(reply, saying);
			const now = desk.clock();
			const until = new Date(Date.parse(now) + STAYS_MS).toISOString();
			const row = { stream: kase.id, person, doing, about: doing === "typing" ? about : null };
			await commit(desk.database, savePresence(company, row, until), sweepPresence(company, now));
			moved(company);
			return reply.status(204).send();
		},
	);
	app.delete(
		"/api/presence/:id",
		{ schema: { summary: "I have closed this case", tags, params: Id } },
		async (request, reply) => {
			const { company, id: person } = callerOf(request).actor;
			await commit(desk.database, endPresence(company, request.params.id, person));
			moved(company);
			return reply.status(204).send();
		},
	);
}
