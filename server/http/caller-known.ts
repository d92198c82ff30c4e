import { type Actor, can } from "#engine/actor.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import type { CallRow } from "../store/calls.ts";
import { type FoundCase, findCases } from "../store/case-search.ts";
import { lookupForm, unseal } from "../store/kept.ts";
import type { Edge } from "./app.ts";
import { maskedOrder, mayReadOrder, ORDER_READERS } from "./orders.ts";

/** What the office knows of whoever calls, found by their number; nothing beyond what the agent may see. */
export interface CallerKnown {
	/** Masked; from their orders. */
	name: string | null;
	orders: (OrderRecord & { role: string | null })[];
	/** The order system could not be asked. */
	ordersUnreached: boolean;
	cases: Omit<FoundCase, "outside">[];
	/** How many of those are open, and how many there are of each severity. */
	history: { open: number; bySeverity: Record<string, number>; more: boolean };
}

const MOST_ORDERS = 10;
const MOST_CASES = 50;

export async function callerKnown(edge: Edge, actor: Actor, call: CallRow): Promise<CallerKnown> {
	const phone = call.sealed === null ? null : unseal(call.sealed, edge.desk.keys);
	const [{ name, orders, ordersUnreached }, cases] = await Promise.all([
		ordersOf(edge, actor, phone),
		casesOf(edge, actor, call.lookup),
	]);
	const shownCases = cases.slice(0, MOST_CASES);
	const bySeverity: Record<string, number> = {};
	for (const one of shownCases)
		if (one.severity) bySeverity[one.severity] = (bySeverity[one.severity] ?? 0) + 1;
	const open = shownCases.filter((one) => one.closedAt === null).length;
	return {
		...{ name, orders, ordersUnreached },
		cases: shownCases,
		history: { open, bySeverity, more: cases.length > MOST_CASES },
	};
}

async function ordersOf(edge: Edge, actor: Actor, phone: string | null) {
	const none = { name: null, orders: [], ordersUnreached: false };
	if (phone === null || !can(actor, ...ORDER_READERS)) return none;
	const found = await edge.orders.ofPhone(actor.company, phone, MOST_ORDERS);
	if (!found.ok) return { ...none, ordersUnreached: true };
	const office = await edge.desk.offices.of(actor.company);
	const now = edge.desk.clock();
	const seen = found.orders.filter((one) => mayReadOrder(actor, one, office, now)).slice(0, MOST_ORDERS);
	const isTheirs = (one: { phone?: string | undefined }) =>
		one.phone !== undefined && lookupForm(one.phone) === lookupForm(phone);
	const orders = seen.map((one) => ({
		...maskedOrder(one),
		role: one.people.find(isTheirs)?.role ?? null,
	}));
	const named = seen.flatMap((one) => maskedOrder({ ...one, people: one.people.filter(isTheirs) }).people);
	return { name: named.find((one) => one.name)?.name ?? null, orders, ordersUnreached: false };
}

async function casesOf({ desk }: Edge, actor: Actor, lookup: Buffer | null) {
	if (lookup === null) return [];
	const [rows = []] = (await desk.database.read([
		findCases(actor, { by: "person", lookup }, null, MOST_CASES),
	])) as (FoundCase & { keep: string; mask: string; matched: number; count: number })[][];
	return rows
		.filter((one) => one.id !== null)
		.map(({ keep: _, mask: __, matched: ___, count: ____, outside: _____, ...row }) => row);
}
