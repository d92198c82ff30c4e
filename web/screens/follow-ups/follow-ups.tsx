import "./follow-ups.css";
import { useState } from "react";
import { type Names, partyName, timeText } from "../../labels.ts";
import { endOfDay } from "../../parts/time.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import { Choice } from "../work/choice.tsx";
import { WorkLineText } from "../work/line.tsx";
import { dutiesIn, type Entry, type WorkItem } from "../work/work-query.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { forCalling, isOwn, isToday } from "./due.ts";
import { FollowUpCall } from "./follow-up-call.tsx";
import { content } from "./words.yaml";

type Which = "today" | "all";

/** 回访: whom to call, in order of due time; one's own cases are not offered, and say why. */
export function FollowUps() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const [which, setWhich] = useState<Which>("today");
	return (
		<WorkRoom
			room="follow-ups"
			title={say.ui("follow-ups-room")}
			empty={t("empty")}
			entries={which === "today" ? dueToday : dutiesIn}
			order={forCalling}
			upTo={which === "today" ? endOfDay(new Date().toISOString(), ZONE) : undefined}
			beside={
				<Choice
					label={say.ui("follow-ups-room")}
					chosen={which}
					choices={[
						["today", t("today")],
						["all", t("all")],
					]}
					onChoose={setWhich}
				/>
			}
			above={(entries) => entries.some(isOwn) && <p className="work-note">{t("own")}</p>}
			line={(entry, names) => <Line entry={entry} names={names} />}
			detail={(entry, names, done) => <FollowUpCall entry={entry} names={names} onDone={done} />}
		/>
	);
}

function dueToday(item: WorkItem): Entry[] {
	const now = new Date().toISOString();
	return dutiesIn(item).filter((one) => isToday(one, now, ZONE));
}

function Line({ entry, names }: { entry: Entry; names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const { kase } = names;
	const customer = kase.parties.find((one) => one.side === "complainant");
	const late = entry.due !== null && entry.due < names.now;
	return (
		<WorkLineText
			names={names}
			end={<span className="quiet">{customer && partyName(names, customer.id)}</span>}
			below={isOwn(entry) ? t("own-title") : kase.number}
			band={
				<span className={late ? "late work-line-end" : "quiet work-line-end"}>
					{entry.due && t("due-on", { time: timeText(names, entry.due) })}
				</span>
			}
		/>
	);
}
