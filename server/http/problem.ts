import type { FastifyReply } from "fastify";
import type { Refusal } from "#engine/decision.ts";
import type { Fault, FieldProblem } from "../field-faults.ts";
import type { Answer } from "../handle.ts";

/** Errors as RFC 9457 problem documents: what was wrong, where, and what to do, in the asker's language. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	reason?: string;
	/** Where the request was wrong; the first ones. */
	fields?: FieldProblem[];
	[extra: string]: unknown;
}

/** Status by refusal: who may not 403, what is not there 404, what no longer fits 409, what was badly said 422. */
export function statusOf({ reason }: Refusal): number {
	if (["NotAuthorised", "OutsideScope", "RestrictedCase", "NotYourCase", "NotYourPart"].includes(reason))
		return 403;
	if (reason === "Malformed" || reason.startsWith("Unknown")) return 422;
	return 409;
}

/** Words for a refusal or a title, by language; filled in by the words of packs/common. */
export interface Saying {
	refusal(
		refusal: Refusal,
		language: Language,
		known?: { command?: string; names?: Record<string, string> },
	): string;
	title(key: string, language: Language): string;
	fault(fault: Fault, language: Language): string;
}
export type Language = "zh" | "en";

export function languageOf(header: string | undefined): Language {
	return /^\s*en\b/i.test(header ?? "") ? "en" : "zh";
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
	return reply.status(problem.status).type("application/problem+json").send(problem);
}

/** Refuses with the engine's reason and its words. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, saying: Saying): FastifyReply {
	return sendProblem(reply, problemOf({ ok: false, refusal }, saying, reply.request.language));
}

/** What may not be seen is not there. */
export function sendNotFound(reply: FastifyReply, saying: Saying): FastifyReply {
	return sendProblem(reply, plain("not-found", 404, saying, reply.request.language));
}

export function sendMalformed(
	reply: FastifyReply,
	fields: readonly FieldProblem[],
	saying: Saying,
): FastifyReply {
	return sendProblem(reply, malformed(fields, saying, reply.request.language));
}

/** The problem document of a command that was not accepted. */
export function problemOf(
	answer: Exclude<Answer, { ok: true }>,
	saying: Saying,
	language: Language,
	known: { command?: string; names?: Record<string, string> } = {},
): Problem {
	if ("refusal" in answer) {
		const { reason, detail } = answer.refusal;
		const title = saying.refusal(answer.refusal, language, known);
		return {
			type: `urn:redress:refusal:${reason}`,
			title,
			status: statusOf(answer.refusal),
			reason,
			detail: title,
			given: detail,
		};
	}
	if ("malformed" in answer) return malformed(answer.malformed, saying, language);
	if ("mismatch" in answer) return plain("idempotency-mismatch", 422, saying, language);
	return plain("not-found", 404, saying, language);
}

/** So many wrong fields are told at most. */
const MOST_FIELDS = 20;

export function malformed(fields: readonly FieldProblem[], saying: Saying, language: Language): Problem {
	const told = fields.slice(0, MOST_FIELDS).map(({ at, problem, fault }) => ({
		at,
		problem: fault ? saying.fault(fault, language) : problem,
	}));
	return { ...plain("malformed", 422, saying, language), fields: told };
}

export function plain(key: string, status: number, saying: Saying, language: Language): Problem {
	return { type: `urn:redress:problem:${key}`, title: saying.title(key, language), status };
}
