import { z } from "zod";
import {
	type DraftOf,
	type DraftRow,
	draftContent,
	dropDraft,
	makeRoom,
	readDrafts,
	saveDraft,
} from "../store/drafts.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const OfCase = z.object({ case: z.string().min(1).max(100) });
const OfForm = OfCase.extend({ form: z.string().regex(/^[A-Za-z][A-Za-z0-9:._-]{0,99}$/) });
const Content = z.strictObject({ typed: z.record(z.string().max(200), z.unknown()) });

/** Characters of a draft as JSON: more than any form takes. */
const LONGEST = 64_000;
/** A complaint that is being written down has no case yet. */
const NEW = "new";
const tags = ["drafts"];

/** What somebody has typed and not sent, kept for them alone: another browser of theirs finds it again. */
export function draftRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const listing = { summary: "Your drafts of a case, the latest first", tags, params: OfCase };
	app.get("/api/drafts/:case", { schema: listing }, async (request, reply) => {
		const of = await ofCase(edge, callerOf(request), request.params.case);
		if (!of) return sendNotFound(reply, edge.saying);
		const [rows = []] = (await desk.database.read([readDrafts(of, null)])) as DraftRow[][];
		return { drafts: rows.map(({ form, at }) => ({ form, at })) };
	});
	const reading = { summary: "Your draft of a form, or null", tags, params: OfForm };
	app.get("/api/drafts/:case/:form", { schema: reading }, async (request, reply) => {
		const of = await ofCase(edge, callerOf(request), request.params.case);
		if (!of) return sendNotFound(reply, edge.saying);
		const [[row] = []] = (await desk.database.read([readDrafts(of, request.params.form)])) as DraftRow[][];
		const typed = row ? draftContent(row, desk.keys) : null;
		return reply
			.header("cache-control", "no-store")
			.send({ draft: row && typed ? { typed, at: row.at } : null });
	});
	const keeping = {
		summary: "Keep what was typed; swept after 30 days untouched",
		tags,
		params: OfForm,
		body: Content,
	};
	app.put("/api/drafts/:case/:form", { schema: keeping }, async (request, reply) => {
		const of = await ofCase(edge, callerOf(request), request.params.case);
		if (!of) return sendNotFound(reply, edge.saying);
		const content = JSON.stringify(request.body.typed);
		if (content.length > LONGEST)
			return sendMalformed(
				reply,
				[
					{
						at: "typed",
						problem: `at most ${LONGEST} characters`,
						fault: { key: "too-long", values: { most: LONGEST } },
					},
				],
				edge.saying,
			);
		const at = desk.clock();
		const draft: DraftOf = { ...of, form: request.params.form };
		await desk.database.transaction((session) =>
			session.commitWith([saveDraft(draft, content, desk.keys, at), makeRoom(of.company, of.person)]),
		);
		return { at };
	});
	const dropping = { summary: "Forget a draft", tags, params: OfForm };
	app.delete("/api/drafts/:case/:form", { schema: dropping }, async (request, reply) => {
		const { actor } = callerOf(request);
		const kase = request.params.case;
		const known = kase === NEW ? null : await readCase(desk, callerOf(request), kase);
		// one's own draft of a case that one may no longer see can still be thrown away
		const stream = known?.id ?? kase;
		const draft = { company: actor.company, person: actor.id, stream, form: request.params.form };
		await desk.database.transaction((session) => session.commitWith([dropDraft(draft)]));
		return reply.status(204).send();
	});
}

/** Whose drafts of which case; null when the caller does not see the case. */
async function ofCase({ desk }: Edge, caller: Caller, id: string): Promise<Omit<DraftOf, "form"> | null> {
	const { company, id: person } = caller.actor;
	if (id === NEW) return { company, person, stream: NEW };
	const kase = await readCase(desk, caller, id);
	return kase && { company, person, stream: kase.id };
}
