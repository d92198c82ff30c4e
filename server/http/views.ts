import { z } from "zod";
import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { STAFF } from "#engine/journey.ts";
import { newId } from "../ids.ts";
import { countCases } from "../store/case-list.ts";
import { commit } from "../store/commit.ts";
import {
	deleteView,
	insertView,
	MOST_VIEWS,
	readViews,
	type SavedView,
	updateView,
} from "../store/saved-views.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { ListFilter } from "./cases.ts";
import { sendMalformed, sendNotFound, sendRefusal } from "./problem.ts";

/** Counting ends here: shown as 99+. */
const COUNTED = 100;

const Name = z.string().trim().min(1).max(40);
/** As in the address of the inbox. */
const Filter = z.string().max(2_000);
const Id = z.object({ id: z.string().min(1).max(100) });
const Made = z.strictObject({ name: Name, filter: Filter, shared: z.boolean().default(false) });
const Changed = z.strictObject({
	name: Name.optional(),
	filter: Filter.optional(),
	shared: z.boolean().optional(),
});

const Lists = z.object({
	list: z
		.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(30)])
		.transform((value) => (Array.isArray(value) ? value : [value])),
});

/** How many cases stand in lists, and the lists that people keep under names. */
export function viewRoutes(app: App, { desk, saying }: Edge): void {
	const tags = ["lists"];
	app.get(
		"/api/cases/counts",
		{ schema: { summary: "How many cases each of several lists has, up to 100", tags, querystring: Lists } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			const filters = request.query.list.map((one) => ListFilter.safeParse(queryIn(one)));
			const wrong = filters.findIndex((one) => !one.success);
			if (wrong >= 0) return sendMalformed(reply, [{ at: `list.${wrong}`, problem: "no such list" }], saying);
			const rows = (await desk.database.read(
				filters.map(({ data }) => countCases(actor, data ?? {}, COUNTED)),
			)) as { count: number }[][];
			return { counts: rows.map(([row]) => row?.count ?? 0) };
		},
	);
	app.get("/api/views", { schema: { summary: "Lists kept under names", tags } }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, ...STAFF)) return sendRefusal(reply, refusal("NotAuthorised"), saying);
		const [views = []] = (await desk.database.read([readViews(actor.company, actor.id)])) as SavedView[][];
		return { views: views.map(({ owner, ...one }) => ({ ...one, own: owner === actor.id })) };
	});
	app.post(
		"/api/views",
		{ schema: { summary: "Keep a list under a name; sharing it needs `manage`", tags, body: Made } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			const { name, filter, shared } = request.body;
			if (!can(actor, ...STAFF)) return sendRefusal(reply, refusal("NotAuthorised"), saying);
			if (shared && !can(actor, "manage"))
				return sendRefusal(reply, refusal("NotAuthorised", { needs: ["manage"] }), saying);
			const view = { id: newId(), owner: actor.id, name, filter, shared };
			const [made = []] = await commit(desk.database, insertView(actor.company, view, desk.clock()));
			if (made.length === 0)
				return sendMalformed(reply, [{ at: "", problem: `at most ${MOST_VIEWS} lists` }], saying);
			return reply.status(201).send({ id: view.id, name, filter, shared, own: true });
		},
	);
	changing(app, { desk, saying }, tags);
}

function changing(app: App, { desk, saying }: Pick<Edge, "desk" | "saying">, tags: string[]): void {
	app.patch(
		"/api/views/:id",
		{ schema: { summary: "Rename a list, change or share it", tags, params: Id, body: Changed } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			const manages = can(actor, "manage");
			if (!can(actor, ...STAFF)) return sendRefusal(reply, refusal("NotAuthorised"), saying);
			if (request.body.shared && !manages)
				return sendRefusal(reply, refusal("NotAuthorised", { needs: ["manage"] }), saying);
			const change = updateView(actor.company, actor.id, manages, request.params.id, request.body);
			const [[view] = []] = (await commit(desk.database, change)) as SavedView[][];
			if (!view) return sendNotFound(reply, saying);
			const { owner, ...shown } = view;
			return { ...shown, own: owner === actor.id };
		},
	);
	app.delete(
		"/api/views/:id",
		{ schema: { summary: "Forget a list", tags, params: Id } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			if (!can(actor, ...STAFF)) return sendRefusal(reply, refusal("NotAuthorised"), saying);
			const gone = deleteView(actor.company, actor.id, can(actor, "manage"), request.params.id);
			const [[row] = []] = await commit(desk.database, gone);
			return row ? reply.status(204).send() : sendNotFound(reply, saying);
		},
	);
}

function queryIn(text: string): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(text));
}
