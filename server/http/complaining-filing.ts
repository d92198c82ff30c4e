import type { Actor } from "#engine/actor.ts";
import type { Pass } from "../accounts/complaining-pass.ts";
import type { Request } from "../handle.ts";
import type { Edge } from "./app.ts";
import type { Claimed } from "./complaining-order.ts";
import { vouchedFor } from "./filing.ts";

/** What a complainant tells in their own words; everything else of the filing comes from the order. */
export interface Told {
	category?: string | undefined;
	words: string;
	wished?: string | undefined;
	claimed?: number | undefined;
	occurredAt?: string | undefined;
	language: "zh" | "en";
}

/** Whoever complains about an order and has no case yet: they may file about this order, and nothing else. */
export function claimantOf({ company }: Pass, { record, pack }: Claimed): Actor {
	return {
		id: `order:${record.number}`,
		kind: "complainant",
		company,
		capabilities: ["complain"],
		organisations: "all",
		trades: [pack.name],
		belongsTo: [],
	};
}

/** The filing: its parties, their line and the order's facts as the order's own book has them. */
export async function filingFor(edge: Edge, pass: Pass, claimed: Claimed, told: Told): Promise<Request> {
	const { record, pack, seat, name } = claimed;
	const actor = claimantOf(pass, claimed);
	const category = told.category ? pack.categories.get(told.category) : undefined;
	const accused = (category?.accuses ?? []).filter((one) => pack.data.head.seats[one]?.side === "respondent");
	const fields: Record<string, unknown> = {
		channel: "page",
		language: told.language,
		verbatim: told.words,
		...(told.wished ? { wished: told.wished } : {}),
		...(told.claimed === undefined
			? {}
			: { claimed: { amount: told.claimed, currency: pack.data.head.currency } }),
		...(told.occurredAt ? { occurredAt: told.occurredAt } : {}),
		parties: [
			{ seat, phone: pass.phone, ...(name ? { name } : {}) },
			...accused.map((one) => ({ seat: one })),
		],
		orders: [{ number: record.number }],
		...(told.category
			? { allegations: [{ category: told.category, accused: accused.map((_, n) => n + 1) }] }
			: {}),
	};
	const trusted = await vouchedFor(edge, actor, { pack, takenAt: null, counted: true }, fields);
	return { actor, case: null, pack: pack.name, type: "FileComplaint", fields, trusted };
}
