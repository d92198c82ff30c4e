import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import multipart from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { ActDetails, type ActWords, actProblems, OWN_ACTS } from "#engine/order-acts.ts";
import { readPhoto } from "../adapters/disk/photo.ts";
import { receive } from "../adapters/disk/receive.ts";
import { sniffUpload } from "../adapters/disk/sniff.ts";
import { newId } from "../ids.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import { commit } from "../store/commit.ts";
import { noteEvidenceFile } from "../store/evidence-files.ts";
import { actsOf, insertAct, numbersOfWorker, type OrderAct, setActFile } from "../store/order-acts.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { IdempotencyKey } from "./commands.ts";
import type { EvidencePlace } from "./evidence-intake.ts";
import { confirmationRoutes, tellCustomer } from "./order-confirmations.ts";
import { plain, sendMalformed, sendNotFound, sendProblem, sendRefusal } from "./problem.ts";
import { asRead } from "./traditional.ts";

/** What these routes stand on. */
export interface OnTheRoad {
	words: ActWords;
	notifier: Notifier;
	place: EvidencePlace;
	publicUrl: string;
}

const Order = z.object({ number: z.string().min(1).max(100) });
const OfAct = Order.extend({ act: z.string().min(1).max(100) });
const tags = ["orders"];
const MOST_ORDERS = 30;

/** Orders on which you work: what is noted on the road, told to the customer, and found when a complaint comes. */
export function orderActRoutes(road: OnTheRoad): Plugin {
	return async (app, edge) => {
		if (!app.hasRequestDecorator("isMultipart")) await app.register(multipart);
		listing(app, edge, road);
		noting(app, edge, road);
		filing(app, edge, road);
		confirmationRoutes(app, edge);
	};
}

function listing(app: App, edge: Edge, { words }: OnTheRoad): void {
	const schema = { summary: "Orders on which you work, and what you noted on them; nobody is named", tags };
	app.get("/api/mine/orders", { schema }, async (request, reply) => {
		const actor = worker(edge, request, reply);
		if (!actor) return reply;
		const { desk } = edge;
		const [rows = []] = (await desk.database.read([
			numbersOfWorker(actor.company, actor.id, MOST_ORDERS),
		])) as { number: string }[][];
		const numbers = rows.map((one) => one.number);
		const [acts, orders] = await Promise.all([
			actsOf(desk, actor.company, numbers),
			Promise.all(numbers.map((one) => ownOrder(edge, actor, one))),
		]);
		return {
			now: desk.clock(),
			kinds: asRead(request, words),
			orders: orders.flatMap((one) =>
				one ? [{ ...nobodys(one), acts: acts.filter((act) => act.number === one.number).map(shown) }] : [],
			),
		};
	});
}

function noting(app: App, edge: Edge, road: OnTheRoad): void {
	const schema = {
		summary: "Note something on an order on which you work",
		description:
			"It becomes one of the order's events. A delay, a place where it was left, a second delivery and a hand-over are told to the customer; `told` says whether that went out.",
		tags,
		params: Order,
		headers: IdempotencyKey,
		body: ActDetails.extend({ kind: OWN_ACTS }),
	};
	app.post("/api/mine/orders/:number/acts", { schema }, async (request, reply) => {
		const actor = worker(edge, request, reply);
		if (!actor) return reply;
		const { desk, saying } = edge;
		const order = await ownOrder(edge, actor, request.params.number);
		if (!order) return sendNotFound(reply, saying);
		const { kind, ...details } = request.body;
		const now = desk.clock();
		const [missing] = actProblems(kind, details, road.words, now);
		if (missing) return sendMalformed(reply, [{ at: missing, problem: "is needed" }], saying);
		const key = request.headers["idempotency-key"];
		const id = key ? idFor(actor, order.number, key) : newId();
		const act: OrderAct = {
			...{ id, number: order.number, kind, by: actor.id, at: now, details },
			...{ sha256: null, confirmedAt: null },
		};
		const [[fresh] = []] = await commit(desk.database, insertAct(actor.company, act, desk.keys));
		const told = road.words[kind].message ? await tellCustomer(edge, road, actor.company, order, act) : null;
		return reply.status(fresh ? 201 : 200).send({ act: id, told });
	});
}

