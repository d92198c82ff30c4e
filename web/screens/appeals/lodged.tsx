import type { Appeal } from "#engine/case.ts";
import { moneyText, type Names, partyName, personName, textOf, timeText } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Acts, type WorkAct } from "../work/acts.tsx";
import { DueBand } from "../work/due-band.tsx";
import { FindingShown, Heard } from "../work/found.tsx";
import { ItemHead } from "../work/item-head.tsx";
import type { Entry } from "../work/work-query.ts";
import { AssignReviewer } from "./assign.tsx";
import { content } from "./words.yaml";

/** One appeal or review: what was found then beside what is new, what is on hold for it, and the decision. */
export function AppealLodged({ entry, names, onDone }: { entry: Entry; names: Names; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const one = names.kase.appeals.find((known) => known.id === entry.about);
	if (!one) return null;
	return (
		<>
			<ItemHead names={names}>
				<span className={`tag side-${one.side}`}>{t(`side-${one.side}`)}</span>
			</ItemHead>
			<section className="panel">
				<p className="quiet">
					{t("lodged", { name: partyName(names, one.party), time: timeText(names, one.at) })}
					{one.reviewer && ` · ${t("with", { name: personName(names, one.reviewer.person) })}`}
				</p>
				<DueBand names={names} about={one.id} since={one.at} due={entry.due} label={t("do")} />
			</section>
			<div className="work-two">
				<section className="panel">
					<h2>{t("before")}</h2>
					<Then names={names} appeal={one} />
				</section>
				<section className={`panel side-${one.side} work-side`}>
					<h2>{t("new")}</h2>
					<News names={names} appeal={one} />
				</section>
			</div>
			<Acts
				names={names}
				allowed={entry.item.allowed}
				acts={actsFor(one, entry, names, t)}
				onDone={onDone}
				label={t("do")}
			/>
			<section className="panel work-after">
				<h2>{t("held")}</h2>
				<Held names={names} appeal={one} />
			</section>
		</>
	);
}

function actsFor(one: Appeal, entry: Entry, names: Names, t: (key: string) => string): WorkAct[] {
	const given = { appeal: one.id };
	const assign: WorkAct = {
		command: "AssignReviewer",
		key: "a",
		label: t("assign"),
		form: (done) => (
			<AssignReviewer
				names={names}
				appeal={one.id}
				reviewers={entry.item.reviewers?.[one.id] ?? {}}
				onDone={done}
			/>
		),
	};
	if (!one.reviewer) return [assign];
	return [
		{ command: "DecideAppeal", key: "d", given, label: t("decide") },
		{ command: "AskForSupplement", key: "s", given, label: t("ask"), stays: true },
		{ ...assign, stays: true },
	];
}

/** What is appealed against, as it was decided. */
function Then({ names, appeal }: { names: Names; appeal: Appeal }) {
	const t = useRoomWords(content as RoomWords);
	const { kase, say } = names;
	const findings = kase.findings.filter((one) => appeal.against.findings.includes(one.id));
	const position = appeal.against.decision ? kase.finalPosition : null;
	return (
		<>
			{findings.length === 0 && <p className="quiet">{t("before-none")}</p>}
			{findings.map((one) => (
				<div key={one.id}>
					{kase.round > 1 && <span className="tag">{t("round", { count: one.round })}</span>}
					<FindingShown names={names} finding={one} />
				</div>
			))}
			{position && (
				<>
					<h3>{t("position")}</h3>
					<p>
						<b>{moneyText(say, position.total)}</b>
					</p>
					<p className="entry-words">{textOf(names, position.reasons)}</p>
				</>
			)}
			<Heard names={names} />
		</>
	);
}

/** Grounds, words, evidence and the one supplement. */
function News({ names, appeal }: { names: Names; appeal: Appeal }) {
	const t = useRoomWords(content as RoomWords);
	const { say, pack, kase } = names;
	const grounds = appeal.grounds.map((one) => say.bi(pack?.data.appeals.grounds[one]) || one);
	const brought = [...appeal.evidence, ...(appeal.supplement?.evidence ?? [])];
	const files = kase.evidence.filter((one) => brought.includes(one.id));
	return (
		<>
			<p className="stack">
				{grounds.map((one) => (
					<span key={one} className="tag">
						{one}
					</span>
				))}
			</p>
			<p className="entry-words">{textOf(names, appeal.words)}</p>
			<h3>{t("supplement")}</h3>
			{appeal.supplementAsked && (
				<>
					<p className="entry-words internal">{textOf(names, appeal.supplementAsked.words)}</p>
					<p className="quiet">
						{t("supplement-asked", { time: timeText(names, appeal.supplementAsked.due) })}
					</p>
				</>
			)}
			{appeal.supplement && <p className="entry-words">{textOf(names, appeal.supplement.words)}</p>}
			{!appeal.supplementAsked && !appeal.supplement && <p className="quiet">{t("supplement-none")}</p>}
			<h3>{t("files")}</h3>
			{files.length === 0 && <p className="quiet">{t("files-none")}</p>}
			<ul className="lines">
				{files.map((one) => (
					<li key={one.id}>{textOf(names, one.title)}</li>
				))}
			</ul>
		</>
	);
}

/** Sanctions that rest on what is appealed against. */
function Held({ names, appeal }: { names: Names; appeal: Appeal }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const held = kase.sanctions.filter(
		(one) =>
			!one.reversed &&
			(one.id === appeal.against.sanction ||
				(one.finding !== null && appeal.against.findings.includes(one.finding))),
	);
	if (held.length === 0) return <p className="quiet">{t("held-none")}</p>;
	return (
		<ul className="lines">
			{held.map((one) => (
				<li key={one.id}>
					<b>{t("sanction", { kind: say.of("sanctions", one.kind), name: partyName(names, one.party) })}</b>{" "}
					{one.points !== 0 && <span>{one.points}</span>}{" "}
					<span className="quiet">
						{one.inForce ? t("in-force") : t("starts", { time: timeText(names, one.effectiveFrom) })}
					</span>
				</li>
			))}
		</ul>
	);
}
