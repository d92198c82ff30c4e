import type { Actor } from "#engine/actor.ts";
import { fill } from "#engine/filling.ts";
import type { ActWords } from "#engine/order-acts.ts";
import { type Desk, handle } from "../handle.ts";
import { findCase } from "../store/case-read.ts";
import type { Database } from "../store/database/database.ts";
import { noteEvidenceFile } from "../store/evidence-files.ts";
import { actsOf } from "../store/order-acts.ts";

interface FileRow {
	sha256: string;
	bytes: number;
	mime: string;
	kind: string;
	facts: { photo?: { takenAt?: string | null } };
}

/** Takes the photos and videos that were made on the road into a case about that order: found by itself, each once. */
export async function carryOrderProof(
	desk: Desk,
	words: ActWords,
	company: string,
	id: string,
): Promise<void> {
	const kase = await findCase(desk.database, company, id);
	const numbers = kase?.orders.map((one) => one.number) ?? [];
	const acts = (await actsOf(desk, company, numbers)).filter((one) => one.sha256);
	if (!kase || acts.length === 0) return;
	const files = await filesOf(
		desk.database,
		company,
		acts.flatMap((one) => one.sha256 ?? []),
	);
	for (const act of acts) {
		const file = files.find((one) => one.sha256 === act.sha256);
		const from = kase.parties.find((one) => one.person === act.by)?.id ?? "company";
		if (!file) continue;
		const { sha256, bytes, mime, kind, facts } = file;
		const takenAt = facts.photo?.takenAt ?? act.at;
		const title = fill(words[act.kind].name.zh, {});
		await handle(desk, {
			...{ actor: system(company), case: kase.id, type: "AddEvidence" },
			fields: { kind: kind === "video" ? "video" : "photo", title, from },
			trusted: { file: { sha256, bytes, mime }, flags: [], takenAt },
			idempotencyKey: `order-act ${act.id}`,
			also: noteEvidenceFile(company, { sha256, bytes, mime, kind, facts }, kase.id, act.by, desk.clock()),
		});
	}
}

async function filesOf(
	database: Pick<Database<unknown>, "read">,
	company: string,
	all: readonly string[],
): Promise<FileRow[]> {
	const [rows = []] = (await database.read([
		{
			name: "files-of-acts",
			sql: "select sha256, bytes::int as bytes, mime, kind, facts from evidence_file where company = $1 and sha256 = any($2::text[])",
			parameters: [company, all],
		},
	])) as FileRow[][];
	return rows.map(({ facts: { photo }, ...row }) => ({ ...row, facts: photo ? { photo } : {} }));
}

function system(company: string): Actor {
	return {
		...{ id: "system", kind: "system", company, capabilities: ["system"] },
		...{ organisations: "all", trades: "all", belongsTo: [] },
	};
}
