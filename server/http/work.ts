import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, type Capability, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { COMMANDS } from "#engine/journey.ts";
import { MAY_AGREE } from "#engine/steps/approval-asking.ts";
import type { Statement } from "../store/database/session.ts";
import {
	askedOfOwn,
	countChildren,
	listAsked,
	listChildren,
	listIncidents,
	listOwn,
	listRoom,
	type Place,
	type Progress,
	type WorkRow,
	waitingFor,
} from "../store/work.ts";
import { ROOMS } from "../store/work-rooms.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed, sendNotFound, sendRefusal } from "./problem.ts";
import { readColleagues } from "./work-colleagues.ts";
import { itemsOf, type RoomView } from "./work-items.ts";

const Page = z.object({
	after: z.string().max(200).optional(),
	limit: z.coerce.number().int().min(1).max(100).default(25),
});
const Id = z.object({ id: z.string().min(1).max(100) });
const tags = ["work"];

/** A room: who may enter, what is shown of each case, and which cases. */
interface Room extends RoomView {
	summary: string;
	/** Beside those who may give its commands. */
	also?: readonly Capability[];
	/** Sorted by the cases' ids, and not by a time. */
	byId?: boolean;
	/** Sorted by when something is due there. */
	byDue?: boolean;
	list: (actor: Actor, after: Place | null, most: number) => Statement;
}

const APPROVALS: Room = {
	summary: "What waits for your approval",
	commands: ["Approve", "AgreeAsDutyManager", "ReturnForRework", "RatifyApproval"],
	duties: ROOMS.approvals,
	parts: [
		"approvals",
		"offers",
		"computations",
		"findings",
		"hearings",
		"clocks",
		"items",
		"finalPosition",
		"consultations",
	],
	byDue: true,
	list: (actor, after, most) => listRoom("approvals", actor, waitingFor(agreedToBy(actor)), after, most),
};

const QUESTIONS: Room = {
	summary: "What your department is asked",
	commands: ["AnswerQuestion", "AddEvidence"],
	duties: ROOMS.questions,
	parts: ["questions", "evidence", "clocks"],
	byDue: true,
	list: (actor, after, most) => listRoom("questions", actor, askedOfOwn(actor), after, most),
};

const ANSWERED: Room = {
	...QUESTIONS,
	summary: "What your department was asked, the last changed first",
	byDue: false,
	list: listAsked,
};

const APPEALS: Room = {
	summary: "Appeals and reviews that are open",
	commands: ["AssignReviewer", "DecideAppeal", "AskForSupplement"],
	duties: ROOMS.appeals,
	parts: [
		"appeals",
		"findings",
		"sanctions",
		"hearings",
		"evidence",
		"verifications",
		"clocks",
		"rounds",
		"finalPosition",
		"offers",
	],
	byDue: true,
	// whoever assigns reviewers sees them all
	list: (actor, after, most) =>
		listRoom(
			"appeals",
			actor,
			can(actor, "triage", "manage") ? () => [] : waitingFor([`person:${actor.id}`, "can:triage"]),
			after,
			most,
		),
};

const OUTSIDE: Room = {
	summary: "Proceedings of outside bodies that are open",
	commands: [
		"ReplyToBody",
		"ExtendProceeding",
		"SendBackProceeding",
		"RecordProceedingResult",
		"ReceiveFromBody",
		"RecordInsuranceStep",
	],
	duties: ROOMS.outside,
	parts: ["proceedings", "clocks", "findings", "offers", "finalPosition", "items", "evidence"],
	byDue: true,
	list: (actor, after, most) => listRoom("outside", actor, () => [], after, most),
};

const FOLLOW_UPS: Room = {
	summary: "Whom to ask again",
	commands: ["RecordFollowUp", "RecordFollowUpAttempt", "WaiveFollowUp"],
	duties: ROOMS["follow-ups"],
	parts: [
		"followUpPlan",
		"followUps",
		"offers",
		"items",
		"finalPosition",
		"findings",
		"contacts",
		"reopenings",
	],
	byDue: true,
	list: (actor, after, most) => listRoom("follow-ups", actor, () => [], after, most),
};

const INCIDENTS: Room = {
	summary: "Mass incidents and how far their cases are",
	commands: ["AttachToMassIncident"],
	also: ["manage"],
	duties: null,
	parts: ["relations", "clocks"],
	byId: true,
	list: listIncidents,
};

const CHILDREN: Room = {
	...INCIDENTS,
	summary: "The cases under a mass incident",
	commands: ["MakeOffer", "SendMessage"],
	parts: ["relations", "offers", "messages", "finalPosition"],
};

const HANDOVER: Room = {
	summary: "Your open cases, and what was handed over to you",
	commands: ["HandOverCase", "ConfirmHandOver"],
	duties: null,
	parts: ["owners", "questions", "offers", "clocks", "contacts", "firstContact"],
	list: listOwn,
};

