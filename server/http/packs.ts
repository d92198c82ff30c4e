import { z } from "zod";
import { Example } from "#engine/packs/example.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { tryPack } from "#engine/packs/try.ts";
import { examplesOf } from "../packs.ts";
import { colleague, isColleague } from "./administrator.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { sendMalformed, sendNotFound } from "./problem.ts";

const Name = z.object({ name: z.string().min(1).max(60) });
const Version = z.object({ version: z.string().max(20).optional() });
const Given = z.strictObject({ given: Example.shape.given });

/** Calendars are asked only within these years: outside nothing can be reckoned. */
const YEARS = { from: "1990", to: "2100" };
const tags = ["packs"];

/** The packs in use: what they say, and what they would make of a situation. */
export function packRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	app.get("/api/packs", { schema: { summary: "Packs", tags } }, async (request) => {
		callerOf(request);
		return { packs: desk.packs.all.map(headOf) };
	});
	const reading = {
		summary: "One pack",
		description: "The office sees all tables with their sources; others the categories, seats and words.",
		tags,
		params: Name,
		querystring: Version,
	};
	app.get("/api/packs/:name", { schema: reading }, async (request, reply) => {
		const { actor } = callerOf(request);
		const pack = packIn(edge, request.params.name, request.query.version);
		if (!pack) return sendNotFound(reply, edge.saying);
		return isColleague(actor) ? { ...headOf(pack), ...pack.data, facts: pack.sheet } : outside(pack);
	});
	const examples = {
		summary: "The examples of a pack: situations, and what must come of them",
		tags,
		params: Name,
		querystring: Version,
	};
	app.get("/api/packs/:name/examples", { schema: examples }, async (request, reply) => {
		if (!colleague(edge, request, reply)) return reply;
		const pack = packIn(edge, request.params.name, request.query.version);
		if (!pack) return sendNotFound(reply, edge.saying);
		const found = await examplesOf(pack);
		return { examples: found.map(({ file, example }) => ({ file, ...example })) };
	});
	const trying = {
		summary: "What a pack makes of a situation",
		description:
			"A situation as in a pack's examples, under `given`; the answer shows category, grade, due times, fault, remedies with their arithmetic, approval and sanctions.",
		tags,
		params: Name,
		querystring: Version,
		body: Given,
	};
	app.post("/api/packs/:name/try", { schema: trying }, async (request, reply) => {
		if (!colleague(edge, request, reply)) return reply;
		const pack = packIn(edge, request.params.name, request.query.version);
		if (!pack) return sendNotFound(reply, edge.saying);
		const { given } = request.body;
		if (given.received < YEARS.from || given.received >= YEARS.to)
			return sendMalformed(reply, [{ at: "given.received", problem: "too far from today" }], edge.saying);
		return { pack: pack.name, version: pack.version, ...tryPack(pack, given, desk.days.current) };
	});
}

function packIn({ desk }: Edge, name: string, version: string | undefined): LoadedPack | null {
	if (version === undefined) return desk.packs.newest(name);
	return desk.packs.find(name, version);
}

function headOf({ name, version, from, data, categories }: LoadedPack) {
	const { name: title, currency, zone } = data.head;
	return { name, version, from, title, currency, zone, categories: categories.size };
}

function outside(pack: LoadedPack) {
	const { head, categories, clocks, evidence, followUp, appeals, proceedings } = pack.data;
	return {
		...headOf(pack),
		head: { words: head.words, seats: head.seats },
		categories: {
			groups: categories.groups,
			categories: categories.categories.map(({ id, group, name, plain, accuses, evidence: recipes }) => ({
				id,
				group,
				name,
				plain,
				accuses,
				evidence: recipes,
			})),
		},
		evidence: { recipes: evidence.recipes },
		followUp: { questions: followUp.questions },
		appeals: { grounds: appeals.grounds },
		clocks: { clocks: clocks.clocks.filter(isPromised).map(({ name, label }) => ({ name, label })) },
		proceedings: { bodies: toldOf(proceedings.bodies) },
	};
}

/** What the law or the company has promised to whoever complains; the office's own targets stay inside. */
function isPromised({ kind }: LoadedPack["data"]["clocks"]["clocks"][number]): boolean {
	return kind !== "internal";
}

/** Where one may turn outside the company, and when. */
function toldOf(bodies: LoadedPack["data"]["proceedings"]["bodies"]) {
	return Object.fromEntries(
		Object.entries(bodies).flatMap(([id, { name, kind, refer }]) =>
			refer ? [[id, { name, kind, refer }]] : [],
		),
	);
}
