import { formatInstant } from "../../parts/time.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { percent, type TodayAnswer } from "./figures.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** How the last days went: promises, endings, and what came back. */
export function Lately({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const { language } = useSay();
	const { closed, reopened, times, zone, at } = answer;
	const kept = percent(closed.promisesKept, closed.promises);
	const onTheSpot = percent(closed.onTheSpot, closed.closed);
	return (
		<section className="panel">
			<h2 className="today-title">
				{t("lately-title")}
				<span className="quiet today-since">
					{t("lately-note", { day: formatInstant(times.lately, zone, language, at) })}
				</span>
			</h2>
			<ul className="lately">
				<li>
					<span className="tile-name">{t("promises")}</span>
					<span className="tile-count">{kept === null ? "—" : `${kept}%`}</span>
					<span className="tile-note">
						{kept === null
							? t("promises-none")
							: t("promises-of", { kept: closed.promisesKept, whole: closed.promises })}
					</span>
					{closed.broken > 0 && (
						<FigureLink to={listOf.broken(answer)} count={closed.broken}>
							{t("broken", { count: closed.broken })}
						</FigureLink>
					)}
				</li>
				<li>
					<span className="tile-name">{t("closed")}</span>
					<FigureLink
						to={listOf.closed(answer)}
						count={closed.closed}
						className="tile-count"
						label={t("closed")}
					/>
				</li>
				<li>
					<span className="tile-name">{t("on-the-spot")}</span>
					<FigureLink
						to={listOf.onTheSpot(answer)}
						count={closed.onTheSpot}
						className="tile-count"
						label={t("on-the-spot")}
					/>
					<span className="tile-note">
						{onTheSpot === null ? t("promises-none") : t("on-the-spot-of", { percent: onTheSpot })}
					</span>
				</li>
				<li>
					<span className="tile-name">{t("reopened")}</span>
					<FigureLink
						to={listOf.reopened(answer)}
						count={reopened}
						className="tile-count"
						label={t("reopened")}
					/>
					<span className="tile-note">{t("reopened-note")}</span>
				</li>
			</ul>
		</section>
	);
}
