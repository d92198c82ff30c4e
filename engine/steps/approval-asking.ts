import type { z } from "zod";
import { type Actor, type Capability, can } from "../actor.ts";
import { type Approval, type Case, nextId } from "../case.ts";
import { calendarOf } from "../clock-rules.ts";
import { inAccusedLine } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type DayTable, due as dueOf, type WorkCalendar, windowsOf } from "../time/calendar.ts";
import { dayOf, type Instant, instantPlus } from "../time/instant.ts";
import type { AgreeAsDutyManager, ApprovalEvent, RequestApproval } from "./approval.ts";
import { limitFor } from "./approval-limits.ts";
import type { Context } from "./step.ts";

/** Who may agree, and what is asked of whom. */

/** Which capabilities may agree, by what the limits table or the ladder asks for. */
export const MAY_AGREE: Record<Approval["need"] | "parent" | "outside-reviewer", readonly Capability[]> = {
	duty: ["duty", "approve", "manage"],
	approve: ["approve", "manage"],
	parent: ["approve", "manage"],
	"head-office": ["manage"],
	outside: ["legal", "review"],
	"outside-reviewer": ["review"],
};

/** The strictest thing asked for: what the table said, or how far the duty has risen. */
export function askedOf(one: Approval): Approval["need"] | "parent" | "outside-reviewer" {
	return one.raised.at(-1)?.to ?? one.need;
}

export function isProposer(one: Approval, kase: Case, person: string): boolean {
	return one.by === person || kase.offers.some((offer) => offer.by === person && offer.from === "company");
}

/** Law 3: an approver is not the proposer, of the request or of any offer, and not who pays. */
export function mayDecide(one: Approval, kase: Case, actor: Actor): Refusal | null {
	return firstOf(
		!can(actor, ...MAY_AGREE[askedOf(one)]) &&
			refusal("NotAuthorised", { needs: [...MAY_AGREE[askedOf(one)]] }),
		isProposer(one, kase, actor.id) && refusal("OwnProposal"),
		kase.items.some((item) => item.started?.by === actor.id) && refusal("ApproverPays"),
		inAccusedLine(kase, actor),
	);
}

export function requestApproval(
	fields: z.output<typeof RequestApproval>,
	kase: Case,
	context: Context,
): Decision<ApprovalEvent> {
	const { pack, people = [] } = context;
	const ceiling = { amount: fields.ceiling, currency: pack.data.head.currency };
	const limit = limitFor(kase, ceiling, context);
	if ("reason" in limit) return { ok: false, refusal: limit };
	if (limit.by === "none") return refuse("AlreadyDone", { hint: "within the handler's own limit" });
	const id = nextId("l", kase.approvals);
	const { level, explanation } = limit;
	const proposers = [context.actor.id, ...kase.offers.map((one) => one.by)];
	const asked: ApprovalEvent = {
		type: "ApprovalRequested",
		data: { id, ceiling, need: limit.by, level, grounds: fields.grounds, explanation },
	};
	const eligible = (need: keyof typeof MAY_AGREE) =>
		people.some(
			(one) =>
				!proposers.includes(one.id) &&
				one.capabilities.some((c) => MAY_AGREE[need].includes(c)) &&
				!inAccusedLine(kase, one),
		);
	if (eligible(limit.by)) return accept(asked);
	// with nobody eligible the duty rises until somebody is
	const rises: ApprovalEvent[] = [];
	for (const to of pack.data.approvals.ladder) {
		rises.push({ type: "ApprovalRaised", data: { about: id, to, why: "nobody-eligible" } });
		if (eligible(to)) break;
	}
	return accept(asked, ...rises);
}

/** At night and on days off the duty manager may agree within the duty limit, to be ratified. */
export function agreeAtNight(
	{ approval: id, words }: z.output<typeof AgreeAsDutyManager>,
	kase: Case,
	{ pack, now, days, actor }: Context,
): Decision<ApprovalEvent> {
	const one = open(kase, id);
	if (!one) return refuse("NotOpen", { approval: id });
	const { duty } = pack.data.approvals;
	const calendar = calendarOf(pack, duty.calendar);
	const no = firstOf(
		isProposer(one, kase, actor.id) && refusal("OwnProposal"),
		kase.items.some((item) => item.started?.by === actor.id) && refusal("ApproverPays"),
		inAccusedLine(kase, actor),
		one.ceiling.amount > duty.amount && refusal("LimitExceeded", { ceiling: duty.amount }),
		inOffice(now, calendar, days) && refusal("TooEarly", { hint: "office hours: ask the approver" }),
	);
	if (no) return { ok: false, refusal: no };
	const ratifyBy = dueOf(now, duty.ratifyWithin, calendar, days).due;
	return accept({
		type: "ApprovalGiven",
		data: { about: id, ceiling: one.ceiling, as: "duty", words: words ?? null, ratifyBy },
	});
}

/** Whether the approvers are at work; a night shift counts with the day on which it opened. */
function inOffice(now: Instant, calendar: WorkCalendar, days: DayTable): boolean {
	const today = windowsOf(dayOf(now, calendar.zone), calendar, days);
	const yesterday = windowsOf(dayOf(instantPlus(now, { days: -1 }), calendar.zone), calendar, days);
	return [...yesterday, ...today].some(({ opens, closes }) => opens <= now && now < closes);
}

export function open(kase: Case, id: string): Approval | null {
	return kase.approvals.find((one) => one.id === id && isOpen(one)) ?? null;
}

export function isOpen(one: Approval): boolean {
	return !one.agreed && !one.returned && !one.withdrawn;
}
