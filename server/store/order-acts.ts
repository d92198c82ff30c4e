import { fill } from "#engine/filling.ts";
import { ActDetails, type ActKind, type ActWords } from "#engine/order-acts.ts";
import { formatInstantPlain } from "../plain-time.ts";
import type { OrderBook, OrderRecord } from "../ports/order-book.ts";
import type { Database } from "./database/database.ts";
import type { Statement } from "./database/session.ts";
import { type Keys, seal, unseal } from "./kept.ts";

/** What was noted on an order while it was on the road. */
export interface OrderAct {
	id: string;
	number: string;
	kind: ActKind;
	by: string;
	at: string;
	details: ActDetails;
	sha256: string | null;
	confirmedAt: string | null;
}

interface Row extends Omit<OrderAct, "details"> {
	sealed: Buffer;
}

const COLUMNS = `id, number, kind, by_person as by, at, sealed, sha256, confirmed_at as "confirmedAt"`;

/** The same id again changes nothing: answers a row when it is new. */
export function insertAct(company: string, act: OrderAct, keys: Keys): Statement {
	return {
		name: "insert-order-act",
		sql: "insert into order_act (company, id, number, kind, by_person, at, sealed, sha256) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (company, id) do nothing returning id",
		parameters: [
			company,
			act.id,
			act.number,
			act.kind,
			act.by,
			act.at,
			seal(JSON.stringify(act.details), keys),
			act.sha256,
		],
	};
}

export function setActFile(company: string, id: string, sha256: string): Statement {
	return {
		name: "set-act-file",
		sql: "update order_act set sha256 = $3 where company = $1 and id = $2 and sha256 is null",
		parameters: [company, id, sha256],
	};
}

/** Once: answers a row when it was not confirmed before. */
export function confirmAct(company: string, id: string, at: string): Statement {
	return {
		name: "confirm-act",
		sql: "update order_act set confirmed_at = $3 where company = $1 and id = $2 and confirmed_at is null returning id",
		parameters: [company, id, at],
	};
}

/** The acts of some orders, the earliest first; at most 200. */
export async function actsOf(
	desk: { database: Pick<Database<unknown>, "read">; keys: Keys },
	company: string,
	numbers: readonly string[],
): Promise<OrderAct[]> {
	if (numbers.length === 0) return [];
	const [rows = []] = (await desk.database.read([
		{
			name: "acts-of-orders",
			sql: `select ${COLUMNS} from order_act where company = $1 and number = any($2::text[]) order by at, id limit 200`,
			parameters: [company, numbers],
		},
	])) as Row[][];
	return rows.map((row) => opened(row, desk.keys));
}

export async function actById(
	desk: { database: Pick<Database<unknown>, "read">; keys: Keys },
	company: string,
	id: string,
): Promise<OrderAct | null> {
	const [[row] = []] = (await desk.database.read([
		{
			name: "order-act",
			sql: `select ${COLUMNS} from order_act where company = $1 and id = $2`,
			parameters: [company, id],
		},
	])) as Row[][];
	return row ? opened(row, desk.keys) : null;
}

function opened({ sealed, ...row }: Row, keys: Keys): OrderAct {
	const details: unknown = JSON.parse(unseal(Buffer.from(sealed), keys));
	return { ...row, details: ActDetails.parse(details) };
}

/** Numbers of the orders on which somebody works, the latest first. */
export function numbersOfWorker(company: string, person: string, most: number): Statement {
	return {
		name: "orders-of-worker",
		sql: "select number from orders where company = $1 and record ? 'worker' and record->>'worker' = $2 order by record->>'takenAt' desc nulls last, number limit $3",
		parameters: [company, person, most],
	};
}

/** The order book with what was noted on the road among an order's events. */
export function bookWithActs(
	book: OrderBook,
	desk: { database: Pick<Database<unknown>, "read">; keys: Keys },
	words: ActWords,
	zone = "Asia/Shanghai",
): OrderBook {
	const withActs = async (company: string, orders: OrderRecord[]): Promise<OrderRecord[]> => {
		const acts = await actsOf(
			desk,
			company,
			orders.map((one) => one.number),
		);
		return orders.map((order) => ({
			...order,
			events: [
				...order.events,
				...acts
					.filter((one) => one.number === order.number)
					.map((one) => ({ at: one.at, what: eventOf(one, words, zone) })),
			].toSorted((a, b) => a.at.localeCompare(b.at)),
		}));
	};
	return {
		async find(company, number) {
			const found = await book.find(company, number);
			if (!found.ok || !found.order) return found;
			const [order = found.order] = await withActs(company, [found.order]);
			return { ok: true, order };
		},
		async ofPhone(company, phone, most) {
			const found = await book.ofPhone(company, phone, most);
			return found.ok ? { ok: true, orders: await withActs(company, found.orders) } : found;
		},
	};
}

/** One act as a line of the order's events; the place is somebody's, and stays out of the case's history. */
function eventOf({ kind, details }: OrderAct, words: ActWords, zone: string): string {
	const { words: said, until } = details;
	return fill(words[kind].event.zh, {
		...(said ? { words: said } : {}),
		...(until ? { until: formatInstantPlain(until, zone) } : {}),
		place: details.place ? "客户同意的地点" : "",
	}).slice(0, 500);
}
