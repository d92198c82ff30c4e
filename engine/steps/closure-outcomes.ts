import type { z } from "zod";
import { type Case, goesOn, joinedInto, type Outcome, partiesOn, standing } from "../case.ts";
import { factsOf, ruleDay, unanswered } from "../case-facts.ts";
import { dueAfter } from "../clock-rules.ts";
import { firstOf, type Refusal, refusal } from "../decision.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { evaluateTable } from "../rules/evaluate.ts";
import type { DayTable, Duration } from "../time/calendar.ts";
import { type Instant, minutesBetween } from "../time/instant.ts";
import type { CloseCase } from "./closure.ts";
import { openItems } from "./execution-items.ts";
import { agreed } from "./remedy-offers.ts";
import type { Context } from "./step.ts";

/** What each outcome must meet, and when the complainant is to be asked again. */

/** What each outcome must meet, one line per condition. */
export function mayClose(
	outcome: Outcome,
	fields: z.output<typeof CloseCase>,
	kase: Case,
	{ pack }: Context,
): Refusal | null {
	const reasoned = fields.reason ? null : refusal("ReasonMissing", { field: "reason" });
	const referred = fields.referTo.length > 0 ? null : refusal("ReasonMissing", { field: "referTo" });
	const joined = joinedInto(kase);
	if (joined && outcome !== "duplicate") return refusal("CaseJoined", { case: joined.case });
	switch (outcome) {
		case "settled":
			return firstOf(!agreed(kase) && refusal("NotAgreed"), someItemsOpen(kase), confirmed(kase, pack));
		case "deadlock":
			return firstOf(
				!kase.finalPosition && refusal("NotAgreed", { hint: "a final position with reasons" }),
				someItemsOpen(kase),
				// an answer is enough: nobody has to be content with a last word
				kase.confirmation ? null : confirmed(kase, pack),
				referred,
			);
		case "not-accepted":
			return firstOf(reasoned, referred, someItemsOpen(kase));
		case "not-a-complaint":
			return firstOf(
				kase.intake?.kind === "complaint" && refusal("OutcomeNotAllowed", { outcome, kind: "complaint" }),
				reasoned,
				someItemsOpen(kase),
			);
		case "duplicate":
			return joined ? someItemsOpen(kase) : refusal("NotJoined");
		case "withdrawn":
			return firstOf(
				standing(kase).length > 0 &&
					refusal("OutcomeNotAllowed", { outcome, open: standing(kase).map((one) => one.id) }),
				goesOn(kase) &&
					refusal("OutcomeNotAllowed", { outcome, hint: "safety, fraud and regulator matters go on" }),
				someItemsOpen(kase),
			);
		case "unreachable":
			// what can't be paid out to somebody out of reach is held for them
			return firstOf(
				unreachable(kase, pack) ? null : refusal("TooEarly", { ...pack.data.contact.unreachable }),
				openItems(kase).every((one) => one.held) ? null : someItemsOpen(kase),
			);
		case "transferred":
			return firstOf(reasoned, referred, someItemsOpen(kase));
	}
}

/** Confirmed in writing or by word of mouth; or as many attempts as the pack asks for, and a final letter. */
export function confirmed(kase: Case, pack: LoadedPack): Refusal | null {
	if (kase.confirmation?.satisfied || kase.route?.confirm === false) return null;
	const { attempts, hoursApart } = pack.data.contact.unreachable;
	const tries = apart(
		kase.confirmationAttempts.map((one) => one.at),
		hoursApart,
	);
	return !kase.confirmation && tries >= attempts ? null : refusal("NotConfirmed", { attempts: tries });
}

/** How many of these moments lie at least so many hours after the one counted before. */
function apart(times: readonly Instant[], hours: number): number {
	const counted: Instant[] = [];
	for (const at of [...times].sort()) {
		const last = counted.at(-1);
		if (!last || minutesBetween(last, at) >= hours * 60) counted.push(at);
	}
	return counted.length;
}

/** Enough unanswered attempts, far enough apart, since the complainant was reached last. */
function unreachable(kase: Case, pack: LoadedPack): boolean {
	const { attempts, hoursApart } = pack.data.contact.unreachable;
	const complainants = partiesOn(kase, "complainant").map((one) => one.id);
	if (complainants.length === 0) return true;
	const made = kase.contacts.filter((one) => complainants.includes(one.party));
	const reached = made.flatMap((one) => (one.outcome === "reached" ? [one.at] : [])).sort();
	const since = reached.at(-1) ?? "";
	const tries = made.filter((one) => one.outcome !== "reached" && one.at > since).map((one) => one.at);
	return apart(tries, hoursApart) >= attempts;
}

/** When the complainant will be asked again, by the pack's schedule. */
export function planFollowUps(
	kase: Case,
	{ pack, now, days }: { pack: LoadedPack; now: Instant; days: DayTable },
): Case["followUpPlan"] | Refusal {
	const answer = evaluateTable(pack.tables.followUps, factsOf(kase, pack), ruleDay(kase, pack, now));
	if (!answer.ok) return unanswered(answer) ?? [];
	const done = kase.items.flatMap((one) => (one.done ? [one.done.at] : [])).sort();
	const ended = done.at(-1) ?? now;
	return answer.hits.map(({ values }) => {
		const after = { amount: Number(values.afterAmount), unit: String(values.afterUnit) as Duration["unit"] };
		return { attempt: String(values.attempt), due: dueAfter(ended, after, pack, days) };
	});
}

export function someItemsOpen(kase: Case): Refusal | null {
	const items = openItems(kase).map((one) => one.id);
	return items.length > 0 ? refusal("ItemsOpen", { items }) : null;
}
