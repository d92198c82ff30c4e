import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { parseFacts } from "#engine/rules/facts.ts";
import { dayOf } from "#engine/time/instant.ts";
import { lineOf, type Office } from "../office.ts";
import { OrderRecord } from "../ports/order-book.ts";
import { commit } from "../store/commit.ts";
import { maskOf } from "../store/kept.ts";
import { orderReader, putOrder } from "../store/orders.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import type { FieldProblem } from "./hostile.ts";
import { sendMalformed, sendNotFound, sendRefusal } from "./problem.ts";

const OrderNumber = z.object({ number: z.string().min(1).max(100) });
export const ORDER_READERS = [
	"intake",
	"triage",
	"handle",
	"safety",
	"liaise",
	"administer",
	"file-by-api",
] as const;

/** Orders in by the company's own system, to be found when a complaint names them. */
export function orderRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const read = orderReader(desk.database, desk.keys);
	const body = OrderRecord.extend({ number: OrderRecord.shape.number.optional() });
	const putting = { summary: "Put an order in", tags: ["orders"], params: OrderNumber, body };
	app.put("/api/orders/:number", { schema: putting }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, "file-by-api", "administer"))
			return sendRefusal(
				reply,
				refusal("NotAuthorised", { needs: ["file-by-api", "administer"] }),
				edge.saying,
			);
		const { number } = request.params;
		const pack = desk.packs.newest(request.body.trade);
		if (request.body.number !== undefined && request.body.number !== number)
			return sendMalformed(reply, [{ at: "number", problem: "is another one in the address" }], edge.saying);
		if (!pack) return sendMalformed(reply, [{ at: "trade", problem: "there is no such pack" }], edge.saying);
		if (actor.trades !== "all" && !actor.trades.includes(pack.name))
			return sendRefusal(reply, refusal("OutsideScope"), edge.saying);
		const record: OrderRecord = { ...request.body, number };
		const wrong = factProblems(pack, record);
		if (wrong.length > 0) return sendMalformed(reply, wrong, edge.saying);
		const [[row] = []] = await commit(
			desk.database,
			putOrder(actor.company, record, desk.keys, desk.clock()),
		);
		return reply.status((row as { fresh: boolean }).fresh ? 201 : 200).send({ number });
	});
	const getting = { summary: "An order, names and numbers masked", tags: ["orders"], params: OrderNumber };
	app.get("/api/orders/:number", { schema: getting }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!can(actor, ...ORDER_READERS))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: [...ORDER_READERS] }), edge.saying);
		const found = (await read.byNumber(actor.company, request.params.number)) as OrderRecord | null;
		const office = await desk.offices.of(actor.company);
		if (!found || !mayReadOrder(actor, found, office, desk.clock())) return sendNotFound(reply, edge.saying);
		return can(actor, "file-by-api") ? found : maskedOrder(found);
	});
}

/** The facts that the pack's rules take from an order must be of their types; others are refused as misspelt. */
function factProblems(pack: LoadedPack, { facts }: OrderRecord): FieldProblem[] {
	const named = new Map<string, string>();
	for (const [fact, { from }] of Object.entries(pack.sheet))
		if (from?.startsWith("order.")) named.set(from.slice("order.".length), fact);
	return Object.entries(facts).flatMap(([key, value]) => {
		const at = `facts.${key}`;
		const fact = named.get(key);
		if (fact === undefined)
			return [
				{ at, problem: `${pack.name} knows no such fact of an order: ${[...named.keys()].join(", ")}` },
			];
		const parsed = parseFacts(pack.sheet, { [fact]: value });
		return parsed.ok ? [] : parsed.problems.map(({ problem }) => ({ at, problem }));
	});
}

/** Whether an order is of a trade and an organisation that the actor works for. */
export function mayReadOrder(
	actor: Actor,
	{ trade, organisation, takenAt }: OrderRecord,
	office: Office,
	now: string,
): boolean {
	if (actor.trades !== "all" && !actor.trades.includes(trade)) return false;
	const { organisations } = actor;
	if (organisations === "all" || organisation === undefined) return true;
	return lineOf(organisation, office.relations, dayOf(takenAt ?? now, office.zone)).some((one) =>
		organisations.includes(one),
	);
}

/** An order as people at the desk see it: names, phones and plates masked. */
export function maskedOrder({ people, plate, ...rest }: OrderRecord): OrderRecord {
	return {
		...rest,
		people: people.map(({ role, name, phone }) => ({
			role,
			...(name === undefined ? {} : { name: maskOf("name", name) }),
			...(phone === undefined ? {} : { phone: maskOf("phone", phone) }),
		})),
		...(plate === undefined ? {} : { plate: maskOf("plate", plate) }),
	};
}
