import { z } from "zod";
import { maySee } from "#engine/journey.ts";
import { takenAtOf } from "#engine/photo-flags.ts";
import { viewerOf } from "#engine/views/case-view.ts";
import type { PicturePrint } from "../adapters/disk/picture-print.ts";
import { type Elsewhere, KeptAccount, oddIn, usedElsewhere } from "../evidence-flags.ts";
import { fileOf } from "../store/evidence-files.ts";
import { readPrints } from "../store/picture-prints.ts";
import type { App, Caller, Edge } from "./app.ts";
import { callerOf } from "./caller.ts";
import { readCase } from "./cases.ts";
import { sendNotFound } from "./problem.ts";

const Place = z.object({ id: z.string().min(1).max(100), evidence: z.string().min(1).max(50) });

/** What a piece of evidence says of itself, against its order and against what was seen before: for the office alone. */
export function evidenceChecksRoute(app: App, edge: Edge): void {
	const schema = {
		summary:
			"A piece of evidence compared: its own time and place, the order's, and other cases that show it",
		description:
			"`flags` are hints with their figures, as they stand now; a person judges the evidence. Positions are in WGS-84.",
		tags: ["evidence"],
		params: Place,
	};
	app.get("/api/cases/:id/evidence/:evidence/checks", { schema }, async (request, reply) => {
		const caller = callerOf(request);
		const kase = await readCase(edge.desk, caller, request.params.id);
		const item =
			kase && viewerOf(kase, caller.actor) === "staff"
				? kase.evidence.find((one) => one.id === request.params.evidence)
				: null;
		if (!kase || !item?.file) return sendNotFound(reply, edge.saying);
		const { sha256 } = item.file;
		const { facts, prints } = await kept(edge, kase.company, sha256);
		const photo = facts.photo ? KeptAccount.parse(facts.photo) : null;
		const { around, flags, nearest } = await oddIn(edge, kase, photo, item.at);
		const elsewhere = await usedElsewhere(edge.desk, kase, { sha256, photo, prints });
		const { orderedAt, endedAt, receivedAt, zone } = around;
		return {
			photo: photo && {
				...photo,
				takenAt: takenAtOf(photo, zone),
				zoneSupposed: photo.takenAt === null && photo.takenLocal !== null,
			},
			comparable: prints.length > 0,
			...{ orderedAt, endedAt, receivedAt, zone, flags, nearest },
			places: around.places.length,
			elsewhere: elsewhere.map((one) => shown(one, caller)),
		};
	});
}

async function kept({ desk }: Edge, company: string, sha256: string) {
	const [[row] = [], prints = []] = await desk.database.read([
		fileOf(company, sha256),
		readPrints(company, sha256),
	]);
	const { facts = {} } = (row ?? {}) as { facts?: { photo?: unknown } };
	return { facts, prints: prints as PicturePrint[] };
}

/** Another case is named to whoever may open it; others learn only that there is one. */
function shown({ kase, order, evidence, differs, same }: Elsewhere, { actor }: Caller) {
	const open = kase !== null && !maySee(kase, actor);
	return {
		case: open ? { id: kase.id, number: kase.number, evidence } : null,
		order,
		same,
		differs,
	};
}
