import { memo } from "react";
import type { Kept } from "#engine/kept.ts";

import type { Notice } from "../../api.ts";
import { type Names, organisationName, partyName, personName, textOf } from "../../labels.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { eventText } from "../../shown.ts";
import { said } from "../../steps/talk-parts.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./composer/words.yaml";
import type { Entry } from "./timeline-entries.ts";

const ICON: Record<Entry["kind"], IconName> = {
	message: "message",
	call: "phone",
	order: "box",
	evidence: "file",
	internal: "lock",
	clock: "clock",
	act: "check",
};

/** One entry: whose, what, when; the words as they were written; and how what went out has arrived. */
export const TimelineEntry = memo(function TimelineEntry({
	names,
	entry,
	time,
}: {
	names: Names;
	entry: Entry;
	/** As the clock of the company showed. */
	time: string;
}) {
	const t = useRoomWords(content as RoomWords);
	const words = wordsOf(names, entry);
	const notice = entry.event ? null : entry.notice;
	const quiet = words.length === 0 && !notice;
	return (
		<li
			className={`tl tl-${entry.side} tl-${entry.kind}${entry.internal ? " tl-internal" : ""}${quiet ? " tl-quiet" : ""}`}
		>
			<p className="tl-head">
				<Icon name={ICON[entry.kind]} size={16} />
				{entry.internal && <span className="tag">{t("internal")}</span>}
				<b>{titleOf(names, entry, t)}</b>
				<span className="tl-by">
					{entry.event && `${personName(names, entry.event.actor)} · `}
					<time dateTime={entry.at}>{time}</time>
				</span>
			</p>
			{words.map((one) => (
				<p key={one} className="tl-words">
					{one}
				</p>
			))}
			{notice && <p className="tl-words">{notice.text ?? names.say.ui("erased")}</p>}
			<Said names={names} entry={entry} />
			<Sent names={names} entry={entry} />
		</li>
	);
});

function wordsOf(names: Names, entry: Entry): string[] {
	// the words of a complaint and of its one allegation are often the same
	return [...new Set(entry.words.flatMap((ref) => names.texts[ref] ?? []))];
}

type T = ReturnType<typeof useRoomWords>;

function titleOf(names: Names, entry: Entry, t: T): string {
	const { event, order, notice, from, to } = entry;
	if (order) return `${t("order-event", { number: order.number })} ${order.what}`;
	if (!event) return t("told", { to: endName(names, to) });
	if (notice && !event) return t("told", { to: endName(names, to) });
	if (event.type === "MessageSent") return t("to", { from: endName(names, from), to: endName(names, to) });
	if (event.type === "QuestionAsked" && to) return `${eventText(names, event)} → ${endName(names, to)}`;
	if (event.type === "ContactRecorded") return callTitle(names, event.data.contact, t);
	return eventText(names, event);
}

function callTitle(names: Names, contact: unknown, t: T): string {
	const { party, through, outcome } = contact as { party: string; through: string; outcome: string };
	return t("called", {
		through: names.say.of("values", `RecordContact.through.${through}`),
		to: partyName(names, party),
		outcome: names.say.of("values", `RecordContact.outcome.${outcome}`),
	});
}

/** A party, an organisation, or the company's desk. */
function endName(names: Names, id: string | null): string {
	if (id === null || id === "company") return names.say.of("sides", "company");
	if (names.kase.parties.some((one) => one.id === id)) return partyName(names, id);
	return organisationName(names, id);
}

/** Which lines of the talk-track were said. */
function Said({ names, entry }: { names: Names; entry: Entry }) {
	const t = useRoomWords(content as RoomWords);
	if (entry.event?.type !== "ContactRecorded") return null;
	const ids = (entry.event.data.contact as { said?: string[] } | undefined)?.said ?? [];
	const acts = said(ids, names.pack?.data.wording[names.say.language].talk.contact ?? {});
	if (acts.length === 0) return null;
	return (
		<p className="tl-said">
			<Icon name="check" size={14} /> {t("said-lines")} {acts.join(" · ")}
		</p>
	);
}

/** To whom, through what, and whether it arrived. */
function Sent({ names, entry }: { names: Names; entry: Entry }) {
	const t = useRoomWords(content as RoomWords);
	const { notice, event } = entry;
	const guard = event?.type === "MessageSent" ? (event.data.guard as string[] | undefined) : [];
	if (!notice && !guard?.length) return null;
	return (
		<p className="tl-sent">
			{notice && (
				<span className={notice.state === "failed" ? "tl-failed" : ""}>
					<Icon name="send" size={14} /> {sentWords(names, notice, t)}
				</span>
			)}
			{guard && guard.length > 0 && event && (
				<span>
					<Icon name="warn" size={14} /> {t("sent-though", { rules: guard.length })}
					{event.data.reason ? ` · ${textOf(names, event.data.reason as Kept)}` : ""}
				</span>
			)}
		</p>
	);
}

function sentWords({ say }: Names, { channel, state, pretend }: Notice, t: T): string {
	if (channel === "none") return t("unreachable");
	if (channel === "in-app") return `${t("in-app")} · ${t("read-in-app")}`;
	const how = say.of("values", `notice.${state}`);
	return [say.of("values", channel), how, pretend ? t("pretended") : ""].filter(Boolean).join(" · ");
}
