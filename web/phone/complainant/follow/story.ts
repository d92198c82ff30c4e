import type { Case, Money } from "#engine/case.ts";
import type { Kept } from "#engine/kept.ts";

/** Everything said and done so far, as one of the two sides knows it, in the order in which it happened. Pure. */

export interface Told {
	at: string;
	/** Whose: what I said stands on the right. */
	side: "mine" | "company" | "other" | "mark";
	/** Names a text of the page's words. */
	what: string;
	words?: Kept | null;
	amount?: Money;
	evidence?: string;
}

export function storyOf(kase: Case, own: string): Told[] {
	const told: Told[] = [
		...filing(kase),
		...talk(kase, own),
		...asking(kase),
		...offering(kase),
		...ending(kase),
	];
	return told.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function filing({ intake, amendments, urgings, evidence, allegations }: Case): Told[] {
	if (!intake) return [];
	return [
		{ at: intake.receivedAt, side: "mine", what: "told-complaint", words: intake.verbatim },
		...amendments.map(({ at, words }): Told => ({ at, side: "mine", what: "told-more", words })),
		...urgings.map(({ at, words }): Told => ({ at, side: "mine", what: "told-urging", words })),
		...evidence.map(
			({ at, title, id }): Told => ({ at, side: "mine", what: "told-proof", words: title, evidence: id }),
		),
		...allegations.flatMap(({ withdrawn }): Told[] =>
			withdrawn ? [{ at: withdrawn.at, side: "mine", what: "told-withdrawn", words: withdrawn.why }] : [],
		),
	];
}

function talk(kase: Case, own: string): Told[] {
	return [
		...kase.messages.map(
			({ at, from, words }): Told => ({
				at,
				...saidBy(from, own),
				words,
			}),
		),
		...kase.contacts.map(
			({ at, through, outcome }): Told => ({
				at,
				side: "mark",
				what: `contact-${through}-${outcome === "reached" ? "reached" : "missed"}`,
			}),
		),
		...(kase.owner ? [{ at: kase.owner.since, side: "mark", what: "told-owner" } as const] : []),
	];
}

/** Whose words a message is: the two sides and the company keep a colour each. */
export function saidBy(from: string, own: string): Pick<Told, "side" | "what"> {
	if (from === own) return { side: "mine", what: "told-message" };
	return from === "company"
		? { side: "company", what: "told-answer" }
		: { side: "other", what: "told-by-other" };
}

function asking({ questions, appeals, findings }: Case): Told[] {
	return [
		...questions.flatMap(({ at, words, answer }): Told[] => [
			{ at, side: "company", what: "told-question", words },
			...(answer ? [{ at: answer.at, side: "mine", what: "told-reply", words: answer.words } as const] : []),
		]),
		...findings.flatMap(({ noticedAt, reasons }): Told[] =>
			noticedAt ? [{ at: noticedAt, side: "company", what: "told-finding", words: reasons }] : [],
		),
		...appeals.flatMap(({ at, words, decided }): Told[] => [
			{ at: at, side: "mine", what: "told-review", words },
			...(decided
				? [
						{
							at: decided.at,
							side: "company",
							what: `review-${decided.result}`,
							words: decided.reasons,
						} as const,
					]
				: []),
		]),
	];
}

function offering({ offers, finalPosition, items }: Case): Told[] {
	return [
		...offers.flatMap(({ at, from, grounds, total, accepted, declined, expired }): Told[] => [
			{
				at,
				side: from === "complainant" ? "mine" : "company",
				what: from === "complainant" ? "told-counter" : "told-offer",
				words: grounds,
				amount: total,
			},
			...(accepted ? [{ at: accepted.at, side: "mark", what: "told-accepted", amount: total } as const] : []),
			...(declined
				? [{ at: declined.at, side: "mine", what: "told-declined", words: declined.why } as const]
				: []),
			...(expired ? [{ at: expired, side: "mark", what: "told-expired" } as const] : []),
		]),
		...(finalPosition
			? [
					{
						at: finalPosition.at,
						side: "company",
						what: "told-final",
						words: finalPosition.reasons,
						amount: finalPosition.total,
					} as const,
				]
			: []),
		...items.flatMap(({ done, amount }): Told[] =>
			done && amount ? [{ at: done.at, side: "mark", what: "told-paid", amount }] : [],
		),
	];
}

function ending({ confirmation, closure, reopenings, followUps }: Case): Told[] {
	return [
		...(confirmation
			? [
					{
						at: confirmation.at,
						side: "mine",
						what: confirmation.satisfied ? "told-solved" : "told-unsolved",
						words: confirmation.words,
					} as const,
				]
			: []),
		...(closure
			? [{ at: closure.at, side: "mark", what: `closed-${closure.outcome}`, words: closure.reason } as const]
			: []),
		...reopenings.map(({ at, why }): Told => ({ at, side: "mark", what: "told-reopened", words: why })),
		...followUps.flatMap(({ at, result }): Told[] =>
			"satisfied" in result
				? [
						{
							at,
							side: "mine",
							what: result.satisfied ? "told-solved" : "told-unsolved",
							words: result.words,
						},
					]
				: [],
		),
	];
}
