import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import { Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { numberOf } from "../store/case-read.ts";
import {
	type After,
	COUNTED,
	type Counted,
	estimates,
	type FoundCase,
	findAlongDates,
	findCases,
	isCommon,
	isSurelyCommon,
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
import { peopleCalled } from "./search-people.ts";

const Query = z.object({
	q: z.string().trim().min(1).max(100),
	after: z.string().max(300).optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});

type By = Sought["by"];
const PAGED = ["order", "outside", "person", "words"] as const satisfies readonly By[];
const Place = z.tuple([z.enum(PAGED), Instant, z.string().max(100)]);

/** What was found by one way of searching. `count` stops at 1,000, for common words with the page: then there are `more`. */
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
		"Case numbers, order numbers and external numbers; names, phones and plates, whole; words in Chinese (traditional or simplified) or other scripts. For those in the office also the people whom they work with. `after` takes a group's `next` and answers that group's next page.";
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
		const office = await desk.offices.of(actor.company);
		return {
			groups: groups.filter((one) => one.hits.length > 0 || one.next !== null),
			people: place ? [] : peopleCalled(office, actor, termsOf(q)),
		};
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

/** What was found by one way of searching; how often common words stand somewhere is not counted. */
interface Finding {
	sought: Sought;
	rows: FoundCase[];
	count: number | null;
}

async function search(
	{ database }: Desk,
	actor: Actor,
	q: string,
	sought: readonly Sought[],
	after: After | null,
	limit: number,
): Promise<Group[]> {
	const findings = await find(database, actor, sought, after, limit);
	const terms = termsOf(q);
	const candidates = findings.find((one) => one.sought.by === "words")?.rows ?? [];
	const words = await wordsIn(database, actor, candidates, terms);
	const known = new Set<string>();
	return findings.map(({ sought: { by }, rows, count }): Group => {
		const page = rows.slice(0, limit);
		const last = rows.length > limit ? page.at(-1) : undefined;
		const next = last ? placeOf([by, last.changedAt, last.id]) : null;
		const hits = hitsOf(by, page, { q, terms, words }).filter((one) => !known.has(one.case.id));
		for (const one of hits) known.add(one.case.id);
		if (count === null) return { by, hits, count: page.length, more: next !== null, next };
		return { by, hits, count: Math.min(count, COUNTED), more: count > COUNTED, next };
	});
}

type Row = Counted & (FoundCase | { id: null });

async function find(
	database: Desk["database"],
	actor: Actor,
	all: readonly Sought[],
	after: After | null,
	limit: number,
): Promise<Finding[]> {
	const words = all.find((one) => one.by === "words");
	const others = all.filter((one) => one.by !== "words");
	const answers = await database.read([
		...others.map((one) => findCases(actor, one, after, limit)),
		...(words ? estimates(actor.company, words) : []),
	]);
	const findings = others.map((sought, n) => findingOf(sought, answers[n] as Row[]));
	if (!words) return findings;
	if (!isSurelyCommon(answers.slice(others.length))) {
		const [rows = []] = (await database.read([findCases(actor, words, after, limit)])) as Row[][];
		if (!rows.some(isCommon)) return [...findings, findingOf(words, rows)];
	}
	const [latest = []] = await database.read([findAlongDates(actor, words, after, limit)]);
	return [...findings, { sought: words, rows: latest as FoundCase[], count: null }];
}

function findingOf(sought: Sought, rows: readonly Row[]): Finding {
	return { sought, rows: rows.flatMap(caseIn), count: rows[0]?.count ?? 0 };
}

function caseIn({ matched: _, count: __, ...row }: Row): FoundCase[] {
	return row.id === null ? [] : [row];
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
