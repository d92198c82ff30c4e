import type { Keep } from "#engine/kept.ts";
import type { Statement } from "./database/session.ts";

/** Showing personal data in plain is an act, and is logged. */
export interface RevealRow {
	at: string;
	person: string;
	ref: string;
	/** Null when the data is gone. */
	keep: Keep | null;
	mask: string | null;
	why: string;
}

/** The sealed content behind a reference of a stream, unless it was erased: rows of `keep` and `sealed`. */
export function readSealed(company: string, stream: string, ref: string): Statement {
	return {
		name: "read-sealed",
		sql: "select keep, sealed from personal where company = $1 and ref = $3 and stream = $2 and erased_at is null and sealed is not null",
		parameters: [company, stream, ref],
	};
}

export function logReveal(
	company: string,
	reveal: { id: string; at: string; person: string; stream: string; ref: string; why: string },
): Statement {
	const { id, at, person, stream, ref, why } = reveal;
	return {
		name: "log-reveal",
		sql: "insert into reveal (company, id, at, person, stream, ref, why) values ($1, $2, $3, $4, $5, $6, $7)",
		parameters: [company, id, at, person, stream, ref, why],
	};
}

/** Who had what of a stream shown, the latest first, at most 500; answers RevealRows. */
export function readReveals(company: string, stream: string): Statement {
	return {
		name: "read-reveals",
		sql: `select r.at, r.person, r.ref, p.keep, case when p.erased_at is null then p.mask end as mask, r.why
from reveal r left join personal p on p.company = r.company and p.ref = r.ref
where r.company = $1 and r.stream = $2 order by r.at desc, r.id desc limit 500`,
		parameters: [company, stream],
	};
}

/** One act of showing, in the log of the whole company. */
export interface RevealLogged extends RevealRow {
	id: string;
	/** What the office calls them; null when they are not among its people. */
	alias: string | null;
	case: string;
	number: string | null;
}

/** Who had what shown in which case, the latest first; answers RevealLogged rows. */
export function readRevealLog(
	company: string,
	filter: { person?: string | undefined; from?: string | undefined; to?: string | undefined },
	after: { at: string; id: string } | null,
	most: number,
): Statement {
	const parameters: unknown[] = [company];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const conditions = ["r.company = $1"];
	if (filter.person) conditions.push(`r.person = ${put(filter.person)}`);
	if (filter.from) conditions.push(`r.at >= ${put(filter.from)}::timestamptz`);
	if (filter.to) conditions.push(`r.at < ${put(filter.to)}::timestamptz`);
	if (after) conditions.push(`(r.at, r.id) < (${put(after.at)}::timestamptz, ${put(after.id)})`);
	return {
		sql: `select r.id, r.at, r.person, o.alias, r.ref, r.stream as case, c.number, p.keep, case when p.erased_at is null then p.mask end as mask, r.why
from reveal r left join case_row c on c.company = r.company and c.id = r.stream
left join personal p on p.company = r.company and p.ref = r.ref
left join person o on o.company = r.company and o.id = r.person
where ${conditions.join(" and ")} order by r.at desc, r.id desc limit ${put(most)}`,
		parameters,
	};
}
