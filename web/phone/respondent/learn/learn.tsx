import "./learn.css";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Scenario } from "#engine/practice.ts";
import { ask, problemIn } from "../../../api.ts";
import { Empty } from "../../../parts/empty.tsx";
import { formatInstant } from "../../../parts/time.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { mineQuery } from "../my-data.ts";
import { Rooms, Row } from "../parts.tsx";
import { groupOf } from "../standing.ts";
import { content } from "../words.yaml";

export interface Practice {
	talks: Scenario[];
	results: { id: string; scenario: string; score: number; passed: boolean; at: string }[];
}

export const practiceQuery = queryOptions({
	queryKey: ["practice"],
	staleTime: 60_000,
	queryFn: () => ask<Practice>("GET", "/api/mine/practice"),
});

/** Training to be done, practice talks of my trade, and how I did; last what I proposed. */
export function Learn() {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const mine = useQuery(mineQuery);
	const practice = useQuery(practiceQuery);
	if (mine.isPending || practice.isPending) return <Waiting rows={5} />;
	if (!mine.data || !practice.data)
		return (
			<Failure problem={problemIn(mine.error ?? practice.error)} again={() => void practice.refetch()} />
		);
	const { trade, training, now, proposals, texts } = mine.data;
	const { talks, results } = practice.data;
	const own = talks.filter((one) => trade === null || one.trade === trade);
	const best = (id: string) =>
		Math.max(-1, ...results.filter((one) => one.scenario === id).map((one) => one.score));
	return (
		<Screen title={t("tab-learn")} act={<Rooms waiting={groupOf(mine.data).answer.length} />}>
			{training.length > 0 && <h2 className="r-group">{t("to-learn")}</h2>}
			{training.map((one) => (
				<Row
					key={`${one.case}${one.id}`}
					icon={one.result?.passed ? "check" : "book"}
					title={one.name ? say.bi(one.name) : t("training-due")}
					more={
						one.result
							? t(one.result.passed ? "passed-with" : "failed-with", { score: one.result.score })
							: t("until", { due: formatInstant(one.due, "Asia/Shanghai", say.language, now) })
					}
					to={`/m/training/${one.case}/${one.id}`}
				/>
			))}
			<h2 className="r-group">{t("practice-talks")}</h2>
			<p className="p-quiet">{t("practice-help")}</p>
			{own.length === 0 && <Empty icon="chat" text={t("no-talks")} />}
			{own.map((one) => (
				<Row
					key={one.id}
					icon="chat"
					title={say.bi(one.title)}
					more={
						best(one.id) < 0
							? t(`level-${one.level}`)
							: `${t(`level-${one.level}`)} · ${t("best-so-far", { score: best(one.id) })}`
					}
					to={`/m/practice/${one.id}`}
				/>
			))}
			{proposals.length > 0 && <h2 className="r-group">{t("my-proposals")}</h2>}
			{proposals.map((one) => (
				<Row
					key={`${one.case}${one.id}`}
					icon="turn"
					title={texts[one.words.ref] ?? one.number}
					more={[
						t(one.decided ? (one.decided.taken ? "taken" : "not-taken-up") : "being-weighed"),
						one.decided && texts[one.decided.why.ref],
					]
						.filter(Boolean)
						.join("：")}
					to={`/m/case/${one.case}/propose`}
				/>
			))}
		</Screen>
	);
}
