import { can } from "#engine/actor.ts";
import { type Case, type EvidenceItem, findingOf, type Improvement } from "#engine/case.ts";
import { refusal } from "#engine/decision.ts";
import { obligations } from "#engine/journey.ts";
import type { Kept } from "#engine/kept.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { atStake } from "#engine/views/at-stake.ts";
import { ownParty, viewOf } from "#engine/views/case-view.ts";
import type { Desk } from "../handle.ts";
import { ownCases } from "../store/own-cases.ts";
import { shieldedTextsOf } from "../store/shield.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { blocksOf, scoreOf } from "./own-score.ts";
import { sendRefusal } from "./problem.ts";
import { asRead } from "./traditional.ts";

/** The page of whoever is complained of: what waits for their answer, their score, training and proposals. */
export function respondentRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const schema = {
		summary: "What concerns you as somebody who works for a trade",
		description:
			"Your cases with what is asked of you and what is at stake, your score with every entry and what still waits, with whom you are not matched, training and proposals. Nobody of the other side is named.",
		tags: ["people"],
	};
	app.get("/api/mine", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		const { actor } = caller;
		if (actor.kind !== "respondent" || !can(actor, "respond"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["respond"] }), saying);
		const mine = await mineOf(desk, caller);
		const [score, training] = [asRead(request, mine.score), asRead(request, mine.training)];
		return reply.header("cache-control", "no-store").send({ ...mine, score, training });
	});
}

async function mineOf(desk: Desk, { actor }: Caller) {
	const now = desk.clock();
	const [cases, office] = await Promise.all([
		ownCases(desk.database, actor.company, actor.id),
		desk.offices.of(actor.company),
	]);
	const seated = cases.filter((one) => ownParty(one, actor)?.side === "respondent");
	const shown = cases.map((kase) => ({
		kase,
		view: spoken(viewOf(kase, actor)),
		viewer: "respondent" as const,
	}));
	const texts = await shieldedTextsOf(desk, actor.company, shown);
	const packs = packsOf(desk, cases);
	const trade = packs[0]?.name ?? (actor.trades === "all" ? null : (actor.trades[0] ?? null));
	return {
		now,
		person: actor.id,
		name: office.people.get(actor.id)?.alias ?? null,
		trade,
		cases: seated.map((kase) => rowOf(kase, viewOf(kase, actor), actor.id, desk, now)),
		score: await scoreOf(desk, actor, trade, cases),
		blocks: blocksOf(actor.id, cases, now),
		training: cases.flatMap((kase) => trainingOf(kase, actor.id, desk)),
		proposals: cases.flatMap((kase) =>
			kase.improvement.proposals
				.filter((one) => one.by === actor.id)
				.map((one) => ({ case: kase.id, number: kase.number, ...one })),
		),
		texts,
	};
}

/** As much of a view as is read out in the list: its texts are looked up. */
function spoken({ intake, improvement }: Case): {
	verbatim: Kept | null;
	proposals: Improvement["proposals"];
} {
	return { verbatim: intake?.verbatim ?? null, proposals: improvement.proposals };
}

/** The trades of somebody's cases, the most frequent first. */
function packsOf(desk: Desk, cases: readonly Case[]): LoadedPack[] {
	const counts = new Map<string, number>();
	for (const { pack } of cases) counts.set(pack.name, (counts.get(pack.name) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a).flatMap(([name]) => desk.packs.newest(name) ?? []);
}

/** One case in the list: what it is about, what is asked, what is at stake, how it ended. */
function rowOf(kase: Case, view: Case, person: string, desk: Desk, now: string) {
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	const own = kase.parties.find((one) => one.person === person)?.id ?? "";
	const asks = asksOf(kase, view, own, pack, now);
	const explain = kase.questions.find(
		(one) => "party" in one.to && one.to.party === own && !one.answer && !one.withdrawn && !one.noReply,
	);
	return {
		id: kase.id,
		number: kase.number,
		pack: kase.pack,
		categories: view.allegations.map((one) => one.category ?? one.proposed?.category ?? null),
		orders: kase.orders.map(({ number, takenAt }) => ({ number, takenAt })),
		receivedAt: kase.intake?.receivedAt ?? null,
		verbatim: view.intake?.verbatim ?? null,
		kind: kase.intake?.kind ?? "complaint",
		asks,
		asked: explain ? { question: explain.id, at: explain.at, due: explain.due } : null,
		closed: kase.closure?.at ?? kase.termination?.at ?? null,
		found: view.allegations.flatMap((one) => {
			const finding = findingOf(kase, one.id);
			return finding?.noticedAt ? [{ upheld: finding.upheld, share: finding.shares[own] ?? 0 }] : [];
		}),
		appealing: kase.appeals.some((one) => one.party === own && !one.decided),
		atStake: kase.closure ? [] : atStake(kase, own, { pack, now }),
		clocks: view.clocks.filter((one) => !one.stopped && asks.some((ask) => ask.due === one.due)),
		proof: view.evidence.map(({ id, kind }: EvidenceItem) => ({ id, kind })),
	};
}

/** What is asked of them: what they owe, and what a reviewer wants to see. */
function asksOf(kase: Case, view: Case, own: string, pack: LoadedPack, now: string) {
	// once it is decided, contesting it comes before talking
	const decided = view.findings.length > 0;
	const owed = obligations(kase, pack, now)
		.filter(
			({ who, command }) => "party" in who && who.party === own && !(decided && command === "RecordContact"),
		)
		.map(({ step, what, due, command, about }) => ({ step, what, due, command, about: about ?? null }));
	const wanted = kase.appeals.flatMap(({ id, party, decided: over, supplementAsked, supplement }) =>
		party === own && !over && supplementAsked && !supplement && now <= supplementAsked.due
			? [
					{
						step: "appeal",
						what: "supplement",
						due: supplementAsked.due,
						command: "SupplementAppeal",
						about: id,
					},
				]
			: [],
	);
	return [...owed, ...wanted];
}

function trainingOf(kase: Case, person: string, desk: Desk) {
	const courses = desk.packs.get(kase.pack.name, kase.pack.version).data.improvement.training;
	return kase.improvement.training
		.filter((one) => one.person === person)
		.map(({ id, training, due, result }) => ({
			case: kase.id,
			pack: kase.pack.name,
			id,
			training,
			name: courses[training]?.name ?? null,
			due,
			result,
		}));
}
