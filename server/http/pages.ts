import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { App, Edge } from "./app.ts";
import { plain, sendProblem } from "./problem.ts";

const BUILT = join(import.meta.dirname, "..", "..", "dist", "web");

/** The page of the phones for an address: a complainant's link, complaining without an account, whoever is complained of. */
const PHONE: Readonly<Record<string, string>> = {
	c: "phone-follow.html",
	complain: "phone-complain.html",
	m: "phone-work.html",
};

/** The pages, built by vite; every address that is neither a file, the API's nor the phones' is the desk's own. */
export async function pageRoutes(app: App, { saying }: Edge): Promise<void> {
	if (!existsSync(BUILT)) return;
	await app.register(fastifyStatic, {
		root: BUILT,
		wildcard: false,
		preCompressed: true,
		immutable: true,
		maxAge: "30d",
		index: false,
	});
	app.get("/*", { schema: { hide: true } }, (request, reply) => {
		// what looks like a file and is none is not there
		if (/\.[a-z0-9]+$/i.test(request.url.split("?")[0] ?? ""))
			return sendProblem(reply, plain("not-found", 404, saying, request.language));
		const page = PHONE[/^\/(\w+)(?:[/?]|$)/.exec(request.url)?.[1] ?? ""] ?? "index.html";
		return reply.header("cache-control", "no-cache").sendFile(page, { immutable: false, maxAge: 0 });
	});
	app.get("/api/*", { schema: { hide: true } }, (request, reply) =>
		sendProblem(reply, plain("not-found", 404, saying, request.language)),
	);
}
