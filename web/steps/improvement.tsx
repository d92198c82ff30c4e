import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { Case, CorrectiveAction } from "#engine/case.ts";
import { causeName, labelled, personName, textOf, timeText } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import { sessionQuery } from "../queries.ts";
import { DueWords } from "../screens/case/duty.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 改进: root cause, corrective actions with their owners and whether they worked, proposals, training, the case study. */
export function Improvement(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const { rootCause, actions, proposals, doNot, training, study } = kase.improvement;
	const none = !rootCause && actions.length + proposals.length + doNot.length + training.length === 0;
	return (
		<Records
			title={say.of("steps", "improvement")}
			empty={none && !study ? say.ui("empty-improvement") : null}
			act={
				<>
					<Act {...props} command="ProposeImprovement" />{" "}
					{!rootCause && <Act {...props} command="RecordRootCause" />}{" "}
					<Act {...props} command="OpenCorrectiveAction" />
				</>
			}
		>
			{rootCause && (
				<Record title={`${say.of("fields", "RecordRootCause.cause")} · ${causeName(names, rootCause.cause)}`}>
					<By names={names} at={rootCause.at} by={rootCause.by} />
					<p className="entry-words">{textOf(names, rootCause.words)}</p>
				</Record>
			)}
			<CorrectiveActions {...props} />
			{proposals.map((one) => (
				<Proposal key={one.id} proposal={one} {...props} />
			))}
			{doNot.map((one) => (
				<Record key={one.id} title={say.of("commands", "AddDoNotRule")}>
					<p className="entry-words">{textOf(names, one.words)}</p>
				</Record>
			))}
			<Training {...props} />
			<Study {...props} />
		</Records>
	);
}

/** 整改: also what somebody outside the office is charged with. */
export function CorrectiveActions(props: PanelProps) {
	return props.names.kase.improvement.actions.map((one) => (
		<OneAction key={one.id} action={one} {...props} />
	));
}

function OneAction({ action, ...props }: PanelProps & { action: CorrectiveAction }) {
	const { names } = props;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const { done, verified } = action;
	const state = verified
		? say.of("values", `worked.${verified.worked}`)
		: say.of("standings", done ? "done" : "open");
	return (
		<Record title={`${t("action")} · ${causeName(names, action.cause)}`} state={state}>
			<p className="entry-words">{textOf(names, action.words)}</p>
			<p className="quiet">
				{labelled(say, say.of("fields", "owner"), personName(names, action.owner))} ·{" "}
				{done ? (
					say.ui("due-at", { time: timeText(names, action.due) })
				) : (
					<DueWords names={names} due={action.due} />
				)}
			</p>
			{done && (
				<>
					<p className="entry-words">
						<b>{t("action-done")}</b> {textOf(names, done.words)}
					</p>
					<By names={names} at={done.at} by={done.by} />
				</>
			)}
			{done && !verified && action.verifyBy && (
				<p className="quiet">{t("action-verify", { time: timeText(names, action.verifyBy) })}</p>
			)}
			{verified && <p className="entry-words">{textOf(names, verified.words)}</p>}
			<p className="acts">
				{!done && <Act {...props} command="CompleteCorrectiveAction" known={{ action: action.id }} />}{" "}
				{done && !verified && (
					<Act {...props} command="VerifyCorrectiveAction" known={{ action: action.id }} />
				)}
			</p>
		</Record>
	);
}

function Proposal({
	proposal,
	...props
}: PanelProps & { proposal: Case["improvement"]["proposals"][number] }) {
	const { names } = props;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const { decided } = proposal;
	return (
		<Record
			title={`${t("proposal-of")} · ${say.of("values", proposal.target)}`}
			state={decided ? say.of("values", `taken.${decided.taken}`) : null}
		>
			<By names={names} at={proposal.at} by={proposal.by} />
			<p className="entry-words">{textOf(names, proposal.words)}</p>
			{decided && <p className="entry-words">{textOf(names, decided.why)}</p>}
			{!decided && <Act {...props} command="DecideProposal" known={{ proposal: proposal.id }} />}
		</Record>
	);
}

function Training(props: PanelProps) {
	const { names } = props;
	const { say, kase, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const own = useQuery(sessionQuery).data?.person;
	return kase.improvement.training.map((one) => (
		<Record
			key={one.id}
			title={`${t("training")} · ${say.bi(pack?.data.improvement.training[one.training]?.name) || one.training}`}
			state={one.result ? String(one.result.score) : say.ui("due-at", { time: timeText(names, one.due) })}
		>
			<p className="quiet">{personName(names, one.person)}</p>
			{!one.result?.passed &&
				(one.person === own ? (
					<Button href={`/m/training/${kase.id}/${one.id}`}>{t("take-training")}</Button>
				) : (
					!one.result && <Act {...props} command="RecordTrainingResult" known={{ assignment: one.id }} />
				))}
		</Record>
	));
}

function Study(props: PanelProps) {
	const { names } = props;
	const { study } = names.kase.improvement;
	const t = useRoomWords(content as RoomWords);
	if (!study) return null;
	return (
		<Record title={t("study")} state={study.published && t("study-published")}>
			<p className="entry-words">
				<b>{textOf(names, study.lesson)}</b>
			</p>
			<p className="entry-words">{textOf(names, study.text)}</p>
			{!study.published && <Act {...props} command="PublishCaseStudy" />}
		</Record>
	);
}
