import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { can } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { refusal } from "#engine/decision.ts";
import { allowed } from "#engine/journey.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { claimAttempt, LIMITS } from "../accounts/attempts.ts";
import { type LinkRow, linksOfCase } from "../accounts/link-log.ts";
import { LINK_DAYS, makeOwnLink, revokeLinks } from "../accounts/links.ts";
import { linkCookie, refuse } from "../accounts/routes.ts";
import { refusalOf } from "../accounts/words.ts";
import { newId } from "../ids.ts";
import type { SendLinkEffect } from "../jobs/send-link.ts";
import { commit } from "../store/commit.ts";
import type { Statement } from "../store/database/database.ts";
import { insertDue } from "../store/due.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { contextFor, readCase } from "./cases.ts";
import { sendMalformed, sendNotFound, sendRefusal } from "./problem.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
const PartyId = z.string().min(1).max(40);
const tags = ["cases"];

/** The signed links to a case: which there are, withdrawing them, and sending a new one. */
export function caseLinkRoutes(accounts: Accounts): Plugin {
	return (app, edge) => {
		listRoute(app, edge);
		withdrawRoute(app, edge);
		sendRoute(app, edge, accounts);
		renewRoute(app, edge, accounts);
	};
}

/** The case, for whoever of the office may change what the complainant gave; otherwise the refusal has been sent. */
async function tended(
	{ desk, saying }: Edge,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<Case | null> {
	const caller = callerOf(request);
	const { id } = CaseId.parse(request.params);
	const kase = await readCase(desk, caller, id);
	if (!kase) {
		sendNotFound(reply, saying);
		return null;
	}
	const no = allowed("AmendComplaint", kase, await contextFor(desk, caller.actor, kase));
	const staff = viewerOf(kase, caller.actor) === "staff";
	if (staff && !no) return kase;
	sendRefusal(reply, no ?? refusal("NotAuthorised", { needs: ["intake", "handle", "liaise"] }), saying);
	return null;
}

function listRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "The links to a case: who made, opened and withdrew them",
		description:
			"`readAt`: last opened by somebody who had not confirmed the phone; it may have been passed on.",
		tags,
		params: CaseId,
	};
	app.get("/api/cases/:id/links", { schema }, async (request, reply) => {
		const kase = await tended(edge, request, reply);
		if (!kase) return reply;
		const [rows = []] = (await edge.desk.database.read([linksOfCase(kase.company, kase.id)])) as LinkRow[][];
		return { links: rows, now: edge.desk.clock() };
	});
}

function withdrawRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "Withdraw a party's links to a case, or one of them",
		tags,
		params: CaseId,
		body: z.strictObject({ party: PartyId, link: z.string().min(1).max(60).optional() }),
	};
	app.post("/api/cases/:id/links/withdraw", { schema }, async (request, reply) => {
		const kase = await tended(edge, request, reply);
		if (!kase) return reply;
		const { party, link } = request.body;
		const by = callerOf(request).actor.id;
		const of = { company: kase.company, case: kase.id, party, by, ...(link ? { id: link } : {}) };
		const [gone = []] = await commit(edge.desk.database, revokeLinks(of, edge.desk.clock()));
		return { withdrawn: gone.length };
	});
}

function sendRoute(app: App, edge: Edge, accounts: Accounts): void {
	const schema = {
		summary: "Send a party a new link to their case",
		description: "By the ways that they wish. `withdraw`: those they have are withdrawn.",
		tags,
		params: CaseId,
		body: z.strictObject({ party: PartyId, withdraw: z.boolean().default(false) }),
	};
	app.post("/api/cases/:id/links", { schema }, async (request, reply) => {
		const kase = await tended(edge, request, reply);
		if (!kase) return reply;
		const { party, withdraw } = request.body;
		if (!kase.parties.some((one) => one.id === party && one.side === "complainant" && !one.person))
			return sendMalformed(
				reply,
				[{ at: "party", problem: "nobody here who follows by a link" }],
				edge.saying,
			);
		if (!(await maySend(accounts, kase, party, request, reply))) return reply;
		const by = callerOf(request).actor.id;
		const of = { company: kase.company, case: kase.id, party, by };
		const now = edge.desk.clock();
		await commit(
			edge.desk.database,
			...(withdraw ? [revokeLinks(of, now)] : []),
			...sending(kase, party, by, now),
		);
		edge.desk.committed({ company: "", case: "", seq: 0, due: true });
		return reply.status(202).send({ sending: true });
	});
}

function renewRoute(app: App, edge: Edge, accounts: Accounts): void {
	const schema = {
		summary: "Withdraw all links to your case and get a new one",
		description: "The new one is answered, confirmed in this browser, and another is sent to you.",
		tags: ["accounts"],
	};
	app.post("/api/me/link/renew", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const { link } = actor;
		const kase = link ? await readCase(edge.desk, callerOf(request), link.case) : null;
		if (!link || !kase) return sendNotFound(reply, edge.saying);
		// whoever it was passed on to may read, and not lock its owner out
		if (!can(actor, "complain"))
			return sendRefusal(reply, refusal("NotAuthorised", { needs: ["complain"] }), edge.saying);
		if (!(await maySend(accounts, kase, link.party, request, reply))) return reply;
		const of = { company: kase.company, case: kase.id, party: link.party };
		const now = edge.desk.clock();
		await commit(
			edge.desk.database,
			revokeLinks({ ...of, by: link.party }, now),
			...sending(kase, link.party, link.party, now),
		);
		edge.desk.committed({ company: "", case: "", seq: 0, due: true });
		const made = await makeOwnLink(accounts, of);
		return reply
			.header("set-cookie", linkCookie(accounts, made.confirmed, LINK_DAYS * 86_400))
			.header("cache-control", "no-store")
			.send({ link: `/c/${made.token}` });
	});
}

/** Each is a text message to somebody's phone: not without end. */
async function maySend(
	accounts: Accounts,
	{ company, id }: Case,
	party: string,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	const subject = `${id}:${party}`;
	const claimed = await claimAttempt(accounts, [{ company, limit: LIMITS.linksByParty, subject }]);
	if (!claimed.ok) refuse(request, reply, refusalOf("TooManyLinks", { minutes: claimed.minutes }));
	return claimed.ok;
}

function sending({ company, id }: Case, party: string, by: string, at: string): Statement[] {
	const payload = { do: "send-link", party, by } satisfies SendLinkEffect;
	const key = `send-link:${newId()}`;
	return insertDue([{ company, id: newId(), stream: id, kind: "effect", key, at, payload }]);
}
