import { commit } from "../store/commit.ts";
import type { Claim } from "../store/due-claims.ts";
import { insertNotices, type NoticeState, readNotices } from "../store/notices.ts";
import { readCaseOf } from "./cases.ts";
import { sendNotice } from "./notice-send.ts";
import { DONE, type Outcome } from "./outcome.ts";
import { reachesOf } from "./reach.ts";
import { recipientNamed } from "./recipients.ts";
import { caseLink } from "./telling.ts";
import type { Batch } from "./units.ts";

/** A party gets a new link to their case, because they or the office asked for one. `by`: who asked. */
export type SendLinkEffect = { do: "send-link"; party: string; by: string };

const WORDING = "account.link";
const TEXTS = {
	zh: (number: string, link: string) => `投诉${number}的新链接：${link} 打开就能看到案情，请勿转发。`,
	en: (number: string, link: string) =>
		`Your new link to complaint ${number}: ${link} Keep it to yourself: it shows your case.`,
} as const;

/** Sends the link by the ways that the party wishes; at once, since it was asked for just now. */
export async function sendLink(batch: Batch, claim: Claim, { party, by }: SendLinkEffect): Promise<Outcome> {
	const { desk, now } = batch;
	const key = `${claim.stream}:${claim.key}:party:${party}`;
	const { kase, rows } = await readCaseOf(desk, claim, [readNotices(claim.company, claim.stream, key)]);
	const [known] = rows[0] as NoticeState[];
	if (!kase?.intake || (known && known.state !== "sending")) return DONE;
	const office = await desk.offices.of(claim.company);
	const recipient = recipientNamed(`party:${party}`, kase, office);
	const reach = recipient && (await reachesOf(desk, kase, [recipient])).get(recipient.id);
	if (!recipient || !reach) return DONE;
	const link = await caseLink(batch, kase, recipient, by);
	const text = TEXTS[reach.language](kase.number, link);
	const [way] = reach.ways;
	const state = way ? ({ state: "sending", channel: way.channel } as const) : UNREACHED;
	const notice = { key, wording: WORDING, recipient: recipient.id, text, ...state };
	if (!known) await commit(desk.database, ...insertNotices(kase.company, kase.id, [notice], now));
	if (!way) return DONE;
	return await sendNotice(batch, {
		...{ company: claim.company, key, text, wording: WORDING },
		title: `${office.name} ${kase.number}`,
		blanks: { number: kase.number, link },
		link,
		language: reach.language,
		ways: reach.ways,
		tried: known?.tried ?? [],
		inProduct: recipient.person !== null,
		attempts: claim.attempts,
	});
}

const UNREACHED = { state: "failed", channel: "none" } as const;
