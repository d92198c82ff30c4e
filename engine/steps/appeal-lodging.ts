import type { z } from "zod";
import { can } from "../actor.ts";
import {
	type Appeal,
	type Case,
	findingOf,
	nextId,
	type Party,
	partiesOn,
	partyOf,
	type Sanction,
} from "../case.ts";
import { dueAfter } from "../clock-rules.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import type { Instant } from "../time/instant.ts";
import type { AppealEvent, LodgeAppeal, RequestReview } from "./appeal.ts";
import { speaksFor } from "./investigation-hearing.ts";
import { appealWindow } from "./reputation-sanctions.ts";
import type { Context } from "./step.ts";

/** Lodging an appeal against findings or a sanction, or a request for review: who may, until when, on what grounds. */

export function lodgeAppeal(
	fields: z.output<typeof LodgeAppeal>,
	kase: Case,
	context: Context,
): Decision<AppealEvent> {
	const { pack, now, days, actor } = context;
	const party = partyOf(kase, actor) ?? kase.parties.find((one) => one.id === fields.party);
	if (!party || (fields.party !== undefined && fields.party !== party.id))
		return refuse("UnknownParty", { party: fields.party ?? "" });
	if (!can(actor, "handle", "intake") && !speaksFor(party, kase, actor)) return refuse("NotYourPart");
	const findings = kase.findings.filter((one) => fields.findings.includes(one.id));
	const sanction = kase.sanctions.find((one) => one.id === fields.sanction) ?? null;
	const unfit = firstOf(
		findings.length < new Set(fields.findings).size &&
			refusal("UnknownWord", { word: fields.findings.join(", "), words: kase.findings.map((one) => one.id) }),
		fields.sanction !== undefined && !sanction && refusal("UnknownSanction", { sanction: fields.sanction }),
		findings.length === 0 && !sanction && refusal("NothingFound"),
		...findings.map((one) => mayContest(one, party.id, kase)),
		sanction && mayContestSanction(sanction, party.id, kase),
		kase.appeals.some((one) => !one.decided && one.party === party.id) && refusal("AlreadyOpen"),
	);
	if (unfit) return { ok: false, refusal: unfit };
	const noticed = [...findings.map((one) => one.noticedAt ?? ""), ...(sanction ? [sanction.at] : [])].sort();
	const window = appealWindow(sanction?.kind ?? null, pack);
	const until = dueAfter(noticed.at(-1) ?? now, window, pack, days);
	const no = firstOf(
		now >= until && refusal("WindowClosed", { until }),
		unknownGround(fields.grounds, sanction ? null : party.side, context),
		strangeEvidence(kase, fields.evidence),
	);
	if (no) return { ok: false, refusal: no };
	const against = {
		findings: findings.map((one) => one.id),
		sanction: sanction?.id ?? null,
		decision: false,
	};
	const side = party.side === "complainant" ? "complainant" : "respondent";
	return accept({ type: "AppealLodged", data: lodged(fields, kase, side, party.id, against) });
}

/** One's own finding, of which notice was given, that is in force and has not been appealed against before. */
function mayContest(one: Case["findings"][number], party: string, kase: Case): Refusal | null {
	const accused = kase.allegations.find((known) => known.id === one.allegation)?.accused ?? [];
	return firstOf(
		!accused.includes(party) && !one.shares[party] && refusal("NotYourPart"),
		!one.noticedAt && refusal("NoticeMissing"),
		(findingOf(kase, one.allegation)?.id !== one.id ||
			kase.appeals.some(
				(past) => past.decided && past.party === party && past.against.findings.includes(one.id),
			)) &&
			refusal("AlreadyDecided"),
	);
}

function mayContestSanction(one: Sanction, party: string, kase: Case): Refusal | null {
	return firstOf(
		one.party !== party && refusal("NotYourPart"),
		(one.reversed || one.lifted) && refusal("AlreadyDone"),
		kase.appeals.some((past) => past.decided && past.against.sanction === one.id) &&
			refusal("AlreadyDecided"),
	);
}

/** When the complainant was last given a decision: closure, final position or notice of a finding. */
export function decisionAt(kase: Case): Instant | null {
	return (
		[kase.closure?.at, kase.finalPosition?.at, ...kase.findings.map((one) => one.noticedAt)]
			.filter((at) => typeof at === "string")
			.sort()
			.at(-1) ?? null
	);
}

export function requestReview(
	fields: z.output<typeof RequestReview>,
	kase: Case,
	context: Context,
): Decision<AppealEvent> {
	const { pack, now, days, actor } = context;
	const party = partyOf(kase, actor) ?? partiesOn(kase, "complainant")[0];
	const from = decisionAt(kase);
	if (party?.side !== "complainant" || !from) return refuse("UnknownParty");
	const until = dueAfter(from, pack.data.appeals.complainant.window, pack, days);
	const reviewed = kase.appeals.some((one) => one.decided && one.against.decision && one.at >= from);
	const no = firstOf(
		reviewed && refusal("AlreadyDecided"),
		now >= until && refusal("WindowClosed", { until }),
		unknownGround(fields.grounds, "complainant", context),
		strangeEvidence(kase, fields.evidence),
	);
	if (no) return { ok: false, refusal: no };
	const standing = kase.allegations.flatMap((one) => findingOf(kase, one.id)?.id ?? []);
	const against = { findings: standing, sanction: null, decision: true };
	return accept({ type: "AppealLodged", data: lodged(fields, kase, "complainant", party.id, against) });
}

function lodged(
	{ grounds, words, evidence }: z.output<typeof RequestReview>,
	kase: Case,
	side: Appeal["side"],
	party: string,
	against: Appeal["against"],
) {
	return { id: nextId("z", kase.appeals), side, party, against, grounds, words, evidence };
}

/** Whoever contests a sanction on themself may give any ground; else those of their side. */
function unknownGround(grounds: string[], side: Party["side"] | null, { pack }: Context): Refusal | null {
	const known = Object.entries(pack.data.appeals.grounds).flatMap(([id, one]) =>
		one.side && side && one.side !== side ? [] : [id],
	);
	const unknown = grounds.find((one) => !known.includes(one));
	return unknown === undefined ? null : refusal("UnknownWord", { word: unknown, words: known });
}

export function strangeEvidence(kase: Case, evidence: readonly string[]): Refusal | null {
	const unknown = evidence.find((id) => !kase.evidence.some((one) => one.id === id));
	return unknown === undefined ? null : refusal("UnknownEvidence", { evidence: unknown });
}
