import type { Case, Party, Side } from "#engine/case.ts";
import type { LETTERS, NoticeKey } from "#engine/packs/wording.ts";
import { blanksOf, filled, fillingTexts } from "./notice-text.ts";
import type { PreviewedLetter } from "./preview.ts";
import type { Recipient } from "./recipients.ts";
import { type TellingBatch, tellingOf } from "./telling.ts";

/** The letter that goes with a command: which, to which side, and the notice that tells the same. */
interface Kind {
	letter: (typeof LETTERS)[number];
	to: Side;
	notice: NoticeKey;
}

const LETTER_OF: Record<string, Kind> = {
	GradeCase: { letter: "accepted", to: "complainant", notice: "complaint-received" },
	ClaimCase: { letter: "accepted", to: "complainant", notice: "complaint-received" },
	ExtendPromise: { letter: "progress", to: "complainant", notice: "promise-extended" },
	MakeOffer: { letter: "offer", to: "complainant", notice: "offer-made" },
	TakeFinalPosition: { letter: "final-position", to: "complainant", notice: "final-position" },
	NotifyFinding: { letter: "finding", to: "respondent", notice: "finding-notice" },
	CloseCase: { letter: "closing", to: "complainant", notice: "case-closed" },
	DecideAppeal: { letter: "appeal-decision", to: "respondent", notice: "appeal-decided" },
	IssueTerminationNotice: { letter: "termination", to: "complainant", notice: "termination-notice" },
	ReplyToBody: { letter: "regulator-reply", to: "complainant", notice: "proceeding-opened" },
};

/** The letter of a command, filled with the case after it; null: none goes with it. */
export async function letterFor(
	batch: TellingBatch,
	kase: Case,
	type: string,
	texts: Record<string, string>,
): Promise<PreviewedLetter | null> {
	const known = LETTER_OF[type];
	const party = known && partyFor(kase, known, type);
	if (!party) return null;
	const letter =
		type === "CloseCase" && kase.closure?.outcome === "not-accepted" ? "not-accepted" : known.letter;
	const language = kase.intake?.language ?? "zh";
	const pack = batch.desk.packs.get(kase.pack.name, kase.pack.version);
	const wording = pack.data.wording[language].letters[letter];
	if (!wording) return null;
	const recipient: Recipient = { id: `party:${party.id}`, person: null, party, language };
	const blanks = blanksOf(`${wording.subject}${wording.body}`);
	const telling = await tellingOf(batch, kase, { notice: known.notice, recipient, blanks });
	const fillings = await fillingTexts(batch.desk, telling, blanks, texts);
	return {
		letter,
		to: recipient.id,
		language,
		subject: filled(wording.subject, fillings),
		body: filled(wording.body, fillings),
	};
}

/** An appeal is answered to whoever lodged it; else the first of the side. */
function partyFor(kase: Case, { to }: Kind, type: string): Party | null {
	const lodged = type === "DecideAppeal" ? kase.appeals.findLast((one) => one.decided)?.party : null;
	return kase.parties.find((one) => (lodged ? one.id === lodged : one.side === to)) ?? null;
}
