import { useQueryClient } from "@tanstack/react-query";
import { Button, Radio } from "antd";
import { problemIn } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { LabelledText } from "../../parts/labelled-text.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { useKept } from "../work/kept-text.ts";
import { useAct } from "../work/use-act.ts";
import { content } from "./words.yaml";

interface Given {
	satisfied: boolean | null;
	bothered: boolean | null;
	score: number | null;
	advice: string;
	words: string;
}
const NOTHING: Given = { satisfied: null, bothered: null, score: null, advice: "", words: "" };

/** The pack's questions one under the other, asked as they are written there, each with its answer in place. */
export function Answers({ names, attempt, onDone }: { names: Names; attempt: string; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase, pack } = names;
	const queries = useQueryClient();
	const [given, change, drop] = useKept<Given>(`follow-up.${kase.id}.${attempt}`, NOTHING);
	const act = useAct(kase, () => {
		drop();
		onDone();
	});
	const questions = pack?.data.followUp.questions ?? [];
	const asked = (about: string, fallback: string) =>
		say.bi(questions.find((one) => one.about === about)?.ask) || fallback;
	const ready = given.satisfied !== null && given.bothered !== null;
	const send = () =>
		act.mutate({
			type: "RecordFollowUp",
			fields: {
				attempt,
				satisfied: given.satisfied,
				bothered: given.bothered,
				...(given.score ? { score: given.score } : {}),
				...(given.advice.trim() ? { advice: given.advice.trim() } : {}),
				...(given.words.trim() ? { words: given.words.trim() } : {}),
			},
		});
	return (
		<div className="answers">
			<YesNo
				ask={asked("satisfied", t("satisfied"))}
				value={given.satisfied}
				onChange={(satisfied) => change({ satisfied })}
				note={given.satisfied === false ? t("not-satisfied-note") : null}
			/>
			<YesNo
				ask={asked("bothered", t("bothered"))}
				value={given.bothered}
				onChange={(bothered) => change({ bothered })}
				note={given.bothered ? t("bothered-note") : null}
			/>
			<fieldset>
				<legend>{t("score")}</legend>
				<Radio.Group
					value={given.score}
					onChange={(event) => change({ score: event.target.value as number })}
					options={[1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }))}
					optionType="button"
				/>
			</fieldset>
			<LabelledText
				label={asked("advice", t("advice"))}
				value={given.advice}
				onChange={(advice) => change({ advice })}
			/>
			<LabelledText label={t("said")} value={given.words} onChange={(words) => change({ words })} />
			{act.isError && (
				<Faults
					problem={problemIn(act.error)}
					onReload={() => void queries.invalidateQueries({ queryKey: ["work"] })}
				/>
			)}
			<div className="command-foot">
				<Button
					type="primary"
					disabled={!ready}
					title={ready ? undefined : t("answer-first")}
					loading={act.isPending}
					onClick={send}
				>
					{t("record")}
				</Button>
				{!ready && <span className="quiet">{t("answer-first")}</span>}
			</div>
		</div>
	);
}

function YesNo({
	ask,
	value,
	onChange,
	note,
}: {
	ask: string;
	value: boolean | null;
	onChange: (value: boolean) => void;
	note: string | null;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<fieldset>
			<legend>{ask}</legend>
			<Radio.Group
				value={value}
				onChange={(event) => onChange(event.target.value as boolean)}
				options={[
					{ value: true, label: t("yes") },
					{ value: false, label: t("no") },
				]}
				optionType="button"
			/>
			{note && <p className="fault">{note}</p>}
		</fieldset>
	);
}
