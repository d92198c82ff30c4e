import { lazy, Suspense } from "react";
import { useRoomWords, useSay } from "../../words.ts";
import { cameIn, type TodayAnswer } from "./figures.ts";
import { words } from "./words.ts";

const HoursChart = lazy(async () => ({ default: (await import("./hours-chart.tsx")).HoursChart }));

/** What came in by the hour beside the usual of this weekday; the same as a table. */
export function Hours({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const { language } = useSay();
	const { at, zone, hours } = answer;
	const day = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en", {
		...{ timeZone: zone, weekday: "long" },
	}).format(new Date(at));
	const names = { today: t("hours-today"), usual: t("hours-usual", { day }) };
	const now = Math.floor((Date.parse(at) - Date.parse(answer.times.today)) / 3_600_000);
	return (
		<section className="panel">
			<h2>{t("hours-title")}</h2>
			<Suspense fallback={<div className="hours-chart" />}>
				<HoursChart hours={hours} now={now} names={names} aria={t("hours-aria", cameIn(answer))} />
			</Suspense>
			<details>
				<summary>{t("table")}</summary>
				<table className="figures">
					<thead>
						<tr>
							<th scope="col">{t("hour")}</th>
							<th scope="col">{names.today}</th>
							<th scope="col">{names.usual}</th>
						</tr>
					</thead>
					<tbody>
						{hours.today.map((count, hour) => (
							<tr key={hourName(hour)}>
								<th scope="row">{hourName(hour)}</th>
								<td>{hour <= now ? count : ""}</td>
								<td>{Math.round((hours.usual[hour] ?? 0) * 10) / 10}</td>
							</tr>
						))}
					</tbody>
				</table>
			</details>
		</section>
	);
}

/** "9:00–10:00" */
function hourName(hour: number): string {
	return `${hour}:00–${hour + 1}:00`;
}
