import { z } from "zod";
import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { instantPlus } from "#engine/time/instant.ts";
import { type Duplicate, findDuplicates } from "../store/duplicates.ts";
import type { App, Edge } from "./app.ts";
import { callOf } from "./call-events.ts";
import { callerOf } from "./caller.ts";
import { sendRefusal } from "./problem.ts";

const given = z.string().trim().min(1).max(100).optional();
const Query = z.object({
	order: given,
	person: given,
	/** A phone or a plate, whole. */
	phone: given,
	plate: given,
	/** A call: its caller's number counts, which the asker need not see. */
	call: given,
	pack: z.string().max(60).optional(),
});

/** Where no trade is known yet, cases closed within so many days are still worth a look. */
const DAYS = 30;

const NEEDS = ["intake", "triage", "handle", "liaise"] as const;

/** While a complaint is taken down: is there one already? */
export function duplicateRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = {
		summary: "Cases that may be about the same: on the same order or by the same person, open or of late",
		tags: ["cases"],
		querystring: Query,
	};
	app.get("/api/cases/duplicates", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, ...NEEDS))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...NEEDS] }), edge.saying);
		const { order, person, phone, plate, call: id, pack } = request.query;
		const call = id === undefined ? null : await callOf(desk, actor.company, id);
		const days = desk.packs.newest(pack ?? "")?.data.improvement.repeat.withinDays ?? DAYS;
		const alike = {
			orders: order === undefined ? [] : [...new Set([order, order.toUpperCase()])],
			persons: person === undefined ? [] : [person],
			numbers: [phone, plate].flatMap((one) => one ?? []),
			lookups: call?.lookup ? [call.lookup] : [],
			since: instantPlus(desk.clock(), { days: -days }),
		};
		const nothing = [alike.orders, alike.persons, alike.numbers, alike.lookups].every(
			(one) => one.length === 0,
		);
		if (nothing) return { duplicates: [] };
		const [duplicates = []] = (await desk.database.read([
			findDuplicates(actor, alike, desk.keys),
		])) as Duplicate[][];
		return { duplicates };
	});
}
