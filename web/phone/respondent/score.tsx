import "./score.css";
import { useQuery } from "@tanstack/react-query";
import { problemIn } from "../../api.ts";
import { categoryName } from "../../labels.ts";
import { Empty } from "../../parts/empty.tsx";
import { formatInstant } from "../../parts/time.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../words.ts";
import { Screen } from "../parts/screen.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { go } from "../route.ts";
import { type Entry, type Mine, type MyBlock, mineQuery, type PackKnown, packToldQuery } from "./my-data.ts";
import { Ground, Rooms, Row, signed } from "./parts.tsx";
import { groupOf } from "./standing.ts";
import { content } from "./words.yaml";

/** My score: every point with its rule, case and end, what it means for dispatch, and how points come back. */
export function Score() {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const mine = useQuery(mineQuery);
	const pack = useQuery(packToldQuery(mine.data?.trade ?? ""));
	if (mine.isPending) return <Waiting rows={5} />;
	if (!mine.data) return <Failure problem={problemIn(mine.error)} again={() => void mine.refetch()} />;
	const { score } = mine.data;
	const waiting = groupOf(mine.data).answer.length;
	if (!score)
		return (
			<Screen title={t("tab-score")} act={<Rooms waiting={waiting} />}>
				<Empty icon="star" text={t("no-score")} />
			</Screen>
		);
	const { grade, above } = score;
	return (
		<TradeWords value={pack.data?.sent.head.words ?? {}}>
			<Screen title={t("tab-score")} act={<Rooms waiting={waiting} />}>
				<section className="p-card">
					<p className="r-line">
						<span className="r-score r-score-large">{score.score}</span>
						<b>{grade && say.bi(grade.name)}</b>
					</p>
					<Scale mine={mine.data} />
					{grade && <p>{t("dispatch-now", { words: say.bi(grade.dispatch) })}</p>}
					{above && (
						<p className="p-quiet">
							{t("dispatch-next", {
								points: above.least - score.score,
								grade: say.bi(above.name),
								words: say.bi(above.dispatch),
							})}
						</p>
					)}
					{score.soon !== null && <p className="r-soon">{t("score-soon", { score: score.soon })}</p>}
					<p className="p-quiet">{t("score-how", { base: score.base, months: score.months })}</p>
					<Ground source={score.source} />
				</section>
				<section className="p-card">
					<h2>{t("year")}</h2>
					<p>{t("year-figures", { count: score.complaints.year, upheld: score.complaints.upheld })}</p>
					<p className={score.complaints.upheld === 0 ? "p-good" : "p-quiet"}>
						{t(score.complaints.upheld === 0 ? "zero-upheld" : "towards-zero")}
					</p>
				</section>
				<h2 className="r-group">{t("every-point")}</h2>
				{score.entries.length === 0 && <Empty icon="check" text={t("no-entries")} />}
				{score.entries.map((one) => (
					<Line key={one.id} one={one} now={mine.data.now} pack={pack.data} />
				))}
				<Apart blocks={mine.data.blocks} now={mine.data.now} />
			</Screen>
		</TradeWords>
	);
}

/** Where the score stands between floor and ceiling, with the steps of the grades. */
function Scale({ mine: { score } }: { mine: Mine }) {
	const t = useRoomWords(content as RoomWords);
	if (!score) return null;
	const span = Math.max(1, score.ceiling - score.floor);
	const at = (value: number) => `${(100 * (value - score.floor)) / span}%`;
	return (
		<div className="r-scale" role="img" aria-label={t("scale", { score: score.score, most: score.ceiling })}>
			<i className="r-scale-have" style={{ width: at(score.score) }} />
			<i className="r-scale-base" style={{ left: at(score.base) }} />
		</div>
	);
}

function Line({ one, now, pack }: { one: Entry; now: string; pack: PackKnown | undefined }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const zone = pack?.pack.data.head.zone ?? "Asia/Shanghai";
	const time = (at: string) => formatInstant(at, zone, say.language, now);
	const kinds = one.categories
		.map((id) => categoryName({ say, pack: pack?.pack ?? null }, id))
		.filter(Boolean);
	const state = stateOf(one, time, t);
	const counts = one.inForce || one.waits !== null;
	return (
		<section className={one.waits ? "p-card r-waits" : "p-card"}>
			<p className="r-line">
				<span>
					{say.of("sanctions", one.kind)} <small className="p-quiet">{time(one.at)}</small>
				</span>
				<b className={counts ? "" : "r-struck"}>{one.points !== 0 && signed(one.points)}</b>
			</p>
			<p className={one.reversed ? "p-good" : "p-quiet"}>{state}</p>
			{one.number && (
				<button type="button" className="p-link" onClick={() => go(`/m/case/${one.case}`)}>
					{[one.number, ...kinds].join(" · ")}
				</button>
			)}
			{one.rule && <Ground source={one.rule.source} />}
		</section>
	);
}

/** What has become of an entry, or when it will count. */
function stateOf(
	{ reversed, lifted, waits, inForce, until }: Entry,
	time: (at: string) => string,
	t: (key: string, given?: Record<string, string>) => string,
): string {
	if (reversed) return t("reversed", { time: time(reversed) });
	if (lifted) return t("lifted", { time: time(lifted) });
	if (waits) return waits.held ? t("on-hold") : t("in-force-from", { time: time(waits.from) });
	if (!inForce) return t("run-out");
	return until ? t("in-force-until", { time: time(until) }) : t("in-force");
}

/** With whom I am not matched: by the case, for they are not named. */
function Apart({ blocks, now }: { blocks: readonly MyBlock[]; now: string }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const time = (at: string) => formatInstant(at, "Asia/Shanghai", say.language, now);
	const standing = blocks.filter((one) => one.inForce);
	if (standing.length === 0) return null;
	return (
		<>
			<h2 className="r-group">{t("apart")}</h2>
			<p className="p-quiet r-apart-help">{t("apart-help")}</p>
			{standing.map((one) => (
				<Row
					key={`${one.case}${one.sanction}`}
					icon="lock"
					title={t(one.mine ? "apart-by-me" : "apart-by-them")}
					more={[one.number, one.until && t("apart-until", { time: time(one.until) })]
						.filter(Boolean)
						.join(" · ")}
					to={one.mine ? `/m/case/${one.case}/block` : `/m/case/${one.case}`}
				/>
			))}
		</>
	);
}
