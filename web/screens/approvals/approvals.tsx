import { moneyText, type Names, personName, textOf } from "../../labels.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { DueBand } from "../work/due-band.tsx";
import { WorkLineText } from "../work/line.tsx";
import { dutiesIn, type Entry } from "../work/work-query.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { ApprovalAsked } from "./asked.tsx";
import { content } from "./words.yaml";

/** 审批: what waits for one's agreement, the earliest due first. */
export function Approvals() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	return (
		<WorkRoom
			room="approvals"
			title={say.ui("approvals-room")}
			empty={t("empty")}
			entries={dutiesIn}
			line={(entry, names) => <Line entry={entry} names={names} />}
			detail={(entry, names, done) => <ApprovalAsked entry={entry} names={names} onDone={done} />}
		/>
	);
}

function Line({ entry, names }: { entry: Entry; names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const one = names.kase.approvals.find((known) => known.id === entry.about);
	if (!one) return null;
	const ratify = one.agreed !== null;
	return (
		<WorkLineText
			names={names}
			end={<b>{moneyText(names.say, one.ceiling)}</b>}
			below={`${ratify ? `${t("ratify")} · ` : ""}${t("by-for", { name: personName(names, one.by), grounds: textOf(names, one.grounds) })}`}
			band={
				<DueBand
					names={names}
					about={one.id}
					since={one.agreed?.at ?? one.at}
					due={entry.due}
					label={t(ratify ? "ratify" : "do")}
				/>
			}
		/>
	);
}
