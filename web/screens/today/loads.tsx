import { useQuery } from "@tanstack/react-query";
import { directoryQuery } from "../../queries.ts";
import { useRoomWords } from "../../words.ts";
import { FigureLink } from "./figure-link.tsx";
import { type Load, loads, percent, type TodayAnswer } from "./figures.ts";
import { useHeld } from "./held.ts";
import { listOf } from "./lists.ts";
import { words } from "./words.ts";

/** Who carries how much: open, due, late, and how their first contacts went. */
export function Loads({ answer: fresh }: { answer: TodayAnswer }) {
	const [answer, over] = useHeld(fresh);
	const t = useRoomWords(words);
	const { people = {} } = useQuery(directoryQuery).data ?? {};
	const rows = loads(answer);
	const most = Math.max(1, ...rows.map((one) => one.open));
	const name = ({ owner }: Load) => (owner === null ? t("nobody") : (people[owner]?.alias ?? owner));
	return (
		<section className="panel" {...over}>
			<h2>{t("load-title")}</h2>
			<div className="table-scroll">
				<table className="figures loads">
					<thead>
						<tr>
							<th scope="col">{t("person")}</th>
							<th scope="col">{t("open")}</th>
							<th scope="col">{t("due-today")}</th>
							<th scope="col">{t("late")}</th>
							<th scope="col">{t("contacts")}</th>
						</tr>
					</thead>
					<tbody>
						{rows.map((one) => (
							<tr key={one.owner ?? ""} className={one.owner === null ? "loads-nobody" : undefined}>
								<th scope="row">{name(one)}</th>
								<td>
									<div className="loads-open">
										<span className="loads-bar">
											<span className="bar" style={{ width: `${(one.open / most) * 100}%` }} />
										</span>
										<FigureLink
											to={listOf.of(one.owner)}
											count={one.open}
											label={`${name(one)} ${t("open")}`}
										/>
									</div>
								</td>
								<td>
									<FigureLink
										to={listOf.of(one.owner, { dueBefore: answer.times.tomorrow })}
										count={one.dueToday}
										label={`${name(one)} ${t("due-today")}`}
									/>
								</td>
								<td>
									<FigureLink
										to={listOf.of(one.owner, { breached: "true" })}
										count={one.late}
										className={one.late > 0 ? "late" : "quiet"}
										label={`${name(one)} ${t("late")}`}
									/>
								</td>
								<td>
									<Contacts load={one} answer={answer} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</section>
	);
}

function Contacts({ load: { owner, contacted, kept }, answer }: { load: Load; answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const missed = contacted - kept;
	const share = percent(kept, contacted);
	if (share === null) return <span className="quiet">—</span>;
	return (
		<FigureLink to={listOf.contacts(owner, false, answer)} count={missed} className="contacts">
			<span title={missed > 0 ? t("contacts-missed", { count: missed }) : undefined}>
				{share}% <span className="quiet">{t("contacts-of", { kept, whole: contacted })}</span>
			</span>
		</FigureLink>
	);
}
