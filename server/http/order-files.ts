import { createReadStream } from "node:fs";
import { z } from "zod";
import { readPhoto } from "../adapters/disk/photo.ts";
import { sniffUpload } from "../adapters/disk/sniff.ts";
import { commit } from "../store/commit.ts";
import { noteEvidenceFile, removeUnreferenced } from "../store/evidence-files.ts";
import { actsOf, setActFile } from "../store/order-acts.ts";
import { insertPrints } from "../store/picture-prints.ts";
import type { App, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { accountIn, type EvidencePlace, printsIn } from "./evidence-intake.ts";
import { idFor, ownOrder, worker } from "./order-workers.ts";
import { plain, sendMalformed, sendNotFound, sendProblem } from "./problem.ts";
import { finishedUpload, orderStream, uploadDone, uploadStore } from "./uploads.ts";

const OfAct = z.object({ number: z.string().min(1).max(100), act: z.string().min(1).max(100) });

/** A photo or video of an act: kept where evidence lies, and taken into the case that may come. */
export function actFileRoute(app: App, edge: Edge, place: EvidencePlace): void {
	const files = uploadStore(place);
	const schema = {
		summary: "The photo or video of something noted, from a finished upload",
		description:
			"The upload was begun with `order` in its metadata. `act`: its id, or the idempotency key with which it was noted.",
		tags: ["orders"],
		params: OfAct,
		body: z.strictObject({ upload: z.string().min(1).max(100) }),
	};
	app.post("/api/mine/orders/:number/acts/:act/file", { schema }, async (request, reply) => {
		const actor = worker(edge, request, reply);
		if (!actor) return reply;
		const { desk, saying } = edge;
		const { number, act: id } = request.params;
		if (!(await ownOrder(edge, actor, number))) return sendNotFound(reply, saying);
		const ids = [id, idFor(actor, number, id)];
		const act = (await actsOf(desk, actor.company, [number])).find(
			(one) => ids.includes(one.id) && one.by === actor.id,
		);
		if (!act) return sendNotFound(reply, saying);
		if (act.sha256) return { sha256: act.sha256, repeated: true };
		const caller = callerOf(request);
		const found = await finishedUpload(edge, files, caller, orderStream(number), request.body.upload);
		if (found.is === "unknown") return sendNotFound(reply, saying);
		if (found.is === "taken") return found.answer;
		if (found.is === "unfinished") {
			const problem = `${found.offset} of ${found.size ?? "?"} bytes are here: send the rest first`;
			return sendMalformed(reply, [{ at: "upload", problem }], saying);
		}
		const kept = await keep(edge, place, found.path, {
			...{ company: actor.company, number, act: act.id, by: actor.id },
		});
		if (!kept.ok) {
			const { status, key, detail } = kept;
			return sendProblem(reply, { ...plain(key, status, saying, request.language), detail });
		}
		const answer = { sha256: kept.sha256, takenAt: kept.takenAt };
		await uploadDone(edge, files, caller, request.body.upload, answer);
		return reply.status(201).send(answer);
	});
}

type Kept =
	| { ok: true; sha256: string; takenAt: string | null }
	| {
			ok: false;
			status: number;
			key: "malformed" | "unsupported-media" | "too-large" | "unavailable";
			detail: string;
	  };

/** Looks at what came, stores it and notes it at the act; what can't be such a file is refused and not kept. */
async function keep(
	edge: Edge,
	place: EvidencePlace,
	path: string,
	of: { company: string; number: string; act: string; by: string },
): Promise<Kept> {
	const sniffed = await sniffUpload(path);
	if (!sniffed.ok) {
		const { reason, detail } = sniffed;
		if (reason === "too-large") return { ok: false, status: 413, key: "too-large", detail };
		if (reason === "not-allowed") return { ok: false, status: 415, key: "unsupported-media", detail };
		return { ok: false, status: 422, key: "malformed", detail };
	}
	if (sniffed.kind !== "image" && sniffed.kind !== "video")
		return { ok: false, status: 415, key: "unsupported-media", detail: "must be a photo or a video" };
	const photo = sniffed.kind === "image" ? await readPhoto(path) : null;
	if (photo?.ok === false && photo.reason === "too-many-pixels")
		return { ok: false, status: 413, key: "too-large", detail: photo.detail };
	const prints = sniffed.kind === "image" ? await printsIn(path) : [];
	const stored = await place.store.put(createReadStream(path), { maxBytes: place.maxBytes });
	if (!stored.ok) {
		const large = stored.reason === "too-large";
		return {
			ok: false,
			status: large ? 413 : 503,
			key: large ? "too-large" : "unavailable",
			detail: stored.detail,
		};
	}
	const { mime, bytes, kind } = sniffed;
	const { sha256 } = stored;
	const { desk } = edge;
	const { company } = of;
	const facts = photo?.ok ? { photo: accountIn(photo) } : {};
	try {
		await commit(
			desk.database,
			...noteEvidenceFile(
				company,
				{ sha256, bytes, mime, kind, facts },
				`order:${of.number}`,
				of.by,
				desk.clock(),
			),
			...insertPrints(company, sha256, prints),
			setActFile(company, of.act, sha256),
		);
	} catch (error) {
		await removeUnreferenced(desk.database, place.store, sha256);
		throw error;
	}
	return { ok: true, sha256, takenAt: photo?.ok ? photo.takenAt : null };
}
