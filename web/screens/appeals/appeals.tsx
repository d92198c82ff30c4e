import { type Names, personName } from "../../labels.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { DueBand } from "../work/due-band.tsx";
import { WorkLineText } from "../work/line.tsx";
import { dutiesIn, type Entry } from "../work/work-query.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { AppealLodged } from "./lodged.tsx";
import { content } from "./words.yaml";

/** 申诉与复核: to be assigned to somebody who has not decided before, and to be decided. */
export function Appeals() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	return (
		<WorkRoom
			room="appeals"
			title={say.ui("appeals-room")}
			empty={t("empty")}
			entries={dutiesIn}
			line={(entry, names) => <Line entry={entry} names={names} />}
			detail={(entry, names, done) => <AppealLodged entry={entry} names={names} onDone={done} />}
		/>
	);
}

function Line({ entry, names }: { entry: Entry; names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const one = names.kase.appeals.find((known) => known.id === entry.about);
	if (!one) return null;
	return (
		<WorkLineText
			names={names}
			end={<span className={`tag side-${one.side}`}>{t(`side-${one.side}`)}</span>}
			below={one.reviewer ? t("with", { name: personName(names, one.reviewer.person) }) : t("to-assign")}
			band={<DueBand names={names} about={one.id} since={one.at} due={entry.due} label={t("do")} />}
		/>
	);
}
