import "./home.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { categoryName } from "../../labels.ts";
import { bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Band } from "../../parts/clock-band.tsx";
import { Empty } from "../../parts/empty.tsx";
import { formatInstant } from "../../parts/time.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../words.ts";
import { Button } from "../parts/button.tsx";
import { Screen } from "../parts/screen.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { go } from "../route.ts";
import { Kept } from "./kept.tsx";
import { type Mine, type MyCase, mineQuery, packToldQuery } from "./my-data.ts";
import { Rooms, Row, signed } from "./parts.tsx";
import { SignOut } from "./sign-out.tsx";
import { type Group, groupOf, worstPoints } from "./standing.ts";
import { content } from "./words.yaml";

/** What waits for my answer, what runs, what has ended. */
export function Home() {
	const t = useRoomWords(content as RoomWords);
	const mine = useQuery(mineQuery);
	const pack = useQuery(packToldQuery(mine.data?.trade ?? ""));
	if (mine.isPending) return <Waiting rows={5} />;
	if (!mine.data) return <Failure problem={problemIn(mine.error)} again={() => void mine.refetch()} />;
	const groups = groupOf(mine.data);
	return (
		<TradeWords value={pack.data?.sent.head.words ?? {}}>
			<Screen title={t("mine")} act={<Rooms waiting={groups.answer.length} />}>
				<Kept />
				<Standing mine={mine.data} />
				<List mine={mine.data} group="answer" cases={groups.answer} />
				<Tasks mine={mine.data} />
				<List mine={mine.data} group="running" cases={groups.running} />
				<List mine={mine.data} group="ended" cases={groups.ended} />
				<section className="r-rows">
					<Row icon="bell" title={t("reach")} more={t("reach-help")} to="/m/reach" />
				</section>
				<div className="r-foot">
					<SignOut />
				</div>
			</Screen>
		</TradeWords>
	);
}

/** My score in one line, with what it means. */
function Standing({ mine: { score, name } }: { mine: Mine }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	if (!score) return null;
	return (
		<button type="button" className="r-score-line" onClick={() => go("/m/score")}>
			<span className="r-score">{score.score}</span>
			<span className="r-row-text">
				<span>{t("score-of", { name: name ?? "" })}</span>
				<small className="p-quiet">
					{score.grade
						? `${say.bi(score.grade.name)} · ${say.bi(score.grade.dispatch)}`
						: t("score-from", { base: score.base })}
				</small>
			</span>
		</button>
	);
}

/** Training to be done, and proposals that were answered. */
function Tasks({ mine }: { mine: Mine }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const open = mine.training.filter((one) => !one.result?.passed);
	if (open.length === 0) return null;
	return (
		<section>
			<h2 className="r-group">{t("to-learn")}</h2>
			{open.map((one) => (
				<Row
					key={`${one.case}${one.id}`}
					icon="book"
					title={one.name ? say.bi(one.name) : t("training-due")}
					more={t("until", { due: formatInstant(one.due, ZONE, say.language, mine.now) })}
					to={`/m/training/${one.case}/${one.id}`}
				/>
			))}
		</section>
	);
}

/** More than that nobody reads at a glance. */
const AT_FIRST = 8;

const ZONE = "Asia/Shanghai";

function List({ mine, group, cases }: { mine: Mine; group: Group; cases: MyCase[] }) {
	const t = useRoomWords(content as RoomWords);
	const [all, setAll] = useState(false);
	if (cases.length === 0)
		return group === "answer" ? (
			<Empty text={t("nothing-waits")}>
				<p className="p-quiet">{t("nothing-waits-help")}</p>
				<Button onClick={() => go("/m/learn")}>{t("to-practice")}</Button>
			</Empty>
		) : null;
	return (
		<section>
			<h2 className="r-group">{t(`group-${group}`, { count: cases.length })}</h2>
			{(all ? cases : cases.slice(0, AT_FIRST)).map((one) => (
				<CaseCard key={one.id} one={one} mine={mine} waits={group === "answer"} />
			))}
			{!all && cases.length > AT_FIRST && (
				<Button onClick={() => setAll(true)}>{t("show-all", { count: cases.length })}</Button>
			)}
		</section>
	);
}

/** One case: what is said, by when to answer, what follows otherwise. */
function CaseCard({ one, mine, waits }: { one: MyCase; mine: Mine; waits: boolean }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const pack = useQuery(packToldQuery(one.pack.name, one.pack.version)).data?.pack ?? null;
	const names = { say, pack } as Pick<Names, "say" | "pack">;
	const zone = pack?.data.head.zone ?? ZONE;
	const time = (at: string) => formatInstant(at, zone, say.language, mine.now);
	const kinds = one.categories.map((id) => categoryName(names, id)).filter(Boolean);
	const points = worstPoints(one.atStake);
	const said = one.verbatim && mine.texts[one.verbatim.ref];
	return (
		<button
			type="button"
			className={waits ? "r-case r-case-waits" : "r-case"}
			onClick={() => go(`/m/case/${one.id}`)}
		>
			<span className="r-case-head">
				<b>{kinds.join("、") || t("complaint")}</b>
				<small className="p-quiet">{one.receivedAt && time(one.receivedAt)}</small>
			</span>
			<small className="p-quiet">
				{one.orders.map(({ number }) => t("order-is", { number })).join(" · ")}
			</small>
			{said && waits && <span className="r-said">{t("they-say", { words: said })}</span>}
			{waits && <Deadline one={one} now={mine.now} />}
			{waits && one.found.length === 0 && (
				<small className="r-stake">
					{points < 0 ? t("stake-short", { points: signed(points) }) : t("stake-none")}
				</small>
			)}
			{!waits && <Standings one={one} />}
		</button>
	);
}

/** What is asked, by the act that answers it. */
const ASKED: Readonly<Record<string, string>> = {
	RecordContact: "ask-contact",
	SupplementAppeal: "ask-supplement",
};

/** How much of the time to answer has gone; each with what is to be done in it. */
function Deadline({ one, now }: { one: MyCase; now: string }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [ask] = one.asks;
	if (!ask) return null;
	const label = t(ASKED[ask.command] ?? "ask-explain");
	const from = one.asked?.at ?? one.receivedAt;
	if (!ask.due || !from) return <span>{label}</span>;
	const clock = one.clocks.find((known) => known.due === ask.due);
	const input = {
		startedAt: clock?.startedAt ?? from,
		due: ask.due,
		pauses: clock?.pauses ?? [],
		stoppedAt: null,
		now,
	};
	return (
		<span className="r-deadline">
			<span>{label}</span>
			<Band {...input} kind="promise" label={label} words={bandWords(bandShape(input), say)} />
		</span>
	);
}

function Standings({ one }: { one: MyCase }) {
	const t = useRoomWords(content as RoomWords);
	const [found] = one.found;
	const text = one.appealing
		? t("appeal-open")
		: found
			? t(found.share > 0 && found.upheld !== "no" ? "found-me" : "found-not-me", { share: found.share })
			: one.closed
				? t("ended")
				: t("being-looked-into");
	return <small className="r-standing">{text}</small>;
}
