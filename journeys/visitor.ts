import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { StepName, Track } from "#engine/steps/names.ts";
import type { Obligation, Standing } from "#engine/steps/step.ts";

/** An accepted command. */
export interface Done {
	case: string;
	number: string;
	seq: number;
	events: { seq: number; type: string }[];
	repeated?: boolean;
}

/** Why not, as a problem document (RFC 9457). */
export interface Problem {
	status: number;
	title: string;
	reason?: string;
	/** The figures and names that came with the refusal. */
	given?: Refusal["detail"];
	fields?: { at: string; problem: string }[];
}

/** A case as its reader may see it. */
export interface Seen {
	viewer: "staff" | "complainant" | "respondent" | "department";
	case: Case;
	own: string | null;
	standings: { step: StepName; track: Track; standing: Standing }[];
	obligations: Obligation[];
	allowed: Record<string, true | Refusal>;
	texts: Record<string, string>;
}

export interface Answer {
	status: number;
	body: unknown;
}

/** Somebody who asks the server over HTTP: a person with a session, or a complainant with the cookie of their link. */
export class Visitor {
	readonly #url: string;
	readonly #cookies = new Map<string, string>();

	constructor(url: string) {
		this.#url = url;
	}

	async signIn(login: string, password: string): Promise<this> {
		await this.#must("POST", "/api/session", { login, password });
		return this;
	}

	/** Opens a link and shows with the code sent to their phone that it is the complainant who holds it. */
	async openLink(token: string, codeSent: () => Promise<string>): Promise<this> {
		await this.#must("POST", "/api/link", { token });
		await this.#must("POST", "/api/link/code");
		await this.#must("POST", "/api/link/confirm", { code: await codeSent() });
		return this;
	}

	async get<T>(path: string): Promise<T> {
		return (await this.#must("GET", path)) as T;
	}

	/** Asks, whatever comes of it. */
	async ask(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const response = await fetch(new URL(path, this.#url), {
			method,
			headers: {
				origin: this.#url,
				...(cookie ? { cookie } : {}),
				...(body === undefined ? {} : { "content-type": "application/json" }),
				...headers,
			},
			body: body === undefined ? null : JSON.stringify(body),
		});
		this.#keepCookies(response.headers.getSetCookie());
		const text = await response.text();
		return { status: response.status, body: text === "" ? null : JSON.parse(text) };
	}

	/** Files a complaint. */
	async files(pack: string, fields: Record<string, unknown>, key?: string): Promise<Done> {
		const headers: Record<string, string> = key ? { "idempotency-key": key } : {};
		return (await this.#must("POST", "/api/complaints", { pack, ...fields }, headers)) as Done;
	}

	/** A command that must be accepted. */
	async does(kase: string, type: string, fields: Record<string, unknown> = {}, key?: string): Promise<Done> {
		const headers: Record<string, string> = key ? { "idempotency-key": key } : {};
		return (await this.#must("POST", `/api/cases/${kase}/commands`, { type, ...fields }, headers)) as Done;
	}

	/** A command that must be refused: with what reason, and the figures that came with it. */
	async refused(kase: string, type: string, fields: Record<string, unknown> = {}): Promise<Problem> {
		const { status, body } = await this.ask("POST", `/api/cases/${kase}/commands`, { type, ...fields });
		if (status < 400) throw new Error(`${type} was accepted: ${JSON.stringify(body)}`);
		return { ...(body as Problem), status };
	}

	async sees(kase: string): Promise<Seen> {
		return await this.get<Seen>(`/api/cases/${kase}`);
	}

	async #must(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<unknown> {
		const answer = await this.ask(method, path, body, headers);
		if (answer.status < 400) return answer.body;
		const asked = JSON.stringify(body ?? null);
		throw new Error(`${method} ${path} ${asked}\n→ ${answer.status} ${JSON.stringify(answer.body)}`);
	}

	#keepCookies(set: readonly string[]): void {
		for (const one of set) {
			const [pair = ""] = one.split(";");
			const at = pair.indexOf("=");
			const value = pair.slice(at + 1);
			if (value) this.#cookies.set(pair.slice(0, at), value);
			else this.#cookies.delete(pair.slice(0, at));
		}
	}
}
