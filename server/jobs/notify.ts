import type { Case, Party } from "#engine/case.ts";
import type { Effect } from "#engine/steps/step.ts";
import type { Instant } from "#engine/time/instant.ts";
import { phoneOf } from "../store/addresses.ts";
import type { Claim } from "../store/due-claims.ts";
import { finishNotice, insertNotices, type NoticeState, readNotices } from "../store/notices.ts";
import { readCaseOf } from "./cases.ts";
import { quietUntil } from "./notice-dates.ts";
import { type NoticeText, noticeText } from "./notice-text.ts";
import { DONE, MOST_ATTEMPTS, type Outcome } from "./outcome.ts";
import { type Recipient, recipientsOf } from "./recipients.ts";
import { tellingFor } from "./telling.ts";
import type { Batch } from "./units.ts";

type Notify = Extract<Effect, { do: "notify" }>;

/** A notice about to be written; `phone` for whoever is told outside. */
interface Draft extends NoticeText {
	recipient: Recipient;
	key: string;
	phone: string | null;
}

/**
 * Tells everybody whom an effect is for. Whoever has an account reads it in the product; a party without one gets a
 * text message, not at night unless the case is critical. Each notice is written once, under a key of its own, with
 * the text that goes out, however often this is done again.
 */
export async function notify(batch: Batch, claim: Claim, effect: Notify): Promise<Outcome> {
	const { desk, now } = batch;
	const start = `${claim.stream}:${claim.key}:`;
	const { kase, rows } = await readCaseOf(desk, claim, [readNotices(claim.company, claim.stream, start)]);
	if (!kase?.intake) return DONE;
	const known = new Map((rows[0] as NoticeState[]).map((one) => [one.key, one]));
	const recipients = recipientsOf(kase, effect, await desk.offices.of(claim.company), now);
	const open = recipients.filter((one) => isOpen(known.get(start + one.id)));
	const morning = open.some((one) => !one.person) ? quietFor(kase, batch) : null;
	if (morning) return { is: "later", at: morning };
	const drafts = await Promise.all(open.map((one) => draft(batch, kase, effect, one, start)));
	await write(
		batch,
		kase,
		effect,
		drafts.filter((one) => !known.has(one.key)),
	);
	const outside = drafts.find((one) => one.phone !== null);
	if (!outside) return DONE;
	return await send(batch, claim, effect, { ...outside, text: known.get(outside.key)?.text ?? outside.text });
}

/** Not told yet; a text that was erased meanwhile is not told any more. */
function isOpen(known: NoticeState | undefined): boolean {
	return !known || (known.state === "sending" && known.text !== null);
}

/** When the night is over for this case's parties; null by day, and for critical cases. */
function quietFor(kase: Case, { desk, now }: Batch): Instant | null {
	if (kase.triage?.urgency === "critical") return null;
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	return quietUntil(now, pack.data.contact.quiet, pack.data.head.zone);
}

async function draft(
	batch: Batch,
	kase: Case,
	effect: Notify,
	recipient: Recipient,
	start: string,
): Promise<Draft> {
	const telling = await tellingFor(batch, kase, effect, recipient);
	const told = await noticeText(batch.desk, telling);
	const phone = recipient.person
		? null
		: await phoneOf(batch.desk, kase.company, recipient.party satisfies Party);
	return { ...told, recipient, key: start + recipient.id, phone };
}

async function write(
	{ desk, now }: Batch,
	kase: Case,
	{ notice }: Notify,
	drafts: readonly Draft[],
): Promise<void> {
	const rows = drafts.map(({ key, recipient, text, phone }) => ({
		key,
		wording: notice,
		recipient: recipient.id,
		text,
		...(recipient.person
			? ({ channel: "in-app", state: "sent" } as const)
			: phone === null
				? ({ channel: "none", state: "failed" } as const)
				: ({ channel: "sms", state: "sending" } as const)),
	}));
	const statements = insertNotices(kase.company, kase.id, rows, now);
	if (statements.length > 0) await desk.database.transaction((session) => session.commitWith(statements));
}

async function send(batch: Batch, claim: Claim, { notice }: Notify, draft: Draft): Promise<Outcome> {
	const { desk, outside, now } = batch;
	const { key, text, blanks, phone, recipient } = draft;
	const result = await outside.notifier.send({
		company: claim.company,
		to: { kind: "sms", address: phone ?? "" },
		wording: notice,
		language: recipient.language === "zh" ? "zh-CN" : "en",
		text,
		blanks,
		idempotencyKey: key,
	});
	const finish = (state: "sent" | "failed", receipt: string) =>
		desk.database.transaction((session) =>
			session.commitWith([finishNotice(claim.company, key, state, receipt, now)]),
		);
	if (result.ok) {
		await finish("sent", result.receipt);
		return DONE;
	}
	if (result.retry && claim.attempts + 1 < MOST_ATTEMPTS) return { is: "failed", why: result.reason };
	await finish("failed", result.reason);
	// a wrong number is nobody's to mend here; a missing template or key is
	return result.reason === "refused" ? DONE : { is: "failed", why: result.reason, forGood: true };
}
