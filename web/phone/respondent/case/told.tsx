import "./told.css";
import { useState } from "react";
import { categoryName, moneyText, seatName, textOf, timeText } from "../../../labels.ts";
import { bandShape } from "../../../parts/band.ts";
import { bandWords } from "../../../parts/band-words.ts";
import { Band } from "../../../parts/clock-band.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { FileList } from "../../uploads.tsx";
import { dropFile, useFiles } from "../../uploads-shelf.ts";
import { Kept } from "../kept.tsx";
import { Row, signed } from "../parts.tsx";
import { worstPoints } from "../standing.ts";
import { content } from "../words.yaml";
import { Acts, More } from "./next-acts.tsx";
import { Outcome } from "./outcome.tsx";
import { myAccounts, type Next, nextOf } from "./standing.ts";
import { useWork } from "./work.tsx";

/** Told at once: what is said, about which order, what it may do, by when to answer, and what helps. */
export function Told() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { names, answer, coach } = work;
	const next = nextOf(answer, coach);
	const kinds = answer.case.allegations.map((one) =>
		categoryName(names, one.category ?? one.proposed?.category),
	);
	return (
		<Screen
			title={kinds.filter(Boolean).join("、") || t("complaint")}
			back={() => go("/m")}
			act={<Acts next={next} />}
		>
			<Kept about={answer.case.id} />
			<What />
			<DueCard next={next} />
			<Outcome />
			<Coaching />
			<Proof />
			<Offers />
			<MySide />
			<More />
		</Screen>
	);
}

/** Which order, and the customer's own words; not who they are. */
function What() {
	const t = useRoomWords(content as RoomWords);
	const { names, answer } = useWork();
	const { case: kase } = answer;
	const place = kase.orders.map((one) =>
		[t("order-is", { number: one.number }), one.takenAt && timeText(names, one.takenAt)]
			.filter(Boolean)
			.join(" · "),
	);
	return (
		<section className="p-card r-theirs">
			<small className="r-side">{t("customer-says")}</small>
			<Quote words={textOf(names, kase.intake?.verbatim)} />
			<p className="p-quiet r-place">{place.join("；")}</p>
			<p className="p-quiet">
				{kase.number}
				{kase.intake?.receivedAt && ` · ${t("told-at", { time: timeText(names, kase.intake.receivedAt) })}`}
			</p>
		</section>
	);
}

/** As many characters stand in the four lines that a long complaint begins with. */
const SHORT = 90;

/** Their own words; long ones unfold, so that what is asked stands on the first screen. */
function Quote({ words }: { words: string }) {
	const t = useRoomWords(content as RoomWords);
	const [whole, setWhole] = useState(words.length <= SHORT);
	return (
		<>
			<blockquote className={whole ? "r-quote" : "r-quote r-quote-short"}>{words}</blockquote>
			{!whole && (
				<button type="button" className="p-link" onClick={() => setWhole(true)}>
					{t("read-all")}
				</button>
			)}
		</>
	);
}

/** By when, what follows otherwise, and what it may do to score and dispatch. */
function DueCard({ next }: { next: Next }) {
	const t = useRoomWords(content as RoomWords);
	const { names, coach, answer } = useWork();
	const { say, now } = names;
	const open = next.is === "explain" || next.is === "contact";
	if (answer.case.findings.length > 0) return null;
	const points = worstPoints(coach.atStake);
	const question = next.is === "explain" ? next.question : null;
	const due = question?.due ?? (next.is === "contact" ? next.due : null);
	const clock = answer.case.clocks.find((one) => one.due === due);
	const from = clock?.startedAt ?? question?.at ?? answer.case.intake?.receivedAt;
	const label = t(next.is === "contact" ? "ask-contact" : "ask-explain");
	const input =
		due && from ? { startedAt: from, due, pauses: clock?.pauses ?? [], stoppedAt: null, now } : null;
	return (
		<section className={open ? "p-card r-due" : "p-card"}>
			{open ? (
				<>
					<h2>{due ? t(`due-${next.is}`, { due: timeText(names, due) }) : label}</h2>
					{input && <Band {...input} kind="promise" label={label} words={bandWords(bandShape(input), say)} />}
					{question && <p className="r-words">{textOf(names, question.words)}</p>}
					<p>{t(`otherwise-${next.is}`)}</p>
				</>
			) : (
				<h2>{t(myAccounts(answer.case, answer.own ?? "").length > 0 ? "heard" : "nothing-asked")}</h2>
			)}
			{coach.atStake.length > 0 ? (
				<details className="r-ground">
					<summary>{points < 0 ? t("stake", { points: signed(points) }) : t("stake-other")}</summary>
					<p>{t("stake-help")}</p>
					<ul>
						{coach.atStake.map((one) => (
							<li key={`${one.allegation}${one.kind}${one.points}`}>
								{say.of("sanctions", one.kind)}
								{one.points !== 0 && ` ${t("points", { points: signed(one.points) })}`}
								{one.days > 0 && ` · ${t("days", { days: one.days })}`}
								<p className="p-quiet">{one.source.ref}</p>
							</li>
						))}
					</ul>
				</details>
			) : (
				<p className="p-quiet">{t("stake-none")}</p>
			)}
		</section>
	);
}

