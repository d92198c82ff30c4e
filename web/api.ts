import type { Capability } from "#engine/actor.ts";
import type { Case, Finding, Money, Side } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { Explanation } from "#engine/rules/evaluate.ts";
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
	method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
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
	/** The clock that presses most; null in rows written by an older release. */
	dueClock: string | null;
	dueKind: "statutory" | "promise" | "internal" | null;
	dueFrom: string | null;
	breached: boolean;
	closedAt: string | null;
	seq: number;
	/** Persons. */
	respondents: string[];
	/** Masked names, and the first words without names or numbers; null for whoever may not read them. */
	complainant: string | null;
	respondent: string | null;
	words: string | null;
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

/** A case like another: why it is, and how it ended. */
export interface SimilarCase
	extends Pick<
		CaseRow,
		"id" | "number" | "pack" | "step" | "severity" | "categories" | "outcome" | "receivedAt" | "closedAt"
	> {
	because: ("order" | "respondent" | "complainant" | "category" | "words")[];
	amount: Money | null;
	finding: Pick<Finding, "upheld" | "liable" | "cause"> | null;
}

/** Earlier complaints of a party, or against them. */
export interface Past {
	party: string;
	side: Side;
	bySeverity: Record<"A" | "B" | "C" | "none", number>;
	open: number;
	year: number;
	count: number;
	/** There are more than were counted. */
	more: boolean;
	recent: Pick<
		CaseRow,
		"id" | "number" | "pack" | "severity" | "step" | "categories" | "outcome" | "receivedAt" | "closedAt"
	>[];
	conduct: {
		score: number;
		base: number;
		inForce: { id: string; kind: string; points: number; until: string | null; case: string }[];
	} | null;
}

/** What the fault table says of an allegation; or what it still needs. Shares by seat. */
export interface FaultAnswer {
	allegation: string;
	upheld: "yes" | "in-part";
	proposal: {
		liable: boolean;
		shares: Record<string, number>;
		cause: string;
		explanation: Explanation;
	} | null;
	missing: Refusal | null;
}

/** What would go out if a command were given. */
export interface Preview {
	notices: {
		wording: string;
		language: "zh" | "en";
		channel: string;
		/** Not before then: it is night. */
		at: string | null;
		to: string[];
		text: string;
	}[];
	letter: { letter: string; to: string; language: "zh" | "en"; subject: string; body: string } | null;
}

/** A case study of the library. */
export interface CaseStudy {
	case: string;
	number: string;
	pack: string;
	categories: string[];
	at: string;
	lesson: string;
	text: string;
}

/** What a search found, by the way it was found. `at`: from and to of each match in the text. */
export interface Found {
	groups: {
		by: string;
		hits: {
			case: Pick<
				CaseRow,
				"id" | "number" | "pack" | "urgency" | "severity" | "step" | "categories" | "closedAt"
			>;
			matched: { in: string; text: string; at: [number, number][] };
		}[];
		count: number;
		more: boolean;
	}[];
	/** Those of the office and its workers who are called so. */
	people: {
		id: string;
		alias: string;
		kind: string;
		organisation: string | null;
		roles: string[];
		at: [number, number][];
	}[];
}
