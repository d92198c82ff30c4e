import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { instantPlus } from "#engine/time/instant.ts";
import { clearIncoming } from "../adapters/disk/evidence.ts";
import type { Desk } from "../handle.ts";
import { newId } from "../ids.ts";
import { commit } from "../store/commit.ts";
import {
	closeUpload,
	dropUpload,
	dropUploadsBefore,
	openUpload,
	openUploads,
	readUpload,
	type UploadRow,
} from "../store/uploads.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { type EvidencePlace, mayAdd } from "./evidence-intake.ts";
import { hostileIn } from "./hostile.ts";
import { ownOrder, worker } from "./order-workers.ts";
import { plain, sendMalformed, sendNotFound, sendProblem } from "./problem.ts";

/** Resumable uploads by the tus protocol 1.0 (tus.io): for video, and for lines that break. */

/** How long the pieces of an upload are kept. */
export const KEPT_HOURS = 24;
/** Uploads that somebody may have under way for one case or order. */
const MOST_OPEN = 20;
const PIECE = "application/offset+octet-stream";
const UploadId = z.object({ upload: z.string().min(1).max(100) });

/** Where the pieces of uploads lie. */
export function uploadStore(place: EvidencePlace): FileStore {
	return new FileStore({
		directory: place.uploads,
		expirationPeriodInMilliseconds: KEPT_HOURS * 3_600_000,
	});
}

/** What an upload made on the road is for, where others are for a case. */
export function orderStream(number: string): string {
	return `order:${number}`;
}

/** Sends a request on to the tus server, with the id that a new upload is to have. */
type Pass = (request: FastifyRequest, id: string) => Promise<Response>;

/**
 * Mounts `/api/uploads`. An upload is begun for a case (`case` in Upload-Metadata), by somebody who may add evidence to
 * it, or for an order (`order`), by whoever works on it; and seen by nobody else.
 */
export function uploadRoutes(app: App, edge: Edge, place: EvidencePlace, files: FileStore): void {
	const pass = tusBehind(files, place.maxBytes);
	// the body is read by the tus server
	app.addContentTypeParser(PIECE, (_request, _payload, done) => done(null));
	const summary = "Begin a resumable upload (tus 1.0)";
	const description =
		"Upload-Metadata must hold `case`, or `order` for what is noted on an order. Its Location is then given to `evidence/from-upload`, or to the file of the act.";
	app.post(
		"/api/uploads",
		{ schema: { summary, description, tags: ["evidence"] } },
		async (request, reply) => {
			const caller = callerOf(request);
			reply.header("connection", "close");
			const stream = await streamFor(edge, request, reply);
			if (stream === null) return reply;
			if (await tooMany(edge, caller, stream))
				return sendProblem(reply, plain("too-many-requests", 429, edge.saying, request.language));
			reply.removeHeader("connection");
			await sweepHourly(edge.desk, place, files);
			const row = { id: newId(), stream, by: caller.actor.id, done: null };
			const answer = await pass(request, row.id);
			const bytes = Number(request.headers["upload-length"] ?? 0);
			const { company } = caller.actor;
			if (answer.ok) await commit(edge.desk.database, openUpload(company, row, bytes, edge.desk.clock()));
			return await sendOn(edge, request, reply, answer);
		},
	);
	for (const method of ["HEAD", "PATCH", "DELETE"] as const)
		app.route({
			method,
			url: "/api/uploads/:upload",
			schema: { summary: `${SUMMARY[method]} (tus 1.0)`, tags: ["evidence"], params: UploadId },
			handler: async (request, reply) => {
				const caller = callerOf(request);
				const { upload } = request.params;
				if (!(await ownUpload(edge, caller, upload))) return sendNotFound(reply, edge.saying);
				const answer = await pass(request, upload);
				if (method === "DELETE" && answer.ok)
					await commit(edge.desk.database, dropUpload(caller.actor.company, upload));
				return await sendOn(edge, request, reply, answer);
			},
		});
}

/** What the upload is for, if the caller may begin it; otherwise the refusal has been sent. */
async function streamFor(edge: Edge, request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
	const id = named("case", request);
	if (id && CASE_ID.test(id)) return (await mayAdd(edge, callerOf(request), id, reply))?.id ?? null;
	const number = named("order", request);
	if (!number || number.length > 100) {
		sendMalformed(
			reply,
			[{ at: "Upload-Metadata", problem: "must name the case or the order" }],
			edge.saying,
		);
		return null;
	}
	const actor = worker(edge, request, reply);
	if (!actor) return null;
	if (await ownOrder(edge, actor, number)) return orderStream(number);
	sendNotFound(reply, edge.saying);
	return null;
}

const SUMMARY = {
	HEAD: "How much of an upload is here",
	PATCH: "Send the next piece of an upload",
	DELETE: "Drop an upload",
};

