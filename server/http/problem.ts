import type { FastifyReply } from "fastify";
import type { Refusal } from "#engine/decision.ts";
import type { Answer } from "../handle.ts";

/** Errors as RFC 9457 problem documents: what was wrong, where, and what to do, in the asker's language. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	reason?: string;
	[extra: string]: unknown;
}

/** Status by refusal: who may not 403, what is not there 404, what no longer fits 409, what was badly said 422. */
export function statusOf({ reason }: Refusal): number {
	if (["NotAuthorised", "OutsideScope", "RestrictedCase", "NotYourCase", "NotYourPart"].includes(reason)) return 403;
	if (reason === "Malformed" || reason.startsWith("Unknown")) return 422;
	return 409;
}

/** Words for a refusal or a title, by language; filled in by the words of packs/common. */
export interface Saying {
	refusal(refusal: Refusal, language: Language): string;
	title(key: string, language: Language): string;
}
export type Language = "zh" | "en";

export function languageOf(header: string | undefined): Language {
	return /^\s*en\b/i.test(header ?? "") ? "en" : "zh";
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
	return reply.status(problem.status).type("application/problem+json").send(problem);
}

/** The problem document of a command that was not accepted. */
export function problemOf(answer: Exclude<Answer, { ok: true }>, saying: Saying, language: Language): Problem {
	if ("refusal" in answer) {
		const { reason, detail } = answer.refusal;
		const title = saying.refusal(answer.refusal, language);
		return { type: `urn:redress:refusal:${reason}`, title, status: statusOf(answer.refusal), reason, detail: title, given: detail };
	}
	if ("malformed" in answer) return { ...plain("malformed", 422, saying, language), fields: answer.malformed };
	if ("mismatch" in answer) return plain("idempotency-mismatch", 422, saying, language);
	return plain("not-found", 404, saying, language);
}

export function plain(key: string, status: number, saying: Saying, language: Language): Problem {
	return { type: `urn:redress:problem:${key}`, title: saying.title(key, language), status };
}
