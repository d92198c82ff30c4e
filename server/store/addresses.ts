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

/** The phones of many at once, by the id given with each: the one with the case, else the one of the person's account. */
export async function phonesOf(
	{ database, keys }: { database: Pick<Database<unknown>, "read">; keys: Keys },
	company: string,
	wanted: readonly { id: string; ref: string | null; person: string | null }[],
): Promise<Map<string, string>> {
	if (wanted.length === 0) return new Map();
	const [rows = []] = (await database.read([
		{
			name: "sealed-phones-of-many",
			sql: `select distinct on (w.id) w.id, p.sealed from unnest($2::text[], $3::text[], $4::text[]) as w(id, ref, stream)
join personal p on p.company = $1 and (p.ref = w.ref or p.stream = w.stream) and p.keep = 'phone' and p.erased_at is null
order by w.id, p.ref = w.ref desc nulls last`,
			parameters: [
				company,
				wanted.map((one) => one.id),
				wanted.map((one) => one.ref ?? ""),
				wanted.map((one) => (one.person === null ? "-" : `person-${one.person}`)),
			],
		},
	])) as { id: string; sealed: Buffer }[][];
	return new Map(rows.map((one) => [one.id, unseal(one.sealed, keys)]));
}
