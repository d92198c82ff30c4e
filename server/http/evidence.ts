import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import multipart from "@fastify/multipart";
import type { FileStore } from "@tus/file-store";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import { receive } from "../adapters/disk/receive.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { IdempotencyKey, sendAnswer } from "./commands.ts";
import { evidenceChecksRoute } from "./evidence-checks.ts";
import { downloadRoute } from "./evidence-download.ts";
import { type EvidencePlace, mayAdd, type Taken, takeEvidence } from "./evidence-intake.ts";
import { type FieldProblem, hostileIn } from "./hostile.ts";
import { plain, sendMalformed, sendNotFound, sendProblem } from "./problem.ts";
import { finishedUpload, uploadDone, uploadRoutes, uploadStore } from "./uploads.ts";

const CaseId = z.object({ id: z.string().min(1).max(100) });
/** Fields of a form beside the file; the longest is the title. */
const FORM_FIELDS: ReadonlySet<string> = new Set(["kind", "title", "from", "recipe", "piece", "takenAt"]);
const LONGEST_FIELD = 8_000;

/** Evidence into a case: as a form, or from a resumable upload. Nobody's file is read who may not add evidence. */
export function evidenceRoutes(place: EvidencePlace): Plugin {
	return async (app, edge) => {
		await app.register(multipart);
		await mkdir(place.uploads, { recursive: true, mode: 0o700 });
		const files = uploadStore(place);
		formRoute(app, edge, place);
		uploadRoutes(app, edge, place, files);
		fromUploadRoute(app, edge, place, files);
		downloadRoute(app, edge, place.store);
		evidenceChecksRoute(app, edge);
	};
}

function formRoute(app: App, edge: Edge, place: EvidencePlace): void {
	const schema = {
		summary: "Add evidence as a form (multipart/form-data)",
		description: `Fields ${[...FORM_FIELDS].join(", ")}, and the file as \`file\`. At most ${place.maxBytes} bytes.`,
		tags: ["evidence"],
		consumes: ["multipart/form-data"],
		params: CaseId,
		headers: IdempotencyKey,
	};
	app.post("/api/cases/:id/evidence", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		// a body that is not going to be read must not keep the connection
		const refuse = () => reply.header("connection", "close");
		refuse();
		const kase = await mayAdd(edge, caller, request.params.id, reply);
		if (!kase) return reply;
		if (Number(request.headers["content-length"] ?? 0) > place.maxBytes + LONGEST_FIELD * FORM_FIELDS.size)
			return sendProblem(refuse(), plain("too-large", 413, edge.saying, request.language));
		if (!request.isMultipart())
			return sendProblem(refuse(), plain("unsupported-media", 415, edge.saying, request.language));
		reply.removeHeader("connection");
		const form = await readForm(request, place);
		try {
			if ("tooLarge" in form)
				return sendProblem(refuse(), plain("too-large", 413, edge.saying, request.language));
			if (form.wrong) return sendMalformed(refuse(), [form.wrong], edge.saying);
			const { fields, path = "" } = form;
			const idempotencyKey = request.headers["idempotency-key"];
			const taken = await takeEvidence(edge, place, caller, kase, { path, fields, idempotencyKey });
			return await sendTaken(edge, request, reply, taken);
		} finally {
			if (form.path) await rm(form.path, { force: true });
		}
	});
}

