import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { Desk } from "../handle.ts";
import { holderOf, USUAL } from "../jobs/reach.ts";
import type { Recipient } from "../jobs/recipients.ts";
import { findCase } from "../store/case-read.ts";
import { readWishes, type WishRow } from "../store/wishes.ts";
import type { Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendNotFound, sendRefusal } from "./problem.ts";

/** Whoever asks, as somebody who is told. */
export interface Self {
	company: string;
	holder: WishRow["holder"];
	recipient: Recipient;
}

/** Null for API keys, for the system, and for links to what is not there. */
export async function selfOf(desk: Desk, actor: Actor): Promise<Self | null> {
	const { company, link } = actor;
	if (link) {
		const kase = await findCase(desk.database, company, link.case);
		const party = kase?.parties.find((one) => one.id === link.party);
		if (!kase || !party) return null;
		const recipient: Recipient = {
			...{ id: `party:${party.id}` as const, person: null, party },
			language: kase.intake?.language ?? "zh",
		};
		return { company, holder: holderOf(recipient, kase.id), recipient };
	}
	const person = (await desk.offices.of(company)).people.get(actor.id);
	if (!person || (actor.kind !== "person" && actor.kind !== "respondent")) return null;
	const recipient: Recipient = { id: `person:${person.id}`, person, party: null, language: person.language };
	return { company, holder: `person:${person.id}`, recipient };
}

/** Whoever asks, when they may say where messages to them go; otherwise the refusal has been sent. */
export async function speaker(
	edge: Edge,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<Self | null> {
	const { actor } = callerOf(request);
	const self = await selfOf(edge.desk, actor);
	if (!self) sendNotFound(reply, edge.saying);
	else if (!maySpeak(actor))
		sendRefusal(reply, refusal("NotAuthorised", { needs: ["complain"] }), edge.saying);
	else return self;
	return null;
}

/** A link that was passed on reads; only whoever showed that the phone is theirs says where messages go. */
function maySpeak(actor: Actor): boolean {
	return !actor.link || can(actor, "complain");
}

/** What they said, or what holds until they say something. */
export async function wishOf(desk: Desk, { company, holder, recipient }: Self): Promise<WishRow> {
	const [[row] = []] = (await desk.database.read([readWishes(company, [holder])])) as WishRow[][];
	return (
		row ?? {
			holder,
			channels: [...USUAL[recipient.person ? "person" : "party"]],
			...{ language: null, quietFrom: null, quietTo: null, urgentRings: true },
			...{ email: null, emailMask: null, openid: null },
		}
	);
}
