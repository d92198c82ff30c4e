import "./outcome.css";
import type { Case, Finding, Sanction } from "#engine/case.ts";
import {
	allegationName,
	categoryName,
	causeName,
	type Names,
	partyName,
	textOf,
	timeText,
} from "../../../labels.ts";
import { ShareBar } from "../../../parts/share-bar.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Ground, Row, signed } from "../parts.tsx";
import { content } from "../words.yaml";
import { appealable } from "./standing.ts";
import { useWork } from "./work.tsx";

/** What was found and why, by which rule, what it does to the score, and how it can be contested. */
export function Outcome() {
	const { answer } = useWork();
	const { findings, sanctions } = answer.case;
	const told = findings.filter((one) => one.noticedAt);
	if (told.length === 0 && sanctions.length === 0) return null;
	return (
		<>
			{told.map((one) => (
				<Found key={one.id} finding={one} />
			))}
			<Effects />
			<Appeals />
		</>
	);
}

function Found({ finding }: { finding: Finding }) {
	const t = useRoomWords(content as RoomWords);
	const { names, own, answer } = useWork();
	const { say, kase } = names;
	const replaced = answer.case.findings.some(
		(one) => one.allegation === finding.allegation && one.round > finding.round,
	);
	const undone = finding.round < answer.case.round;
	const shares = Object.entries(finding.shares).map(([id, percent]) => ({
		name: id === own ? t("me") : partyName(names, id),
		percent,
		side: kase.parties.find((one) => one.id === id)?.side ?? ("other" as const),
	}));
	return (
		<section className={replaced || undone ? "p-card r-past" : "p-card r-found"}>
			<small className="r-side">
				{t(replaced ? "earlier-finding" : undone ? "undone-finding" : "finding")}
			</small>
			<h2>
				{t("found-as", {
					what:
						kase.allegations.length > 1 ? allegationName(names, finding.allegation) : kindOf(names, finding),
					how: say.of("values", `upheld.${finding.upheld}`),
				})}
			</h2>
			{shares.length > 0 && <ShareBar shares={shares} label={t("shares")} />}
			<p className="r-words">{textOf(names, finding.reasons)}</p>
			{finding.upheld !== "no" && (
				<p className="p-quiet">{t("cause", { cause: causeName(names, finding.cause) })}</p>
			)}
			<small className="p-quiet">
				{finding.noticedAt && t("noticed", { time: timeText(names, finding.noticedAt) })}
			</small>
			{finding.explanation && <Ground source={finding.explanation.source} />}
		</section>
	);
}

/** Where only one thing is complained of, it needs no number. */
function kindOf(names: Names, { allegation }: Finding): string {
	const one = names.kase.allegations.find(({ id }) => id === allegation);
	return categoryName(names, one?.category ?? one?.proposed?.category) || allegationName(names, allegation);
}

/** What it does to my score: in force, waiting for the window, given back. */
function Effects() {
	const t = useRoomWords(content as RoomWords);
	const { answer, own } = useWork();
	const mine = answer.case.sanctions.filter((one) => one.party === own);
	if (mine.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("effect")}</h2>
			{mine.map((one) => (
				<Effect key={one.id} one={one} />
			))}
		</section>
	);
}

function Effect({ one }: { one: Sanction }) {
	const t = useRoomWords(content as RoomWords);
	const { names, answer } = useWork();
	const held = answer.case.appeals.some((appeal) => !appeal.decided);
	const state = one.reversed
		? t("reversed", { time: timeText(names, one.reversed.at) })
		: one.lifted
			? t("lifted", { time: timeText(names, one.lifted.at) })
			: one.inForce
				? one.until
					? t("in-force-until", { time: timeText(names, one.until) })
					: t("in-force")
				: held
					? t("on-hold")
					: t("in-force-from", { time: timeText(names, one.effectiveFrom) });
	return (
		<div className="r-effect">
			<p className="r-line">
				<span>{names.say.of("sanctions", one.kind)}</span>
				{one.points !== 0 && (
					<b className={one.reversed ? "r-struck" : ""}>{t("points", { points: signed(one.points) })}</b>
				)}
			</p>
			<p className={one.reversed ? "p-good" : "p-quiet"}>{state}</p>
			<p className="r-words">{textOf(names, one.reason)}</p>
			{one.rule && <Ground source={one.rule.source} />}
		</div>
	);
}

/** Appeals lodged, and the way to one: until when, who decides, what waits meanwhile. */
function Appeals() {
	const t = useRoomWords(content as RoomWords);
	const { names, answer, coach, base } = useWork();
	const open = appealable(answer.case, coach);
	return (
		<section className="p-card">
			<h2>{t("appeal")}</h2>
			{answer.case.appeals.map((one) => (
				<Lodged key={one.id} one={one} />
			))}
			{open ? (
				<>
					<p>{t("appeal-until", { time: timeText(names, open.until) })}</p>
					<p className="p-quiet">{t("appeal-how")}</p>
					<Row icon="turn" title={t("act-appeal")} to={`${base}/appeal`} />
				</>
			) : (
				answer.case.appeals.length === 0 && <p className="p-quiet">{t("appeal-closed")}</p>
			)}
		</section>
	);
}

function Lodged({ one }: { one: Case["appeals"][number] }) {
	const t = useRoomWords(content as RoomWords);
	const { names, base, sent } = useWork();
	const grounds = one.grounds.map((id) => names.say.bi(sent.appeals?.grounds[id]));
	return (
		<div className="r-effect">
			<p>{grounds.filter(Boolean).join("、")}</p>
			<p className="r-words">{textOf(names, one.words)}</p>
			<small className="p-quiet">{t("lodged", { time: timeText(names, one.at) })}</small>
			{one.supplementAsked && !one.supplement && !one.decided && (
				<>
					<p className="p-fault">
						{t("supplement-asked", { time: timeText(names, one.supplementAsked.due) })}{" "}
						{textOf(names, one.supplementAsked.words)}
					</p>
					<Row icon="plus" title={t("act-supplement")} to={`${base}/appeal`} />
				</>
			)}
			{!one.decided && <p>{t(one.reviewer ? "with-reviewer" : "waits-for-reviewer")}</p>}
			{one.decided && (
				<>
					<p className={one.decided.result === "dismissed" ? "" : "p-good"}>
						{names.say.of("values", `result.${one.decided.result}`)} · {timeText(names, one.decided.at)}
					</p>
					<p className="r-words">{textOf(names, one.decided.reasons)}</p>
				</>
			)}
		</div>
	);
}
