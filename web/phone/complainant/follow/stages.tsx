import { timeText } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { content } from "../words.yaml";
import { useFollowed } from "./link.tsx";
import { stagesOf } from "./standing.ts";

/** How far it is, each stage with its date. */
export function StagesBar() {
	const t = useRoomWords(content as RoomWords);
	const { names } = useFollowed();
	return (
		<ol className="p-stages">
			{stagesOf(names.kase).map(({ stage, at, state }) => (
				<li
					key={stage}
					className={`p-stage-${state}`}
					{...(state === "now" ? { "aria-current": "step" } : {})}
				>
					<i aria-hidden="true">{state === "done" && <Icon name="check" size={12} />}</i>
					<span>{t(`stage-${stage}`)}</span>
					<small>
						{at
							? timeText(names, at).replace(/[,\s]*\d{2}:\d{2}$/, "")
							: t(state === "now" ? "stage-now" : "stage-ahead")}
					</small>
				</li>
			))}
		</ol>
	);
}
