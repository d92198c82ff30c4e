import type { Case } from "#engine/case.ts";

/** What the day's board counts of a case, kept in its row: how its promises went, and how it ended. */
export function figuresOf(kase: Case) {
	const promised = kase.clocks.filter((one) => one.kind !== "internal");
	const ended = promised.filter((one) => one.stopped || one.breachedAt);
	const contact = promised.find((one) => one.name === FIRST_CONTACT);
	const contacted = kase.moments["first-contact"] !== undefined || contact?.breachedAt;
	return {
		promises: ended.length,
		promises_broken: ended.filter((one) => one.breachedAt).length,
		contact_kept: contact && contacted ? contact.breachedAt === null : null,
		on_the_spot: kase.closure?.onTheSpot ?? false,
		reopened_at: kase.reopenings.at(-1)?.at ?? null,
	};
}

/** The clock of that name is in every pack. */
const FIRST_CONTACT = "first-contact";
