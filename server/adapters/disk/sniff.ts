import { stat } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { sniffText, type TextType } from "./sniff-text.ts";

export type UploadKind = "image" | "video" | "audio" | "document" | "track" | "text";

export type UploadProblem = "empty" | "too-large" | "not-allowed" | "unreadable";

/** `charset` only for text and tracks. `detail` says what is allowed, for whoever sent the file. */
export type Sniffed =
	| { ok: true; mime: string; kind: UploadKind; bytes: number; charset?: TextType["charset"] }
	| { ok: false; reason: UploadProblem; detail: string };

const kinds: Readonly<Record<string, UploadKind>> = {
	"image/jpeg": "image",
	"image/png": "image",
	"image/webp": "image",
	"image/gif": "image",
	"image/heic": "image",
	"image/heif": "image",
	"video/mp4": "video",
	"video/quicktime": "video",
	"video/webm": "video",
	"audio/mpeg": "audio",
	"audio/x-m4a": "audio",
	"audio/mp4": "audio",
	"audio/wav": "audio",
	"audio/ogg": "audio",
	"audio/amr": "audio",
	"audio/aac": "audio",
	"application/pdf": "document",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "document",
	"application/gpx+xml": "track",
	"text/plain": "text",
	"text/csv": "text",
	"application/json": "text",
};

const allowed =
	"allowed are JPEG, PNG, WebP, HEIC and GIF pictures; MP4, MOV and WebM video; MP3, M4A, WAV, OGG, AMR and AAC sound; PDF, DOCX, XLSX, TXT, CSV and JSON files; GPX tracks";

const mebi = 1024 * 1024;

/** The largest upload of each kind in bytes, where the settings say nothing else. */
export const defaultBounds: Readonly<Record<UploadKind, number>> = {
	image: 30 * mebi,
	video: 1024 * mebi,
	audio: 200 * mebi,
	document: 50 * mebi,
	track: 20 * mebi,
	text: 10 * mebi,
};

/**
 * Says by its bytes what an uploaded file is; its name and the sender's word are not asked.
 * Only the kinds listed pass, each within its bound: markup that a browser would run is not among them.
 */
export async function sniffUpload(
	path: string,
	bounds: Partial<Record<UploadKind, number>> = {},
): Promise<Sniffed> {
	const limits = { ...defaultBounds, ...bounds };
	const { size } = await stat(path);
	if (size === 0) return { ok: false, reason: "empty", detail: "the file is empty" };
	const found = await typeOf(path, size, Math.max(limits.text, limits.track));
	if (found === "unreadable") {
		return { ok: false, reason: "unreadable", detail: "the file is cut off or damaged at its beginning" };
	}
	const kind = found === null ? undefined : kinds[found.mime];
	if (found === null || kind === undefined) return { ok: false, reason: "not-allowed", detail: allowed };
	if (size > limits[kind]) {
		return {
			ok: false,
			reason: "too-large",
			detail: `${kind}: ${size} bytes, at most ${limits[kind]} are taken`,
		};
	}
	return { ok: true, kind, bytes: size, ...found };
}

/** What the detector calls text: XML by name, and UTF-16, whose byte order mark looks like MPEG layer I. */
const maybeText: ReadonlySet<string> = new Set(["xml", "mp1"]);

async function typeOf(
	path: string,
	size: number,
	maxTextBytes: number,
): Promise<{ mime: string; charset?: TextType["charset"] } | "unreadable" | null> {
	let binary: { mime: string; ext: string } | undefined;
	try {
		binary = await fileTypeFromFile(path);
	} catch {
		return "unreadable"; // the detector met a box or an archive entry that runs past the end
	}
	if (binary !== undefined && !maybeText.has(binary.ext)) {
		return { mime: binary.mime.split(";")[0] ?? binary.mime };
	}
	// Telling text needs the whole of it; a larger file could pass under no bound anyway.
	if (size > maxTextBytes) return null;
	return sniffText(path);
}
