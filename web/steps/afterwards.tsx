import type { Appeal, Proceeding, Sanction } from "#engine/case.ts";
import { bodyName, causeName, type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { Act } from "./act.tsx";
import { By } from "./contact.tsx";

/** 回访, 申诉, 外部投诉, 信誉 and 改进: what follows once a decision has been made. */
export function Afterwards(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	return (
		<>
			<FollowUps {...props} />
			<Records
				title={say.of("steps", "appeal")}
				empty={kase.appeals.length === 0 ? say.ui("empty-appeals") : null}
				act={<Act {...props} command="LodgeAppeal" />}
			>
				{kase.appeals.map((one) => (
					<AppealLodged key={one.id} appeal={one} {...props} />
				))}
			</Records>
			<Records
				title={say.of("steps", "proceedings")}
				empty={kase.proceedings.length === 0 ? say.ui("empty-proceedings") : null}
				act={<Act {...props} command="OpenProceeding" />}
			>
				{kase.proceedings.map((one) => (
					<Outside key={one.id} proceeding={one} names={names} />
				))}
			</Records>
			<Records
				title={say.of("steps", "reputation")}
				empty={kase.sanctions.length === 0 ? say.ui("empty-sanctions") : null}
			>
				{kase.sanctions.map((one) => (
					<Sanctioned key={one.id} sanction={one} names={names} />
				))}
			</Records>
			<Improvements {...props} />
		</>
	);
}

function FollowUps(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	if (kase.followUpPlan.length + kase.followUps.length === 0) return null;
	return (
		<Records
			title={say.of("steps", "follow-up")}
			empty={null}
			act={<Act {...props} command="RecordFollowUp" />}
		>
			{kase.followUpPlan.map((one) => (
				<p key={one.attempt} className="quiet">
					{say.ui("due-at", { time: timeText(names, one.due) })}
				</p>
			))}
			{kase.followUps.map((one) => (
				<Record key={one.id} internal title={followUpResult(names, one.result)}>
					<By names={names} at={one.at} by={one.by} />
				</Record>
			))}
		</Records>
	);
}

function followUpResult({ say, pack }: Names, result: Names["kase"]["followUps"][number]["result"]): string {
	if ("noAnswer" in result) return say.of("values", "no-answer");
	if ("waived" in result) return say.bi(pack?.data.followUp.waivers[result.waived]) || result.waived;
	return say.of("values", `satisfied.${result.satisfied}`);
}

function AppealLodged({ appeal, ...props }: PanelProps & { appeal: Appeal }) {
	const { names } = props;
	const { say, pack } = names;
	const grounds = appeal.grounds.map((one) => say.bi(pack?.data.appeals.grounds[one]) || one);
	return (
		<Record
			side={appeal.side}
			title={partyName(names, appeal.party)}
			state={appeal.decided ? say.of("values", appeal.decided.result) : say.of("standings", "open")}
		>
			<By names={names} at={appeal.at} by={appeal.by} />
			<Pairs
				rows={[
					[say.of("fields", "LodgeAppeal.grounds"), grounds.join(" · ")],
					[say.of("roles", "reviewer"), appeal.reviewer && personName(names, appeal.reviewer.person)],
				]}
			/>
			<p className="entry-words">{textOf(names, appeal.words)}</p>
			{appeal.supplement && <p className="entry-words">{textOf(names, appeal.supplement.words)}</p>}
			{appeal.decided && (
				<>
					<By names={names} at={appeal.decided.at} by={appeal.decided.by} />
					<p className="entry-words">{textOf(names, appeal.decided.reasons)}</p>
				</>
			)}
			{!appeal.decided && (
				<p className="acts">
					{!appeal.reviewer && <Act {...props} command="AssignReviewer" known={{ appeal: appeal.id }} />}{" "}
					<Act {...props} command="DecideAppeal" known={{ appeal: appeal.id }} />
				</p>
			)}
		</Record>
	);
}

function Outside({ proceeding, names }: { proceeding: Proceeding; names: Names }) {
	const { say } = names;
	return (
		<Record
			title={`${bodyName(names, proceeding.body)} ${proceeding.number}`}
			state={proceeding.result ? say.of("standings", "done") : say.of("values", proceeding.direction)}
		>
			<Pairs
				rows={[
					[say.ui("received-at"), timeText(names, proceeding.receivedAt)],
					[say.ui("due"), proceeding.due && timeText(names, proceeding.due)],
					[
						say.of("fields", "OpenProceeding.words"),
						proceeding.received.map((one) => textOf(names, one.words)).join(" / "),
					],
					[
						say.of("fields", "ReplyToBody.words"),
						proceeding.replies.map((one) => textOf(names, one.words)).join(" / "),
					],
					[say.of("fields", "RecordProceedingResult.words"), textOf(names, proceeding.result?.words)],
				]}
			/>
		</Record>
	);
}

function Sanctioned({ sanction, names }: { sanction: Sanction; names: Names }) {
	const { say } = names;
	const state = sanction.reversed
		? say.of("events", "SanctionReversed")
		: sanction.lifted
			? say.of("events", "SanctionLifted")
			: sanction.inForce
				? say.ui("in-force")
				: say.ui("in-force-from", { time: timeText(names, sanction.effectiveFrom) });
	return (
		<Record
			title={`${say.of("sanctions", sanction.kind)} · ${partyName(names, sanction.party)}`}
			state={state}
		>
			<Pairs
				rows={[
					[say.of("fields", "points"), sanction.points !== 0 && String(sanction.points)],
					[say.of("fields", "until"), sanction.until && timeText(names, sanction.until)],
					[say.of("fields", "reason"), textOf(names, sanction.reason)],
				]}
			/>
			<By names={names} at={sanction.at} by={sanction.by} />
			{sanction.rule && <Explained names={names} explanation={sanction.rule} />}
		</Record>
	);
}

function Improvements(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const { rootCause, actions, proposals, doNot } = kase.improvement;
	const none = !rootCause && actions.length + proposals.length + doNot.length === 0;
	return (
		<Records
			title={say.of("steps", "improvement")}
			empty={none ? say.ui("empty-improvement") : null}
			act={<Act {...props} command="ProposeImprovement" />}
		>
			{rootCause && (
				<Record title={`${say.of("fields", "RecordRootCause.cause")} · ${causeName(names, rootCause.cause)}`}>
					<p className="entry-words">{textOf(names, rootCause.words)}</p>
				</Record>
			)}
			{actions.map((one) => (
				<Record
					key={one.id}
					title={textOf(names, one.words)}
					state={
						one.verified
							? say.of("values", `worked.${one.verified.worked}`)
							: say.of("standings", one.done ? "done" : "open")
					}
				>
					<p className="quiet">
						{personName(names, one.owner)} · {say.ui("due-at", { time: timeText(names, one.due) })}
					</p>
				</Record>
			))}
			{proposals.map((one) => (
				<Record
					key={one.id}
					title={say.of("values", one.target)}
					state={one.decided ? say.of("values", `taken.${one.decided.taken}`) : null}
				>
					<p className="entry-words">{textOf(names, one.words)}</p>
				</Record>
			))}
			{doNot.map((one) => (
				<Record key={one.id} title={say.of("commands", "AddDoNotRule")}>
					<p className="entry-words">{textOf(names, one.words)}</p>
				</Record>
			))}
		</Records>
	);
}
