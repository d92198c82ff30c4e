import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App } from "../http/app.ts";
import { languageOf, sendProblem } from "../http/problem.ts";
import type { Accounts } from "./accounts.ts";
import { type Asker, actorFor, linkCookieName } from "./actors.ts";
import { AUTH_PATH } from "./auth.ts";
import { answerFrom, askAuth, OPEN } from "./bridge.ts";
import { originProblem } from "./origin.ts";
import { PASSWORD_LENGTH } from "./passwords.ts";
import { MOST_IN_LOGIN } from "./users.ts";
import { type AccountRefusal, accountProblem, refusalOf } from "./words.ts";

const SignIn = z.strictObject({
	login: z.string().min(1).max(MOST_IN_LOGIN),
	password: z.string().min(1).max(PASSWORD_LENGTH.most),
});

/** Mounts signing in and out: `/api/session`, and below `/api/auth` what else the sign-in library serves of ours. */
export function authRoutes(accounts: Accounts): (app: App) => Promise<void> {
	return async (app) => {
		const tags = ["accounts"];
		app.post(
			"/api/session",
			{ schema: { summary: "Sign in", tags, body: SignIn } },
			async (request, reply) => {
				const { login, password } = request.body;
				const refused = originProblem(request, accounts.publicUrl);
				if (refused) return refuse(request, reply, refused);
				const response = await askAuth(accounts, request, "/sign-in/username", {
					username: login,
					password,
				});
				return answerFrom(response, request, reply);
			},
		);
		app.get("/api/session", { schema: { summary: "Who is signed in", tags } }, async (request, reply) => {
			const asker = await actorFor(accounts, request.headers, accounts.clock());
			if (asker === null) return refuse(request, reply, refusalOf("NotSignedIn"));
			keepCookies(reply, asker);
			return reply.header("cache-control", "no-store").send(sessionOf(asker));
		});
		app.delete("/api/session", { schema: { summary: "Sign out", tags } }, async (request, reply) => {
			const refused = originProblem(request, accounts.publicUrl);
			if (refused) return refuse(request, reply, refused);
			const response = await askAuth(accounts, request, "/sign-out", {});
			reply.header("set-cookie", linkCookie(accounts, "", 0));
			for (const one of response.headers.getSetCookie()) reply.header("set-cookie", one);
			return reply.status(204).send();
		});
		for (const { path, summary } of OPEN)
			app.route({
				method: "POST",
				url: `${AUTH_PATH}${path}`,
				schema: { summary, tags },
				handler: async (request, reply) => {
					const refused = originProblem(request, accounts.publicUrl);
					if (refused) return refuse(request, reply, refused);
					return answerFrom(await askAuth(accounts, request, path, request.body), request, reply);
				},
			});
	};
}

/** What a page needs to know of who is signed in. */
function sessionOf({ actor, person, language }: Asker) {
	const { kind, company, capabilities, organisations, trades, link } = actor;
	return {
		person: person?.id ?? null,
		name: person?.alias ?? null,
		kind,
		company,
		capabilities,
		roles: person?.roles ?? [],
		organisations,
		trades,
		language,
		...(link ? { link } : {}),
	};
}

/** Sends along the cookies that knowing the asker has renewed. */
export function keepCookies(reply: FastifyReply, asker: Pick<Asker, "cookies">): void {
	for (const one of asker.cookies) reply.header("set-cookie", one);
}

export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: AccountRefusal): FastifyReply {
	const minutes = refusal.detail.minutes;
	if (typeof minutes === "number") reply.header("retry-after", minutes * 60);
	return sendProblem(reply, accountProblem(refusal, languageOf(request.headers["accept-language"])));
}

/** The cookie that holds a link's token, for so many seconds; 0 ends it. */
export function linkCookie(
	{ publicUrl }: Pick<Accounts, "publicUrl">,
	token: string,
	seconds: number,
): string {
	const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
	return `${linkCookieName(publicUrl)}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
