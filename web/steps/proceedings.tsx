import type { Proceeding } from "#engine/case.ts";
import { bodyName, moneyText, type Names, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { DueWords } from "../screens/case/duty.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 外部投诉: regulators, hotlines, police, insurers: their number, their clock, what they wrote and what was answered. */
export function Proceedings(props: PanelProps) {
	const { say, kase } = props.names;
	return (
		<Records
			title={say.of("steps", "proceedings")}
			empty={kase.proceedings.length === 0 ? say.ui("empty-proceedings") : null}
			act={<Act {...props} command="OpenProceeding" />}
		>
			{kase.proceedings.map((one) => (
				<Outside key={one.id} proceeding={one} {...props} />
			))}
		</Records>
	);
}

function Outside({ proceeding, ...props }: PanelProps & { proceeding: Proceeding }) {
	const { names } = props;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const { result, sentBack, due } = proceeding;
	const over = result !== null || sentBack !== null;
	const known = { proceeding: proceeding.id };
	const state = result
		? say.of("standings", "done")
		: sentBack
			? t("sent-back")
			: say.of("values", proceeding.direction);
	return (
		<Record title={`${bodyName(names, proceeding.body)} ${proceeding.number}`} state={state}>
			<Pairs
				rows={[
					[say.ui("received-at"), timeText(names, proceeding.receivedAt)],
					[say.ui("due"), due && (over ? timeText(names, due) : <DueWords names={names} due={due} />)],
				]}
			/>
			{proceeding.extended.map((one) => (
				<p key={one.at} className="quiet">
					{t("extended-to", { time: timeText(names, one.due) })} · {textOf(names, one.why)}
				</p>
			))}
			<Letters names={names} proceeding={proceeding} />
			{proceeding.insurance.length > 0 && (
				<>
					<h3>{t("insurance")}</h3>
					<ul>
						{proceeding.insurance.map((one) => (
							<li key={one.at}>
								{say.of("values", one.step)} · {timeText(names, one.at)}
								{one.amount && ` · ${moneyText(say, one.amount)}`}
							</li>
						))}
					</ul>
				</>
			)}
			{sentBack && <p className="entry-words">{textOf(names, sentBack.why)}</p>}
			{result && (
				<p className="entry-words">
					<b>{say.of("fields", "RecordProceedingResult.words")}</b> {textOf(names, result.words)}
					{result.amount && ` ${moneyText(say, result.amount)}`}
				</p>
			)}
			{!over && (
				<p className="acts">
					<Act {...props} command="ReplyToBody" known={known} />{" "}
					<Act {...props} command="ReceiveFromBody" known={known} />{" "}
					<Act {...props} command="RecordInsuranceStep" known={known} />{" "}
					<Act {...props} command="ExtendProceeding" known={known} />{" "}
					<Act {...props} command="SendBackProceeding" known={known} />{" "}
					<Act {...props} command="RecordProceedingResult" known={known} />
				</p>
			)}
		</Record>
	);
}

/** What the body wrote and what was answered, in order. */
function Letters({ names, proceeding }: { names: Names; proceeding: Proceeding }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const letters = [
		...proceeding.received.map((one) => ({
			...one,
			key: `r${one.at}`,
			out: false,
			title: say.of("fields", "OpenProceeding.words"),
		})),
		...proceeding.replies.map((one) => ({
			...one,
			key: `a${one.at}`,
			out: true,
			title: one.final ? t("last-reply") : say.of("fields", "ReplyToBody.words"),
		})),
	].toSorted((a, b) => a.at.localeCompare(b.at));
	return letters.map((one) => (
		<div key={one.key} className={one.out ? "letter letter-out" : "letter"}>
			<b>{one.title}</b>
			<By names={names} at={one.at} by={one.by} />
			<p className="entry-words">{textOf(names, one.words)}</p>
		</div>
	));
}
