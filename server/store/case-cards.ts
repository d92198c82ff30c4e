import type { Case } from "#engine/case.ts";

/**
 * What a row of the inbox says beside its figures: whom it is about and in which words, as references; and the clock
 * that presses most.
 */
export function cardOf(kase: Case) {
	const accused = new Set(kase.allegations.flatMap((one) => one.accused));
	const complainant = kase.parties.find((one) => one.side === "complainant" && one.name);
	const respondent =
		kase.parties.find((one) => accused.has(one.id) && one.name) ??
		kase.parties.find((one) => one.side === "respondent" && one.name);
	const [pressing] = kase.clocks
		.filter((one) => !one.stopped && one.pauses.every((pause) => pause.to))
		.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : weightOf(a.kind) - weightOf(b.kind)));
	return {
		seq: kase.seq,
		complainant_ref: complainant?.name?.ref ?? null,
		respondent_ref: respondent?.name?.ref ?? null,
		words_ref: (kase.intake?.summary ?? kase.intake?.verbatim)?.ref ?? null,
		due_clock: pressing?.name ?? null,
		due_kind: pressing?.kind ?? null,
		due_from: pressing?.startedAt ?? null,
	};
}

/** Of clocks due at the same moment the law's counts first. */
function weightOf(kind: "statutory" | "promise" | "internal"): number {
	return ["statutory", "promise", "internal"].indexOf(kind);
}
