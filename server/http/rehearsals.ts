import { z } from "zod";
import { rehearseAll } from "../rehearse.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { edgeOnlyIn } from "./edge-only.ts";
import { problemOf, sendMalformed } from "./problem.ts";

const MOST = 100;

const body = z.strictObject({
	type: z.string().min(1).max(60),
	/** Of the command, once for all cases. */
	fields: z.record(z.string().max(60), z.unknown()).default({}),
	cases: z.array(z.string().min(1).max(100)).min(1).max(MOST),
});

/** What a command would come to on each of many cases, without doing it. */
export function rehearsalRoutes(app: App, { desk, saying }: Edge): void {
	const schema = {
		summary: "Whether a command would be taken on each of these cases; nothing is written",
		tags: ["cases"],
		body,
	};
	app.post("/api/rehearsals", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const { type, fields, cases } = request.body;
		const foreign = edgeOnlyIn(type, fields);
		if (foreign.length > 0) return sendMalformed(reply, foreign, saying);
		const office = await desk.offices.of(actor.company);
		const names = Object.fromEntries([...office.people.values()].map((one) => [one.id, one.alias]));
		const ids = [...new Set(cases)];
		const answers = await rehearseAll(desk, { actor, cases: ids, type, fields });
		const malformed = answers.find((one) => !one.ok && "malformed" in one);
		// what is wrong with the fields is wrong for all
		if (malformed && "malformed" in malformed) return sendMalformed(reply, malformed.malformed, saying);
		return {
			answers: answers.map((answer, n) =>
				answer.ok
					? { case: ids[n], taken: true, events: answer.change.entries.map((one) => one.type) }
					: {
							case: ids[n],
							taken: false,
							problem: problemOf(answer, saying, request.language, { command: type, names }),
						},
			),
		};
	});
}
