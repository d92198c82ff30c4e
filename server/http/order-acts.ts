import { z } from "zod";
import { ActDetails, type ActWords, actProblems, OWN_ACTS } from "#engine/order-acts.ts";
import { newId } from "../ids.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import { commit } from "../store/commit.ts";
import { actsOf, insertAct, numbersOfWorker, type OrderAct } from "../store/order-acts.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { IdempotencyKey } from "./commands.ts";
import type { EvidencePlace } from "./evidence-intake.ts";
import { confirmationRoutes, tellCustomer } from "./order-confirmations.ts";
import { actFileRoute } from "./order-files.ts";
import { idFor, ownOrder, worker } from "./order-workers.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";
import { asRead } from "./traditional.ts";

/** What these routes stand on. */
export interface OnTheRoad {
	words: ActWords;
	notifier: Notifier;
	place: EvidencePlace;
	publicUrl: string;
}

const Order = z.object({ number: z.string().min(1).max(100) });
const tags = ["orders"];
const MOST_ORDERS = 30;

/** Orders on which you work: what is noted on the road, told to the customer, and found when a complaint comes. */
export function orderActRoutes(road: OnTheRoad): Plugin {
	return (app, edge) => {
		listing(app, edge, road);
		noting(app, edge, road);
		actFileRoute(app, edge, road.place);
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
