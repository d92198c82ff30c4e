import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { partsOf } from "../../parts/time.ts";
import { directoryQuery, packQuery } from "../../queries.ts";
import { type Say, useRoomWords, useSay } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { type LateCase, sumOf, type TodayAnswer } from "./figures.ts";
import { useHeld } from "./held.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** What is late now, the longest first; the whole list is a step away. */
export function Late({ answer: fresh }: { answer: TodayAnswer }) {
	const [answer, over] = useHeld(fresh);
	const t = useRoomWords(words);
	const say = useSay();
	const { people = {} } = useQuery(directoryQuery).data ?? {};
	const category = useCategoryNames(answer.late);
	const count = sumOf(answer).late;
	return (
		<section className="panel" {...over}>
			<h2 className="today-title">
				{t("late-title")}
				<FigureLink to={listOf.late()} count={count} className="today-all">
					{count > 0 && t("late-all", { count })}
				</FigureLink>
			</h2>
			{answer.late.length === 0 && <p className="quiet">{t("late-empty")}</p>}
			<ul className="late-cases">
				{answer.late.map((one) => (
					<li key={one.id}>
						<Link to="/cases/$id" params={{ id: one.id }}>
							<span className="late-what">
								{one.urgency === "critical" && <b className="late">{say.of("values", "critical")}</b>}
								<span className="tag">{one.severity ?? t("ungraded")}</span>
								<span>{category(one)}</span>
							</span>
							<span className="late">{lateBy(say, one.due, answer.at)}</span>
							<span className="late-who">
								{one.number} · {say.of("steps", one.step)}
							</span>
							<span className="late-who">
								{one.owner ? (people[one.owner]?.alias ?? one.owner) : t("nobody")}
							</span>
						</Link>
					</li>
				))}
			</ul>
		</section>
	);
}

function lateBy(say: Say, due: string | null, now: string): string {
	if (!due || due > now) return say.ui("late");
	const minutes = (Date.parse(now) - Date.parse(due)) / 60_000;
	const [largest] = partsOf(minutes);
	return say.ui("late-by", {
		time: largest ? say.ui(largest.unit, { count: largest.count }) : "",
	});
}

/** What the cases are about, in the words of their trades. */
function useCategoryNames(cases: readonly LateCase[]): (one: LateCase) => string {
	const say = useSay();
	const names = [...new Set(cases.map((one) => one.pack))];
	const answers = useQueries({ queries: names.map((name) => packQuery(name)) });
	return ({ pack, categories: [id] }) => {
		const read = answers[names.indexOf(pack)]?.data;
		const category = read?.data.categories.categories.find((one) => one.id === id);
		return say.bi(category?.name) || say.bi(read?.data.head.name) || pack;
	};
}
