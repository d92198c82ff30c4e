import type { Entry } from "../work/work-query.ts";

/** By which column the proceedings of outside bodies stand. */
export interface Order {
	by: Column;
	down: boolean;
}
export const COLUMNS = ["body", "number", "received-on", "due", "case"] as const;
export type Column = (typeof COLUMNS)[number];

/** Of all cases: every proceeding that is still open. */
export function openOnes(item: Entry["item"]): Entry[] {
	return (item.case.proceedings ?? [])
		.filter((one) => !one.result && !one.sentBack)
		.map((one) => ({
			id: `${item.case.id}.${one.id}`,
			item,
			about: one.id,
			// answered, nothing is asked of us any more
			due: one.replies.some((reply) => reply.final) ? null : one.due,
		}));
}

/** The proceeding that a line is about. */
export function proceedingOf({ item, about }: Entry) {
	return item.case.proceedings?.find((one) => one.id === about);
}

/** Pressed once a column sorts upwards, once more downwards. */
export function pressed(order: Order, by: Column): Order {
	return { by, down: order.by === by && !order.down };
}

/** Whatever has no value in the column stands last, up or down; alike, the earlier due goes first. */
export function inOrder({ by, down }: Order): (a: Entry, b: Entry) => number {
	return (a, b) => {
		const [one, other] = [valueIn(a, by), valueIn(b, by)];
		if (one === null || other === null) return Number(one === null) - Number(other === null);
		return (down ? -1 : 1) * compare(one, other) || compare(a.due ?? "9999", b.due ?? "9999");
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function valueIn(entry: Entry, by: Column): string | null {
	const one = proceedingOf(entry);
	switch (by) {
		case "body":
			return one?.body ?? null;
		case "number":
			return one?.number ?? null;
		case "received-on":
			return one?.receivedAt ?? null;
		case "due":
			return entry.due;
		case "case":
			return entry.item.case.number;
	}
}
