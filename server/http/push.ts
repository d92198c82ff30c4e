import { z } from "zod";
import { PushSubscription } from "../adapters/web-push/push.ts";
import { deviceId } from "../jobs/notice-send.ts";
import { commit } from "../store/commit.ts";
import { seal } from "../store/kept.ts";
import { type DeviceRow, forgetDevices, readDevices, saveDevice } from "../store/wishes.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendNotFound } from "./problem.ts";
import { selfOf, speaker } from "./told-self.ts";
import type { Reaching } from "./wishes.ts";

const tags = ["push"];

/** Browsers that are rung (web push): for accounts and for links alike. */
export function pushRoutes({ pushKey, channels }: Pick<Reaching, "pushKey" | "channels">): Plugin {
	return (app, edge) => {
		readRoute(app, edge, { pushKey, channels });
		addRoute(app, edge);
		removeRoute(app, edge);
	};
}

function readRoute(
	app: App,
	edge: Edge,
	{ pushKey, channels }: Pick<Reaching, "pushKey" | "channels">,
): void {
	const { desk } = edge;
	const reading = {
		summary: "What a browser needs to be rung, and how many of yours are",
		tags,
	};
	app.get("/api/push", { schema: reading }, async (request, reply) => {
		const self = await selfOf(desk, callerOf(request).actor);
		if (!self) return sendNotFound(reply, edge.saying);
		const [devices = []] = await desk.database.read([readDevices(self.company, [self.holder])]);
		return { key: pushKey, pretend: pushKey === null && channels.includes("push"), devices: devices.length };
	});
}

function addRoute(app: App, edge: Edge): void {
	const { desk } = edge;
	const adding = { summary: "Have this browser rung", tags, body: PushSubscription };
	app.post("/api/push", { schema: adding }, async (request, reply) => {
		const self = await speaker(edge, request, reply);
		if (!self) return reply;
		const device: DeviceRow = {
			holder: self.holder,
			id: deviceId(request.body.endpoint),
			sealed: seal(JSON.stringify(request.body), desk.keys),
		};
		await commit(desk.database, ...saveDevice(self.company, device, desk.clock()));
		return reply.status(201).send({ id: device.id });
	});
}

function removeRoute(app: App, edge: Edge): void {
	const { desk } = edge;
	const removing = {
		summary: "No longer have a browser rung",
		tags,
		body: z.strictObject({ endpoint: PushSubscription.shape.endpoint }),
	};
	app.delete("/api/push", { schema: removing }, async (request, reply) => {
		const { actor } = callerOf(request);
		const self = await selfOf(desk, actor);
		if (!self) return sendNotFound(reply, edge.saying);
		const id = deviceId(request.body.endpoint);
		// gone already is as good
		await commit(desk.database, forgetDevices(self.company, [id], self.holder));
		return reply.status(204).send();
	});
}
