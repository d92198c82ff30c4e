import { clockName, timeText } from "../../../labels.ts";
import { bandShape } from "../../../parts/band.ts";
import { bandWords } from "../../../parts/band-words.ts";
import { Band } from "../../../parts/clock-band.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { content } from "../words.yaml";
import { useFollowed } from "./link.tsx";
import { promisesOf } from "./standing.ts";

const MOST = 2;

/** What was promised, by the law or by the company, and how much of its time is left. */
export function Promises() {
	const t = useRoomWords(content as RoomWords);
	const { names } = useFollowed();
	const { say, now } = names;
	const clocks = promisesOf(names.kase).slice(0, MOST);
	if (clocks.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("promised")}</h2>
			{clocks.map((one) => {
				const input = { startedAt: one.startedAt, due: one.due, pauses: one.pauses, stoppedAt: null, now };
				return (
					<div key={one.id} className="p-promise">
						<p>
							{clockName(names, one.id)} · {t("until", { due: timeText(names, one.due) })}
						</p>
						<Band
							{...input}
							kind={one.kind}
							label={clockName(names, one.id)}
							words={bandWords(bandShape(input), say)}
						/>
						<small className="p-quiet">{say.of("clockKinds", one.kind)}</small>
					</div>
				);
			})}
		</section>
	);
}
