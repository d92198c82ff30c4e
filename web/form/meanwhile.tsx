import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { HistoryEvent } from "../api.ts";
import { type Names, personName } from "../labels.ts";
import { formatInstant } from "../parts/time.ts";
import { historyQuery } from "../queries.ts";
import { useWho } from "../screens/who.ts";
import { eventText } from "../shown.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { content } from "./words.yaml";

/** What others have done to a case since a form was opened: shown before anything is sent, never passed over. */
export interface Meanwhile {
	/** The state that whoever types has seen: sent along, so that the server refuses on any other. */
	seen: number;
	/** What others did since; null: something, but it can't be told what. */
	events: readonly HistoryEvent[] | null;
	/** There is something to look at first. */
	waits: boolean;
	goOn: () => void;
}

export function useMeanwhile({ kase }: Names): Meanwhile {
	const who = useWho().person;
	const [seen, setSeen] = useState(kase.seq);
	const behind = kase.seq > seen;
	const history = useQuery({ ...historyQuery(kase.id), enabled: behind });
	const complete = (history.data?.events.at(-1)?.seq ?? 0) >= kase.seq;
	const since = behind && complete ? history.data?.events.filter((one) => one.seq > seen) : undefined;
	const others = since?.filter((one) => one.actor !== who && !passes(one));
	const nothing = others?.length === 0;
	useEffect(() => {
		// clocks that moved, and one's own acts beside the form, are no surprise
		if (nothing) setSeen(kase.seq);
	}, [nothing, kase.seq]);
	return {
		seen,
		events: history.isError ? null : (others ?? []),
		waits: behind && !nothing && (history.isError || others !== undefined),
		goOn: () => setSeen(kase.seq),
	};
}

/** Time that passes changes nothing of what a form says. */
function passes({ actor, type }: HistoryEvent): boolean {
	return actor === "system" && type.startsWith("Clock");
}

const MOST_SHOWN = 4;

/** Who did what meanwhile, and the way on; what was typed stays as it is. */
export function MeanwhileNotice({ names, meanwhile }: { names: Names; meanwhile: Meanwhile }) {
	const t = useRoomWords(content as RoomWords);
	const { events, goOn } = meanwhile;
	const shown = events?.slice(-MOST_SHOWN) ?? [];
	const more = (events?.length ?? 0) - shown.length;
	return (
		<Alert
			className="gap-after"
			type="warning"
			showIcon
			role="alert"
			title={events === null ? t("meanwhile-unknown") : t("meanwhile")}
			description={
				<>
					<ul className="meanwhile">
						{shown.map((one) => (
							<li key={one.seq}>
								{t("meanwhile-line", {
									name: personName(names, one.actor),
									what: eventText(names, one),
									time: formatInstant(one.at, names.zone, names.say.language, names.now),
								})}
							</li>
						))}
						{more > 0 && <li>{t("meanwhile-more", { count: more })}</li>}
					</ul>
					<Button size="small" onClick={goOn}>
						{t("go-on")}
					</Button>
				</>
			}
		/>
	);
}
