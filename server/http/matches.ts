import { z } from "zod";
import { can } from "#engine/actor.ts";
import { type ConductFile, entriesInForce } from "#engine/conduct.ts";
import { refusal } from "#engine/decision.ts";
import type { Instant } from "#engine/time/instant.ts";
import { readConduct, type Snapshot } from "../store/snapshots.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";

const PersonId = z.string().min(1).max(100);
const MOST = 200;
const Question = z.strictObject({ person: PersonId, with: z.array(PersonId).min(1).max(MOST) });
const MAY_ASK = ["file-by-api", "administer", "manage"] as const;

/** 互不派单: what the company's own dispatch asks before it gives somebody's order to one of several others. */
export function matchRoutes(app: App, { desk, saying }: Edge): void {
	const schema = {
		summary: "Whom not to match with a person",
		description:
			"Of those asked about, who is kept apart from `person` by a block in force, whoever of the two asked for it, and until when. Why, and in which case, is not told.",
		tags: ["people"],
		body: Question,
	};
	app.post("/api/matches", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, ...MAY_ASK))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...MAY_ASK] }), saying);
		const { person, with: others } = request.body;
		const asked = [...new Set([person, ...others])];
		const [rows = []] = (await desk.database.read([
			readConduct(actor.company, asked),
		])) as Snapshot<ConductFile>[][];
		const now = desk.clock();
		const files = rows.map((one) => one.state);
		return {
			now,
			person,
			apart: asked.flatMap((other) => {
				const until = other === person ? undefined : apartUntil(files, person, other, now);
				return until === undefined ? [] : [{ person: other, until }];
			}),
		};
	});
}

/** Undefined: they may be matched; null: without an end. A block lies in the file of whoever was blocked. */
function apartUntil(
	files: readonly ConductFile[],
	one: string,
	other: string,
	now: Instant,
): Instant | null | undefined {
	const terms = files
		.filter((file) => file.person === one || file.person === other)
		.flatMap((file) =>
			entriesInForce(file, now)
				.filter(({ kind, against }) => kind === "block" && against === (file.person === one ? other : one))
				.map((entry) => entry.until),
		);
	if (terms.length === 0) return undefined;
	return terms.includes(null) ? null : (terms.sort().at(-1) ?? null);
}
