import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Actor } from "#engine/actor.ts";
import type { Desk } from "../handle.ts";
import { caseRoutes } from "./cases.ts";
import { commandRoutes } from "./commands.ts";
import { type Language, languageOf, plain, type Saying, sendProblem } from "./problem.ts";

/** What the HTTP edge stands on. */
export interface Edge {
	desk: Desk;
	saying: Saying;
	/** Who is asking: by session, API key or signed link; null when nobody is known. */
	actorFor: (request: FastifyRequest) => Promise<Caller | null>;
	logLevel: string;
	/** Mounted beside the API: accounts, evidence, search, orders, webhooks, pages, health. */
	plugins: readonly ((app: App, edge: Edge) => Promise<void> | void)[];
	/** Requests per minute and address. */
	rate: number;
}

export interface Caller {
	actor: Actor;
	language: Language | null;
}

declare module "fastify" {
	interface FastifyRequest {
		caller: Caller | null;
		language: Language;
	}
}

export type App = ReturnType<typeof typed>;

function typed(app: FastifyInstance) {
	return app.withTypeProvider<ZodTypeProvider>();
}

/** The whole HTTP application, not yet listening. */
export async function buildApp(edge: Edge): Promise<App> {
	const fastify = Fastify({
		logger: edge.logLevel === "silent" ? false : { level: edge.logLevel, redact: ["req.headers.authorization", "req.headers.cookie"] },
		bodyLimit: 2 * 1024 * 1024,
		trustProxy: true,
		routerOptions: { maxParamLength: 200 },
	});
	fastify.setValidatorCompiler(validatorCompiler);
	fastify.setSerializerCompiler(serializerCompiler);
	const app = typed(fastify);
	app.decorateRequest("caller", null);
	app.decorateRequest("language", "zh");
	await app.register(helmet, { contentSecurityPolicy: { directives: { "img-src": ["'self'", "data:", "blob:"], "media-src": ["'self'", "blob:"], "upgrade-insecure-requests": null } } });
	await app.register(rateLimit, { max: edge.rate, timeWindow: "1 minute" });
	await app.register(swagger, {
		openapi: { openapi: "3.1.0", info: { title: "Redress 诉达", version: "1", description: "The complaint office of a transport company." } },
		transform: jsonSchemaTransform,
	});
	errors(app, edge);
	app.addHook("onRequest", async (request) => {
		request.language = languageOf(request.headers["accept-language"]);
		if (!request.url.startsWith("/api/")) return;
		request.caller = await edge.actorFor(request);
		if (request.caller?.language && !request.headers["accept-language"]) request.language = request.caller.language;
	});
	commandRoutes(app, edge);
	caseRoutes(app, edge);
	for (const plugin of edge.plugins) await plugin(app, edge);
	return app;
}

/** The asker; throws what the error handler turns into 401. */
export function callerOf(request: FastifyRequest): Caller {
	if (!request.caller) throw new Unauthenticated();
	return request.caller;
}

export class Unauthenticated extends Error {}

/** A user's mistake is never a 500: bad bodies, bad JSON and unknown routes are said in words. */
function errors(app: App, { saying }: Edge): void {
	app.setErrorHandler((error, request, reply) => {
		const { language } = request;
		if (error instanceof Unauthenticated) return sendProblem(reply, plain("unauthenticated", 401, saying, language));
		const { validation, statusCode = 500 } = error as { validation?: { instancePath: string; message?: string }[]; statusCode?: number };
		if (validation) {
			const fields = validation.map((one) => ({ at: one.instancePath.slice(1).replaceAll("/", "."), problem: one.message ?? "" }));
			return sendProblem(reply, { ...plain("malformed", 422, saying, language), fields });
		}
		if (statusCode >= 400 && statusCode < 500) return sendProblem(reply, plain(KEY_OF[statusCode] ?? "malformed", statusCode, saying, language));
		request.log.error({ err: error }, "unexpected");
		return sendProblem(reply, plain("internal", 500, saying, language));
	});
	app.setNotFoundHandler((request, reply) => sendProblem(reply, plain("not-found", 404, saying, request.language)));
}

const KEY_OF: Record<number, string> = { 400: "malformed", 401: "unauthenticated", 404: "not-found", 413: "too-large", 415: "unsupported-media", 429: "too-many-requests" };
