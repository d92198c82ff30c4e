import "./incidents.css";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { WorkLineText } from "../work/line.tsx";
import type { Entry, WorkItem, WorkPage } from "../work/work-query.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { BeginIncident } from "./begin.tsx";
import { Incident } from "./incident.tsx";
import { content } from "./words.yaml";

/** How far the cases under an incident are. */
export interface Progress {
	incident: string;
	cases: number;
	closed: number;
	late: number;
	unowned: number;
}
interface IncidentPage extends WorkPage {
	progress: Record<string, Progress>;
}

/** 群体事件: one cause, many complaints; what is said or offered to each of them at once. */
export function Incidents() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	return (
		<WorkRoom
			room="incidents"
			title={say.ui("incidents-room")}
			empty={t("empty")}
			beside={<BeginIncident />}
			entries={asOne}
			order={null}
			line={(entry, names, pages) => {
				const progress = progressIn(pages, entry.item.case.id);
				return (
					<WorkLineText
						names={names}
						end={<span className="quiet">{names.kase.number}</span>}
						below={progress && t("counts", { cases: progress.cases, closed: progress.closed })}
						band={
							progress && progress.late > 0 ? (
								<span className="late work-line-end">{t("late", { count: progress.late })}</span>
							) : null
						}
					/>
				);
			}}
			detail={(entry, names, _, pages) => (
				<Incident item={entry.item} names={names} progress={progressIn(pages, entry.item.case.id)} />
			)}
		/>
	);
}

function asOne(item: WorkItem): Entry[] {
	return [{ id: item.case.id, item, about: "", due: null }];
}

function progressIn(pages: readonly WorkPage[], id: string): Progress | null {
	return (pages as readonly IncidentPage[]).map((page) => page.progress[id]).find(Boolean) ?? null;
}
