import type { Actor } from "#engine/actor.ts";
import { type Case, FOLD } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import { allowed, obligations } from "#engine/journey.ts";
import { mayReview } from "#engine/steps/appeal-deciding.ts";
import type { Context, Obligation } from "#engine/steps/step.ts";
import { dayOf } from "#engine/time/instant.ts";
import { keptIn, type Viewer, viewerOf, viewOf } from "#engine/views/case-view.ts";
import type { Desk } from "../handle.ts";
import { contextPeople } from "../office.ts";
import { refold } from "../store/refold.ts";
import { shieldedTextsOf } from "../store/shield.ts";
import { textsFor } from "../store/texts.ts";
import type { WorkRow } from "../store/work.ts";

/** The cases of a page as a room of work shows them: what the room needs and its reader may see, and what may be done. */

/** What a room shows of a case, and which commands are given there. */
export interface RoomView {
	parts: readonly (keyof Case)[];
	commands: readonly string[];
	/** The duties shown beside; null: all of them. */
	duties: readonly string[] | null;
}

export interface WorkItem {
	case: Partial<Case>;
	viewer: Viewer;
	step: string;
	due: string | null;
	statutoryDue: string | null;
	breached: boolean;
	duties: Obligation[];
	allowed: Record<string, true | Refusal>;
	/** Questions to the reader's own organisations. */
	asked?: string[];
	/** For each appeal that is open: who might review it, and why somebody may not. */
	reviewers?: Record<string, Record<string, true | Refusal>>;
}

/** What every room shows of a case. */
const FRAME = [
	"id",
	"number",
	"pack",
	"seq",
	"intake",
	"parties",
	"orders",
	"allegations",
	"triage",
	"owner",
	"restriction",
	"organisation",
	"closure",
	"round",
] as const satisfies readonly (keyof Case)[];

/**
 * Cases in which the actor has a side of their own are left out: there they are no colleague.
 * @returns the items in the rows' order, and the texts of all of them
 */
export async function itemsOf(
	desk: Desk,
	actor: Actor,
	rows: readonly WorkRow[],
	room: RoomView,
): Promise<{ items: WorkItem[]; texts: Record<string, string> }> {
	const office = await desk.offices.of(actor.company);
	const now = desk.clock();
	const people = contextPeople(office, dayOf(now, office.zone));
	const cases = await Promise.all(rows.map((row) => stateOf(desk, actor.company, row)));
	const read = rows.flatMap((row, n) => {
		const kase = cases[n];
		const viewer = kase && viewerOf(kase, actor);
		if (!kase || viewer === "complainant" || viewer === "respondent") return [];
		const pack = desk.packs.get(kase.pack.name, kase.pack.version);
		const context: Context = { now, actor, pack, days: desk.days.current, words: {}, people };
		return [{ kase, viewer: viewer as Viewer, item: itemOf(kase, row, room, context) }];
	});
	const [own, others] = [
		read.filter((one) => one.viewer === "staff"),
		read.filter((one) => one.viewer !== "staff"),
	];
	const texts = {
		...(await textsFor(
			desk,
			actor.company,
			own.flatMap((one) => keptIn(one.item.case)),
		)),
		...(await shieldedTextsOf(
			desk,
			actor.company,
			others.map(({ kase, viewer, item }) => ({ kase, viewer, view: item.case })),
		)),
	};
	return { items: read.map((one) => one.item), texts };
}

/** A snapshot made by an older fold is folded anew from its history. */
async function stateOf(desk: Desk, company: string, row: WorkRow): Promise<Case> {
	if (row.fold === FOLD) return row.state;
	return await refold(company, row, {
		run: async <R>(statement: Parameters<Desk["database"]["read"]>[0][number]) =>
			((await desk.database.read([statement]))[0] ?? []) as R[],
	});
}

function itemOf(kase: Case, row: WorkRow, room: RoomView, context: Context): WorkItem {
	const { actor, pack, now } = context;
	const view = viewOf(kase, actor);
	const viewer = viewerOf(kase, actor);
	const asked = new Set(view.questions.map((one) => one.id));
	const duties = obligations(kase, pack, now)
		.filter((one) => room.duties === null || room.duties.includes(one.command))
		.filter((one) => viewer === "staff" || (one.about !== undefined && asked.has(one.about)));
	return {
		case: Object.fromEntries([...new Set([...FRAME, ...room.parts])].map((key) => [key, view[key]])),
		viewer,
		step: row.step,
		due: row.nextDue,
		statutoryDue: row.statutoryDue,
		breached: row.breached,
		duties,
		allowed: Object.fromEntries(room.commands.map((type) => [type, allowed(type, kase, context) ?? true])),
		...(room.commands.includes("AnswerQuestion") ? { asked: askedOfOwn(kase, actor) } : {}),
		...(room.commands.includes("AssignReviewer") ? { reviewers: reviewersOf(kase, context) } : {}),
	};
}

function askedOfOwn(kase: Case, { belongsTo }: Actor): string[] {
	return kase.questions
		.filter(({ to }) => {
			if ("organisation" in to) return belongsTo.includes(to.organisation);
			const party = kase.parties.find((one) => one.id === to.party);
			return Boolean(party?.organisation && !party.person && belongsTo.includes(party.organisation));
		})
		.map((one) => one.id);
}

function reviewersOf(kase: Case, { people = [] }: Context): WorkItem["reviewers"] {
	const able = people.filter((one) => one.capabilities.includes("review"));
	const open = kase.appeals.filter((one) => !one.decided);
	return Object.fromEntries(
		open.map((appeal) => [
			appeal.id,
			Object.fromEntries(able.map((one) => [one.id, mayReview(kase, one, appeal) ?? true])),
		]),
	);
}
