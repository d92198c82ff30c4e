import type { Case } from "#engine/case.ts";
import type { Effect } from "#engine/steps/step.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Change } from "../change.ts";
import type { ChannelKind } from "../ports/notifier.ts";
import { maskOf } from "../store/kept.ts";
import { letterFor } from "./letters.ts";
import { noticeText } from "./notice-text.ts";
import { reachesOf, waitsUntil } from "./reach.ts";
import { recipientsOf } from "./recipients.ts";
import { type TellingBatch, tellingFor } from "./telling.ts";

type Notify = Extract<Effect, { do: "notify" }>;

/** A notice as it would go out, to everybody who would get the same. */
export interface PreviewedNotice {
	wording: string;
	language: "zh" | "en";
	channel: ChannelKind | "in-app" | "none";
	/** Not before then: quiet hours, in which it would wait. */
	at: Instant | null;
	/** `party:p1`, `person:…`. */
	to: string[];
	text: string;
}

/** A letter for printing, filled with the case as it would be. */
export interface PreviewedLetter {
	letter: string;
	/** `party:p1`. */
	to: string;
	language: "zh" | "en";
	subject: string;
	body: string;
}

/** What would go out if a change were written: the same words as the loop would send, without a link that works. */
export async function previewOf(
	batch: TellingBatch,
	change: Change,
	type: string,
): Promise<{ notices: PreviewedNotice[]; letter: PreviewedLetter | null }> {
	const { next, effects } = change;
	const texts = Object.fromEntries(
		change.kept.map(({ ref, keep, content }) => [ref, maskOf(keep, content)] as const),
	);
	const notices: PreviewedNotice[] = [];
	for (const effect of effects)
		if (effect.do === "notify") notices.push(...(await noticesOf(batch, next, effect, texts)));
	return { notices, letter: await letterFor(batch, next, type, texts) };
}

async function noticesOf(
	batch: TellingBatch,
	kase: Case,
	effect: Notify,
	texts: Record<string, string>,
): Promise<PreviewedNotice[]> {
	const { desk, now } = batch;
	const recipients = recipientsOf(kase, effect, await desk.offices.of(kase.company), now);
	const alike = Map.groupBy(recipients, (one) =>
		one.party || "person" in effect.to ? one.id : one.language,
	);
	const notices: PreviewedNotice[] = [];
	for (const group of alike.values()) {
		const [first] = group;
		if (!first) continue;
		const reach = (await reachesOf(desk, kase, [first])).get(first.id);
		const language = reach?.language ?? first.language;
		const telling = await tellingFor(batch, kase, effect, { ...first, language });
		const { text } = await noticeText(desk, telling, texts);
		const [way] = reach?.ways ?? [];
		notices.push({
			wording: effect.notice,
			language,
			channel: way?.channel ?? (first.person ? "in-app" : "none"),
			at: reach && way ? waitsUntil(reach, kase, telling.pack, now) : null,
			to: group.map((one) => one.id),
			text,
		});
	}
	return notices;
}
