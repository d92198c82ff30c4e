import { z } from "zod";
import { viewOf } from "#engine/views/case-view.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { plain, sendNotFound, sendProblem } from "./problem.ts";

const Place = z.object({ id: z.string().min(1).max(100), evidence: z.string().min(1).max(50) });

/** Types shown in the page; everything else is saved. Sniffed at upload, never taken from the sender. */
const INLINE = /^(image|video|audio)\/|^application\/pdf$/;
const EXTENSIONS: Record<string, string> = {
	"image/jpeg": "jpg",
	"video/quicktime": "mov",
	"audio/mpeg": "mp3",
	"audio/x-m4a": "m4a",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
	"application/gpx+xml": "gpx",
	"text/plain": "txt",
};

/** Evidence files, for whoever sees the evidence in their view of the case. */
export function downloadRoute(app: App, edge: Edge, store: EvidenceStore): void {
	const schema = { summary: "An evidence file (Range requests served)", tags: ["evidence"], params: Place };
	app.get("/api/cases/:id/evidence/:evidence", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await readCase(edge.desk, caller, request.params.id);
		const item =
			kase && viewOf(kase, caller.actor).evidence.find((one) => one.id === request.params.evidence);
		if (!kase || !item?.file) return sendNotFound(reply, edge.saying);
		const { sha256, mime, bytes: total } = item.file;
		const tag = `"${sha256}"`;
		reply.headers({
			etag: tag,
			"accept-ranges": "bytes",
			"cache-control": "private, no-cache",
			"content-disposition": `${INLINE.test(mime) ? "inline" : "attachment"}; filename="${kase.number}-${item.id}.${extensionOf(mime)}"`,
			"x-content-type-options": "nosniff",
			// a browser's PDF viewer does not start in a sandbox, and runs nothing of ours
			"content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'${mime === "application/pdf" ? "; object-src 'self'" : "; sandbox"}`,
		});
		if (request.headers["if-none-match"] === tag) return reply.status(304).send();
		const fresh = request.headers["if-range"] === undefined || request.headers["if-range"] === tag;
		const range = fresh ? rangeOf(request.headers.range, total) : null;
		const opened = await store.open(sha256, range ?? undefined);
		if (!opened.ok && opened.reason === "out-of-range") {
			reply.header("content-range", `bytes */${total}`);
			return sendProblem(reply, plain("malformed", 416, edge.saying, request.language));
		}
		if (!opened.ok) {
			request.log.error({ fault: opened.reason, evidence: item.id, case: kase.id }, "evidence can't be read");
			return sendProblem(reply, plain("unavailable", 503, edge.saying, request.language));
		}
		const end = range ? range.start + opened.bytes - 1 : 0;
		if (range) reply.status(206).header("content-range", `bytes ${range.start}-${end}/${opened.total}`);
		return reply.type(mime).header("content-length", opened.bytes).send(opened.content);
	});
}

function extensionOf(mime: string): string {
	return EXTENSIONS[mime] ?? mime.slice(mime.indexOf("/") + 1).replaceAll(/[^a-z0-9]/g, "");
}

/**
 * The one range that a Range header asks for (RFC 9110 section 14.2), in bytes of a file of so many. Several ranges, or
 * what can't be understood, are served as the whole file: null.
 */
export function rangeOf(header: string | undefined, total: number): { start: number; end?: number } | null {
	const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
	if (from === undefined || to === undefined || (from === "" && to === "")) return null;
	if (from === "") return { start: Number(to) === 0 ? total : Math.max(0, total - Number(to)) };
	if (to === "") return { start: Number(from) };
	return Number(to) < Number(from) ? null : { start: Number(from), end: Number(to) };
}
