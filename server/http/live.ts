import { once } from "node:events";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "#engine/actor.ts";
import { LiveFeed, type Told } from "../live/feed.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { presenceRoutes } from "./presence.ts";
import { plain, sendMalformed, sendProblem } from "./problem.ts";

const BEAT_MS = 20_000;
/** So often it is asked again who is listening: sessions end, people leave. */
const ASK_AGAIN_MS = 60_000;
/** Open streams of one person; beyond, the oldest is ended. */
const MOST_STREAMS = 20;
/** A reader so far behind is let go: it comes back and catches up. */
const MOST_UNREAD = 1024 * 1024;

const Moment = z
	.string()
	.regex(/^\d{1,16}$/)
	.transform(Number);
const Since = z.object({ since: Moment.optional() });

/** Changes as they happen, as server-sent events. */
export function liveRoutes(app: App, edge: Edge): void {
	const { desk, saying } = edge;
	const feed = new LiveFeed(desk);
	const before = desk.committed;
	desk.committed = (what) => {
		before(what);
		feed.wake(what.company);
	};
	const streams = new Map<string, Stream[]>();
	app.addHook("preClose", async () => {
		for (const stream of [...streams.values()].flat()) stream.end();
		feed.stop();
	});
	const schema = {
		summary: "Changes of the cases that you may see, as server-sent events",
		tags: ["live"],
		querystring: Since,
	};
	app.get("/api/live", { schema }, async (request, reply) => {
		const { actor } = callerOf(request);
		if (!String(request.headers.accept ?? "").includes("text/event-stream"))
			return sendProblem(reply, plain("not-acceptable", 406, saying, request.language));
		const last = request.headers["last-event-id"];
		const given =
			last === undefined || last === "" ? { success: true, data: undefined } : Moment.safeParse(last);
		if (!given.success) return sendMalformed(reply, [{ at: "last-event-id", problem: "no moment" }], saying);
		const stream = new Stream(reply, () => edge.actorFor(request, reply));
		const open = [...(streams.get(actor.id) ?? []), stream];
		streams.set(actor.id, open);
		if (open.length > MOST_STREAMS) open[0]?.end();
		stream.ended.then(() => {
			const rest = (streams.get(actor.id) ?? []).filter((one) => one !== stream);
			if (rest.length > 0) streams.set(actor.id, rest);
			else streams.delete(actor.id);
		});
		await stream.run(feed, actor, given.data ?? request.query.since ?? null, request);
		return reply;
	});
	presenceRoutes(app, edge, (company) => feed.wake(company));
}

/** One open answer. */
class Stream {
	readonly ended: Promise<unknown>;
	readonly #reply: FastifyReply;
	readonly #again: () => Promise<{ actor: Actor } | null>;
	#timers: NodeJS.Timeout[] = [];

	constructor(reply: FastifyReply, again: () => Promise<{ actor: Actor } | null>) {
		this.#reply = reply;
		this.#again = again;
		this.ended = once(reply.raw, "close").catch(() => {});
	}

	async run(feed: LiveFeed, actor: Actor, since: number | null, request: FastifyRequest): Promise<void> {
		const reply = this.#reply;
		reply.hijack();
		reply.raw.writeHead(200, {
			...(reply.getHeaders() as Record<string, string>),
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache, no-transform",
			"x-accel-buffering": "no",
		});
		this.#write("retry: 2000\n\n");
		const tell = (told: readonly Told[]) => this.#write(told.map(blockOf).join(""));
		const starting = feed.listen({ actor, tell }, since);
		this.ended.then(async () => {
			for (const one of this.#timers) clearInterval(one);
			(await starting.catch(() => null))?.end();
		});
		try {
			const { told } = await starting;
			const beat = (event: string) => this.#write(`id: ${told()}\nevent: ${event}\ndata: {}\n\n`);
			beat("hello");
			this.#timers = [
				setInterval(() => beat("beat"), BEAT_MS),
				setInterval(() => void this.#stillThere(actor), ASK_AGAIN_MS),
			];
			if (reply.raw.destroyed) for (const one of this.#timers) clearInterval(one);
		} catch (error) {
			// what went wrong at the beginning is tried again by the reader
			request.log.warn(error);
			this.end();
		}
	}

	end(): void {
		this.#reply.raw.end();
	}

	#write(text: string): void {
		const { raw } = this.#reply;
		if (raw.writableEnded || raw.destroyed) return;
		raw.write(text);
		if (raw.writableLength > MOST_UNREAD) raw.destroy();
	}

	/** Whoever has signed out, left or been given other rights is told so, and comes back as who they are now. */
	async #stillThere(actor: Actor): Promise<void> {
		const now = await this.#again().catch(() => ({ actor }));
		if (now && JSON.stringify(now.actor) === JSON.stringify(actor)) return;
		this.#write(`event: ${now ? "changed" : "ended"}\ndata: {}\n\n`);
		this.end();
	}
}

function blockOf({ event, id, data }: Told): string {
	return `${id === null ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
