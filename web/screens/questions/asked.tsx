import type { Question } from "#engine/case.ts";
import {
	allegationName,
	labelled,
	type Names,
	organisationName,
	partyName,
	personName,
	textOf,
	timeText,
} from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Acts } from "../work/acts.tsx";
import { DueBand } from "../work/due-band.tsx";
import { ItemHead } from "../work/item-head.tsx";
import type { Entry } from "../work/work-query.ts";
import { content } from "./words.yaml";

/** One question: what is asked and until when, the answer or the form for it, and what has been handed in. */
export function QuestionAsked({ entry, names, onDone }: { entry: Entry; names: Names; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { kase } = names;
	const one = kase.questions.find((known) => known.id === entry.about);
	if (!one) return null;
	return (
		<>
			<ItemHead names={names} />
			<section className="panel">
				<p className="quiet">
					<span className="tag">{t(`about-${one.about}`)}</span> {t("to", { name: askedName(names, one) })} ·{" "}
					{t("asked-by", { name: personName(names, one.by), time: timeText(names, one.at) })}
				</p>
				<p className="work-question">{textOf(names, one.words)}</p>
				{!one.answer && (
					<DueBand names={names} about={one.id} since={one.at} due={entry.due} label={t("do")} />
				)}
				{one.allegations.length > 0 && (
					<p className="quiet">
						{labelled(
							names.say,
							t("about"),
							one.allegations.map((id) => allegationName(names, id)).join(" · "),
						)}
					</p>
				)}
				{one.noReply && !one.answer && <p className="late">{t("silent")}</p>}
			</section>
			{one.answer ? (
				<section className="panel">
					<h2>{t("your-answer")}</h2>
					<p className="entry-words">{textOf(names, one.answer.words)}</p>
					<p className="quiet">
						{personName(names, one.answer.by)} · {timeText(names, one.answer.at)}
					</p>
				</section>
			) : (
				<Acts
					names={names}
					allowed={entry.item.allowed}
					acts={[
						{
							command: "AnswerQuestion",
							key: "r",
							given: { question: one.id },
							// nothing is handed in yet that could be named
							without: kase.evidence.length === 0 ? ["evidence"] : [],
							label: t("answer"),
						},
						{
							command: "AddEvidence",
							key: "e",
							label: t("file"),
							stays: true,
							without: ["from", "recipe", "piece"],
						},
					]}
					onDone={onDone}
					label={t("do")}
				/>
			)}
			<section className="panel work-after">
				<h2>{t("files")}</h2>
				{kase.evidence.length === 0 && <p className="quiet">{t("files-none")}</p>}
				<ul className="lines">
					{kase.evidence.map((file) => (
						<li key={file.id}>
							<b>{textOf(names, file.title)}</b>{" "}
							<span className="tag">{names.say.of("values", `kind.${file.kind}`)}</span>{" "}
							<span className="quiet">{timeText(names, file.at)}</span>
						</li>
					))}
				</ul>
				{!one.answer && <p className="quiet">{t("more-time")}</p>}
			</section>
		</>
	);
}

function askedName(names: Names, { to }: Question): string {
	return "organisation" in to ? organisationName(names, to.organisation) : partyName(names, to.party);
}
