import "../../styles/timeline.css";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { type CaseAnswer, problemIn } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { historyQuery, noticesQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Composer } from "./composer/composer.tsx";
import { content } from "./composer/words.yaml";
import { useTimelineClock } from "./timeline-clock.ts";
import { entriesOf, KINDS, type Kind, type Row, rowsOf } from "./timeline-entries.ts";
import { TimelineEntry } from "./timeline-entry.tsx";

/** So many rows are drawn at first; the earlier ones on request. */
const AT_FIRST = 60;

/** Everything that has happened: what was said, by whom, to whom; calls, orders, evidence and clocks in between. */
export function Timeline({ names, answer }: { names: Names; answer: CaseAnswer }) {
	return (
		<section className="timeline" aria-label={names.say.ui("history")}>
			<Happened names={names} />
			<Composer names={names} answer={answer} />
		</section>
	);
}

function Happened({ names }: { names: Names }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const history = useQuery(historyQuery(kase.id));
	const notices = useQuery(noticesQuery(kase.id));
	const [kind, setKind] = useState<Kind | "all">("all");
	const [shown, setShown] = useState(AT_FIRST);
	const clock = useTimelineClock(names);
	const events = history.data?.events;
	const entries = useMemo(
		() => entriesOf({ kase, events: events ?? [], notices: notices.data ?? [] }),
		[kase, events, notices.data],
	);
	const rows = useMemo(() => rowsOf(entries, kind, clock.dayOf), [entries, kind, clock]);
	const all = useMemo(
		() => ({ ...names, texts: { ...names.texts, ...history.data?.texts } }),
		[names, history.data?.texts],
	);
	if (history.isPending) return <Waiting />;
	if (history.isError) return <Failure problem={problemIn(history.error)} again={() => history.refetch()} />;
	const hidden = Math.max(0, rows.length - shown);
	return (
		<>
			<Chips kind={kind} onChange={setKind} counts={countsOf(entries)} />
			{rows.length === 0 && (
				<Empty icon="clock" text={kind === "all" ? say.ui("empty-history") : t("none-of-kind")}>
					{kind !== "all" && <Button onClick={() => setKind("all")}>{t("show-all")}</Button>}
				</Empty>
			)}
			{hidden > 0 && (
				<Button size="small" className="tl-earlier" onClick={() => setShown(shown + 300)}>
					{t("earlier", { count: hidden })}
				</Button>
			)}
			<ol className="tl-rows">
				{rows.slice(hidden).map((row) => (
					<OneRow key={keyOf(row)} row={row} names={all} clock={clock} />
				))}
			</ol>
		</>
	);
}

type TimelineClock = ReturnType<typeof useTimelineClock>;

function OneRow({ row, names, clock }: { row: Row; names: Names; clock: TimelineClock }) {
	const t = useRoomWords(content as RoomWords);
	if (row.is === "day")
		return (
			<li className="tl-day">
				<h3>{clock.dayWords(row.day)}</h3>
			</li>
		);
	if (row.is === "entry")
		return <TimelineEntry names={names} entry={row.entry} time={clock.timeOf(row.entry.at)} />;
	const [only] = row.entries;
	if (row.entries.length === 1 && only)
		return <TimelineEntry names={names} entry={only} time={clock.timeOf(only.at)} />;
	return (
		<li className="tl-clocks">
			<details>
				<summary>
					<Icon name="clock" size={14} /> {t("clocks-moved", { count: row.entries.length })}
				</summary>
				<ol>
					{row.entries.map((one) => (
						<TimelineEntry key={one.id} names={names} entry={one} time={clock.timeOf(one.at)} />
					))}
				</ol>
			</details>
		</li>
	);
}

function keyOf(row: Row): string {
	if (row.is === "day") return row.day;
	return row.is === "entry" ? row.entry.id : `clocks-${row.entries[0]?.id}`;
}

function Chips({
	kind,
	onChange,
	counts,
}: {
	kind: Kind | "all";
	onChange: (kind: Kind | "all") => void;
	counts: Record<string, number>;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<fieldset className="tl-chips" aria-label={t("filter")}>
			{(["all", ...KINDS] as const).map((one) => (
				<button
					key={one}
					type="button"
					aria-pressed={one === kind}
					disabled={one !== "all" && !counts[one]}
					title={one !== "all" && !counts[one] ? t("none-of-kind") : undefined}
					onClick={() => onChange(one)}
				>
					{t(`kind-${one}`)}
					{one !== "all" && counts[one] ? <span className="count">{counts[one]}</span> : null}
				</button>
			))}
		</fieldset>
	);
}

function countsOf(entries: readonly { kind: Kind }[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}
