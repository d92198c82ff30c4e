import { createReadStream } from "node:fs";
import type { FastifyReply } from "fastify";
import type { Case, EvidenceItem } from "#engine/case.ts";
import { allowed } from "#engine/journey.ts";
import { type Photo, readPhoto } from "../adapters/disk/photo.ts";
import { type PicturePrint, readPrints } from "../adapters/disk/picture-print.ts";
import { type Sniffed, sniffUpload, type UploadKind } from "../adapters/disk/sniff.ts";
import { flagsOf, takenAtIn } from "../evidence-flags.ts";
import { type Answer, type Handled, handle } from "../handle.ts";
import { photoFigures } from "../photo-figures.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import { noteEvidenceFile, removeUnreferenced } from "../store/evidence-files.ts";
import { type Entry, readHistory } from "../store/history.ts";
import { insertPrints } from "../store/picture-prints.ts";
import type { Caller, Edge } from "./app.ts";
import { contextFor, readCase } from "./cases.ts";
import type { FieldProblem } from "./hostile.ts";
import { sendNotFound, sendRefusal } from "./problem.ts";

/** Where evidence lies, and where it is received. */
export interface EvidencePlace {
	store: EvidenceStore;
	/** Scratch folder for files on their way in, under the data folder. */
	uploads: string;
	/** Largest file. */
	maxBytes: number;
}

/** A file received, and what its sender says of it: the fields of AddEvidence. */
export interface Incoming {
	path: string;
	fields: Record<string, unknown>;
	idempotencyKey?: string | undefined;
}

/** `evidence`: its id in the case. */
export type Taken =
	| { ok: true; answer: Handled; evidence: string; mime: string; bytes: number; takenAt: string | null }
	| { ok: false; answer: Exclude<Answer, Handled> }
	| { ok: false; problem: "too-large" | "unsupported-media" | "unavailable"; detail: string };

/** The case, when the caller may add evidence to it now; otherwise the refusal has been sent. */
export async function mayAdd(
	edge: Edge,
	caller: Caller,
	id: string,
	reply: FastifyReply,
): Promise<Case | null> {
	const kase = await readCase(edge.desk, caller, id);
	const no = kase && allowed("AddEvidence", kase, await contextFor(edge.desk, caller.actor, kase));
	if (!kase) sendNotFound(reply, edge.saying);
	else if (no) sendRefusal(reply, no, edge.saying);
	return no ? null : kase;
}

/** Which uploads may go as which kind of evidence. */
const FITS: Record<EvidenceItem["kind"], readonly UploadKind[]> = {
	photo: ["image"],
	video: ["video"],
	audio: ["audio"],
	track: ["track", "text"],
	document: ["document", "image", "text"],
	record: ["document", "image", "text", "audio", "video", "track"],
	statement: ["document", "image", "text", "audio", "video"],
};

/**
 * Takes a received file into a case: what it is is told by its bytes, its content stored, its row and the command
 * written together. When the command is refused, content that nothing else refers to is removed again.
 */
export async function takeEvidence(
	edge: Pick<Edge, "desk" | "orders">,
	place: EvidencePlace,
	{ actor }: Caller,
	kase: Case,
	incoming: Incoming,
): Promise<Taken> {
	const sniffed = await sniffUpload(incoming.path);
	if (!sniffed.ok) return notTaken(sniffed);
	const misfit = misfitOf(incoming.fields.kind, sniffed.kind);
	if (misfit) return { ok: false, answer: { ok: false, malformed: [misfit] } };
	const photo = sniffed.kind === "image" ? await readPhoto(incoming.path) : null;
	if (photo?.ok === false && photo.reason === "too-many-pixels")
		return { ok: false, problem: "too-large", detail: photo.detail };
	const stored = await place.store.put(createReadStream(incoming.path), { maxBytes: place.maxBytes });
	if (!stored.ok) {
		const problem = stored.reason === "too-large" ? stored.reason : "unavailable";
		return { ok: false, problem, detail: stored.detail };
	}
	const { sha256 } = stored;
	const prints = sniffed.kind === "image" ? await printsIn(incoming.path) : [];
	const about = { sha256, sniffed, photo: photo?.ok ? accountIn(photo) : null, prints, kase };
	const answer = await submit(edge, actor, incoming, about).catch(async (error: unknown) => {
		await removeUnreferenced(edge.desk.database, place.store, sha256);
		throw error;
	});
	if (!answer.ok) {
		await removeUnreferenced(edge.desk.database, place.store, sha256);
		return { ok: false, answer };
	}
	// somebody who was refused the same content at the same moment may have removed it again
	const there = await place.store.stat(sha256);
	if (!there.ok) await place.store.put(createReadStream(incoming.path), { maxBytes: place.maxBytes });
	const { evidence, takenAt } = await addedBy(edge, actor.company, answer);
	return { ok: true, answer, evidence, mime: sniffed.mime, bytes: sniffed.bytes, takenAt };
}

