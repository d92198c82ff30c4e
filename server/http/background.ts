import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { type Case, examined, type Party } from "#engine/case.ts";
import { type ConductFile, emptyConduct, entriesInForce, scoreAt } from "#engine/conduct.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { proposeFault, unansweredFault } from "#engine/steps/responsibility.ts";
import { type Instant, instantPlus } from "#engine/time/instant.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import type { Desk } from "../handle.ts";
import { rowOf } from "../store/case-rows.ts";
import { COUNTED, type PastRow, pastOf } from "../store/pasts.ts";
import { ALIKE, type SimilarRow, similarCases } from "../store/similar.ts";
import { readConduct, type Snapshot } from "../store/snapshots.ts";
import { textsFor } from "../store/texts.ts";
import { tokensOf } from "../store/tokens.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { contextFor, readCase } from "./cases.ts";
import { sendNotFound } from "./problem.ts";

const Id = z.object({ id: z.string().min(1).max(100) });
const Most = z.object({ limit: z.coerce.number().int().min(1).max(20).default(8) });
/** So many of a case's words are compared with those of others. */
const MOST_TOKENS = 300;
/** So many earlier complaints of each party are shown; all are counted. */
const SHOWN = 5;
const UPHELD = ["yes", "in-part"] as const;

/** What whoever handles a case wants to know besides: cases like it, the sides' pasts, what the fault table proposes. */
export function backgroundRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const tags = ["cases"];
	const similar = { summary: "Cases like this one, and how they ended", tags, params: Id, querystring: Most };
	app.get("/api/cases/:id/similar", { schema: similar }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await ofOffice(desk, caller, request.params.id);
		if (!kase) return sendNotFound(reply, saying);
		return { cases: await similarTo(desk, caller.actor, kase, request.query.limit) };
	});
	const pasts = { summary: "Earlier complaints of the sides, and sanctions in force", tags, params: Id };
	app.get("/api/cases/:id/pasts", { schema: pasts }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await ofOffice(desk, caller, request.params.id);
		if (!kase) return sendNotFound(reply, saying);
		return { parties: await pastsIn(desk, caller.actor, kase) };
	});
	const faults = { summary: "What the fault table proposes for each allegation", tags, params: Id };
	app.get("/api/cases/:id/fault", { schema: faults }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await ofOffice(desk, caller, request.params.id);
		if (!kase) return sendNotFound(reply, saying);
		const context = await contextFor(desk, caller.actor, kase);
		const asked = examined(kase).filter((one) => one.category !== null);
		return {
			proposals: asked.flatMap(({ id: allegation }) =>
				UPHELD.map((upheld) => ({
					allegation,
					upheld,
					proposal: proposeFault(kase, context, allegation, upheld),
					missing: unansweredFault(kase, context, allegation, upheld),
				})),
			),
		};
	});
}

/** The case, for those who see it whole: nothing here is meant for its parties. */
async function ofOffice(desk: Desk, caller: Caller, id: string): Promise<Case | null> {
	const kase = await readCase(desk, caller, id);
	return kase && viewerOf(kase, caller.actor) === "staff" ? kase : null;
}

async function similarTo(desk: Desk, actor: Actor, kase: Case, most: number) {
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	const { intake } = kase;
	const kept = intake ? [intake.verbatim, intake.summary].filter((one) => one !== null) : [];
	const words = Object.values(await textsFor(desk, actor.company, kept)).join("\n");
	const tokens = tokensOf(words).slice(0, MOST_TOKENS);
	const [rows = []] = (await desk.database.read([
		similarCases(actor, kase, rowOf(kase, pack, desk.clock()), tokens, most),
	])) as SimilarRow[][];
	return rows.map(({ amount, findings, order, respondent, complainant, category, words: alike, ...row }) => {
		const same = { order, respondent, complainant, category, words: alike };
		const last = findings?.at(-1);
		const currency = desk.packs.newest(row.pack)?.data.head.currency ?? pack.data.head.currency;
		return {
			...row,
			because: ALIKE.filter((one) => same[one]),
			amount: Number(amount) === 0 ? null : { amount: Number(amount), currency },
			finding: last ? { upheld: last.upheld, liable: last.liable, cause: last.cause } : null,
		};
	});
}

async function pastsIn(desk: Desk, actor: Actor, kase: Case) {
	const known = kase.parties.filter((one) => one.person || one.phone);
	const persons = [...new Set(known.flatMap((one) => one.person ?? []))];
	const [files, ...pasts] = (await desk.database.read([
		readConduct(actor.company, persons),
		...known.map((one) => pastOf(actor, kase, one)),
	])) as [Snapshot<ConductFile>[], ...PastRow[][]];
	const now = desk.clock();
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	const mayReadConduct = can(actor, "handle", "quality", "manage", "review", "safety");
	return known.map((party, n) => ({
		party: party.id,
		side: party.side,
		...countsOf(pasts[n] ?? [], now),
		conduct: mayReadConduct && party.person ? conductOf(files, party.person, actor.company, pack, now) : null,
		recent: (pasts[n] ?? []).slice(0, SHOWN),
		accused: isAccused(kase, party),
	}));
}

function isAccused(kase: Case, { id }: Party): boolean {
	return kase.allegations.some((one) => one.accused.includes(id));
}

function countsOf(rows: readonly PastRow[], now: Instant) {
	const counted = rows.slice(0, COUNTED);
	const year = instantPlus(now, { days: -365 });
	const of = (severity: PastRow["severity"]) => counted.filter((one) => one.severity === severity).length;
	return {
		bySeverity: { A: of("A"), B: of("B"), C: of("C"), none: of(null) },
		open: counted.filter((one) => one.closedAt === null).length,
		year: counted.filter((one) => one.receivedAt >= year).length,
		count: counted.length,
		more: rows.length > COUNTED,
	};
}

function conductOf(
	files: readonly Snapshot<ConductFile>[],
	person: string,
	company: string,
	pack: LoadedPack,
	now: Instant,
) {
	const file = files.find((one) => one.stream === person)?.state ?? emptyConduct(person, company);
	const { score } = pack.data.reputation;
	return {
		score: scoreAt(file, now, score),
		base: score.base,
		inForce: entriesInForce(file, now).map(({ id, kind, points, until, case: from }) => ({
			id,
			kind,
			points,
			until,
			case: from,
		})),
	};
}
