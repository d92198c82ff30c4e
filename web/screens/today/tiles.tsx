import { useRoomWords } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { cameIn, loads, percent, sumOf, type TodayAnswer, waitingFor } from "./figures.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** The figures one looks at first. */
export function Tiles({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const { open, dueToday, late } = sumOf(answer);
	const { today, usual } = cameIn(answer);
	const nobodys = loads(answer).find((one) => one.owner === null)?.open ?? 0;
	const lateNote = late === 0 ? t("late-none") : t("late-note", { percent: percent(late, open) });
	return (
		<ul className="tiles">
			<Tile
				name={t("came-in")}
				count={today}
				to={listOf.cameIn(answer)}
				note={t("usual-now", { count: usual })}
			/>
			<Tile name={t("open")} count={open} to={listOf.open()} note={t("open-note", { count: nobodys })} />
			<Tile name={t("due-today")} count={dueToday} to={listOf.dueToday(answer)} note={t("due-note")} />
			<Tile name={t("late")} count={late} to={listOf.late()} note={lateNote} late={late > 0} />
			<Tile name={t("appeals")} count={answer.appealed} to={listOf.appealed()} note={t("appeals-note")} />
			<Tile
				name={t("outside")}
				count={waitingFor(answer, "liaise")}
				to={listOf.duty("liaise")}
				note={t("outside-note")}
			/>
		</ul>
	);
}

function Tile(props: { name: string; count: number; to: object; note: string; late?: boolean }) {
	const { name, count, to, note, late = false } = props;
	return (
		<li className={late ? "tile tile-late" : "tile"}>
			<FigureLink to={to} count={count} className="tile-link">
				<span className="tile-name">{name}</span>
				<span className="tile-count">{count.toLocaleString()}</span>
				<span className="tile-note">{note}</span>
			</FigureLink>
		</li>
	);
}
