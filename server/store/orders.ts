import type { ReadOrders } from "../adapters/orders/own.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import type { Database, Statement } from "./database/database.ts";
import { type Keys, lookupOf, seal, unseal } from "./kept.ts";

/** Orders put in by the company's own system. Whoever is on them, and plates, are sealed inside the record. */
type Sealed = Omit<OrderRecord, "people" | "plate"> & { sealed: string };

/** Puts an order in the place of an earlier one of its number; answers `fresh` when there was none. */
export function putOrder(company: string, record: OrderRecord, keys: Keys, now: string): Statement {
	const { people, plate, ...open } = record;
	const phones = people.flatMap((one) => (one.phone ? [lookupOf(one.phone, keys)] : []));
	const sealed = seal(JSON.stringify({ people, plate }), keys).toString("base64");
	return {
		name: "put-order",
		sql: `insert into orders (company, number, record, changed_at, lookups) values ($1, $2, $3::jsonb, $4, $5::bytea[])
on conflict (company, number) do update set record = excluded.record, changed_at = excluded.changed_at, lookups = excluded.lookups
returning xmax = 0 as fresh`,
		parameters: [company, record.number, JSON.stringify({ ...open, sealed } satisfies Sealed), now, phones],
	};
}

/** Reads orders as they were put in. */
export function orderReader(database: Pick<Database<unknown>, "read">, keys: Keys): ReadOrders {
	const rowsOf = async (statement: Statement) => {
		const [rows = []] = (await database.read([statement])) as { record: Sealed }[][];
		return rows.map(({ record: { sealed, ...open } }) => ({
			...open,
			...(JSON.parse(unseal(Buffer.from(sealed, "base64"), keys)) as object),
		}));
	};
	return {
		async byNumber(company, number) {
			const [found] = await rowsOf({
				name: "read-order",
				sql: "select record from orders where company = $1 and number = $2",
				parameters: [company, number],
			});
			return found ?? null;
		},
		byPhone: (company, phone, most) =>
			rowsOf({
				name: "orders-of-phone",
				sql: `with found as materialized (select company, record, changed_at from orders where lookups @> array[$2::bytea] limit 500)
select record from found where company = $1 order by coalesce((record->>'takenAt')::timestamptz, changed_at) desc limit $3`,
				parameters: [company, lookupOf(phone, keys), most],
			}),
	};
}
