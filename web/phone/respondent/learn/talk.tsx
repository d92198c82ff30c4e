import "./learn.css";
import "../case/chat.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Scenario } from "#engine/practice.ts";
import { problemIn } from "../../../api.ts";
import { Empty } from "../../../parts/empty.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { sendNow } from "../case/work.tsx";
import { content } from "../words.yaml";
import { practiceQuery } from "./learn.tsx";
import { scoreOf, type Turn, turnsOf } from "./turns.ts";

/** A talk with a customer played by a script: choose what to say, hear what comes back, and see why at the end. */
export function Talk({ id }: { id: string }) {
	const t = useRoomWords(content as RoomWords);
	const practice = useQuery(practiceQuery);
	if (practice.isPending) return <Waiting rows={4} />;
	if (!practice.data)
		return <Failure problem={problemIn(practice.error)} again={() => void practice.refetch()} />;
	const talk = practice.data.talks.find((one) => one.id === id);
	if (talk) return <Talking talk={talk} key={id} />;
	return (
		<Screen title={t("tab-learn")} back={() => go("/m/learn")}>
			<Empty icon="chat" text={t("no-talks")} />
		</Screen>
	);
}

function Talking({ talk }: { talk: Scenario }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [path, setPath] = useState<number[]>([]);
	const { turns, now, over } = turnsOf(talk, path);
	const end = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (path.length > 0) end.current?.scrollIntoView({ block: "end" });
	}, [path]);
	const choose = (n: number) => {
		const next = [...path, n];
		setPath(next);
		if (!turnsOf(talk, next).over) return;
		void sendNow({
			about: "practice",
			what: t("practice"),
			path: `/api/mine/practice/${talk.id}`,
			body: { path: next },
		}).then(() => queries.invalidateQueries(practiceQuery));
	};
	if (over) return <Result talk={talk} turns={turns} again={() => setPath([])} />;
	return (
		<Screen title={say.bi(talk.title)} back={() => go("/m/learn")}>
			<p className="p-quiet">{say.bi(talk.scene)}</p>
			{turns.map((one) => (
				<div key={one.id}>
					<Said words={say.bi(one.says)} heat={one.heat} />
					<article className="r-told r-told-mine">
						<small>{t("me")}</small>
						<p>{say.bi(one.chosen.say)}</p>
					</article>
				</div>
			))}
			{now && (
				<>
					<Said words={say.bi(now.says)} heat={now.heat} />
					<h2 className="r-question">{t("what-do-you-say")}</h2>
					<div className="r-choices" ref={end}>
						{now.choices.map((one, n) => (
							<button key={one.say.zh} type="button" className="p-choice" onClick={() => choose(n)}>
								<span>{say.bi(one.say)}</span>
							</button>
						))}
					</div>
				</>
			)}
		</Screen>
	);
}

/** What the customer says, and how heated they are, in words and a bar. */
function Said({ words, heat }: { words: string; heat: number }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<article className="r-told r-told-theirs">
			<small className="r-heat">
				<span className="r-heat-words">
					{t("customer")} · {t(`heat-${heat}`)}
				</span>
				<i aria-hidden="true">
					<b style={{ width: `${heat * 20}%` }} />
				</i>
			</small>
			<p>{words}</p>
		</article>
	);
}

/** The score, and for every turn what was said and why it was good or not. */
function Result({ talk, turns, again }: { talk: Scenario; turns: Turn[]; again: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const { score, passed, end } = scoreOf(talk, turns);
	return (
		<Screen
			title={say.bi(talk.title)}
			back={() => go("/m/learn")}
			act={
				<>
					<Button strong={!passed} onClick={again}>
						{t("once-more")}
					</Button>
					<Button strong={passed} onClick={() => go("/m/learn")}>
						{t("to-talks")}
					</Button>
				</>
			}
		>
			<section className="p-card">
				<p className="r-line">
					<span className="r-score">{score}</span>
					<b className={passed ? "p-good" : "p-fault"}>
						{t(passed ? "passed" : "not-passed", { pass: talk.pass })}
					</b>
				</p>
				{end && <p>{t("they-end", { words: say.bi(end) })}</p>}
			</section>
			{turns.map((one) => (
				<section key={one.id} className="p-card">
					<p className="p-quiet">{say.bi(one.says)}</p>
					<p className="r-say">{say.bi(one.chosen.say)}</p>
					<p className={one.chosen.points === 2 ? "p-good" : "p-fault"}>
						{t(`points-${one.chosen.points}`)} {say.bi(one.chosen.why)}
					</p>
					{one.chosen.points < 2 && (
						<>
							<p className="p-quiet">{t("better-so")}</p>
							<p className="r-say">{say.bi(one.best.say)}</p>
						</>
					)}
				</section>
			))}
		</Screen>
	);
}