/** Those without anything of their own, by their address. */
const ROOM_AT: Readonly<Record<string, Room>> = {
	approvals: APPROVALS,
	questions: QUESTIONS,
	"questions/answered": ANSWERED,
	appeals: APPEALS,
	outside: OUTSIDE,
	"follow-ups": FOLLOW_UPS,
};

/** The rooms of work: for each the cases that wait there, what the room shows of them, and what may be done. */
export function workRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const schemaOf = ({ summary }: Room) => ({ schema: { summary, tags, querystring: Page } });
	for (const [path, room] of Object.entries(ROOM_AT))
		app.get(`/api/work/${path}`, schemaOf(room), async (request, reply) => {
			const asked = enter(edge, room, request, reply);
			return asked ? await pageOf(edge, room, asked) : reply;
		});
	app.get("/api/work/incidents", schemaOf(INCIDENTS), async (request, reply) => {
		const asked = enter(edge, INCIDENTS, request, reply);
		if (!asked) return reply;
		const page = await pageOf(edge, INCIDENTS, asked);
		const ids = page.items.flatMap((one) => one.case.id ?? []);
		const [counted = []] = (await desk.database.read([countChildren(asked.actor, ids)])) as Progress[][];
		return { ...page, progress: Object.fromEntries(counted.map((one) => [one.incident, one])) };
	});
	const ofIncident = { schema: { ...schemaOf(CHILDREN).schema, params: Id } };
	app.get("/api/work/incidents/:id/cases", ofIncident, async (request, reply) => {
		const asked = enter(edge, INCIDENTS, request, reply);
		if (!asked) return reply;
		const incident = await readCase(desk, callerOf(request), request.params.id);
		if (!incident) return sendNotFound(reply, saying);
		const list = (actor: Actor, after: Place | null, most: number) =>
			listChildren(actor, incident.id, after, most);
		return await pageOf(edge, { ...CHILDREN, list }, asked);
	});
	app.get("/api/work/handover", schemaOf(HANDOVER), async (request, reply) => {
		const asked = enter(edge, HANDOVER, request, reply);
		if (!asked) return reply;
		return {
			...(await pageOf(edge, HANDOVER, asked)),
			colleagues: await readColleagues(desk, asked.actor),
		};
	});
}

interface Asked {
	actor: Actor;
	after: Place | null;
	limit: number;
}

/** What is asked of a room; null when the asker has been refused. */
function enter(
	{ saying }: Edge,
	room: Room,
	request: FastifyRequest & { query: z.output<typeof Page> },
	reply: FastifyReply,
): Asked | null {
	const { actor } = callerOf(request);
	const no = mayEnter(room, actor);
	if (no) {
		sendRefusal(reply, no, saying);
		return null;
	}
	const { after, limit } = request.query;
	const place = after === undefined ? null : placeIn(after, room);
	if (place === undefined) {
		sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], saying);
		return null;
	}
	return { actor, after: place, limit };
}

/** Whoever may give one of the room's commands may enter; those with a side of a case do that elsewhere. */
function mayEnter({ commands, also = [] }: Room, actor: Actor) {
	const by = commands.flatMap((type) => COMMANDS.get(type)?.by ?? []);
	const needs = [...new Set([...by, ...also])].filter(
		(one) => one !== "complain" && one !== "respond" && one !== "system",
	);
	return can(actor, ...needs) && actor.kind !== "complainant" ? null : refusal("NotAuthorised", { needs });
}

/** Whose duties somebody may decide: as they are written beside a case (`waiting`). */
function agreedToBy(actor: Actor): string[] {
	const duties = Object.values(MAY_AGREE).filter((by) => can(actor, ...by));
	const ratifies = can(actor, "approve", "manage") ? ["can:approve"] : [];
	return [...new Set([...duties.map((by) => `can:${by[0]}`), ...ratifies])];
}

async function pageOf(edge: Edge, room: Room, { actor, after, limit }: Asked) {
	const { desk } = edge;
	const [rows = []] = (await desk.database.read([room.list(actor, after, limit)])) as WorkRow[][];
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const more = rows.length > limit && last !== undefined;
	return {
		...(await itemsOf(desk, actor, page, room)),
		next: more ? placeOf([last.key, last.id]) : null,
		// what follows is due no earlier than this
		dueTo: more && room.byDue && last.sorted !== "infinity" ? (last.sorted ?? null) : null,
		now: desk.clock(),
	};
}

/** As the database writes instants. */
const WRITTEN = /^(infinity|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:\d\d)?))$/;
const ByTime = z.tuple([
	z
		.string()
		.max(40)
		.regex(WRITTEN)
		.refine((text) => text === "infinity" || !Number.isNaN(Date.parse(text.replace(/([+-]\d\d)$/, "$1:00")))),
	z.string().max(100),
]);
const ById = z.tuple([z.string().max(100), z.string().max(100)]);

/** Undefined: no place of such a list. */
function placeIn(text: string, { byId }: Room): Place | undefined {
	return readPlace(text, byId ? ById : ByTime, ([value, id]) => ({ value, id })) ?? undefined;
}
