import { z } from "zod";
import { type Case, nextId, partyOf } from "../case.ts";
import { isWorker } from "../case-facts.ts";
import { accept, refuse } from "../decision.ts";
import { guardOutgoing, guardText } from "../guard.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { ClosureEvent } from "./closure.ts";
import { mayReach } from "./contact-limits.ts";
import type { Event } from "./event.ts";
import type { Context, Effect } from "./step.ts";

/** 消息: written words between a party and the desk, or between the sides while they may talk. */

export const SendMessage = z.strictObject({
	/** A party, or `company`: the desk. */
	to: z.string(),
	words: Words,
	/** Asked for when the guard would let it pass with a reason. */
	reason: Remark.optional(),
});

export type MessageEvent = Event<
	"MessageSent",
	{ id: string; to: string; from: string; words: Kept; guard: string[]; reason: Kept | null }
>;

/** A complainant who could not be reached brings the case back by writing. */
export type SendBrings = MessageEvent | Extract<ClosureEvent, { type: "CaseReopened" }>;

/** Words to a party or to the desk: whoever writes for the company passes the guard first. */
export function sendMessage(
	fields: z.output<typeof SendMessage>,
	kase: Case,
	{ pack, words, actor }: Context,
) {
	const to = kase.parties.find((one) => one.id === fields.to);
	if (!to && fields.to !== "company") return refuse("UnknownParty", { party: fields.to });
	const own = partyOf(kase, actor);
	// customers write as they like; whoever works for the trade, and staff, write for the company
	const outgoing = !own || isWorker(own, pack);
	const no =
		(to && own ? mayReach(kase, actor, to, pack) : null) ??
		(outgoing ? guardOutgoing({ words, pack }, fields.words, fields.reason) : null);
	if (no) return { ok: false as const, refusal: no };
	const guard = guardText(words[fields.words.ref] ?? "", pack).map((one) => one.rule);
	const sent: SendBrings = {
		type: "MessageSent",
		data: {
			id: nextId("m", kase.messages),
			to: to?.id ?? "company",
			from: own?.id ?? "company",
			words: fields.words,
			guard,
			reason: fields.reason ?? null,
		},
	};
	// whoever could not be reached has written: the case goes on
	return kase.closure?.outcome === "unreachable" && own?.side === "complainant"
		? accept<SendBrings>(sent, { type: "CaseReopened", data: { because: "contact", why: fields.words } })
		: accept(sent);
}

/** Whoever is written to hears of it; of what comes to the desk, its owner. */
export function tellOfMessage({ data: { to } }: MessageEvent, kase: Case): Effect[] {
	if (to !== "company") return [{ do: "notify", to: { party: to }, notice: "message" }];
	return kase.owner ? [{ do: "notify", to: { person: kase.owner.person }, notice: "message" }] : [];
}
