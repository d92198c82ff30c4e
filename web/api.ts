import type { Capability } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { StepName, Track } from "#engine/steps/names.ts";
import type { Obligation, Standing } from "#engine/steps/step.ts";
import type { Viewer } from "#engine/views/case-view.ts";
import type { JsonSchema } from "./form/schema.ts";
import { languageNow } from "./words.ts";

/** The HTTP API as the pages use it. */

/** What went wrong, as the server says it (RFC 9457). Status 0: the server was not reached. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail?: string;
	reason?: string;
	fields?: { at: string; problem: string }[];
}

export class ProblemError extends Error {
	readonly problem: Problem;
	constructor(problem: Problem) {
		super(problem.title);
		this.name = "ProblemError";
		this.problem = problem;
	}
}

/** The problem behind an error; an error of the page itself is status 0 too. */
export function problemIn(error: unknown): Problem {
	if (error instanceof ProblemError) return error.problem;
	return { type: "urn:redress:problem:unreached", title: "", status: 0 };
}

/**
 * Asks the server. A body that is a form goes as multipart, anything else as JSON.
 * @throws ProblemError with what the server said, or status 0
 */
export async function ask<T>(
	method: "GET" | "POST" | "DELETE",
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<T> {
	const form = body instanceof FormData;
	const response = await fetch(path, {
		method,
		credentials: "same-origin",
		headers: {
			"accept-language": languageNow(),
			...(body === undefined || form ? {} : { "content-type": "application/json" }),
			...headers,
		},
		body: body === undefined ? undefined : form ? body : JSON.stringify(body),
	}).catch(() => null);
	if (!response) throw new ProblemError({ type: "urn:redress:problem:unreached", title: "", status: 0 });
	const text = await response.text();
	const answer: unknown = text === "" ? null : readJson(text);
	if (response.ok) return answer as T;
	throw new ProblemError({
		...(answer as Problem | null),
		type: (answer as Problem | null)?.type ?? "about:blank",
		title: (answer as Problem | null)?.title ?? "",
		status: response.status,
	});
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null; // a proxy's page, not the server's answer
	}
}

export interface Session {
	person: string | null;
	name: string | null;
	kind: string;
	company: string;
	capabilities: readonly Capability[];
	roles: readonly string[];
	trades: readonly string[] | "all";
}

export interface DemoAccount {
	login: string;
	alias: string;
	role: string;
	password: string;
}

export interface CaseRow {
	id: string;
	number: string;
	pack: string;
	kind: string;
	source: string;
	channel: string;
	organisation: string | null;
	owner: string | null;
	urgency: string | null;
	severity: string | null;
	step: StepName;
	outcome: string | null;
	restricted: boolean;
	joined: boolean;
	categories: string[];
	orders: string[];
	receivedAt: string;
	changedAt: string;
	due: string | null;
	statutoryDue: string | null;
	breached: boolean;
	closedAt: string | null;
}

/** What the office calls its people and organisations, by id. */
export interface Directory {
	people: Record<string, { alias: string; kind: string; roles: string[] }>;
	organisations: Record<string, Bilingual & { kind: string }>;
}

export interface CasePage {
	cases: CaseRow[];
	next: string | null;
}

export interface CaseAnswer {
	viewer: Viewer;
	case: Case;
	own: string | null;
	standings: { step: StepName; track: Track; standing: Standing }[];
	obligations: Obligation[];
	allowed: Record<string, true | Refusal>;
	texts: Record<string, string>;
	people: Record<string, string>;
	now: string;
}

export interface HistoryEvent {
	seq: number;
	at: string;
	actor: string;
	type: string;
	data: Record<string, unknown>;
}

export interface History {
	events: HistoryEvent[];
	texts: Record<string, string>;
}

export interface Notice {
	id: string;
	at: string;
	recipient: string;
	channel: string;
	wording: string;
	state: string;
	pretend: boolean;
	text: string | null;
	receipt: string | null;
}

export interface CommandInfo {
	type: string;
	step: StepName | "clocks";
	by: readonly Capability[];
	schema: JsonSchema;
}

export interface PackSummary {
	name: string;
	version: string;
	title: Bilingual;
}

/** What a search found, by the way it was found. `at`: from and to of each match in the text. */
export interface Found {
	groups: {
		by: string;
		hits: {
			case: Pick<CaseRow, "id" | "number" | "pack" | "urgency" | "severity" | "step" | "categories">;
			matched: { in: string; text: string; at: [number, number][] };
		}[];
		count: number;
		more: boolean;
	}[];
}
