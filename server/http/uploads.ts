import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Case } from "#engine/case.ts";
import { instantPlus } from "#engine/time/instant.ts";
import { clearIncoming } from "../adapters/disk/evidence.ts";
import type { Desk } from "../handle.ts";
import { newId } from "../ids.ts";
import {
	closeUpload,
	dropUpload,
	dropUploadsBefore,
	openUpload,
	openUploads,
	readUpload,
	type UploadRow,
} from "../store/uploads.ts";
import { type App, type Caller, callerOf, type Edge } from "./app.ts";
import { type EvidencePlace, mayAdd } from "./evidence-intake.ts";
import { plain, sendMalformed, sendNotFound, sendProblem } from "./problem.ts";

/** Resumable uploads by the tus protocol 1.0 (tus.io): for video, and for lines that break. */

/** How long the pieces of an upload are kept. */
export const KEPT_HOURS = 24;
/** Uploads that somebody may have under way for one case. */
const MOST_OPEN = 20;
const PIECE = "application/offset+octet-stream";
const UploadId = z.object({ upload: z.string().min(1).max(100) });

/** Sends a request on to the tus server, with the id that a new upload is to have. */
type Pass = (request: FastifyRequest, id: string) => Promise<Response>;

/**
 * Mounts `/api/uploads`. An upload is begun for a case (`case` in Upload-Metadata), by somebody who may add evidence to
 * it, and seen by nobody else.
 */
export function uploadRoutes(app: App, edge: Edge, place: EvidencePlace, files: FileStore): void {
	const pass = tusBehind(files, place.maxBytes);
	// the body is read by the tus server
	app.addContentTypeParser(PIECE, (_request, _payload, done) => done(null));
	const summary = "Begin a resumable upload (tus 1.0)";
	const description = "Upload-Metadata must hold `case`. Its Location is then given to `evidence/from-upload`.";
	app.post("/api/uploads", { schema: { summary, description, tags: ["evidence"] } }, async (request, reply) => {
		const caller = callerOf(request);
		reply.header("connection", "close");
		const id = caseNamed(request);
		if (!id)
			return sendMalformed(reply, [{ at: "Upload-Metadata", problem: "must name the case" }], edge.saying);
		const kase = await mayAdd(edge, caller, id, reply);
		if (!kase) return reply;
		const problem = await tooMany(edge, caller, kase);
		if (problem) return sendProblem(reply, plain("too-many-requests", 429, edge.saying, request.language));
		reply.removeHeader("connection");
		await sweepHourly(edge.desk, place, files);
		const row = { id: newId(), stream: kase.id, by: caller.actor.id, done: null };
		const answer = await pass(request, row.id);
		const bytes = Number(request.headers["upload-length"] ?? 0);
		if (answer.ok)
			await write(edge.desk, [openUpload(caller.actor.company, row, bytes, edge.desk.clock())]);
		return await sendOn(edge, request, reply, answer);
	});
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
					await write(edge.desk, [dropUpload(caller.actor.company, upload)]);
				return await sendOn(edge, request, reply, answer);
			},
		});
}

const SUMMARY = {
	HEAD: "How much of an upload is here",
	PATCH: "Send the next piece of an upload",
	DELETE: "Drop an upload",
};

async function write({ database }: Desk, statements: Parameters<Parameters<Parameters<typeof database.transaction>[0]>[0]["commitWith"]>[0]) {
	await database.transaction((session) => session.commitWith(statements));
}
