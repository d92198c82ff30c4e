import type { Actor } from "#engine/actor.ts";
import { dayOf } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { lineOf } from "../office.ts";

/** What the edge adds to a filing that its author may not say themself: the lines of organisations on the order's date. */
export async function vouchedFor(desk: Desk, actor: Actor, pack: string, fields: Record<string, unknown>): Promise<Record<string, unknown>> {
	const parties = fields.parties;
	if (!Array.isArray(parties)) return {};
	const office = await desk.offices.of(actor.company);
	const [order] = Array.isArray(fields.orders) ? (fields.orders as { takenAt?: unknown }[]) : [];
	const zone = desk.packs.newest(pack)?.data.head.zone ?? office.zone;
	const taken = typeof order?.takenAt === "string" && !Number.isNaN(Date.parse(order.takenAt)) ? new Date(order.takenAt).toISOString() : desk.clock();
	const day = dayOf(taken, zone);
	return {
		parties: parties.map((party: unknown) => {
			if (party === null || typeof party !== "object" || Array.isArray(party)) return party;
			const { organisation, person } = party as { organisation?: unknown; person?: unknown };
			const own = typeof person === "string" ? office.people.get(person)?.organisation : null;
			const from = typeof organisation === "string" ? organisation : own;
			return { ...party, ...(from && typeof organisation !== "string" ? { organisation: from } : {}), line: from ? lineOf(from, office.relations, day) : [] };
		}),
	};
}
