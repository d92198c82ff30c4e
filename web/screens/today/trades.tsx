import { useQuery } from "@tanstack/react-query";
import { packsQuery } from "../../queries.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { byTrade, SEVERITIES, type TodayAnswer } from "./figures.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** Open cases: trades down, severities across. */
export function Trades({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const say = useSay();
	const packs = useQuery(packsQuery).data ?? [];
	const name = (pack: string) => say.bi(packs.find((one) => one.name === pack)?.title) || pack;
	const severityName = (severity: string | null) => severity ?? t("ungraded");
	return (
		<section className="panel">
			<h2>{t("trade-title")}</h2>
			<table className="figures">
				<thead>
					<tr>
						<th scope="col">{say.ui("trade")}</th>
						{SEVERITIES.map((severity) => (
							<th scope="col" key={severity ?? "none"}>
								{severityName(severity)}
							</th>
						))}
						<th scope="col">{t("all")}</th>
						<th scope="col">{t("late")}</th>
					</tr>
				</thead>
				<tbody>
					{byTrade(answer).map(({ pack, cells, all }) => (
						<tr key={pack}>
							<th scope="row">{name(pack)}</th>
							{SEVERITIES.map((severity, n) => (
								<td key={severity ?? "none"}>
									<FigureLink
										to={listOf.trade(pack, severity)}
										count={cells[n]?.open ?? 0}
										label={`${name(pack)} ${severityName(severity)}`}
									/>
								</td>
							))}
							<td>
								<FigureLink to={listOf.trade(pack, undefined)} count={all.open} label={name(pack)} />
							</td>
							<td>
								<FigureLink
									to={listOf.trade(pack, undefined, { breached: "true" })}
									count={all.late}
									className={all.late > 0 ? "late" : "quiet"}
									label={`${name(pack)} ${t("late")}`}
								/>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
