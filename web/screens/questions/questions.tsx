import { useState } from "react";
import type { Question } from "#engine/case.ts";
import { type Names, personName, textOf } from "../../labels.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Choice } from "../work/choice.tsx";
import { DueBand } from "../work/due-band.tsx";
import { WorkLineText } from "../work/line.tsx";
import type { Entry, WorkItem } from "../work/work-query.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { QuestionAsked } from "./asked.tsx";
import { content } from "./words.yaml";

type State = "open" | "answered";

/** 部门协查: what one's department is asked, and what it has answered. */
export function Questions() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const [state, setState] = useState<State>("open");
	return (
		<WorkRoom
			key={state}
			room={state === "open" ? "questions" : "questions/answered"}
			title={say.ui("questions-room")}
			beside={
				<Choice
					label={say.ui("questions-room")}
					chosen={state}
					choices={[
						["open", t("open")],
						["answered", t("answered")],
					]}
					onChoose={setState}
				/>
			}
			empty={t(state === "open" ? "empty" : "empty-answered")}
			entries={state === "open" ? openOnes : answeredOnes}
			{...(state === "answered" && { order: null })}
			line={(entry, names) => <Line entry={entry} names={names} />}
			detail={(entry, names, done) => <QuestionAsked entry={entry} names={names} onDone={done} />}
		/>
	);
}

function openOnes(item: WorkItem): Entry[] {
	return own(item, (one) => !one.answer && !one.withdrawn);
}

function answeredOnes(item: WorkItem): Entry[] {
	return own(item, (one) => one.answer !== null);
}

function own(item: WorkItem, which: (one: Question) => boolean): Entry[] {
	return (item.case.questions ?? [])
		.filter((one) => item.asked?.includes(one.id) && which(one))
		.map((one) => ({
			id: `${item.case.id}.${one.id}`,
			item,
			about: one.id,
			due: item.duties.find((duty) => duty.about === one.id)?.due ?? one.due,
		}));
}

function Line({ entry, names }: { entry: Entry; names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const one = names.kase.questions.find((known) => known.id === entry.about);
	if (!one) return null;
	return (
		<WorkLineText
			names={names}
			end={<span className="quiet">{t(`about-${one.about}`)}</span>}
			below={textOf(names, one.words)}
			band={
				one.answer ? (
					<span className="quiet work-line-end">{personName(names, one.answer.by)}</span>
				) : (
					<DueBand names={names} about={one.id} since={one.at} due={entry.due} label={t("do")} />
				)
			}
		/>
	);
}