/** A photo or video of an act: kept where evidence lies, and taken into the case that may come. */
function filing(app: App, edge: Edge, { place }: OnTheRoad): void {
	const schema = {
		summary: "The photo or video of something noted (multipart/form-data, `file`)",
		description: "`act`: its id, or the idempotency key with which it was noted.",
		tags,
		consumes: ["multipart/form-data"],
		params: OfAct,
	};
	app.post("/api/mine/orders/:number/acts/:act/file", { schema }, async (request, reply) => {
		const actor = worker(edge, request, reply);
		if (!actor) return reply;
		const { desk, saying } = edge;
		const { number, act: id } = request.params;
		const ids = [id, idFor(actor, number, id)];
		const act = (await actsOf(desk, actor.company, [number])).find(
			(one) => ids.includes(one.id) && one.by === actor.id,
		);
		if (!act) return sendNotFound(reply, saying);
		if (act.sha256) return { sha256: act.sha256, repeated: true };
		if (!request.isMultipart())
			return sendProblem(reply, plain("unsupported-media", 415, saying, request.language));
		const taken = await takeFile(request, place);
		if (!taken.ok) return sendMalformed(reply, [{ at: "file", problem: taken.detail }], saying);
		const { sha256, ...file } = taken;
		const { company } = actor;
		await commit(
			desk.database,
			...noteEvidenceFile(company, { sha256, ...file }, `order:${number}`, actor.id, desk.clock()),
			setActFile(company, act.id, sha256),
		);
		return reply.status(201).send({ sha256, takenAt: file.facts.photo?.takenAt ?? null });
	});
}

/** The same act sent again is the same one; a phone without a network knows it by its key alone. */
function idFor({ id }: Actor, number: string, key: string): string {
	return createHash("sha256").update(`${id} ${number} ${key}`).digest("hex").slice(0, 32);
}

type File =
	| { ok: false; detail: string }
	| {
			ok: true;
			sha256: string;
			bytes: number;
			mime: string;
			kind: string;
			facts: { photo?: { takenAt: string | null } };
	  };

async function takeFile(request: FastifyRequest, place: EvidencePlace): Promise<File> {
	const part = await request
		.file({ limits: { fileSize: Number.POSITIVE_INFINITY, files: 1 } })
		.catch(() => undefined);
	if (!part) return { ok: false, detail: "there is no file" };
	const received = await receive(part.file, join(place.uploads, "incoming"), place.maxBytes);
	if (!received.ok) return { ok: false, detail: received.detail };
	try {
		const sniffed = await sniffUpload(received.path);
		if (!sniffed.ok) return { ok: false, detail: sniffed.detail };
		if (sniffed.kind !== "image" && sniffed.kind !== "video")
			return { ok: false, detail: "must be a photo or a video" };
		const photo = sniffed.kind === "image" ? await readPhoto(received.path) : null;
		const stored = await place.store.put(createReadStream(received.path), { maxBytes: place.maxBytes });
		if (!stored.ok) return { ok: false, detail: stored.detail };
		const { mime, bytes, kind } = sniffed;
		return { ok: true, sha256: stored.sha256, mime, bytes, kind, facts: photo?.ok ? { photo } : {} };
	} finally {
		await rm(received.path, { force: true });
	}
}

/** Whoever works for a trade, in person; otherwise the refusal has been sent. */
function worker(edge: Edge, request: FastifyRequest, reply: FastifyReply): Actor | null {
	const { actor } = callerOf(request);
	if (!actor.link && actor.kind === "respondent" && can(actor, "respond")) return actor;
	sendRefusal(reply, refusal("NotAuthorised", { needs: ["respond"] }), edge.saying);
	return null;
}

async function ownOrder({ orders }: Edge, actor: Actor, number: string): Promise<OrderRecord | null> {
	const found = await orders.find(actor.company, number);
	return found.ok && found.order?.worker === actor.id ? found.order : null;
}

/** An order without anybody on it, and without the places of its events. */
function nobodys({ number, trade, status, takenAt, amount, events }: OrderRecord) {
	return {
		number,
		trade,
		status,
		takenAt: takenAt ?? null,
		amount: amount ?? null,
		events: events.map(({ at, what }) => ({ at, what })),
	};
}

function shown({ id, kind, at, details, sha256, confirmedAt }: OrderAct) {
	return { id, kind, at, details, photo: sha256 !== null, confirmedAt };
}
