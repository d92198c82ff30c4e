import type { ReadOrder } from "../adapters/orders/own.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import type { Database, Statement } from "./database/database.ts";
import { type Keys, seal, unseal } from "./kept.ts";

/** Orders put in by the company's own system. Whoever is on them, and plates, are sealed inside the record. */
type Sealed = Omit<OrderRecord, "people" | "plate"> & { sealed: string };

/** Puts an order in the place of an earlier one of its number; answers `fresh` when there was none. */
export function putOrder(company: string, record: OrderRecord, keys: Keys, now: string): Statement {
	const { people, plate, ...open } = record;
	const sealed = seal(JSON.stringify({ people, plate }), keys).toString("base64");
	return {
		name: "put-order",
		sql: `insert into orders (company, number, record, changed_at) values ($1, $2, $3::jsonb, $4)
on conflict (company, number) do update set record = excluded.record, changed_at = excluded.changed_at
returning xmax = 0 as fresh`,
		parameters: [company, record.number, JSON.stringify({ ...open, sealed } satisfies Sealed), now],
	};
}

/** Reads an order as it was put in. */
export function orderReader(database: Pick<Database<unknown>, "read">, keys: Keys): ReadOrder {
	return async (company, number) => {
		const [[row] = []] = (await database.read([
			{
				name: "read-order",
				sql: "select record from orders where company = $1 and number = $2",
				parameters: [company, number],
			},
		])) as { record: Sealed }[][];
		if (!row) return null;
		const { sealed, ...open } = row.record;
		return { ...open, ...(JSON.parse(unseal(Buffer.from(sealed, "base64"), keys)) as object) };
	};
}
