import { type Fault, fault } from "#server/ports/fault.ts";

export type Ask = {
	method: "GET" | "POST";
	url: URL;
	headers: Record<string, string>;
	body?: string;
	timeoutMs: number;
};

export type Answer = { status: number; headers: Headers; body: string };

/** Answers of providers are small; anything longer isn't one. */
const maxAnswerBytes = 1024 * 1024;

/**
 * One HTTP request with a time limit and a bounded answer. Redirects are not followed, so that
 * credentials reach only the host they were meant for. Any status is an answer; judging it is the caller's part.
 * Faults: timeout, unreachable, too-large. Their detail names the host alone: paths and queries may hold phone numbers.
 */
export async function exchange(ask: Ask): Promise<({ ok: true } & Answer) | Fault> {
	try {
		const response = await fetch(ask.url, {
			method: ask.method,
			headers: ask.headers,
			...(ask.body === undefined ? {} : { body: ask.body }),
			redirect: "manual",
			signal: AbortSignal.timeout(ask.timeoutMs),
		});
		const body = await boundedText(response);
		if (body === null)
			return fault("too-large", `${ask.url.host} answered more than ${maxAnswerBytes} bytes`);
		return { ok: true, status: response.status, headers: response.headers, body };
	} catch (error) {
		return faultOf(error, ask);
	}
}

async function boundedText(response: Response): Promise<string | null> {
	if (response.body === null) return "";
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of response.body) {
		bytes += chunk.length;
		if (bytes > maxAnswerBytes) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

/** What fetch throws, as a fault that names the host alone. */
export function faultOf(error: unknown, ask: Pick<Ask, "url" | "timeoutMs">): Fault {
	if (error instanceof DOMException && error.name === "TimeoutError") {
		return fault("timeout", `${ask.url.host} gave no answer within ${ask.timeoutMs} ms`);
	}
	if (error instanceof TypeError) return fault("unreachable", `${ask.url.host}: ${causeOf(error)}`);
	throw error;
}

function causeOf(error: TypeError): string {
	const { cause } = error;
	if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
	return "the connection broke off";
}

/** Parses JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
