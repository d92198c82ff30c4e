import type { Case } from "#engine/case.ts";
import { calendarOf } from "#engine/clock-rules.ts";
import type { NoticeKey } from "#engine/packs/wording.ts";
import { openOffer } from "#engine/steps/remedy-offers.ts";
import { type Duration, due as dueOf } from "#engine/time/calendar.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Telling } from "./notice-values.ts";

/** Until when the recipient of a notice has to do something, or may expect it. */
export function dueFor(telling: Telling): Instant | null {
	const given = telling.values.due;
	if (typeof given === "string") return given;
	return DUE[telling.notice]?.(telling) ?? nextDue(telling);
}

/** Where it is not simply the next thing due. */
const DUE: Partial<Record<NoticeKey, (telling: Telling) => Instant | null>> = {
	"complaint-received": ({ kase }) => clockDue(kase, "resolve"),
	"complaint-filed-against-you": explanationDue,
	"explanation-asked": explanationDue,
	"owner-taken": ({ kase }) => clockDue(kase, "first-contact") ?? clockDue(kase, "resolve"),
	"case-reopened": ({ kase }) => clockDue(kase, "first-contact") ?? clockDue(kase, "resolve"),
	"first-contact-summary": ({ kase }) => clockDue(kase, "plan"),
	"finding-notice": appealDue,
	"offer-made": ({ kase }) => openOffer(kase)?.until ?? null,
	"agreement-text": ({ kase }) => clockDue(kase, "pay"),
	"payment-sent": ({ kase }) => clockDue(kase, "pay"),
	"item-failed": ({ kase }) => clockDue(kase, "pay"),
	"approval-asked": ({ kase }) => {
		const asked = kase.approvals.findLast((one) => !one.agreed && !one.returned && !one.withdrawn);
		return kase.clocks.findLast((one) => one.party === asked?.id)?.due ?? null;
	},
	"appeal-received": ({ kase }) => clockDue(kase, "appeal-decision"),
	"proceeding-opened": proceedingDue,
	"proceeding-due": proceedingDue,
};

/** The latest clock of that name that still runs, else the latest that ran. */
function clockDue(kase: Case, name: string): Instant | null {
	const all = kase.clocks.filter((one) => one.name === name);
	return (all.findLast((one) => !one.stopped) ?? all.at(-1))?.due ?? null;
}

/** The question put to them; before one is put, as long as the pack gives for an explanation. */
function explanationDue(telling: Telling): Instant {
	const { kase, pack, recipient, now } = telling;
	const asked = kase.questions.findLast(
		(one) => "party" in one.to && one.to.party === recipient.party?.id && !one.answer,
	);
	return asked?.due ?? after(telling, now, pack.data.evidence.explanation);
}

function appealDue(telling: Telling): Instant {
	const { kase, pack, recipient, now } = telling;
	const side = recipient.party?.side === "respondent" ? "respondent" : "complainant";
	const noticed = kase.findings.findLast((one) => one.noticedAt)?.noticedAt ?? now;
	return after(telling, noticed, pack.data.appeals[side].window);
}

function after({ pack, days }: Telling, from: Instant, duration: Duration): Instant {
	return dueOf(from, duration, calendarOf(pack, Object.keys(pack.data.clocks.calendars)[0] ?? ""), days).due;
}

function proceedingDue({ kase }: Telling): Instant | null {
	return kase.proceedings.at(-1)?.due ?? clockDue(kase, "proceeding");
}

/** What is due next; what the office owes itself is not for outsiders. */
function nextDue({ kase, recipient }: Telling): Instant | null {
	const outsider = recipient.party !== null;
	const running = kase.clocks.filter(
		(one) => !one.stopped && one.pauses.every((pause) => pause.to) && !(outsider && one.kind === "internal"),
	);
	return running.map((one) => one.due).sort()[0] ?? null;
}
