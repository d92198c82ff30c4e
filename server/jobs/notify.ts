import type { Case } from "#engine/case.ts";
import type { Effect } from "#engine/steps/step.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Claim } from "../store/due-claims.ts";
import { insertNotices, type NewNotice, type NoticeState, readNotices } from "../store/notices.ts";
import { readCaseOf } from "./cases.ts";
import { sendNotice } from "./notice-send.ts";
import { type NoticeText, noticeText } from "./notice-text.ts";
import { DONE, type Outcome } from "./outcome.ts";
import { type Reach, reachesOf, waitsUntil } from "./reach.ts";
import { type Recipient, recipientsOf } from "./recipients.ts";
import { caseLink, tellingFor } from "./telling.ts";
import type { Batch } from "./units.ts";

type Notify = Extract<Effect, { do: "notify" }>;

/** A notice about to be told to one recipient. */
interface Draft extends NoticeText {
	key: string;
	recipient: Recipient;
	reach: Reach;
	link: string | null;
	/** Quiet hours: it waits until then. */
	until: Instant | null;
	/** What was written of it before; null: it is new. */
	known: NoticeState | null;
}

/**
 * Tells everybody whom an effect is for. Whoever has an account reads it in the product; beyond that each is told in
 * the ways they wish, one after the other until one takes it, and not in their quiet hours unless it can't wait. Each
 * notice is written once, under a key of its own, with the text that goes out, however often this is done again.
 */
export async function notify(batch: Batch, claim: Claim, effect: Notify): Promise<Outcome> {
	const { desk, now } = batch;
	const start = `${claim.stream}:${claim.key}:`;
	const { kase, rows } = await readCaseOf(desk, claim, [readNotices(claim.company, claim.stream, start)]);
	if (!kase?.intake) return DONE;
	const known = new Map((rows[0] as NoticeState[]).map((one) => [one.key, one]));
	const recipients = recipientsOf(kase, effect, await desk.offices.of(claim.company), now);
	const open = recipients.filter((one) => isOpen(known.get(start + one.id)));
	const reaches = await reachesOf(desk, kase, open);
	const drafts = await Promise.all(
		open.map((one) => {
			const key = start + one.id;
			return draft(batch, kase, effect, one, {
				reach: reaches.get(one.id) as Reach,
				key,
				known: known.get(key) ?? null,
			});
		}),
	);
	await write(batch, kase, effect, drafts);
	const outcomes: Outcome[] = [];
	for (const one of drafts) outcomes.push(await tell(batch, claim, kase, effect, one));
	return together(batch, claim, outcomes);
}

/** Not told yet; a text that was erased meanwhile is not told any more. */
function isOpen(known: NoticeState | undefined): boolean {
	return !known || ((known.state === "sending" || known.state === "waiting") && known.text !== null);
}

async function draft(
	batch: Batch,
	kase: Case,
	effect: Notify,
	recipient: Recipient,
	{ reach, key, known }: Pick<Draft, "reach" | "key" | "known">,
): Promise<Draft> {
	const pack = batch.desk.packs.get(kase.pack.name, kase.pack.version);
	const until = reach.ways.length > 0 ? waitsUntil(reach, kase, pack, batch.now) : null;
	const speaking = { ...recipient, language: reach.language };
	const telling = await tellingFor(batch, kase, effect, speaking);
	const told = await noticeText(batch.desk, telling);
	const text = known?.text ?? told.text;
	// only ways that have a place for it need one where the wording has none
	const apart = reach.ways.some((one) => one.channel !== "sms") && !until;
	const link = telling.link ?? (apart ? await caseLink(batch, kase, speaking) : null);
	return { ...told, text, link, key, recipient: speaking, reach, until, known };
}

/** Writes the notices that are new; one that is known has its text already. */
async function write(batch: Batch, kase: Case, { notice }: Notify, drafts: readonly Draft[]): Promise<void> {
	const rows = drafts
		.filter((one) => one.known === null)
		.map((one): NewNotice => {
			const { key, recipient, text, until } = one;
			return { key, wording: notice, recipient: recipient.id, text, until, ...firstState(one) };
		});
	const statements = insertNotices(kase.company, kase.id, rows, batch.now);
	if (statements.length > 0)
		await batch.desk.database.transaction((session) => session.commitWith(statements));
}

function firstState({ reach, recipient, until }: Draft): Pick<NewNotice, "channel" | "state"> {
	const [way] = reach.ways;
	if (way) return { channel: way.channel, state: until ? "waiting" : "sending" };
	return recipient.person ? { channel: "in-app", state: "sent" } : { channel: "none", state: "failed" };
}

async function tell(
	batch: Batch,
	claim: Claim,
	kase: Case,
	{ notice }: Notify,
	{ key, text, blanks, link, recipient, reach, until, known }: Draft,
): Promise<Outcome> {
	if (until) return { is: "later", at: until };
	if (reach.ways.length === 0 && known === null) return DONE;
	const office = await batch.desk.offices.of(claim.company);
	return await sendNotice(batch, {
		...{ company: claim.company, key, text, blanks, link, wording: notice },
		title: `${office.name} ${kase.number}`,
		language: reach.language,
		ways: reach.ways,
		tried: known?.tried ?? [],
		inProduct: recipient.person !== null,
		attempts: claim.attempts,
	});
}

/** One outcome of several: what is still to be done comes before what is over; what failed for good is reported. */
function together({ outside }: Batch, claim: Claim, outcomes: readonly Outcome[]): Outcome {
	const failed = outcomes.filter((one) => one.is === "failed");
	const again = failed.find((one) => !one.forGood);
	const later = outcomes.filter((one) => one.is === "later").sort((a, b) => (a.at < b.at ? -1 : 1))[0];
	if (!again && !later) return failed[0] ?? DONE;
	for (const one of failed)
		if (one.forGood) outside.report(`a notice of due row ${claim.id} failed for good: ${one.why}`);
	return again ?? later ?? DONE;
}
