import { randomBytes } from "node:crypto";
import { z } from "zod";
import { EVENTS } from "#engine/journey.ts";
import { Instant } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import { commit } from "../store/commit.ts";
import { insertDue } from "../store/due.ts";
import {
	type DeliveryRow,
	deleteWebhook,
	dueDelivery,
	insertDelivery,
	insertWebhook,
	readDeliveryLog,
	readWebhooks,
	reopenDelivery,
	updateWebhook,
	type WebhookRow,
} from "../store/webhook-admin.ts";
import { administrator } from "./administrator.ts";
import type { App, Edge } from "./app.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const Url = z
	.url({ protocol: /^https?$/ })
	.max(500)
	.refine(bare, "no name or password in the address");
const Wanted = z.union([z.literal("*"), z.enum(EVENTS as [string, ...string[]])]);
const Events = z.array(Wanted).min(1).max(EVENTS.length);
const NewWebhook = z.strictObject({ url: Url, events: Events, active: z.boolean().default(true) });
const Change = z.strictObject({
	url: Url.optional(),
	events: Events.optional(),
	active: z.boolean().optional(),
});
const Id = z.object({ id: z.string().min(1).max(100) });
const OneDelivery = Id.extend({ delivery: z.string().min(1).max(200) });
const Page = z.object({
	after: z.string().max(400).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ["webhooks"];

/** Outgoing webhooks, kept by the administrator: what is told to whom, and how the telling went. */
export function webhookRoutes(app: App, edge: Edge): void {
	keepingRoutes(app, edge);
	deliveryRoutes(app, edge);
}

function bare(text: string): boolean {
	if (!URL.canParse(text)) return true; // said already
	const { username, password } = new URL(text);
	return username === "" && password === "";
}

function keepingRoutes(app: App, edge: Edge): void {
	const { database, clock } = edge.desk;
	app.get("/api/webhooks", { schema: { summary: "Webhooks", tags } }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const [webhooks] = await database.read([readWebhooks(actor.company, null)]);
		return { webhooks, events: EVENTS };
	});
	const making = {
		summary: "Make a webhook; its secret is shown this once",
		description:
			"Each delivery carries `Redress-Signature: t=<Unix seconds>,v1=<hex>`: HMAC-SHA-256 with the secret's text over `<t>.<body>`.",
		tags,
		body: NewWebhook,
	};
	app.post("/api/webhooks", { schema: making }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const secret = `whsec_${randomBytes(32).toString("base64url")}`;
		const row: WebhookRow = { id: newId(), ...request.body, madeAt: clock() };
		await commit(database, insertWebhook(actor.company, row, Buffer.from(secret)));
		return reply
			.status(201)
			.header("cache-control", "no-store")
			.send({ ...row, secret });
	});
	const changing = { summary: "Change a webhook", tags, params: Id, body: Change };
	app.patch("/api/webhooks/:id", { schema: changing }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const [[row] = []] = await commit(
			database,
			updateWebhook(actor.company, request.params.id, request.body),
		);
		return row ?? sendNotFound(reply, edge.saying);
	});
	const deleting = { summary: "Delete a webhook and its log", tags, params: Id };
	app.delete("/api/webhooks/:id", { schema: deleting }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const rows = (await commit(database, ...deleteWebhook(actor.company, request.params.id))).at(-1);
		return rows?.length ? reply.status(204).send() : sendNotFound(reply, edge.saying);
	});
	const pinging = { summary: "Send a webhook a test delivery", tags, params: Id };
	app.post("/api/webhooks/:id/ping", { schema: pinging }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const [[row] = []] = (await database.read([readWebhooks(company, request.params.id)])) as WebhookRow[][];
		if (!row) return sendNotFound(reply, edge.saying);
		const delivery = { id: newId(), webhook: row.id, event: "Ping", body: { event: "Ping", at: clock() } };
		await commit(database, ...insertDelivery(company, delivery, clock(), newId()));
		edge.desk.committed({ company, case: "", seq: 0, due: true });
		return reply.status(202).send({ delivery: delivery.id });
	});
}

function deliveryRoutes(app: App, edge: Edge): void {
	const { database, clock } = edge.desk;
	const listing = { summary: "What was delivered, the latest first", tags, params: Id, querystring: Page };
	app.get("/api/webhooks/:id/deliveries", { schema: listing }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { after, limit } = request.query;
		const place = z.tuple([Instant, z.string().max(200)]);
		const last = after === undefined ? null : readPlace(after, place, ([madeAt, id]) => ({ madeAt, id }));
		if (after !== undefined && !last)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		const [[webhook] = [], rows = []] = (await database.read([
			readWebhooks(actor.company, request.params.id),
			readDeliveryLog(actor.company, request.params.id, last, limit + 1),
		])) as [WebhookRow[], DeliveryRow[]];
		if (!webhook) return sendNotFound(reply, edge.saying);
		const page = rows.slice(0, limit);
		const end = rows.length > limit ? page.at(-1) : undefined;
		return { deliveries: page, next: end ? placeOf([end.madeAt, end.id]) : null };
	});
	const again = { summary: "Deliver again", tags, params: OneDelivery };
	app.post("/api/webhooks/:id/deliveries/:delivery/redeliver", { schema: again }, async (request, reply) => {
		const actor = administrator(edge, request, reply);
		if (!actor) return reply;
		const { company } = actor;
		const { id, delivery } = request.params;
		const found = await database.transaction(async (session) => {
			const [row] = await session.run<{ stream: string }>(reopenDelivery(company, id, delivery));
			if (row)
				await session.commitWith(insertDue([dueDelivery(company, delivery, row.stream, clock(), newId())]));
			return row !== undefined;
		});
		if (!found) return sendNotFound(reply, edge.saying);
		edge.desk.committed({ company, case: "", seq: 0, due: true });
		return reply.status(202).send({ delivery });
	});
}
