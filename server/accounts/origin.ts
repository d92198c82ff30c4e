import type { IncomingHttpHeaders } from "node:http";
import { type AccountRefusal, refusalOf } from "./words.ts";

const READING = ["GET", "HEAD", "OPTIONS"];

/**
 * Against forged requests from other sites: one that changes something and relies on cookies must come from this
 * site's own pages. Browsers say where from in `Origin`, or at least in `Sec-Fetch-Site`. Requests that show an API
 * key or a link in a header are exempt: another site can't set those. Null when all is well.
 */
export function originProblem(
	request: { method: string; headers: IncomingHttpHeaders },
	publicUrl: string,
): AccountRefusal | null {
	const { headers } = request;
	if (READING.includes(request.method) || /^(Bearer|Link) /i.test(headers.authorization ?? "")) return null;
	const { origin } = headers;
	if (origin !== undefined) return isOwn(origin, publicUrl, headers.host) ? null : refusalOf("ForeignOrigin");
	const site = headers["sec-fetch-site"];
	if (site !== undefined)
		return site === "same-origin" || site === "none" ? null : refusalOf("ForeignOrigin");
	return headers.cookie === undefined ? null : refusalOf("ForeignOrigin");
}

/** The public address, or the very host that was asked: a server at home is reached by several names. */
function isOwn(origin: string, publicUrl: string, host: string | undefined): boolean {
	if (!URL.canParse(origin)) return false;
	const from = new URL(origin);
	return (
		from.origin === new URL(publicUrl).origin || (host !== undefined && from.host === host.toLowerCase())
	);
}
