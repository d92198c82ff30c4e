import type { Party } from "#engine/case.ts";
import type { Database, Statement } from "./database/database.ts";
import { type Keys, unseal } from "./kept.ts";

/** Phones out of what is kept sealed, for those who send or pay: never to be shown, logged or stored. */

/** The phone of a party: the one given with the case, else the one of the person's own account; null: none. */
export async function phoneOf(
	{ database, keys }: { database: Pick<Database<unknown>, "read">; keys: Keys },
	company: string,
	party: Pick<Party, "person" | "phone">,
): Promise<string | null> {
	const [rows = []] = (await database.read([sealedPhones(company, party)])) as { sealed: Buffer }[][];
	return rows[0] ? unseal(rows[0].sealed, keys) : null;
}

function sealedPhones(company: string, { person, phone }: Pick<Party, "person" | "phone">): Statement {
	return {
		name: "sealed-phones",
		sql: `select sealed from personal where company = $1 and erased_at is null and keep = 'phone'
  and (ref = $2 or stream = $3) order by ref = $2 desc limit 1`,
		parameters: [company, phone?.ref ?? "", person ? `person-${person}` : "-"],
	};
}
