import type { FollowUp } from "#engine/case.ts";
import { type Names, textOf, timeText } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 回访: when the complainant is to be asked, and what they answered. */
export function FollowUps(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	if (kase.followUpPlan.length + kase.followUps.length === 0 && !kase.termination) return null;
	const answered = new Set(kase.followUps.map((one) => one.attempt));
	const open = kase.followUpPlan.filter((one) => !answered.has(one.attempt));
	return (
		<Records
			title={say.of("steps", "follow-up")}
			empty={null}
			act={<Act {...props} command="IssueTerminationNotice" />}
		>
			{open.map((one) => (
				<Record
					key={one.attempt}
					title={`${t("follow-up-plan")} · ${say.ui("due-at", { time: timeText(names, one.due) })}`}
					state={one.asked && t("follow-up-asked")}
				>
					<p className="acts">
						<Act {...props} command="RecordFollowUp" known={{ attempt: one.attempt }} />{" "}
						<Act {...props} command="RecordFollowUpAttempt" known={{ attempt: one.attempt }} />{" "}
						<Act {...props} command="WaiveFollowUp" known={{ attempt: one.attempt }} />
					</p>
				</Record>
			))}
			{kase.followUps.map((one) => (
				<Asked key={one.id} followUp={one} names={names} />
			))}
			{kase.termination && (
				<Record title={say.of("commands", "IssueTerminationNotice")}>
					<By names={names} at={kase.termination.at} by={kase.termination.by} />
					<p className="entry-words">{textOf(names, kase.termination.reasons)}</p>
				</Record>
			)}
		</Records>
	);
}

function Asked({ followUp, names }: { followUp: FollowUp; names: Names }) {
	const { say, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const { result, at, by } = followUp;
	const made = <By names={names} at={at} by={by} />;
	if ("noAnswer" in result)
		return (
			<Record internal title={say.of("values", "no-answer")}>
				{made}
			</Record>
		);
	if ("waived" in result)
		return (
			<Record internal title={say.bi(pack?.data.followUp.waivers[result.waived]) || result.waived}>
				{made}
				<p className="entry-words">{textOf(names, result.why)}</p>
			</Record>
		);
	return (
		<Record
			internal
			title={say.of("values", `satisfied.${result.satisfied}`)}
			state={result.score !== null && t("score-given", { count: result.score })}
		>
			{made}
			{result.bothered && <p className="fault">{t("bothered")}</p>}
			<p className="entry-words">{textOf(names, result.words)}</p>
			<p className="entry-words">{textOf(names, result.advice)}</p>
		</Record>
	);
}
