import { z } from "zod";
import type { Actor } from "#engine/actor.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { proposeCategory } from "#engine/packs/propose.ts";
import { dayOf, instantPlus } from "#engine/time/instant.ts";
import { lineOf, type Office } from "../office.ts";
import type { CallRow } from "../store/calls.ts";
import { type Keys, unseal } from "../store/kept.ts";
import { countRepeats } from "../store/repeats.ts";
import type { Edge } from "./app.ts";
import { callOf } from "./call-events.ts";
import { ringSeconds } from "./call-times.ts";
import { filledFrom, frozen, GivenOrder, GivenParty, type KnownOrder } from "./order-snapshot.ts";

const text = z.string().max(500).optional();

/** As much of a filing or an amendment as is looked at here; the rest is the command's own schema's business. */
const Given = z.looseObject({
	parties: z.array(GivenParty).max(20).optional(),
	orders: z.array(GivenOrder).max(20).optional(),
	verbatim: z.string().max(20_000).optional(),
	allegations: z
		.array(z.looseObject({ category: text }))
		.max(20)
		.optional(),
	call: z.looseObject({ id: z.string().max(100) }).optional(),
});
type Given = z.output<typeof Given>;

/**
 * What the server adds to a filing or an amendment: snapshots of the orders named, the people of those orders where
 * only seats are given, every party's line on the order's date, and (`counted`) earlier like complaints. Fields that
 * are not as agreed are left to the command to refuse.
 */
export async function vouchedFor(
	edge: Edge,
	actor: Actor,
	about: { pack: LoadedPack; takenAt: string | null; counted: boolean },
	fields: Record<string, unknown>,
): Promise<Record<string, unknown>> {
	const given = Given.safeParse(fields);
	if (!given.success) return {};
	const { parties, orders } = given.data;
	const office = await edge.desk.offices.of(actor.company);
	const known = await Promise.all(
		(orders ?? []).map((order) => frozen(edge.orders, actor, about.pack, order)),
	);
	const day = dayOf(takenOf(known) ?? about.takenAt ?? edge.desk.clock(), about.pack.data.head.zone);
	const called = given.data.call ? await callOf(edge.desk, actor.company, given.data.call.id) : null;
	const filled = parties?.map((party) => filledFrom(party, known, about.pack, office));
	const placed = (called && filled ? reachedAt(called, filled, about.pack, edge.desk.keys) : filled)?.map(
		(party) => inLine(party, office, day),
	);
	const repeat = about.counted ? await repeatsOf(edge, actor, about.pack, given.data, placed ?? []) : null;
	return {
		...(orders ? { orders: known.map((one) => one.order) } : {}),
		...(placed ? { parties: placed } : {}),
		...(repeat === null ? {} : { repeat }),
		...(called ? { call: measured(called) } : {}),
	};
}

/** How the call rang, as it was measured. */
function measured({ id, ringingAt, answeredAt, rings }: CallRow) {
	if (answeredAt === null) return { id };
	return { id, ringSeconds: ringSeconds(ringingAt, answeredAt), ...(rings === null ? {} : { rings }) };
}

/** Whoever calls is reached at the number they call from, unless they gave another. */
function reachedAt(
	{ sealed }: CallRow,
	parties: readonly GivenParty[],
	pack: LoadedPack,
	keys: Keys,
): GivenParty[] {
	const seats = new Map(Object.entries(pack.data.head.seats));
	const place = parties.findIndex(({ seat, side }) => (side ?? seats.get(seat)?.side) === "complainant");
	return parties.map((party, n) =>
		n === place && !party.phone && !party.person && sealed
			? { ...party, phone: unseal(sealed, keys) }
			: party,
	);
}

function takenOf(known: readonly KnownOrder[]): string | null {
	return known.map((one) => one.order.takenAt).find((at) => at !== undefined) ?? null;
}

/** A person's own organisation goes without saying. */
function inLine(party: GivenParty, office: Office, day: string): GivenParty & { line: string[] } {
	const organisation = party.organisation ?? office.people.get(party.person ?? "")?.organisation ?? undefined;
	return {
		...party,
		...(organisation === undefined ? {} : { organisation }),
		line: organisation === undefined ? [] : lineOf(organisation, office.relations, day),
	};
}

/** Like complaints of this trade by the same phone or person, within the pack's own window. */
async function repeatsOf(
	edge: Edge,
	actor: Actor,
	pack: LoadedPack,
	given: Given,
	parties: readonly GivenParty[],
): Promise<number> {
	const seats = new Map(Object.entries(pack.data.head.seats));
	const complainants = parties.filter((one) => seats.get(one.seat)?.side === "complainant");
	const persons = complainants.flatMap((one) => one.person ?? []);
	const phones = complainants.flatMap((one) => one.phone ?? []);
	const stated = (given.allegations ?? []).flatMap((one) => one.category ?? []);
	const proposed = proposeCategory(given.verbatim ?? "", pack)?.category;
	const categories = stated.length > 0 ? stated : proposed ? [proposed] : [];
	if (persons.length + phones.length === 0 || categories.length === 0) return 0;
	const days = pack.data.improvement.repeat.withinDays;
	const now = edge.desk.clock();
	const since = instantPlus(now, { days: -days });
	const [[row] = []] = (await edge.desk.database.read([
		countRepeats(
			{ company: actor.company, pack: pack.name, categories, persons, phones, since },
			edge.desk.keys,
		),
	])) as { repeats: number }[][];
	return row?.repeats ?? 0;
}
