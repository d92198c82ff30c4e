import { z } from "zod";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import type { App } from "../http/app.ts";
import { languageOf } from "../http/problem.ts";
import { commit } from "../store/commit.ts";
import type { Accounts } from "./accounts.ts";
import { linkOf } from "./actors.ts";
import { noteOpened } from "./link-log.ts";
import { confirmCode, type Link, type LinkRead, linkRefusal, readLink, requestCode } from "./links.ts";
import { originProblem } from "./origin.ts";
import { linkCookie, refuse } from "./routes.ts";
import { type AccountRefusal, refusalOf } from "./words.ts";

/** Browsers keep no cookie longer (RFC 6265bis section 5.5). */
const LONGEST_COOKIE_S = 400 * 24 * 3600;

/** Mounts opening a complainant's link, and confirming that its holder is the complainant. */
export function linkRoutes(accounts: Accounts): (app: App) => Promise<void> {
	const tags = ["accounts"];
	const cookieOf = (token: string, link: Link, now: Instant) =>
		linkCookie(accounts, token, Math.min(LONGEST_COOKIE_S, secondsUntil(link.expiresAt, now)));
	return async (app) => {
		const opening = {
			summary: "Open a complainant's link",
			tags,
			body: z.strictObject({ token: z.string().min(1).max(300) }),
		};
		app.post("/api/link", { schema: opening }, async (request, reply) => {
			const now = accounts.clock();
			const { token } = request.body;
			const foreign = originProblem(request, accounts.publicUrl);
			const shown = foreign ?? linkOrRefusal(await readLink(accounts, token, now));
			if ("reason" in shown) return refuse(request, reply, shown);
			const { cookie } = request.headers;
			const known = await linkOf(accounts, { cookie, authorization: `Link ${token}` }, now);
			const read = known?.ok ? known.link : shown;
			await commit(accounts.database, noteOpened(read, now));
			// Where this link was confirmed before, the cookie holds the better token.
			if (read.confirmed === shown.confirmed) reply.header("set-cookie", cookieOf(token, read, now));
			return reply.send({
				case: read.case,
				party: read.party,
				confirmed: read.confirmed,
				expiresAt: read.expiresAt,
			});
		});
		app.post(
			"/api/link/code",
			{ schema: { summary: "Send a code to the complainant's phone", tags } },
			async (request, reply) => {
				const foreign = originProblem(request, accounts.publicUrl);
				const link = foreign ?? linkOrRefusal(await linkOf(accounts, request.headers, accounts.clock()));
				if ("reason" in link) return refuse(request, reply, link);
				const sent = await requestCode(accounts, link, languageOf(request.headers["accept-language"]));
				return sent.ok
					? reply.send({ sentTo: sent.sentTo, expiresAt: sent.expiresAt })
					: refuse(request, reply, sent.refusal);
			},
		);
		const confirming = {
			summary: "Confirm with the code",
			tags,
			body: z.strictObject({ code: z.string().min(1).max(20) }),
		};
		app.post("/api/link/confirm", { schema: confirming }, async (request, reply) => {
			const now = accounts.clock();
			const foreign = originProblem(request, accounts.publicUrl);
			const link = foreign ?? linkOrRefusal(await linkOf(accounts, request.headers, now));
			if ("reason" in link) return refuse(request, reply, link);
			const confirmed = await confirmCode(accounts, link, request.body.code);
			if (!confirmed.ok) return refuse(request, reply, confirmed.refusal);
			return reply.header("set-cookie", cookieOf(confirmed.token, link, now)).send({ confirmed: true });
		});
	};
}

function linkOrRefusal(read: LinkRead | null): Link | AccountRefusal {
	if (read === null) return refusalOf("NotSignedIn");
	return read.ok ? read.link : linkRefusal(read.reason);
}

function secondsUntil(expiresAt: Instant, now: Instant): number {
	return expiresAt === "infinity" ? LONGEST_COOKIE_S : Math.ceil((epochOf(expiresAt) - epochOf(now)) / 1000);
}
