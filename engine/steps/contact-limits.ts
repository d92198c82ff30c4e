import type { Actor } from "../actor.ts";
import { type Case, examined, isRestricted, type Party, partyOf, underPolice } from "../case.ts";
import { firstOf, type Refusal, refusal } from "../decision.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { dayOf, type Instant } from "../time/instant.ts";
import { clockTimeIn } from "../time/wall.ts";
import type { Context } from "./step.ts";

/** Law 8: who may reach whom, how often, and when. */

export function isTalking(kase: Case): boolean {
	return kase.directTalk !== null && !kase.directTalk.closed;
}

/**
 * Repeated calls without consent count as harassment: counted, capped, quiet at night. Whoever was reached has not
 * been pestered; at night only critical cases are an exception.
 */
export function pestering(
	fields: { outcome: string; through: string },
	kase: Case,
	party: Party,
	at: Instant,
	{ pack, actor }: Pick<Context, "pack" | "actor">,
): Refusal | null {
	const refused = kase.contactRefused !== null && actor.kind === "respondent";
	if (refused) return refusal("ContactRefused");
	if (fields.outcome === "reached" || actor.kind === "system") return null;
	const { perDay, inAll, quiet } = pack.data.contact;
	const tries = kase.contacts.filter((one) => one.party === party.id && one.outcome !== "reached");
	const zone = pack.data.head.zone;
	const today = tries.filter((one) => dayOf(one.at, zone) === dayOf(at, zone));
	const disturbs =
		fields.through !== "mail" && !isCritical(kase, pack) && inQuiet(clockTimeIn(at, zone), quiet);
	return firstOf(
		today.length >= perDay && refusal("TooManyAttempts", { most: perDay, of: "day" }),
		tries.length >= inAll && refusal("TooManyAttempts", { most: inAll, of: "all" }),
		disturbs && refusal("QuietHours", { from: quiet[0], to: quiet[1] }),
	);
}

function isCritical(kase: Case, pack: LoadedPack): boolean {
	if (kase.triage) return kase.triage.urgency === "critical";
	return examined(kase).some(
		(one) => pack.categories.get(one.category ?? one.proposed?.category ?? "")?.urgency === "critical",
	);
}

function inQuiet(time: string, [from, to]: readonly [string, string]): boolean {
	return from < to ? time >= from && time < to : time >= from || time < to;
}

/**
 * Whether a party may reach another: the two sides speak with each other while direct talk is open, or where first
 * contact is the worker's; never where it is barred. The company and one's own side may always be reached.
 */
export function mayReach(kase: Case, actor: Actor, to: Party, pack: LoadedPack): Refusal | null {
	const own = partyOf(kase, actor);
	const across =
		(own?.side === "respondent" && to.side === "complainant") ||
		(own?.side === "complainant" && to.side === "respondent");
	if (!across) return null;
	const barred = directTalkBarred(kase, pack);
	if (barred) return barred;
	if (isTalking(kase) && (own?.side === "complainant" || kase.directTalk?.party === own?.id)) return null;
	const first = own?.side === "respondent" && kase.route?.firstContact === "worker" && !kase.firstContact;
	return first ? null : refusal("DirectTalkBarred");
}

/**
 * Direct talk is barred by restriction, by police, by the complainant's refusal or wish, and for categories the pack
 * bars.
 */
export function directTalkBarred(kase: Case, pack: LoadedPack): Refusal | null {
	const barred = examined(kase).some(
		(one) => pack.categories.get(one.category ?? one.proposed?.category ?? "other")?.directTalk === false,
	);
	const wished = kase.directTalk?.closed?.why === "wish";
	return isRestricted(kase) || underPolice(kase) || kase.contactRefused || wished || barred
		? refusal("DirectTalkBarred")
		: null;
}
