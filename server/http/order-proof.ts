import { systemOf } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { fill } from "#engine/filling.ts";
import type { ActWords } from "#engine/order-acts.ts";
import type { PicturePrint } from "../adapters/disk/picture-print.ts";
import { flagsOf, type Ground, KeptAccount, takenAtIn } from "../evidence-flags.ts";
import { handle } from "../handle.ts";
import { findCase } from "../store/case-read.ts";
import { fileOf, noteEvidenceFile } from "../store/evidence-files.ts";
import { actsOf, type OrderAct } from "../store/order-acts.ts";
import { readPrints } from "../store/picture-prints.ts";

interface FileRow {
	bytes: number;
	mime: string;
	kind: string;
	facts: { photo?: unknown };
}

/** Takes the photos and videos that were made on the road into a case about that order: found by itself, each once. */
export async function carryOrderProof(
	ground: Ground,
	words: ActWords,
	company: string,
	id: string,
): Promise<void> {
	const { desk } = ground;
	const kase = await findCase(desk.database, company, id);
	const numbers = kase?.orders.map((one) => one.number) ?? [];
	if (!kase || numbers.length === 0) return;
	for (const act of await actsOf(desk, company, numbers))
		if (act.sha256) await carry(ground, words, kase, act, act.sha256);
}

async function carry(
	ground: Ground,
	words: ActWords,
	kase: Case,
	act: OrderAct,
	sha256: string,
): Promise<void> {
	const { desk } = ground;
	const { company } = kase;
	const [[file] = [], prints = []] = (await desk.database.read([
		fileOf(company, sha256),
		readPrints(company, sha256),
	])) as [FileRow[], PicturePrint[]];
	if (!file) return;
	const { bytes, mime, kind, facts } = file;
	const photo = facts.photo ? KeptAccount.parse(facts.photo) : null;
	const now = desk.clock();
	await handle(desk, {
		...{ actor: systemOf(company), case: kase.id, type: "AddEvidence" },
		fields: {
			kind: kind === "video" ? "video" : "photo",
			title: fill(words[act.kind].name.zh, {}),
			from: kase.parties.find((one) => one.person === act.by)?.id ?? "company",
		},
		trusted: {
			file: { sha256, bytes, mime },
			flags: await flagsOf(ground, kase, { sha256, photo, prints }, act.at),
			takenAt: takenAtIn(desk, kase, photo, now) ?? act.at,
		},
		idempotencyKey: `order-act ${act.id}`,
		also: noteEvidenceFile(company, { sha256, bytes, mime, kind, facts: {} }, kase.id, act.by, now),
	});
}
