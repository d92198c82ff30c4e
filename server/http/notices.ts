import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import { ownParty, viewerOf } from "#engine/views/case-view.ts";
import { type NoticeRow, noticesFor, noticesOfCase } from "../store/notice-list.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
const Page = z.object({
	after: z.string().max(300).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ["notices"];

/** What people were told, or would have been where a channel is pretended; and one's own notices. */
export function noticeRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const ofCase = {
		summary: "Notices of a case",
		description: "The office sees all of them, a party its own. `pretend`: it would have been sent.",
		tags,
		params: CaseId,
	};
	app.get("/api/cases/:id/notices", { schema: ofCase }, async (request, reply) => {
		const caller = callerOf(request);
		const { actor } = caller;
		const kase = await readCase(desk, caller, request.params.id);
		if (!kase) return sendNotFound(reply, edge.saying);
		const viewer = viewerOf(kase, actor);
		const own = ownParty(kase, actor);
		const mine = actor.link ? `party:${own?.id ?? ""}` : `person:${actor.id}`;
		const recipient = viewer === "staff" ? null : mine;
		const [rows = []] = (await desk.database.read([
			noticesOfCase(actor.company, kase.id, recipient),
		])) as NoticeRow[][];
		return { notices: rows.map((one) => (one.recipient === mine ? one : withoutLinks(one))) };
	});
	const own = { summary: "Your own notices, the latest first", tags, querystring: Page };
	app.get("/api/notices", { schema: own }, async (request, reply) => {
		const { actor } = callerOf(request);
		const { after, limit } = request.query;
		const place = z.tuple([Instant, z.string().max(100)]);
		const last = after === undefined ? null : readPlace(after, place, ([at, id]) => ({ at, id }));
		if (after !== undefined && !last)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this list" }], edge.saying);
		// a party's id is its own only within its case
		const recipient = actor.link ? `party:${actor.link.party}` : `person:${actor.id}`;
		const stream = actor.link?.case ?? null;
		const [rows = []] = (await desk.database.read([
			noticesFor(actor.company, recipient, stream, last, limit + 1),
		])) as NoticeRow[][];
		const page = rows.slice(0, limit);
		const end = rows.length > limit ? page.at(-1) : undefined;
		return { notices: page, next: end ? placeOf([end.at, end.id]) : null };
	});
}

/** A signed link opens the case as its recipient: nobody else is shown one that went out. */
function withoutLinks(notice: NoticeRow): NoticeRow {
	if (notice.pretend) return notice;
	return { ...notice, text: notice.text?.replaceAll(/\/c\/[\w.~-]+/g, "/c/…") ?? null };
}
