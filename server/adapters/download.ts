import { type Fault, fault } from "#server/ports/fault.ts";
import { faultOf } from "./exchange.ts";

/**
 * The content behind an address, as it comes; whoever reads it bounds it. Redirects are not followed. The time limit
 * is for the beginning of the answer, and for the whole ten times as long. Faults: timeout, unreachable, not-found, refused.
 */
export async function download(
	url: URL,
	timeoutMs: number,
): Promise<{ ok: true; content: AsyncIterable<Uint8Array> } | Fault> {
	const begun = new AbortController();
	const timer = setTimeout(() => begun.abort(new DOMException("too late", "TimeoutError")), timeoutMs);
	try {
		const signal = AbortSignal.any([begun.signal, AbortSignal.timeout(timeoutMs * 10)]);
		const response = await fetch(url, { redirect: "manual", signal });
		const { status, body } = response;
		if (status === 200 && body !== null) return { ok: true, content: body };
		await body?.cancel();
		const reason = status === 404 || status === 410 ? "not-found" : status >= 500 ? "unreachable" : "refused";
		return fault(reason, `${url.host}: status ${status}`);
	} catch (error) {
		return faultOf(error, { url, timeoutMs });
	} finally {
		clearTimeout(timer);
	}
}
