import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import { Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { numberOf } from "../store/case-read.ts";
import {
	type After,
	COMMON,
	COUNTED,
	countCases,
	type FoundCase,
	findCases,
	type Sought,
	type WordsHolding,
	wordsHolding,
} from "../store/case-search.ts";
import { lookupOf } from "../store/kept.ts";
import { queryOf } from "../store/tokens.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { placeOf, readPlace } from "./place.ts";
import { sendMalformed } from "./problem.ts";
import { type Hit, hitsOf, termsOf } from "./search-hits.ts";

const Query = z.object({
	q: z.string().trim().min(1).max(100),
	after: z.string().max(300).optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});

type By = Sought["by"];
const PAGED = ["order", "outside", "person", "words"] as const satisfies readonly By[];
const Place = z.tuple([z.enum(PAGED), Instant, z.string().max(100)]);

/** What was found by one way of searching. `count` stops at 1,000: there are `more` then. */
interface Group {
	by: By;
	hits: Hit[];
	count: number;
	more: boolean;
	next: string | null;
}

/** Search by number, order, outside number, person, and words: those of the cases that the caller may see. */
export function searchRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const description =
		"Case numbers, order numbers and external numbers; names, phones and plates, whole; words in Chinese (traditional or simplified) or other scripts. `after` takes a group's `next` and answers that group's next page.";
	const schema = { summary: "Search", description, tags: ["cases"], querystring: Query };
	app.get("/api/search", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		const { q, after, limit } = request.query;
		const all = soughtBy(actor, q, desk);
		const place =
			after === undefined ? null : readPlace(after, Place, ([by, changedAt, id]) => ({ by, changedAt, id }));
		if (after !== undefined && !place)
			return sendMalformed(reply, [{ at: "after", problem: "not a place in this search" }], edge.saying);
		const sought = place ? all.filter((one) => one.by === place.by) : all;
		const groups = await search(desk, actor, q, sought, place, limit);
		return { groups: groups.filter((one) => one.hits.length > 0 || one.next !== null) };
	});
}

/** The ways in which this text can be looked for, by this actor: outside the office only by whole numbers. */
function soughtBy(actor: Actor, q: string, { keys }: Desk): Sought[] {
	const number = numberOf(q);
	const numbers = [...new Set([q, q.toUpperCase(), q.toLowerCase(), q.replaceAll(/\s/g, "")])];
	const query = queryOf(q);
	const open: Sought[] = [...(number ? [{ by: "number" as const, number }] : []), { by: "order", numbers }];
	if (!can(actor, ...STAFF)) return open;
	return [
		...open,
		{ by: "outside", numbers },
		{ by: "person", lookup: lookupOf(q, keys) },
		...(query ? [{ by: "words" as const, query }] : []),
	];
}

interface Counted {
	count: number;
	matched: number;
}

async function search(
	{ database }: Desk,
	actor: Actor,
	q: string,
	sought: readonly Sought[],
	after: After | null,
	limit: number,
): Promise<Group[]> {
	const counted = (await database.read(sought.map((one) => countCases(actor, one)))).flat() as Counted[];
	const common = (n: number) => (counted[n]?.matched ?? 0) > COMMON;
	const answers = (await database.read(
		sought.map((one, n) => findCases(actor, one, after, limit, common(n) ? "dates" : "index")),
	)) as FoundCase[][];
	const terms = termsOf(q);
	const candidates = answers[sought.findIndex((one) => one.by === "words")] ?? [];
	const words = await wordsIn(database, actor, candidates, terms);
	const known = new Set<string>();
	return sought.map(({ by }, n): Group => {
		const rows = answers[n] ?? [];
		const page = rows.slice(0, limit);
		const last = rows.length > limit ? page.at(-1) : undefined;
		const next = last ? placeOf([by, last.changedAt, last.id]) : null;
		const hits = hitsOf(by, page, { q, terms, words }).filter((one) => !known.has(one.case.id));
		for (const one of hits) known.add(one.case.id);
		const count = counted[n]?.count ?? 0;
		return { by, hits, count: Math.min(count, COUNTED), more: count > COUNTED || common(n), next };
	});
}

async function wordsIn(
	database: Desk["database"],
	actor: Actor,
	found: readonly FoundCase[],
	terms: readonly string[],
): Promise<WordsHolding[]> {
	if (found.length === 0) return [];
	const ids = found.map((one) => one.id);
	const [rows = []] = await database.read([wordsHolding(actor.company, ids, terms)]);
	return rows as WordsHolding[];
}
