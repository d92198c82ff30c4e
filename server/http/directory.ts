import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { STAFF } from "#engine/journey.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";

interface OrganisationRow {
	id: string;
	zh: string;
	en: string;
	kind: string;
}

/** Who is who in the caller's company: what the office calls its people and organisations, by id. */
export function directoryRoutes(app: App, { desk, saying }: Edge): void {
	const schema = { summary: "People and organisations by id", tags: ["accounts"] };
	app.get("/api/directory", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const known = [...STAFF, "answer", "administer"] as const;
		if (!can(actor, ...known))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...known] }), saying);
		const { people } = await desk.offices.of(actor.company);
		const [organisations = []] = (await desk.database.read([
			{
				name: "read-directory",
				sql: "select id, name as zh, name_en as en, kind from organisation where company = $1 order by id",
				parameters: [actor.company],
			},
		])) as OrganisationRow[][];
		return {
			people: Object.fromEntries(
				[...people.values()].map(({ id, alias, kind, roles }) => [id, { alias, kind, roles }]),
			),
			organisations: Object.fromEntries(organisations.map(({ id, zh, en, kind }) => [id, { zh, en, kind }])),
		};
	});
}
