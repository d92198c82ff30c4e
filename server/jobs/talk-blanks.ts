import type { Case, Party } from "#engine/case.ts";
import { type NoticeKey, PLACEHOLDERS } from "#engine/packs/wording.ts";
import { dueFor } from "./notice-due.ts";
import { fillingTexts } from "./notice-text.ts";
import type { Recipient } from "./recipients.ts";
import { type TellingBatch, tellingOf } from "./telling.ts";

/** What fills each blank of ready words (talk-tracks, letters) about a case, as told to one party in one language. */
export async function blanksFor(
	batch: TellingBatch,
	kase: Case,
	party: Party,
	notice: NoticeKey,
	language: "zh" | "en",
): Promise<Record<string, string>> {
	const recipient: Recipient = { id: `party:${party.id}`, person: null, party, language };
	const telling = await tellingOf(batch, kase, { notice, recipient, blanks: PLACEHOLDERS });
	const texts = await fillingTexts(batch.desk, telling, PLACEHOLDERS);
	// a date that has passed is promised to nobody
	if ((dueFor(telling) ?? "") < batch.now) delete texts.due;
	return Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text]] : [])));
}
