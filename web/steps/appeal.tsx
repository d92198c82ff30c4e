import type { Appeal } from "#engine/case.ts";
import { allegationName, type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 申诉 and 申请复核: against what, on which grounds, with which supplement, decided by whom and why. */
export function Appeals(props: PanelProps) {
	const { say, kase } = props.names;
	return (
		<Records
			title={say.of("steps", "appeal")}
			empty={kase.appeals.length === 0 ? say.ui("empty-appeals") : null}
			act={
				<>
					<Act {...props} command="LodgeAppeal" /> <Act {...props} command="RequestReview" />
				</>
			}
		>
			{kase.appeals.map((one) => (
				<Lodged key={one.id} appeal={one} {...props} />
			))}
		</Records>
	);
}

function Lodged({ appeal, ...props }: PanelProps & { appeal: Appeal }) {
	const { names } = props;
	const { say, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const grounds = appeal.grounds.map((one) => say.bi(pack?.data.appeals.grounds[one]) || one);
	const { decided, supplement, supplementAsked } = appeal;
	return (
		<Record
			side={appeal.side}
			title={partyName(names, appeal.party)}
			state={decided ? say.of("values", decided.result) : say.of("standings", "open")}
		>
			<By names={names} at={appeal.at} by={appeal.by} />
			<Pairs
				rows={[
					[t("against"), againstWords(names, appeal, t("against-decision"))],
					[say.of("fields", "LodgeAppeal.grounds"), grounds.join(" · ")],
					[say.of("roles", "reviewer"), appeal.reviewer && personName(names, appeal.reviewer.person)],
				]}
			/>
			<p className="entry-words">{textOf(names, appeal.words)}</p>
			{supplementAsked && !supplement && (
				<p className="quiet">{t("supplement-asked", { time: timeText(names, supplementAsked.due) })}</p>
			)}
			{supplement && (
				<>
					<h3>{t("supplement")}</h3>
					<By names={names} at={supplement.at} by={supplement.by} />
					<p className="entry-words">{textOf(names, supplement.words)}</p>
				</>
			)}
			{decided && (
				<>
					<h3>{say.of("values", decided.result)}</h3>
					<By names={names} at={decided.at} by={decided.by} />
					<p className="entry-words">{textOf(names, decided.reasons)}</p>
					{decided.newRound && <p className="quiet">{t("new-round", { count: decided.newRound })}</p>}
				</>
			)}
			{!decided && (
				<p className="acts">
					{!appeal.reviewer && <Act {...props} command="AssignReviewer" known={{ appeal: appeal.id }} />}{" "}
					<Act {...props} command="AskForSupplement" known={{ appeal: appeal.id }} />{" "}
					<Act {...props} command="SupplementAppeal" known={{ appeal: appeal.id }} />{" "}
					<Act {...props} command="DecideAppeal" known={{ appeal: appeal.id }} />
				</p>
			)}
		</Record>
	);
}

function againstWords(names: Names, { against }: Appeal, decision: string): string {
	const { say, kase } = names;
	const findings = against.findings.flatMap((id) => {
		const finding = kase.findings.find((one) => one.id === id);
		return finding
			? [`${allegationName(names, finding.allegation)} ${say.of("values", `upheld.${finding.upheld}`)}`]
			: [];
	});
	const sanction = kase.sanctions.find((one) => one.id === against.sanction);
	return [
		...findings,
		...(sanction ? [say.of("sanctions", sanction.kind)] : []),
		...(against.decision ? [decision] : []),
	].join(" · ");
}
