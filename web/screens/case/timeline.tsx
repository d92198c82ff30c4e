import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { type HistoryEvent, problemIn } from "../../api.ts";
import { type Names, personName, timeText } from "../../labels.ts";
import { Empty, Failure, Waiting } from "../../parts/states.tsx";
import { formatRelative } from "../../parts/time.ts";
import { historyQuery } from "../../queries.ts";
import { eventText } from "../../shown.ts";

const KINDS = ["all", "acts", "clocks"] as const;
type Kind = (typeof KINDS)[number];

/** Everything that has happened, newest first, with the words that were kept. */
export function Timeline({ names }: { names: Names }) {
	const { say, kase } = names;
	const history = useQuery(historyQuery(kase.id));
	const [kind, setKind] = useState<Kind>("acts");
	if (history.isPending) return <Waiting />;
	if (history.isError) return <Failure problem={problemIn(history.error)} again={() => history.refetch()} />;
	const { events, texts } = history.data;
	const shown = events.filter((one) => kind === "all" || isClock(one) === (kind === "clocks")).toReversed();
	const all = { ...names, texts: { ...names.texts, ...texts } };
	return (
		<>
			<Segmented
				size="small"
				value={kind}
				onChange={setKind}
				options={KINDS.map((value) => ({ value, label: say.ui(`history-${value}`) }))}
				aria-label={say.ui("filter")}
			/>
			{shown.length === 0 && <Empty icon="clock" text={say.ui("empty-history")} />}
			<ol className="timeline">
				{shown.map((one) => (
					<Entry key={one.seq} names={all} event={one} />
				))}
			</ol>
		</>
	);
}

function isClock({ type }: HistoryEvent): boolean {
	return type.startsWith("Clock");
}

function Entry({ names, event }: { names: Names; event: HistoryEvent }) {
	const refs = wordsIn(event.data).flatMap((ref) =>
		names.texts[ref] ? [{ ref, text: names.texts[ref] }] : [],
	);
	// the words of a complaint and of its one allegation are often the same
	const words = refs.filter((one, n) => refs.findIndex((other) => other.text === one.text) === n);
	return (
		<li className={`entry entry-${sideOf(names, event)}`}>
			<p>
				<b>{eventText(names, event)}</b>
				<span className="quiet">
					{" "}
					{personName(names, event.actor)} · <time dateTime={event.at}>{timeText(names, event.at)}</time> ·{" "}
					{formatRelative(event.at, names.now, names.say.language)}
				</span>
			</p>
			{words.map((one) => (
				<p key={one.ref} className="entry-words">
					{one.text}
				</p>
			))}
		</li>
	);
}

/** Whose act it was, for its colour: a side's own, or the office's. */
function sideOf({ kase }: Names, { actor, type }: HistoryEvent): string {
	const party = kase.parties.find((one) => one.person === actor || one.id === actor);
	if (party) return party.side;
	if (type === "Explained" || type === "AppealLodged") return "respondent";
	if (type === "ComplaintFiled" || type === "UrgingRecorded" || type === "CounterOffered")
		return "complainant";
	return "company";
}

/** The references of free words in an event; names, numbers and addresses are shown with the parties. */
function wordsIn(value: unknown, key = ""): string[] {
	if (PERSONAL.has(key) || value === null || typeof value !== "object") return [];
	if (Array.isArray(value)) return value.flatMap((one) => wordsIn(one, key));
	const record = value as Record<string, unknown>;
	if (typeof record.ref === "string" && typeof record.hash === "string") return [record.ref];
	return Object.entries(record).flatMap(([name, one]) => wordsIn(one, name));
}

const PERSONAL = new Set(["parties", "name", "phone", "address", "plate", "place"]);
