import { useRoomWords, useSay } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { type Awaited, awaited, type TodayAnswer } from "./figures.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** Whom the cases wait for, as bars. */
export function WaitingFor({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const say = useSay();
	const rows = awaited(answer);
	const most = Math.max(1, ...rows.map((one) => one.cases));
	const name = ({ kind, name }: Awaited) =>
		kind === "can" ? say.of("capabilities", name) : t(`waiting-${kind}`);
	return (
		<section className="panel">
			<h2>{t("waiting-title")}</h2>
			{rows.length === 0 && <p className="quiet">{t("waiting-empty")}</p>}
			<ul className="waiting-for">
				{rows.map((one) => (
					<li key={one.who}>
						<span>{name(one)}</span>
						<span className="waiting-bar">
							<span className="bar" style={{ width: `${(one.cases / most) * 100}%` }} />
						</span>
						<FigureLink to={listOf.awaited(one)} count={one.cases} label={name(one)} />
					</li>
				))}
			</ul>
		</section>
	);
}
