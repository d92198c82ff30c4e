import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import type { Case, Party } from "#engine/case.ts";
import { refusal } from "#engine/decision.ts";
import { mayReach } from "#engine/steps/contact-limits.ts";
import { type Instant, instantPlus } from "#engine/time/instant.ts";
import { ownParty, viewerOf } from "#engine/views/case-view.ts";
import { newId } from "../ids.ts";
import type { Caller as LineCaller } from "../ports/caller.ts";
import { rehearse } from "../rehearse.ts";
import { phonesOf } from "../store/addresses.ts";
import { commit } from "../store/commit.ts";
import {
	type CallOfCase,
	callsOfCase,
	insertLine,
	type LineRow,
	readOpenLine,
} from "../store/masked-lines.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { plain, problemOf, sendMalformed, sendNotFound, sendProblem, sendRefusal } from "./problem.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
const tags = ["calls"];

/** A line is lent for so long; asked for again meanwhile, it is the same one. */
const MINUTES = 30;
/** One with less left is not given out again. */
const LEFT_MINUTES = 3;

/** Calls between two people of a case, neither of whom sees the other's number. */
export function lineRoutes(caller: LineCaller): Plugin {
	return (app, edge) => {
		bindRoute(app, edge, caller);
		listRoute(app, edge);
	};
}

function bindRoute(app: App, edge: Edge, lines: LineCaller): void {
	const { desk } = edge;
	const schema = {
		summary: "A number by which you reach a party of the case, for half an hour",
		description:
			"Dialled from your own phone it rings theirs; neither sees the other's number. Refused as a call would be: so often in a day, not at night, not where the sides may not talk. `pretend`: it rings nowhere.",
		tags,
		params: CaseId,
		body: z.strictObject({ to: z.string().min(1).max(40) }),
	};
	app.post("/api/cases/:id/lines", { schema }, async (request, reply) => {
		const asker = callerOf(request);
		const { actor } = asker;
		const kase = await readCase(desk, asker, request.params.id);
		if (!kase) return sendNotFound(reply, edge.saying);
		const to = kase.parties.find((one) => one.id === request.body.to);
		if (!to) return sendMalformed(reply, [{ at: "to", problem: "there is no such party" }], edge.saying);
		if (await refusedTo(edge, actor, kase, to, reply)) return reply;
		const now = desk.clock();
		const caller = callerName(actor);
		const soon = instantPlus(now, { minutes: LEFT_MINUTES });
		const [[open] = []] = (await desk.database.read([
			readOpenLine(actor.company, kase.id, caller, to.id, soon),
		])) as LineRow[][];
		if (open) return shownLine(open);
		const phones = await phonesFor(edge, actor, kase, to);
		const missing = !phones.from ? "no-own-phone" : !phones.to ? "no-phone-of-theirs" : null;
		if (missing || !phones.from || !phones.to)
			return problem(request, reply, edge, missing ?? "no-line", 409);
		const id = newId();
		const bound = await lines.bind({
			...{ ref: `${actor.company}:${id}`, from: phones.from, to: phones.to },
			minutes: MINUTES,
		});
		if (!bound.ok) {
			request.log.warn({ reason: bound.reason }, "no masked line");
			return problem(request, reply, edge, "no-line", bound.retry ? 503 : 409);
		}
		const line: LineRow = {
			...{ company: actor.company, id, case: kase.id, caller, toParty: to.id },
			fromParty: ownParty(kase, actor)?.id ?? null,
			...{ number: bound.number, binding: bound.binding, expiresAt: bound.expiresAt },
			...{ madeAt: now, pretend: lines.pretend },
		};
		await commit(desk.database, insertLine(line));
		return reply.status(201).send(shownLine(line));
	});
}

/** Whether a call may not be made now; then the refusal has been sent. Asked just as the attempt will be. */
async function refusedTo(
	edge: Edge,
	actor: Actor,
	kase: Case,
	to: Party,
	reply: FastifyReply,
): Promise<boolean> {
	const refuse = (no: ReturnType<typeof refusal>) => {
		sendRefusal(reply, no, edge.saying);
		return true;
	};
	if (ownParty(kase, actor)?.id === to.id) return refuse(refusal("NotYourPart"));
	if (actor.link) {
		if (!can(actor, "complain")) return refuse(refusal("NotAuthorised", { needs: ["complain"] }));
		const no = mayReach(kase, actor, to, edge.desk.packs.get(kase.pack.name, kase.pack.version));
		return no ? refuse(no) : false;
	}
	if (actor.kind !== "person" && actor.kind !== "respondent")
		return refuse(refusal("NotAuthorised", { needs: ["handle"] }));
	const fields = { party: to.id, through: "call", outcome: "no-answer" };
	const attempt = await rehearse(edge.desk, { actor, case: kase.id, type: "RecordContact", fields });
	if (attempt.ok) return false;
	sendProblem(reply, problemOf(attempt, edge.saying, reply.request.language, { command: "RecordContact" }));
	return true;
}

function callerName({ id, link }: Actor): string {
	return link ? `party:${link.case}:${link.party}` : `person:${id}`;
}

async function phonesFor({ desk }: Edge, actor: Actor, kase: Case, to: Party) {
	const own = ownParty(kase, actor);
	const phones = await phonesOf(desk, kase.company, [
		{ id: "from", ref: own?.phone?.ref ?? null, person: actor.link ? (own?.person ?? null) : actor.id },
		{ id: "to", ref: to.phone?.ref ?? null, person: to.person },
	]);
	const digits = (id: string) => phones.get(id)?.replaceAll(/[\s()-]/g, "") ?? null;
	return { from: digits("from"), to: digits("to") };
}

function problem(request: FastifyRequest, reply: FastifyReply, edge: Edge, key: string, status: number) {
	return sendProblem(reply, plain(key, status, edge.saying, request.language));
}

function shownLine({ id, toParty, number, expiresAt, pretend }: LineRow): {
	id: string;
	to: string;
	number: string;
	expiresAt: Instant;
	pretend: boolean;
} {
	return { id, to: toParty, number, expiresAt, pretend };
}

function listRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "Calls over the masked lines of a case",
		description:
			"The office sees all of them, others those over lines that they asked for. `contact`: the attempt that a call became; `refused`: why it became none.",
		tags,
		params: CaseId,
	};
	app.get("/api/cases/:id/calls", { schema }, async (request, reply) => {
		const asker = callerOf(request);
		const { actor } = asker;
		const kase = await readCase(edge.desk, asker, request.params.id);
		if (!kase) return sendNotFound(reply, edge.saying);
		const staff = viewerOf(kase, actor) === "staff";
		const [rows = []] = (await edge.desk.database.read([
			callsOfCase(actor.company, kase.id, staff ? null : callerName(actor)),
		])) as CallOfCase[][];
		const calls = rows.map(({ case: _, ...call }) =>
			staff ? call : { ...call, evidence: null, recordingFault: null },
		);
		return { calls };
	});
}
