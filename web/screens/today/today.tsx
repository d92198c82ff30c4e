import { Link } from "@tanstack/react-router";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { formatInstant } from "../../parts/time.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import { cameIn, sumOf, type TodayAnswer } from "./figures.ts";
import { Hours } from "./hours.tsx";
import { Late } from "./late.tsx";
import { Lately } from "./lately.tsx";
import { Loads } from "./loads.tsx";
import { useBoard } from "./query.ts";
import { Tiles } from "./tiles.tsx";
import "./today.css";
import { Trades } from "./trades.tsx";
import { WaitingFor } from "./waiting-for.tsx";
import { words } from "./words.ts";

/** The board of the day: what came in, is due, is late, and who carries it; every figure opens its cases. */
export function Today() {
	const t = useRoomWords(words);
	const answer = useBoard();
	if (answer.isPending) return <Waiting rows={6} />;
	if (!answer.data) return <Failure problem={problemIn(answer.error)} again={() => answer.refetch()} />;
	return (
		<div className="today">
			<div className="today-head">
				<h1>{t("title")}</h1>
				<AsOf answer={answer.data} failed={answer.isError} />
			</div>
			<Board answer={answer.data} />
		</div>
	);
}

function AsOf({ answer: { at, zone }, failed }: { answer: TodayAnswer; failed: boolean }) {
	const t = useRoomWords(words);
	const { language } = useSay();
	const time = formatInstant(at, zone, language, at);
	return (
		<p className={failed ? "fault" : "quiet"} role={failed ? "alert" : undefined}>
			{t(failed ? "stale" : "as-of", { time })}
		</p>
	);
}

function Board({ answer }: { answer: TodayAnswer }) {
	const t = useRoomWords(words);
	const { capabilities } = useWho();
	const mayFile = capabilities.includes("intake") || capabilities.includes("liaise");
	if (sumOf(answer).open === 0 && answer.closed.closed === 0 && cameIn(answer).today === 0)
		return (
			<Empty text={t("empty")} icon="clock">
				{mayFile && <Link to="/new">{t("new-complaint")}</Link>}
			</Empty>
		);
	return (
		<>
			<Tiles answer={answer} />
			<div className="today-two">
				<div>
					<Hours answer={answer} />
					<Loads answer={answer} />
					<Lately answer={answer} />
				</div>
				<div>
					<Late answer={answer} />
					<Trades answer={answer} />
					<WaitingFor answer={answer} />
				</div>
			</div>
		</>
	);
}
