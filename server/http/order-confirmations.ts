import { z } from "zod";
import { fill } from "#engine/filling.ts";
import { Instant, instantPlus } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import { formatInstantPlain } from "../plain-time.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import { commit } from "../store/commit.ts";
import { seal, unseal } from "../store/kept.ts";
import { actById, confirmAct, insertAct, type OrderAct } from "../store/order-acts.ts";
import type { App, Edge } from "./app.ts";
import type { OnTheRoad } from "./order-acts.ts";
import { seatOnOrder } from "./order-snapshot.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

/** The customer's own tap: they were sent a link with the hand-over, and say whether all is well. */

/** What it is, company, act, until when: short, for it goes into a message. */
const Seal = z.tuple([z.literal("hand-over"), z.string(), z.string(), Instant]);
const Token = z.object({ token: z.string().min(20).max(1_500) });
const HOURS = 72;
const tags = ["orders"];

/** Tells whoever receives the order what was noted; whether it went out. The worker sees neither name nor number. */
export async function tellCustomer(
	edge: Edge,
	road: OnTheRoad,
	company: string,
	order: OrderRecord,
	act: OrderAct,
): Promise<boolean> {
	const { desk } = edge;
	const pack = desk.packs.newest(order.trade);
	const words = road.words[act.kind].message;
	const customers = pack ? order.people.filter((one) => one.phone && seatOnOrder(one.role, pack)) : [];
	const to = customers.at(-1)?.phone;
	if (!pack || !words || !to) return false;
	const { zone } = pack.data.head;
	const { until, place, code } = act.details;
	const text = fill(words.zh, {
		order: `${pack.data.head.words.order?.zh ?? "订单"} ${order.number}`,
		...(until ? { until: formatInstantPlain(until, zone) } : {}),
		...(place ? { place } : {}),
		...(code ? { code } : {}),
		link: `${road.publicUrl}/m/confirm/${tokenFor(edge, company, act)}`,
	});
	const sent = await road.notifier
		.send({
			...{ company, to: { kind: "sms", address: to }, wording: `order.${act.kind}`, language: "zh-CN", text },
			idempotencyKey: `order-act-${act.id}`,
		})
		.catch(() => ({ ok: false as const }));
	return sent.ok;
}

function tokenFor({ desk }: Edge, company: string, { id }: OrderAct): string {
	const until = instantPlus(desk.clock(), { hours: HOURS });
	const content: z.output<typeof Seal> = ["hand-over", company, id, until];
	return seal(JSON.stringify(content), desk.keys).toString("base64url");
}

/** Mounts what the link in the message opens: no account, this one hand-over, for three days. */
export function confirmationRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const reading = {
		summary: "A hand-over that is to be confirmed, by the link in the message",
		tags,
		params: Token,
	};
	app.get("/api/hand-overs/:token", { schema: reading }, async (request, reply) => {
		const found = await opened(edge, request.params.token);
		if (!found) return sendNotFound(reply, saying);
		const { act, order, company } = found;
		const office = await desk.offices.of(company);
		return {
			company: office.name,
			order: order.number,
			trade: order.trade,
			at: act.at,
			confirmedAt: act.confirmedAt,
		};
	});
	const confirming = {
		summary: "Say that all is well with a hand-over, or what is not",
		tags,
		params: Token,
		body: z.strictObject({ fine: z.boolean(), words: z.string().trim().min(1).max(500).optional() }),
	};
	app.post("/api/hand-overs/:token", { schema: confirming }, async (request, reply) => {
		const found = await opened(edge, request.params.token);
		if (!found) return sendNotFound(reply, saying);
		const { fine, words } = request.body;
		if (!fine && !words) return sendMalformed(reply, [{ at: "words", problem: "is needed" }], saying);
		const { act, company } = found;
		const now = desk.clock();
		const [[first] = []] = await commit(desk.database, confirmAct(company, act.id, now));
		if (!first) return { confirmedAt: act.confirmedAt, repeated: true };
		const said: OrderAct = {
			...{ id: newId(), number: act.number, kind: fine ? "confirmed" : "objected", by: "customer", at: now },
			...{ details: words ? { words } : {}, sha256: null, confirmedAt: null },
		};
		await commit(desk.database, insertAct(company, said, desk.keys));
		return { confirmedAt: now, repeated: false };
	});
}

async function opened({ desk, orders }: Edge, token: string) {
	const [, company, id, until] = sealIn(token, desk.keys) ?? [];
	if (!company || !id || !until || until <= desk.clock()) return null;
	const act = await actById(desk, company, id);
	const found = act ? await orders.find(company, act.number) : null;
	return act && found?.ok && found.order ? { company, act, order: found.order } : null;
}

function sealIn(token: string, keys: Edge["desk"]["keys"]): z.output<typeof Seal> | null {
	try {
		const parsed = Seal.safeParse(JSON.parse(unseal(Buffer.from(token, "base64url"), keys)));
		return parsed.success ? parsed.data : null;
	} catch {
		return null; // not sealed by us
	}
}
