import { createHmac } from "node:crypto";
import { epochOf, type Instant, instantPlus } from "#engine/time/instant.ts";
import type { Statement } from "../store/database/database.ts";
import type { Ground } from "./ground.ts";

/** At most so many within so many minutes, counted over a moving window. */
export interface Limit {
	name: string;
	most: number;
	minutes: number;
}

export const LIMITS = {
	login: { name: "sign-in name", most: 10, minutes: 15 },
	/** Wide, since a whole call centre may share one address. */
	address: { name: "sign-in address", most: 100, minutes: 15 },
	codesByPhone: { name: "codes to a phone", most: 3, minutes: 60 },
	codesByAddress: { name: "codes from an address", most: 30, minutes: 60 },
	/** Counted whether there is such an order or not: nobody learns by them which orders there are. */
	complainingByPhone: { name: "complaining with a phone", most: 6, minutes: 60 },
	complainingByOrder: { name: "complaining about an order", most: 12, minutes: 60 },
	complainingTries: { name: "codes tried for an order", most: 15, minutes: 60 },
	complainingTriesByAddress: { name: "codes tried from an address", most: 60, minutes: 60 },
	linksByParty: { name: "links sent to a party", most: 5, minutes: 60 },
	complaintsByOrder: { name: "complaints about an order", most: 5, minutes: 24 * 60 },
} satisfies Record<string, Limit>;

/** One thing that is limited: which limit, and for whom. `company` is "" as long as it isn't known. */
export interface Claim {
	company: string;
	limit: Limit;
	subject: string;
}

export type Claimed = { ok: true } | { ok: false; again: Instant; minutes: number };

/**
 * Counts an attempt before it is made, so that many at once can't slip through. Refused ones aren't counted.
 * Of several claims the first refusal is told; the others stay counted.
 *
 * @returns when not ok: from when another try is possible, and in how many minutes.
 */
export async function claimAttempt(ground: Ground, claims: readonly Claim[]): Promise<Claimed> {
	const now = ground.clock();
	const statements = claims.flatMap((claim) => [claimed(ground, claim, now), oldest(ground, claim, now)]);
	const rows = await ground.database.transaction((session) => session.commitWith(statements));
	for (const [n, { limit }] of claims.entries()) {
		if (rows[n * 2]?.length !== 0) continue;
		const [{ since } = { since: now }] = rows[n * 2 + 1] as { since: Instant }[];
		const again = instantPlus(since, { minutes: limit.minutes });
		return { ok: false, again, minutes: Math.max(1, Math.ceil((epochOf(again) - epochOf(now)) / 60_000)) };
	}
	return { ok: true };
}

/** Takes the latest attempt back: it was none that counts. */
export function releaseAttempt(ground: Ground, { company, limit, subject }: Claim): Statement {
	return {
		name: "release-attempt",
		sql: "update attempt set times = times[1:cardinality(times) - 1] where company = $1 and key = $2",
		parameters: [company, keyOf(ground, limit, subject)],
	};
}

/** Forgets all attempts: the right password was given. */
export function clearAttempts(ground: Ground, { company, limit, subject }: Claim): Statement {
	return {
		name: "clear-attempts",
		sql: "delete from attempt where company = $1 and key = $2",
		parameters: [company, keyOf(ground, limit, subject)],
	};
}

function keyOf({ keys }: Ground, limit: Limit, subject: string): Buffer {
	return createHmac("sha256", keys.lookup).update(`attempt\0${limit.name}\0${subject}`).digest();
}

function claimed(ground: Ground, { company, limit, subject }: Claim, now: Instant): Statement {
	return {
		name: "claim-attempt",
		sql: `insert into attempt (company, key, times) values ($1, $2, array[$3::timestamptz])
on conflict (company, key) do update set
  times = array(select t from unnest(attempt.times) as t where t > $4::timestamptz order by t) || $3::timestamptz
where (select count(*) from unnest(attempt.times) as t where t > $4::timestamptz) < $5
returning 1 as counted`,
		parameters: [company, keyOf(ground, limit, subject), now, windowStart(limit, now), limit.most],
	};
}

function oldest(ground: Ground, { company, limit, subject }: Claim, now: Instant): Statement {
	return {
		name: "oldest-attempt",
		sql: "select min(t) as since from attempt, unnest(times) as t where company = $1 and key = $2 and t > $3::timestamptz",
		parameters: [company, keyOf(ground, limit, subject), windowStart(limit, now)],
	};
}

function windowStart(limit: Limit, now: Instant): Instant {
	return instantPlus(now, { minutes: -limit.minutes });
}