/** The first lines of the coach; more on its own page. */
function Coaching() {
	const t = useRoomWords(content as RoomWords);
	const { coach, base, answer } = useWork();
	if (answer.case.closure || answer.case.findings.length > 0) return null;
	const [track] = coach.tracks.length > 0 ? coach.tracks : coach.advice;
	return (
		<button type="button" className="p-card r-coach-card" onClick={() => go(`${base}/coach`)}>
			<h2>{t("coach")}</h2>
			<ol className="r-steps">
				{(track?.lines ?? []).slice(0, 6).map((one, n) => (
					<li key={one.act}>
						<b>{n + 1}</b> {one.act}
					</li>
				))}
				{!track && <li>{t("coach-general")}</li>}
			</ol>
			<span className="r-lead">{t("coach-open")}</span>
		</button>
	);
}

/** What proof helps, and what of it is there. */
function Proof() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, base } = useWork();
	const { evidence, closure } = answer.case;
	const onTheWay = useFiles(answer.case.id).filter((one) => one.state !== "done");
	if (closure && evidence.length + onTheWay.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("my-proof", { count: evidence.length })}</h2>
			{evidence.length + onTheWay.length === 0 && <p className="p-quiet">{t("no-proof")}</p>}
			<ul>
				{evidence.map((one) => (
					<li key={one.id} className="r-line">
						<span>{textOf(names, one.title)}</span>
						<small className="p-quiet">
							{one.judged
								? names.say.of("values", one.judged.as)
								: one.takenAt
									? t("taken-at", { time: timeText(names, one.takenAt) })
									: timeText(names, one.at)}
						</small>
					</li>
				))}
			</ul>
			<FileList files={onTheWay} onDrop={(id) => void dropFile(id)} />
			{!closure && <Row icon="camera" title={t("add-proof")} to={`${base}/explain`} />}
		</section>
	);
}

/** What I have offered, and what became of it. */
function Offers() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useWork();
	const { offers, messages } = answer.case;
	const own = offers.filter((one) => one.from === "respondent");
	if (own.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("my-offers")}</h2>
			{own.map((one) => (
				<div key={one.id} className="r-offer">
					<p className="r-line">
						<span>{one.lines.map((line) => names.say.of("items", line.item)).join("、")}</span>
						<b>{one.total.amount > 0 && moneyText(names.say, one.total)}</b>
					</p>
					<p className="r-words">{textOf(names, one.grounds)}</p>
					<small className="p-quiet">
						{one.accepted
							? t("offer-accepted", { time: timeText(names, one.accepted.at) })
							: one.declined
								? t("offer-declined", { time: timeText(names, one.declined.at) })
								: one.expired || one.superseded
									? t("offer-over")
									: t("offer-until", { time: timeText(names, one.until) })}
					</small>
				</div>
			))}
			{own.some((one) => one.accepted) && messages.length > 0 && (
				<p className="p-good">{t("agreement-kept")}</p>
			)}
		</section>
	);
}

/** My own account, as it went into the case. */
function MySide() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useWork();
	const accounts = myAccounts(answer.case, answer.own ?? "");
	const seat = answer.case.parties.find((one) => one.id === answer.own)?.seat ?? "";
	if (accounts.length === 0) return null;
	return (
		<section className="p-card r-mine">
			<small className="r-side">{seatName(names, seat)}</small>
			<h2>{t("my-side")}</h2>
			{accounts.map((one) => (
				<div key={one.at}>
					<p className="r-words">{one.words ? textOf(names, one.words) : t(`heard-${one.how}`)}</p>
					<small className="p-quiet">{timeText(names, one.at)}</small>
				</div>
			))}
		</section>
	);
}