/** What a picture looks like, by which it is found again; see `readPrints`. */
export async function printsIn(path: string): Promise<PicturePrint[]> {
	return await readPrints(path, (await photoFigures()).alike.detail);
}

/** What is kept of a photo that was read. */
export function accountIn({ ok: _, ...photo }: Photo & { ok: true }): Photo {
	return photo;
}

function notTaken({ reason, detail }: Extract<Sniffed, { ok: false }>): Taken {
	if (reason === "too-large") return { ok: false, problem: "too-large", detail };
	if (reason === "not-allowed") return { ok: false, problem: "unsupported-media", detail };
	return { ok: false, answer: { ok: false, malformed: [{ at: "file", problem: detail }] } };
}

/** A kind that there isn't is left to the command to refuse. */
function misfitOf(kind: unknown, upload: UploadKind): FieldProblem | null {
	const fits =
		typeof kind === "string" && Object.hasOwn(FITS, kind) ? FITS[kind as EvidenceItem["kind"]] : null;
	if (!fits || fits.includes(upload)) return null;
	return { at: "kind", problem: `the file is of kind ${upload}, which can't be a ${String(kind)}` };
}

interface About {
	sha256: string;
	sniffed: Extract<Sniffed, { ok: true }>;
	photo: Photo | null;
	prints: readonly PicturePrint[];
	kase: Case;
}

async function submit(
	edge: Pick<Edge, "desk" | "orders">,
	actor: Caller["actor"],
	incoming: Incoming,
	about: About,
): Promise<Answer> {
	const { desk } = edge;
	const { sha256, sniffed, photo, prints, kase } = about;
	const { kind, mime, bytes, charset } = sniffed;
	const now = desk.clock();
	const takenAt = takenAtIn(desk, kase, photo, now);
	const flags = await flagsOf(edge, kase, about, now);
	const trusted = { file: { sha256, bytes, mime }, flags, ...(takenAt === null ? {} : { takenAt }) };
	const facts = { ...(photo ? { photo } : {}), ...(charset ? { charset } : {}) };
	const { company, id: by } = actor;
	return await handle(desk, {
		actor,
		case: kase.id,
		type: "AddEvidence",
		fields: incoming.fields,
		trusted,
		// the same key with another file is another act
		idempotencyKey: incoming.idempotencyKey && `${incoming.idempotencyKey} ${sha256.slice(0, 16)}`,
		also: [
			...noteEvidenceFile(company, { sha256, bytes, mime, kind, facts }, kase.id, by, now),
			...insertPrints(company, sha256, prints),
		],
	});
}

async function addedBy({ desk }: Pick<Edge, "desk">, company: string, answer: Handled) {
	const seq = answer.events.find((one) => one.type === "EvidenceAdded")?.seq ?? 0;
	const [[entry] = []] = (await desk.database.read([
		readHistory(company, answer.case, seq - 1, 1),
	])) as Entry[][];
	const { evidence } = JSON.parse(entry?.data ?? "{}") as { evidence?: Pick<EvidenceItem, "id" | "takenAt"> };
	return { evidence: evidence?.id ?? "", takenAt: evidence?.takenAt ?? null };
}
