import { z } from "zod";
import { type Case, findingOf, type Party } from "#engine/case.ts";
import { dueAfter } from "#engine/clock-rules.ts";
import type { Refusal } from "#engine/decision.ts";
import { fill } from "#engine/filling.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { TalkTrack } from "#engine/packs/wording.ts";
import { mayReach, pestering } from "#engine/steps/contact-limits.ts";
import { dayOf } from "#engine/time/instant.ts";
import { atStake, mayOfferOwn } from "#engine/views/at-stake.ts";
import { ownParty, viewOf } from "#engine/views/case-view.ts";
import { shieldedTexts } from "../store/shield.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { contextFor, readCase } from "./cases.ts";
import { type Language, sendNotFound } from "./problem.ts";
import { asRead } from "./traditional.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });

/** Where the do-not lists of the office hang. */
const INDOORS: ReadonlySet<string> = new Set(["desk", "dispatch"]);

const NO_ANSWER = { outcome: "no-answer", through: "call" };

/** For whoever is complained of: what to say and what not, whom they may call and how often, what they may offer. */
export function coachRoutes(app: App, edge: Edge): void {
	const schema = {
		summary: "What helps you to answer a complaint about your work",
		description:
			"Lines to say with the facts filled in, the do-not list, how often a call may still be tried, what you may offer and why, what is at stake, and by when an appeal may be lodged.",
		tags: ["cases"],
		params: CaseId,
	};
	app.get("/api/cases/:id/coach", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await readCase(edge.desk, caller, request.params.id);
		const own = kase && ownParty(kase, caller.actor);
		if (!kase || own?.side !== "respondent") return sendNotFound(reply, edge.saying);
		const { guard, ...coach } = await coachOf(edge, caller, kase, own, request.language);
		// phrases are compared with what is typed: they stay as the guard has them
		return { ...asRead(request, coach), guard };
	});
}

async function coachOf(
	{ desk, saying }: Edge,
	{ actor }: Caller,
	kase: Case,
	own: Party,
	language: Language,
) {
	const { now, pack, days } = await contextFor(desk, actor, kase);
	const { data } = pack;
	const other = kase.parties.find((one) => one.side === "complainant") ?? null;
	const office = await desk.offices.of(actor.company);
	const fillings = await fillingsOf(desk, actor, kase, own, pack, language, office.name);
	const said = (refusal: Refusal | null) => refusal && saying.refusal(refusal, language);
	const worker = office.people.get(actor.id)?.alias;
	const texts = { ...fillings, ...(worker ? { worker } : {}) };
	return {
		now,
		...talkFor(kase, pack, language, texts),
		doNot: data.improvement.doNot
			.filter(
				(one) => !INDOORS.has(one.place) && one.categories.some((id) => categoriesOf(kase).includes(id)),
			)
			.map((one) => ({ text: one.text, source: one.source })),
		contact: {
			to: other?.id ?? null,
			...triesOf(kase, other, pack, now),
			...{ perDay: data.contact.perDay, inAll: data.contact.inAll, quiet: data.contact.quiet },
			barred: other && said(mayReach(kase, { ...actor, kind: "respondent" }, other, pack)),
			declined: kase.contactRefused !== null,
			// by the rule that the attempt itself will meet
			notNow: other && said(pestering(NO_ANSWER, kase, other, now, { actor, pack })),
			source: data.contact.source,
		},
		mayOffer: mayOfferOwn(kase, { pack, now }),
		offerStands: data.remedies.offerStands,
		atStake: atStake(kase, own.id, { pack, now }),
		causes: data.responsibility.causes,
		guard: data.guard.phrases.map(({ source: _, ...one }) => one),
		explanation: data.evidence.explanation,
		block: { months: data.reputation.block.months, possible: Boolean(other?.person) },
		appeal: {
			...data.appeals.respondent,
			banWindow: data.appeals.banWindow,
			until: kase.allegations.flatMap((one) => {
				const finding = findingOf(kase, one.id);
				return finding?.noticedAt
					? [
							{
								finding: finding.id,
								until: dueAfter(finding.noticedAt, data.appeals.respondent.window, pack, days),
							},
						]
					: [];
			}),
		},
	};
}

function categoriesOf(kase: Case): string[] {
	return kase.allegations.flatMap((one) => one.category ?? one.proposed?.category ?? []);
}

/** Tries so far to reach them that did not, whoever tried: all of them count (law 8). */
function triesOf(kase: Case, to: Party | null, pack: LoadedPack, now: string) {
	const { zone } = pack.data.head;
	const tries = kase.contacts.filter((one) => one.party === to?.id && one.outcome !== "reached");
	const today = tries.filter((one) => dayOf(one.at, zone) === dayOf(now, zone)).length;
	return { today, tries: tries.length };
}

/** The worker's own tracks for this kind of complaint, then what to see to before; with the facts put in. */
function talkFor(kase: Case, pack: LoadedPack, language: Language, texts: Record<string, string>) {
	const { talk } = pack.data.wording[language];
	const kinds = categoriesOf(kase).flatMap((id) => [id, pack.categories.get(id)?.group ?? ""]);
	const fits = (one: TalkTrack) => one.for.length === 0 || one.for.some((kind) => kinds.includes(kind));
	const filled = ({ id, title, lines }: TalkTrack) => ({
		...{ id, title },
		lines: lines.map(({ act, say }) => ({ act, say: fill(say, texts) })),
	});
	const own = [...(talk.contact?.complainant ?? []), ...(talk.contact?.respondent ?? [])];
	return {
		tracks: own.filter((one) => one.by === "worker" && fits(one)).map(filled),
		advice: (talk.remedy?.respondent ?? []).filter(fits).map(filled),
		explaining: (talk.investigation?.respondent ?? []).filter(fits).map(filled),
		appealing: (talk.appeal?.respondent ?? []).slice(0, 1).map(filled),
	};
}

/** What fills the blanks of ready words; nothing of the other side is among it. */
async function fillingsOf(
	desk: Edge["desk"],
	actor: Caller["actor"],
	kase: Case,
	own: Party,
	pack: LoadedPack,
	language: Language,
	company: string,
): Promise<Record<string, string>> {
	const view = viewOf(kase, actor);
	const words = await shieldedTexts(desk, kase, view, "respondent");
	const spoken = view.intake ? words[view.intake.verbatim.ref] : undefined;
	// a Chinese sentence has no place in an English line
	const said = language === "zh" || !/\p{Script=Han}/u.test(spoken ?? "") ? spoken : undefined;
	const category = pack.categories.get(categoriesOf(kase)[0] ?? "");
	const order = kase.orders[0];
	const name = own.name ? words[own.name.ref] : undefined;
	return {
		...{ number: kase.number, company },
		...(category ? { category: category.name[language], restated: category.plain[language] } : {}),
		...(said && [...said].length <= 40 ? { restated: said.replace(/[\s。！？.!?]+$/u, "") } : {}),
		...(order ? { order: order.number } : {}),
		...(name ? { worker: name } : {}),
	};
}
