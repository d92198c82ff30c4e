import { Button } from "antd";
import { examined } from "#engine/case.ts";
import { partyName, textOf } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 听取各方: each of the accused with how they were heard, or that they weren't, with the way to hear them. */
export function Hearings(props: PanelProps) {
	const { names, answer, open } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const accused = [...new Set(examined(kase).flatMap((one) => one.accused))];
	if (accused.length + kase.hearings.length === 0) return null;
	const unheard = accused.filter((id) => !kase.hearings.some((one) => one.party === id));
	return (
		<Records title={t("heard")} empty={unheard.length === 0 ? t("heard-all") : null}>
			{unheard.map((party) => (
				<Record
					key={party}
					side={kase.parties.find((one) => one.id === party)?.side ?? "respondent"}
					title={partyName(names, party)}
					state={t("unheard")}
				>
					<p className="quiet">{t("unheard-why", { who: partyName(names, party) })}</p>
					<p className="acts">
						{answer.allowed.AskQuestion === true && (
							<Button size="small" onClick={() => open("AskQuestion", { party, about: "explanation" })}>
								{say.of("commands", "AskQuestion")}
							</Button>
						)}{" "}
						<Act {...props} command="Explain" known={{ party }} />{" "}
						<Act {...props} command="AttestUnobtainable" known={{ party }} />
					</p>
				</Record>
			))}
			{kase.hearings.map((one) => (
				<Record
					key={`${one.party}${one.at}`}
					side={kase.parties.find((party) => party.id === one.party)?.side ?? "respondent"}
					title={partyName(names, one.party)}
					state={say.of("values", one.how)}
				>
					<By names={names} at={one.at} by={one.by} />
					{one.why && <p>{say.of("values", `AttestUnobtainable.why.${one.why}`)}</p>}
					<p className="entry-words">{textOf(names, one.words)}</p>
				</Record>
			))}
		</Records>
	);
}
