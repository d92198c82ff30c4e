import { z } from "zod";
import type { Case } from "#engine/case.ts";
import { refusal } from "#engine/decision.ts";
import type { NoticeKey } from "#engine/packs/wording.ts";
import type { StepName } from "#engine/steps/names.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import type { Outside } from "../jobs/ports.ts";
import { previewOf } from "../jobs/preview.ts";
import { blanksFor } from "../jobs/talk-blanks.ts";
import { rehearse } from "../rehearse.ts";
import type { App, Caller, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { edgeOnlyIn } from "./edge-only.ts";
import { problemOf, sendMalformed, sendNotFound, sendProblem, sendRefusal } from "./problem.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
const Command = z.looseObject({ type: z.string().min(1).max(60), expected: z.int().min(0).optional() });
const Party = z.object({ party: z.string().max(100).optional(), step: z.string().max(60).optional() });
const tags = ["cases"];

/** What would go out, before it goes: notices and letters of a command; and what fills the blanks of ready words. */
export function previewRoutes(words: Outside["words"], publicUrl: string): Plugin {
	// a link, once made, is valid: what is only looked at shows where one would stand
	const outside = { words, linkFor: async () => `${publicUrl}/c/…` };
	return (app: App, edge: Edge) => {
		const { desk } = edge;
		const previewing = {
			summary: "What a command would send, to whom; nothing is written",
			description: "The command as for /commands. What would be refused is refused here in the same words.",
			tags,
			params: CaseId,
			body: Command,
		};
		app.post("/api/cases/:id/preview", { schema: previewing }, async (request, reply) => {
			const caller = callerOf(request);
			const kase = await readCase(desk, caller, request.params.id);
			if (!kase) return sendNotFound(reply, edge.saying);
			if (viewerOf(kase, caller.actor) !== "staff")
				return sendRefusal(reply, refusal("NotAuthorised"), edge.saying);
			const { type, expected, ...fields } = request.body;
			const foreign = edgeOnlyIn(type, fields);
			if (foreign.length > 0) return sendMalformed(reply, foreign, edge.saying);
			const answer = await rehearse(desk, { actor: caller.actor, case: kase.id, type, fields, expected });
			if (!answer.ok) {
				const names = await namesOf(edge, caller);
				return sendProblem(reply, problemOf(answer, edge.saying, request.language, { command: type, names }));
			}
			return await previewOf({ desk, outside, now: desk.clock() }, answer.change, type);
		});
		const filling = {
			summary: "What fills the blanks of ready words, as told to a party",
			tags,
			params: CaseId,
			querystring: Party,
		};
		app.get("/api/cases/:id/blanks", { schema: filling }, async (request, reply) => {
			const caller = callerOf(request);
			const kase = await readCase(desk, caller, request.params.id);
			if (!kase || viewerOf(kase, caller.actor) !== "staff") return sendNotFound(reply, edge.saying);
			const { party: id, step } = request.query;
			const party = partyNamed(kase, id);
			if (!party) return sendNotFound(reply, edge.saying);
			const notice = NOTICE_AT[step as StepName] ?? (kase.firstContact ? "clock-warning" : "owner-taken");
			const batch = { desk, outside, now: desk.clock() };
			return { blanks: await blanksFor(batch, kase, party, notice, request.language) };
		});
	};
}

/** Dates and findings in ready words are those that the notice of the same step would tell. */
const NOTICE_AT: Partial<Record<StepName, NoticeKey>> = {
	responsibility: "finding-notice",
	remedy: "offer-made",
	execution: "payment-sent",
	closure: "case-closed",
	appeal: "appeal-decided",
	proceedings: "proceeding-opened",
	reputation: "sanction-imposed",
};

function partyNamed(kase: Case, id: string | undefined) {
	if (id) return kase.parties.find((one) => one.id === id) ?? null;
	return kase.parties.find((one) => one.side === "complainant") ?? kase.parties[0] ?? null;
}

async function namesOf({ desk }: Edge, { actor }: Caller): Promise<Record<string, string>> {
	const { people } = await desk.offices.of(actor.company);
	return Object.fromEntries([...people.values()].map((one) => [one.id, one.alias]));
}
