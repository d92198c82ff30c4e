import type { Allegation, Case } from "#engine/case.ts";

/** Shares of fault that always add up to a hundred. */

export type Shares = Readonly<Record<string, number>>;

const WHOLE = 100;

/**
 * The shares after one was changed. The last of the others takes what is left over; where it has too little to give, the
 * one before gives too.
 * @param order of the bearers, as they are shown
 */
export function balanced(shares: Shares, changed: string, percent: number, order: readonly string[]): Shares {
	const next: Record<string, number> = Object.fromEntries(order.map((one) => [one, shares[one] ?? 0]));
	next[changed] = Math.max(0, Math.min(WHOLE, Math.round(percent)));
	let over = order.reduce((sum, one) => sum + (next[one] ?? 0), 0) - WHOLE;
	for (const one of order.toReversed()) {
		if (one === changed) continue;
		const had = next[one] ?? 0;
		next[one] = Math.max(0, had - over);
		over -= had - (next[one] ?? 0);
		if (over === 0) break;
	}
	// nobody else to balance it: the whole stays where it is
	if (over !== 0) next[changed] = (next[changed] ?? 0) - over;
	return next;
}

/** Which bearer takes what is left over when this one changes. */
export function balancerOf(changed: string | null, order: readonly string[]): string | null {
	return order.findLast((one) => one !== changed) ?? null;
}

/** Who may bear a share without being a party of the case. */
const NOT_PARTIES = ["company", "customer", "unknown", "force-majeure"];

/**
 * A proposal's shares, given by seat, as those of the parties in the seats: the accused one where several sit there.
 * `empty`: seats in which nobody of the case sits; they can bear nothing before somebody does.
 */
export function byParty(
	bySeat: Shares,
	kase: Case,
	allegation: Allegation | undefined,
): { shares: Shares; empty: string[] } {
	const shares: Record<string, number> = {};
	const empty: string[] = [];
	for (const [seat, percent] of Object.entries(bySeat)) {
		if (percent === 0) continue;
		const seated = kase.parties.filter((one) => one.seat === seat);
		const bearer = seated.find((one) => allegation?.accused.includes(one.id)) ?? seated[0];
		if (!bearer && !NOT_PARTIES.includes(seat)) empty.push(seat);
		const id = bearer?.id ?? seat;
		shares[id] = (shares[id] ?? 0) + percent;
	}
	return { shares, empty };
}

/** Whether two ways of sharing are the same; what bears nothing doesn't count. */
export function sameShares(a: Shares, b: Shares): boolean {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((one) => (a[one] ?? 0) === (b[one] ?? 0));
}

/** Parties with a share of fault who have not been heard: nobody may be found at fault unheard. */
export function unheardIn(shares: Shares, kase: Case): string[] {
	return kase.parties
		.filter((one) => one.side === "respondent" || one.side === "other")
		.filter((one) => (shares[one.id] ?? 0) > 0 && !kase.hearings.some((heard) => heard.party === one.id))
		.map((one) => one.id);
}