function fromUploadRoute(app: App, edge: Edge, place: EvidencePlace, files: FileStore): void {
	const body = z.strictObject({
		upload: z.string().min(1).max(100),
		kind: z.string().max(50),
		title: z.string().max(LONGEST_FIELD),
		from: z.string().max(100).optional(),
		recipe: z.string().max(100).optional(),
		piece: z.string().max(100).optional(),
		takenAt: Instant.optional(),
	});
	const schema = {
		summary: "Add evidence from a finished upload",
		description:
			"An upload becomes evidence once. With a key, the same file does so once, whichever upload brought it.",
		tags: ["evidence"],
		params: CaseId,
		headers: IdempotencyKey,
		body,
	};
	app.post("/api/cases/:id/evidence/from-upload", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await mayAdd(edge, caller, request.params.id, reply);
		if (!kase) return reply;
		const { upload, ...fields } = request.body;
		const found = await finishedUpload(edge, files, caller, kase.id, upload);
		if (found.is === "unknown") return sendNotFound(reply, edge.saying);
		if (found.is === "taken") return found.answer;
		if (found.is === "unfinished") {
			const problem = `${found.offset} of ${found.size ?? "?"} bytes are here: send the rest first`;
			return sendMalformed(reply, [{ at: "upload", problem }], edge.saying);
		}
		const taken = await takeEvidence(edge, place, caller, kase, {
			path: found.path,
			fields,
			idempotencyKey: request.headers["idempotency-key"] ?? `upload ${upload}`,
		});
		if (taken.ok) await uploadDone(edge, files, caller, upload, answerOf(taken));
		return await sendTaken(edge, request, reply, taken);
	});
}

interface Form {
	fields: Record<string, string>;
	path?: string;
	wrong?: FieldProblem;
	tooLarge?: true;
}

/** Reads a form; the file goes to the scratch folder. Whoever asks removes it. */
async function readForm(request: FastifyRequest, place: EvidencePlace): Promise<Form> {
	const form: Form = { fields: {} };
	const limits = {
		files: 1,
		fields: FORM_FIELDS.size,
		fieldSize: LONGEST_FIELD,
		fieldNameSize: 50,
		fileSize: Number.POSITIVE_INFINITY,
	};
	try {
		for await (const part of request.parts({ limits })) {
			const { fieldname: at } = part;
			if (part.type === "field") {
				const wrong = fieldProblem(form, at, part.value, part.valueTruncated);
				if (wrong) return { ...form, wrong };
				form.fields[at] = String(part.value);
				continue;
			}
			if (at !== "file") return { ...form, wrong: { at, problem: "the file is called file" } };
			const received = await receive(part.file, join(place.uploads, "incoming"), place.maxBytes);
			if (received.ok) form.path = received.path;
			else if (received.reason === "too-large") return { ...form, tooLarge: true };
			else return { ...form, wrong: { at: "file", problem: received.detail } };
		}
	} catch (error) {
		if (form.path) await rm(form.path, { force: true });
		const { code = "", message } = error as { code?: string; message: string };
		// busboy's own complaints about a form that is cut off or malformed carry no code of ours
		if (code.startsWith("FST_") || /form|boundary|header|multipart/i.test(message))
			return { fields: {}, wrong: { at: "", problem: message } };
		throw error;
	}
	return form.path ? form : { ...form, wrong: { at: "file", problem: "there is no file" } };
}

function fieldProblem(form: Form, at: string, value: unknown, truncated: boolean): FieldProblem | null {
	if (!FORM_FIELDS.has(at)) return { at, problem: "there is no such field" };
	if (Object.hasOwn(form.fields, at)) return { at, problem: "was sent twice" };
	if (typeof value !== "string") return { at, problem: "must be text" };
	if (truncated) return { at, problem: `at most ${LONGEST_FIELD} bytes` };
	const hostile = hostileIn(value);
	return hostile && { at, problem: hostile.problem };
}

function answerOf(taken: Extract<Taken, { ok: true }>) {
	const { answer, evidence, mime, bytes, takenAt } = taken;
	return { ...answer, evidence, mime, bytes, takenAt };
}

async function sendTaken(edge: Edge, request: FastifyRequest, reply: FastifyReply, taken: Taken) {
	if (taken.ok) {
		request.outcome = { command: "AddEvidence", result: taken.answer.repeated ? "repeated" : "accepted" };
		return reply.status(taken.answer.repeated ? 200 : 201).send(answerOf(taken));
	}
	if ("answer" in taken) return await sendAnswer(request, reply, "AddEvidence", taken.answer, edge);
	const status = { "too-large": 413, "unsupported-media": 415, unavailable: 503 }[taken.problem];
	return sendProblem(reply, {
		...plain(taken.problem, status, edge.saying, request.language),
		detail: taken.detail,
	});
}
