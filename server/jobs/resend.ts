import { commit } from "../store/commit.ts";
import type { Claim } from "../store/due-claims.ts";
import { type NoticeToResend, readNotice, reopenNotice } from "../store/notices.ts";
import { readCaseOf } from "./cases.ts";
import { sendNotice } from "./notice-send.ts";
import { DONE, type Outcome } from "./outcome.ts";
import { reachesOf, waitsUntil } from "./reach.ts";
import { recipientNamed } from "./recipients.ts";
import { caseLink } from "./telling.ts";
import type { Batch } from "./units.ts";

/** A message that the provider took and could not deliver: told by the next way, if there is one. */
export type ResendEffect = { do: "resend"; notice: string };

/** Sends a notice again in the words that were written, by the ways that have not failed yet. */
export async function resend(batch: Batch, claim: Claim, { notice: key }: ResendEffect): Promise<Outcome> {
	const { desk, now } = batch;
	const { kase, rows } = await readCaseOf(desk, claim, [readNotice(claim.company, claim.stream, key)]);
	const [notice] = rows[0] as NoticeToResend[];
	if (!kase || !notice || notice.text === null || notice.state === "sent" || notice.state === "delivered")
		return DONE;
	const office = await desk.offices.of(claim.company);
	const recipient = recipientNamed(notice.recipient, kase, office);
	const reach = recipient && (await reachesOf(desk, kase, [recipient])).get(recipient.id);
	const left = reach?.ways.filter((way) => !notice.tried.some((one) => one.channel === way.channel)) ?? [];
	if (!recipient || !reach || left.length === 0) return DONE;
	const until = waitsUntil(reach, kase, desk.packs.get(kase.pack.name, kase.pack.version), now);
	await commit(desk.database, reopenNotice(claim.company, key, until));
	if (until) return { is: "later", at: until };
	return await sendNotice(batch, {
		...{ company: claim.company, key, text: notice.text, wording: notice.wording },
		title: `${office.name} ${kase.number}`,
		blanks: {},
		link: await caseLink(batch, kase, recipient),
		language: reach.language,
		ways: reach.ways,
		tried: notice.tried,
		inProduct: recipient.person !== null,
		attempts: claim.attempts,
	});
}
