import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Past, problemIn } from "../../api.ts";
import { categoryName, type Names, partyName, timeText } from "../../labels.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { formatRelative } from "../../parts/time.ts";
import { pastsQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** How far the server counts somebody's complaints. */
const COUNTED = 500;
const GRADES = ["A", "B", "C"] as const;

/** What each side has behind it: complaints by severity, those open, those of a year, sanctions in force. */
export function Pasts({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const pasts = useQuery(pastsQuery(names.kase.id));
	if (pasts.isPending) return <Waiting rows={2} />;
	if (pasts.isError) return <Failure problem={problemIn(pasts.error)} again={() => pasts.refetch()} />;
	if (pasts.data.length === 0) return <p className="quiet">{t("pasts-empty")}</p>;
	return pasts.data.map((one) => <PastOf key={one.party} names={names} past={one} />);
}

/** Severities with their counts, the gravest first; nothing where there was nothing. */
export function Counts({ past }: { past: Past }) {
	const t = useRoomWords(content as RoomWords);
	if (past.count === 0) return <span className="quiet">{t("pasts-none")}</span>;
	return (
		<span className="counts">
			{GRADES.map((grade) => (
				<span key={grade} className={past.bySeverity[grade] > 0 ? "count" : "count count-none"}>
					{grade} <b>{past.bySeverity[grade]}</b>
				</span>
			))}
			{past.bySeverity.none > 0 && (
				<span className="count">
					{t("ungraded")} <b>{past.bySeverity.none}</b>
				</span>
			)}
		</span>
	);
}

function PastOf({ names, past }: { names: Names; past: Past }) {
	const t = useRoomWords(content as RoomWords);
	const against = past.side === "respondent";
	return (
		<div className={`party side-${past.side}`}>
			<h3>{partyName(names, past.party)}</h3>
			<p className="past-line">
				<span>{t(against ? "pasts-of-respondent" : "pasts-of-complainant")}</span> <Counts past={past} />
			</p>
			{past.count > 0 && (
				<p className="quiet">
					{t("pasts-open", { count: past.open })} · {t("pasts-year", { count: past.year })}
					{past.more && ` · ${t("pasts-more", { count: COUNTED })}`}
				</p>
			)}
			{past.conduct && <Conduct names={names} conduct={past.conduct} />}
			<ul className="others">
				{past.recent.map((one) => (
					<OtherCase key={one.id} names={names} other={one} />
				))}
			</ul>
		</div>
	);
}

function Conduct({ names, conduct }: { names: Names; conduct: NonNullable<Past["conduct"]> }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	return (
		<>
			<p className="past-line">{t("score", { score: conduct.score, base: conduct.base })}</p>
			{conduct.inForce.length === 0 && <p className="quiet">{t("sanctions-none")}</p>}
			<ul>
				{conduct.inForce.map((one) => (
					<li key={one.id}>
						{say.of("sanctions", one.kind)}
						{one.points !== 0 && ` ${t("points", { count: one.points })}`}
						{one.until && <span className="quiet"> {t("until", { time: timeText(names, one.until) })}</span>}
					</li>
				))}
			</ul>
		</>
	);
}

/** Another case in one or two lines: how grave, what, how it ended, how long ago. */
export function OtherCase({
	names,
	other,
	children,
}: {
	names: Names;
	other: Past["recent"][number];
	children?: React.ReactNode;
}) {
	const { say, now } = names;
	const state =
		other.closedAt && other.outcome ? say.of("outcomes", other.outcome) : say.of("steps", other.step);
	return (
		<li>
			<Link
				to="/cases/$id"
				params={{ id: other.id }}
				search={(before) => ({ ...before, do: undefined, about: undefined })}
			>
				<span className="other-what">
					<b>{other.severity ?? "–"}</b>
					<span>
						{other.categories
							.map((id) => categoryName(names, id))
							.join(say.language === "zh" ? "、" : ", ") || other.number}
					</span>
					<span className="quiet">{formatRelative(other.receivedAt, now, say.language)}</span>
				</span>
				<span className="other-more quiet">
					{state}
					{children}
				</span>
			</Link>
		</li>
	);
}
