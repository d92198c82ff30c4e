import type { z } from "zod";
import { type Case, nextId, partyOf } from "../case.ts";
import { isOwnFact } from "../case-facts.ts";
import { accept, type Decision, firstOf, refusal, refuse } from "../decision.ts";
import { parseFacts } from "../rules/facts.ts";
import type { AddEvidence, InvestigationEvent, RecordVerification } from "./investigation.ts";
import type { Context } from "./step.ts";

/** Evidence, whose it is and by which recipe; facts, and who confirms them. */

export function addEvidence(
	fields: z.output<typeof AddEvidence>,
	kase: Case,
	{ actor, pack, now }: Context,
): Decision<InvestigationEvent> {
	const from = partyOf(kase, actor)?.id ?? fields.from;
	const wanted = fields.recipe ? pack.data.evidence.recipes[fields.recipe] : null;
	const pieces = wanted?.pieces.map((one) => one.id) ?? [];
	const no = firstOf(
		from !== "company" && !kase.parties.some((one) => one.id === from)
			? refusal("UnknownParty", { party: from })
			: null,
		wanted === undefined &&
			refusal("UnknownWord", {
				word: fields.recipe ?? "",
				words: Object.keys(pack.data.evidence.recipes),
			}),
		fields.piece !== undefined &&
			!pieces.includes(fields.piece) &&
			refusal("UnknownWord", { word: fields.piece, words: pieces }),
		fields.takenAt !== undefined && fields.takenAt > now && refusal("InTheFuture", { field: "takenAt", now }),
	);
	if (no) return { ok: false, refusal: no };
	const { kind, title, recipe, piece, file, takenAt, flags } = fields;
	const evidence = {
		id: nextId("e", kase.evidence),
		kind,
		title,
		from,
		recipe: recipe ?? null,
		piece: piece ?? null,
		file: file ?? null,
		takenAt: takenAt ?? null,
		flags,
	};
	return accept({ type: "EvidenceAdded", data: { evidence } });
}

export function recordVerification(
	fields: z.output<typeof RecordVerification>,
	kase: Case,
	{ pack }: Context,
) {
	if (isOwnFact(fields.fact, pack))
		return refuse("Malformed", { field: "fact", hint: `${fields.fact} is known of the case itself` });
	const parsed = parseFacts(pack.sheet, { [fields.fact]: fields.value });
	if (!parsed.ok)
		return refuse("Malformed", {
			field: "fact",
			hint: parsed.problems.map((one) => `${one.fact}: ${one.problem}`).join("; "),
		});
	if (!pack.data.evidence.sources[fields.source])
		return refuse("UnknownWord", { word: fields.source, words: Object.keys(pack.data.evidence.sources) });
	const unknown = unknownEvidence(kase, fields.evidence);
	if (unknown) return unknown;
	const { fact, value, source, confirmed, evidence, words } = fields;
	const id = nextId("v", kase.verifications);
	return accept<InvestigationEvent>({
		type: "VerificationRecorded",
		data: { id, fact, value, source, confirmed, evidence, words: words ?? null },
	});
}

export function unknownEvidence(kase: Case, ids: string[]) {
	const stranger = ids.find((id) => !kase.evidence.some((one) => one.id === id));
	return stranger ? refuse("UnknownEvidence", { evidence: stranger }) : null;
}
