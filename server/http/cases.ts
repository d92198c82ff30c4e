import { z } from "zod";
import type { Actor } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { allowedAll, maySee, obligations, standings } from "#engine/journey.ts";
import type { Context, Obligation } from "#engine/steps/step.ts";
import { dayOf, Instant } from "#engine/time/instant.ts";
import { keptIn, ownParty, viewerOf, viewOf } from "#engine/views/case-view.ts";
import type { Desk } from "../handle.ts";
import { contextPeople } from "../office.ts";
import { type CaseListRow, listCases, SORTS, type Sort } from "../store/case-list.ts";
import { findCase } from "../store/case-read.ts";
import { type Entry, readHistory } from "../store/history.ts";
import { rowWords } from "../store/row-words.ts";
import { shieldedTexts } from "../store/shield.ts";
import { textsFor } from "../store/texts.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { placeOf, readPlace } from "./place.ts";
import { type Language, sendMalformed, sendNotFound } from "./problem.ts";
import { sumsOf } from "./sums.ts";

const Many = z
	.union([z.string(), z.array(z.string())])
	.transform((value) => (Array.isArray(value) ? value : value.split(",")).filter(Boolean))
	.optional();
const Flag = z
	.enum(["true", "false"])
	.transform((value) => value === "true")
	.optional();

/** What a list may be narrowed by, as the address of a list has it. */
export const ListFilter = z.object({
	id: Many,
	pack: Many,
	step: Many,
	severity: Many,
	urgency: Many,
	owner: Many,
	kind: Many,
	channel: Many,
	category: Many,
	organisation: Many,
	respondent: Many,
	waiting: Many,
	order: Many,
	closed: Flag,
	breached: Flag,
	mine: Flag,
	team: Flag,
	unclaimed: Flag,
	dueBefore: Instant.optional(),
	ungraded: Flag,
	named: Flag,
	receivedFrom: Instant.optional(),
	receivedBefore: Instant.optional(),
	closedFrom: Instant.optional(),
	reopenedFrom: Instant.optional(),
	appealed: Flag,
	broken: Flag,
	contactKept: Flag,
	onTheSpot: Flag,
});
const ListQuery = ListFilter.extend({
	sort: z.enum(Object.keys(SORTS) as [Sort, ...Sort[]]).default("due"),
	after: z.string().max(200).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Id = z.object({ id: z.string().min(1).max(100) });
/** A place in a history; its numbers are PostgreSQL integers. */
const After = z.object({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) });

/** Reading cases: lists by keyset, one case as its reader may see it, its history. */
export function caseRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	app.get(
		"/api/cases",
		{ schema: { summary: "Cases that you may see", tags: ["cases"], querystring: ListQuery } },
		async (request, reply) => {
			const { actor } = callerOf(request);
			const { sort, after, limit, ...filter } = request.query;
			const cursor = after ? readCursor(after) : null;
			if (after && !cursor)
				return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], saying);
			const [rows = []] = (await desk.database.read([
				listCases(actor, filter, sort, cursor, limit),
			])) as CaseListRow[][];
			const page = rows.slice(0, limit);
			const last = page.at(-1);
			const words = await rowWords(desk, actor, page);
			return {
				cases: page.map((row, n) => ({ ...shownOf(row), ...words[n] })),
				next: rows.length > limit && last ? cursorOf(last, sort) : null,
			};
		},
	);
	app.get(
		"/api/cases/:id",
		{ schema: { summary: "One case, as you may see it", tags: ["cases"], params: Id } },
		async (request, reply) => {
			const caller = callerOf(request);
			const kase = await readCase(desk, caller, request.params.id);
			if (!kase) return sendNotFound(reply, saying);
			return caseAnswer(desk, caller, kase, request.language);
		},
	);
	app.get(
		"/api/cases/:id/history",
		{ schema: { summary: "What has happened to a case", tags: ["cases"], params: Id, querystring: After } },
		async (request, reply) => {
			const caller = callerOf(request);
			const kase = await readCase(desk, caller, request.params.id);
			if (!kase) return sendNotFound(reply, saying);
			if (viewerOf(kase, caller.actor) !== "staff") return sendNotFound(reply, saying);
			const [entries = []] = (await desk.database.read([
				readHistory(caller.actor.company, kase.id, request.query.after, 500),
			])) as Entry[][];
			const events = entries.map(({ seq, at, actor, type, data, hash }) => ({
				seq,
				at,
				actor,
				type,
				data: JSON.parse(data) as unknown,
				hash,
			}));
			return { events, texts: await textsFor(desk, caller.actor.company, keptIn(events)) };
		},
	);
}

function shownOf(row: CaseListRow): Record<string, unknown> {
	const { dueKey: _, complainantRef: _c, respondentRef: _r, wordsRef: _w, people: _p, ...shown } = row;
	return shown;
}

/** The case by id or number, if the caller may see it; what may not be seen is not there. */
export async function readCase(desk: Desk, { actor }: Caller, id: string): Promise<Case | null> {
	const kase = await findCase(desk.database, actor.company, id);
	return kase?.intake && !maySee(kase, actor) ? kase : null;
}

/** The world as values for asking the engine what somebody may do. */
export async function contextFor(desk: Desk, actor: Actor, kase: Case): Promise<Context> {
	const now = desk.clock();
	const office = await desk.offices.of(actor.company);
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	const people = contextPeople(office, dayOf(now, office.zone));
	return { now, actor, pack, days: desk.days.current, words: {}, people };
}

async function caseAnswer(desk: Desk, { actor }: Caller, kase: Case, language: Language) {
	const context = await contextFor(desk, onceConfirmed(actor), kase);
	const { now, pack } = context;
	const office = await desk.offices.of(actor.company);
	const view = viewOf(kase, actor);
	const viewer = viewerOf(kase, actor);
	const staff = viewer === "staff";
	const duties = obligations(kase, pack, now);
	const own = ownParty(kase, actor)?.id ?? null;
	const names = Object.fromEntries([...office.people.values()].map((one) => [one.id, one.alias]));
	return {
		viewer,
		case: view,
		own,
		standings: standings(kase, pack),
		obligations: staff ? duties : duties.filter(({ who }) => isOwn(who, own, actor.id)),
		allowed: allowedAll(kase, context),
		texts: staff
			? await textsFor(desk, actor.company, keptIn(view))
			: await shieldedTexts(desk, kase, view, viewer),
		people: staff ? names : namedAlone(names, view.owner?.person),
		...(staff ? {} : { sums: sumsOf(view, pack, language) }),
		now,
	};
}

/** Whoever holds a link is told what they may do once they have shown that the phone is theirs. */
function onceConfirmed(actor: Actor): Actor {
	return actor.link ? { ...actor, capabilities: ["complain"] } : actor;
}

/** Outside the office one knows by name whoever has the case, and nobody else. */
function namedAlone(names: Record<string, string>, person: string | undefined): Record<string, string> {
	return person && names[person] ? { [person]: names[person] } : {};
}

function isOwn(who: Obligation["who"], party: string | null, person: string): boolean {
	if ("person" in who) return who.person === person;
	return "party" in who && who.party === party;
}

function cursorOf(row: CaseListRow, sort: Sort): string {
	const value = { due: row.dueKey, changed: row.changedAt, received: row.receivedAt }[sort];
	return placeOf([String(value), row.id]);
}

function readCursor(text: string): { value: string; id: string } | null {
	const value = z.union([z.literal("infinity"), Instant]);
	return readPlace(text, z.tuple([value, z.string().max(100)]), ([value, id]) => ({ value, id }));
}