/** The tus server, spoken to as a function: answers go out through our own replies. */
function tusBehind(files: FileStore, maxBytes: number): Pass {
	const tus = new Server({
		path: "/api/uploads",
		datastore: files,
		maxSize: maxBytes,
		relativeLocation: true,
		allowedOrigins: [],
		namingFunction: (request) => request.headers.get(NAME) ?? newId(),
	});
	return async (request, id) => {
		const headers = new Headers();
		for (const [name, value] of Object.entries(request.headers))
			if (typeof value === "string") headers.set(name, value);
		headers.set(NAME, id);
		const hasBody = request.method === "PATCH" || request.headers["content-type"] === PIECE;
		const body = hasBody ? Readable.toWeb(request.raw) : null;
		// a stream from Node is one for the web, though their types don't know of each other
		const init = { method: request.method, headers, body, duplex: "half" } as unknown;
		const url = new URL(request.url, "http://localhost");
		return await tus.handleWeb(new Request(url, init as ConstructorParameters<typeof Request>[1]));
	};
}

/** How the id goes to the tus server; one from outside is overwritten. */
const NAME = "x-redress-upload";

async function sendOn(edge: Edge, request: FastifyRequest, reply: FastifyReply, answer: Response) {
	for (const [name, value] of answer.headers)
		if (!name.startsWith("access-control-") && name !== "content-length" && name !== "content-type")
			reply.header(name, value);
	const text = await answer.text();
	if (answer.ok) return reply.status(answer.status).send(text);
	const key = KEY_OF[answer.status] ?? "malformed";
	const problem = plain(key, answer.status, edge.saying, request.language);
	return sendProblem(reply, { ...problem, detail: text.trim() });
}

/** The tus server's refusals; 410: it ran out of time, 423: another piece of it is coming in. */
const KEY_OF: Record<number, string> = {
	404: "not-found",
	409: "conflict",
	410: "not-found",
	413: "too-large",
	415: "unsupported-media",
	423: "conflict",
	500: "internal",
};

const CASE_ID = /^[\w-]{1,100}$/;

/** What Upload-Metadata names: pairs of a key and a value in base64, separated by commas. */
function named(key: "case" | "order", request: FastifyRequest): string | null {
	const pairs = String(request.headers["upload-metadata"] ?? "").split(",");
	const [, value = ""] = pairs.map((one) => one.trim().split(/ +/)).find(([name]) => name === key) ?? [];
	const text = Buffer.from(value, "base64").toString();
	return text === "" || hostileIn(text) ? null : text;
}

async function tooMany({ desk }: Edge, { actor }: Caller, stream: string): Promise<boolean> {
	const [[row] = []] = (await desk.database.read([openUploads(actor.company, stream, actor.id)])) as {
		open: number;
	}[][];
	return (row?.open ?? 0) >= MOST_OPEN;
}

async function ownUpload({ desk }: Edge, { actor }: Caller, id: string): Promise<UploadRow | null> {
	const [[row] = []] = (await desk.database.read([readUpload(actor.company, id)])) as UploadRow[][];
	// a party's id is its own only within its case
	const own = row?.by === actor.id && (!actor.link || actor.link.case === row.stream);
	return row && own ? row : null;
}

export type Finished =
	| { is: "unknown" }
	| { is: "unfinished"; offset: number; size: number | undefined }
	| { is: "taken"; answer: Record<string, unknown> }
	| { is: "whole"; path: string };

/** How the caller's upload for a case or an order stands. */
export async function finishedUpload(
	edge: Edge,
	files: FileStore,
	caller: Caller,
	stream: string,
	id: string,
): Promise<Finished> {
	const row = await ownUpload(edge, caller, id);
	if (!row || row.stream !== stream) return { is: "unknown" };
	if (row.done) return { is: "taken", answer: { ...row.done, repeated: true } };
	// its time may have run out
	const file = await files.getUpload(id).catch(() => null);
	if (!file?.storage) return { is: "unknown" };
	const { offset, size } = file;
	return offset === size ? { is: "whole", path: file.storage.path } : { is: "unfinished", offset, size };
}

/** Remembers what an upload became, and lets go of its bytes. */
export async function uploadDone(
	edge: Edge,
	files: FileStore,
	{ actor }: Caller,
	id: string,
	answer: Record<string, unknown>,
): Promise<void> {
	await commit(edge.desk.database, closeUpload(actor.company, id, answer));
	await files.remove(id).catch(() => {}); // its twin request was quicker
}

/** Removes uploads whose time is over, and what a crash left half-received. */
export async function sweepUploads(
	desk: Pick<Desk, "database" | "clock">,
	place: EvidencePlace,
	files: FileStore,
): Promise<void> {
	const before = instantPlus(desk.clock(), { hours: -KEPT_HOURS });
	await files.deleteExpired();
	await clearIncoming(place.uploads, before);
	await commit(desk.database, dropUploadsBefore(before));
}

const HOUR_MS = 3_600_000;
const swept = new WeakMap<FileStore, number>();

async function sweepHourly(desk: Desk, place: EvidencePlace, files: FileStore): Promise<void> {
	const now = performance.now();
	if (now - (swept.get(files) ?? Number.NEGATIVE_INFINITY) < HOUR_MS) return;
	swept.set(files, now);
	await sweepUploads(desk, place, files);
}
