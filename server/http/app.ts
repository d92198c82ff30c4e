import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import Fastify, {
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	LogController,
} from "fastify";
import {
	jsonSchemaTransform,
	serializerCompiler,
	validatorCompiler,
	type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Actor } from "#engine/actor.ts";
import { problemFrom } from "../field-faults.ts";
import type { Desk } from "../handle.ts";
import type { OrderBook } from "../ports/order-book.ts";
import { AdviceError } from "../store/database/advice.ts";
import { Unauthenticated } from "./caller.ts";
import { caseRoutes } from "./cases.ts";
import { commandRoutes } from "./commands.ts";
import { hostileIn } from "./hostile.ts";
import {
	type Language,
	languageOf,
	malformed,
	type Problem,
	plain,
	type Saying,
	sendProblem,
} from "./problem.ts";
import { traditionalWords } from "./traditional.ts";

/** What the HTTP edge stands on. */
export interface Edge {
	desk: Desk;
	saying: Saying;
	/** Where orders are looked up when a complaint names one. */
	orders: OrderBook;
	/** Told of every complaint that was filed here: proof made on the road goes into its case. */
	filed?: (company: string, kase: string) => Promise<void>;
	/** Who is asking: by session, API key or signed link; null when nobody is known. */
	actorFor: (request: FastifyRequest, reply: FastifyReply) => Promise<Caller | null>;
	/** Refuses what another site's page sends in somebody's name; null when all is well. */
	foreign: (request: FastifyRequest) => Problem | null;
	logLevel: string;
	/** Mounted beside the API: accounts, evidence, search, orders, webhooks, pages, health. */
	plugins: readonly Plugin[];
	/** Requests per minute and address. */
	rate: number;
}

/** A group of routes. */
export type Plugin = (app: App, edge: Edge) => Promise<void> | void;

export interface Caller {
	actor: Actor;
	language: Language | null;
}

declare module "fastify" {
	interface FastifyRequest {
		caller: Caller | null;
		language: Language;
		/** What became of the command that this request carried: accepted, repeated, or why not. */
		outcome: { command: string; result: string } | null;
	}
}

export type App = ReturnType<typeof typed>;

function typed(app: FastifyInstance) {
	return app.withTypeProvider<ZodTypeProvider>();
}

/** Largest JSON body in bytes. */
const BODY_LIMIT = 2 * 1024 * 1024;

/** The whole HTTP application, not yet listening. */
export async function buildApp(edge: Edge): Promise<App> {
	const fastify = Fastify({
		logger: edge.logLevel === "silent" ? false : { level: edge.logLevel, serializers: LOGGED },
		// a line for each request says no more than the metrics do
		logController: new LogController({ disableRequestLogging: true }),
		bodyLimit: BODY_LIMIT,
		// a proxy on the same machine may say whom it speaks for; nobody else may
		trustProxy: "loopback",
		routerOptions: { maxParamLength: 200 },
		// an address that can't be read has no route, and so no hooks either
		frameworkErrors: (error, request, reply) =>
			sendProblem(reply, problemFor(error, edge.saying, languageOf(request.headers["accept-language"]))),
	});
	fastify.setValidatorCompiler(validatorCompiler);
	fastify.setSerializerCompiler(serializerCompiler);
	const app = typed(fastify);
	app.decorateRequest("caller", null);
	app.decorateRequest("language", "zh");
	app.decorateRequest("outcome", null);
	await app.register(helmet, { contentSecurityPolicy: { directives: CONTENT_FROM } });
	await app.register(rateLimit, {
		max: edge.rate,
		timeWindow: "1 minute",
		// whoever hung up before being looked at has no address any more
		keyGenerator: ({ ip }) => ip ?? "gone",
		// a whole office may sit behind one address: the pages' own files are not counted
		allowList: ({ url }) => !url.startsWith("/api/"),
	});
	await app.register(swagger, {
		openapi: {
			openapi: "3.1.0",
			info: {
				title: "Redress 诉达",
				version: "1",
				description: "The complaint office of a transport company.",
			},
		},
		transform: jsonSchemaTransform,
	});
	errors(app, edge);
	hooks(app, edge);
	traditionalWords(app);
	commandRoutes(app, edge);
	caseRoutes(app, edge);
	for (const plugin of edge.plugins) await plugin(app, edge);
	return app;
}

/** Of a request only its method and route: addresses hold phone numbers searched for and tokens of links. */
const LOGGED = {
	req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url }),
};

const CONTENT_FROM = {
	"img-src": ["'self'", "data:", "blob:"],
	"media-src": ["'self'", "blob:"],
	"upgrade-insecure-requests": null,
};

function hooks(app: App, edge: Edge): void {
	app.addHook("onRequest", async (request, reply) => {
		request.language = languageOf(request.headers["accept-language"]);
		if (!request.url.startsWith("/api/")) return;
		const foreign = edge.foreign(request);
		if (foreign) return sendProblem(reply, foreign);
		request.caller = await edge.actorFor(request, reply);
		if (request.caller?.language && !request.headers["accept-language"])
			request.language = request.caller.language;
	});
	app.addHook("preValidation", async (request, reply) => {
		const problem =
			hostileIn(request.params) ??
			hostileIn(request.query) ??
			hostileIn(request.body) ??
			hostileIn(request.headers["idempotency-key"]);
		if (problem) return sendProblem(reply, malformed([problem], edge.saying, request.language));
	});
}

/** A user's mistake is never a 500: bad bodies, bad JSON and unknown routes are said in words. */
function errors(app: App, { saying }: Edge): void {
	app.setErrorHandler((error: FastifyError, request, reply: FastifyReply) => {
		const problem = problemFor(error, saying, request.language);
		if (problem.status >= 500) request.log.error({ err: error }, "unexpected");
		return sendProblem(reply, problem);
	});
	app.setNotFoundHandler((request, reply) =>
		sendProblem(reply, plain("not-found", 404, saying, request.language)),
	);
}

function problemFor(error: FastifyError, saying: Saying, language: Language): Problem {
	if (error instanceof Unauthenticated) return plain("unauthenticated", 401, saying, language);
	if (error instanceof AdviceError) return plain("unavailable", 503, saying, language);
	const { validation, statusCode = 500 } = error;
	if (validation) {
		const fields = validation.map(({ instancePath, keyword, message = "", params }) =>
			problemFrom({ ...params, code: keyword, message, path: instancePath.split("/").filter(Boolean) }),
		);
		return malformed(fields, saying, language);
	}
	if (statusCode < 400 || statusCode >= 500) return plain("internal", 500, saying, language);
	return plain(KEY_OF[statusCode] ?? "malformed", statusCode === 406 ? 415 : statusCode, saying, language);
}

/** Fastify's own refusals, by status; a multipart route asked with another type answers 406. */
const KEY_OF: Record<number, string> = {
	401: "unauthenticated",
	404: "not-found",
	406: "unsupported-media",
	413: "too-large",
	415: "unsupported-media",
	429: "too-many-requests",
};
