import type { Question } from "#engine/case.ts";
import { organisationName, partyName, personName, textOf, timeText } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { Evidence } from "./evidence/evidence.tsx";
import { Hearings } from "./hearing.tsx";
import { VerificationMatrix } from "./verification.tsx";
import { content } from "./words.yaml";

/** 调查: what was verified, evidence, questions and answers, explanations, inspections. */
export function Investigation(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	return (
		<>
			{props.answer.viewer === "staff" && <VerificationMatrix {...props} />}
			<Evidence {...props} />
			{props.answer.viewer === "staff" && <Hearings {...props} />}
			<Records
				title={say.ui("questions")}
				empty={kase.questions.length === 0 ? say.ui("empty-questions") : null}
				act={<Act {...props} command="AskQuestion" />}
			>
				{kase.questions.map((one) => (
					<Asked key={one.id} question={one} {...props} />
				))}
			</Records>
			<Inspections {...props} />
		</>
	);
}

function Asked({ question, ...props }: PanelProps & { question: Question }) {
	const { names } = props;
	const { say, kase } = names;
	const to =
		"party" in question.to
			? partyName(names, question.to.party)
			: organisationName(names, question.to.organisation);
	const party = "party" in question.to ? question.to.party : "";
	const state = question.answer
		? say.ui("answered")
		: question.noReply
			? say.of("values", "no-reply")
			: say.ui("due-at", { time: timeText(names, question.due) });
	return (
		<Record
			side={kase.parties.find((one) => one.id === party)?.side ?? "company"}
			title={`${say.of("values", `about.${question.about}`)} → ${to}`}
			state={state}
		>
			<By names={names} at={question.at} by={question.by} />
			<p className="entry-words">{textOf(names, question.words)}</p>
			{question.answer && (
				<>
					<By names={names} at={question.answer.at} by={question.answer.by} />
					<p className="entry-words">{textOf(names, question.answer.words)}</p>
				</>
			)}
			{!question.answer && !question.noReply && (
				<p className="acts">
					<Act {...props} command="AnswerQuestion" known={{ question: question.id }} />{" "}
					<Act {...props} command="RecordNoReply" known={{ question: question.id }} />
				</p>
			)}
		</Record>
	);
}

function Inspections(props: PanelProps) {
	const { names } = props;
	const { kase } = names;
	const t = useRoomWords(content as RoomWords);
	if (kase.inspections.length === 0) return null;
	return (
		<Records title={t("inspections")} empty={null}>
			{kase.inspections.map((one) => (
				<Record
					key={one.id}
					internal
					title={textOf(names, one.place)}
					state={one.result ? names.say.of("standings", "done") : timeText(names, one.planned)}
				>
					<p className="quiet">
						{personName(names, one.inspector)} · {timeText(names, one.planned)}
					</p>
					<p className="entry-words">{textOf(names, one.result?.words)}</p>
					{!one.result && <Act {...props} command="RecordInspection" known={{ inspection: one.id }} />}
				</Record>
			))}
		</Records>
	);
}
