import type { LoadedPack } from "#engine/packs/loaded.ts";
import { instantPlus } from "#engine/time/instant.ts";
import type { OrderRecord } from "../ports/order-book.ts";

/** The demo company's orders: those that its complaints name, so that a caller is known by their number. */

interface Filed {
	parties?: { seat: string; name?: string; phone?: string; person?: string; plate?: string }[];
	orders?: { number: string; takenAt?: string; facts?: Record<string, unknown> }[];
}

/** What the order system would know of the orders named in a complaint. */
export function ordersBehind(filed: Filed, pack: LoadedPack, filedAt: string): OrderRecord[] {
	const parties = filed.parties ?? [];
	const worker = parties.find((one) => one.person !== undefined)?.person;
	const people = parties
		.filter((one) => one.phone !== undefined)
		.map(({ seat, name, phone }) => ({
			role: seat,
			...(name === undefined ? {} : { name }),
			...(phone === undefined ? {} : { phone }),
		}));
	const plate = parties.find((one) => one.plate !== undefined)?.plate;
	return (filed.orders ?? []).map(
		({ number, takenAt = instantPlus(filedAt, { hours: -30 }), facts = {} }) => ({
			number,
			trade: pack.name,
			status: "done",
			facts: plainFacts(facts),
			people,
			...(worker === undefined ? {} : { worker }),
			...(plate === undefined ? {} : { plate }),
			...(typeof facts.fee === "number"
				? { amount: { amount: facts.fee, currency: pack.data.head.currency } }
				: {}),
			takenAt,
			events: [
				{ at: takenAt, what: "下单" },
				{
					at: instantPlus(takenAt, { hours: 2 }),
					what: `${pack.data.head.words.worker?.zh ?? "师傅"}已接单`,
				},
				{ at: instantPlus(takenAt, { hours: 26 }), what: "已完成" },
			],
		}),
	);
}

function plainFacts(facts: Record<string, unknown>): OrderRecord["facts"] {
	const plain = Object.entries(facts).filter(([, value]) =>
		["string", "number", "boolean"].includes(typeof value),
	);
	return Object.fromEntries(plain) as OrderRecord["facts"];
}
