import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { Instant } from "#engine/time/instant.ts";
import type { Office } from "../office.ts";
import type { OrderBook, OrderRecord } from "../ports/order-book.ts";

const text = z.string().max(500).optional();

/** As much of a party and an order in a filing as is looked at here. */
export const GivenParty = z.looseObject({
	seat: z.string().max(100),
	side: text,
	person: text,
	organisation: text,
	name: text,
	phone: text,
	plate: text,
});
export type GivenParty = z.output<typeof GivenParty>;
export const GivenOrder = z.looseObject({
	number: z.string().min(1).max(80),
	takenAt: Instant.optional(),
	facts: z.record(z.string(), z.unknown()).optional(),
});
export type GivenOrder = z.output<typeof GivenOrder>;

/** An order as it goes into the case, and the book's record where the book knew it. */
export interface KnownOrder {
	order: GivenOrder;
	record: OrderRecord | null;
}

/**
 * Freezes the book's record of an order that is named without facts. Outside the office the book's word counts, not
 * the author's, wherever it knows the order. When the book can't be asked the order stands as it was given: a
 * complaint never waits for another system.
 */
export async function frozen(
	book: OrderBook,
	actor: Actor,
	pack: LoadedPack,
	order: GivenOrder,
): Promise<KnownOrder> {
	const stated = Object.keys(order.facts ?? {}).length > 0;
	if (stated && can(actor, ...STAFF, "system")) return { order, record: null };
	const found = await book.find(actor.company, order.number);
	const record = found.ok && found.order?.trade === pack.name ? found.order : null;
	if (!record) return { order, record };
	const { facts, takenAt = order.takenAt } = record;
	// where something happened may be somebody's address: it stays in the book
	const events = record.events.map(({ at, what }) => ({ at, what }));
	return { order: { ...order, facts, events, ...(takenAt === undefined ? {} : { takenAt }) }, record };
}

/** A party of whom only the seat is given, with what its order says of whoever sits there. */
export function filledFrom(
	party: GivenParty,
	known: readonly KnownOrder[],
	pack: LoadedPack,
	office: Office,
): GivenParty {
	if (party.person || party.organisation || party.name || party.phone) return party;
	for (const { record } of known) {
		const found = record ? personOf(record, party.seat, pack, office) : {};
		if (Object.keys(found).length > 0) return { ...party, ...found };
	}
	return party;
}

function personOf(record: OrderRecord, id: string, pack: LoadedPack, office: Office): Partial<GivenParty> {
	const { seats, words } = pack.data.head;
	const seat = Object.hasOwn(seats, id) ? seats[id] : undefined;
	if (!seat) return {};
	const { name, phone } = record.people.find(({ role }) => sits(role, id, seat.name)) ?? {};
	const known = { ...(name && name.length <= 100 ? { name } : {}), ...(phone ? { phone } : {}) };
	const { organisation, plate, worker } = record;
	const outlet = organisation === undefined ? {} : { organisation };
	if (id !== seatOfWorker(pack)) return seat.name.zh === words.outlet?.zh ? { ...outlet, ...known } : known;
	const person = worker !== undefined && office.people.has(worker) ? { person: worker } : {};
	return { ...outlet, ...person, ...(plate === undefined ? {} : { plate }), ...known };
}

/** Whether a role of the order's system means this seat: by its id, its name, or the beginning of it (寄件 寄件人). */
function sits(role: string, seat: string, name: { zh: string; en: string }): boolean {
	const said = role.trim().toLowerCase();
	return said === seat || said === name.en.toLowerCase() || (said !== "" && name.zh.startsWith(said));
}

/** The seat of whoever does the work: the one named like the trade's word for them, or else the first that may be accused. */
function seatOfWorker(pack: LoadedPack): string | undefined {
	const { seats, words } = pack.data.head;
	const respondents = Object.entries(seats).filter(([, seat]) => seat.side === "respondent");
	return (respondents.find(([, seat]) => seat.name.zh === words.worker?.zh) ?? respondents[0])?.[0];
}

/**
 * The customer's seat in which a role of the order's system sits: the seat of that name, or the first customer's seat
 * where no seat is called so (付款, 下单). Null for whoever does the work or stands outside.
 */
export function seatOnOrder(role: string, pack: LoadedPack): string | null {
	const seats = Object.entries(pack.data.head.seats);
	const named = seats.find(([id, seat]) => sits(role, id, seat.name));
	if (named) return named[1].side === "complainant" ? named[0] : null;
	return seats.find(([, seat]) => seat.side === "complainant")?.[0] ?? null;
}
