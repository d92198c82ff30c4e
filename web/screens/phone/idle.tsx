import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { ask, problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { Faults } from "../../parts/faults.tsx";
import { Icon } from "../../parts/icon.tsx";
import { formatInstant, instantOf, wallOf } from "../../parts/time.ts";
import { demoQuery } from "../../queries.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { useWho, ZONE } from "../who.ts";
import { type Call, figuresQuery, recentQuery, waitingQuery } from "./queries.ts";
import { words } from "./words.ts";

/** Nothing rings: how the day went, what was taken, and in the demo a phone to pretend with. */
export function Idle({ onLate }: { onLate: (call: Call) => void }) {
	const t = useRoomWords(words);
	return (
		<section className="phone-idle">
			<h1>{t("title")}</h1>
			<div className="phone-idle-top">
				<div className="panel phone-waiting">
					<h2>
						<Icon name="phone" /> {t("waiting-for")}
					</h2>
					<p className="quiet">{t("waiting-note")}</p>
					<Pretend />
					<p>
						<Link to="/new">{t("without-call")}</Link>
					</p>
				</div>
				<Today />
			</div>
			<Recent onLate={onLate} />
		</section>
	);
}

/** Only where the demo is on. */
function Pretend() {
	const t = useRoomWords(words);
	const queries = useQueryClient();
	const demo = (useQuery(demoQuery).data ?? []).length > 0;
	const pretend = useMutation({
		mutationFn: () => ask("POST", "/api/demo/calls", {}),
		onSuccess: () => queries.invalidateQueries({ queryKey: waitingQuery.queryKey }),
	});
	useKey("p", t("pretend"), () => pretend.mutate(), demo && !pretend.isPending);
	if (!demo) return null;
	return (
		<>
			<Button type="primary" loading={pretend.isPending} onClick={() => pretend.mutate()}>
				{t("pretend")} <kbd>P</kbd>
			</Button>
			<p className="quiet">{t("pretend-note")}</p>
			{pretend.isError && <Faults problem={problemIn(pretend.error)} />}
		</>
	);
}

/** One's own calls of today: how many, and how many were answered soon enough. */
function Today() {
	const t = useRoomWords(words);
	const { person } = useWho();
	const from = instantOf(`${wallOf(new Date().toISOString(), ZONE).slice(0, 10)}T00:00`, ZONE) ?? "";
	const asked = useQuery(figuresQuery(from));
	const own = asked.data?.figures.find((one) => one.agent === person);
	return (
		<div className="panel phone-today">
			<h2>{t("today")}</h2>
			{!own || own.answered === 0 ? (
				<p className="quiet">{t("today-none")}</p>
			) : (
				<>
					<p className="phone-figure">{t("today-calls", { count: own.answered })}</p>
					<p>
						{t("today-within", {
							count: own.within,
							rings: asked.data?.rings,
							percent: Math.round((100 * own.within) / own.answered),
						})}
					</p>
					<p className="quiet">{t("today-mean", { seconds: own.ringSeconds })}</p>
				</>
			)}
		</div>
	);
}

function Recent({ onLate }: { onLate: (call: Call) => void }) {
	const t = useRoomWords(words);
	const calls = useQuery(recentQuery).data;
	if (!calls) return null;
	return (
		<section className="panel">
			<h2>{t("recent")}</h2>
			{calls.length === 0 ? (
				<p className="quiet">{t("recent-none")}</p>
			) : (
				<ul className="phone-recent">
					{calls.map((call) => (
						<RecentCall key={call.id} call={call} onLate={() => onLate(call)} />
					))}
				</ul>
			)}
		</section>
	);
}

function RecentCall({ call, onLate }: { call: Call; onLate: () => void }) {
	const say = useSay();
	const t = useRoomWords(words);
	const { person } = useWho();
	const own = call.answeredBy === person;
	return (
		<li>
			<span>{formatInstant(call.ringingAt, ZONE, say.language, new Date().toISOString())}</span>
			<b>{call.caller ?? t("withheld")}</b>
			<span className="quiet">
				{call.rings === null
					? t("missed")
					: t("answered-at", { count: call.rings, seconds: call.ringSeconds })}
			</span>
			<span>{call.pretend && <span className="tag">{t("pretended")}</span>}</span>
			{call.filedAs ? (
				<Link to="/cases/$id" params={{ id: call.filedAs }}>
					{t("open-case")}
				</Link>
			) : own && call.endedAt !== null ? (
				<Button size="small" onClick={onLate}>
					{t("late-filing")}
				</Button>
			) : (
				<span className="quiet">{call.rings !== null && t("not-filed")}</span>
			)}
		</li>
	);
}
