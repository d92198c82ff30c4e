import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import { type Scenario, scorePractice } from "#engine/practice.ts";
import { markTest } from "#engine/training.ts";
import { handle } from "../handle.ts";
import { newId } from "../ids.ts";
import { commit } from "../store/commit.ts";
import { listPractice, type PracticeRow, savePractice } from "../store/practice.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { IdempotencyKey, sendAnswer } from "./commands.ts";
import { sendMalformed, sendNotFound, sendRefusal } from "./problem.ts";

const Talk = z.object({ scenario: z.string().min(1).max(60) });
const Assignment = z.object({ case: z.string().min(1).max(100), assignment: z.string().min(1).max(40) });
const tags = ["people"];
const MOST_RESULTS = 50;

/** Practice talks with customers played by a script, and the training that was assigned. */
export function practiceRoutes(talks: readonly Scenario[]): Plugin {
	return (app, edge) => {
		practising(app, edge, talks);
		training(app, edge);
	};
}

function practising(app: App, edge: Edge, talks: readonly Scenario[]): void {
	const { desk, saying } = edge;
	const listing = { summary: "Practice talks, and what came of yours", tags };
	app.get("/api/mine/practice", { schema: listing }, async (request, reply) => {
		const actor = practiser(edge, request, reply);
		if (!actor) return reply;
		const [rows = []] = (await desk.database.read([
			listPractice(actor.company, actor.id, MOST_RESULTS),
		])) as PracticeRow[][];
		return { talks, results: rows };
	});
	const scoring = {
		summary: "Go through a practice talk: `path` holds the number chosen at each turn",
		tags,
		params: Talk,
		headers: IdempotencyKey,
		body: z.strictObject({ path: z.array(z.int().min(0).max(3)).min(1).max(30) }),
	};
	app.post("/api/mine/practice/:scenario", { schema: scoring }, async (request, reply) => {
		const actor = practiser(edge, request, reply);
		if (!actor) return reply;
		const talk = talks.find((one) => one.id === request.params.scenario);
		if (!talk) return sendNotFound(reply, saying);
		const { path } = request.body;
		const practised = scorePractice(talk, path);
		if (!practised)
			return sendMalformed(reply, [{ at: "path", problem: "is no way through the talk" }], saying);
		const { score, passed } = practised;
		const key = request.headers["idempotency-key"];
		const id = key ? createHash("sha256").update(`${actor.id} ${key}`).digest("hex").slice(0, 32) : newId();
		const row = { id, scenario: talk.id, score, passed, at: desk.clock() };
		await commit(desk.database, savePractice(actor.company, actor.id, row, path));
		return { ...practised, scenario: talk.id };
	});
}

/** Whoever works for a trade practises; the office may look how it goes. */
function practiser(edge: Edge, request: FastifyRequest, reply: FastifyReply): Actor | null {
	const { actor } = callerOf(request);
	if (!actor.link && can(actor, "respond", "quality", "manage", "answer")) return actor;
	sendRefusal(reply, refusal("NotAuthorised", { needs: ["respond"] }), edge.saying);
	return null;
}

function training(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const reading = { summary: "Training assigned to you: cards and questions", tags, params: Assignment };
	app.get("/api/mine/training/:case/:assignment", { schema: reading }, async (request, reply) => {
		const found = await assigned(edge, request);
		if (!found) return sendNotFound(reply, saying);
		const { course, one } = found;
		const { name, cards, questions, pass } = course;
		return {
			...{ id: one.id, due: one.due, result: one.result && { ...one.result, by: undefined } },
			...{ name, cards, pass, questions: questions.map(({ ask, options }) => ({ ask, options })) },
		};
	});
	const answering = {
		summary: "Answer the questions of a training; scored here, with what was right",
		tags,
		params: Assignment,
		headers: IdempotencyKey,
		body: z.strictObject({ answers: z.array(z.int().min(0).max(20)).min(1).max(50) }),
	};
	app.post("/api/mine/training/:case/:assignment", { schema: answering }, async (request, reply) => {
		const found = await assigned(edge, request);
		if (!found) return sendNotFound(reply, saying);
		const { course, kase } = found;
		const { answers } = request.body;
		const marked = markTest(course, answers);
		if (!marked) return sendMalformed(reply, [{ at: "answers", problem: "one for each question" }], saying);
		const { actor } = callerOf(request);
		const type = "RecordTrainingResult";
		const fields = { assignment: request.params.assignment, answers };
		const idempotencyKey = request.headers["idempotency-key"];
		const answer = await handle(desk, { actor, case: kase.id, type, fields, idempotencyKey });
		if (!answer.ok) return sendAnswer(request, reply, type, answer, edge);
		const { score, right } = marked;
		return { score, passed: score >= course.pass, right, answers: course.questions.map((one) => one.right) };
	});
}

/** The asker's own assignment, and the course that it names. */
async function assigned(edge: Edge, request: FastifyRequest) {
	const caller = callerOf(request);
	const parsed = Assignment.parse(request.params);
	const kase = await readCase(edge.desk, caller, parsed.case);
	const one = kase?.improvement.training.find((known) => known.id === parsed.assignment);
	if (!kase || one?.person !== caller.actor.id) return null;
	const pack = edge.desk.packs.get(kase.pack.name, kase.pack.version);
	const course = pack.data.improvement.training[one.training];
	return course ? { kase, one, course } : null;
}
