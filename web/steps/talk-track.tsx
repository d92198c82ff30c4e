import "../styles/talk.css";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Select } from "antd";
import { useState } from "react";
import { standing } from "#engine/case.ts";
import type { StepName } from "#engine/steps/names.ts";
import { content } from "../form/words.yaml";
import type { Names } from "../labels.ts";
import { blanksQuery } from "../queries.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { type About, type TalkPart, talkFor } from "./talk-parts.ts";

interface TalkProps {
	names: Names;
	step: StepName;
	side: "complainant" | "respondent" | "department";
	/** The party spoken to; null: nobody in particular. */
	party: string | null;
	/** Ids of the lines that were said, where that is recorded. */
	said?: string[];
	onSaid?: (said: string[]) => void;
	/** Puts a line into what is being written. */
	onInsert?: (text: string) => void;
}

/** Ready words for this step, this side, this trade, filled with the case's facts; one ticks what was said. */
export function TalkTrack({ names, step, side, party, said, onSaid, onInsert }: TalkProps) {
	const t = useRoomWords(content as RoomWords);
	const { kase, pack, say } = names;
	const blanks = useQuery(blanksQuery(kase.id, kase.seq, party ?? "", step)).data;
	const talk = pack?.data.wording[say.language].talk ?? {};
	const choices = talkFor(talk, step, side, aboutOf(names), blanks ?? {});
	const [picked, setPicked] = useState<string | null>(null);
	const shown = choices.find((one) => one.id === picked) ?? choices[0];
	if (!shown) return null;
	const tick = (id: string) =>
		onSaid?.(said?.includes(id) ? said.filter((one) => one !== id) : [...(said ?? []), id]);
	return (
		<section className="talk" aria-label={t("talk")}>
			<h3>{t("talk")}</h3>
			<Select
				className="talk-choice"
				aria-label={t("talk-other")}
				value={shown.id}
				onChange={setPicked}
				popupMatchSelectWidth={false}
				options={choices.map(({ id, title, fits }) => ({
					value: id,
					label: fits ? title : t("talk-for-others", { title }),
				}))}
			/>
			<ol>
				{shown.parts.map((part) => (
					<Line
						key={part.id}
						part={part}
						ticked={said?.includes(part.id) ?? false}
						{...(onSaid && { onTick: () => tick(part.id) })}
						{...(onInsert && { onInsert: () => onInsert(part.say) })}
					/>
				))}
			</ol>
			{onSaid && <p className="quiet">{t("talk-tick")}</p>}
			{shown.parts.some((one) => one.open) && <p className="quiet">{t("talk-open")}</p>}
		</section>
	);
}

function Line({
	part,
	ticked,
	onTick,
	onInsert,
}: {
	part: TalkPart;
	ticked: boolean;
	onTick?: () => void;
	onInsert?: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const words = (
		<>
			<span className="talk-act">{part.act}</span>
			<span className="talk-say">{part.say}</span>
		</>
	);
	return (
		<li className={ticked ? "talk-line talk-done" : "talk-line"}>
			{onTick ? (
				<Checkbox checked={ticked} onChange={onTick}>
					{words}
				</Checkbox>
			) : (
				<p>{words}</p>
			)}
			{onInsert && (
				<Button size="small" type="text" onClick={onInsert}>
					{t("talk-insert")}
				</Button>
			)}
		</li>
	);
}

/** What the case is about, for picking the words that were made for it. */
export function aboutOf({ kase, pack }: Pick<Names, "kase" | "pack">): About {
	const categories = standing(kase).flatMap((one) => one.category ?? one.proposed?.category ?? []);
	const known = pack?.data.categories.categories ?? [];
	return {
		categories,
		groups: known.filter((one) => categories.includes(one.id)).map((one) => one.group),
	};
}
