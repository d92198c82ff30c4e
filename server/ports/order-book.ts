import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import { DATUMS } from "../map-datum.ts";
import type { Fault } from "./fault.ts";

const short = z.string().min(1).max(200);

/** An order as the company's own system tells it: what a case freezes a snapshot of. Instants come out in UTC. */
export const OrderRecord = z.strictObject({
	number: z.string().min(1).max(100),
	/** The pack's name, e.g. `express`. */
	trade: z.string().min(1).max(50),
	status: short,
	/** What rules may look at; names are declared in the pack. Times in minutes, lengths in metres, as the pack says. */
	facts: z.record(z.string().min(1).max(100), z.union([z.string().max(2000), z.number(), z.boolean()])),
	/** Everybody on the order in their seat, e.g. 下单 寄件 收件 乘车 付款. */
	people: z
		.array(z.strictObject({ role: short, name: short.optional(), phone: z.string().max(40).optional() }))
		.max(50),
	organisation: short.optional(),
	worker: short.optional(),
	plate: z.string().max(20).optional(),
	/** Integer in the currency's smallest unit. */
	amount: z
		.strictObject({ amount: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) })
		.optional(),
	takenAt: Instant.optional(),
	events: z
		.array(
			z.strictObject({
				at: Instant,
				what: z.string().min(1).max(500),
				where: z.string().max(500).optional(),
				/** On the map, in degrees, and by which map. */
				position: z
					.strictObject({
						latitude: z.number().min(-90).max(90),
						longitude: z.number().min(-180).max(180),
						datum: z.enum(DATUMS),
					})
					.optional(),
			}),
		)
		.max(1000),
});
export type OrderRecord = z.output<typeof OrderRecord>;

/** `order` is null when the book has no such number. */
export type FindOrder = { ok: true; order: OrderRecord | null } | Fault;

/** The latest orders first. */
export type OrdersOfPhone = { ok: true; orders: OrderRecord[] } | Fault;

/** Looks up orders. */
export interface OrderBook {
	find(company: string, number: string): Promise<FindOrder>;
	/** The latest orders with anybody of this phone on them, at most so many. A book that can't tell has none. */
	ofPhone(company: string, phone: string, most: number): Promise<OrdersOfPhone>;
}

/** Up to three complaints about a record, by path, without repeating its content. */
export function problemsOf(error: z.ZodError): string {
	return error.issues
		.slice(0, 3)
		.map((issue) => `${issue.path.join(".") || "(the record)"}: ${issue.code}`)
		.join("; ");
}
