import { z } from "zod";
import { can } from "#engine/actor.ts";
import { type ConductFile, emptyConduct, entriesInForce, scoreAt } from "#engine/conduct.ts";
import { readConduct, type Snapshot } from "../store/snapshots.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendNotFound } from "./problem.ts";

const Person = z.object({ person: z.string().min(1).max(100) });
const Trade = z.object({ pack: z.string().min(1).max(60) });

/** 行为档案: a person's entries, each with case, rule, term and way back, and the score they come to. */
export function conductRoutes(app: App, { desk, saying }: Edge): void {
	const schema = {
		summary: "A conduct file and its score",
		tags: ["people"],
		params: Person,
		querystring: Trade,
	};
	app.get("/api/conduct/:person", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const { person } = request.params;
		const pack = desk.packs.newest(request.query.pack);
		// one's own, or by those whose work it is
		const may = actor.id === person || can(actor, "handle", "quality", "manage", "review", "safety");
		const office = await desk.offices.of(actor.company);
		if (!may || !pack || actor.kind === "complainant" || !office.people.has(person))
			return sendNotFound(reply, saying);
		const [rows = []] = (await desk.database.read([
			readConduct(actor.company, [person]),
		])) as Snapshot<ConductFile>[][];
		const file = rows[0]?.state ?? emptyConduct(person, actor.company);
		const now = desk.clock();
		const rules = pack.data.reputation.score;
		const score = scoreAt(file, now, rules);
		const grade =
			rules.grades.toSorted((a, b) => b.least - a.least).find((one) => score >= one.least) ?? null;
		return {
			person,
			score,
			base: rules.base,
			grade,
			entries: file.entries,
			inForce: entriesInForce(file, now).map((one) => one.id),
		};
	});
}
