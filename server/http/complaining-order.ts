import type { Case, Party } from "#engine/case.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Pass } from "../accounts/complaining-pass.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import { findCase } from "../store/case-read.ts";
import { type CaseOfOrder, casesOfOrder } from "../store/complaining.ts";
import { lookupForm, maskOf } from "../store/kept.ts";
import type { Edge } from "./app.ts";
import { seatOnOrder } from "./order-snapshot.ts";

/** What somebody who complains without an account is shown of the one order that their phone is on. */

/** An order with the seat in which its claimant sits. */
export interface Claimed {
	record: OrderRecord;
	pack: LoadedPack;
	seat: string;
	name: string | null;
}

/**
 * The order by its number, if the phone is on it in a customer's seat; null when there is none such, "unavailable"
 * when the book can't be asked.
 */
export async function claimedOrder(
	{ desk, orders }: Edge,
	{ company, order, phone }: Pick<Pass, "company" | "order" | "phone">,
): Promise<Claimed | null | "unavailable"> {
	for (const number of new Set([order, order.toUpperCase()])) {
		const found = await orders.find(company, number);
		if (!found.ok) return "unavailable";
		if (!found.order) continue;
		const record = found.order;
		const pack = desk.packs.newest(record.trade);
		const same = (one: string | undefined) => one !== undefined && lookupForm(one) === lookupForm(phone);
		const person = record.people.find((one) => same(one.phone));
		const seat = pack && person ? seatOnOrder(person.role, pack) : null;
		return pack && person && seat ? { record, pack, seat, name: person.name ?? null } : null;
	}
	return null;
}

/** A case of one's own about this order. */
export interface OwnCase {
	kase: Case;
	party: string;
}

/** One's own case about this order, an open one first; and whether there is any case about it at all. */
export async function ownCaseOf(
	{ desk }: Edge,
	{ company, phone }: Pass,
	number: string,
): Promise<{ own: OwnCase | null; any: boolean }> {
	const [rows = []] = (await desk.database.read([
		casesOfOrder(company, number, phone, desk.keys),
	])) as CaseOfOrder[][];
	for (const { id, refs } of rows.filter((one) => one.refs.length > 0)) {
		const kase = await findCase(desk.database, company, id);
		const party = kase?.parties.find((one) => isSeatOf(one, refs));
		if (kase && party) return { own: { kase, party: party.id }, any: true };
	}
	return { own: null, any: rows.length > 0 };
}

function isSeatOf({ side, phone }: Party, refs: readonly string[]): boolean {
	return side === "complainant" && phone !== null && refs.includes(phone.ref);
}

/** The order as its customer knows it, without whoever else is on it. */
export function shownOrder({ record, pack, seat, name }: Claimed, { phone }: Pass) {
	return {
		number: record.number,
		trade: pack.name,
		status: record.status,
		takenAt: record.takenAt ?? null,
		amount: record.amount ?? null,
		events: record.events.slice(-20).map(({ at, what }) => ({ at, what })),
		you: { seat, name: name ? maskOf("name", name) : null, phone: maskOf("phone", phone) },
	};
}

/** The kinds of complaint of a trade in plain words, and what proof each can do with from whoever complains. */
export function kindsOf(pack: LoadedPack) {
	const { head, categories, evidence } = pack.data;
	const isCustomers = (from: string) => head.seats[from]?.side === "complainant";
	const recipeOf = (id: string) => {
		const recipe = Object.hasOwn(evidence.recipes, id) ? evidence.recipes[id] : undefined;
		return recipe && isCustomers(recipe.from) ? [{ id, name: recipe.name, pieces: recipe.pieces }] : [];
	};
	return {
		groups: categories.groups,
		kinds: categories.categories.map(({ id, group, plain, restricted, evidence: recipes }) => ({
			id,
			group,
			plain,
			restricted,
			recipes: recipes.flatMap(recipeOf),
		})),
	};
}
